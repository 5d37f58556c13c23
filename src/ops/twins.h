/* Names and ids that are nearly the same: for finding what was written two ways.
 *
 * Two are equal when their letters and digits are, whatever their case, accents and punctuation. They are near
 * when one letter was added, left out or changed, or two neighbours swapped; never by a digit, for
 * `interview-1` and `interview-2` are two things. Near ones are found among those of five letters
 * and more. O(n log n) in all letters, by the deletions they share (as in W. Garbe's SymSpell). */
#ifndef OPS_TWINS_H
#define OPS_TWINS_H

#include "base/text.h"

#include <stdint.h>

struct twins;

struct twins *twins_new(void);
void twins_free(struct twins *t);

/* A name of `owner`, who may have several; `tag` is handed back. */
void twins_add(struct twins *t, struct text name, uint32_t owner, uint32_t tag);

struct twin {
    uint32_t owner, tag;
};

/* Calls `each` once for every two names of different owners that are equal or near, in the order in
 * which they were added. Among many alike names only the nearest in order are compared. */
void twins_find(struct twins *t, void (*each)(void *context, struct twin a, struct twin b, bool equal), void *context);

#endif
