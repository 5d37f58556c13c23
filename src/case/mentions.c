/* Which entries mention an id: an index by counting sort, made when it is first asked for. */
#include "case/inside.h"

void model_forget_mentions(struct model *m)
{
    for (int s = 0; s < SPACE_COUNT; s++) {
        free(m->spaces[s].mentions.starts);
        free(m->spaces[s].mentions.entries);
        m->spaces[s].mentions.starts = m->spaces[s].mentions.entries = NULL;
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
}

const uint32_t *model_mentions(struct model *m, enum model_space space, uint32_t number, uint32_t *count)
{
    struct space *s = &m->spaces[space];
    if (!s->mentions.starts)
        index_mentions(m, space);
    *count = s->mentions.starts[number + 1] - s->mentions.starts[number];
    return s->mentions.entries + s->mentions.starts[number];
}
