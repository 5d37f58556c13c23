/* igraph as a peer: see peers.h. */
#include <igraph.h>
#undef VECTOR /* igraph has a macro of this name; ours is another */
#include "peers_inside.h"

#include <stdlib.h>

/* One claim's own lines as a graph: 0 is the ground, 1 the claim, then its voices. */
struct drawing {
    uint32_t *local; /* by voice: its vertex, 0 where it has none yet */
    igraph_vector_int_t edges, dominators;
    igraph_integer_t vertices;
};

static igraph_integer_t vertex(struct drawing *d, uint32_t voice)
{
    if (!d->local[voice])
        d->local[voice] = (uint32_t)d->vertices++;
    return d->local[voice];
}

static void draw(const struct peers *p, uint32_t claim, struct drawing *d)
{
    igraph_vector_int_clear(&d->edges);
    d->vertices = 2;
    for each (line, &p->by_claim, claim) {
        igraph_integer_t to = 1;
        for each (voice, &p->lines, *line.at) {
            igraph_integer_t from = vertex(d, *voice.at);
            igraph_vector_int_push_back(&d->edges, from);
            igraph_vector_int_push_back(&d->edges, to);
            to = from;
        }
        igraph_vector_int_push_back(&d->edges, 0);
        igraph_vector_int_push_back(&d->edges, to);
    }
    for each (line, &p->by_claim, claim)
        for each (voice, &p->lines, *line.at)
            d->local[*voice.at] = 0;
}

/* The voices that dominate the claim: up the tree from it to the ground. */
static uint64_t dominators_of_claim(const struct drawing *d)
{
    uint64_t count = 0;
    for (igraph_integer_t v = igraph_vector_int_get(&d->dominators, 1); v > 0;
         v = igraph_vector_int_get(&d->dominators, v))
        count++;
    return count;
}

struct peers_sums peers_igraph(const struct peers *p)
{
    struct peers_sums sums = {0};
    struct drawing d = {.local = memory_array(p->voices + 1, sizeof *d.local)};
    igraph_vector_int_init(&d.edges, 0);
    igraph_vector_int_init(&d.dominators, 0);
    for (uint32_t claim = 0; claim < p->claims; claim++) {
        if (p->by_claim.starts.at[claim] == p->by_claim.starts.at[claim + 1])
            continue;
        draw(p, claim, &d);
        igraph_t graph;
        igraph_integer_t cut;
        igraph_create(&graph, &d.edges, d.vertices, IGRAPH_DIRECTED);
        igraph_st_vertex_connectivity(&graph, &cut, 0, 1, IGRAPH_VCONN_NEI_ERROR);
        igraph_dominator_tree(&graph, 0, &d.dominators, NULL, NULL, IGRAPH_OUT);
        sums.claims++;
        sums.cut += (uint64_t)cut;
        sums.dominators += dominators_of_claim(&d);
        igraph_destroy(&graph);
    }
    igraph_vector_int_destroy(&d.edges);
    igraph_vector_int_destroy(&d.dominators);
    free(d.local);
    return sums;
}
