/* Held and distance: see settle.h. */
#include "standing/settle.h"

#include "standing/gather.h"

/* What is known of a claim: GRAPH_NONE hops where no line is firm. */
struct known {
    uint32_t distance;
    bool held;
};

static struct known from_own_lines(const struct graph *g, uint32_t claim)
{
    struct known known = {GRAPH_NONE, false};
    for (uint32_t at = g->claims.at[claim].lines; at;) {
        const uint32_t *line = g->lines.at + at;
        uint32_t flags = line[LINE_FLAGS], hops = flags >> LINE_HOPS_SHIFT;
        at = line[LINE_NEXT];
        if (flags & LINE_AGAINST || (known.held && (!(flags & LINE_FIRM) || hops >= known.distance)))
            continue;
        if (line_out(g, line))
            continue;
        known.held = true;
        if (flags & LINE_FIRM && hops < known.distance)
            known.distance = hops;
    }
    return known;
}

/* What an inference gives: its worst premise's distance, as long as all hold. */
static struct known from_inference(const struct graph *g, const uint32_t *infer)
{
    struct known known = {0, true};
    if (!infer_stands(g, infer))
        return (struct known){GRAPH_NONE, false};
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        const struct cell *premise = &g->cells.at[infer[INFER_PREMISES + INFER_STEP * i]];
        known.distance = premise->distance > known.distance ? premise->distance : known.distance;
        known.held = known.held && premise->held;
    }
    return known;
}

/* Improves a claim's cell by its inferences; true where it got better. */
static bool improve(struct graph *g, uint32_t claim)
{
    struct cell *cell = &g->cells.at[claim];
    bool better = false;
    each_infer(g, side_of(g, claim), infer)
    {
        struct known known = from_inference(g, infer);
        if (known.distance < cell->distance) {
            cell->distance = known.distance;
            better = true;
        }
        if (known.held && !cell->held) {
            cell->held = 1;
            better = true;
        }
    }
    return better;
}

static void start(struct graph *g, uint32_t claim)
{
    struct known known = from_own_lines(g, claim);
    g->cells.at[claim].distance = known.distance;
    g->cells.at[claim].held = known.held;
}

/* Whoever got better tells the claims above it. */
static void settle_ring(struct graph *g, const uint32_t *claims, uint32_t count)
{
    struct scratch *s = g->scratch;
    words *waiting = &s->stack;
    waiting->count = 0;
    stamps_clear(&s->in_part, g->claims.count);
    for (uint32_t i = 0; i < count; i++) {
        start(g, claims[i]);
        stamps_mark(&s->in_part, claims[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        vector_push(waiting, claims[i]);
    for (size_t next = 0; next < waiting->count; next++) {
        uint32_t claim = waiting->at[next];
        if (!improve(g, claim) && next >= count)
            continue;
        for (uint32_t use = side_of(g, claim)->uses; use; use = g->infers.at[use + USE_NEXT]) {
            const uint32_t *infer = g->infers.at + g->infers.at[use + USE_INFER];
            struct known known = from_inference(g, infer);
            const struct cell *above = &g->cells.at[infer[INFER_CLAIM]];
            if (stamps_has(&s->in_part, infer[INFER_CLAIM]) &&
                (known.distance < above->distance || (known.held && !above->held)))
                vector_push(waiting, infer[INFER_CLAIM]);
        }
    }
}

void settle_part(struct graph *g, const uint32_t *claims, uint32_t count)
{
    if (count > 1) {
        settle_ring(g, claims, count);
        return;
    }
    start(g, claims[0]);
    improve(g, claims[0]);
}

void settle_flat(struct graph *g, uint32_t claim)
{
    start(g, claim);
}
