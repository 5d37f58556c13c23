/* Proof of a measure: see standing.h. */
#include "standing/breaking.h"
#include "standing/gather.h"
#include "standing/row.h"

#include <stdlib.h>
#include <string.h>

/* What a measure of a claim is asked of: lines at hand in `lines`, or a goal over implicit claims. */
struct question {
    struct lines lines;
    words roots;
    enum lines_kind kind;
    enum unit_kind units;
};

static void ask(struct graph *g, uint32_t claim, enum measure m, struct question *q)
{
    struct scratch *s = g->scratch;
    *q = (struct question){.kind = measure_lines(m), .units = measure_units(m)};
    if (m == AGAINST) {
        lines_clear(&s->against);
        gather(g, claim, NULL, &s->against);
        gather_against(g, claim, &q->roots);
        q->lines = s->against;
        s->against = (struct lines){0};
    } else if (is_inferred(g, claim)) {
        vector_push(&q->roots, claim);
    } else {
        gather(g, claim, &q->lines, NULL);
    }
}

/* Lines of the question that count, in voices: those at hand, or those that the search met. */
static bool usable(const struct graph *g, const uint32_t *line, enum lines_kind kind)
{
    if (kind != LINES_ALL && !line_firm(*line))
        return false;
    for (uint32_t i = 1; kind == LINES_UNQUESTIONED && i <= line_length(*line); i++)
        if (g->marks.at[line[i]] & VOICE_IMPUGNED)
            return false;
    return true;
}

static int by_count(const void *a, const void *b)
{
    const uint32_t *x = *(const uint32_t *const *)a, *y = *(const uint32_t *const *)b;
    return line_length(*x) < line_length(*y) ? -1 : line_length(*x) > line_length(*y);
}

/* Lines with no unit in common, shortest first. */
static void pack(struct graph *g, const struct lines *l, const struct question *q, struct certificate *out)
{
    VECTOR(const uint32_t *) sorted = {0};
    words packing = {0}, units = {0};
    struct stamps used = {0};
    const uint32_t *at = l->at;
    for (uint32_t i = 0; i < l->count; i++, at += 1 + line_length(*at))
        if (usable(g, at, q->kind))
            vector_push(&sorted, at);
    if (sorted.count)
        qsort(sorted.at, sorted.count, sizeof *sorted.at, by_count);
    stamps_clear(&used, g->voices.count);
    for (size_t i = 0; i < sorted.count; i++) {
        bool apart = true;
        units.count = 0;
        units_of(g, q->units, sorted.at[i] + 1, line_length(*sorted.at[i]), &units);
        for (size_t j = 0; j < units.count; j++)
            apart = apart && !stamps_has(&used, units.at[j]);
        if (!apart)
            continue;
        for (size_t j = 0; j < units.count; j++)
            stamps_mark(&used, units.at[j]);
        vector_push(&packing, line_length(*sorted.at[i]));
        for (uint32_t j = 1; j <= line_length(*sorted.at[i]); j++)
            vector_push(&packing, sorted.at[i][j]);
        out->packing_count++;
    }
    out->packing = packing.at;
    vector_release(&units);
    vector_release(&sorted);
    free(used.at);
}

void standing_certificate(struct graph *g, uint32_t claim, enum measure m, struct certificate *out)
{
    struct question q;
    int64_t work = MEASURE_WORK;
    const uint32_t *units;
    uint32_t count;
    *out = (struct certificate){0};
    ask(g, claim, m, &q);
    circuit_forget(g->scratch->circuit);
    if (q.roots.count) {
        struct goal goal = {q.roots.at, (uint32_t)q.roots.count, &q.lines, m, false};
        struct interval known = {get_size(g, claim, m).low, (uint32_t)g->voices.count + 1};
        out->size = break_goal(g, &goal, known, &work);
        units = breaking_units(g->scratch->breaking, &count);
        pack(g, circuit_lines(g->scratch->circuit), &q, out);
    } else {
        out->size = fewest(g, &q.lines, q.kind, q.units, &work);
        units = cover_chosen(g->scratch->cover, &count);
        pack(g, &q.lines, &q, out);
    }
    out->breaking = memory_array(count, sizeof *units);
    if (count)
        memcpy(out->breaking, units, count * sizeof *units);
    out->breaking_count = count;
    out->finished = out->size.low == out->size.high;
    lines_release(&q.lines);
    vector_release(&q.roots);
}

void certificate_release(struct certificate *c)
{
    free(c->breaking);
    free(c->packing);
    *c = (struct certificate){0};
}
