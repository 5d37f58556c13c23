/* Reading WebVTT and SubRip, and printing WebVTT: see transcript.h.
 *
 * Both are blocks of lines with empty lines between: an id or number, a line of times, the words. They are read by one
 * reader that takes either's spelling of a time, since files in the wild mix them. */
#include "ops/transcript.h"

#include "base/limits.h"
#include "notation/notation.h"
#include "ops/transcript_inside.h"

#include <stdlib.h>

enum { MOST_HOURS = 9999, SPEAKER_MOST = 200, TAG_MOST = 2048 };

/* ---- lines ---- */

struct reading {
    struct text source;
    size_t at; /* of the next line */
    struct text line;
    size_t line_at;
    struct transcript *out;
    struct faults *faults;
    bool full;
};

/* The next line without its end: LF, CR LF, or CR. */
static bool next_line(struct reading *r)
{
    struct text s = r->source;
    if (r->at >= s.length)
        return false;
    size_t end = r->at;
    while (end < s.length && s.at[end] != '\n' && s.at[end] != '\r')
        end++;
    r->line = (struct text){s.at + r->at, end - r->at};
    r->line_at = r->at;
    r->at = end + (end < s.length);
    if (end + 1 < s.length && s.at[end] == '\r' && s.at[end + 1] == '\n')
        r->at++;
    return true;
}

static bool is_blank(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (t.at[i] != ' ' && t.at[i] != '\t')
            return false;
    return true;
}

static size_t find(struct text t, const char *needle)
{
    size_t n = strlen(needle);
    for (size_t i = 0; i + n <= t.length; i++)
        if (memcmp(t.at + i, needle, n) == 0)
            return i;
    return t.length;
}

/* ---- times ---- */

static bool digits(const char **at, const char *end, unsigned most, uint64_t *value, unsigned *count)
{
    *value = 0;
    for (*count = 0; *at < end && **at >= '0' && **at <= '9' && *count < most; ++*count)
        *value = *value * 10 + (uint64_t)(*(*at)++ - '0');
    return *count > 0;
}

/* 1:02:03.450, 02:03,45, 02:03: what was read of `*at`, in milliseconds. */
static bool read_time(const char **at, const char *end, uint64_t *time)
{
    uint64_t part[3] = {0}, fraction = 0;
    unsigned parts = 0, count;
    for (;;) {
        if (parts == 3 || !digits(at, end, 4, &part[parts], &count))
            return false;
        parts++;
        if (*at == end || **at != ':')
            break;
        ++*at;
    }
    if (*at < end && (**at == '.' || **at == ',')) {
        ++*at;
        if (!digits(at, end, 3, &fraction, &count))
            return false;
        for (; count < 3; count++)
            fraction *= 10;
        while (*at < end && **at >= '0' && **at <= '9')
            ++*at;
    }
    uint64_t hours = parts == 3 ? part[0] : 0, minutes = parts > 1 ? part[parts - 2] : 0, seconds = part[parts - 1];
    if (parts < 2 || seconds > 59 || (minutes > 59 && parts == 3) || hours > MOST_HOURS)
        return false;
    *time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
    return true;
}

bool transcript_moment(struct text t, uint64_t *time)
{
    const char *at = t.at;
    return t.length && read_time(&at, t.at + t.length, time) && at == t.at + t.length;
}

static struct text trim(struct text t)
{
    while (t.length && (t.at[0] == ' ' || t.at[0] == '\t'))
        t.at++, t.length--;
    while (t.length && (t.at[t.length - 1] == ' ' || t.at[t.length - 1] == '\t'))
        t.length--;
    return t;
}

/* "00:01.000 --> 00:02.500 align:left": false with a fault where it is none. */
static bool read_times(struct reading *r, uint64_t *start, uint64_t *end)
{
    size_t arrow = find(r->line, "-->");
    struct text first = trim((struct text){r->line.at, arrow}),
                second = trim((struct text){r->line.at + arrow + 3, r->line.length - arrow - 3});
    const char *at = first.at;
    if (!read_time(&at, first.at + first.length, start) || at != first.at + first.length) {
        faults_add(r->faults, r->source, (size_t)(first.at - r->source.at), "'%.*s' is not a time",
                   TEXT_ARG(((struct text){first.at, first.length < 40 ? first.length : 40})));
        faults_mend(r->faults, "write hours, minutes and seconds as 00:12:15.500");
        return false;
    }
    at = second.at;
    if (!read_time(&at, second.at + second.length, end) ||
        (at < second.at + second.length && *at != ' ' && *at != '\t')) {
        faults_add(r->faults, r->source, (size_t)(second.at - r->source.at), "what follows --> is not a time");
        faults_mend(r->faults, "write hours, minutes and seconds as 00:12:15.500");
        return false;
    }
    if (*end < *start) {
        faults_add(r->faults, r->source, (size_t)(second.at - r->source.at), "it ends before it starts");
        faults_mend(r->faults, "put the earlier time first");
        return false;
    }
    return true;
}

