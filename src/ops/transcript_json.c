/* What speech recognisers say, in JSON: see transcript.h.
 *
 * Whisper and those made after it: {"segments":[{"start":1.5,"end":3,"text":"…","speaker":"…"}…]}. whisper.cpp:
 * {"transcription":[{"offsets":{"from":1500,"to":3000},"text":"…"}…]}. Vosk: {"result":[{"start":1.5,"end":1.8,
 * "word":"…"}…]}, one object after another, or in a list. Lists and rows of such objects are one transcript. */
#include "ops/transcript_inside.h"

#include "base/limits.h"

#include <jansson.h>
#include <math.h>

static const double GAP = 1.0, LONGEST = 12.0; /* seconds: where words become a line of their own */
static const double MOST_SECONDS = 9999.0 * 3600;

struct json_reading {
    struct text source;
    struct transcript *out;
    struct faults *faults;
    size_t segments;
    bool stopped;
};

static void blame(struct json_reading *j, const char *what, const char *mend)
{
    faults_add(j->faults, j->source, 0, "segment %zu %s", j->segments, what);
    faults_mend(j->faults, "%s", mend);
}

static bool count_segment(struct json_reading *j)
{
    j->segments++;
    if (j->out->lines.count < LIMIT_TRANSCRIPT_LINES)
        return true;
    if (!j->stopped)
        blame(j, "is one too many", "bring the transcript in as several records");
    j->stopped = true;
    return false;
}

/* A number of seconds as milliseconds. */
static bool seconds_of(const json_t *value, uint64_t *time)
{
    double s = json_is_number(value) ? json_number_value(value) : -1;
    if (!(s >= 0 && s <= MOST_SECONDS))
        return false;
    *time = (uint64_t)llround(s * 1000);
    return true;
}

static struct text string_of(const json_t *value)
{
    return json_is_string(value) ? (struct text){json_string_value(value), json_string_length(value)} : TEXT("");
}

/* {"start","end","text"} */
static void read_segment(struct json_reading *j, const json_t *s)
{
    uint64_t start, end;
    if (!count_segment(j))
        return;
    if (!seconds_of(json_object_get(s, "start"), &start) || !seconds_of(json_object_get(s, "end"), &end)) {
        blame(j, "has no start and end in seconds", "have the recogniser write times");
        return;
    }
    if (!json_is_string(json_object_get(s, "text"))) {
        blame(j, "has no text", "have the recogniser write its words as \"text\"");
        return;
    }
    if (end < start) {
        blame(j, "ends before it starts", "correct its times");
        return;
    }
    transcript_put(j->out, start, end, string_of(json_object_get(s, "speaker")), string_of(json_object_get(s, "text")));
}

/* {"offsets":{"from","to"},"text"}, or "timestamps" as in SRT. */
static void read_piece(struct json_reading *j, const json_t *s)
{
    const json_t *offsets = json_object_get(s, "offsets"), *stamps = json_object_get(s, "timestamps");
    const json_t *from = json_object_get(offsets, "from"), *to = json_object_get(offsets, "to");
    uint64_t start, end;
    if (!count_segment(j))
        return;
    if (json_is_integer(from) && json_is_integer(to) && json_integer_value(from) >= 0 &&
        json_integer_value(to) >= json_integer_value(from) &&
        json_integer_value(to) / 1000 < (json_int_t)MOST_SECONDS) {
        start = (uint64_t)json_integer_value(from);
        end = (uint64_t)json_integer_value(to);
    } else if (!transcript_moment(string_of(json_object_get(stamps, "from")), &start) ||
               !transcript_moment(string_of(json_object_get(stamps, "to")), &end) || end < start) {
        blame(j, "has no times", "have the recogniser write \"offsets\" or \"timestamps\"");
        return;
    }
    transcript_put(j->out, start, end, string_of(json_object_get(s, "speaker")), string_of(json_object_get(s, "text")));
}

/* {"start","end","word"}…: words become lines at pauses. */
static void read_words(struct json_reading *j, const json_t *list)
{
    struct buffer line = {0};
    uint64_t first = 0, last = 0;
    buffer_string(&line, "");
    for (size_t i = 0; i < json_array_size(list) && !j->stopped; i++) {
        const json_t *w = json_array_get(list, i);
        struct text word = string_of(json_object_get(w, "word"));
        uint64_t start, end;
        if (!seconds_of(json_object_get(w, "start"), &start) || !seconds_of(json_object_get(w, "end"), &end) ||
            !word.length || end < start) {
            count_segment(j);
            blame(j, "has a word without its times", "have the recogniser write times of words");
            break;
        }
        bool pause = (double)start > (double)last + GAP * 1000 || (double)end > (double)first + LONGEST * 1000;
        if (line.length && pause) {
            if (count_segment(j))
                transcript_put(j->out, first, last, TEXT(""), buffer_text(&line));
            buffer_clear(&line);
        }
        if (!line.length)
            first = start;
        last = end > last || !line.length ? end : last;
        buffer_string(&line, line.length ? " " : "");
        buffer_text_add(&line, word);
    }
    if (line.length && count_segment(j))
        transcript_put(j->out, first, last, TEXT(""), buffer_text(&line));
    buffer_release(&line);
}

static void read_list(struct json_reading *j, const json_t *list, void (*one)(struct json_reading *, const json_t *))
{
    for (size_t i = 0; i < json_array_size(list) && !j->stopped; i++)
        one(j, json_array_get(list, i));
}

/* One object of any of these kinds; what is another says nothing. */
static void read_object(struct json_reading *j, const json_t *o)
{
    const json_t *list;
    if (json_is_array(list = json_object_get(o, "segments")))
        read_list(j, list, read_segment);
    else if (json_is_array(list = json_object_get(o, "transcription")))
        read_list(j, list, read_piece);
    else if (json_is_array(list = json_object_get(o, "result")))
        read_words(j, list);
    else if (json_is_object(o) && json_object_get(o, "start") && json_object_get(o, "text"))
        read_segment(j, o);
}

static void read_value(struct json_reading *j, const json_t *v)
{
    if (json_is_array(v))
        read_list(j, v, read_object);
    else
        read_object(j, v);
}

static size_t skip_blanks(struct text t, size_t at)
{
    while (at < t.length && (t.at[at] == ' ' || t.at[at] == '\n' || t.at[at] == '\r' || t.at[at] == '\t'))
        at++;
    return at;
}

void transcript_read_json(struct text source, struct transcript *out, struct faults *faults)
{
    struct json_reading j = {.source = source, .out = out, .faults = faults};
    if (source.length > LIMIT_TRANSCRIPT_JSON) {
        faults_add(faults, source, 0, "a transcript in JSON has at most %u MiB", LIMIT_TRANSCRIPT_JSON >> 20);
        faults_mend(faults, "have the recogniser write WebVTT or SRT");
        return;
    }
    for (size_t at = skip_blanks(source, 0); at < source.length && !j.stopped;) {
        json_error_t error;
        json_t *v = json_loadb(source.at + at, source.length - at, JSON_DISABLE_EOF_CHECK, &error);
        size_t position = error.position > 0 ? (size_t)error.position : 0;
        if (!v) {
            position = at + position < source.length ? at + position : source.length;
            faults_add(faults, source, position, "this is not JSON: %s", error.text);
            faults_mend(faults, "save the recogniser's answer whole, as it came");
            return;
        }
        read_value(&j, v);
        json_decref(v);
        at = skip_blanks(source, at + (position ? position : 1));
    }
}
