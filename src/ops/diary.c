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

/* ---- an entry in a sentence ---- */

/* The ids or names of the fields of a kind, listed. */
static struct text listed(struct telling *t, const struct model_entry *e, enum field_kind kind, tell_one *one)
{
    uint32_t numbers[8] = {0};
    size_t count = 0, all = 0;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == kind && all++ < 8)
            numbers[count++] = e->fields[i].at;
    struct text list = tell_list(t, one, numbers, count, 8);
    if (all == count)
        return list;
    struct buffer *out = telling_room(t);
    words_say(out, DIARY_AND_MORE, list, tell_count(t, COUNTED_OTHER, all - count));
    return buffer_text(out);
}

/* What the first field of a kind says: a string of the case, or a word. */
static struct text string_of(struct telling *t, const struct model_entry *e, enum field_kind kind)
{
    return tell_string(t, model_field(e, kind));
}

static struct text word_of(struct telling *t, const struct model_entry *e, enum field_kind kind)
{
    return tell_word(t, model_field(e, kind));
}

/* The names of what an entry is about; "" where it is about none of that sort. */
struct about {
    struct text voice, record, claim;
};

static struct about about_of(struct telling *t, const struct model_entry *e)
{
    const struct field *voice = model_field(e, FIELD_VOICE), *record = model_field(e, FIELD_RECORD),
                       *claim = model_field(e, FIELD_CLAIM);
    return (struct about){voice ? tell_voice(t, voice->at) : TEXT(""), record ? tell_record(t, record->at) : TEXT(""),
                          claim ? tell_claim(t, claim->at) : TEXT("")};
}

/* What declares, or amends, says what it gives; an amendment that gives no name speaks of the one that holds. */
static void declared(struct telling *t, const struct model_entry *e, const struct about *a, struct buffer *out)
{
    struct text sentence = string_of(t, e, FIELD_SENTENCE);
    if (e->verb == VERB_VOICE)
        words_fill(out, model_field(e, FIELD_NAME) ? WORDS_DIARY_VOICE : WORDS_DIARY_MORE, //
                   (const struct text[]){{0}, a->voice}, 2);
    else if (e->verb == VERB_RECORD)
        words_fill(out, model_field(e, FIELD_TITLE) ? WORDS_DIARY_RECORD : WORDS_DIARY_MORE,
                   (const struct text[]){{0}, a->record}, 2);
    else if (sentence.length)
        words_say(out, DIARY_CLAIM, a->claim, sentence);
    else
        words_say(out, DIARY_MORE, a->claim);
}

static void said(struct telling *t, const struct model_entry *e, const struct about *a, struct buffer *out)
{
    if (e->verb == VERB_INFER)
        words_say(out, DIARY_INFER, a->voice, a->claim, listed(t, e, FIELD_PREMISE, tell_claim));
    else
        words_say(out, DIARY_SAY, a->claim, tell_basis(t, e));
}

static void put_out(struct telling *t, const struct model_entry *e, struct buffer *out)
{
    const struct field *record = model_field(e, FIELD_RECORD);
    struct text subject = record ? tell_record(t, record->at) : word_of(t, e, FIELD_ARTICLE);
    if (e->verb == VERB_PRINTED)
        words_say(out, DIARY_PRINTED, subject, word_of(t, e, FIELD_ON));
    else
        words_say(out, DIARY_ATTEST, string_of(t, e, FIELD_WHO), word_of(t, e, FIELD_CHECK), subject);
}

static void kept(struct telling *t, const struct model_entry *e, const struct about *a, struct buffer *out)
{
    if (e->verb == VERB_KEPT)
        words_say(out, DIARY_KEPT, a->record);
    else if (e->verb == VERB_DERIVED)
        words_say(out, DIARY_DERIVED, tell_code(t, model_field(e, FIELD_DERIVED)), a->record,
                  string_of(t, e, FIELD_MAKER));
    else if (e->verb == VERB_PROOF)
        words_say(out, DIARY_PROOF, a->record);
    else if (e->verb == VERB_LOOKED)
        words_say(out, DIARY_LOOKED, a->record);
    else
        words_say(out, DIARY_DESTROY, a->record);
}

static void between(struct telling *t, const struct model_entry *e, const struct about *a, struct buffer *out)
{
    if (e->verb == VERB_SAME)
        words_say(out, MAY_BE_ONE, listed(t, e, FIELD_VOICE, tell_voice));
    else if (e->verb == VERB_CONTRADICT)
        words_say(out, DIARY_CONTRADICT, listed(t, e, FIELD_CLAIM, tell_claim));
    else
        words_say(out, DIARY_IMPUGN, a->claim, a->voice);
}

void diary_sentence(struct telling *t, uint32_t n, struct buffer *out)
{
    struct model_entry e = model_entry(t->m, n);
    struct about a = about_of(t, &e);
    size_t from = out->length;
    switch (e.verb) {
    case VERB_CASE:
        words_say(out, DIARY_CASE, string_of(t, &e, FIELD_TITLE));
        break;
    case VERB_VOICE:
    case VERB_RECORD:
    case VERB_CLAIM:
        declared(t, &e, &a, out);
        break;
    case VERB_SAY:
    case VERB_DENY:
    case VERB_INFER:
        said(t, &e, &a, out);
        break;
    case VERB_SAME:
    case VERB_CONTRADICT:
    case VERB_IMPUGN:
        between(t, &e, &a, out);
        break;
    case VERB_TERMS:
        words_say(out, DIARY_TERMS, a.voice, tell_code(t, model_field(&e, FIELD_TERM)));
        break;
    case VERB_PROTECT:
        words_say(out, DIARY_PROTECT, a.voice);
        break;
    case VERB_ASK:
        words_say(out, DIARY_ASK, a.voice, a.claim);
        break;
    case VERB_RULE:
        words_say(out, DIARY_RULE, word_of(t, &e, FIELD_RULE));
        break;
    case VERB_PRINTED:
    case VERB_ATTEST:
        put_out(t, &e, out);
        break;
    case VERB_FORGET:
        words_say(out, DIARY_FORGET, a.voice);
        break;
    case VERB_RETRACT:
        words_say(out, DIARY_RETRACT, tell_number(t, (uint64_t)model_retracted_entry(t->m, &e) + 1));
        break;
    default:
        kept(t, &e, &a, out);
    }
    words_begin(out, from);
}
