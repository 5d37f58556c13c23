/* The case as it may be told aloud: see aloud.h. It is written down anew without what may not be told, and measured as
 * any case is, so that there is one way to measure. Voices, records and claims keep their numbers. */
#include "gate/aloud.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

struct aloud {
    struct model *whole;
    const struct bearing *bearing; /* of the whole case */
    const struct terms *terms;
    struct model *m; /* NULL where everything may be told */
    struct bearing *b;
};

static bool is_told(const struct aloud *a, const struct model_entry *e)
{
    uint32_t voice = model_field(e, FIELD_VOICE)->at, claim = model_field(e, FIELD_CLAIM)->at;
    return e->verb == VERB_DENY || voice == MODEL_DESK || terms_facts(a->terms, voice, claim);
}

static bool is_statement(enum verb v)
{
    return v == VERB_SAY || v == VERB_DENY || v == VERB_INFER;
}

bool aloud_counts(const struct aloud *a, uint32_t entry)
{
    struct model_entry e = model_entry(a->whole, entry);
    return !e.retracted && !e.is_void && is_statement(e.verb) && is_told(a, &e);
}

static bool may_vouch(const struct aloud *a, uint32_t voice)
{
    struct promise p = terms_of(a->terms, voice);
    return voice == MODEL_DESK || (p.term >= TERM_BACKGROUND && !p.until.length && !p.only);
}

static bool hides_voucher(const struct aloud *a, uint32_t record)
{
    uint32_t count;
    const struct field *by = model_attribute(a->whole, SPACE_RECORD, record, FIELD_VOUCHED_BY, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!may_vouch(a, by[i].at))
            return true;
    return false;
}

static bool hides_something(const struct aloud *a)
{
    for (uint32_t r = 0; r < model_records(a->whole); r++)
        if (hides_voucher(a, r))
            return true;
    for (uint32_t n = 0; n < model_entries(a->whole); n++) {
        struct model_entry e = model_entry(a->whole, n);
        if (!e.retracted && !e.is_void && is_statement(e.verb) && !is_told(a, &e))
            return true;
    }
    return false;
}

/* ---- writing it down ---- */

static void write_id(const struct aloud *a, enum model_space space, uint32_t number, struct buffer *out)
{
    static const char *const verbs[SPACE_COUNT] = {
        [SPACE_VOICE] = "voice", [SPACE_RECORD] = "record", [SPACE_CLAIM] = "claim"};
    buffer_format(out, "%s ", verbs[space]);
    buffer_text_add(out, model_id(a->whole, space, number));
}

/* All ids first, in their order: numbers follow first mentions. */
static void write_ids(const struct aloud *a, struct buffer *out)
{
    for (uint32_t v = MODEL_DESK + 1; v < model_voices(a->whole); v++) {
        write_id(a, SPACE_VOICE, v, out);
        buffer_string(out, " \"-\"\n");
    }
    for (uint32_t r = 0; r < model_records(a->whole); r++) {
        write_id(a, SPACE_RECORD, r, out);
        buffer_string(out, " object \"-\"\n");
    }
    for (uint32_t c = 0; c < model_claims(a->whole); c++) {
        write_id(a, SPACE_CLAIM, c, out);
        buffer_string(out, " \"-\"\n");
    }
}

static void write_list(const struct aloud *a, enum model_space space, uint32_t number, enum field_kind kind,
                       struct buffer *out)
{
    uint32_t count, written = 0;
    const struct field *list = model_attribute(a->whole, space, number, kind, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (kind == FIELD_VOUCHED_BY && !may_vouch(a, list[i].at))
            continue;
        if (!written++)
            buffer_format(out, "    %s ", field_word(kind));
        else
            buffer_string(out, ", ");
        buffer_text_add(out, model_id(a->whole, SPACE_VOICE, list[i].at));
    }
    if (written)
        buffer_char(out, '\n');
}

static void write_attributes(const struct aloud *a, struct buffer *out)
{
    for (uint32_t v = MODEL_DESK + 1; v < model_voices(a->whole); v++) {
        write_id(a, SPACE_VOICE, v, out);
        buffer_char(out, '\n');
        write_list(a, SPACE_VOICE, v, FIELD_OF, out);
    }
    for (uint32_t r = 0; r < model_records(a->whole); r++) {
        write_id(a, SPACE_RECORD, r, out);
        buffer_char(out, '\n');
        write_list(a, SPACE_RECORD, r, FIELD_BY, out);
        write_list(a, SPACE_RECORD, r, FIELD_VOUCHED_BY, out);
    }
}

static bool is_kept(const struct aloud *a, const struct model_entry *e)
{
    if (e->retracted || e->is_void)
        return false;
    if (is_statement(e->verb))
        return is_told(a, e);
    return e->verb == VERB_SAME || e->verb == VERB_CONTRADICT || e->verb == VERB_IMPUGN;
}

static void write_aloud(const struct aloud *a, struct buffer *out)
{
    write_ids(a, out);
    write_attributes(a, out);
    for (uint32_t n = 0; n < model_entries(a->whole); n++) {
        struct model_entry e = model_entry(a->whole, n);
        if (is_kept(a, &e))
            model_print_entry(a->whole, n, out);
    }
}

struct aloud *aloud_new(const struct bearing *b, const struct terms *terms)
{
    struct aloud *a = memory_new(sizeof *a);
    *a = (struct aloud){.whole = bearing_model(b), .bearing = b, .terms = terms};
    if (!hides_something(a))
        return a;
    struct buffer text = {0};
    struct faults faults = {0};
    write_aloud(a, &text);
    a->m = model_new();
    int failed = model_take(a->m, buffer_text(&text), TAKE_LOG, &faults);
    assert(!failed);
    (void)failed;
    faults_release(&faults);
    buffer_release(&text);
    a->b = bearing_new(a->m);
    standing_measure(bearing_graph(a->b), NULL);
    return a;
}

void aloud_free(struct aloud *a)
{
    if (!a)
        return;
    bearing_free(a->b);
    model_free(a->m);
    free(a);
}

struct row aloud_row(const struct aloud *a, uint32_t claim)
{
    return standing_row(bearing_graph(a->b ? a->b : a->bearing), claim);
}
