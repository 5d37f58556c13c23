/* Dates that move without passing each other: for the twin of a case.
 *
 * All dates of a case are added, those that may be printed or are compared with a day of the reader's as fixed. Each
 * other one moves, where there is room, less than half way to its neighbours: so whatever was before, after or the same
 * as another stays so, at every precision (a month lies over its days). */
#ifndef GATE_SHIFT_H
#define GATE_SHIFT_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct shifts;

struct shifts *shifts_new(void);
void shifts_free(struct shifts *s);

/* Borrowed. What is no date of the notation is ignored. */
void shifts_add(struct shifts *s, struct text date, bool fixed);
void shifts_settle(struct shifts *s, uint64_t seed); /* O(n log n) */

/* Where a date that was added has moved to; itself where it stays. Borrowed. O(log n). */
struct text shifts_of(const struct shifts *s, struct text date);

#endif
