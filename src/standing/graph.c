/* The graph: what is added to it. See graph.h and inside.h. */
#include "standing/inside.h"

#include "standing/scratch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct graph *graph_new(void)
{
    struct graph *g = memory_new(sizeof *g);
    vector_push(&g->lines, 0);
    vector_push(&g->infers, 0);
    vector_push(&g->keystones, 0);
    vector_push(&g->sides, (struct side){0});
    vector_push(&g->ranges, (struct range){{0}});
    g->scratch = scratch_new();
    g->anew = true;
    return g;
}

void graph_free(struct graph *g)
{
    if (!g)
        return;
    vector_release(&g->voices);
    vector_release(&g->marks);
    vector_release(&g->newest);
    vector_release(&g->parties);
    vector_release(&g->memberships);
    vector_release(&g->tops);
    vector_release(&g->claims);
    vector_release(&g->sides);
    vector_release(&g->contradictions);
    vector_release(&g->impugnments);
    vector_release(&g->lines);
    vector_release(&g->infers);
    vector_release(&g->cells);
    vector_release(&g->ranges);
    vector_release(&g->keystones);
    vector_release(&g->changed);
    vector_release(&g->touched_voices);
    scratch_free(g->scratch);
    free(g);
}

uint32_t graph_voice(struct graph *g)
{
    uint32_t v = (uint32_t)g->voices.count;
    assert(v < GRAPH_MOST);
    vector_push(&g->voices, (struct voice){.parent = v, .next_mate = v});
    vector_push(&g->marks, 0);
    vector_push(&g->newest, 0);
    vector_push(&g->parties, v);
    return v;
}

uint32_t graph_claim(struct graph *g)
{
    uint32_t c = (uint32_t)g->claims.count;
    assert(c < GRAPH_MOST);
    vector_push(&g->claims, (struct claim){0, 0});
    vector_push(&g->cells, (struct cell){.distance = GRAPH_NONE});
    return c;
}

uint32_t graph_voices(const struct graph *g)
{
    return (uint32_t)g->voices.count;
}

uint32_t graph_claims(const struct graph *g)
{
    return (uint32_t)g->claims.count;
}

static struct side *side_made(struct graph *g, uint32_t claim)
{
    if (!g->claims.at[claim].side) {
        g->claims.at[claim].side = (uint32_t)g->sides.count;
        vector_push(&g->sides, (struct side){.claim = claim});
    }
    return &g->sides.at[g->claims.at[claim].side];
}

static void changed(struct graph *g, uint32_t claim)
{
    if (!g->anew)
        vector_push(&g->changed, claim);
}

/* The units of these voices changed. Where nobody has spoken yet, nothing hangs on it. */
static void touched(struct graph *g, uint32_t voice)
{
    vector_push(&g->touched_voices, voice);
}

void graph_of(struct graph *g, uint32_t voice, uint32_t organisation)
{
    struct voice *v = &g->voices.at[voice];
    vector_push(&g->memberships, (struct membership){organisation, v->of});
    v->of = (uint32_t)g->memberships.count;
    g->voices.at[organisation].members++;
    if (v->members)
        g->anew = true;
    touched(g, voice);
}

uint32_t graph_root(const struct graph *g, uint32_t voice)
{
    struct voice *at = g->voices.at;
    while (at[voice].parent != voice) {
        uint32_t parent = at[voice].parent, above = at[parent].parent;
        if (above != parent) /* nothing is written where nothing changes: others may be reading, see units_make() */
            at[voice].parent = above;
        voice = above;
    }
    return voice;
}

uint32_t graph_mate(const struct graph *g, uint32_t voice)
{
    return g->voices.at[voice].next_mate;
}

