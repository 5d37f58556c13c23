/* Keeping rows current: all of them, those above a change, and those that would differ. See standing.h.
 *
 * A change spreads upwards through inferences: what holds and how far it is first, in order; then who is
 * impugned by claims that now have a line, or no longer have one; then the rows of all that was reached,
 * of what rests on voices whose mark changed, and of claims that a reached one contradicts. */
#include "standing/gather.h"
#include "standing/order.h"
#include "standing/row.h"
#include "standing/rows.h"
#include "standing/settle.h"

#include <string.h>

/* Work on implicit claims in one go: a bound, about two seconds, that grows with the case. */
static int64_t effort_for(const struct graph *g)
{
    return (INT64_C(1) << 31) + 64 * (int64_t)(g->lines.count + g->infers.count);
}

static void reach(struct graph *g, uint32_t claim)
{
    if (stamps_mark(&g->scratch->in_reach, claim))
        vector_push(&g->scratch->reach, claim);
}

/* Adds all claims above those in s->reach. */
static void close_upwards(struct graph *g)
{
    struct scratch *s = g->scratch;
    for (size_t next = 0; next < s->reach.count; next++) {
        const struct side *side = side_of(g, s->reach.at[next]);
        for (uint32_t use = side ? side->uses : 0; use; use = g->infers.at[use + USE_NEXT])
            reach(g, g->infers.at[g->infers.at[use + USE_INFER] + INFER_CLAIM]);
    }
}

/* Adds the claims on whose lines a voice is, and those it concludes. */
static void reach_voice(struct graph *g, uint32_t voice)
{
    for (uint32_t slot = g->newest.at[voice]; slot; slot = g->lines.at[slot + 1])
        reach(g, g->lines.at[line_of(g, slot) + LINE_CLAIM]);
    for (uint32_t infer = g->voices.at[voice].reasons; infer; infer = g->infers.at[infer + INFER_NEXT_BY])
        reach(g, g->infers.at[infer + INFER_CLAIM]);
}

/* Remembers a row, so that it can be put back. */
static void keep(struct graph *g, uint32_t claim)
{
    if (g->scratch->keeping)
        vector_push(&g->scratch->kept, (struct kept){claim, g->cells.at[claim]});
}

/* Puts the mark of an impugned voice right after one more or one fewer; true where it changed. */
static bool count_impugnment(struct graph *g, struct impugnment *i, bool held)
{
    struct voice *v = &g->voices.at[i->voice];
    uint32_t before = v->impugned;
    v->impugned += held ? 1 : -1u;
    i->counted = held;
    unsigned char *mark = &g->marks.at[i->voice];
    *mark = (unsigned char)(v->impugned ? *mark | VOICE_IMPUGNED : *mark & ~VOICE_IMPUGNED);
    return !before != !v->impugned;
}

/* Marks who is impugned by the reached claims; puts the voices whose mark changed into s->dirty. */
static void mark_impugned(struct graph *g)
{
    struct scratch *s = g->scratch;
    s->dirty.count = 0;
    for (size_t i = 0; i < s->reach.count; i++) {
        const struct side *side = side_of(g, s->reach.at[i]);
        for (uint32_t at = side ? side->impugns : 0; at; at = g->impugnments.at[at - 1].next) {
            struct impugnment *impugnment = &g->impugnments.at[at - 1];
            bool held = g->cells.at[s->reach.at[i]].held;
            if (impugnment->counted != held && count_impugnment(g, impugnment, held))
                vector_push(&s->dirty, impugnment->voice);
        }
    }
}

static void settle_reached(struct graph *g)
{
    struct scratch *s = g->scratch;
    uint32_t start = 0;
    for (size_t p = 0; p < s->parts.count; p++) {
        settle_part(g, s->order.at + start, s->parts.at[p] - start);
        start = s->parts.at[p];
    }
}

/* Throws away the words of keystones that no row points to any more. */
static void compact_keystones(struct graph *g)
{
    if (g->scratch->keeping || g->keystones_lost < 65536 || g->keystones_lost < g->keystones.count / 2)
        return;
    words next = {0};
    vector_push(&next, 0);
    for (size_t c = 0; c < g->cells.count; c++) {
        struct cell *cell = &g->cells.at[c];
        uint32_t at = (uint32_t)next.count;
        for (uint32_t i = 0; i < cell->keystone_count; i++)
            vector_push(&next, g->keystones.at[cell->keystones + i]);
        cell->keystones = at;
    }
    vector_release(&g->keystones);
    g->keystones = next;
    g->keystones_lost = 0;
}

/* SPREAD_ALL: everything was reached, and nothing is kept of earlier rows. SPREAD_WITHOUT: voices are out, so that
 * claims without inferences are to be settled, too. */
