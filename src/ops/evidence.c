/* Records' files: see evidence.h. */
#include "ops/evidence.h"

#include "base/limits.h"
#include "base/memory.h"

#include <stdlib.h>

struct evidence {
    struct vault_reader *reader;
};

static bool counts(const struct model_entry *e)
{
    return !e->retracted && !e->is_void;
}

static uint32_t voice_in(const struct model_entry *e, enum field_kind kind)
{
    const struct field *f = model_field(e, kind);
    return f ? f->at : MODEL_NONE;
}

static uint64_t number_of(struct text digits)
{
    uint64_t n = 0;
    for (size_t i = 0; i < digits.length; i++)
        n = n * 10 + (uint64_t)(digits.at[i] - '0');
    return n;
}

static void fill(const struct model *m, uint32_t n, const struct model_entry *e, struct evidence_facts *out)
{
    const struct field *name = model_field(e, FIELD_FILE_NAME);
    *out = (struct evidence_facts){.held = true, .entry = n};
    out->sha256 = model_field_text(m, model_field(e, FIELD_HASH));
    out->bytes = model_field_text(m, model_field(e, FIELD_BYTES));
    out->on = model_field_text(m, model_field(e, FIELD_ON));
    out->forgotten = name && name->forgotten;
    out->name = name && !name->forgotten ? model_field_text(m, name) : TEXT("");
    out->size = number_of(out->bytes);
    out->from = voice_in(e, FIELD_FROM);
    out->through = voice_in(e, FIELD_THROUGH);
}

struct evidence_facts evidence_facts(struct model *m, uint32_t record)
{
    struct evidence_facts facts = {.from = MODEL_NONE, .through = MODEL_NONE};
    uint32_t count;
    const uint32_t *mentions = model_mentions(m, SPACE_RECORD, record, &count);
    for (uint32_t i = count; i-- > 0;) {
        struct model_entry e = model_entry(m, mentions[i]);
        if (counts(&e) && e.verb == VERB_DESTROY)
            facts.destroyed = true;
        if (!counts(&e) || e.verb != VERB_KEPT)
            continue;
        bool destroyed = facts.destroyed;
        fill(m, mentions[i], &e, &facts);
        facts.destroyed = destroyed;
        facts.held = !destroyed;
        return facts;
    }
    facts.destroyed = false;
    return facts;
}

int evidence_no_record(const struct model *m, const char *id, struct error *error)
{
    struct text near = model_nearest(m, SPACE_RECORD, text_of(id));
    error_set(error, ERROR_MISSING, "there is no record '%s'", id);
    return near.length ? error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near))
                       : error_mend(error, "'bearout show CASE' lists all that there are");
}

uint32_t evidence_derived_entry(struct model *m, uint32_t record, const char *kind)
{
    struct evidence_facts facts = evidence_facts(m, record);
    uint32_t count;
    const uint32_t *mentions = model_mentions(m, SPACE_RECORD, record, &count);
    for (uint32_t i = count; facts.held && i-- > 0;) {
        struct model_entry e = model_entry(m, mentions[i]);
        if (counts(&e) && e.verb == VERB_DERIVED &&
            text_equal(model_field_text(m, model_field(&e, FIELD_DERIVED)), text_of(kind)))
            return mentions[i];
    }
    return MODEL_NONE;
}

void evidence_unhex(struct text hex, unsigned char hash[SEAL_SHA256])
{
    for (size_t i = 0; i < SEAL_SHA256 && 2 * i + 1 < hex.length; i++) {
        unsigned char high = (unsigned char)hex.at[2 * i], low = (unsigned char)hex.at[2 * i + 1];
        high = (unsigned char)(high <= '9' ? high - '0' : high - 'a' + 10);
        low = (unsigned char)(low <= '9' ? low - '0' : low - 'a' + 10);
        hash[i] = (unsigned char)(high << 4 | low);
    }
}

static int none_here(const struct opened *o, uint32_t record, struct error *error)
{
    struct evidence_facts facts = evidence_facts(o->model, record);
    struct text id = model_id(o->model, SPACE_RECORD, record);
    if (facts.destroyed) {
        error_set(error, ERROR_MISSING, "the file of record '%.*s' was destroyed", TEXT_ARG(id));
        return error_mend(error, "nothing brings it back; 'bearout verify CASE %.*s' says what was known of it",
                          TEXT_ARG(id));
    }
    if (!facts.held) {
        error_set(error, ERROR_MISSING, "record '%.*s' has no file in the vault", TEXT_ARG(id));
        return error_mend(error, "take one: bearout take CASE FILE --record %.*s", TEXT_ARG(id));
    }
    error_set(error, ERROR_MISSING, "the file of record '%.*s' is not in this copy of the case", TEXT_ARG(id));
    return error_mend(error, "sync with the copy that has it, or take it again");
}

