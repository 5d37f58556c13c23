/* Working memory of measuring: see scratch.h. */
#include "standing/scratch.h"

#include "standing/breaking.h"
#include "standing/circuit.h"
#include "standing/small.h"

#include <string.h>

struct scratch *scratch_new(void)
{
    struct scratch *s = memory_new(sizeof *s);
    s->cover = cover_new();
    s->circuit = circuit_new();
    s->breaking = breaking_new();
    s->small = small_new();
    return s;
}

void scratch_free(struct scratch *s)
{
    if (!s)
        return;
    cover_free(s->cover);
    circuit_free(s->circuit);
    breaking_free(s->breaking);
    small_free(s->small);
    lines_release(&s->own);
    lines_release(&s->against);
    vector_release(&s->units);
    vector_release(&s->common);
    vector_release(&s->keys);
    vector_release(&s->other_keys);
    vector_release(&s->line);
    vector_release(&s->dirty);
    vector_release(&s->reach);
    vector_release(&s->order);
    vector_release(&s->parts);
    vector_release(&s->stack);
    vector_release(&s->rows);
    vector_release(&s->late);
    vector_release(&s->kept);
    free(s->in_reach.at);
    free(s->lone.at);
    free(s->in_part.at);
    free(s->moved.at);
    free(s);
}

void stamps_clear(struct stamps *s, size_t count)
{
    if (s->room < count) {
        size_t next = count + count / 8 + 64;
        s->at = memory_resize(s->at, next, sizeof *s->at);
        memset(s->at + s->room, 0, (next - s->room) * sizeof *s->at);
        s->room = next;
    }
    if (++s->round == 0) {
        memset(s->at, 0, s->room * sizeof *s->at);
        s->round = 1;
    }
}

#define SQUEEZED_LINES 6u

void squeeze(const struct graph *g, struct lines *l)
{
    struct stamps *lone = &g->scratch->lone;
    do {
        stamps_clear(lone, g->voices.count);
        stamps_clear(lone, g->voices.count);
    } while (lone->round < 3); /* its round and the one before are used, and 0 is no round */
    if (l->count >= SQUEEZED_LINES)
        lines_squeeze(l, g->marks.at, VOICE_IMPUGNED, lone->at, lone->round - 1);
}

bool is_lone_voice(const struct graph *g, uint32_t voice)
{
    return stamps_has(&g->scratch->lone, voice);
}