enum spread { SPREAD_ALL, SPREAD_CHANGE, SPREAD_WITHOUT };

/* From the claims in s->reach, whose lines changed, to all rows. */
static int spread(struct graph *g, const words *unit_voices, enum spread how, const volatile bool *stop)
{
    struct scratch *s = g->scratch;
    if (how != SPREAD_ALL)
        close_upwards(g);
    for (size_t i = 0; s->keeping && i < s->reach.count; i++)
        keep(g, s->reach.at[i]);
    for (size_t i = 0; how == SPREAD_WITHOUT && i < s->reach.count; i++)
        if (!is_inferred(g, s->reach.at[i]))
            settle_flat(g, s->reach.at[i]);
    order_inferred(g);
    settle_reached(g);
    mark_impugned(g);

    size_t changed = s->reach.count;
    for (size_t i = 0; i < changed; i++) {
        const struct side *side = side_of(g, s->reach.at[i]);
        for (uint32_t at = side ? side->contradicts : 0; at; at = g->contradictions.at[at - 1].next)
            vector_push(&s->rows, g->contradictions.at[at - 1].claim);
    }
    for (size_t i = 0; i < s->dirty.count; i++)
        reach_voice(g, s->dirty.at[i]);
    for (size_t i = 0; i < unit_voices->count; i++)
        reach_voice(g, unit_voices->at[i]);
    close_upwards(g);
    for (size_t i = 0; i < s->rows.count; i++)
        reach(g, s->rows.at[i]);
    s->rows.count = 0;
    for (size_t i = changed; i < s->reach.count; i++)
        keep(g, s->reach.at[i]);
    if (s->reach.count > changed)
        order_inferred(g);
    int result = how == SPREAD_ALL ? rows_make_all(g, stop) : rows_make(g, stop);
    compact_keystones(g);
    return result;
}

static void start_reach(struct graph *g)
{
    g->scratch->reach.count = g->scratch->rows.count = 0;
    stamps_clear(&g->scratch->in_reach, g->claims.count);
    g->effort = effort_for(g);
}

void standing_cores(struct graph *g, unsigned cores)
{
    g->cores = cores;
}

int standing_measure(struct graph *g, const volatile bool *stop)
{
    static const words none = {0};
    start_reach(g);
    units_make(g);
    g->ranges.count = 1;
    g->keystones.count = 1;
    g->keystones_lost = 0;
    for (uint32_t c = 0; c < g->claims.count; c++) {
        g->cells.at[c].keystone_count = 0;
        reach(g, c);
    }
    g->anew = spread(g, &none, SPREAD_ALL, stop) < 0;
    g->changed.count = 0;
    return g->anew ? -1 : 0;
}

void standing_update(struct graph *g)
{
    if (g->anew) {
        standing_measure(g, NULL);
        return;
    }
    words unit_voices = {0};
    for (size_t i = 0; i < g->touched_voices.count; i++) {
        uint32_t voice = g->touched_voices.at[i], mate = voice;
        do {
            vector_push(&unit_voices, mate);
            mate = g->voices.at[mate].next_mate;
        } while (mate != voice);
    }
    units_refresh(g);
    start_reach(g);
    for (size_t i = 0; i < g->changed.count; i++)
        reach(g, g->changed.at[i]);
    g->changed.count = 0;
    spread(g, &unit_voices, SPREAD_CHANGE, NULL);
    vector_release(&unit_voices);
}

struct row standing_row(const struct graph *g, uint32_t claim)
{
    const struct cell *cell = &g->cells.at[claim];
    struct row row = {.level = cell->level,
                      .denied = cell->denied,
                      .distance = cell->distance,
                      .keystones = g->keystones.at + cell->keystones,
                      .keystone_count = cell->keystone_count};
    for (enum measure m = 0; m < MEASURE_COUNT; m++)
        row.measures[m] = get_size(g, claim, m);
    return row;
}

/* Puts everything back as it was when keeping began. */
static void put_back(struct graph *g, size_t keystones, size_t lost, size_t ranges)
{
    struct scratch *s = g->scratch;
    for (size_t i = s->kept.count; i-- > 0;) {
        struct kept *kept = &s->kept.at[i];
        g->cells.at[kept->claim] = kept->cell;
        struct side *side = side_of(g, kept->claim);
        for (uint32_t at = side ? side->impugns : 0; at; at = g->impugnments.at[at - 1].next) {
            struct impugnment *impugnment = &g->impugnments.at[at - 1];
            if (impugnment->counted != kept->cell.held)
                count_impugnment(g, impugnment, kept->cell.held);
        }
    }
    s->kept.count = 0;
    s->keeping = false;
    g->keystones.count = keystones;
    g->keystones_lost = lost;
    g->ranges.count = ranges;
}

