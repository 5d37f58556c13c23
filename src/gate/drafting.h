/* A draft being read: what the files draft_*.c share and nobody else sees.
 *
 * cmark says what is what; where it stands is found by walking the source beside it (draft_flat.c), since cmark's own
 * columns are those of lines without their indent. One block at a time becomes a flat run of words (struct flat),
 * then the same without its citations (draft_cite.c), its quotations (draft_quotes.c) and its sentences
 * (draft_sentences.c). Places are bytes of `whole` until they are written into the draft. */
#ifndef GATE_DRAFTING_H
#define GATE_DRAFTING_H

#include "gate/draft.h"

#include <cmark.h>
#include <unicode/ubrk.h>
#include <unicode/utf8.h>

struct drafting {
    struct draft *d;
    struct text whole; /* the source, prepared: UTF-8, NFC, no byte order mark */
    struct faults *faults;
    size_t body;             /* where the settings end */
    uint32_t settings_lines; /* lines before it */
    VECTOR(uint32_t) lines;  /* of the body: where each starts in `whole` */
    VECTOR(bool) covered;    /* of the body: a block was made of the line, or a comment */
    struct {                 /* where the last place was, so that places are found in linear time as a whole */
        size_t offset;
        uint32_t line, column;
    } seen;
    UChar32 next_starts; /* the sign that the next paragraph starts with; 0 where none follows */
    struct text language;
    UBreakIterator *breaks; /* of sentences; NULL: ICU has none */
};

/* Line and column of a byte, both from 1; columns count characters. Cost: the bytes since the last. */
void drafting_place(struct drafting *g, size_t offset, uint32_t *line, uint32_t *column);

/* The sign that starts at `at`, 0 at the end; and the one before `*at`, which moves to where it starts. Of valid UTF-8.
 */
static inline UChar32 sign_at(struct text t, size_t at)
{
    UChar32 c = 0;
    if (at < t.length)
        U8_NEXT(t.at, at, t.length, c);
    return c;
}

static inline UChar32 sign_before(struct text t, size_t *at)
{
    if (!*at)
        return 0;
    do
        --*at;
    while (*at && ((unsigned char)t.at[*at] & 0xc0) == 0x80);
    return sign_at(t, *at);
}

/* A copy that lives as long as the draft. */
struct text drafting_keep(struct drafting *g, struct text t);

/* Words that look alike and stand together in the source too. */
struct piece {
    uint32_t at;      /* first byte in the flat text */
    uint32_t from;    /* and in `whole` */
    bool alike;       /* byte for byte the same there; else all of it stands at `from` (an entity, an escape) */
    uint8_t style;    /* SPAN_… */
    struct text href; /* kept */
};

/* A picture or sound, as it is written. Texts are kept. */
struct picture_mark {
    uint32_t from;
    bool linked;
    struct text record, alt, caption;
};

/* The words of one block: without markup, and where they stand. */
struct flat {
    struct buffer text;
    VECTOR(struct piece) pieces;
    VECTOR(uint32_t) brackets; /* where brackets stand that are no escapes, ascending */
    VECTOR(struct picture_mark) pictures;
    size_t end; /* in `whole`: behind the last word */
};

void flat_clear(struct flat *f);
void flat_release(struct flat *f);
/* Adds bytes that stand at `from`. */
void flat_add(struct flat *f, struct text t, struct piece like);
/* The piece that a byte belongs to, and the byte's place in `whole`. */
const struct piece *flat_piece(const struct flat *f, uint32_t at);
size_t flat_source(const struct flat *f, uint32_t at);

/* Reads the words of a paragraph or a heading of level `level` (0: a paragraph), `quoted` if in a block quote. False,
 * with a fault, where what cmark gives and what is written cannot be brought together: reference definitions. Other
 * faults (code, HTML, links) leave words to go on with. */
bool flat_read(struct drafting *g, cmark_node *block, bool quoted, struct flat *f);

/* A citation with its place in the words without it. */
struct cite {
    uint32_t at;
    size_t from;
    struct text claim, voice;
};
typedef VECTOR(struct cite) cites;

/* Takes the citations out of `f`, with the blank before each, and joins blanks. */
void cites_take(struct drafting *g, const struct flat *f, struct flat *out, cites *c);

/* The words between outermost quotation marks; and every mark that opens. Ascending. */
struct quoted_words {
    uint32_t start, end;
};
struct quotes {
    VECTOR(struct quoted_words) words;
    VECTOR(uint32_t) openers;
};
void quotes_find(struct drafting *g, const struct flat *f, struct quotes *out);

/* Where sentences end: ascending, the last is the text's end. */
typedef VECTOR(uint32_t) sentence_ends;
void sentences_open(struct drafting *g); /* chooses rules by g->language */
void sentences_close(struct drafting *g);
void sentences_find(struct drafting *g, struct text t, const struct quotes *q, sentence_ends *ends);

/* Writes a block's sentences into the draft; returns how many. */
uint32_t sentences_write(struct drafting *g, const struct flat *f, const cites *c);

/* Reads the settings at the top, if there are any, and moves g->body behind them. */
void settings_read(struct drafting *g);

#endif
