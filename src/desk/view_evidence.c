/* What is kept of a record's file, and what was read from it. */
#include "desk/view_inside.h"

/* The newest entry of a verb about a record that holds and, where `kind` is given, has that word in it; MODEL_NONE. */
static uint32_t newest(struct model *m, uint32_t record, enum verb verb, enum field_kind kind, const char *word)
{
    uint32_t count;
    const uint32_t *entries = model_mentions(m, SPACE_RECORD, record, &count);
    while (count-- > 0) {
        struct model_entry e = model_entry(m, entries[count]);
        if (e.verb == VERB_DESTROY && entry_counts(&e))
            return MODEL_NONE; /* what came before is gone */
        if (e.verb != verb || !entry_counts(&e))
            continue;
        if (!word || text_equal(model_field_text(m, model_field(&e, kind)), text_of(word)))
            return entries[count];
    }
    return MODEL_NONE;
}

void put_held(const struct view_request *q, struct buffer *out, uint32_t record)
{
    struct model *m = q->o->model;
    bool text = newest(m, record, VERB_DERIVED, FIELD_DERIVED, "text") != MODEL_NONE ||
                newest(m, record, VERB_DERIVED, FIELD_DERIVED, "transcript") != MODEL_NONE;
    json_bool_field(out, "held", newest(m, record, VERB_KEPT, FIELD_KINDS, NULL) != MODEL_NONE);
    json_bool_field(out, "text", text);
}

void put_evidence(const struct view_request *q, struct buffer *out, uint32_t record)
{
    struct model *m = q->o->model;
    uint32_t kept = newest(m, record, VERB_KEPT, FIELD_KINDS, NULL), count;
    if (kept == MODEL_NONE)
        return;
    struct model_entry e = model_entry(m, kept);
    json_key(out, "evidence");
    json_open(out, '{');
    put_word(out, m, "sha256", model_field(&e, FIELD_HASH));
    json_key(out, "bytes");
    json_value(out);
    buffer_text_add(out, model_field_text(m, model_field(&e, FIELD_BYTES)));
    put_string(out, m, "name", model_field(&e, FIELD_FILE_NAME));
    put_word(out, m, "taken", model_field(&e, FIELD_ON));
    json_key(out, "derived");
    json_open(out, '[');
    const uint32_t *entries = model_mentions(m, SPACE_RECORD, record, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry d = model_entry(m, entries[i]);
        if (d.verb != VERB_DERIVED || !entry_counts(&d))
            continue;
        json_open(out, '{');
        put_word(out, m, "what", model_field(&d, FIELD_DERIVED));
        put_string(out, m, "by", model_field(&d, FIELD_MAKER));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}
