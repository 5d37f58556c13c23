/* Text for a terminal: see layout.h. */
#include "ops/layout.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

void screen_paint(const struct screen *s, struct buffer *out, enum tone tone, struct text t)
{
    if (s->paint && tone != TONE_PLAIN && t.length)
        s->paint(out, tone, t);
    else
        buffer_text_add(out, t);
}

/* The next character of `t` from byte *at on; U+FFFD for bytes that are none. */
static UChar32 next_character(struct text t, size_t *at)
{
    const uint8_t *bytes = (const uint8_t *)t.at;
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, *at, t.length, c);
    return c;
}

static bool turns_direction(UChar32 c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void text_clean(struct text t, struct buffer *out)
{
    for (size_t at = 0; at < t.length;) {
        size_t from = at;
        UChar32 c = next_character(t, &at);
        if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
            buffer_char(out, ' ');
        else if (u_charType(c) == U_CONTROL_CHAR || turns_direction(c))
            buffer_format(out, "\\u%04X", (unsigned)c);
        else if (c == 0xFFFD)
            buffer_string(out, "\xEF\xBF\xBD");
        else
            buffer_add(out, t.at + from, at - from);
    }
}

unsigned letter_columns(int32_t c)
{
    if (c >= 0x20 && c < 0x300)
        return c == 0xAD ? 0 : 1;
    int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || (c >= 0x1160 && c <= 0x11FF))
        return 0;
    int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

unsigned text_columns(struct text t)
{
    unsigned columns = 0;
    for (size_t at = 0; at < t.length;)
        columns += letter_columns(next_character(t, &at));
    return columns;
}

/* The bytes of `t` that fit into `columns` of a measure, and how many these take. */
static size_t fitting(struct text t, unsigned columns, letter_width *width, unsigned *used)
{
    size_t at = 0;
    *used = 0;
    while (at < t.length) {
        size_t behind = at;
        unsigned more = width(next_character(t, &behind));
        if (*used + more > columns)
            break;
        *used += more;
        at = behind;
    }
    return at;
}

unsigned text_cut_by(struct text t, unsigned room, letter_width *width, struct buffer *out)
{
    unsigned used, ellipsis = width(0x2026);
    size_t bytes = fitting(t, room, width, &used);
    if (bytes == t.length || room < ellipsis) {
        buffer_add(out, t.at, bytes);
        return used;
    }
    bytes = fitting(t, room - ellipsis, width, &used);
    for (; bytes > 0 && t.at[bytes - 1] == ' '; bytes--)
        used -= width(' ');
    buffer_add(out, t.at, bytes);
    buffer_string(out, "…");
    return used + ellipsis;
}

unsigned text_cut(struct text t, unsigned columns, struct buffer *out)
{
    return text_cut_by(t, columns, letter_columns, out);
}

void text_blanks(unsigned columns, struct buffer *out)
{
    for (unsigned i = 0; i < columns; i++)
        buffer_char(out, ' ');
}

void text_pad(struct text t, unsigned columns, struct buffer *out)
{
    text_blanks(columns - text_cut(t, columns, out), out);
}

/* Where to end a line that one word overfills: letters that are written without blanks part
 * anywhere; any other word stays whole, so that it can be copied. */
static size_t overlong(struct text t, size_t bytes)
{
    while (bytes < t.length && t.at[bytes] != ' ') {
        size_t behind = bytes;
        if (letter_columns(next_character(t, &behind)) == 2 && bytes > 0)
            break;
        bytes = behind;
    }
    return bytes;
}

struct text text_line_by(struct text *t, unsigned room, letter_width *width)
{
    while (t->length && *t->at == ' ')
        *t = (struct text){t->at + 1, t->length - 1};
    unsigned used;
    size_t bytes = fitting(*t, room, width, &used), end = bytes;
    if (bytes < t->length) {
        while (end > 0 && t->at[end] != ' ')
            end--;
        if (end == 0)
            end = overlong(*t, bytes);
    }
    struct text line = {t->at, end};
    *t = (struct text){t->at + end, t->length - end};
    while (line.length && line.at[line.length - 1] == ' ')
        line.length--;
    return line;
}

struct text text_line(struct text *t, unsigned columns)
{
    return text_line_by(t, columns, letter_columns);
}

void text_wrap(struct text t, unsigned width, unsigned first, unsigned rest, struct buffer *out)
{
    unsigned indent = first;
    for (;;) {
        struct text line = text_line(&t, width > indent ? width - indent : 1);
        if (!line.length)
            return;
        text_blanks(indent, out);
        buffer_text_add(out, line);
        buffer_char(out, '\n');
        indent = rest;
    }
}
