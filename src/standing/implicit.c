/* Rows of claims with too many lines to write out: bounds from their premises' rows, and where these
 * leave a gap the search of circuit.c.
 *
 * An inference falls with its cheapest premise or its reasoner: exactly. A claim falls when all
 * its sources fall: at least as dear as its dearest source, at most as dear as all together. For keystones both
 * are exact: a premise's keystones are the inference's, and a claim's are those that all its
 * sources share; in a ring, the greatest solution of that (as with dominators in a flow graph). */
#include "standing/row.h"

#include "standing/gather.h"

#include <string.h>

#define CLAIM_EFFORT (INT64_C(1) << 26) /* of the search for one measure of one claim */

static const enum measure by_composition[] = {PEOPLE, CAUTIOUS, PARTIES, ANY, UNQUESTIONED};

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

static enum measure measure_of(enum lines_kind kind)
{
    return kind == LINES_ALL ? ANY : kind == LINES_UNQUESTIONED ? UNQUESTIONED : PEOPLE;
}

/* Does a premise have a line of this kind? Within the part by what was found so far. */
static bool premise_holds(const struct graph *g, uint32_t premise, enum lines_kind kind)
{
    if (in_part(g, premise))
        return side_of(g, premise)->flags & SIDE_HOLDS;
    return g->cells.at[premise].size[measure_of(kind)] > 0;
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

/* The claim's own lines of a kind: how many units break them. */
static struct interval own_size(struct graph *g, uint32_t claim, enum measure m, int64_t *work)
{
    struct scratch *s = g->scratch;
    lines_clear(&s->own);
    gather(g, claim, &s->own, NULL);
    return fewest(g, &s->own, measure_lines(m), measure_units(m), work);
}

static bool own_line(struct graph *g, uint32_t claim, enum lines_kind kind)
{
    int64_t work = 0;
    enum measure m = measure_of(kind);
    return own_size(g, claim, m, &work).high > 0;
}

static bool claim_holds(struct graph *g, uint32_t claim, enum lines_kind kind)
{
    if (own_line(g, claim, kind))
        return true;
    each_infer(g, side_of(g, claim), infer)
    {
        if (inference_holds(g, infer, kind))
            return true;
    }
    return false;
}

/* Marks the claims of the part that have a line of a kind: the least fixed point. */
static void mark_holding(struct graph *g, const uint32_t *claims, uint32_t count, enum lines_kind kind)
{
    words waiting = {0};
    for (uint32_t i = 0; i < count; i++)
        side_of(g, claims[i])->flags &= ~SIDE_HOLDS;
    for (uint32_t i = 0; i < count; i++)
        vector_push(&waiting, claims[i]);
    for (size_t next = 0; next < waiting.count; next++) {
        struct side *side = side_of(g, waiting.at[next]);
        if (side->flags & SIDE_HOLDS || !claim_holds(g, waiting.at[next], kind))
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

static bool within_part(const struct graph *g, const uint32_t *infer)
{
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++)
        if (in_part(g, infer[INFER_PREMISES + INFER_STEP * i]))
            return true;
    return false;
}

/* What breaks all of a part: its own lines and the inferences that stand on nothing within. */
static uint32_t part_high(struct graph *g, const uint32_t *claims, uint32_t count, enum measure m, int64_t *work)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += own_size(g, claims[i], m, work).high;
        each_infer(g, side_of(g, claims[i]), infer)
        {
            if (inference_holds(g, infer, measure_lines(m)) && !within_part(g, infer))
                sum += inference_size(g, infer, m).high;
        }
    }
    return sum < GRAPH_MOST ? (uint32_t)sum : GRAPH_MOST;
}

