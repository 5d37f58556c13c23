/* What a statement gives its claim: docs/standing.md, "Lines". */
#include "bearing/inside.h"

static enum ground ground_of(struct text word)
{
    switch (word.length ? word.at[0] : 'u') {
    case 's': /* saw */
    case 'd': /* did */
    case 'i': /* inspected */
        return GROUND_FIRSTHAND;
    case 'r': /* read */
        return GROUND_DOCUMENT;
    default: /* unstated */
        return GROUND_BARE;
    }
}

struct statement statement_read(const struct model *m, const struct model_entry *e)
{
    struct statement s = {.side = e->verb == VERB_SAY ? SIDE_FOR : SIDE_AGAINST, .record = MODEL_NONE};
    for (uint32_t i = 0; i < e->count; i++) {
        const struct field *f = &e->fields[i];
        switch (f->kind) {
        case FIELD_VOICE:
            s.speaker = f->at;
            break;
        case FIELD_CLAIM:
            s.claim = f->at;
            break;
        case FIELD_TOLD_BY:
            if (s.told++ == 0)
                s.chain = f;
            break;
        case FIELD_GROUND:
            s.ground = ground_of(model_field_text(m, f));
            break;
        case FIELD_GROUND_RECORD:
            s.record = f->at;
            break;
        case FIELD_IN_PART:
            s.in_part = true;
            break;
        default:
            break;
        }
    }
    return s;
}

static uint32_t source_root(struct bearing *b, uint32_t record)
{
    struct source *source = &b->sources.at[record];
    if (source->root == GRAPH_NONE && source->author != MODEL_NONE) {
        source->root = b->voices.at[source->author];
    } else if (source->root == GRAPH_NONE) {
        source->root = graph_voice(b->graph);
        vector_push(&b->origins, ORIGIN_RECORD | record);
    }
    return source->root;
}

/* The lines of those who vouch for the record that a statement was read in. */
static void voucher_lines(struct bearing *b, const struct statement *s, uint32_t root,
                          void (*each)(void *context, uint32_t claim, const struct line *line), void *context)
{
    uint32_t count;
    const struct field *vouchers = model_attribute(b->model, SPACE_RECORD, s->record, FIELD_VOUCHED_BY, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t pair[2] = {b->voices.at[vouchers[i].at], root};
        /* The desk has the paper and somebody who says that it is genuine: no hop. */
        struct line line = {.side = s->side, .firm = true, .hops = 0, .voices = pair, .count = 2};
        each(context, s->claim, &line);
    }
}

void statement_lines(struct bearing *b, const struct statement *s,
                     void (*each)(void *context, uint32_t claim, const struct line *line), void *context)
{
    if (s->in_part)
        return;
    b->on_line.count = 0;
    vector_reserve(&b->on_line, s->told + 2);
    uint32_t *voices = b->on_line.at, count = 0;
    voices[count++] = b->voices.at[s->speaker];
    for (uint32_t i = 0; i < s->told; i++)
        voices[count++] = b->voices.at[s->chain[i].at];
    struct line line = {.side = s->side, .firm = s->ground != GROUND_BARE, .hops = s->told, .voices = voices};
    if (s->ground == GROUND_DOCUMENT) {
        uint32_t root = source_root(b, s->record);
        voices[count++] = root;
        line.hops++;
        if (b->sources.at[s->record].vouched)
            voucher_lines(b, s, root, each, context);
    }
    line.count = count;
    each(context, s->claim, &line);
}
