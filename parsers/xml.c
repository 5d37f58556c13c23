/* XML, walked through: see xml.h. */
#include "parsers/xml.h"

#include "base/limits.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
                  const xmlChar **space, int count, int defaulted, const xmlChar **attributes)
{
    struct walker *w = context;
    (void)prefix;
    (void)uri;
    (void)spaces;
    (void)space;
    (void)defaulted;
    w->attributes = attributes;
    w->count = count;
    if (w->start)
        w->start(w->context, (const char *)name);
    w->attributes = NULL;
    w->count = 0;
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct walker *w = context;
    (void)prefix;
    (void)uri;
    if (w->end)
        w->end(w->context, (const char *)name);
}

static void text(void *context, const xmlChar *at, int length)
{
    struct walker *w = context;
    if (w->text && length > 0)
        w->text(w->context, (struct text){(const char *)at, (size_t)length});
}

static xmlEntityPtr only_its_own(void *context, const xmlChar *name)
{
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void entity(void *context, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                   xmlChar *content)
{
    struct walker *w = context;
    (void)name;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    report_note(w->report, PARSE_EXPANDS);
}

static void shrug(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

struct text walker_attribute(const struct walker *w, const char *name)
{
    const xmlChar *const *at = w->attributes;
    for (int i = 0; at && i < w->count; i++, at += 5)
        if (strcmp((const char *)at[0], name) == 0)
            return (struct text){(const char *)at[3], (size_t)(at[4] - at[3])};
    return TEXT("");
}

void xml_walk(struct text utf8, struct walker *w)
{
    xmlParserCtxtPtr parser = utf8.length && utf8.length < INT32_MAX ? xmlNewParserCtxt() : NULL;
    if (!parser)
        return;
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = start;
    parser->sax->endElementNs = end;
    parser->sax->characters = parser->sax->cdataBlock = parser->sax->ignorableWhitespace = text;
    parser->sax->getEntity = only_its_own;
    parser->sax->entityDecl = entity;
    parser->sax->serror = shrug;
    parser->userData = w;
    xmlDocPtr none = xmlCtxtReadMemory(parser, utf8.at, (int)utf8.length, NULL, "UTF-8",
                                       XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (parser->nameNr > (int)LIMIT_PARSE_NESTING - 2)
        report_note(w->report, PARSE_DEEP);
    else if (!parser->wellFormed)
        report_note(w->report, PARSE_BROKEN);
    if (none)
        xmlFreeDoc(none);
    xmlFreeParserCtxt(parser);
}

/* What `encoding="…"` in the first line says; "" where it says nothing. */
static void declared(struct text bytes, char out[64])
{
    struct text line = {bytes.at, bytes.length < 256 ? bytes.length : 256};
    const char *close = line.length ? memchr(line.at, '>', line.length) : NULL;
    out[0] = '\0';
    line.length = close ? (size_t)(close - line.at) : 0;
    const char *at = text_find(line, TEXT("encoding"));
    const char *end = line.length ? line.at + line.length : line.at;
    if (!at)
        return;
    while (at < end && *at != '"' && *at != '\'')
        at++;
    for (size_t i = 0; at + 1 < end && i < 63 && *++at != '"' && *at != '\'';) {
        out[i++] = *at;
        out[i] = '\0';
    }
}

bool xml_decode(struct text bytes, struct buffer *out)
{
    char encoding[64];
    bool guessed;
    declared(bytes, encoding);
    bool says_eight = !encoding[0] || strncasecmp(encoding, "utf", 3) == 0;
    if (!says_eight && text_convert(bytes, encoding, out))
        return true;
    return text_decode(bytes, out, &guessed);
}

/* ---- any XML: its words ---- */

static void put_text(void *context, struct text t)
{
    report_text(context, t);
}

void xml_read(struct source *s, struct report *r)
{
    struct text all;
    struct buffer utf8 = {0};
    struct walker w = {.text = put_text, .context = r, .report = r};
    if (source_all(s, r, &all) && xml_decode(all, &utf8))
        xml_walk(buffer_text(&utf8), &w);
    buffer_release(&utf8);
}