/* Bounds of a claim from its sources. `ring_high` is what breaks its whole part. */
static struct interval compose(struct graph *g, uint32_t claim, enum measure m, uint32_t ring_high, int64_t *work)
{
    struct interval own = own_size(g, claim, m, work), known = own;
    uint64_t high = own.high;
    uint32_t sources = own.high > 0, last_reasoner = GRAPH_NONE;
    each_infer(g, side_of(g, claim), infer)
    {
        if (!inference_holds(g, infer, measure_lines(m)))
            continue;
        struct interval size = inference_size(g, infer, m);
        sources++;
        known.low = size.low > known.low ? size.low : known.low;
        if (size.high != 1 || infer[INFER_REASONER] != last_reasoner || last_reasoner == GRAPH_NONE)
            high += size.high;
        last_reasoner = infer[INFER_REASONER];
    }
    if (!sources)
        return (struct interval){0, 0};
    known.high = high < ring_high ? (uint32_t)high : ring_high;
    known.high = known.high < g->voices.count ? known.high : (uint32_t)g->voices.count;
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

static void intersect(words *keys, const words *other)
{
    size_t kept = 0, j = 0;
    for (size_t i = 0; i < keys->count; i++) {
        while (j < other->count && other->at[j] < keys->at[i])
            j++;
        if (j < other->count && other->at[j] == keys->at[i])
            keys->at[kept++] = keys->at[i];
    }
    keys->count = kept;
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
            intersect(&s->keys, &s->other_keys);
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
        if (side->flags & SIDE_HOLDS) {
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
            if (in_part(g, above) && side_of(g, above)->flags & SIDE_HOLDS)
                vector_push(&waiting, above);
        }
    }
    vector_release(&waiting);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t most(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Wider units break no later, and more lines no sooner. */
static void tighten(struct interval *size)
{
    size[CAUTIOUS].high = least(size[CAUTIOUS].high, size[PEOPLE].high);
    size[PARTIES].high = least(size[PARTIES].high, size[CAUTIOUS].high);
    size[UNQUESTIONED].high = least(size[UNQUESTIONED].high, size[PEOPLE].high);
    size[PEOPLE].high = least(size[PEOPLE].high, size[ANY].high);
    size[CAUTIOUS].low = most(size[CAUTIOUS].low, size[PARTIES].low);
    size[PEOPLE].low = most(size[PEOPLE].low, most(size[CAUTIOUS].low, size[UNQUESTIONED].low));
    size[ANY].low = most(size[ANY].low, size[PEOPLE].low);
}

static void search_measure(struct graph *g, uint32_t claim, enum measure m, struct interval *size)
{
    if (size->low == size->high || g->effort <= 0)
        return;
    int64_t work = least((uint32_t)(g->effort < CLAIM_EFFORT ? g->effort : CLAIM_EFFORT), (uint32_t)CLAIM_EFFORT);
    int64_t before = work;
    struct goal goal = {&claim, 1, NULL, measure_lines(m), measure_units(m)};
    *size = circuit_cover(g, &goal, *size, &work);
    g->effort -= before - work;
}

static void make_row(struct graph *g, uint32_t claim, struct interval *size)
{
    struct scratch *s = g->scratch;
    if (size[PEOPLE].high) {
        if (g->cells.at[claim].keystone_count)
            size[PEOPLE] = (struct interval){1, 1};
        else
            size[PEOPLE].low = most(size[PEOPLE].low, 2);
    }
    tighten(size);
    circuit_forget(g->scratch->circuit);
    for (size_t i = 0; i < sizeof by_composition / sizeof *by_composition; i++) {
        search_measure(g, claim, by_composition[i], &size[by_composition[i]]);
        tighten(size);
    }
    g->cells.at[claim].range = 0;
    for (size_t i = 0; i < sizeof by_composition / sizeof *by_composition; i++)
        set_size(g, claim, by_composition[i], size[by_composition[i]]);
    lines_clear(&s->against);
    gather(g, claim, NULL, &s->against);
    finish_row(g, claim);
}

void rows_make_implicit(struct graph *g, const uint32_t *claims, uint32_t count)
{
    struct interval(*sizes)[MEASURE_COUNT] = memory_array(count, sizeof *sizes);
    int64_t work = CLAIM_EFFORT;
    stamps_clear(&g->scratch->in_part, g->claims.count);
    for (uint32_t i = 0; i < count; i++)
        stamps_mark(&g->scratch->in_part, claims[i]);
    for (size_t k = 0; k < sizeof by_composition / sizeof *by_composition; k++) {
        enum measure m = by_composition[k];
        mark_holding(g, claims, count, measure_lines(m));
        uint32_t high = count > 1 ? part_high(g, claims, count, m, &work) : UINT32_MAX;
        for (uint32_t i = 0; i < count; i++)
            if (side_of(g, claims[i])->flags & SIDE_HOLDS)
                sizes[i][m] = compose(g, claims[i], m, high, &work);
    }
    mark_holding(g, claims, count, LINES_FIRM);
    make_part_keys(g, claims, count);
    for (uint32_t i = 0; i < count; i++)
        make_row(g, claims[i], sizes[i]);
    free(sizes);
}