/* Opens the object whose content has this hash, under whichever key of the record has it: 1, 0 or -1. */
static int open_object(const struct opened *o, uint32_t record, struct text sha256, bool beside,
                       struct vault_stray *key, struct vault_reader **out, struct error *error)
{
    struct text id = model_id(o->model, SPACE_RECORD, record);
    unsigned char hash[SEAL_SHA256], name[LOG_OBJECT];
    evidence_unhex(sha256, hash);
    key->key = secret_new(SEAL_KEY);
    struct store *store = store_open(log_path(o->log), STORE_READ, error);
    int result = store ? 0 : -1;
    *out = NULL;
    for (unsigned n = 0; result == 0 && !*out && log_record_key(o->log, id, n, key->id) == 1; n++) {
        struct error found = {0};
        int got = log_file_key(o->log, store, key->id, key->key, error);
        if (got < 0)
            result = -1;
        if (got != 1)
            continue;
        memcpy(name, key->id, LOG_FILE);
        if (beside)
            vault_name_beside(key, hash, name);
        *out = vault_open(log_path(o->log), log_case_id(o->log), key,
                          (struct text){(const char *)name, beside ? LOG_OBJECT : LOG_FILE}, &found);
        if (!*out && found.code != ERROR_MISSING) {
            if (error)
                *error = found;
            result = -1;
        }
        if (*out && memcmp(vault_sha256(*out), hash, SEAL_SHA256) != 0) {
            vault_close(*out);
            *out = NULL;
        }
    }
    store_free(store);
    return result < 0 ? -1 : *out != NULL;
}

int evidence_key(const struct opened *o, uint32_t record, struct text sha256, struct vault_stray *key,
                 struct error *error)
{
    struct vault_reader *reader;
    int got = open_object(o, record, sha256, false, key, &reader, error);
    vault_close(reader);
    if (got != 1) {
        secret_free(key->key);
        key->key = NULL;
    }
    return got;
}

struct evidence *evidence_open(const struct opened *o, uint32_t record, struct error *error)
{
    struct evidence_facts facts = evidence_facts(o->model, record);
    struct vault_stray key = {.key = NULL};
    struct vault_reader *reader = NULL;
    int got = facts.held && o->log ? open_object(o, record, facts.sha256, false, &key, &reader, error) : 0;
    secret_free(key.key);
    if (got == 0)
        none_here(o, record, error);
    if (got != 1)
        return NULL;
    struct evidence *e = memory_new(sizeof *e);
    e->reader = reader;
    return e;
}

uint64_t evidence_bytes(const struct evidence *e)
{
    return vault_bytes(e->reader);
}

int evidence_read(struct evidence *e, uint64_t offset, void *at, size_t length, size_t *got, struct error *error)
{
    return vault_read(e->reader, offset, at, length, got, error);
}

void evidence_close(struct evidence *e)
{
    if (!e)
        return;
    vault_close(e->reader);
    free(e);
}

static int read_whole(struct vault_reader *reader, struct buffer *out, struct error *error)
{
    uint64_t bytes = vault_bytes(reader);
    size_t got = 0;
    if (bytes > LIMIT_DERIVED)
        return error_set(error, ERROR_LIMIT, "what was derived from a file is larger than %u bytes", LIMIT_DERIVED);
    buffer_reserve(out, (size_t)bytes + 1);
    int result = vault_read(reader, 0, out->at + out->length, (size_t)bytes, &got, error);
    out->length += result == 0 ? got : 0;
    out->at[out->length] = '\0';
    return result;
}

int evidence_beside(const struct opened *o, uint32_t record, uint32_t entry, struct buffer *out, struct error *error)
{
    struct model_entry e = model_entry(o->model, entry);
    struct vault_stray key = {.key = NULL};
    struct vault_reader *reader = NULL;
    int got = o->log ? open_object(o, record, model_field_text(o->model, model_field(&e, FIELD_HASH)), true, &key,
                                   &reader, error)
                     : 0;
    secret_free(key.key);
    if (got == 1 && read_whole(reader, out, error) < 0)
        got = -1;
    vault_close(reader);
    return got;
}

int evidence_derived(const struct opened *o, uint32_t record, const char *kind, struct buffer *out, struct error *error)
{
    uint32_t entry = evidence_derived_entry(o->model, record, kind);
    return entry == MODEL_NONE ? 0 : evidence_beside(o, record, entry, out, error);
}

