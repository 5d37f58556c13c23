/* One claim, whole. */
#include "desk/view_inside.h"

#include "ops/explain.h"

enum { MOST_STATEMENTS = 200 };

/* ---- entries about it ---- */

static bool is_about(const struct view_request *q, uint32_t entry, uint32_t claim, enum verb verb)
{
    struct model_entry e = model_entry(q->o->model, entry);
    return e.verb == verb && entry_counts(&e) && (verb != VERB_INFER || model_field(&e, FIELD_CLAIM)->at == claim);
}

static void put_statements(const struct view_request *q, struct telling *t, struct buffer *out, const char *name,
                           uint32_t claim, enum verb verb)
{
    uint32_t count, met = 0;
    const uint32_t *entries = model_mentions(q->o->model, SPACE_CLAIM, claim, &count);
    json_key(out, name);
    json_open(out, '[');
    for (uint32_t i = 0; i < count; i++)
        if (is_about(q, entries[i], claim, verb) && met++ < MOST_STATEMENTS)
            put_statement(q, t, out, entries[i]);
    json_close(out, ']');
    if (met > MOST_STATEMENTS) {
        struct buffer total = {0};
        buffer_format(&total, "%sTotal", name);
        json_number_field(out, total.at, met);
        buffer_release(&total);
    }
}

static void put_contradicting(const struct view_request *q, struct buffer *out, uint32_t claim)
{
    uint32_t count, put = 0;
    const uint32_t *entries = model_mentions(q->o->model, SPACE_CLAIM, claim, &count);
    json_key(out, "contradicts");
    json_open(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(q->o->model, entries[i]);
        for (uint32_t f = 0; f < e.count && e.verb == VERB_CONTRADICT && entry_counts(&e); f++) {
            uint32_t other = e.fields[f].at;
            if (e.fields[f].kind != FIELD_CLAIM || other == claim || put++ >= MOST_STATEMENTS)
                continue;
            struct row row = standing_row(bearing_graph(q->o->bearing), other);
            put_claim(q, out, other, &row, NULL);
        }
    }
    json_close(out, ']');
}

static void put_questions(const struct view_request *q, struct buffer *out, uint32_t claim)
{
    uint32_t count, put = 0;
    const uint32_t *entries = model_mentions(q->o->model, SPACE_CLAIM, claim, &count);
    json_key(out, "questions");
    json_open(out, '[');
    for (uint32_t i = 0; i < count; i++)
        if (is_about(q, entries[i], claim, VERB_ASK) && put++ < MOST_STATEMENTS)
            put_question(q, out, entries[i]);
    json_close(out, ']');
}

/* ---- in sentences ---- */

struct told {
    struct buffer explanation, rests, takes, allows; /* JSON lists */
};

/* Who said what is shown as statements, so here it is left out. */
static void keep_sentence(void *context, enum explain_section section, enum explain_shape shape, struct text text)
{
    struct told *t = context;
    if (shape == EXPLAIN_HEAD || shape == EXPLAIN_SAID || shape == EXPLAIN_SOURCE)
        return;
    struct buffer *list = section == EXPLAIN_RESTS   ? &t->rests
                          : section == EXPLAIN_TAKES ? &t->takes
                          : section == EXPLAIN_RULES ? &t->allows
                                                     : &t->explanation;
    json_text(list, text);
}

static void put_list(struct buffer *out, const char *name, struct buffer *list)
{
    json_close(list, ']');
    json_key(out, name);
    json_value(out);
    buffer_text_add(out, buffer_text(list));
    buffer_release(list);
}

static void put_sentences(const struct view_request *q, struct buffer *out, uint32_t claim)
{
    static const unsigned sections = 1u << EXPLAIN_STANDING | 1u << EXPLAIN_RESTS | 1u << EXPLAIN_AGAINST |
                                     1u << EXPLAIN_HEARING | 1u << EXPLAIN_TAKES | 1u << EXPLAIN_RULES;
    struct told t = {0};
    json_open(&t.explanation, '[');
    json_open(&t.rests, '[');
    json_open(&t.takes, '[');
    json_open(&t.allows, '[');
    explain_sentences(q->o, q->views->rules, claim, sections, keep_sentence, &t);
    put_list(out, "explanation", &t.explanation);
    put_list(out, "rests", &t.rests);
    put_list(out, "takes", &t.takes);
    put_list(out, "allows", &t.allows);
}

/* ---- the whole ---- */

static void put_facts(const struct view_request *q, struct buffer *out, uint32_t claim)
{
    static const struct {
        const char *name;
        enum field_kind kind;
    } facts[] = {{"note", FIELD_NOTE}, {"place", FIELD_PLACE}, {"on", FIELD_ON}, {"count", FIELD_COUNT}};
    put_voices_of(out, q->o->model, "accuses", SPACE_CLAIM, claim, FIELD_ACCUSES);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        put_attribute(out, q->o->model, facts[i].name, SPACE_CLAIM, claim, facts[i].kind);
}

int view_claim(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t claim;
    struct telling t;
    if (view_id(q, "id", SPACE_CLAIM, &claim, error))
        return -1;
    struct row row = standing_row(bearing_graph(q->o->bearing), claim);
    telling_init(&t, q->o->model, q->o->bearing);
    json_open(out, '{');
    put_claim_members(q, out, claim, &row);
    put_facts(q, out, claim);
    put_statements(q, &t, out, "for", claim, VERB_SAY);
    put_statements(q, &t, out, "against", claim, VERB_DENY);
    put_statements(q, &t, out, "inferences", claim, VERB_INFER);
    put_contradicting(q, out, claim);
    put_questions(q, out, claim);
    put_sentences(q, out, claim);
    put_graph(q, out, claim);
    json_close(out, '}');
    telling_release(&t);
    return 0;
}
