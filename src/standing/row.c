/* One row: see row.h. */
#include "standing/row.h"

#include "standing/breaking.h"
#include "standing/gather.h"

#include <string.h>

static bool counts(const struct graph *g, const uint32_t *line, enum lines_kind kind)
{
    if (kind == LINES_ALL)
        return true;
    if (!line_firm(*line))
        return false;
    if (kind == LINES_FIRM)
        return true;
    for (uint32_t i = 1; i <= line_length(*line); i++)
        if (g->marks.at[line[i]] & VOICE_IMPUGNED)
            return false;
    return true;
}

/* Hands the lines of a kind to the cover, in units. */
static void ask(struct graph *g, const struct lines *l, enum lines_kind kind, enum unit_kind units)
{
    struct scratch *s = g->scratch;
    const uint32_t *at = l->at;
    cover_begin(s->cover);
    for (uint32_t i = 0; i < l->count; i++, at += 1 + line_length(*at)) {
        if (!counts(g, at, kind))
            continue;
        if (units == UNIT_VOICE) {
            cover_set(s->cover, at + 1, line_length(*at));
        } else {
            s->units.count = 0;
            units_of(g, units, at + 1, line_length(*at), &s->units);
            cover_set(s->cover, s->units.at, (uint32_t)s->units.count);
        }
    }
}

/* The smallest set that touches the lines of a kind, told up to two: is there a unit that is on all of them? */
static struct interval up_to_two(struct graph *g, const struct lines *l, enum lines_kind kind, enum unit_kind units)
{
    struct scratch *s = g->scratch;
    const uint32_t *at = l->at;
    bool first = true;
    s->common.count = 0;
    for (uint32_t i = 0; i < l->count && (first || s->common.count); i++, at += 1 + line_length(*at)) {
        if (!counts(g, at, kind))
            continue;
        s->units.count = 0;
        units_of(g, units, at + 1, line_length(*at), &s->units);
        s->units.count = set_sort(s->units.at, s->units.count);
        if (!first) {
            keep_common(&s->common, s->units.at, (uint32_t)s->units.count);
            continue;
        }
        words swap = s->common;
        s->common = s->units;
        s->units = swap;
        first = false;
    }
    uint32_t size = first ? 0 : s->common.count ? 1 : 2;
    return (struct interval){size, size};
}

struct interval fewest(struct graph *g, const struct lines *l, enum lines_kind kind, enum unit_kind units,
                       int64_t *work)
{
    if (g->scratch->levels)
        return up_to_two(g, l, kind, units);
    ask(g, l, kind, units);
    return cover_solve(g->scratch->cover, 0, work);
}

/* The same where the units do not matter. */
static struct interval fewest_of(struct graph *g, const struct lines *l, enum lines_kind kind, enum unit_kind units)
{
    int64_t work = MEASURE_WORK;
    ask(g, l, kind, units);
    return cover_size(g->scratch->cover, &work);
}

void keep_common(words *keys, const uint32_t *voices, uint32_t count)
{
    size_t kept = 0;
    uint32_t j = 0;
    for (size_t i = 0; i < keys->count; i++) {
        while (j < count && voices[j] < keys->at[i])
            j++;
        if (j < count && voices[j] == keys->at[i])
            keys->at[kept++] = keys->at[i];
    }
    keys->count = kept;
}

void common_voices(const struct lines *l, words *keys)
{
    const uint32_t *at = l->at;
    bool first = true;
    keys->count = 0;
    for (uint32_t i = 0; i < l->count; i++, at += 1 + line_length(*at)) {
        if (!line_firm(*at))
            continue;
        if (first) {
            vector_reserve(keys, line_length(*at));
            memcpy(keys->at, at + 1, line_length(*at) * sizeof *at);
            keys->count = line_length(*at);
            first = false;
        } else {
            keep_common(keys, at + 1, line_length(*at));
        }
        if (!keys->count)
            return;
    }
}

