/* The writer of markup: what is on the list is written, what is text is escaped, what is neither aborts. */
#include "publish/html.h"

#include "publish/base64.h"

#include <stdlib.h>
#include <unicode/utf8.h>

enum { P, B, V }; /* flows, on a line of its own, void */

static const struct {
    const char *name;
    uint8_t how;
} elements[] = {
#define ELEMENT(id, name, how) {name, how},
#define ATTRIBUTE(id, name)
#define LINK_ATTRIBUTE(id, name)
#include "publish/html.def"
};

static const struct {
    const char *name;
    bool link;
} attributes[] = {
#define ELEMENT(id, name, how)
#define ATTRIBUTE(id, name) {name, false},
#define LINK_ATTRIBUTE(id, name) {name, true},
#include "publish/html.def"
};

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* ---- characters ---- */

static bool is_character(UChar32 c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return false;
    if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        return false;
    return (c & 0xfffe) != 0xfffe && !(c >= 0xfdd0 && c <= 0xfdef);
}

uint32_t html_character(struct text t, size_t *at)
{
    UChar32 c;
    size_t i = *at;
    U8_NEXT(t.at, i, t.length, c);
    *at = i;
    if (c == '\t' || c == '\n' || c == '\r')
        return ' ';
    return is_character(c) ? (uint32_t)c : 0xfffd;
}

static void character_add(struct buffer *out, uint32_t c)
{
    uint8_t bytes[U8_MAX_LENGTH];
    size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    buffer_add(out, bytes, length);
}

static void escaped(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.length;) {
        uint32_t c = html_character(t, &i);
        if (c == '&')
            buffer_string(out, "&amp;");
        else if (c == '<')
            buffer_string(out, "&lt;");
        else if (c == '>')
            buffer_string(out, "&gt;");
        else if (c == '"')
            buffer_string(out, "&quot;");
        else
            character_add(out, c);
    }
}

void html_plain(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.length;)
        character_add(out, html_character(t, &i));
}

/* ---- elements ---- */

static void end_tag(struct html *h)
{
    if (h->in_tag)
        buffer_string(h->out, h->xml && h->in_void ? "/>" : ">");
    h->in_tag = false;
}

void html_begin(struct html *h, struct buffer *out)
{
    *h = (struct html){.out = out};
    buffer_string(out, "<!doctype html>");
}

void html_begin_xml(struct html *h, struct buffer *out)
{
    *h = (struct html){.out = out, .xml = true};
    buffer_string(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>");
}

void html_end(struct html *h)
{
    must(h->depth == 0);
    end_tag(h);
    buffer_char(h->out, '\n');
}

void html_open(struct html *h, enum html_element e)
{
    must(e < HTML_ELEMENTS && h->depth < HTML_DEEPEST);
    end_tag(h);
    if (elements[e].how != P && h->out->length)
        buffer_char(h->out, '\n');
    buffer_char(h->out, '<');
    buffer_string(h->out, elements[e].name);
    h->in_tag = true;
    h->in_void = elements[e].how == V;
    h->open[h->depth++] = (uint8_t)e;
    if (h->in_void)
        h->depth--;
}

void html_close(struct html *h, enum html_element e)
{
    must(h->depth && h->open[h->depth - 1] == e);
    end_tag(h);
    h->depth--;
    buffer_string(h->out, "</");
    buffer_string(h->out, elements[e].name);
    buffer_char(h->out, '>');
}

/* ---- attributes ---- */

static void attribute_open(struct html *h, enum html_attribute a, bool link)
{
    must(h->in_tag && a < HTML_ATTRIBUTES && attributes[a].link == link);
    buffer_char(h->out, ' ');
    buffer_string(h->out, attributes[a].name);
    buffer_string(h->out, "=\"");
}

void html_attribute(struct html *h, enum html_attribute a, struct text value)
{
    attribute_open(h, a, false);
    escaped(h->out, value);
    buffer_char(h->out, '"');
}

void html_set(struct html *h, enum html_attribute a, const char *value)
{
    html_attribute(h, a, text_of(value));
}

void html_number(struct html *h, enum html_attribute a, uint64_t value)
{
    attribute_open(h, a, false);
    buffer_number(h->out, value);
    buffer_char(h->out, '"');
}

static bool in_a_path(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~/#", c));
}

static void address_add(struct buffer *out, struct text address, bool (*plain)(unsigned char))
{
    for (size_t i = 0; i < address.length; i++) {
        unsigned char c = (unsigned char)address.at[i];
        if (!plain(c))
            buffer_format(out, "%%%02X", c);
        else if (c == '&')
            buffer_string(out, "&amp;");
        else
            buffer_char(out, (char)c);
    }
}

void html_inward(struct html *h, enum html_attribute a, struct text path)
{
    attribute_open(h, a, true);
    address_add(h->out, path, in_a_path);
    buffer_char(h->out, '"');
}

/* RFC 3986: unreserved and reserved signs, and the percent of what is encoded already. */
static bool in_an_address(unsigned char c)
{
    return in_a_path(c) || (c && strchr("%:/?#[]@!$&'()*+,;=", c));
}

bool html_outward(struct html *h, struct text address)
{
    if (!text_starts(address, TEXT("https://")) && !text_starts(address, TEXT("http://")))
        return false;
    attribute_open(h, HTML_AT_HREF, true);
    address_add(h->out, address, in_an_address);
    buffer_char(h->out, '"');
    html_set(h, HTML_AT_REL, "noreferrer noopener");
    return true;
}

void html_data(struct html *h, enum html_attribute a, struct text mime, struct text bytes)
{
    attribute_open(h, a, true);
    buffer_string(h->out, "data:");
    for (size_t i = 0; i < mime.length; i++) {
        char c = mime.at[i];
        must((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("/+-.", c)));
        buffer_char(h->out, c);
    }
    buffer_string(h->out, ";base64,");
    base64_add(h->out, bytes);
    buffer_char(h->out, '"');
}

/* ---- text ---- */

void html_text(struct html *h, struct text t)
{
    end_tag(h);
    escaped(h->out, t);
}

void html_string(struct html *h, const char *s)
{
    html_text(h, text_of(s));
}

void html_style(struct html *h, const char *css)
{
    html_open(h, HTML_STYLE);
    end_tag(h);
    buffer_string(h->out, css);
    html_close(h, HTML_STYLE);
}

void html_data_block(struct html *h, struct text json)
{
    html_open(h, HTML_SCRIPT);
    html_set(h, HTML_AT_TYPE, "application/ld+json");
    end_tag(h);
    for (size_t i = 0; i < json.length; i++) {
        char c = json.at[i];
        if (c == '<' || c == '>' || c == '&')
            buffer_format(h->out, "\\u%04x", c);
        else
            buffer_char(h->out, c);
    }
    html_close(h, HTML_SCRIPT);
}
