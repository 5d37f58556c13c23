/* Taking a text into a case: see add.h. */
#include "ops/add.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/vector.h"

static void compare(struct added *a, const uint8_t *before, uint32_t claims_before)
{
    VECTOR(struct change) changes = {0};
    struct change_walk walk = {.bearing = a->opened.bearing, .before = before, .before_count = claims_before};
    struct change change;
    while (change_next(&walk, &change))
        vector_push(&changes, change);
    a->changes = changes.at;
    a->change_count = changes.count;
}

/* The log keeps the entries as the model prints them: no comments, one spelling. */
static int record(struct added *a, const volatile bool *stop, struct error *error)
{
    struct buffer notation = {0};
    for (uint32_t n = a->first; n < a->first + a->entries; n++)
        model_print_entry(a->opened.model, n, &notation);
    int result = stop && *stop ? error_set(error, ERROR_INTERRUPTED, "stopped; nothing was taken")
                 : a->entries  ? log_append(a->opened.log, buffer_text(&notation), error)
                               : 0;
    buffer_release(&notation);
    return result;
}

static int take(struct added *a, struct text text, const volatile bool *stop, struct error *error)
{
    struct opened *o = &a->opened;
    uint32_t claims_before = model_claims(o->model);
    uint8_t *before = change_levels(o->bearing);
    a->first = model_entries(o->model);
    int result = -1;
    if (model_take(o->model, text, TAKE_TEXT, &o->faults)) {
        error_set(error, ERROR_INPUT, "'%s' has faults", a->source);
        goto out;
    }
    a->entries = model_entries(o->model) - a->first;
    /* Measured first, so that stopping it leaves the case as it was. */
    if (change_measure(o->bearing, stop, error) || record(a, stop, error))
        goto out;
    compare(a, before, claims_before);
    result = 0;
out:
    free(before);
    return result;
}

int ops_add(const char *file, const char *source, const struct passphrase_source *passphrase, const volatile bool *stop,
            struct added *out, struct error *error)
{
    bool standard = strcmp(source, "-") == 0;
    struct buffer text = {0};
    *out = (struct added){.source = standard ? "standard input" : source};
    /* A file is read before the passphrase is asked for; standard input may bring the passphrase first. */
    int result = standard ? 0 : file_read(source, LIMIT_TEXT, &text, error);
    if (!result)
        result = ops_open(file, LOG_WRITE, OPEN_MEASURED, passphrase, stop, &out->opened, error);
    if (!result && standard)
        result = file_read(source, LIMIT_TEXT, &text, error);
    if (!result)
        result = take(out, buffer_text(&text), stop, error);
    buffer_release(&text);
    return result;
}

void added_release(struct added *a)
{
    opened_close(&a->opened);
    free(a->changes);
    *a = (struct added){0};
}
