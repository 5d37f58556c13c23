/* A draft: an article as it was written, in CommonMark with citations, taken apart.
 *
 * Knows the form alone: which sentences there are, what each cites, which words it quotes. Whether a claim exists,
 * stands or may be said is the gate's affair. HTML and comments are never kept; HTML is a fault, comments are dropped.
 * Faults are collected as for the notation: line and column, what was met, what was expected, the mend; all at once.
 * docs/draft.md is the manual. */
#ifndef GATE_DRAFT_H
#define GATE_DRAFT_H

#include "base/buffer.h"
#include "base/text.h"
#include "base/vector.h"
#include "notation/fault.h"

#include <stdbool.h>
#include <stdint.h>

/* `[c4]`, `[c4 ana]`, `[desk]`. Ids are as written. */
struct citation {
    struct text claim, voice; /* voice "": as fact; claim "": [desk] */
    uint32_t line, column;
};

/* Words in quotation marks of any language, without the marks. */
struct quotation {
    uint32_t start, end; /* bytes of its sentence's text */
};

/* A run of a sentence that looks alike. */
struct draft_span {
    uint32_t start, end; /* bytes of its sentence's text */
    uint8_t style;       /* SPAN_… of publish/article.h */
    struct text href;
};

struct sentence {
    struct text text; /* as it will be read: no marks, no citations, blanks joined, NFC */
    uint32_t line, column;
    bool desk; /* marked [desk], or in a paragraph that opens with [desk] */
    uint32_t first_citation, citations, first_quotation, quotations, first_span, spans;
};

enum draft_kind {
    DRAFT_HEADLINE,
    DRAFT_STANDFIRST,
    DRAFT_PARAGRAPH,
    DRAFT_HEADING,
    DRAFT_PULL_QUOTE,
    DRAFT_ITEM,
    DRAFT_MEDIA
};

struct draft_block {
    enum draft_kind kind;
    uint8_t level;
    bool ordered;
    uint32_t first, count; /* sentences; of DRAFT_MEDIA, media */
    uint32_t line;
};

struct draft_media {
    struct text record, alt, caption;
    uint32_t line, column;
};

/* `name: value` lines between two lines `---` at the very top: language, slug, byline, translation-of, date. */
struct draft_setting {
    struct text name, value;
    uint32_t line;
};

struct draft {
    VECTOR(struct draft_block) blocks;
    VECTOR(struct sentence) sentences;
    VECTOR(struct citation) citations;
    VECTOR(struct quotation) quotations;
    VECTOR(struct draft_span) spans;
    VECTOR(struct draft_media) media;
    VECTOR(struct draft_setting) settings;
    VECTOR(char *) kept;
};

/* 0, or -1 where there are faults. Linear. `language` decides where sentences end; a setting in the draft goes before
 * it. */
int draft_read(struct text source, struct text language, struct draft *out, struct faults *faults);
void draft_release(struct draft *d);

/* A setting's value, or "". */
struct text draft_setting(const struct draft *d, const char *name);

#endif