/* ---- words ---- */

static struct transcript_line *add_line(struct transcript *t, uint64_t start, uint64_t end, size_t at)
{
    vector_push(&t->lines, (struct transcript_line){.start = start, .end = end, .at = at});
    return &t->lines.at[t->lines.count - 1];
}

/* The name of a speaker ends here; a long one is cut, so that it can be printed as a tag and read again. */
static void cut_speaker(struct transcript *out, struct transcript_line *l)
{
    size_t length = out->words.length - l->speaker;
    if (length > SPEAKER_MOST)
        for (length = SPEAKER_MOST; length && ((unsigned char)out->words.at[l->speaker + length] & 0xc0) == 0x80;)
            length--;
    while (length && out->words.at[l->speaker + length - 1] == ' ')
        length--;
    out->words.length = l->speaker + length;
    l->speaker_length = length;
}

void transcript_put(struct transcript *out, uint64_t start, uint64_t end, struct text speaker, struct text words)
{
    struct transcript_line *l = add_line(out, start, end < start ? start : end, 0);
    l->speaker = out->words.length;
    transcript_clean(out, trim(speaker));
    cut_speaker(out, l);
    l->text = out->words.length;
    transcript_clean(out, trim(words));
    l->text_length = out->words.length - l->text;
}

void transcript_clean(struct transcript *out, struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if ((unsigned char)t.at[i] >= ' ' && t.at[i] != 0x7f)
            buffer_char(&out->words, t.at[i]);
        else if (out->words.length && out->words.at[out->words.length - 1] != ' ')
            buffer_char(&out->words, ' ');
}

/* One of WebVTT's escapes at the front: its bytes, and what it stands for. */
static size_t escape(struct text t, const char **as)
{
    static const struct {
        const char *from, *to;
    } escapes[] = {{"&amp;", "&"},   {"&lt;", "<"},       {"&gt;", ">"},       {"&nbsp;", " "},
                   {"&quot;", "\""}, {"&lrm;", "\u200e"}, {"&rlm;", "\u200f"}, {"&#39;", "'"}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        *as = escapes[i].to;
        if (text_starts(t, text_of(escapes[i].from)))
            return strlen(escapes[i].from);
    }
    return 0;
}

/* A tag at the front, <i>, </c>, <v Ana>, <00:01.000>: its bytes; 0 where it is none, but a sign that was meant. */
static size_t tag(struct text t)
{
    if (t.length < 3 || t.at[0] != '<')
        return 0;
    char first = t.at[1];
    bool named = first == '/' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                 (first >= '0' && first <= '9');
    for (size_t i = 1; named && i < t.length && i < TAG_MOST; i++)
        if (t.at[i] == '>')
            return i + 1;
    return 0;
}

static bool is_voice(struct text tag)
{
    return tag.length > 3 && tag.at[1] == 'v' && (tag.at[2] == ' ' || tag.at[2] == '.' || tag.at[2] == '\t');
}

/* Adds a stretch of words without tags and escapes. */
static void put_words(struct transcript *out, struct text t)
{
    for (size_t i = 0; i < t.length;) {
        struct text rest = {t.at + i, t.length - i};
        const char *as;
        size_t n = tag(rest);
        if (!n && (n = escape(rest, &as)) != 0)
            buffer_string(&out->words, as);
        else if (!n)
            transcript_clean(out, (struct text){t.at + i, n = 1});
        i += n;
    }
}

/* The name in <v.loud Ana>. */
static struct text voice_name(struct text tag)
{
    struct text t = {tag.at + 2, tag.length - 3};
    while (t.length && t.at[0] != ' ' && t.at[0] != '\t')
        t.at++, t.length--;
    return trim(t);
}

