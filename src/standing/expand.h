/* Writing out the lines that inference gives a claim, where they are not too many. */
#ifndef STANDING_EXPAND_H
#define STANDING_EXPAND_H

#include "standing/scratch.h"

#define FAMILY_LINES 512u  /* lines of a claim that are written out at the most, */
#define FAMILY_WORDS 8192u /* and words; beyond, the claim is implicit: see circuit.h */

/* Makes the families and distances of one part of the order: a claim whose premises are done, or a
 * ring of claims whose other premises are. */
void expand_part(struct graph *g, const uint32_t *claims, uint32_t count);

/* The minimal lines of a claim, where they can be written out: its family, or its own lines reduced
 * into `room`. Returns false where they can not. */
bool lines_of(const struct graph *g, uint32_t claim, struct lines *room);

#endif
