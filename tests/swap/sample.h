/* Random cases and random drafts on them, for the swap: made so that many drafts pass the gate.
 *
 * A case has voices under every kind of promise (again and again, proven or not, held back, narrowed), records with
 * files, statements at second and third hand, denials, hearings, details to protect, articles that went out and what
 * was attested; names are of several scripts. Two drafts of one seed cite it in the ways that its terms allow. */
#ifndef TESTS_SWAP_SAMPLE_H
#define TESTS_SWAP_SAMPLE_H

#include "gate/invent.h"
#include "gate/terms.h"

#define SAMPLE_DAY "2031-06-01"

/* The case as a text in the notation. The same seed gives the same one. */
void sample_case(uint64_t seed, struct buffer *out);

/* A draft on it, as article `number` (0 or 1). */
void sample_draft(struct model *m, const struct terms *terms, uint64_t seed, unsigned number, struct buffer *out);

#endif
