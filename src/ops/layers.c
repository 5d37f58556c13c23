/* Drawing a graph in columns: see layers.h. */
#include "ops/layers.h"

#include "base/vector.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { SWEEPS = 12, SETTLINGS = 12, BEND_HEIGHT = 6, SCALE = 64 };

struct node {
    uint32_t column, place; /* its place in the column, from 0 */
    int32_t height;
    int64_t middle;  /* in SCALE-ths */
    uint32_t target; /* of a bend: the node that it leads to */
};

struct link {
    uint32_t from, to; /* in neighbouring columns */
};

struct edge {
    uint32_t from, to;
};

struct layers {
    uint32_t columns;
    int32_t gap;
    VECTOR(struct node) nodes;
    VECTOR(struct edge) edges;
    VECTOR(struct link) links;
    VECTOR(uint32_t) order; /* nodes, column by column */
    uint32_t *first;        /* by column: where it starts in order; one more at the end */
    uint32_t *best;         /* the order with the fewest crossings so far */
    uint64_t *weight;       /* by node: what it is sorted by */
    VECTOR(struct link) sorted;
};

struct layers *layers_new(uint32_t columns, int32_t gap)
{
    struct layers *l = memory_new(sizeof *l);
    l->columns = columns;
    l->gap = gap;
    return l;
}

void layers_free(struct layers *l)
{
    if (!l)
        return;
    vector_release(&l->nodes);
    vector_release(&l->edges);
    vector_release(&l->links);
    vector_release(&l->order);
    vector_release(&l->sorted);
    free(l->first);
    free(l->best);
    free(l->weight);
    free(l);
}

uint32_t layers_node(struct layers *l, uint32_t column, int32_t height)
{
    assert(column < l->columns);
    vector_push(&l->nodes, (struct node){.column = column, .height = height, .target = UINT32_MAX});
    return (uint32_t)l->nodes.count - 1;
}

uint32_t layers_edge(struct layers *l, uint32_t from, uint32_t to)
{
    assert(l->nodes.at[from].column < l->nodes.at[to].column);
    vector_push(&l->edges, (struct edge){from, to});
    return (uint32_t)l->edges.count - 1;
}

static void add_link(struct layers *l, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < l->links.count; i++)
        if (l->links.at[i].from == from && l->links.at[i].to == to)
            return;
    vector_push(&l->links, (struct link){from, to});
}

/* The bend in a column that leads to a node, or none yet. */
static uint32_t find_bend(const struct layers *l, uint32_t column, uint32_t target)
{
    for (uint32_t i = 0; i < l->nodes.count; i++)
        if (l->nodes.at[i].column == column && l->nodes.at[i].target == target)
            return i;
    return UINT32_MAX;
}

static void add_bends(struct layers *l)
{
    for (size_t e = 0; e < l->edges.count; e++) {
        uint32_t from = l->edges.at[e].from, to = l->edges.at[e].to;
        for (uint32_t column = l->nodes.at[from].column + 1; column < l->nodes.at[to].column; column++) {
            uint32_t bend = find_bend(l, column, to);
            if (bend == UINT32_MAX) {
                bend = layers_node(l, column, BEND_HEIGHT);
                l->nodes.at[bend].target = to;
            }
            add_link(l, from, bend);
            from = bend;
        }
        add_link(l, from, to);
    }
}

/* ---- order ---- */

static void index_columns(struct layers *l)
{
    l->first = memory_array((size_t)l->columns + 1, sizeof *l->first);
    for (uint32_t c = 0; c < l->columns; c++) {
        l->first[c] = (uint32_t)l->order.count;
        for (uint32_t i = 0; i < l->nodes.count; i++)
            if (l->nodes.at[i].column == c) {
                l->nodes.at[i].place = (uint32_t)l->order.count - l->first[c];
                vector_push(&l->order, i);
            }
    }
    l->first[l->columns] = (uint32_t)l->order.count;
}

