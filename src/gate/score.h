/* Whether two words, in any scripts, spell one name.
 *
 * Evidence is in nats above the level that one pair of different names in a thousand reaches; a score is the same
 * squashed to 0..1, so that NAME_SCORE_THRESHOLD is that level. Between two scripts that no model joins (Cyrillic and
 * Arabic, say), the first is written in Latin letters; between Arabic and Hebrew, and within them,
 * letters are compared one by one. */
#ifndef GATE_SCORE_H
#define GATE_SCORE_H

#include "gate/letters.h"

#include "base/text.h"

#define NAME_SCORE_THRESHOLD 0.5

/* Evidence that `a` and `b` spell one name; symmetric. O(length of a × length of b). */
double name_evidence(const struct letters *a, const struct letters *b);

double name_squash(double evidence);

/* The score of two words in UTF-8 (what is no letter is left out). Where one has no letters of a script known here it
 * is 1 for equal words and else 0. */
double name_score(struct text a, struct text b);

/* A word of another script in Latin letters, the usual English way; a copy where it is Latin already. Arabic and Hebrew
 * come without the vowels that are not written. */
void letters_in_latin(const struct letters *word, struct letters *out);

#endif
