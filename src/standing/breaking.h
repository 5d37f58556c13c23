/* What it takes to break a claim, by trying what each inference can be broken by.
 *
 * A set of claims is broken together where all their own lines are touched and each inference to one of them
 * has a reasoner who is wrong or a premise that is broken, too: exactly the sets that the least fixed
 * point leaves out. So a claim costs the least, over the choices of a premise (or the reasoner) for each
 * inference met, of a smallest set that touches the own lines of all claims broken that way. Premises
 * already broken are free, which is right for rings as well. Lines are never multiplied out: what costs
 * is the sum of the premises' lines, not their product. Where the choices are too many, the implicit
 * hitting sets of circuit.h take over. */
#ifndef STANDING_BREAKING_H
#define STANDING_BREAKING_H

#include "standing/circuit.h"

struct breaking;

struct breaking *breaking_new(void);
void breaking_free(struct breaking *b);

/* The size of a smallest breaking set of the goal, within what is known already; an interval where *work
 * ran out. Lines met stay with the circuit: see circuit_forget(). */
struct interval break_goal(struct graph *g, const struct goal *goal, struct interval known, int64_t *work);

/* The best breaking set that the last call found, as units; empty where it knew enough without one. Borrowed. */
const uint32_t *breaking_units(const struct breaking *b, uint32_t *count);

#endif
