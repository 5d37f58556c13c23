/* The one way by which markup is written: elements and attributes of a list (html.def), everything else escaped.
 *
 * A page is a row of opened and closed elements, attributes right behind the opening, and text. What is no
 * character of a text (controls, noncharacters, bytes that are not UTF-8, signs that turn the direction of what
 * follows) is written as U+FFFD, a tab or a line's end as a blank. An element that is closed out of order, or an
 * attribute out of place, is a broken invariant and aborts.
 * The feed's XML goes the same way. Nothing here knows what an article is. */
#ifndef PUBLISH_HTML_H
#define PUBLISH_HTML_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum html_element {
#define ELEMENT(id, name, how) HTML_##id,
#define ATTRIBUTE(id, name)
#define LINK_ATTRIBUTE(id, name)
#include "publish/html.def"
    HTML_ELEMENTS
};

enum html_attribute {
#define ELEMENT(id, name, how)
#define ATTRIBUTE(id, name) HTML_AT_##id,
#define LINK_ATTRIBUTE(id, name) HTML_AT_##id,
#include "publish/html.def"
    HTML_ATTRIBUTES
};

#define HTML_DEEPEST 32u /* elements open at once */

struct html {
    struct buffer *out;
    bool in_tag;  /* the newest element still takes attributes */
    bool in_void; /* and has no end of its own, which XML says in its tag */
    bool xml;
    uint8_t depth;
    uint8_t open[HTML_DEEPEST]; /* enum html_element */
};

/* Begins a document: "<!doctype html>", or the declaration of XML. */
void html_begin(struct html *h, struct buffer *out);
void html_begin_xml(struct html *h, struct buffer *out);
/* Ends it: everything must have been closed. */
void html_end(struct html *h);

/* A void element is not closed. */
void html_open(struct html *h, enum html_element e);
void html_close(struct html *h, enum html_element e);

/* Any attribute that holds no address. */
void html_attribute(struct html *h, enum html_attribute a, struct text value);
void html_number(struct html *h, enum html_attribute a, uint64_t value);
/* The same with an attribute known when this was written. */
void html_set(struct html *h, enum html_attribute a, const char *value);

/* An address of the site's own: a relative path, or "#id". What is no plain letter of a path is percent-encoded; "..",
 * slashes and '#' are taken as they are. */
void html_inward(struct html *h, enum html_attribute a, struct text path);
/* href of somebody else's page, with rel="noreferrer noopener". False, and nothing written, unless it begins with
 * https:// or http://. */
bool html_outward(struct html *h, struct text address);
/* A data: address with the bytes in base64. `mime` is of a-z 0-9 / + - . only. */
void html_data(struct html *h, enum html_attribute a, struct text mime, struct text bytes);

void html_text(struct html *h, struct text t);
void html_string(struct html *h, const char *s);

/* <style>: `css` is the program's own. */
void html_style(struct html *h, const char *css);
/* <script type="application/ld+json">: data, never run. `json` is a JSON text; "<", ">" and "&" in it, which can stand
 * only in strings, are written as JSON escapes. */
void html_data_block(struct html *h, struct text json);

/* Appends `t` as the text of a file without markup: what is no character as above. Keeps nothing else out. */
void html_plain(struct buffer *out, struct text t);

/* Reads the next character of a text as it may be written: U+FFFD for what may not, ' ' for tabs and line ends. */
uint32_t html_character(struct text t, size_t *at);

#endif
