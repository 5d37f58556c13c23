/* The statement of custody: see custody.h. */
#include "ops/custody.h"

#include "ops/taking.h"

#include "base/file.h"
#include "gate/terms.h"
#include "seal/minisign.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct statement {
    const struct opened *o;
    struct terms *terms;
    VECTOR(uint32_t) sources; /* voices that are not named, in the order in which they come */
    struct buffer *out;
};

/* As it may be handed on: see custody.h. */
static void add_voice(struct statement *s, uint32_t voice)
{
    bool named = terms_of(s->terms, voice).entry != MODEL_NONE && terms_name(s->terms, voice);
    if (voice == MODEL_DESK || named) {
        model_voice_name(s->o->model, voice, s->out);
        return;
    }
    size_t i = 0;
    while (i < s->sources.count && s->sources.at[i] != voice)
        i++;
    if (i == s->sources.count)
        vector_push(&s->sources, voice);
    buffer_format(s->out, "source %zu (not named: it is not on record)", i + 1);
}

static void add_voice_of(struct statement *s, const struct model_entry *e, enum field_kind kind, const char *before)
{
    const struct field *f = model_field(e, kind);
    if (!f)
        return;
    buffer_string(s->out, before);
    add_voice(s, f->at);
}

/* Where an entry stands: its number, and the signed batch that holds it. */
static void add_place(struct statement *s, uint32_t n)
{
    size_t count;
    const struct log_batch *batches = log_batches(s->o->log, &count);
    for (size_t i = 0; i < count; i++) {
        if (n < batches[i].first_entry || n >= batches[i].first_entry + batches[i].entries)
            continue;
        time_t at = (time_t)(batches[i].time / 1000);
        struct tm day;
        char when[32];
        gmtime_r(&at, &day);
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &day);
        buffer_format(s->out, "\n    entry %u, recorded at %s in batch %llu of device %s\n", n + 1, when,
                      (unsigned long long)batches[i].sequence, batches[i].device);
        return;
    }
    buffer_char(s->out, '\n');
}

static struct text field_in(const struct statement *s, const struct model_entry *e, enum field_kind kind)
{
    return model_field_text(s->o->model, model_field(e, kind));
}

static int add_proof(struct statement *s, uint32_t record, uint32_t n, const char *authority)
{
    struct buffer proof = {0};
    struct error error = {0};
    unsigned char sha256[SEAL_SHA256];
    evidence_unhex(evidence_facts(s->o->model, record).sha256, sha256);
    int got = evidence_beside(s->o, record, n, &proof, &error);
    if (got == 1 && proof_check(buffer_text(&proof), sha256, authority, s->out, &error) < 0)
        buffer_format(s->out, "It could not be shown to hold: %s.\n", error.what);
    if (got != 1)
        buffer_string(s->out, "A proof that was attached is not in this copy of the case.\n");
    buffer_release(&proof);
    return 0;
}

static void add_entry(struct statement *s, uint32_t record, uint32_t n, const char *authority)
{
    struct model_entry e = model_entry(s->o->model, n);
    struct text on = field_in(s, &e, FIELD_ON);
    switch (e.verb) {
    case VERB_KEPT:
        buffer_format(s->out, "%.*s  Brought to the desk", TEXT_ARG(on));
        add_voice_of(s, &e, FIELD_FROM, " by ");
        add_voice_of(s, &e, FIELD_THROUGH, ", through ");
        buffer_format(s->out, ": %.*s bytes, SHA-256\n    %.*s", TEXT_ARG(field_in(s, &e, FIELD_BYTES)),
                      TEXT_ARG(field_in(s, &e, FIELD_HASH)));
        break;
    case VERB_DERIVED:
        buffer_format(s->out, "%.*s  Read from it: %.*s, by %.*s; SHA-256\n    %.*s", TEXT_ARG(on),
                      TEXT_ARG(field_in(s, &e, FIELD_DERIVED)), TEXT_ARG(field_in(s, &e, FIELD_MAKER)),
                      TEXT_ARG(field_in(s, &e, FIELD_HASH)));
        break;
    case VERB_PROOF:
        buffer_format(s->out, "%.*s  A proof of time was attached. ", TEXT_ARG(on));
        add_proof(s, record, n, authority);
        s->out->length -= s->out->length && s->out->at[s->out->length - 1] == '\n';
        break;
    case VERB_LOOKED:
        buffer_format(s->out, "%.*s  %s", TEXT_ARG(on),
                      text_equal(field_in(s, &e, FIELD_LOOK), TEXT("given")) ? "Given out to the byte"
                                                                             : "Opened and looked at");
        break;
    case VERB_DESTROY:
        buffer_string(s->out, "The file was destroyed");
        break;
    default:
        return;
    }
    if (e.retracted)
        buffer_string(s->out, "\n    (this entry was retracted later)");
    add_place(s, n);
}

