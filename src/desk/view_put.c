/* What is written in many answers: names, claims, statements, questions. */
#include "desk/view_inside.h"

#include "ops/explain.h"
#include "ops/stand.h"

enum { MOST_KEYSTONES = 8 };

void put_string(struct buffer *out, const struct model *m, const char *name, const struct field *f)
{
    struct text raw = model_field_text(m, f);
    if (!raw.length)
        return;
    if (!memchr(raw.at, '\\', raw.length)) {
        json_text_field(out, name, raw);
        return;
    }
    struct buffer plain = {0};
    notation_unescape(raw, &plain);
    json_field(out, name, buffer_text(&plain));
    buffer_release(&plain);
}

void put_word(struct buffer *out, const struct model *m, const char *name, const struct field *f)
{
    json_field(out, name, model_field_text(m, f));
}

void put_attribute(struct buffer *out, const struct model *m, const char *name, enum model_space space, uint32_t number,
                   enum field_kind kind)
{
    uint32_t count;
    put_string(out, m, name, model_attribute(m, space, number, kind, &count));
}

void put_id(struct buffer *out, const struct model *m, enum model_space space, uint32_t number)
{
    static const struct {
        const char *name;
        enum field_kind kind;
    } labels[SPACE_COUNT] = {{"name", FIELD_NAME}, {"title", FIELD_TITLE}, {"sentence", FIELD_SENTENCE}};
    json_text_field(out, "id", model_id(m, space, number));
    size_t before = out->length;
    if (space == SPACE_VOICE && number == MODEL_DESK)
        json_text_field(out, "name", words_text(WORDS_DESK));
    else
        put_attribute(out, m, labels[space].name, space, number, labels[space].kind);
    if (out->length == before)
        json_text_field(out, labels[space].name, model_id(m, space, number));
}

static void put_named(struct buffer *out, const struct model *m, enum model_space space, uint32_t number)
{
    json_open(out, '{');
    put_id(out, m, space, number);
    json_close(out, '}');
}

void put_voice(struct buffer *out, const struct model *m, uint32_t voice)
{
    put_named(out, m, SPACE_VOICE, voice);
}

void put_claim_name(struct buffer *out, const struct model *m, uint32_t claim)
{
    put_named(out, m, SPACE_CLAIM, claim);
}

void put_record_name(struct buffer *out, const struct model *m, uint32_t record)
{
    put_named(out, m, SPACE_RECORD, record);
}

void put_graph_voice(struct buffer *out, const struct opened *o, uint32_t graph_voice)
{
    uint32_t voice, record;
    bearing_origin(o->bearing, graph_voice, &voice, &record);
    if (voice != MODEL_NONE) {
        put_voice(out, o->model, voice);
        return;
    }
    struct buffer id = {0};
    bearing_name(o->bearing, graph_voice, &id);
    json_open(out, '{');
    json_text_field(out, "id", buffer_text(&id));
    put_attribute(out, o->model, "name", SPACE_RECORD, record, FIELD_TITLE);
    json_close(out, '}');
    buffer_release(&id);
}

void put_voices_of(struct buffer *out, const struct model *m, const char *name, enum model_space space, uint32_t number,
                   enum field_kind kind)
{
    uint32_t count;
    const struct field *f = model_attribute(m, space, number, kind, &count);
    json_key(out, name);
    json_open(out, '[');
    for (uint32_t i = 0; i < count && i < VIEW_MOST; i++)
        put_voice(out, m, f[i].at);
    json_close(out, ']');
}

/* ---- a claim ---- */

static void put_interval(struct buffer *out, const char *name, struct interval n)
{
    json_key(out, name);
    json_open(out, '[');
    json_number(out, n.low);
    json_number(out, n.high);
    json_close(out, ']');
}

static void put_keystones(struct buffer *out, const struct opened *o, const struct row *row)
{
    json_key(out, "keystones");
    json_open(out, '[');
    for (uint32_t i = 0; i < row->keystone_count && i < MOST_KEYSTONES; i++)
        put_graph_voice(out, o, row->keystones[i]);
    json_close(out, ']');
    if (row->keystone_count > MOST_KEYSTONES)
        json_number_field(out, "keystonesTotal", row->keystone_count);
}

static void put_why(const struct view_request *q, struct buffer *out, uint32_t claim, const struct row *row)
{
    struct telling t;
    struct buffer why = {0};
    telling_init(&t, q->o->model, q->o->bearing);
    explain_why(q->o, q->views->rules, &t, claim, row, &why);
    json_field(out, "why", buffer_text(&why));
    buffer_release(&why);
    telling_release(&t);
}

