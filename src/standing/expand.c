/* Writing out lines: see expand.h.
 *
 * A claim's family is its own lines and, for each inference, the reasoner with one line of each
 * premise, for every choice: a product, reduced after each premise. Claims in a ring are made together
 * from nothing upwards until nothing changes: the least fixed point, so that nothing grounds
 * itself. */
#include "standing/expand.h"

#include "standing/gather.h"

#include <stdlib.h>

/* Lines that a product may pass through before it is reduced. */
#define PRODUCT_LINES 16384u

static void add_family(const struct family *f, struct lines *to)
{
    const uint32_t *at = f->at;
    for (uint32_t i = 0; i < f->count; i++, at += 1 + line_length(*at))
        lines_add(to, at + 1, line_length(*at), line_firm(*at));
}

bool lines_of(const struct graph *g, uint32_t claim, struct lines *room)
{
    const struct side *side = side_of(g, claim);
    lines_clear(room);
    if (side && side->flags & SIDE_IMPLICIT)
        return false;
    if (side && side->infers) {
        if (side->family)
            add_family(side->family, room);
        return true;
    }
    gather(g, claim, room, NULL);
    return true;
}

/* product = product × factor; false where that is too many. */
static bool multiply(struct scratch *s, int64_t *work)
{
    struct lines next = {0};
    if ((uint64_t)s->product.count * s->factor.count > PRODUCT_LINES)
        return false;
    const uint32_t *a = s->product.at;
    for (uint32_t i = 0; i < s->product.count; i++, a += 1 + line_length(*a)) {
        const uint32_t *b = s->factor.at;
        for (uint32_t j = 0; j < s->factor.count; j++, b += 1 + line_length(*b))
            lines_add_union(&next, a + 1, line_length(*a), b + 1, line_length(*b), line_firm(*a) && line_firm(*b));
    }
    lines_release(&s->product);
    s->product = next;
    lines_reduce(&s->product, work);
    return s->product.count <= FAMILY_LINES && s->product.words <= FAMILY_WORDS;
}

/* Adds to s->made what an inference gives. */
static bool add_inference(struct graph *g, const uint32_t *infer, int64_t *work)
{
    struct scratch *s = g->scratch;
    lines_clear(&s->product);
    lines_add(&s->product, &infer[INFER_REASONER], infer[INFER_REASONER] != GRAPH_NONE, true);
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        if (!lines_of(g, infer[INFER_PREMISES + INFER_STEP * i], &s->factor))
            return false;
        if (!s->factor.count)
            return true;
        if (s->factor.count > 1 && s->factor.count <= PRODUCT_LINES)
            lines_reduce(&s->factor, work);
        if (!multiply(s, work))
            return false;
    }
    const uint32_t *at = s->product.at;
    for (uint32_t i = 0; i < s->product.count; i++, at += 1 + line_length(*at))
        lines_add(&s->made, at + 1, line_length(*at), line_firm(*at));
    return true;
}

/* Makes a claim's lines into s->made. */
static bool make_lines(struct graph *g, uint32_t claim, int64_t *work)
{
    struct scratch *s = g->scratch;
    lines_clear(&s->made);
    gather(g, claim, &s->made, NULL);
    if (s->made.count > PRODUCT_LINES)
        return false;
    struct side *side = side_of(g, claim);
    each_infer(g, side, infer)
    {
        if (infer_stands(g, infer) && !add_inference(g, infer, work))
            return false;
    }
    lines_reduce(&s->made, work);
    return *work >= 0 && s->made.count <= FAMILY_LINES && s->made.words <= FAMILY_WORDS;
}

static void set_family(struct side *side, struct family *family)
{
    free(side->family);
    side->family = family;
}

static bool inference_held(const struct graph *g, const uint32_t *infer)
{
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++)
        if (!g->cells.at[infer[INFER_PREMISES + INFER_STEP * i]].held)
            return false;
    return infer_stands(g, infer);
}

static bool claim_held(struct graph *g, uint32_t claim)
{
    struct scratch *s = g->scratch;
    lines_clear(&s->made);
    gather(g, claim, &s->made, NULL);
    if (s->made.count)
        return true;
    each_infer(g, side_of(g, claim), infer)
    {
        if (inference_held(g, infer))
            return true;
    }
    return false;
}

