/* Rows of claims that inference gives lines: bounds from their premises' rows, and where these leave a
 * gap the search of breaking.c.
 *
 * An inference falls with its cheapest premise or its reasoner: exactly. A claim falls when all its
 * sources fall: at least as dear as its dearest source, at most as dear as all together. For keystones both
 * are exact: a premise's keystones are the inference's, and a claim's are those that all its
 * sources share; in a ring, the greatest solution of that (as with dominators in a flow graph). */
#include "standing/row.h"

#include "standing/breaking.h"
#include "standing/gather.h"
#include "standing/small.h"

#include <string.h>

static bool in_part(const struct graph *g, uint32_t claim)
{
    return stamps_has(&g->scratch->in_part, claim);
}

static bool reasoner_counts(const struct graph *g, const uint32_t *infer, enum lines_kind kind)
{
    uint32_t reasoner = infer[INFER_REASONER];
    return infer_stands(g, infer) &&
           (reasoner == GRAPH_NONE || kind != LINES_UNQUESTIONED || !(g->marks.at[reasoner] & VOICE_IMPUGNED));
}

/* Does a premise have a line of this kind? */
static bool premise_holds(const struct graph *g, uint32_t premise, enum lines_kind kind)
{
    const struct cell *cell = &g->cells.at[premise];
    if (kind == LINES_ALL)
        return cell->held;
    if (kind == LINES_FIRM)
        return cell->distance != GRAPH_NONE;
    return in_part(g, premise) ? side_of(g, premise)->flags & SIDE_HOLDS : cell->size[UNQUESTIONED] > 0;
}

static bool inference_holds(const struct graph *g, const uint32_t *infer, enum lines_kind kind)
{
    if (!reasoner_counts(g, infer, kind))
        return false;
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++)
        if (!premise_holds(g, infer[INFER_PREMISES + INFER_STEP * i], kind))
            return false;
    return true;
}

/* Has the claim an unquestioned line, by what was found so far? */
static bool claim_holds(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    int64_t work = 0;
    lines_clear(&s->own);
    gather(g, claim, &s->own, NULL);
    if (fewest(g, &s->own, LINES_UNQUESTIONED, UNIT_VOICE, &work).high > 0)
        return true;
    each_infer(g, side_of(g, claim), infer)
    {
        if (inference_holds(g, infer, LINES_UNQUESTIONED))
            return true;
    }
    return false;
}

/* Marks the claims of a ring that have an unquestioned line: the least fixed point. */
static void mark_holding(struct graph *g, const uint32_t *claims, uint32_t count)
{
    words waiting = {0};
    for (uint32_t i = 0; i < count; i++) {
        side_of(g, claims[i])->flags &= ~SIDE_HOLDS;
        vector_push(&waiting, claims[i]);
    }
    for (size_t next = 0; next < waiting.count; next++) {
        struct side *side = side_of(g, waiting.at[next]);
        if (side->flags & SIDE_HOLDS || !claim_holds(g, waiting.at[next]))
            continue;
        side->flags |= SIDE_HOLDS;
        for (uint32_t use = side->uses; use; use = g->infers.at[use + USE_NEXT]) {
            uint32_t above = g->infers.at[g->infers.at[use + USE_INFER] + INFER_CLAIM];
            if (in_part(g, above) && !(side_of(g, above)->flags & SIDE_HOLDS))
                vector_push(&waiting, above);
        }
    }
    vector_release(&waiting);
}

/* What an inference costs to break, by its premises outside the part; within it nothing is known. */
static struct interval inference_size(const struct graph *g, const uint32_t *infer, enum measure m)
{
    struct interval least = {UINT32_MAX, UINT32_MAX};
    if (infer[INFER_REASONER] != GRAPH_NONE)
        least = (struct interval){1, 1};
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        uint32_t premise = infer[INFER_PREMISES + INFER_STEP * i];
        struct interval size = {1, UINT32_MAX};
        if (!in_part(g, premise))
            size = get_size(g, premise, m);
        least.low = size.low < least.low ? size.low : least.low;
        least.high = size.high < least.high ? size.high : least.high;
    }
    return least;
}

/* Bounds of a claim from its sources; its own lines are in s->own. */
static struct interval compose(struct graph *g, uint32_t claim, enum measure m, int64_t *work)
{
    struct interval own = fewest(g, &g->scratch->own, measure_lines(m), measure_units(m), work), known = own;
    uint64_t high = own.high;
    uint32_t last_reasoner = GRAPH_NONE;
    each_infer(g, side_of(g, claim), infer)
    {
        if (!inference_holds(g, infer, measure_lines(m)))
            continue;
        struct interval size = inference_size(g, infer, m);
        known.low = size.low > known.low ? size.low : known.low;
        if (size.high != 1 || infer[INFER_REASONER] != last_reasoner || last_reasoner == GRAPH_NONE)
            high += size.high; /* one reasoner breaks all that is theirs */
        last_reasoner = infer[INFER_REASONER];
    }
    known.high = high < g->voices.count ? (uint32_t)high : (uint32_t)g->voices.count;
    known.low = known.low > known.high ? known.high : known.low;
    return known;
}