struct cue {
    uint64_t start, end;
    struct transcript_line *line; /* NULL: none begun */
};

static void begin(struct reading *r, struct cue *c, struct text speaker, size_t at)
{
    c->line = add_line(r->out, c->start, c->end, at);
    c->line->speaker = r->out->words.length;
    put_words(r->out, speaker);
    cut_speaker(r->out, c->line);
    c->line->text = r->out->words.length;
}

static void finish(struct reading *r, struct cue *c)
{
    if (c->line)
        c->line->text_length = r->out->words.length - c->line->text;
}

/* Words of a cue up to the next voice. A line that shows nothing is none. */
static void put_stretch(struct reading *r, struct cue *c, struct text t)
{
    struct buffer *words = &r->out->words;
    if (!c->line && is_blank(t))
        return;
    if (!c->line)
        begin(r, c, TEXT(""), (size_t)(t.at - r->source.at));
    size_t before = words->length;
    if (before > c->line->text && t.at == r->line.at)
        buffer_char(words, '\n');
    size_t start = words->length;
    put_words(r->out, t);
    if (is_blank((struct text){words->at + start, words->length - start}))
        words->length = before;
}

/* A line of words: where a voice is named, a line of the transcript begins. */
static void put_line(struct reading *r, struct cue *c)
{
    size_t from = 0;
    for (size_t i = 0; i < r->line.length;) {
        struct text rest = {r->line.at + i, r->line.length - i};
        size_t n = tag(rest);
        if (n && is_voice((struct text){rest.at, n})) {
            put_stretch(r, c, (struct text){r->line.at + from, i - from});
            finish(r, c);
            from = i + n;
            begin(r, c, voice_name((struct text){rest.at, n}), r->line_at + from);
        }
        i += n ? n : 1;
    }
    put_stretch(r, c, (struct text){r->line.at + from, r->line.length - from});
}

/* ---- the whole ---- */

static bool too_many(struct reading *r)
{
    if (r->out->lines.count < LIMIT_TRANSCRIPT_LINES)
        return false;
    faults_add(r->faults, r->source, r->line_at, "a transcript has at most %u lines", LIMIT_TRANSCRIPT_LINES);
    faults_mend(r->faults, "bring it in as several records");
    return true;
}

static bool is_heading(struct text line)
{
    return text_starts(line, TEXT("NOTE")) || text_equal(line, TEXT("STYLE")) || text_equal(line, TEXT("REGION"));
}

static void skip_block(struct reading *r)
{
    while (next_line(r) && !is_blank(r->line))
        ;
}

/* A block that is neither a note nor has times in its first two lines. */
static void blame_block(struct reading *r)
{
    faults_add(r->faults, r->source, r->line_at, "a line of times is missing here");
    faults_mend(r->faults, "write 00:12:15.500 --> 00:12:18.000 above the words");
    skip_block(r);
}

static void read_block(struct reading *r)
{
    struct cue c = {0};
    if (is_heading(r->line) && find(r->line, "-->") == r->line.length) {
        skip_block(r);
        return;
    }
    if (find(r->line, "-->") == r->line.length) {
        struct reading before = *r;
        if (!next_line(r) || find(r->line, "-->") == r->line.length) {
            *r = before;
            blame_block(r);
            return;
        }
    }
    if (too_many(r)) {
        r->at = r->source.length;
        return;
    }
    if (!read_times(r, &c.start, &c.end)) {
        skip_block(r);
        return;
    }
    while (next_line(r) && !is_blank(r->line))
        put_line(r, &c);
    finish(r, &c);
}

static void read_blocks(struct reading *r, bool webvtt)
{
    if (webvtt && next_line(r)) /* WEBVTT, and what stands beneath it */
        while (r->line.length && next_line(r) && !is_blank(r->line))
            if (find(r->line, "-->") < r->line.length) {
                read_block(r);
                break;
            }
    while (next_line(r))
        if (!is_blank(r->line))
            read_block(r);
}

static int by_start(const void *a, const void *b)
{
    const struct transcript_line *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

/* Lines without words say nothing; the others are put in order. */
static void settle(struct transcript *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->lines.count; i++)
        if (t->lines.at[i].text_length)
            t->lines.at[kept++] = t->lines.at[i];
    t->lines.count = kept;
    if (kept)
        qsort(t->lines.at, kept, sizeof *t->lines.at, by_start);
}