/* Whether the claims of a part have any line: the least fixed point, as for distances. */
static void set_held(struct graph *g, const uint32_t *claims, uint32_t count)
{
    struct scratch *s = g->scratch;
    words *waiting = &s->stack;
    waiting->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        g->cells.at[claims[i]].held = 0;
        vector_push(waiting, claims[i]);
    }
    for (size_t next = 0; next < waiting->count; next++) {
        uint32_t claim = waiting->at[next];
        if (g->cells.at[claim].held || !claim_held(g, claim))
            continue;
        g->cells.at[claim].held = 1;
        for (uint32_t use = side_of(g, claim)->uses; use; use = g->infers.at[use + USE_NEXT]) {
            uint32_t above = g->infers.at[g->infers.at[use + USE_INFER] + INFER_CLAIM];
            if (stamps_has(&s->in_part, above) && !g->cells.at[above].held)
                vector_push(waiting, above);
        }
    }
}

static void make_implicit(struct graph *g, const uint32_t *claims, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct side *side = side_of(g, claims[i]);
        set_family(side, NULL);
        side->flags |= SIDE_IMPLICIT;
    }
    set_held(g, claims, count);
}

static bool expand_ring(struct graph *g, const uint32_t *claims, uint32_t count, int64_t *work)
{
    struct scratch *s = g->scratch;
    bool changed;
    do {
        changed = false;
        for (uint32_t i = 0; i < count; i++) {
            struct side *side = side_of(g, claims[i]);
            if (!make_lines(g, claims[i], work))
                return false;
            *work -= 64;
            if (s->made.count == 0 && !side->family)
                continue;
            if (lines_equal(&s->made, side->family))
                continue;
            set_family(side, family_of(&s->made));
            changed = true;
        }
    } while (changed);
    return true;
}

/* The least hops by which inference gives a claim a firm line: its best inference's worst premise. */
static uint32_t inferred_distance(const struct graph *g, uint32_t claim)
{
    uint32_t best = GRAPH_NONE;
    each_infer(g, side_of(g, claim), infer)
    {
        uint32_t worst = 0;
        if (!infer_stands(g, infer))
            continue;
        for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
            uint32_t d = g->cells.at[infer[INFER_PREMISES + INFER_STEP * i]].distance;
            worst = d > worst ? d : worst;
        }
        best = worst < best ? worst : best;
    }
    return best;
}

/* Distances of a part, from nothing known downwards: whoever got nearer tells the claims above it. */
static void set_distances(struct graph *g, const uint32_t *claims, uint32_t count)
{
    struct scratch *s = g->scratch;
    words *waiting = &s->stack;
    waiting->count = 0;
    stamps_clear(&s->in_part, g->claims.count);
    for (uint32_t i = 0; i < count; i++) {
        g->cells.at[claims[i]].distance = gather(g, claims[i], NULL, NULL).hops;
        stamps_mark(&s->in_part, claims[i]);
        vector_push(waiting, claims[i]);
    }
    for (size_t next = 0; next < waiting->count; next++) {
        uint32_t claim = waiting->at[next], d = inferred_distance(g, claim);
        if (d < g->cells.at[claim].distance)
            g->cells.at[claim].distance = d;
        else if (next >= count)
            continue;
        if (count == 1)
            return;
        for (uint32_t use = side_of(g, claim)->uses; use; use = g->infers.at[use + USE_NEXT]) {
            uint32_t above = g->infers.at[g->infers.at[use + USE_INFER] + INFER_CLAIM];
            if (stamps_has(&s->in_part, above) && inferred_distance(g, above) < g->cells.at[above].distance)
                vector_push(waiting, above);
        }
    }
}

void expand_part(struct graph *g, const uint32_t *claims, uint32_t count)
{
    int64_t work = 1 << 20;
    for (uint32_t i = 0; i < count; i++) {
        struct side *side = side_of(g, claims[i]);
        side->flags &= ~SIDE_IMPLICIT;
        set_family(side, NULL);
    }
    set_distances(g, claims, count);
    bool made = count > 1 ? expand_ring(g, claims, count, &work) : make_lines(g, claims[0], &work);
    if (!made) {
        make_implicit(g, claims, count);
        return;
    }
    if (count == 1)
        set_family(side_of(g, claims[0]), family_of(&g->scratch->made));
    for (uint32_t i = 0; i < count; i++) {
        const struct family *family = side_of(g, claims[i])->family;
        g->cells.at[claims[i]].held = family && family->count > 0;
    }
}
