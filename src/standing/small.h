/* A claim and all that it rests on, where that is small enough for machine words: the measures then take a few
 * microseconds together, for the graph is walked once for all of them.
 *
 * What breaks a claim is what breaking.h says: its own lines must be touched, and each inference to it needs a
 * reasoner who is wrong or a premise that is broken, too. Here lines are sets of bits, and the choices are split into
 * parts that share no unit before they are tried, so that what is apart is added up and not multiplied. */
#ifndef STANDING_SMALL_H
#define STANDING_SMALL_H

#include "standing/inside.h"

struct small;

struct small *small_new(void);
void small_free(struct small *s);

/* Takes in a claim whose own lines are in g->scratch->own, squeezed. False where it is too large; then, and until the
 * next small_load(), small_fewest() is always false. */
bool small_load(struct graph *g, uint32_t claim);

/* The exact size of a measure, known to be within `known`, into *size. False where it is not to be had cheaply. */
bool small_fewest(struct graph *g, enum measure m, struct interval known, uint32_t *size);

/* Does the measure of the claim taken in surely come out as PEOPLE does, because nothing there tells them apart? */
bool small_like_people(struct graph *g, enum measure m);

#endif
