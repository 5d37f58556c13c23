/* In which order inferred claims are to be measured: premises first, rings together. */
#ifndef STANDING_ORDER_H
#define STANDING_ORDER_H

#include "standing/scratch.h"

/* Of the claims that are marked in s->in_reach and listed in s->reach, puts those that inference
 * gives lines into s->order, so that a claim comes after its premises, and the end of each
 * part into s->parts: a part of more than one claim is a ring. Tarjan's strongly connected components
 * (1972) with a stack of its own. Linear in claims and inferences. */
void order_inferred(struct graph *g);

#endif
