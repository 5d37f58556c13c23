/* The twin of a case: the same case, in which every secret is another.
 *
 * NAME, known-as, contact, note, protected details, ids, file names, times and the words of every voice that is not on
 * record are replaced by others of another length, script and gender form; ids of on-record voices, claims and records
 * stay, and so does all that may be printed. A page that is the same for a case and its twin does not depend on a
 * secret. */
#ifndef GATE_TWIN_H
#define GATE_TWIN_H

#include "base/buffer.h"
#include "gate/terms.h"

/* Writes the twin as a text in the notation; the same `seed` gives the same twin. What is replaced is decided by
 * `terms` (as of the day of the page). Entries keep their number and order. Linear. */
void twin_write(struct model *m, const struct terms *terms, uint64_t seed, struct buffer *out);

#endif
