/* What claims rest on, as numbers: the graph that standing is a function of.
 *
 * Voices and claims are numbers from 0. A line is a set of voices who must all be right for a claim
 * to hold by that path; a claim's lines come from statements, and from inferences over other
 * claims. No names, no I/O, no case: what the numbers mean is the caller's affair.
 * docs/standing.md defines the measures and explains the algorithms. */
#ifndef STANDING_GRAPH_H
#define STANDING_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAPH_NONE UINT32_MAX
#define GRAPH_MOST (UINT32_C(1) << 30) /* voices, and claims, at the most */

struct graph;

struct graph *graph_new(void);
void graph_free(struct graph *g);

/* New ones; return the next number. */
uint32_t graph_voice(struct graph *g);
uint32_t graph_claim(struct graph *g);
uint32_t graph_voices(const struct graph *g);
uint32_t graph_claims(const struct graph *g);

/* `voice` belongs to the organisation `top_or_other`. `of` must have no rings. */
void graph_of(struct graph *g, uint32_t voice, uint32_t organisation);

/* Two voices may be one person. The group goes by the root of `keep` from then on. */
uint32_t graph_root(const struct graph *g, uint32_t voice);
void graph_same(struct graph *g, uint32_t keep, uint32_t lose);
/* The next of those who may be that person: they are a ring, of one where nobody else may be. */
uint32_t graph_mate(const struct graph *g, uint32_t voice);

/* What a statement gives a claim: */
enum line_side { SIDE_FOR, SIDE_AGAINST }; /* a say, a deny */
struct line {
    enum line_side side;
    bool firm;              /* false: nobody has said how the end of the chain knows */
    uint32_t hops;          /* a firm line's distance from what the desk has to firm ground */
    const uint32_t *voices; /* at least one; may repeat */
    size_t count;
};
void graph_line(struct graph *g, uint32_t claim, const struct line *line);

/* `reasoner` (GRAPH_NONE: the desk) concludes `claim` from the premises together: at least one, none
 * twice, none the claim itself. */
void graph_infer(struct graph *g, uint32_t claim, uint32_t reasoner, const uint32_t *premises, size_t count);

/* At most one of the two is so. */
void graph_contradict(struct graph *g, uint32_t a, uint32_t b);

/* If the claim has a line, the voice is not to be relied on. */
void graph_impugn(struct graph *g, uint32_t voice, uint32_t claim);

/* Gives back memory that growing left over: for a graph that was just built as a whole. */
void graph_trim(struct graph *g);

#endif
