/* Drawing a graph in columns: which node stands above which, and how high, so that edges cross little
 * and run level.
 *
 * The steps are Sugiyama's: edges over several columns get a bend in each, shared by all that lead
 * to one node; columns are ordered by the mean place of their neighbours, in sweeps, the best
 * of them kept; heights are the nearest to the neighbours' mean that the order allows (isotonic
 * regression, by pooling adjacent violators). All in whole numbers, so that the same graph gives
 * the same picture everywhere. It knows nothing of what is drawn. */
#ifndef OPS_LAYERS_H
#define OPS_LAYERS_H

#include <stddef.h>
#include <stdint.h>

struct layers;

/* `columns`: how many there are. `gap`: the least distance between two nodes of a column. */
struct layers *layers_new(uint32_t columns, int32_t gap);
void layers_free(struct layers *l);

/* Returns the node's number, from 0. */
uint32_t layers_node(struct layers *l, uint32_t column, int32_t height);

/* An edge from a node to one in a column further right. Returns its number, from 0. */
uint32_t layers_edge(struct layers *l, uint32_t from, uint32_t to);

/* Arranges all; returns the height of the whole. Once, after the last node and edge. */
int32_t layers_arrange(struct layers *l);

/* The middle of a node, from the top. */
int32_t layers_middle(const struct layers *l, uint32_t node);

/* The points that an edge passes between its ends: one a column, `out` has room for `most`; how many there are. */
struct bend {
    uint32_t column;
    int32_t middle;
};
size_t layers_bends(const struct layers *l, uint32_t edge, struct bend *out, size_t most);

#endif
