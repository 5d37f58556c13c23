/* Ordering inferred claims: see order.h. */
#include "standing/order.h"

#include "standing/gather.h"

/* A claim being visited: which premise of which inference comes next. */
struct visit {
    uint32_t claim, infer, premise;
};

struct walk {
    struct graph *g;
    VECTOR(struct visit) visits;
    uint32_t next_index;
};

static void enter(struct walk *w, uint32_t claim)
{
    struct side *side = side_of(w->g, claim);
    side->index = side->low = ++w->next_index;
    side->flags |= SIDE_OPEN;
    vector_push(&w->g->scratch->stack, claim);
    vector_push(&w->visits, (struct visit){claim, side->infers, 0});
}

/* The next premise of the claim on top that counts, or GRAPH_NONE. */
static uint32_t next_premise(struct walk *w)
{
    const struct graph *g = w->g;
    struct visit *v = &w->visits.at[w->visits.count - 1];
    while (v->infer) {
        const uint32_t *infer = g->infers.at + v->infer;
        while (v->premise < infer[INFER_COUNT]) {
            uint32_t premise = infer[INFER_PREMISES + INFER_STEP * v->premise++];
            if (side_of(g, premise)->infers && stamps_has(&g->scratch->in_reach, premise))
                return premise;
        }
        v->infer = infer[INFER_NEXT];
        v->premise = 0;
    }
    return GRAPH_NONE;
}

/* All of a claim's premises were seen: closes its part where it is the part's first. */
static void leave(struct walk *w)
{
    struct graph *g = w->g;
    struct scratch *s = g->scratch;
    uint32_t claim = w->visits.at[--w->visits.count].claim;
    struct side *side = side_of(g, claim);
    if (w->visits.count) {
        struct side *below = side_of(g, w->visits.at[w->visits.count - 1].claim);
        below->low = side->low < below->low ? side->low : below->low;
    }
    if (side->low != side->index)
        return;
    uint32_t member;
    do {
        member = s->stack.at[--s->stack.count];
        side_of(g, member)->flags &= ~SIDE_OPEN;
        vector_push(&s->order, member);
    } while (member != claim);
    vector_push(&s->parts, (uint32_t)s->order.count);
}

static void visit_from(struct walk *w, uint32_t claim)
{
    enter(w, claim);
    while (w->visits.count) {
        uint32_t premise = next_premise(w);
        if (premise == GRAPH_NONE) {
            leave(w);
            continue;
        }
        struct side *side = side_of(w->g, premise);
        struct side *top = side_of(w->g, w->visits.at[w->visits.count - 1].claim);
        if (!side->index)
            enter(w, premise);
        else if (side->flags & SIDE_OPEN && side->index < top->low)
            top->low = side->index;
    }
}

void order_inferred(struct graph *g)
{
    struct scratch *s = g->scratch;
    struct walk w = {.g = g};
    s->order.count = s->parts.count = s->stack.count = 0;
    for (size_t i = 0; i < s->reach.count; i++) {
        struct side *side = side_of(g, s->reach.at[i]);
        if (side)
            side->index = 0;
    }
    for (size_t i = 0; i < s->reach.count; i++) {
        struct side *side = side_of(g, s->reach.at[i]);
        if (side && side->infers && !side->index)
            visit_from(&w, s->reach.at[i]);
    }
    vector_release(&w.visits);
}
