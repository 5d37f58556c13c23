/* Lines to show to a person: see standing.h.
 *
 * Where there are few, all of them: multiplied out from the premises' lines. Where there are many, or the
 * claim stands in a ring, those that the search for a smallest breaking set met. */
#include "standing/circuit.h"
#include "standing/gather.h"
#include "standing/row.h"

#include <stdlib.h>

#define SHOWN_LINES 512u /* that are multiplied out at the most, */
#define SHOWN_DEPTH 64u  /* and inferences deep */

static bool write_out(struct graph *g, uint32_t claim, words *path, struct lines *out);

/* product = product × the premise's lines; false where that is too many, or a ring. */
static bool multiply(struct graph *g, uint32_t premise, words *path, struct lines *product)
{
    struct lines factor = {0}, next = {0};
    bool fine = write_out(g, premise, path, &factor) && (uint64_t)product->count * factor.count <= 8 * SHOWN_LINES;
    const uint32_t *a = product->at;
    for (uint32_t i = 0; fine && i < product->count; i++, a += 1 + line_length(*a)) {
        const uint32_t *b = factor.at;
        for (uint32_t j = 0; j < factor.count; j++, b += 1 + line_length(*b))
            lines_add_union(&next, a + 1, line_length(*a), b + 1, line_length(*b), line_firm(*a) && line_firm(*b));
    }
    lines_release(&factor);
    lines_release(product);
    lines_reduce(&next);
    *product = next;
    return fine && product->count <= SHOWN_LINES;
}

static bool add_inference(struct graph *g, const uint32_t *infer, words *path, struct lines *out)
{
    struct lines product = {0};
    uint32_t reasoner = infer[INFER_REASONER];
    bool fine = true;
    lines_add(&product, &reasoner, reasoner != GRAPH_NONE, true);
    for (uint32_t i = 0; fine && i < infer[INFER_COUNT]; i++)
        fine = multiply(g, infer[INFER_PREMISES + INFER_STEP * i], path, &product);
    const uint32_t *at = product.at;
    for (uint32_t i = 0; fine && i < product.count; i++, at += 1 + line_length(*at))
        lines_add(out, at + 1, line_length(*at), line_firm(*at));
    lines_release(&product);
    return fine;
}

/* Adds all minimal lines of a claim, which is below those on the path; false where it gives up. */
static bool write_out(struct graph *g, uint32_t claim, words *path, struct lines *out)
{
    if (path->count >= SHOWN_DEPTH)
        return false;
    for (size_t i = 0; i < path->count; i++)
        if (path->at[i] == claim)
            return false;
    gather(g, claim, out, NULL);
    if (out->count > 8 * SHOWN_LINES)
        return false;
    bool fine = true;
    vector_push(path, claim);
    if (is_inferred(g, claim))
        each_infer(g, side_of(g, claim), infer)
        {
            if (infer_stands(g, infer))
                fine = fine && add_inference(g, infer, path, out);
        }
    path->count--;
    lines_reduce(out);
    return fine;
}

/* Adds the lines that searches for what breaks the claim meet. */
static void add_met(struct graph *g, uint32_t claim, enum measure m, struct lines *out)
{
    struct goal goal = {&claim, 1, NULL, m, true};
    struct interval known = {0, (uint32_t)g->voices.count};
    int64_t work = MEASURE_WORK;
    circuit_forget(g->scratch->circuit);
    circuit_cover(g, &goal, known, &work);
    const struct lines *met = circuit_lines(g->scratch->circuit);
    const uint32_t *line = met->at;
    for (uint32_t i = 0; i < met->count; i++, line += 1 + line_length(*line))
        lines_add(out, line + 1, line_length(*line), line_firm(*line));
}

static void add_shown(struct graph *g, uint32_t claim, enum line_side side, struct lines *room, bool *all)
{
    words path = {0};
    *all = true;
    if (side == SIDE_AGAINST) {
        gather(g, claim, NULL, room);
    } else if (!write_out(g, claim, &path, room)) {
        *all = false;
        lines_clear(room);
        add_met(g, claim, PEOPLE, room);
        if (!room->count)
            add_met(g, claim, ANY, room);
    }
    lines_reduce(room);
    vector_release(&path);
}

bool standing_lines(struct graph *g, uint32_t claim, enum line_side side, size_t most,
                    void (*each)(void *context, const uint32_t *voices, size_t count, bool firm), void *context)
{
    struct lines room = {0};
    size_t shown = 0;
    bool all;
    add_shown(g, claim, side, &room, &all);
    for (int firm = 1; firm >= 0; firm--) {
        const uint32_t *at = room.at;
        for (uint32_t i = 0; i < room.count && shown < most; i++, at += 1 + line_length(*at)) {
            if (line_firm(*at) != firm)
                continue;
            each(context, at + 1, line_length(*at), firm);
            shown++;
        }
    }
    all = all && room.count <= most;
    lines_release(&room);
    return all;
}
