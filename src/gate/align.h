/* How much likelier it is that two words are spellings of one name than that they are not.
 *
 * A word in one script is written in another unit by unit: "tch" for ч, "|m" for "|מ" at the start. A learned
 * table gives each unit odds; the evidence is the logarithm of the sum over all alignments of the products of
 * their odds. Nothing is normalised by length: a longer name that agrees says more.
 * Source of the model: Ristad and Yianilos 1998, trained as in McCallum, Bellare and Pereira 2005;
 * tools/learn_names.c says how. Tables: Latin with Cyrillic, Arabic, Hebrew, Latin; Cyrillic with Cyrillic. */
#ifndef GATE_ALIGN_H
#define GATE_ALIGN_H

#include "gate/letters.h"

struct align;

/* The model of two scripts, Latin or the first to be given first; NULL where there is none. Static; made at first use,
 * safe from any thread. */
const struct align *align_between(enum script a, enum script b);

/* Evidence in nats above the level that one wrong pair in a thousand reaches; at least ALIGN_NONE.
 * `a` and `b` are of the scripts of the model. O(length of a × length of b). */
double align_evidence(const struct align *m, const struct letters *a, const struct letters *b);

#define ALIGN_NONE (-50.0)

#endif
