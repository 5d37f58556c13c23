/* The likeliest mend for a word that is not known: the nearest of those that are. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/text.h"

/* Keeps the best candidate seen so far. Start with {.word = what was met}. */
struct nearest {
    struct text word;
    struct text best; /* empty while nothing is near enough to be worth naming */
    unsigned distance;
};

/* Offers a candidate. Distance counts insertions, deletions, substitutions and swaps of
 * neighbours (optimal string alignment); worth naming up to a third of the word's length, at
 * least one, and never a rewrite of the whole. O(length²), cut off early by lengths. */
void nearest_offer(struct nearest *n, struct text candidate);

#endif