static int compare(const struct opened *o, uint32_t record, const volatile bool *stop, struct buffer *out,
                   struct error *error)
{
    struct evidence_check check = {0};
    int result = evidence_check_record(o, record, stop, &check, error);
    if (result == 0 && evidence_facts(o->model, record).destroyed)
        buffer_string(out, "The file was destroyed: nothing is left of it that could be compared.\n");
    else if (result == 0)
        buffer_string(out, check.files ? "The file was read when this statement was made: its bytes have that hash.\n"
                                       : "The file itself is not in this copy of the case.\n");
    return result;
}

static int add_all(struct statement *s, uint32_t record, const char *authority, const volatile bool *stop,
                   struct error *error)
{
    struct log_report report;
    uint32_t count;
    char now[32];
    taking_today(now);
    if (log_verify(log_path(s->o->log), &report, error) < 0)
        return -1;
    struct text kind = model_attribute_text(s->o->model, SPACE_RECORD, record, FIELD_RECORD_KIND);
    buffer_format(s->out, "STATEMENT OF CUSTODY, made %s\n\nOf one file: %.*s.\n\n", now, TEXT_ARG(kind));
    const uint32_t *mentions = model_mentions(s->o->model, SPACE_RECORD, record, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!model_entry(s->o->model, mentions[i]).is_void)
            add_entry(s, record, mentions[i], authority);
    buffer_char(s->out, '\n');
    if (compare(s->o, record, stop, s->out, error) < 0)
        return -1;
    buffer_format(
        s->out,
        "Every hash and signature of the case's log holds: %llu %s of %llu %s. Its anchor is\n    %s\n"
        "Nothing that was recorded by then can be changed without changing it. Whoever holds the case can check "
        "all of this: 'bearout verify CASE RECORD'.\n",
        (unsigned long long)report.batches, report.batches == 1 ? "batch" : "batches",
        (unsigned long long)report.devices, report.devices == 1 ? "device" : "devices", report.anchor);
    return 0;
}

/* Was there ever a file, whatever became of it or of the entry? */
static bool was_brought(struct model *m, uint32_t record)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(m, SPACE_RECORD, record, &count);
    bool brought = false;
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(m, mentions[i]);
        brought |= e.verb == VERB_KEPT && !e.is_void;
    }
    return brought;
}

int ops_custody(const struct opened *o, const char *record, const char *authority, const volatile bool *stop,
                struct buffer *out, struct error *error)
{
    uint32_t number = model_find(o->model, SPACE_RECORD, text_of(record));
    if (number == MODEL_NONE)
        return evidence_no_record(o->model, record, error);
    if (!was_brought(o->model, number)) {
        error_set(error, ERROR_MISSING, "record '%s' never had a file, so there is nothing to state", record);
        return error_mend(error, "take one: bearout take CASE FILE --record %s", record);
    }
    if (authority && proof_authority(authority, error) < 0)
        return -1;
    char today[32];
    taking_today(today);
    struct statement s = {.o = o, .out = out, .terms = terms_new(o->model, (struct text){today, 10})};
    int result = add_all(&s, number, authority, stop, error);
    terms_free(s.terms);
    vector_release(&s.sources);
    return result;
}

static int check_free(const char *path, struct error *error)
{
    struct stat info;
    if (lstat(path, &info) < 0)
        return 0;
    error_set(error, ERROR_EXISTS, "'%s' is there already", path);
    return error_mend(error, "name another; nothing is ever written over");
}

int ops_custody_write(const struct opened *o, struct text statement, const char *path, struct buffer *key,
                      struct error *error)
{
    struct buffer signature = {0}, beside = {0};
    struct secret *publisher = log_publisher(o->log, error);
    buffer_format(&beside, "%s.minisig", path);
    int result = publisher ? check_free(path, error) : -1;
    if (result == 0)
        result = check_free(beside.at, error);
    if (result == 0) {
        minisign_sign(publisher, statement, &signature);
        minisign_public(publisher, key);
        result = file_write(path, statement, error);
    }
    if (result == 0)
        result = file_write(beside.at, buffer_text(&signature), error);
    secret_free(publisher);
    buffer_release(&signature);
    buffer_release(&beside);
    return result;
}