void set_keystones(struct graph *g, uint32_t claim, const words *keys)
{
    struct cell *cell = &g->cells.at[claim];
    if (g->scratch->keeping || keys->count > cell->keystone_count) {
        g->keystones_lost += cell->keystone_count;
        cell->keystones = (uint32_t)g->keystones.count;
        vector_reserve(&g->keystones, keys->count);
        g->keystones.count += keys->count;
    } else {
        g->keystones_lost += cell->keystone_count - keys->count;
    }
    if (keys->count)
        memcpy(g->keystones.at + cell->keystones, keys->at, keys->count * sizeof *keys->at);
    cell->keystone_count = (uint32_t)keys->count & ((1u << 23) - 1);
}

void set_size(struct graph *g, uint32_t claim, enum measure m, struct interval size)
{
    struct cell *cell = &g->cells.at[claim];
    cell->size[m] = size.high;
    if (cell->range == 0) {
        if (size.low == size.high)
            return;
        struct range range;
        memcpy(range.low, cell->size, sizeof range.low);
        cell->range = (uint32_t)g->ranges.count;
        vector_push(&g->ranges, range);
    }
    g->ranges.at[cell->range].low[m] = size.low;
}

void set_counts(struct graph *g, uint32_t claim, struct interval people, struct interval cautious,
                struct interval parties)
{
    set_size(g, claim, PEOPLE, people);
    set_size(g, claim, CAUTIOUS, cautious);
    set_size(g, claim, PARTIES, parties);
}

struct interval cell_size(const struct graph *g, const struct cell *cell, enum measure m)
{
    uint32_t high = cell->size[m];
    return (struct interval){cell->range ? g->ranges.at[cell->range].low[m] : high, high};
}

struct interval get_size(const struct graph *g, uint32_t claim, enum measure m)
{
    return cell_size(g, &g->cells.at[claim], m);
}

bool same_keystones(const struct graph *g, const struct cell *a, const struct cell *b)
{
    return a->keystone_count == b->keystone_count &&
           memcmp(g->keystones.at + a->keystones, g->keystones.at + b->keystones,
                  a->keystone_count * sizeof *g->keystones.at) == 0;
}

bool gather_against(struct graph *g, uint32_t claim, words *inferred)
{
    struct scratch *s = g->scratch;
    const struct side *side = side_of(g, claim);
    bool denied = s->against.count > 0;
    for (uint32_t i = side ? side->contradicts : 0; i; i = g->contradictions.at[i - 1].next) {
        uint32_t other = g->contradictions.at[i - 1].claim;
        if (!g->cells.at[other].held)
            continue;
        denied = true;
        if (is_inferred(g, other))
            vector_push(inferred, other);
        else
            gather(g, other, &s->against, NULL);
    }
    return denied;
}

static struct interval weigh_against(struct graph *g, const words *inferred)
{
    struct interval own = fewest_of(g, &g->scratch->against, LINES_FIRM, UNIT_VOICE);
    struct interval known = own;
    if (!inferred->count)
        return own;
    for (size_t i = 0; i < inferred->count; i++) {
        struct interval other = get_size(g, inferred->at[i], PEOPLE);
        known.low = other.low > known.low ? other.low : known.low;
        known.high += other.high;
    }
    if (known.low == known.high)
        return known;
    struct goal goal = {inferred->at, (uint32_t)inferred->count, &g->scratch->against, AGAINST, false};
    circuit_forget(g->scratch->circuit);
    return break_goal(g, &goal, known, &g->effort);
}

static enum level level_of(const struct graph *g, uint32_t claim)
{
    const struct cell *cell = &g->cells.at[claim];
    if (!cell->held)
        return LEVEL_UNHEARD;
    if (get_size(g, claim, CAUTIOUS).low >= 2 && get_size(g, claim, PARTIES).low >= 2)
        return LEVEL_BORNE_OUT;
    return cell->distance == 0 ? LEVEL_ATTESTED : LEVEL_ALLEGED;
}

