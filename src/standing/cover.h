/* The smallest set of units that touches every one of some sets: a minimum hitting set.
 *
 * NP-hard as a whole and easy on what people write. Exact where the bounded search ends by itself;
 * an interval where it does not. Units that a one-unit set forces are taken, sets that contain
 * others and units that another unit dominates are dropped (Weihe's rules for covering railways,
 * 1998), what is left is split into parts that share no unit, and each part is searched by
 * iterative deepening between a packing or fractional lower bound (weak linear-programming
 * duality) and a greedy upper bound. The same sets give the same answer, in any order or not. */
#ifndef STANDING_COVER_H
#define STANDING_COVER_H

#include "standing/standing.h"

struct cover;

struct cover *cover_new(void);
void cover_free(struct cover *c);

/* Starts a new question; the last answer is gone. */
void cover_begin(struct cover *c);

/* Adds a set of `count` units, at least one; a unit may be given twice. Units are small numbers:
 * memory grows with the largest. */
void cover_set(struct cover *c, const uint32_t *units, uint32_t count);

/* The size of a smallest set of units that touches all of them; 0 where there are none. `floor` is a
 * size that is known to be needed, 0 where nothing is. *work is lowered by what it cost, in steps of about a
 * nanosecond; searching ends where it falls below 0. */
struct interval cover_solve(struct cover *c, uint32_t floor, int64_t *work);

/* The size alone, mostly sooner; cover_chosen() means nothing afterwards. */
struct interval cover_size(struct cover *c, int64_t *work);

/* The units of the best set found: cover_solve().high of them. Borrowed until cover_begin(). */
const uint32_t *cover_chosen(const struct cover *c, uint32_t *count);

#endif
