/* What was found, put into frames (parse_answer.h), cleaned on the way. See parse.h. */
#include "parsers/parse.h"

#include "base/limits.h"

#include <unicode/utf8.h>

enum { CHUNK = 32 << 10 };

static void put_number(char *to, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        to[i] = (char)(n >> (24 - 8 * i));
}

static void frame(struct report *r, enum parse_frame kind, struct text t)
{
    char head[5] = {(char)kind};
    put_number(head + 1, (uint32_t)t.length);
    r->put(r->context, head, sizeof head);
    if (t.length)
        r->put(r->context, t.at, t.length);
}

static void frame_numbers(struct report *r, enum parse_frame kind, uint32_t a, uint32_t b)
{
    char bytes[8];
    put_number(bytes, a);
    put_number(bytes + 4, b);
    frame(r, kind, (struct text){bytes, sizeof bytes});
}

static void flush(struct report *r)
{
    if (r->text.length)
        frame(r, PARSE_TEXT, buffer_text(&r->text));
    buffer_clear(&r->text);
}

void report_start(struct report *r, void (*put)(void *, const void *, size_t), void *context)
{
    *r = (struct report){.put = put, .context = context};
    put(context, PARSE_HEAD, sizeof PARSE_HEAD - 1);
}

void report_end(struct report *r)
{
    flush(r);
    frame(r, PARSE_END, TEXT(""));
}

void report_release(struct report *r)
{
    buffer_release(&r->text);
}

void report_media(struct report *r, const char *type)
{
    frame(r, PARSE_MEDIA, text_of(type));
}

void report_note(struct report *r, enum parse_note note)
{
    char bytes[4];
    if (r->noted & UINT32_C(1) << note)
        return;
    r->noted |= UINT32_C(1) << note;
    put_number(bytes, note);
    frame(r, PARSE_NOTE, (struct text){bytes, sizeof bytes});
}

void report_size(struct report *r, uint32_t width, uint32_t height)
{
    frame_numbers(r, PARSE_SIZE, width, height);
}

void report_length(struct report *r, uint64_t milliseconds)
{
    if (milliseconds >> 48 == 0)
        frame_numbers(r, PARSE_LENGTH, (uint32_t)(milliseconds >> 32), (uint32_t)milliseconds);
}

static void frames(struct report *r, enum parse_frame kind, struct text t)
{
    while (t.length) {
        size_t length = t.length < PARSE_FRAME ? t.length : PARSE_FRAME;
        frame(r, kind, (struct text){t.at, length});
        t = (struct text){t.at + length, t.length - length};
    }
}

void report_peaks(struct report *r, const unsigned char *peaks, size_t count)
{
    frames(r, PARSE_PEAKS, (struct text){(const char *)peaks, count});
}

void report_picture(struct report *r, struct text png)
{
    frames(r, PARSE_PICTURE, png);
}

/* ---- text ---- */

/* The next character of `t`, taken off it; U+FFFD for what is none. */
static UChar32 take_character(struct text *t)
{
    UChar32 c;
    int32_t i = 0, length = t->length < 16 ? (int32_t)t->length : 16;
    U8_NEXT((const uint8_t *)t->at, i, length, c);
    *t = (struct text){t->at + i, t->length - (size_t)i};
    return c < 0 ? 0xfffd : c;
}

static bool is_control(UChar32 c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfeff;
}

static void add_character(struct buffer *out, UChar32 c)
{
    char bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    buffer_add(out, bytes, (size_t)length);
}

static void put_character(struct report *r, UChar32 c)
{
    if (r->full)
        return;
    size_t before = r->text.length;
    add_character(&r->text, c);
    r->texted += r->text.length - before;
    r->lean = c != '\n' || r->last != '\n';
    r->last = (char)(c < 0x80 ? c : 'x');
    if (r->texted > LIMIT_PARSE_TEXT - 16) {
        r->full = true;
        report_note(r, PARSE_MUCH_TEXT);
    }
    if (r->text.length >= CHUNK)
        flush(r);
}

void report_text(struct report *r, struct text t)
{
    while (t.length && !r->full) {
        UChar32 c = take_character(&t);
        if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85 || c == '\f' || c == '\v') {
            if (c == '\r' && t.length && t.at[0] == '\n')
                continue;
            c = '\n';
        }
        if (!is_control(c) || c == '\n' || c == '\t')
            put_character(r, c);
    }
}

void report_line(struct report *r)
{
    if (r->texted && r->last != '\n')
        put_character(r, '\n');
}

void report_gap(struct report *r)
{
    report_line(r);
    if (r->texted && r->lean)
        put_character(r, '\n');
}

bool report_page(struct report *r)
{
    if (r->pages >= LIMIT_PARSE_PAGES) {
        report_note(r, PARSE_MANY_PAGES);
        return false;
    }
    r->pages++;
    report_line(r);
    flush(r);
    frame(r, PARSE_PAGE, TEXT(""));
    return true;
}

/* On one line, at most PARSE_NAME bytes, of whole characters. */
static void clean(struct text t, struct buffer *out)
{
    size_t begun = out->length;
    while (t.length && out->length - begun < PARSE_NAME - U8_MAX_LENGTH) {
        UChar32 c = take_character(&t);
        bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (space && out->length > begun && out->at[out->length - 1] != ' ')
            buffer_char(out, ' ');
        else if (!space && !is_control(c))
            add_character(out, c);
    }
    while (out->length > begun && out->at[out->length - 1] == ' ')
        out->at[--out->length] = '\0';
}

void report_fact(struct report *r, const char *name, struct text value)
{
    struct buffer both = {0};
    buffer_string(&both, name);
    buffer_char(&both, '\0');
    size_t before = both.length;
    clean(value, &both);
    if (both.length > before && r->facts < LIMIT_PARSE_FACTS) {
        r->facts++;
        frame(r, PARSE_FACT, buffer_text(&both));
    }
    buffer_release(&both);
}

/* ---- files inside ---- */

bool report_child(struct report *r, struct text name)
{
    if (r->children >= LIMIT_PARSE_CHILDREN) {
        report_note(r, PARSE_MANY_CHILDREN);
        return false;
    }
    struct buffer cleaned = {0};
    clean(name, &cleaned);
    r->children++;
    frame(r, PARSE_CHILD, (struct text){cleaned.at ? cleaned.at : "", cleaned.length});
    buffer_release(&cleaned);
    return true;
}

/* Small ones may grow as they like; beyond that, what grows too much is a bomb. */
static enum parse_note too_much(const struct report *r, size_t more)
{
    enum { FREE = 64 << 20 };
    if (more > LIMIT_PARSE_OUT - r->given)
        return PARSE_LARGE_CHILDREN;
    if (r->taken && r->given + more > FREE && (r->given + more) / LIMIT_PARSE_RATIO > r->taken)
        return PARSE_BOMB;
    return PARSE_FINE;
}

bool report_bytes(struct report *r, struct text bytes)
{
    enum parse_note why = too_much(r, bytes.length);
    if (why != PARSE_FINE) {
        report_note(r, why);
        return false;
    }
    r->given += bytes.length;
    frames(r, PARSE_BYTES, bytes);
    return true;
}

void report_close(struct report *r, bool whole)
{
    frame(r, PARSE_CLOSE, whole ? TEXT("\1") : TEXT("\0"));
}
