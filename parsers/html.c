/* The words of a web page: libxml2's HTML parser, without a tree. Nothing is fetched, no script is run. */
#include "parsers/xml.h"

#include "base/limits.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

struct page {
    struct report *report;
    unsigned hidden; /* elements open that are not shown */
    bool titled, in_title;
    struct buffer title;
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

static const char *const unseen[] = {"script", "style", "template", "noscript", "svg", NULL};
static const char *const blocks[] = {
    "p",          "div", "li",     "ul",   "ol",         "dl",   "dt",  "dd",      "h1",      "h2",     "h3",
    "h4",         "h5",  "h6",     "tr",   "table",      "br",   "hr",  "article", "section", "header", "footer",
    "blockquote", "pre", "option", "form", "figcaption", "main", "nav", "aside",   "address", NULL};
static const char *const spaced[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", NULL};

static const char *attribute(const xmlChar **all, const char *name)
{
    for (; all && all[0]; all += 2)
        if (strcasecmp((const char *)all[0], name) == 0 && all[1])
            return (const char *)all[1];
    return "";
}

static void meta(struct page *p, const xmlChar **attributes)
{
    static const char *const told[] = {"author", "description", "keywords", "generator", "date", NULL};
    const char *name = attribute(attributes, "name");
    for (const char *const *t = told; *t; t++)
        if (strcasecmp(name, *t) == 0)
            report_fact(p->report, *t, text_of(attribute(attributes, "content")));
}

static void start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct page *p = context;
    const char *n = (const char *)name;
    if (is_one_of(n, unseen))
        p->hidden++;
    else if (strcasecmp(n, "title") == 0)
        p->in_title = true;
    else if (strcasecmp(n, "meta") == 0)
        meta(p, attributes);
    else if (strcasecmp(n, "img") == 0)
        report_text(p->report, text_of(attribute(attributes, "alt")));
    if (p->hidden || p->in_title)
        return;
    if (is_one_of(n, spaced))
        report_gap(p->report);
    else if (is_one_of(n, blocks))
        report_line(p->report);
}

static void end(void *context, const xmlChar *name)
{
    struct page *p = context;
    const char *n = (const char *)name;
    if (p->hidden && is_one_of(n, unseen))
        p->hidden--;
    if (strcasecmp(n, "title") == 0)
        p->in_title = false;
    if (strcasecmp(n, "td") == 0 || strcasecmp(n, "th") == 0)
        report_text(p->report, TEXT("\t"));
    if (!p->hidden && !p->in_title && is_one_of(n, blocks))
        report_line(p->report);
}

/* Runs of white space are one space, and none at the beginning of a line. */
static void text(void *context, const xmlChar *at, int length)
{
    struct page *p = context;
    if (p->in_title) {
        if (p->title.length < PARSE_NAME)
            buffer_add(&p->title, at, (size_t)length);
        return;
    }
    for (int i = 0, from = 0; !p->hidden && i <= length; i++) {
        bool space = i < length && strchr(" \t\r\n", (char)at[i]);
        if (i < length && !space)
            continue;
        report_text(p->report, (struct text){(const char *)at + from, (size_t)(i - from)});
        if (space && p->report->texted && !strchr(" \n\t", p->report->last))
            report_text(p->report, TEXT(" "));
        from = i + 1;
    }
}

static void shrug(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

void html_text(struct text utf8, struct report *r)
{
    struct page p = {.report = r};
    htmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                          .startElement = start,
                          .endElement = end,
                          .characters = text,
                          .cdataBlock = NULL,
                          .ignorableWhitespace = text,
                          .serror = shrug};
    htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!parser)
        return;
    htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_IGNORE_ENC);
    for (size_t at = 0, step; at < utf8.length && !r->full; at += step) {
        step = utf8.length - at < 4096 ? utf8.length - at : 4096;
        htmlParseChunk(parser, utf8.at + at, (int)step, 0);
        if (parser->nameNr > 100 * (int)LIMIT_PARSE_NESTING) {
            report_note(r, PARSE_DEEP);
            break;
        }
    }
    htmlParseChunk(parser, "", 0, 1);
    htmlFreeParserCtxt(parser);
    report_fact(r, "title", (struct text){p.title.at ? p.title.at : "", p.title.length});
    report_line(r);
    buffer_release(&p.title);
}

/* The encoding that `<meta charset=…>` in the first bytes names; "" where none does. */
static void declared(struct text bytes, char out[64])
{
    struct text start = {bytes.at, bytes.length < 4096 ? bytes.length : 4096};
    const char *at = text_find(start, TEXT("charset")), *end = start.at + start.length;
    out[0] = '\0';
    for (at = at ? at + 7 : end; at < end && strchr("= \"'", *at); at++)
        ;
    for (size_t i = 0; at < end && i < 63 && *at > ' ' && !strchr("\"'/>;", *at); at++) {
        out[i++] = *at;
        out[i] = '\0';
    }
}

static void decode(struct text bytes, struct buffer *out, struct report *r)
{
    char encoding[64];
    bool guessed;
    declared(bytes, encoding);
    if (encoding[0] && strncasecmp(encoding, "utf", 3) != 0 && text_convert(bytes, encoding, out))
        return;
    if (text_decode(bytes, out, &guessed) && guessed)
        report_note(r, PARSE_GUESSED);
}

void html_read(struct source *s, struct report *r)
{
    struct text all;
    struct buffer utf8 = {0};
    if (!source_all(s, r, &all))
        return;
    decode(all, &utf8, r);
    html_text(buffer_text(&utf8), r);
    buffer_release(&utf8);
}

static size_t skip_white(struct text t)
{
    size_t i = text_starts(t, TEXT("\xef\xbb\xbf")) ? 3 : 0;
    while (i < t.length && strchr(" \t\r\n", t.at[i]) && t.at[i])
        i++;
    return i;
}

bool html_begins(struct text start)
{
    static const char *const opening[] = {"<!doctype html", "<html", "<head", "<body"};
    size_t at = skip_white(start);
    while (start.length - at > 4 && memcmp(start.at + at, "<!--", 4) == 0) {
        const char *close = text_find((struct text){start.at + at, start.length - at}, TEXT("-->"));
        if (!close)
            return false;
        at = (size_t)(close + 3 - start.at);
        at += skip_white((struct text){start.at + at, start.length - at});
    }
    struct text rest = {start.at + at, start.length - at};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        if (rest.length >= strlen(opening[i]) && strncasecmp(rest.at, opening[i], strlen(opening[i])) == 0)
            return true;
    struct text head = {rest.at, rest.length < 1024 ? rest.length : 1024};
    return text_starts(head, TEXT("<?xml")) &&
           (text_find(head, TEXT("<html")) || text_find(head, TEXT("<!DOCTYPE html")));
}

void html_warm(void)
{
    struct buffer out = {0};
    xmlInitParser();
    buffer_release(&out);
}
