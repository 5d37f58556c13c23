/* Which entries mention an id: an index by counting sort, made when it is first asked for.
 *
 * What is taken later is added when it is next asked for: an id that was mentioned again gets a list of its own, so
 * that a small change to a large case costs little. After many of these the whole is made anew. */
#include "case/inside.h"

void model_forget_mentions(struct model *m)
{
    for (int s = 0; s < SPACE_COUNT; s++) {
        struct space *space = &m->spaces[s];
        for (size_t i = 0; i < space->mentions.patches.count; i++)
            free(space->mentions.patches.at[i].at);
        vector_release(&space->mentions.patches);
        free(space->mentions.patched);
        free(space->mentions.starts);
        free(space->mentions.entries);
        memset(&space->mentions, 0, sizeof space->mentions);
    }
}

/* Calls for each id of the space in each entry, once an entry: with `entries` NULL it counts into
 * starts[number + 1], else it puts the entry at starts[number + 1]++. */
static void sweep(const struct model *m, enum model_space space, uint32_t *last, uint32_t *starts, uint32_t *entries)
{
    memset(last, 0xff, sizeof *last * m->spaces[space].names.count);
    for (uint32_t e = 0; e < m->slots.count; e++) {
        for (uint32_t i = m->slots.at[e].first, end = slot_end(m, e); i < end; i++) {
            const struct field *f = &m->fields.at[i];
            if (field_space(f->kind) != space || last[f->at] == e)
                continue;
            last[f->at] = e;
            if (entries)
                entries[starts[f->at + 1]++] = e;
            else
                starts[f->at + 2]++;
        }
    }
}

static void index_mentions(struct model *m, enum model_space space)
{
    uint32_t ids = m->spaces[space].names.count;
    uint32_t *last = memory_array(ids, sizeof *last);
    uint32_t *starts = memory_array((size_t)ids + 2, sizeof *starts);
    sweep(m, space, last, starts, NULL);
    for (uint32_t i = 0; i < ids; i++)
        starts[i + 2] += starts[i + 1];
    uint32_t *entries = memory_array(starts[ids + 1], sizeof *entries);
    sweep(m, space, last, starts, entries);
    free(last);
    m->spaces[space].mentions.starts = starts;
    m->spaces[space].mentions.entries = entries;
    m->spaces[space].mentions.ids = ids;
    m->spaces[space].mentions.covered = (uint32_t)m->slots.count;
}

/* ---- what came later ---- */

/* The list of its own that an id has from now on. */
static struct patch *patch_of(struct space *s, uint32_t number)
{
    if (number >= s->mentions.patch_room) {
        uint32_t room = s->names.count + s->names.count / 8 + 8;
        s->mentions.patched = memory_resize(s->mentions.patched, room, sizeof *s->mentions.patched);
        memset(s->mentions.patched + s->mentions.patch_room, 0,
               (room - s->mentions.patch_room) * sizeof *s->mentions.patched);
        s->mentions.patch_room = room;
    }
    uint32_t *which = &s->mentions.patched[number];
    if (*which)
        return &s->mentions.patches.at[*which - 1];
    struct patch new = {0};
    for (uint32_t i = 0; number < s->mentions.ids && i < s->mentions.starts[number + 1] - s->mentions.starts[number];
         i++)
        vector_push(&new, s->mentions.entries[s->mentions.starts[number] + i]);
    vector_push(&s->mentions.patches, new);
    *which = (uint32_t)s->mentions.patches.count;
    return &s->mentions.patches.at[*which - 1];
}

static void add_later(struct model *m, enum model_space space)
{
    struct space *s = &m->spaces[space];
    for (uint32_t e = s->mentions.covered; e < m->slots.count; e++)
        for (uint32_t i = m->slots.at[e].first, end = slot_end(m, e); i < end; i++) {
            const struct field *f = &m->fields.at[i];
            if (field_space(f->kind) != space)
                continue;
            struct patch *p = patch_of(s, f->at);
            if (!p->count || p->at[p->count - 1] != e)
                vector_push(p, e);
            s->mentions.added++;
        }
    s->mentions.covered = (uint32_t)m->slots.count;
}

static void bring_up(struct model *m, enum model_space space)
{
    enum { FEW = 4096 };
    struct space *s = &m->spaces[space];
    uint64_t later = (uint64_t)m->slots.count - s->mentions.covered;
    if (s->mentions.starts && later + s->mentions.added > FEW + s->mentions.covered / 16)
        model_forget_mentions(m);
    if (!s->mentions.starts)
        index_mentions(m, space);
    else if (later)
        add_later(m, space);
}

const uint32_t *model_mentions(struct model *m, enum model_space space, uint32_t number, uint32_t *count)
{
    struct space *s = &m->spaces[space];
    if (!s->mentions.starts || s->mentions.covered != m->slots.count)
        bring_up(m, space);
    uint32_t patch = number < s->mentions.patch_room ? s->mentions.patched[number] : 0;
    *count = 0;
    if (patch) {
        *count = (uint32_t)s->mentions.patches.at[patch - 1].count;
        return s->mentions.patches.at[patch - 1].at;
    }
    if (number >= s->mentions.ids)
        return s->mentions.entries;
    *count = s->mentions.starts[number + 1] - s->mentions.starts[number];
    return s->mentions.entries + s->mentions.starts[number];
}
