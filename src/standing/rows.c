/* Making rows: see rows.h.
 *
 * A lane works on a copy of the graph's head, so that it has keystones, ranges, work and scratch of its own; all else
 * is only read, but for the rows, flags and orders of its own claims. */
#include "standing/rows.h"

#include "standing/gather.h"
#include "standing/row.h"

#include <pthread.h>
#include <string.h>

enum { LANES = 2 };

struct lane {
    struct graph g;
    const struct scratch *todo;
    const uint32_t *parts; /* by side: the side that its part goes by; NULL: everything is in this lane */
    unsigned number;
    const volatile bool *stop;
    bool stopped;
};

static unsigned lane_of(const struct lane *l, uint32_t claim)
{
    uint32_t side = l->g.claims.at[claim].side;
    if (!l->parts)
        return l->number;
    return (side ? l->parts[side] * UINT32_C(2654435769) >> 16 : claim >> 12) % LANES;
}

static bool stopped(const struct lane *l)
{
    return l->stop && *l->stop;
}

/* Claims without inferences first, then the others in order. */
static void make_lane(struct lane *l)
{
    const struct scratch *todo = l->todo;
    words *late = &l->g.scratch->late;
    uint32_t start = 0;
    late->count = 0;
    for (size_t i = 0; i < todo->reach.count && !l->stopped; i++) {
        l->stopped = i % 1024 == 0 && stopped(l);
        if (lane_of(l, todo->reach.at[i]) == l->number && !is_inferred(&l->g, todo->reach.at[i]))
            row_make(&l->g, todo->reach.at[i]);
    }
    for (size_t p = 0; p < todo->parts.count && !l->stopped; p++) {
        uint32_t end = todo->parts.at[p];
        l->stopped = stopped(l);
        if (lane_of(l, todo->order.at[start]) == l->number)
            rows_make_inferred(&l->g, todo->order.at + start, end - start);
        start = end;
    }
    for (size_t i = 0; i < late->count && !l->stopped; i++)
        row_against(&l->g, late->at[i]);
}

int rows_make(struct graph *g, const volatile bool *stop)
{
    struct lane l = {.g = *g, .todo = g->scratch, .stop = stop};
    make_lane(&l);
    g->keystones = l.g.keystones;
    g->keystones_lost = l.g.keystones_lost;
    g->ranges = l.g.ranges;
    g->effort = l.g.effort;
    return l.stopped ? -1 : 0;
}

/* ---- levels ---- */

static const struct cell *cell_before(const struct scratch *s, uint32_t claim)
{
    size_t low = 0, high = s->kept.count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (s->kept.at[middle].claim <= claim)
            low = middle;
        else
            high = middle;
    }
    return &s->kept.at[low].cell;
}

static bool same_up_to_two(const struct graph *g, const struct cell *now, const struct cell *before)
{
    for (enum measure m = PEOPLE; m <= PARTIES; m++) {
        struct interval a = cell_size(g, now, m), b = cell_size(g, before, m);
        if (a.low != (b.low < 2 ? b.low : 2) || a.high != (b.high < 2 ? b.high : 2))
            return false;
    }
    return true;
}

/* Keeps the row as it was where nothing follows from the change; else marks the claim. */
static void keep_or_mark(struct graph *g, uint32_t claim)
{
    struct cell *now = &g->cells.at[claim];
    const struct cell *before = cell_before(g->scratch, claim);
    if (now->distance == before->distance && now->held == before->held && now->marks == before->marks &&
        now->level == before->level && same_keystones(g, now, before) && same_up_to_two(g, now, before))
        *now = *before;
    else
        stamps_mark(&g->scratch->moved, claim);
}

/* Has one of them, or a premise of one, moved? */
static bool is_touched(const struct graph *g, const uint32_t *claims, uint32_t count)
{
    const struct stamps *moved = &g->scratch->moved;
    for (uint32_t i = 0; i < count; i++) {
        if (stamps_has(moved, claims[i]))
            return true;
        each_infer(g, side_of(g, claims[i]), infer)
        {
            for (uint32_t p = 0; p < infer[INFER_COUNT]; p++)
                if (stamps_has(moved, infer[INFER_PREMISES + INFER_STEP * p]))
                    return true;
        }
    }
    return false;
}

void rows_make_levels(struct graph *g, size_t count)
{
    struct scratch *s = g->scratch;
    stamps_clear(&s->moved, g->claims.count);
    for (size_t i = 0; i < count; i++) {
        if (is_inferred(g, s->reach.at[i])) {
            stamps_mark(&s->moved, s->reach.at[i]);
        } else {
            row_make_level(g, s->reach.at[i]);
            keep_or_mark(g, s->reach.at[i]);
        }
    }
    for (size_t p = 0, start = 0; p < s->parts.count; start = s->parts.at[p++]) {
        const uint32_t *claims = s->order.at + start;
        uint32_t size = s->parts.at[p] - (uint32_t)start;
        if (!is_touched(g, claims, size))
            continue;
        rows_make_inferred(g, claims, size);
        for (uint32_t i = 0; i < size; i++)
            keep_or_mark(g, claims[i]);
    }
}

