/* What the files that explain a claim share: explain.c tells what is, raise.c what it hangs on and
 * what it would take. Nothing else includes this. */
#ifndef OPS_EXPLAINING_H
#define OPS_EXPLAINING_H

#include "base/vector.h"
#include "ops/explain.h"
#include "ops/telling.h"

struct kept_line {
    size_t first, count; /* in line_voices */
    bool firm;
};

struct explaining {
    const struct opened *o;
    struct model *m;
    struct graph *g;
    uint32_t claim;
    struct row row; /* its keystones are a copy: trying what confirming would do moves those of the graph */
    uint32_t *keystones;
    struct rules *rules;
    struct telling *t;
    const uint32_t *mentions; /* entries about the claim */
    uint32_t mention_count;
    VECTOR(struct kept_line) lines; /* the first of them */
    VECTOR(uint32_t) line_voices;   /* of the graph */
    bool all_lines;                 /* these are all there are */
    struct buffer line;             /* the paragraph that is being made */
    enum explain_section section;
    enum words head; /* of the section; WORDS_COUNT: none */
    bool headed;     /* it was handed over */
    explain_piece *each;
    void *context;
};

/* What comes from here on belongs there, under that heading. */
void explain_section(struct explaining *x, enum explain_section section, enum words head);

/* Hands over what was put together, if anything was; as a point of a list it begins as a sentence does. */
void explain_flush(struct explaining *x, enum explain_shape shape);
void explain_point(struct explaining *x);

/* Does an entry of that verb, in force, make or deny the claim (not merely use it)? */
bool explain_concerns(const struct explaining *x, uint32_t entry, enum verb verb);

/* Who would all have to be wrong, and why some count as one. */
void explain_breaking(struct explaining *x);

/* What it would take to raise it; what the rules allow. */
void explain_raise(struct explaining *x);
void explain_rules(struct explaining *x);

#endif