static int by_from(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

/* Pairs of links between a column and the next that cross. */
static uint64_t column_crossings(struct layers *l, uint32_t column)
{
    uint64_t crossings = 0;
    l->sorted.count = 0;
    for (size_t i = 0; i < l->links.count; i++) {
        struct node *from = &l->nodes.at[l->links.at[i].from], *to = &l->nodes.at[l->links.at[i].to];
        if (from->column == column)
            vector_push(&l->sorted, (struct link){from->place, to->place});
    }
    if (l->sorted.count)
        qsort(l->sorted.at, l->sorted.count, sizeof *l->sorted.at, by_from);
    for (size_t i = 0; i < l->sorted.count; i++)
        for (size_t k = i + 1; k < l->sorted.count; k++)
            crossings += l->sorted.at[k].from > l->sorted.at[i].from && l->sorted.at[k].to < l->sorted.at[i].to;
    return crossings;
}

static uint64_t crossings(struct layers *l)
{
    uint64_t all = 0;
    for (uint32_t c = 0; c + 1 < l->columns; c++)
        all += column_crossings(l, c);
    return all;
}

/* The mean place of a node's neighbours in the column before (or behind); its own where it has none. */
static uint64_t mean_place(const struct layers *l, uint32_t node, bool before)
{
    uint64_t sum = 0, count = 0;
    for (size_t i = 0; i < l->links.count; i++) {
        uint32_t mine = before ? l->links.at[i].to : l->links.at[i].from;
        uint32_t other = before ? l->links.at[i].from : l->links.at[i].to;
        if (mine == node) {
            sum += l->nodes.at[other].place;
            count++;
        }
    }
    return count ? sum * 65536 / count : (uint64_t)l->nodes.at[node].place * 65536;
}

static void sort_column(struct layers *l, uint32_t column, bool before)
{
    uint32_t *at = l->order.at + l->first[column], count = l->first[column + 1] - l->first[column];
    for (uint32_t i = 0; i < count; i++)
        l->weight[at[i]] = mean_place(l, at[i], before);
    for (uint32_t i = 1; i < count; i++) { /* by insertion: stable, and a column is short */
        uint32_t node = at[i], k = i;
        for (; k > 0 && l->weight[at[k - 1]] > l->weight[node]; k--)
            at[k] = at[k - 1];
        at[k] = node;
    }
    for (uint32_t i = 0; i < count; i++)
        l->nodes.at[at[i]].place = i;
}

static void order_columns(struct layers *l)
{
    size_t size = l->order.count * sizeof *l->best;
    uint64_t fewest = crossings(l);
    l->best = memory_array(l->order.count + 1, sizeof *l->best);
    l->weight = memory_array(l->nodes.count + 1, sizeof *l->weight);
    memcpy(l->best, l->order.at, size);
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
        bool forward = sweep % 2 == 0;
        for (uint32_t i = 1; i < l->columns; i++)
            sort_column(l, forward ? i : l->columns - 1 - i, forward);
        uint64_t now = crossings(l);
        if (now < fewest) {
            fewest = now;
            memcpy(l->best, l->order.at, size);
        }
    }
    memcpy(l->order.at, l->best, size);
    for (uint32_t c = 0; c < l->columns; c++)
        for (uint32_t i = l->first[c]; i < l->first[c + 1]; i++)
            l->nodes.at[l->order.at[i]].place = i - l->first[c];
}

/* ---- heights ---- */

struct block {
    int64_t sum, count; /* of wishes, less what stands between */
    uint32_t first;
};

/* The mean middle of all neighbours; its own where it has none. */
static int64_t wish(const struct layers *l, uint32_t node)
{
    int64_t sum = 0, count = 0;
    for (size_t i = 0; i < l->links.count; i++) {
        if (l->links.at[i].from == node)
            sum += l->nodes.at[l->links.at[i].to].middle;
        else if (l->links.at[i].to == node)
            sum += l->nodes.at[l->links.at[i].from].middle;
        else
            continue;
        count++;
    }
    return count ? sum / count : l->nodes.at[node].middle;
}

