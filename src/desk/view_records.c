/* Records: the list, and one of them. */
#include "desk/view_inside.h"

#include "notation/grammar.h"

enum { MOST_LISTED = 500 };

static void put_attributed_voice(struct buffer *out, const struct model *m, const char *name, uint32_t record,
                                 enum field_kind kind)
{
    uint32_t count;
    const struct field *f = model_attribute(m, SPACE_RECORD, record, kind, &count);
    if (!f)
        return;
    json_key(out, name);
    put_voice(out, m, f->at);
}

static struct text kind_of(const struct model *m, uint32_t record)
{
    return model_attribute_text(m, SPACE_RECORD, record, FIELD_RECORD_KIND);
}

/* The members of RECORD. */
static void put_record_members(const struct view_request *q, struct buffer *out, uint32_t record)
{
    const struct model *m = q->o->model;
    put_id(out, m, SPACE_RECORD, record);
    json_field(out, "kind", kind_of(m, record));
    json_field(out, "on", model_attribute_text(m, SPACE_RECORD, record, FIELD_ON));
    put_attributed_voice(out, m, "by", record, FIELD_BY);
    put_attributed_voice(out, m, "from", record, FIELD_FROM);
    put_attribute(out, m, "file", SPACE_RECORD, record, FIELD_FILE);
    json_number_field(out, "statements", q->views->records.at[record].statements);
    put_held(q, out, record);
}

int view_records(const struct view_request *q, struct buffer *out, struct error *error)
{
    const char *kinds[16];
    unsigned kind_count = 0, kind;
    for (const struct word *w = grammar_words(VALUE_RECORD_KIND); w->length && kind_count < 16; w++)
        kinds[kind_count++] = w->text;
    struct page page;
    if (view_page(q, &page, error) || view_choice(q, "kind", kinds, kind_count, &kind, error))
        return -1;
    const struct model *m = q->o->model;
    const uint64_t *found = views_find(q->views, m, SPACE_RECORD, view_parameter(q, "q"));
    uint32_t matching = 0;
    json_open(out, '{');
    json_number_field(out, "total", q->views->records.count);
    json_key(out, "records");
    json_open(out, '[');
    for (uint32_t r = 0; r < q->views->records.count; r++) {
        if (!found_has(found, r) || (kind < kind_count && !text_equal(kind_of(m, r), text_of(kinds[kind]))))
            continue;
        if (matching >= page.offset && matching - page.offset < page.limit) {
            json_open(out, '{');
            put_record_members(q, out, r);
            json_close(out, '}');
        }
        matching++;
    }
    json_close(out, ']');
    json_number_field(out, "matching", matching);
    json_close(out, '}');
    return 0;
}

/* What was said in it, or rests on it. */
static void put_said(const struct view_request *q, struct buffer *out, uint32_t record)
{
    struct telling t;
    uint32_t count, met = 0;
    const uint32_t *entries = model_mentions(q->o->model, SPACE_RECORD, record, &count);
    telling_init(&t, q->o->model, q->o->bearing);
    json_key(out, "statements");
    json_open(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(q->o->model, entries[i]);
        if ((e.verb == VERB_SAY || e.verb == VERB_DENY) && entry_counts(&e) && met++ < MOST_LISTED)
            put_statement(q, &t, out, entries[i]);
    }
    json_close(out, ']');
    json_number_field(out, "statementsTotal", met);
    telling_release(&t);
}

int view_record(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t record;
    if (view_id(q, "id", SPACE_RECORD, &record, error))
        return -1;
    json_open(out, '{');
    put_record_members(q, out, record);
    put_attribute(out, q->o->model, "url", SPACE_RECORD, record, FIELD_URL);
    put_attribute(out, q->o->model, "note", SPACE_RECORD, record, FIELD_NOTE);
    put_voices_of(out, q->o->model, "vouched", SPACE_RECORD, record, FIELD_VOUCHED_BY);
    put_said(q, out, record);
    put_evidence(q, out, record);
    json_close(out, '}');
    return 0;
}
