/* Writing JSON: see json.h. */
#include "base/json.h"

void json_value(struct buffer *out)
{
    char last = out->length ? out->at[out->length - 1] : '\n';
    if (last != '{' && last != '[' && last != ':' && last != '\n')
        buffer_char(out, ',');
}

void json_open(struct buffer *out, char bracket)
{
    json_value(out);
    buffer_char(out, bracket);
}

void json_close(struct buffer *out, char bracket)
{
    buffer_char(out, bracket);
}

void json_key(struct buffer *out, const char *name)
{
    json_value(out);
    buffer_char(out, '"');
    buffer_string(out, name);
    buffer_string(out, "\":");
}

/* The length of the UTF-8 sequence at the front, 0 where it is none (Unicode, table 3-7). */
static size_t sequence(const unsigned char *at, size_t left)
{
    unsigned char first = at[0], low = 0x80, high = 0xBF;
    size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length < 2)
        return length;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (left < length || at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

static bool plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>';
}

/* A character that cannot stand as it is; how many bytes of the text it was. */
static size_t escape(struct buffer *out, const unsigned char *at, size_t left)
{
    size_t length = sequence(at, left);
    if (length == 0) {
        buffer_string(out, "\xEF\xBF\xBD");
        return 1;
    }
    if (length == 1 && (*at == '"' || *at == '\\')) {
        buffer_char(out, '\\');
        buffer_char(out, (char)*at);
    } else if (length == 1) {
        buffer_format(out, "\\u%04x", *at);
    } else if (length == 3 && at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9)) {
        buffer_format(out, "\\u20%02x", at[2] - 0x80);
    } else {
        buffer_add(out, at, length);
    }
    return length;
}

void json_text(struct buffer *out, struct text t)
{
    const unsigned char *at = (const unsigned char *)t.at;
    json_value(out);
    buffer_reserve(out, t.length + 2);
    buffer_char(out, '"');
    for (size_t i = 0; i < t.length;) {
        size_t from = i;
        while (i < t.length && plain(at[i]))
            i++;
        buffer_add(out, at + from, i - from);
        if (i < t.length)
            i += escape(out, at + i, t.length - i);
    }
    buffer_char(out, '"');
}

void json_number(struct buffer *out, uint64_t n)
{
    json_value(out);
    buffer_number(out, n);
}

void json_bool(struct buffer *out, bool b)
{
    json_value(out);
    buffer_string(out, b ? "true" : "false");
}

void json_none(struct buffer *out)
{
    json_value(out);
    buffer_string(out, "null");
}

void json_text_field(struct buffer *out, const char *name, struct text t)
{
    json_key(out, name);
    json_text(out, t);
}

void json_field(struct buffer *out, const char *name, struct text t)
{
    if (t.length)
        json_text_field(out, name, t);
}

void json_number_field(struct buffer *out, const char *name, uint64_t n)
{
    json_key(out, name);
    json_number(out, n);
}

void json_bool_field(struct buffer *out, const char *name, bool b)
{
    json_key(out, name);
    json_bool(out, b);
}