void graph_same(struct graph *g, uint32_t keep, uint32_t lose)
{
    keep = graph_root(g, keep);
    lose = graph_root(g, lose);
    if (keep == lose)
        return;
    g->voices.at[lose].parent = keep;
    uint32_t mate = g->voices.at[keep].next_mate;
    g->voices.at[keep].next_mate = g->voices.at[lose].next_mate;
    g->voices.at[lose].next_mate = mate;
    touched(g, keep);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

size_t set_sort(uint32_t *at, size_t count)
{
    if (count > 24) {
        qsort(at, count, sizeof *at, by_number);
    } else {
        for (size_t i = 1; i < count; i++) {
            uint32_t x = at[i];
            size_t j = i;
            for (; j && at[j - 1] > x; j--)
                at[j] = at[j - 1];
            at[j] = x;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!i || at[i] != at[kept - 1])
            at[kept++] = at[i];
    return kept;
}

void graph_line(struct graph *g, uint32_t claim, const struct line *line)
{
    assert(line->count && line->count < GRAPH_MOST);
    uint32_t few[24], *set = line->count <= 24 ? few : memory_array(line->count, sizeof *set);
    memcpy(set, line->voices, line->count * sizeof *set);
    size_t count = set_sort(set, line->count);

    vector_reserve(&g->lines, LINE_MEMBERS + 2 * count);
    assert(g->lines.count + LINE_MEMBERS + 2 * count < UINT32_MAX);
    uint32_t start = (uint32_t)g->lines.count, *at = g->lines.at + start;
    at[LINE_CLAIM] = claim;
    at[LINE_NEXT] = g->claims.at[claim].lines;
    at[LINE_FLAGS] =
        (line->firm ? LINE_FIRM : 0) | (line->side == SIDE_AGAINST ? LINE_AGAINST : 0) | line->hops << LINE_HOPS_SHIFT;
    for (size_t i = 0; i < count; i++) {
        uint32_t *member = at + LINE_MEMBERS + 2 * i;
        uint32_t *newest = &g->newest.at[set[i]];
        member[0] = set[i] | (i ? 0 : MEMBER_FIRST) | (i + 1 == count ? MEMBER_LAST : 0);
        member[1] = *newest;
        *newest = start + LINE_MEMBERS + (uint32_t)(2 * i);
    }
    g->lines.count += LINE_MEMBERS + 2 * count;
    g->claims.at[claim].lines = start;
    if (line->side == SIDE_FOR) {
        struct cell *cell = &g->cells.at[claim];
        cell->held = 1;
        if (line->firm && line->hops < cell->distance)
            cell->distance = line->hops;
    }
    changed(g, claim);
    if (set != few)
        free(set);
}

void graph_infer(struct graph *g, uint32_t claim, uint32_t reasoner, const uint32_t *premises, size_t count)
{
    assert(count && count < GRAPH_MOST);
    vector_reserve(&g->infers, INFER_PREMISES + INFER_STEP * count);
    assert(g->infers.count + INFER_PREMISES + INFER_STEP * count < UINT32_MAX);
    uint32_t start = (uint32_t)g->infers.count, *at = g->infers.at + start;
    struct side *side = side_made(g, claim);
    at[INFER_CLAIM] = claim;
    at[INFER_NEXT] = side->infers;
    side->infers = start;
    at[INFER_REASONER] = reasoner;
    at[INFER_NEXT_BY] = reasoner == GRAPH_NONE ? 0 : g->voices.at[reasoner].reasons;
    if (reasoner != GRAPH_NONE)
        g->voices.at[reasoner].reasons = start;
    at[INFER_COUNT] = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        uint32_t *use = at + INFER_PREMISES + INFER_STEP * i;
        struct side *premise = side_made(g, premises[i]);
        use[USE_PREMISE] = premises[i];
        use[USE_NEXT] = premise->uses;
        use[USE_INFER] = start;
        premise->uses = start + INFER_PREMISES + INFER_STEP * (uint32_t)i;
    }
    g->infers.count += INFER_PREMISES + INFER_STEP * count;
    changed(g, claim);
}

static void contradicted_by(struct graph *g, uint32_t claim, uint32_t other)
{
    struct side *side = side_made(g, claim);
    vector_push(&g->contradictions, (struct contradiction){other, side->contradicts});
    side->contradicts = (uint32_t)g->contradictions.count;
    changed(g, claim);
}

void graph_contradict(struct graph *g, uint32_t a, uint32_t b)
{
    contradicted_by(g, a, b);
    contradicted_by(g, b, a);
}

void graph_impugn(struct graph *g, uint32_t voice, uint32_t claim)
{
    struct side *side = side_made(g, claim);
    vector_push(&g->impugnments, (struct impugnment){voice, side->impugns, false});
    side->impugns = (uint32_t)g->impugnments.count;
    changed(g, claim);
}

void graph_trim(struct graph *g)
{
    vector_trim(&g->voices);
    vector_trim(&g->marks);
    vector_trim(&g->newest);
    vector_trim(&g->parties);
    vector_trim(&g->memberships);
    vector_trim(&g->claims);
    vector_trim(&g->sides);
    vector_trim(&g->lines);
    vector_trim(&g->infers);
    vector_trim(&g->cells);
    vector_trim(&g->changed);
    vector_trim(&g->touched_voices);
}
