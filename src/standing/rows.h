/* Making the rows of all that was reached, in their order; on two cores where that is all there is. */
#ifndef STANDING_ROWS_H
#define STANDING_ROWS_H

#include "standing/scratch.h"

/* Makes the rows of all claims in the scratch's reach and order, whose held and distance are settled. -1 where `stop`
 * became true. */
int rows_make(struct graph *g, const volatile bool *stop);

/* Makes what levels follow from, where it is another now: of the first `count` claims in the reach, whose lines
 * changed, and of those above a claim where it did. The rest keep their rows. s->kept has the rows as they were, by
 * claim. */
void rows_make_levels(struct graph *g, size_t count);

/* The same for a full measurement, by lanes: claims that inference or contradiction joins are in one, so that lanes
 * share no row. They are dealt alike on one core and on several, so the rows are the same to the byte. */
int rows_make_all(struct graph *g, const volatile bool *stop);

#endif
