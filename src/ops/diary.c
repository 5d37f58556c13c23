/* The log of a case as a diary: see diary.h. */
#include "ops/diary.h"

#include "base/memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum { NUMBER_COLUMNS = 6 };

/* By entry: which later entry retracts it, MODEL_NONE where none does. */
static uint32_t *retractions(const struct model *m)
{
    uint32_t entries = model_entries(m);
    uint32_t *by = memory_array(entries, sizeof *by);
    for (uint32_t n = 0; n < entries; n++)
        by[n] = MODEL_NONE;
    for (uint32_t n = 0; n < entries; n++) {
        struct model_entry e = model_entry(m, n);
        if (e.verb == VERB_RETRACT && !e.retracted && !e.is_void)
            by[model_retracted_entry(m, &e)] = n;
    }
    return by;
}

static void batch_line(const struct log_batch *b, const struct screen *screen, struct buffer *out)
{
    struct buffer line = {0};
    char day[40] = "";
    time_t seconds = (time_t)(b->time / 1000);
    struct tm utc;
    if (gmtime_r(&seconds, &utc))
        strftime(day, sizeof day, "%Y-%m-%d %H:%M UTC", &utc);
    buffer_format(&line, "%s  device %s, batch %" PRIu64, day, b->device, b->sequence);
    screen_paint(screen, out, TONE_HEAD, buffer_text(&line));
    buffer_char(out, '\n');
    buffer_release(&line);
}

static void note_line(const struct screen *screen, struct text note, struct buffer *out)
{
    text_blanks(NUMBER_COLUMNS + 6, out);
    screen_paint(screen, out, TONE_DOUBT, note);
    buffer_char(out, '\n');
}

/* A line as it is shown: of a draft that was printed, its first words are enough. */
static void line_text(struct text line, bool draft, struct buffer *out)
{
    enum { DRAFT_SHOWN = 72 };
    struct buffer words = {0};
    text_clean(line, &words);
    if (draft)
        text_quote(buffer_text(&words), DRAFT_SHOWN, out);
    else
        buffer_text_add(out, buffer_text(&words));
    buffer_release(&words);
}

/* The entry's number before its first line, and as many blanks before the others. */
static void entry_lines(const struct model *m, uint32_t n, struct buffer *scratch, struct buffer *out)
{
    buffer_clear(scratch);
    model_print_entry(m, n, scratch);
    struct text left = buffer_text(scratch);
    buffer_format(out, "%*" PRIu32 "  ", NUMBER_COLUMNS, n + 1);
    for (bool first = true; left.length; first = false) {
        const char *end = memchr(left.at, '\n', left.length);
        struct text line = {left.at, end ? (size_t)(end - left.at) : left.length};
        if (!first)
            text_blanks(NUMBER_COLUMNS + 2, out);
        line_text(line, first && model_entry(m, n).verb == VERB_PRINTED, out);
        buffer_char(out, '\n');
        left = (struct text){left.at + line.length + 1, end ? left.length - line.length - 1 : 0};
    }
}

int ops_diary(const struct opened *o, const struct screen *screen, struct buffer *out, struct error *error)
{
    if (!o->log) {
        error_set(error, ERROR_INPUT, "'%s' is a text, which has no log", o->name);
        return error_mend(error, "name a case file");
    }
    size_t count;
    const struct log_batch *batches = log_batches(o->log, &count);
    struct buffer scratch = {0};
    uint32_t *retracted_by = retractions(o->model);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_char(out, '\n');
        batch_line(&batches[i], screen, out);
        uint32_t end = batches[i].first_entry + batches[i].entries;
        for (uint32_t n = batches[i].first_entry; n < end && n < model_entries(o->model); n++) {
            entry_lines(o->model, n, &scratch, out);
            if (model_entry(o->model, n).is_void) {
                note_line(screen, TEXT("counts for nothing: it does not fit beside what others added"), out);
            } else if (retracted_by[n] != MODEL_NONE) {
                buffer_clear(&scratch);
                buffer_format(&scratch, "retracted by entry %" PRIu32, retracted_by[n] + 1);
                note_line(screen, buffer_text(&scratch), out);
            }
        }
    }
    free(retracted_by);
    buffer_release(&scratch);
    return 0;
}
