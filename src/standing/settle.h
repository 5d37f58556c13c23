/* What is known of inferred claims before they are measured: whether they have a line at all, and how far the
 * nearest firm ground is. */
#ifndef STANDING_SETTLE_H
#define STANDING_SETTLE_H

#include "standing/scratch.h"

/* Sets `held` and `distance` of one part of the order: a claim whose premises are done, or a ring of
 * claims whose other premises are. Both are least fixed points: nothing grounds itself. Linear in the part's lines and
 * inferences, but for a ring, where a claim is looked at again each time that a premise got nearer. */
void settle_part(struct graph *g, const uint32_t *claims, uint32_t count);

/* The same for a claim without inferences. */
void settle_flat(struct graph *g, uint32_t claim);

#endif