/* Puts the keystones of an inference into `keys`; false where they are not bounded yet. */
static bool inference_keys(struct graph *g, const uint32_t *infer, words *keys)
{
    keys->count = 0;
    if (infer[INFER_REASONER] != GRAPH_NONE)
        vector_push(keys, infer[INFER_REASONER]);
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        uint32_t premise = infer[INFER_PREMISES + INFER_STEP * i];
        if (in_part(g, premise) && side_of(g, premise)->flags & SIDE_ANY_KEY)
            return false;
        const struct cell *cell = &g->cells.at[premise];
        for (uint32_t j = 0; j < cell->keystone_count; j++)
            vector_push(keys, g->keystones.at[cell->keystones + j]);
    }
    keys->count = set_sort(keys->at, keys->count);
    return true;
}

/* Makes a claim's keystones from its sources; true where they changed. */
static bool make_keys(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    struct side *side = side_of(g, claim);
    lines_clear(&s->own);
    gather(g, claim, &s->own, NULL);
    common_voices(&s->own, &s->keys);
    bool bounded = s->own.firm > 0;
    each_infer(g, side, infer)
    {
        if (!inference_holds(g, infer, LINES_FIRM) || !inference_keys(g, infer, &s->other_keys))
            continue;
        if (bounded) {
            keep_common(&s->keys, s->other_keys.at, (uint32_t)s->other_keys.count);
        } else {
            words swap = s->keys;
            s->keys = s->other_keys;
            s->other_keys = swap;
        }
        bounded = true;
    }
    if (!bounded || (!(side->flags & SIDE_ANY_KEY) && s->keys.count == g->cells.at[claim].keystone_count))
        return false;
    side->flags &= ~SIDE_ANY_KEY;
    set_keystones(g, claim, &s->keys);
    return true;
}

static void make_part_keys(struct graph *g, const uint32_t *claims, uint32_t count)
{
    words waiting = {0};
    static const words none = {0};
    for (uint32_t i = 0; i < count; i++) {
        struct side *side = side_of(g, claims[i]);
        set_keystones(g, claims[i], &none);
        side->flags &= ~SIDE_ANY_KEY;
        if (g->cells.at[claims[i]].distance != GRAPH_NONE) {
            side->flags |= SIDE_ANY_KEY;
            vector_push(&waiting, claims[i]);
        }
    }
    for (size_t next = 0; next < waiting.count; next++) {
        uint32_t claim = waiting.at[next];
        if (!make_keys(g, claim))
            continue;
        for (uint32_t use = side_of(g, claim)->uses; use; use = g->infers.at[use + USE_NEXT]) {
            uint32_t above = g->infers.at[g->infers.at[use + USE_INFER] + INFER_CLAIM];
            if (in_part(g, above) && g->cells.at[above].distance != GRAPH_NONE)
                vector_push(&waiting, above);
        }
    }
    vector_release(&waiting);
}

/* The marks of all voices that the claim can rest on. A ring is taken to have them all. */
static unsigned marks_below(const struct graph *g, uint32_t claim, unsigned own)
{
    each_infer(g, side_of(g, claim), infer)
    {
        if (infer[INFER_REASONER] != GRAPH_NONE)
            own |= g->marks.at[infer[INFER_REASONER]];
        for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
            uint32_t premise = infer[INFER_PREMISES + INFER_STEP * i];
            own |= in_part(g, premise) ? CELL_ALL_MARKS : g->cells.at[premise].marks;
        }
    }
    return own & CELL_ALL_MARKS;
}

/* Without some voices no measure is larger than it was, nor smaller by more than they are; but for one that asks who is
 * impugned, since that may have changed. */
static struct interval within_old(const struct graph *g, uint32_t claim, enum measure m, struct interval within)
{
    uint32_t out = g->scratch->out;
    if (!out || m == UNQUESTIONED)
        return within;
    struct interval old = get_size(g, claim, m);
    old.low = old.low > out ? old.low - out : 0;
    within.low = old.low > within.low ? old.low : within.low;
    within.high = old.high < within.high ? old.high : within.high;
    return within;
}

/* One measure, within what the other measures say of it: at once where the claim is small, else from the sources'
 * bounds, and then by search. */
