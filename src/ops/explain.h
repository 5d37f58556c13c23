/* One claim in sentences: who says so and how each knows, what every line rests on, who says no, who
 * was not heard, and what it would take to raise it. Policy about claims lives in standing and
 * rule; here it is only put into words. */
#ifndef OPS_EXPLAIN_H
#define OPS_EXPLAIN_H

#include "ops/layout.h"
#include "ops/open.h"

/* Needs measured rows. Long lists are cut, with what is left out counted. */
void explain_claim(const struct opened *o, uint32_t claim, const struct screen *screen, struct buffer *out);

#endif
