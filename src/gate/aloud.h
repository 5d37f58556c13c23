/* The case as it may be told aloud: what claims rest on once everything that may not be printed is left out.
 *
 * What an off-record voice told the desk counts inside the desk, and the page must stand without it. A statement or an
 * inference counts aloud if its speaker's facts may be printed for that claim, and a record's voucher if its may
 * be for any. Whoever is only cited in a chain is left in it: it is the speaker who tells, and everybody on
 * the line would still have to be right. What speaks against a claim counts whoever says it. */
#ifndef GATE_ALOUD_H
#define GATE_ALOUD_H

#include "bearing/bearing.h"
#include "gate/terms.h"

struct aloud;

/* `b` is measured. Linear in the case, and one measurement of it, where anything is left out; else only the first. */
struct aloud *aloud_new(const struct bearing *b, const struct terms *terms);
void aloud_free(struct aloud *a);

/* Borrowed until the next call of this page. */
struct row aloud_row(const struct aloud *a, uint32_t claim);

/* Does a `say`, `deny` or `infer` count aloud? */
bool aloud_counts(const struct aloud *a, uint32_t entry);

#endif
