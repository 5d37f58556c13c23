/* Taking a text into a case: see add.h. */
#include "ops/add.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/vector.h"

/* The level of each claim as it stands. */
static uint8_t *levels_of(const struct opened *o)
{
    uint32_t claims = model_claims(o->model);
    uint8_t *levels = memory_array(claims, sizeof *levels);
    for (uint32_t c = 0; c < claims; c++)
        levels[c] = (uint8_t)standing_row(bearing_graph(o->bearing), c).level;
    return levels;
}

static int measure_again(struct opened *o, const volatile bool *stop, struct error *error)
{
    if (!bearing_update(o->bearing))
        standing_update(bearing_graph(o->bearing));
    else if (standing_measure(bearing_graph(o->bearing), stop))
        return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was taken");
    return 0;
}

static void compare(struct added *a, const uint8_t *before, uint32_t claims_before)
{
    VECTOR(struct added_change) changes = {0};
    for (uint32_t c = 0; c < model_claims(a->opened.model); c++) {
        struct added_change change = {.claim = c, .is_new = c >= claims_before};
        change.from = change.is_new ? LEVEL_UNHEARD : (enum level)before[c];
        change.to = standing_row(bearing_graph(a->opened.bearing), c).level;
        if (change.is_new || change.from != change.to)
            vector_push(&changes, change);
    }
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
    uint8_t *before = levels_of(o);
    a->first = model_entries(o->model);
    int result = -1;
    if (model_take(o->model, text, TAKE_TEXT, &o->faults)) {
        error_set(error, ERROR_INPUT, "'%s' has faults", a->source);
        goto out;
    }
    a->entries = model_entries(o->model) - a->first;
    /* Measured first, so that stopping it leaves the case as it was. */
    if (measure_again(o, stop, error) || record(a, stop, error))
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