static struct interval weigh(struct graph *g, uint32_t claim, enum measure m, struct interval within)
{
    uint32_t size;
    within = within_old(g, claim, m, within);
    if (small_fewest(g, m, within, &size)) {
        size = size < within.high ? size : within.high;
        return (struct interval){size, size};
    }
    int64_t work = g->effort < MEASURE_WORK ? g->effort : MEASURE_WORK, before = work;
    struct interval known = compose(g, claim, m, &work);
    known.low = within.low > known.low ? within.low : known.low;
    known.high = within.high < known.high ? within.high : known.high;
    known.low = known.low < known.high ? known.low : known.high; /* where sizes are told up to two */
    if (known.low < known.high) {
        struct goal goal = {&claim, 1, NULL, m, false};
        known = break_goal(g, &goal, known, &work);
        g->effort -= before - work;
    }
    return known;
}

/* Wider units break no later, fewer lines no later, and more lines no sooner. */
static void make_row(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    struct cell *cell = &g->cells.at[claim];
    lines_clear(&s->own);
    lines_clear(&s->against);
    circuit_forget(s->circuit);
    unsigned own = gather(g, claim, &s->own, &s->against).marks;
    squeeze(g, &s->own);
    small_load(g, claim);
    unsigned marks = marks_below(g, claim, own | (s->own.firm < s->own.count ? CELL_BARE : 0));
    bool firm = cell->distance != GRAPH_NONE;
    struct interval people = {firm, firm};
    if (firm && !cell->keystone_count)
        people = weigh(g, claim, PEOPLE, (struct interval){2, UINT32_MAX});
    struct interval cautious = people, any = people, unquestioned = people;
    if (marks & VOICE_GROUPED && people.high > 1 && !small_like_people(g, CAUTIOUS))
        cautious = weigh(g, claim, CAUTIOUS, (struct interval){1, people.high});
    struct interval parties = cautious;
    if (marks & VOICE_PARTY && cautious.high > 1)
        parties = weigh(g, claim, PARTIES, (struct interval){1, cautious.high});
    if (marks & CELL_BARE && cell->held && !(firm && small_like_people(g, ANY)))
        any = weigh(g, claim, ANY, (struct interval){people.low ? people.low : 1, UINT32_MAX});
    if (marks & VOICE_IMPUGNED && firm && !small_like_people(g, UNQUESTIONED))
        unquestioned = weigh(g, claim, UNQUESTIONED, (struct interval){0, people.high});
    cell->range = 0;
    cell->marks = marks & CELL_ALL_MARKS;
    set_counts(g, claim, people, cautious, parties);
    set_size(g, claim, ANY, any);
    set_size(g, claim, UNQUESTIONED, unquestioned);
    finish_row(g, claim);
}

/* As make_row(), where only the level is wanted. */
static void make_level(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    struct cell *cell = &g->cells.at[claim];
    lines_clear(&s->own);
    circuit_forget(s->circuit);
    unsigned own = gather(g, claim, &s->own, NULL).marks;
    unsigned marks = marks_below(g, claim, own | (s->own.firm < s->own.count ? CELL_BARE : 0));
    uint32_t size = cell->distance == GRAPH_NONE ? 0 : cell->keystone_count ? 1 : 2;
    struct interval people = {size, size}, cautious = people;
    if (size > 1 && marks & (VOICE_GROUPED | VOICE_PARTY)) {
        squeeze(g, &s->own);
        small_load(g, claim);
    }
    if (size > 1 && marks & VOICE_GROUPED && !small_like_people(g, CAUTIOUS))
        cautious = weigh(g, claim, CAUTIOUS, (struct interval){1, 2});
    struct interval parties = cautious;
    if (cautious.high > 1 && marks & VOICE_PARTY)
        parties = weigh(g, claim, PARTIES, (struct interval){1, cautious.high});
    cell->range = 0;
    cell->marks = marks & CELL_ALL_MARKS;
    set_counts(g, claim, people, cautious, parties);
    set_level(g, claim);
}

void rows_make_inferred(struct graph *g, const uint32_t *claims, uint32_t count)
{
    stamps_clear(&g->scratch->in_part, g->claims.count);
    if (count > 1) {
        for (uint32_t i = 0; i < count; i++)
            stamps_mark(&g->scratch->in_part, claims[i]);
        if (!g->scratch->levels)
            mark_holding(g, claims, count);
    }
    make_part_keys(g, claims, count);
    for (uint32_t i = 0; i < count; i++) {
        if (g->scratch->levels)
            make_level(g, claims[i]);
        else
            make_row(g, claims[i]);
    }
}