/* The line in front of a text: "pages" and the bytes at which they begin. */
void evidence_take_pages(struct buffer *text, evidence_pages *pages)
{
    const char *end = memchr(text->at, '\n', text->length);
    struct text line = {text->at, end ? (size_t)(end - text->at) : text->length};
    if (!end || !text_starts(line, TEXT("pages")))
        return;
    size_t skip = line.length + 1;
    for (const char *at = line.at + 5; at < end;) {
        uint64_t number = 0;
        for (at++; at < end && *at >= '0' && *at <= '9'; at++)
            number = number * 10 + (uint64_t)(*at - '0');
        if (at < end && *at != ' ')
            break;
        if (number <= text->length - skip)
            vector_push(pages, number);
    }
    memmove(text->at, text->at + skip, text->length - skip);
    text->length -= skip;
    text->at[text->length] = '\0';
}

int evidence_text(const struct opened *o, uint32_t record, struct buffer *text, evidence_pages *pages,
                  struct error *error)
{
    int got = evidence_derived(o, record, "transcript", text, error);
    if (got == 0)
        got = evidence_derived(o, record, "text", text, error);
    if (got == 1)
        evidence_take_pages(text, pages);
    return got;
}

static int check_object(struct vault_reader *reader, const volatile bool *stop, struct evidence_check *out,
                        struct error *error)
{
    enum { STEP = 1 << 20 };
    unsigned char hash[SEAL_SHA256];
    struct seal_sha256 *sha256 = seal_sha256_begin();
    char *bytes = memory_resize(NULL, STEP, 1);
    size_t got = 1;
    int result = 0;
    for (uint64_t at = 0; result == 0 && got > 0; at += got) {
        result = vault_read(reader, at, bytes, STEP, &got, error);
        if (result == 0)
            seal_sha256_add(sha256, (struct text){bytes, got});
        out->bytes += got;
        if (stop && *stop)
            result = error_set(error, ERROR_INTERRUPTED, "stopped before everything was checked");
    }
    seal_sha256_end(sha256, hash);
    seal_wipe(bytes, STEP);
    free(bytes);
    if (result == 0 && memcmp(hash, vault_sha256(reader), SEAL_SHA256) != 0) {
        error_set(error, ERROR_DAMAGED, "what is kept of a file is not what came in");
        result = error_mend(error, "take a copy or a backup of the case");
    }
    return result;
}

static int check_entry(const struct opened *o, uint32_t n, const volatile bool *stop, struct evidence_check *out,
                       struct error *error)
{
    struct model_entry e = model_entry(o->model, n);
    bool beside = e.verb == VERB_DERIVED || e.verb == VERB_PROOF;
    if (!counts(&e) || !(beside || e.verb == VERB_KEPT))
        return 0;
    uint32_t record = model_field(&e, FIELD_RECORD)->at;
    struct evidence_facts facts = evidence_facts(o->model, record);
    if (!facts.held)
        return 0;
    if (!beside && n != facts.entry &&
        text_equal(model_field_text(o->model, model_field(&e, FIELD_HASH)), facts.sha256))
        return 0; /* somebody else brought the same file: one file, read once */
    struct vault_stray key = {.key = NULL};
    struct vault_reader *reader = NULL;
    int got =
        open_object(o, record, model_field_text(o->model, model_field(&e, FIELD_HASH)), beside, &key, &reader, error);
    secret_free(key.key);
    int result = got < 0 ? -1 : got == 1 ? check_object(reader, stop, out, error) : 0;
    vault_close(reader);
    out->missing += got == 0;
    out->files += got == 1 && !beside;
    out->derived += got == 1 && beside;
    if (result < 0)
        error_where(error, "%s, entry %u, record '%.*s'", o->name, n + 1,
                    TEXT_ARG(model_id(o->model, SPACE_RECORD, record)));
    return result;
}

int evidence_check_all(const struct opened *o, const volatile bool *stop, struct evidence_check *out,
                       struct error *error)
{
    *out = (struct evidence_check){0};
    int result = 0;
    for (uint32_t n = 0; result == 0 && n < model_entries(o->model); n++)
        result = check_entry(o, n, stop, out, error);
    return result;
}

int evidence_check_record(const struct opened *o, uint32_t record, const volatile bool *stop,
                          struct evidence_check *out, struct error *error)
{
    struct evidence_facts facts = evidence_facts(o->model, record);
    *out = (struct evidence_check){0};
    return facts.held ? check_entry(o, facts.entry, stop, out, error) : 0;
}
