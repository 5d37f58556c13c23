/* Units: see units.h.
 *
 * The tops of a voice are the organisations above it that belong to none themselves. A group that
 * `same?` ties together has the tops of all its members; where it has none, its party is the group. */
#include "standing/units.h"

#include <string.h>

enum unit_kind measure_units(enum measure m)
{
    return m == CAUTIOUS ? UNIT_GROUP : m == PARTIES ? UNIT_PARTY : UNIT_VOICE;
}

/* A list in g->tops: its count stands before it. */
static void add_list(const struct graph *g, words *list, uint32_t at)
{
    for (uint32_t i = 1; i <= g->tops.at[at]; i++)
        vector_push(list, g->tops.at[at + i]);
}

static uint32_t keep_list(struct graph *g, const words *list)
{
    uint32_t at = (uint32_t)g->tops.count;
    vector_push(&g->tops, (uint32_t)list->count);
    for (size_t i = 0; i < list->count; i++)
        vector_push(&g->tops, list->at[i]);
    return at;
}

/* The tops of a voice whose organisations' tops are known. One that has a single organisation which
 * has tops shares that one's list. */
static uint32_t tops_from_above(struct graph *g, uint32_t voice)
{
    words list = {0};
    uint32_t first = g->voices.at[voice].of;
    struct membership *m = &g->memberships.at[first - 1];
    uint32_t shared = g->voices.at[m->organisation].tops;
    if (!m->next && shared)
        return shared;
    for (uint32_t i = first; i; i = g->memberships.at[i - 1].next) {
        uint32_t above = g->memberships.at[i - 1].organisation;
        if (g->voices.at[above].of)
            add_list(g, &list, g->voices.at[above].tops);
        else
            vector_push(&list, above);
    }
    list.count = set_sort(list.at, list.count);
    uint32_t at = keep_list(g, &list);
    vector_release(&list);
    return at;
}

/* Post-order walk upwards with a stack of its own: organisations may be nested as deep as a stranger likes. */
static uint32_t tops_of(struct graph *g, uint32_t voice)
{
    words stack = {0};
    vector_push(&stack, voice);
    while (stack.count) {
        uint32_t v = stack.at[stack.count - 1];
        bool ready = true;
        if (!g->voices.at[v].tops) {
            for (uint32_t i = g->voices.at[v].of; i; i = g->memberships.at[i - 1].next) {
                uint32_t above = g->memberships.at[i - 1].organisation;
                if (g->voices.at[above].of && !g->voices.at[above].tops) {
                    vector_push(&stack, above);
                    ready = false;
                }
            }
            if (ready)
                g->voices.at[v].tops = tops_from_above(g, v);
        }
        if (ready)
            stack.count--;
    }
    vector_release(&stack);
    return g->voices.at[voice].tops;
}

static void make_party(struct graph *g, uint32_t voice)
{
    words list = {0};
    uint32_t mate = voice, root = graph_root(g, voice);
    struct voice *v = &g->voices.at[voice];
    v->parent = root; /* from here on graph_root() has nothing to write, so that several threads may call it */
    if (!v->of && v->next_mate == voice) {
        g->parties.at[voice] = voice;
    } else if (v->next_mate == voice) {
        uint32_t at = tops_of(g, voice);
        g->parties.at[voice] = g->tops.at[at] == 1 ? g->tops.at[at + 1] : PARTY_MANY | at;
    } else {
        do {
            if (g->voices.at[mate].of) {
                uint32_t at = tops_of(g, mate);
                add_list(g, &list, at);
            }
            mate = g->voices.at[mate].next_mate;
        } while (mate != voice);
        list.count = set_sort(list.at, list.count);
        uint32_t party = list.count == 0 ? root : list.count == 1 ? list.at[0] : PARTY_MANY | keep_list(g, &list);
        g->parties.at[voice] = party;
        vector_release(&list);
    }
    unsigned char *mark = &g->marks.at[voice];
    *mark &= (unsigned char)~(VOICE_GROUPED | VOICE_PARTY);
    *mark |= (root != voice ? VOICE_GROUPED : 0) | (g->parties.at[voice] != voice ? VOICE_PARTY : 0);
}

void units_make(struct graph *g)
{
    g->tops.count = 0;
    vector_push(&g->tops, 0);
    for (size_t v = 0; v < g->voices.count; v++)
        g->voices.at[v].tops = 0;
    for (uint32_t v = 0; v < g->voices.count; v++)
        make_party(g, v);
    g->touched_voices.count = 0;
}

void units_refresh(struct graph *g)
{
    for (size_t i = 0; i < g->touched_voices.count; i++)
        g->voices.at[g->touched_voices.at[i]].tops = 0;
    for (size_t i = 0; i < g->touched_voices.count; i++) {
        uint32_t voice = g->touched_voices.at[i], mate = voice;
        do {
            make_party(g, mate);
            mate = g->voices.at[mate].next_mate;
        } while (mate != voice);
    }
    g->touched_voices.count = 0;
}

static void party_units(const struct graph *g, uint32_t voice, words *out)
{
    uint32_t party = g->marks.at[voice] & VOICE_PARTY ? g->parties.at[voice] : voice;
    if (!(party & PARTY_MANY)) {
        vector_push(out, party);
        return;
    }
    const uint32_t *list = g->tops.at + (party & ~PARTY_MANY);
    for (uint32_t i = 1; i <= *list; i++)
        vector_push(out, list[i]);
}

void units_of(const struct graph *g, enum unit_kind kind, const uint32_t *voices, uint32_t count, words *out)
{
    vector_reserve(out, count);
    for (uint32_t i = 0; i < count; i++) {
        if (kind == UNIT_VOICE)
            out->at[out->count++] = voices[i];
        else if (kind == UNIT_GROUP)
            out->at[out->count++] = g->marks.at[voices[i]] & VOICE_GROUPED ? graph_root(g, voices[i]) : voices[i];
        else
            party_units(g, voices[i], out);
    }
}
