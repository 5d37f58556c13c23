/* Forgetting a voice: see forget.h. */
#include "ops/forget.h"

#include "base/vector.h"

#include <strings.h>

static bool is_string(enum field_kind kind)
{
    return kind >= FIELD_TITLE;
}

/* Is the entry one whose protected strings are under this voice's key? */
static bool is_of(const struct model_entry *e, uint32_t voice)
{
    const struct field *about = model_field(e, FIELD_VOICE);
    return (e->verb == VERB_VOICE || e->verb == VERB_PROTECT) && about && about->at == voice;
}

static bool is_guarded(const struct model_entry *e, const struct field *f, uint32_t voice)
{
    return is_of(e, voice) && field_protected(e->verb, (enum field_kind)f->kind);
}

static void find_strings(struct forgetting *f, struct buffer *plain, size_t **ends)
{
    VECTOR(struct forgotten) found = {0};
    VECTOR(size_t) end = {0};
    for (uint32_t n = 0; n < model_entries(f->opened.model); n++) {
        struct model_entry e = model_entry(f->opened.model, n);
        for (uint32_t i = 0; i < e.count; i++) {
            if (!is_guarded(&e, &e.fields[i], f->voice) || e.fields[i].forgotten)
                continue;
            notation_unescape(model_field_text(f->opened.model, &e.fields[i]), plain);
            vector_push(&end, plain->length);
            vector_push(&found, (struct forgotten){n, (enum field_kind)e.fields[i].kind});
        }
    }
    f->strings = found.at;
    f->string_count = found.count;
    *ends = end.at;
}

static bool contains(struct text t, struct text wanted)
{
    for (size_t i = 0; wanted.length && i + wanted.length <= t.length; i++)
        if (strncasecmp(t.at + i, wanted.at, wanted.length) == 0)
            return true;
    return false;
}

/* Does the entry say one of the strings where forgetting does not reach? */
static bool says(const struct forgetting *f, const struct model_entry *e, struct buffer *scratch,
                 const struct buffer *plain, const size_t *ends)
{
    for (uint32_t i = 0; i < e->count; i++) {
        const struct field *field = &e->fields[i];
        if (!is_string((enum field_kind)field->kind) || is_guarded(e, field, f->voice))
            continue;
        buffer_clear(scratch);
        notation_unescape(model_field_text(f->opened.model, field), scratch);
        for (size_t s = 0, from = 0; s < f->string_count; from = ends[s++])
            if (contains(buffer_text(scratch), (struct text){plain->at + from, ends[s] - from}))
                return true;
    }
    return false;
}

static void find_clear(struct forgetting *f, const struct buffer *plain, const size_t *ends)
{
    VECTOR(uint32_t) clear = {0};
    struct buffer scratch = {0};
    for (uint32_t n = 0; n < model_entries(f->opened.model); n++) {
        struct model_entry e = model_entry(f->opened.model, n);
        if (says(f, &e, &scratch, plain, ends))
            vector_push(&clear, n);
    }
    buffer_release(&scratch);
    f->clear = clear.at;
    f->clear_count = clear.count;
}

static int find_voice(struct forgetting *f, const char *voice, struct error *error)
{
    f->voice = model_find(f->opened.model, SPACE_VOICE, text_of(voice));
    if (f->voice != MODEL_NONE)
        return 0;
    struct text near = model_nearest(f->opened.model, SPACE_VOICE, text_of(voice));
    error_set(error, ERROR_MISSING, "there is no voice '%s'", voice);
    if (near.length)
        error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near));
    return -1;
}

int ops_forget_prepare(const char *file, const char *voice, const struct passphrase_source *passphrase,
                       const volatile bool *stop, struct forgetting *out, struct error *error)
{
    *out = (struct forgetting){.voice = MODEL_NONE};
    if (ops_open(file, LOG_WRITE, OPEN_MODEL, passphrase, stop, &out->opened, error) || find_voice(out, voice, error))
        return -1;
    struct buffer plain = {0};
    size_t *ends = NULL;
    find_strings(out, &plain, &ends);
    find_clear(out, &plain, ends);
    free(ends);
    buffer_release(&plain);
    if (out->string_count)
        return 0;
    error_set(error, ERROR_MISSING, "nothing is kept under voice '%s' that could be destroyed", voice);
    return error_mend(error, "known-as, contact and note of a voice are, and what 'protect' names");
}

int ops_forget(struct forgetting *f, struct error *error)
{
    struct buffer entry = {0};
    struct text id = model_id(f->opened.model, SPACE_VOICE, f->voice);
    buffer_format(&entry, "forget %.*s\n", TEXT_ARG(id));
    int result = log_append(f->opened.log, buffer_text(&entry), error);
    buffer_release(&entry);
    return result;
}

void forgetting_release(struct forgetting *f)
{
    opened_close(&f->opened);
    free(f->strings);
    free(f->clear);
    *f = (struct forgetting){0};
}

static int append_destroy(const struct take_case *into, const char *record, struct log **log, struct error *error)
{
    const struct opened *o = into->begin(into->context, error);
    struct buffer entry = {0};
    if (!o)
        return -1;
    *log = o->log;
    buffer_format(&entry, "destroy %s\n", record);
    int result = into->append(into->context, buffer_text(&entry), error);
    buffer_release(&entry);
    into->end(into->context);
    return result;
}

static int look_for_file(const struct take_case *into, const char *record, uint64_t *bytes, struct error *error)
{
    const struct opened *o = into->begin(into->context, error);
    if (!o)
        return -1;
    uint32_t number = model_find(o->model, SPACE_RECORD, text_of(record));
    struct evidence_facts facts = {.held = false};
    if (number != MODEL_NONE)
        facts = evidence_facts(o->model, number);
    *bytes = facts.size;
    into->end(into->context);
    if (facts.held)
        return 0;
    error_set(error, ERROR_MISSING, number == MODEL_NONE ? "there is no record '%s'" : "record '%s' has no file",
              record);
    return error_mend(error, "'bearout log' says which records have one: those with 'kept'");
}

int ops_destroy(const struct take_case *into, const char *record, bool (*sure)(void *context), void *context,
                uint64_t *bytes, struct error *error)
{
    struct log *log = NULL;
    if (look_for_file(into, record, bytes, error) < 0)
        return -1;
    if (sure && !sure(context)) {
        error_set(error, ERROR_INPUT, "nothing was destroyed");
        return error_mend(error, "answer y, or say --yes");
    }
    /* With the entry the key is gone; what is cleared away then nobody can read any more. */
    return append_destroy(into, record, &log, error) < 0 ? -1 : log_sweep_files(log, error);
}
