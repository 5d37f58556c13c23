/* Walking through XML and HTML, element by element, without a tree: libxml2.
 *
 * Nothing is fetched and no entity is ever replaced but XML's own five and numbered characters, so that nothing grows.
 * Names come without their prefix. Broken files are walked as far as they go. */
#ifndef PARSERS_XML_H
#define PARSERS_XML_H

#include "parsers/parse.h"

struct walker {
    void (*start)(void *context, const char *name);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, struct text t);
    void *context;
    struct report *report;
    const void *attributes; /* of the element that starts */
    int count;
};

/* An attribute of the element that starts, "" where it has none. Lives until start() returns. */
struct text walker_attribute(const struct walker *w, const char *name);

/* Walks through UTF-8. */
void xml_walk(struct text utf8, struct walker *w);

/* The bytes of an XML file as UTF-8: by its mark, by what it declares, or guessed. */
bool xml_decode(struct text bytes, struct buffer *out);

#endif
