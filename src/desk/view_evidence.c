/* What is kept of a record's file, and what was read from it. */
#include "desk/view_inside.h"

#include "ops/evidence.h"

#include <stdio.h>

enum { PEAKS_SECOND = 20 };

void put_held(const struct view_request *q, struct buffer *out, uint32_t record)
{
    struct model *m = q->o->model;
    bool text = evidence_derived_entry(m, record, "text") != MODEL_NONE ||
                evidence_derived_entry(m, record, "transcript") != MODEL_NONE;
    json_bool_field(out, "held", evidence_facts(m, record).held);
    json_bool_field(out, "text", text);
}

/* The next line of lines NAME TAB VALUE; false at the end. */
static bool next_fact(struct text *lines, struct text *name, struct text *value)
{
    const char *tab = lines->length ? memchr(lines->at, '\t', lines->length) : NULL;
    if (!tab)
        return false;
    size_t length = (size_t)(tab - lines->at), left = lines->length - length - 1;
    const char *end = left ? memchr(tab + 1, '\n', left) : NULL;
    *name = (struct text){lines->at, length};
    *value = (struct text){tab + 1, end ? (size_t)(end - tab - 1) : left};
    size_t used = (size_t)(value->at + value->length - lines->at) + (end != NULL);
    *lines = (struct text){lines->at + used, lines->length - used};
    return true;
}

static void put_number(struct buffer *out, const char *name, struct text digits, double divisor)
{
    char number[24];
    if (!digits.length || digits.length >= sizeof number)
        return;
    for (size_t i = 0; i < digits.length; i++)
        if (digits.at[i] < '0' || digits.at[i] > '9')
            return;
    snprintf(number, sizeof number, "%.*s", TEXT_ARG(digits));
    json_key(out, name);
    json_value(out);
    buffer_format(out, "%.10g", strtod(number, NULL) / divisor);
}

/* The first of a name is ours: what the file itself says comes after it. */
static void note_first(struct text *noted, const char *wanted, struct text name, struct text value)
{
    if (!noted->length && text_equal(name, text_of(wanted)))
        *noted = value;
}

/* What the file says of itself; what the page needs of it by name as well. */
static void put_metadata(const struct view_request *q, struct buffer *out, uint32_t record)
{
    struct buffer facts = {0};
    struct text name, value, media = TEXT(""), length = TEXT(""), pages = TEXT("");
    evidence_derived(q->o, record, "metadata", &facts, NULL); /* what cannot be read is not there to show */
    json_key(out, "metadata");
    json_open(out, '[');
    for (struct text left = buffer_text(&facts); next_fact(&left, &name, &value);) {
        note_first(&media, "media", name, value);
        note_first(&length, "milliseconds", name, value);
        note_first(&pages, "pages", name, value);
        json_open(out, '{');
        json_text_field(out, "name", name);
        json_text_field(out, "value", value);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_field(out, "media", media);
    if (length.length)
        put_number(out, "seconds", length, 1000);
    if (pages.length)
        put_number(out, "pages", pages, 1);
    buffer_release(&facts);
}

static void put_derived(const struct view_request *q, struct buffer *out, uint32_t record)
{
    static const char *const kinds[] = {"text", "transcript", "peaks", "metadata"};
    const struct model *m = q->o->model;
    json_key(out, "derived");
    json_open(out, '[');
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint32_t entry = evidence_derived_entry(q->o->model, record, kinds[i]);
        if (entry == MODEL_NONE)
            continue;
        struct model_entry e = model_entry(m, entry);
        json_open(out, '{');
        json_text_field(out, "what", text_of(kinds[i]));
        put_string(out, m, "by", model_field(&e, FIELD_MAKER));
        put_number(out, "bytes", model_field_text(m, model_field(&e, FIELD_BYTES)), 1);
        put_word(out, m, "on", model_field(&e, FIELD_ON));
        json_close(out, '}');
    }
    json_close(out, ']');
}

void put_evidence(const struct view_request *q, struct buffer *out, uint32_t record)
{
    struct model *m = q->o->model;
    struct evidence_facts facts = evidence_facts(m, record);
    if (facts.destroyed)
        json_bool_field(out, "destroyed", true);
    if (!facts.held)
        return;
    struct model_entry kept = model_entry(m, facts.entry);
    json_key(out, "evidence");
    json_open(out, '{');
    json_text_field(out, "sha256", facts.sha256);
    json_number_field(out, "bytes", facts.size);
    put_string(out, m, "name", model_field(&kept, FIELD_FILE_NAME));
    json_field(out, "taken", facts.on);
    put_metadata(q, out, record);
    put_derived(q, out, record);
    json_close(out, '}');
}

static int nothing_kept(const struct view_request *q, const char *what, struct error *error)
{
    struct text id = view_parameter(q, "id");
    error_set(error, ERROR_MISSING, "there is no %s of '%.*s'", what, TEXT_ARG(id));
    return error_mend(error, "take its file into the case first");
}

int view_record_text(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t record;
    struct buffer text = {0};
    evidence_pages pages = {0};
    if (view_id(q, "id", SPACE_RECORD, &record, error))
        return -1;
    int found = evidence_text(q->o, record, &text, &pages, error);
    if (found == 1) {
        bool spoken = evidence_derived_entry(q->o->model, record, "transcript") != MODEL_NONE;
        json_open(out, '{');
        json_text_field(out, "text", buffer_text(&text));
        json_key(out, "pages");
        json_open(out, '[');
        for (size_t i = 0; i < pages.count; i++)
            json_number(out, pages.at[i]);
        json_close(out, ']');
        json_text_field(out, "kind", spoken ? TEXT("transcript") : TEXT("text"));
        json_close(out, '}');
    }
    buffer_release(&text);
    vector_release(&pages);
    return found == 1 ? 0 : found == 0 ? nothing_kept(q, "text", error) : -1;
}

int view_record_peaks(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t record;
    struct buffer peaks = {0};
    if (view_id(q, "id", SPACE_RECORD, &record, error))
        return -1;
    int found = evidence_derived(q->o, record, "peaks", &peaks, error);
    if (found == 1) {
        json_open(out, '{');
        json_key(out, "seconds");
        json_value(out);
        buffer_format(out, "%.10g", (double)peaks.length / PEAKS_SECOND);
        json_key(out, "peaks");
        json_open(out, '[');
        for (size_t i = 0; i < peaks.length; i++)
            json_number(out, (unsigned char)peaks.at[i]);
        json_close(out, ']');
        json_close(out, '}');
    }
    buffer_release(&peaks);
    return found == 1 ? 0 : found == 0 ? nothing_kept(q, "sound that was listened to", error) : -1;
}
