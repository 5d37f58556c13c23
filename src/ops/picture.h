/* What is in the picture of a claim, before anything is drawn: nodes in columns, and edges between
 * them. graph.c draws it; nothing else includes this. */
#ifndef OPS_PICTURE_H
#define OPS_PICTURE_H

#include "base/names.h"
#include "base/vector.h"
#include "ops/open.h"

enum { PICTURE_COLUMNS = 14, PICTURE_GROUND = PICTURE_COLUMNS - 1 };

enum picture_kind {
    PICTURE_CLAIM,     /* number: claim */
    PICTURE_AGAINST,   /* what the claim's denials hang from */
    PICTURE_INFERENCE, /* entry */
    PICTURE_VOICE,     /* voice */
    PICTURE_HOPS,      /* the rest of a chain too long to draw */
    PICTURE_SAW,       /* from here on: ground, in the last column */
    PICTURE_DID,
    PICTURE_UNSTATED,
    PICTURE_THING, /* record */
    PICTURE_PAPER, /* record */
    PICTURE_MORE,  /* a crowd that is not drawn */
};

struct picture_node {
    enum picture_kind kind;
    uint32_t column, number;
    uint32_t weight; /* edges that lead here or on, before any are joined */
    uint32_t hidden; /* PICTURE_MORE: how many */
    uint32_t shown;  /* itself, or the crowd it is in */
    bool keystone;
};

struct picture_edge {
    uint32_t from, to;
    bool bare;
};

struct picture {
    const struct opened *o;
    struct model *m;
    struct row row; /* of the claim: its keystones are marked */
    struct names keys;
    VECTOR(struct picture_node) nodes;
    VECTOR(struct picture_edge) edges;
    VECTOR(uint32_t) claims; /* whose statements are drawn */
    uint32_t in_part;        /* statements left out because they bear on a part alone */
};

/* What speaks for a claim, through inference too; what speaks against it. picture_release() both. */
void picture_for(struct picture *p, const struct opened *o, uint32_t claim);
void picture_against(struct picture *p, const struct opened *o, uint32_t claim);
void picture_release(struct picture *p);

#endif