void set_level(struct graph *g, uint32_t claim)
{
    g->cells.at[claim].level = (unsigned)level_of(g, claim) & 3;
}

void finish_row(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    struct cell *cell = &g->cells.at[claim];
    const struct side *side = side_of(g, claim);
    set_level(g, claim);
    cell->denied = s->against.count > 0;
    set_size(g, claim, AGAINST, fewest_of(g, &s->against, LINES_FIRM, UNIT_VOICE));
    if (side && side->contradicts)
        vector_push(&s->late, claim);
}

void row_against(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    words inferred = {0};
    lines_clear(&s->against);
    gather(g, claim, NULL, &s->against);
    g->cells.at[claim].denied = gather_against(g, claim, &inferred);
    set_size(g, claim, AGAINST, weigh_against(g, &inferred));
    vector_release(&inferred);
}

/* The row of a claim with one line, which is most of them. */
static void single_row(struct graph *g, uint32_t claim)
{
    struct cell *cell = &g->cells.at[claim];
    uint32_t firm = g->scratch->own.firm;
    cell->size[PEOPLE] = cell->size[CAUTIOUS] = cell->size[PARTIES] = firm;
    cell->size[ANY] = 1;
    cell->size[UNQUESTIONED] = counts(g, g->scratch->own.at, LINES_UNQUESTIONED);
}

static struct interval measured(struct graph *g, const struct lines *own, enum measure m)
{
    return fewest_of(g, own, measure_lines(m), measure_units(m));
}

static void measure_lines_of(struct graph *g, uint32_t claim, unsigned marks)
{
    const struct lines *own = &g->scratch->own;
    struct interval people = {1, 1};
    if (!own->firm || !g->scratch->keys.count)
        people = measured(g, own, PEOPLE);
    struct interval cautious = people, parties, any = people, unquestioned = people;
    if (marks & VOICE_GROUPED)
        cautious = measured(g, own, CAUTIOUS);
    parties = cautious;
    if (marks & VOICE_PARTY)
        parties = measured(g, own, PARTIES);
    if (own->firm < own->count)
        any = measured(g, own, ANY);
    if (marks & VOICE_IMPUGNED)
        unquestioned = measured(g, own, UNQUESTIONED);
    set_counts(g, claim, people, cautious, parties);
    set_size(g, claim, ANY, any);
    set_size(g, claim, UNQUESTIONED, unquestioned);
}

void row_make(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    struct cell *cell = &g->cells.at[claim];
    lines_clear(&s->own);
    lines_clear(&s->against);
    unsigned marks = gather(g, claim, &s->own, &s->against).marks;
    cell->range = 0;
    cell->marks = (marks | (s->own.firm < s->own.count ? CELL_BARE : 0)) & CELL_ALL_MARKS;
    if (s->own.count > 1)
        squeeze(g, &s->own);
    common_voices(&s->own, &s->keys);
    set_keystones(g, claim, &s->keys);
    if (s->own.count == 1)
        single_row(g, claim);
    else
        measure_lines_of(g, claim, marks);
    finish_row(g, claim);
}

void row_make_level(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    struct cell *cell = &g->cells.at[claim];
    int64_t work = 0;
    lines_clear(&s->own);
    unsigned marks = gather(g, claim, &s->own, NULL).marks;
    cell->range = 0;
    cell->marks = (marks | (s->own.firm < s->own.count ? CELL_BARE : 0)) & CELL_ALL_MARKS;
    common_voices(&s->own, &s->keys);
    set_keystones(g, claim, &s->keys);
    for (enum measure m = PEOPLE; m <= PARTIES; m++)
        set_size(g, claim, m, fewest(g, &s->own, measure_lines(m), measure_units(m), &work));
    set_level(g, claim);
}