static void put_standing(const struct view_request *q, struct buffer *out, uint32_t claim, const struct row *row,
                         const struct claim_facts *f)
{
    static const char *const denials[DENIAL_COUNT] = {"none", "denied", "contested"};
    static const char *const prints[PRINT_COUNT] = {"not-yet", "allegation", "fact"};
    json_text_field(out, "level", text_of(level_word(row->level)));
    json_text_field(out, "denial", text_of(denials[f->denial]));
    put_interval(out, "people", row->measures[PEOPLE]);
    put_interval(out, "cautious", row->measures[CAUTIOUS]);
    put_interval(out, "parties", row->measures[PARTIES]);
    struct buffer text = {0};
    stand_figures(row, &text);
    json_text_field(out, "figures", buffer_text(&text));
    put_keystones(out, q->o, row);
    json_text_field(out, "print", text_of(prints[f->print]));
    if (f->print != PRINT_FACT)
        put_why(q, out, claim, row);
    buffer_release(&text);
}

void put_claim_members(const struct view_request *q, struct buffer *out, uint32_t claim, const struct row *row)
{
    struct claim_facts f = q->views->claims.at[claim];
    claim_facts_of_row(q->views, claim, row, &f);
    put_id(out, q->o->model, SPACE_CLAIM, claim);
    put_standing(q, out, claim, row, &f);
    json_number_field(out, "statements", f.statements);
    json_number_field(out, "denials", f.denials);
    json_number_field(out, "touched", f.touched);
}

void put_claim(const struct view_request *q, struct buffer *out, uint32_t claim, const struct row *row,
               const struct row *was)
{
    json_open(out, '{');
    put_claim_members(q, out, claim, row);
    if (was) {
        json_key(out, "was");
        put_claim(q, out, claim, was, NULL);
    }
    json_close(out, '}');
}

/* ---- a statement ---- */

static void put_ground(struct buffer *out, const struct model *m, const struct model_entry *e)
{
    const struct field *record = model_field(e, FIELD_GROUND_RECORD);
    struct text ground = model_field_text(m, model_field(e, FIELD_GROUND));
    json_text_field(out, "ground", ground.length ? ground : TEXT("unstated"));
    if (record) {
        json_key(out, "paper");
        put_record_name(out, m, record->at);
    }
}

static void put_members(struct buffer *out, const struct model *m, const struct model_entry *e, const char *name,
                        enum field_kind kind)
{
    enum model_space space = field_space(kind);
    json_key(out, name);
    json_open(out, '[');
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == kind)
            put_named(out, m, space, e->fields[i].at);
    json_close(out, ']');
}

void put_place(struct buffer *out, const struct model *m, const struct model_entry *e)
{
    const struct field *at = model_field(e, FIELD_AT);
    if (at) {
        json_key(out, "record");
        put_record_name(out, m, at->at);
    }
    put_word(out, m, "locator", model_field(e, FIELD_LOCATOR));
}

static void put_how(struct telling *t, struct buffer *out, const struct model_entry *e)
{
    telling_afresh(t);
    json_field(out, "how", tell_basis(t, e));
}

void put_statement(const struct view_request *q, struct telling *t, struct buffer *out, uint32_t entry)
{
    struct model *m = q->o->model;
    struct model_entry e = model_entry(m, entry);
    json_open(out, '{');
    json_number_field(out, "entry", (uint64_t)entry + 1);
    json_text_field(out, "verb", text_of(verb_word(e.verb)));
    json_key(out, "voice");
    put_voice(out, m, model_field(&e, FIELD_VOICE)->at);
    if (e.verb == VERB_INFER) {
        put_members(out, m, &e, "from", FIELD_PREMISE);
        put_string(out, m, "because", model_field(&e, FIELD_BECAUSE));
    } else {
        put_members(out, m, &e, "chain", FIELD_TOLD_BY);
        put_ground(out, m, &e);
        put_how(t, out, &e);
        put_string(out, m, "words", model_field(&e, FIELD_WORDS));
        put_place(out, m, &e);
        put_word(out, m, "on", model_field(&e, FIELD_ON));
        put_string(out, m, "note", model_field(&e, FIELD_NOTE));
        json_bool_field(out, "inPart", model_field(&e, FIELD_IN_PART) != NULL);
    }
    json_key(out, "claim");
    put_claim_name(out, m, model_field(&e, FIELD_CLAIM)->at);
    json_close(out, '}');
}

void put_question(const struct view_request *q, struct buffer *out, uint32_t entry)
{
    struct model *m = q->o->model;
    struct model_entry e = model_entry(m, entry);
    static const char *const states[] = {"overdue", "open", "answered"};
    enum question state = hearings_question(rules_hearings(q->views->rules), entry, q->today);
    json_open(out, '{');
    json_number_field(out, "entry", (uint64_t)entry + 1);
    json_key(out, "voice");
    put_voice(out, m, model_field(&e, FIELD_VOICE)->at);
    json_key(out, "claim");
    put_claim_name(out, m, model_field(&e, FIELD_CLAIM)->at);
    put_word(out, m, "on", model_field(&e, FIELD_ON));
    put_word(out, m, "by", model_field(&e, FIELD_DUE));
    put_word(out, m, "answered", model_field(&e, FIELD_ANSWERED));
    put_place(out, m, &e);
    json_text_field(out, "state", text_of(states[state]));
    json_close(out, '}');
}
