/* Reading a claim's lines out of the pools. */
#ifndef STANDING_GATHER_H
#define STANDING_GATHER_H

#include "standing/inside.h"

/* What was met on the way. */
struct gathered {
    unsigned marks; /* of all voices on firm lines for the claim, together */
    uint32_t hops;  /* the least of the firm lines for it; GRAPH_NONE where there is none */
};

/* Adds the claim's own lines (not those that inference gives) to `with` and `against`; either may be NULL. Lines
 * through a voice that is out are left out. Linear in them. */
struct gathered gather(const struct graph *g, uint32_t claim, struct lines *with, struct lines *against);

/* The voices of the line at `line`, written behind `out`. False where one is out. */
bool gather_line(const struct graph *g, uint32_t line, words *out);

/* Is a voice on this line (its words) out? */
static inline bool line_out(const struct graph *g, const uint32_t *line)
{
    for (const uint32_t *member = line + LINE_MEMBERS;; member += 2) {
        if (g->marks.at[line_voice(member)] & VOICE_OUT)
            return true;
        if (*member & MEMBER_LAST)
            return false;
    }
}

/* Is nobody on this inference out? */
static inline bool infer_stands(const struct graph *g, const uint32_t *infer)
{
    uint32_t reasoner = infer[INFER_REASONER];
    return reasoner == GRAPH_NONE || !(g->marks.at[reasoner] & VOICE_OUT);
}

/* Goes through the inferences to a claim; `infer` points at each one's words. */
#define each_infer(g, claim_side, infer)                                                                               \
    for (const uint32_t *infer = (g)->infers.at + (claim_side)->infers; infer != (g)->infers.at;                       \
         infer = (g)->infers.at + infer[INFER_NEXT])

#endif
