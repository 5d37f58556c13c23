/* One claim in sentences: who says so and how each knows, what every line rests on, who says no, who
 * was not heard, and what it would take to raise it. Policy about claims lives in standing and
 * rule; here it is only put into words. */
#ifndef OPS_EXPLAIN_H
#define OPS_EXPLAIN_H

#include "ops/layout.h"
#include "ops/open.h"
#include "ops/telling.h"
#include "rules/rule.h"

enum explain_section {
    EXPLAIN_TITLE,
    EXPLAIN_STANDING,
    EXPLAIN_FOR,
    EXPLAIN_RESTS,
    EXPLAIN_AGAINST,
    EXPLAIN_HEARING,
    EXPLAIN_TAKES,
    EXPLAIN_RULES,
    EXPLAIN_SECTIONS,
};
#define EXPLAIN_ALL ((1u << EXPLAIN_SECTIONS) - 1)

enum explain_shape {
    EXPLAIN_HEAD,
    EXPLAIN_PARAGRAPH,
    EXPLAIN_POINT,  /* of a list */
    EXPLAIN_SAID,   /* likewise; a statement */
    EXPLAIN_SOURCE, /* of the point before it: where, and in which words */
};

/* Takes a piece; the text lasts for the call. */
typedef void explain_piece(void *context, enum explain_section section, enum explain_shape shape, struct text text);

/* Needs measured rows. `sections`: a set of 1u << enum explain_section. Long lists are cut, with what is left out
 * counted. Costs what is around the claim, whatever the size of the case. */
void explain_sentences(const struct opened *o, struct rules *rules, uint32_t claim, unsigned sections,
                       explain_piece *each, void *context);

/* The same for a person at a terminal. */
void explain_claim(const struct opened *o, uint32_t claim, const struct screen *screen, struct buffer *out);

/* The first thing that keeps a claim with that row from being printed as fact; nothing where it may be. */
void explain_why(const struct opened *o, struct rules *rules, struct telling *t, uint32_t claim, const struct row *row,
                 struct buffer *out);

#endif