/* The least distance between the middles of two nodes, one under the other. */
static int64_t apart(const struct layers *l, uint32_t above, uint32_t below)
{
    const struct node *a = &l->nodes.at[above], *b = &l->nodes.at[below];
    int64_t gap = a->target != UINT32_MAX || b->target != UINT32_MAX ? l->gap / 2 : l->gap;
    return SCALE * ((int64_t)(a->height + b->height) / 2 + gap);
}

/* Moves a column's nodes as near to their wishes as order and distances allow. */
static void settle_column(struct layers *l, uint32_t column, struct block *blocks)
{
    const uint32_t *at = l->order.at + l->first[column];
    uint32_t count = l->first[column + 1] - l->first[column], used = 0;
    int64_t offset = 0;
    for (uint32_t i = 0; i < count; i++) {
        offset += i ? apart(l, at[i - 1], at[i]) : 0;
        blocks[used++] = (struct block){wish(l, at[i]) - offset, 1, i};
        while (used > 1 &&
               blocks[used - 2].sum * blocks[used - 1].count >= blocks[used - 1].sum * blocks[used - 2].count) {
            blocks[used - 2].sum += blocks[used - 1].sum;
            blocks[used - 2].count += blocks[used - 1].count;
            used--;
        }
    }
    offset = 0;
    for (uint32_t i = 0, b = 0; i < count; i++) {
        offset += i ? apart(l, at[i - 1], at[i]) : 0;
        if (b + 1 < used && blocks[b + 1].first == i)
            b++;
        l->nodes.at[at[i]].middle = blocks[b].sum / blocks[b].count + offset;
    }
}

static void settle(struct layers *l)
{
    struct block *blocks = memory_array(l->nodes.count + 1, sizeof *blocks);
    for (uint32_t c = 0; c < l->columns; c++) {
        int64_t middle = 0;
        for (uint32_t i = l->first[c]; i < l->first[c + 1]; i++) {
            middle += i > l->first[c] ? apart(l, l->order.at[i - 1], l->order.at[i]) : 0;
            l->nodes.at[l->order.at[i]].middle = middle;
        }
    }
    for (int round = 0; round < SETTLINGS; round++)
        for (uint32_t c = 0; c < l->columns; c++)
            settle_column(l, round % 2 ? l->columns - 1 - c : c, blocks);
    free(blocks);
}

int32_t layers_arrange(struct layers *l)
{
    add_bends(l);
    index_columns(l);
    order_columns(l);
    settle(l);
    int64_t top = INT64_MAX, bottom = INT64_MIN;
    for (size_t i = 0; i < l->nodes.count; i++) {
        const struct node *n = &l->nodes.at[i];
        int64_t half = (int64_t)n->height * SCALE / 2;
        top = n->middle - half < top ? n->middle - half : top;
        bottom = n->middle + half > bottom ? n->middle + half : bottom;
    }
    for (size_t i = 0; i < l->nodes.count; i++)
        l->nodes.at[i].middle -= top;
    return l->nodes.count ? (int32_t)((bottom - top) / SCALE) : 0;
}

int32_t layers_middle(const struct layers *l, uint32_t node)
{
    return (int32_t)(l->nodes.at[node].middle / SCALE);
}

size_t layers_bends(const struct layers *l, uint32_t edge, struct bend *out, size_t most)
{
    uint32_t from = l->edges.at[edge].from, to = l->edges.at[edge].to;
    size_t count = 0;
    for (uint32_t c = l->nodes.at[from].column + 1; c < l->nodes.at[to].column && count < most; c++)
        out[count++] = (struct bend){c, layers_middle(l, find_bend(l, c, to))};
    return count;
}