static bool same_row(const struct graph *g, uint32_t claim, const struct cell *then)
{
    const struct cell *now = &g->cells.at[claim];
    return memcmp(now->size, then->size, sizeof now->size) == 0 && now->distance == then->distance &&
           now->level == then->level && now->denied == then->denied && now->range == then->range &&
           same_keystones(g, now, then);
}

static int by_claim(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    return x->claim < y->claim ? -1 : x->claim > y->claim;
}

static void sort_kept(struct scratch *s)
{
    if (s->kept.count)
        qsort(s->kept.at, s->kept.count, sizeof *s->kept.at, by_claim);
}

void standing_without(struct graph *g, const uint32_t *voices, size_t count,
                      void (*each)(void *context, uint32_t claim, const struct row *row), void *context)
{
    static const words none = {0};
    struct scratch *s = g->scratch;
    size_t keystones = g->keystones.count, lost = g->keystones_lost, ranges = g->ranges.count;
    start_reach(g);
    s->keeping = true;
    for (size_t i = 0; i < count; i++) {
        g->marks.at[voices[i]] |= VOICE_OUT;
        reach_voice(g, voices[i]);
    }
    s->out = (uint32_t)count;
    spread(g, &none, SPREAD_WITHOUT, NULL);
    s->out = 0;
    sort_kept(s);
    for (size_t i = 0; i < s->kept.count; i++) {
        if (same_row(g, s->kept.at[i].claim, &s->kept.at[i].cell))
            continue;
        struct row row = standing_row(g, s->kept.at[i].claim);
        each(context, s->kept.at[i].claim, &row);
    }
    for (size_t i = 0; i < count; i++)
        g->marks.at[voices[i]] &= (unsigned char)~VOICE_OUT;
    put_back(g, keystones, lost, ranges);
}

/* Takes back the newest lines down to `end` words. */
static void unlink_lines(struct graph *g, const uint32_t *starts, size_t count, size_t end)
{
    while (count-- > 0) {
        uint32_t *line = g->lines.at + starts[count];
        g->claims.at[line[LINE_CLAIM]].lines = line[LINE_NEXT];
        for (uint32_t *member = line + LINE_MEMBERS;; member += 2) {
            g->newest.at[line_voice(member)] = member[1];
            if (*member & MEMBER_LAST)
                break;
        }
    }
    g->lines.count = end;
}

int64_t standing_effort(const struct graph *g)
{
    return effort_for(g);
}

/* Levels follow from less than rows: what holds, how far it is, the keystones, and sizes up to two. So only these are
 * made, and only as far upwards as one of them changes. */
void standing_if(struct graph *g, const struct extra_line *lines, size_t count, int64_t *effort,
                 void (*raised)(void *context, uint32_t claim, enum level to), void *context)
{
    struct scratch *s = g->scratch;
    size_t keystones = g->keystones.count, lost = g->keystones_lost, ranges = g->ranges.count, end = g->lines.count;
    words starts = {0};
    start_reach(g);
    g->effort = *effort < g->effort ? *effort : g->effort;
    int64_t given = g->effort;
    s->keeping = s->levels = true;
    for (size_t i = 0; i < count; i++)
        reach(g, lines[i].claim);
    size_t own = s->reach.count;
    close_upwards(g);
    for (size_t i = 0; i < s->reach.count; i++)
        keep(g, s->reach.at[i]); /* before graph_line() changes their rows */
    sort_kept(s);
    for (size_t i = 0; i < count; i++) {
        struct line line = {SIDE_FOR, true, lines[i].hops, lines[i].voices, lines[i].count};
        vector_push(&starts, (uint32_t)g->lines.count);
        graph_line(g, lines[i].claim, &line);
    }
    g->changed.count = 0;
    order_inferred(g);
    settle_reached(g);
    rows_make_levels(g, own);
    for (size_t i = 0; i < s->kept.count; i++) {
        uint32_t claim = s->kept.at[i].claim;
        if (g->cells.at[claim].level > s->kept.at[i].cell.level)
            raised(context, claim, g->cells.at[claim].level);
    }
    s->levels = false;
    *effort -= given - g->effort;
    unlink_lines(g, starts.at, starts.count, end);
    vector_release(&starts);
    put_back(g, keystones, lost, ranges);
}

const char *level_word(enum level l)
{
    static const char *const words_of[] = {"unheard", "alleged", "attested", "borne-out"};
    return words_of[l];
}

const char *measure_word(enum measure m)
{
    static const char *const words_of[] = {"people", "cautious", "parties", "any", "unquestioned", "against"};
    return words_of[m];
}