static bool looks_like_json(struct text t)
{
    size_t i = 0;
    while (i < t.length && (t.at[i] == ' ' || t.at[i] == '\n' || t.at[i] == '\r' || t.at[i] == '\t'))
        i++;
    return i < t.length && (t.at[i] == '{' || t.at[i] == '[');
}

static int check(struct text t, struct faults *faults)
{
    if (t.length <= LIMIT_TRANSCRIPT)
        return 0;
    faults_add(faults, t, 0, "a transcript has at most %u MiB", LIMIT_TRANSCRIPT >> 20);
    faults_mend(faults, "bring it in as several records");
    return -1;
}

int transcript_read(struct text source, struct transcript *out, struct faults *faults)
{
    size_t before = faults->count + faults->beyond;
    struct buffer scratch = {0};
    struct text ready;
    *out = (struct transcript){0};
    buffer_string(&out->words, "");
    if (check(source, faults) || notation_prepare(source, &scratch, &ready, faults)) {
        buffer_release(&scratch);
        return -1;
    }
    struct reading r = {.source = ready, .out = out, .faults = faults};
    if (looks_like_json(ready))
        transcript_read_json(ready, out, faults);
    else
        read_blocks(&r, text_starts(ready, TEXT("WEBVTT")));
    settle(out);
    if (!out->lines.count && faults->count + faults->beyond == before) {
        faults_add(faults, ready, 0, "there are no words with times in it");
        faults_mend(faults, "bring in WebVTT, SRT, or the JSON of a speech recogniser");
    }
    buffer_release(&scratch);
    return faults->count + faults->beyond == before ? 0 : -1;
}

void transcript_release(struct transcript *t)
{
    vector_release(&t->lines);
    if (t->words.at)
        explicit_bzero(t->words.at, t->words.room);
    buffer_release(&t->words);
}

/* ---- printing ---- */

static void print_time(uint64_t ms, struct buffer *out)
{
    buffer_format(out, "%02llu:%02llu:%02llu.%03llu", (unsigned long long)(ms / 3600000),
                  (unsigned long long)(ms / 60000 % 60), (unsigned long long)(ms / 1000 % 60),
                  (unsigned long long)(ms % 1000));
}

static void print_words(struct text t, struct buffer *out)
{
    for (size_t i = 0; i < t.length; i++)
        if (t.at[i] == '&')
            buffer_string(out, "&amp;");
        else if (t.at[i] == '<')
            buffer_string(out, "&lt;");
        else if (t.at[i] == '>')
            buffer_string(out, "&gt;");
        else
            buffer_char(out, t.at[i]);
}

void transcript_print(const struct transcript *t, struct buffer *out)
{
    buffer_string(out, "WEBVTT\n");
    for (size_t i = 0; i < t->lines.count; i++) {
        const struct transcript_line *l = &t->lines.at[i];
        buffer_char(out, '\n');
        print_time(l->start, out);
        buffer_string(out, " --> ");
        print_time(l->end, out);
        buffer_char(out, '\n');
        if (l->speaker_length) {
            buffer_string(out, "<v ");
            print_words(transcript_speaker(t, l), out);
            buffer_char(out, '>');
        }
        print_words(transcript_text(t, l), out);
        buffer_char(out, '\n');
    }
}

/* ---- locators ---- */

bool transcript_time(struct text locator, uint64_t *start, uint64_t *end)
{
    const char *at = locator.at, *stop = locator.at + locator.length;
    if (!locator.length || !read_time(&at, stop, start))
        return false;
    *end = *start;
    if (at == stop)
        return true;
    return *at++ == '-' && read_time(&at, stop, end) && at == stop && *end >= *start;
}

size_t transcript_lines(const struct transcript *t, uint64_t start, uint64_t end, size_t *count)
{
    const uint64_t second = 1000; /* a moment is as long as that: locators say no less */
    size_t first = 0, behind;
    if (start == end)
        while (first + 1 < t->lines.count && t->lines.at[first + 1].start < start + second)
            first++;
    else
        while (first + 1 < t->lines.count && t->lines.at[first].end <= start && t->lines.at[first + 1].start <= start)
            first++;
    for (behind = first; start != end && behind < t->lines.count && t->lines.at[behind].start < end;)
        behind++;
    *count = t->lines.count ? (behind > first ? behind - first : 1) : 0;
    return first;
}