/* ---- dealing ---- */

static uint32_t part_of(uint32_t *parts, uint32_t side)
{
    while (parts[side] != side) {
        parts[side] = parts[parts[side]];
        side = parts[side];
    }
    return side;
}

static void join(const struct graph *g, uint32_t *parts, uint32_t side, uint32_t claim)
{
    uint32_t a = part_of(parts, side), b = part_of(parts, g->claims.at[claim].side);
    parts[a > b ? a : b] = a > b ? b : a;
}

/* For each side the least one of its part. Yours. */
static uint32_t *find_parts(const struct graph *g)
{
    uint32_t *parts = memory_array(g->sides.count, sizeof *parts);
    for (uint32_t i = 0; i < g->sides.count; i++)
        parts[i] = i;
    for (uint32_t i = 1; i < g->sides.count; i++) {
        const struct side *side = &g->sides.at[i];
        each_infer(g, side, infer)
        {
            for (uint32_t p = 0; p < infer[INFER_COUNT]; p++)
                join(g, parts, i, infer[INFER_PREMISES + INFER_STEP * p]);
        }
        for (uint32_t at = side->contradicts; at; at = g->contradictions.at[at - 1].next)
            join(g, parts, i, g->contradictions.at[at - 1].claim);
    }
    for (uint32_t i = 0; i < g->sides.count; i++)
        parts[i] = part_of(parts, i);
    return parts;
}

/* ---- lanes ---- */

static void begin_lane(struct lane *l, const struct graph *g, unsigned number, const uint32_t *parts,
                       const volatile bool *stop)
{
    *l = (struct lane){.g = *g, .todo = g->scratch, .parts = parts, .number = number, .stop = stop};
    l->g.effort = g->effort / LANES;
    if (number == 0)
        return;
    l->g.keystones = (words){0};
    vector_push(&l->g.keystones, 0);
    l->g.keystones_lost = 0;
    l->g.ranges.at = NULL;
    l->g.ranges.count = l->g.ranges.room = 0;
    vector_push(&l->g.ranges, (struct range){{0}});
}

/* Takes over what a lane made; what its rows point to moves behind what is there. */
static void end_lane(struct graph *g, struct lane *l)
{
    if (l->number == 0) {
        g->keystones = l->g.keystones;
        g->keystones_lost = l->g.keystones_lost;
        g->ranges = l->g.ranges;
        return;
    }
    uint32_t keystones = (uint32_t)g->keystones.count - 1, ranges = (uint32_t)g->ranges.count - 1;
    for (uint32_t c = 0; c < g->claims.count; c++) {
        struct cell *cell = &g->cells.at[c];
        if (lane_of(l, c) != l->number)
            continue;
        cell->keystones += cell->keystone_count ? keystones : 0;
        cell->range += cell->range ? ranges : 0;
    }
    for (size_t i = 1; i < l->g.keystones.count; i++)
        vector_push(&g->keystones, l->g.keystones.at[i]);
    for (size_t i = 1; i < l->g.ranges.count; i++)
        vector_push(&g->ranges, l->g.ranges.at[i]);
    g->keystones_lost += l->g.keystones_lost;
    vector_release(&l->g.keystones);
    vector_release(&l->g.ranges);
}

static void *run_lane(void *lane)
{
    make_lane(lane);
    return NULL;
}

/* Runs the second lane beside the first. False where there is no thread to be had. */
static bool run_beside(struct lane *first, struct lane *second)
{
    pthread_t thread;
    second->g.scratch = scratch_new();
    bool beside = pthread_create(&thread, NULL, run_lane, second) == 0;
    if (beside) {
        make_lane(first);
        pthread_join(thread, NULL);
    }
    scratch_free(second->g.scratch);
    second->g.scratch = first->g.scratch;
    return beside;
}

int rows_make_all(struct graph *g, const volatile bool *stop)
{
    struct lane lanes[LANES];
    uint32_t *parts = find_parts(g);
    for (unsigned i = 0; i < LANES; i++)
        begin_lane(&lanes[i], g, i, parts, stop);
    if (g->cores < 2 || g->claims.count < 10000 || !run_beside(&lanes[0], &lanes[1]))
        for (unsigned i = 0; i < LANES; i++)
            make_lane(&lanes[i]);
    bool cut = false;
    for (unsigned i = 0; i < LANES; i++) {
        cut = cut || lanes[i].stopped;
        end_lane(g, &lanes[i]);
    }
    g->effort = lanes[0].g.effort + lanes[1].g.effort;
    free(parts);
    return cut ? -1 : 0;
}
