/* The twin of a case: the same case, in which everything that a page must not depend on is another.
 *
 * A page that is the same for a case and its twin, to the last byte, does not depend on a secret. docs/leaks.md says
 * what is replaced and what stays; what is replaced is decided by the terms as of the day of the page.
 *
 * Replaced: every id of a voice (but `desk`), a record and a claim; NAME and known-as of voices that are not on
 * record; contact, note, protected details and reasons of all; words that may not be quoted; descriptions that may not
 * be printed; paths, titles, addresses and dates of what protected voices brought, made or said; the case's title;
 * whatever was amended or retracted since. Replacements have another length, script and gender form and sort
 * differently; notes, contacts and further names may appear where there were none, and go where there were some. Kept:
 * the number and order of entries, everything that standing, terms, rules and hearings follow from, and what may be
 * printed. Dates move only as far as none passes another. */
#ifndef GATE_TWIN_H
#define GATE_TWIN_H

#include "base/buffer.h"
#include "gate/terms.h"

/* Writes the twin as a text in the notation, to be taken as a log (TAKE_LOG); the same `seed` gives the same twin.
 * Voices, records and claims have the same numbers in both. Entries × log of the dates. */
void twin_write(struct model *m, const struct terms *terms, uint64_t seed, struct buffer *out);

/* A draft on the case made one on its twin: the ids in citations (`[c4 ana]`) and pictures (`![…](record …)`) replaced
 * as twin_write() replaces them. Nothing else changes. Linear. */
void twin_draft(const struct model *m, uint64_t seed, struct text draft, struct buffer *out);

#endif
