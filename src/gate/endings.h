/* The forms of a word that one name takes in a sentence: cases, possessives, prefixed articles.
 *
 * endings.def is the table: which ending stands for which, in which script. A word of a text gives the names that it
 * may be a form of; none of them need exist. Endings go by script, not by language: nobody says in which one a text is.
 */
#ifndef GATE_ENDINGS_H
#define GATE_ENDINGS_H

#include "gate/letters.h"

#define BASES_MOST 16u

struct base {
    struct letters letters;
    float cost; /* nats by which this form is less likely to be meant than the word itself */
};

/* What a word may be a form of, itself first (cost 0). `word` is plain (words.h); `full` has its apostrophes. */
unsigned bases_read(const struct letters *word, const struct letters *full, struct base out[BASES_MOST]);

/* Other names that one person goes by: a woman's form of a family name and a man's, a patronymic and the father's name.
 * Itself first. */
unsigned bases_of_name(const struct letters *name, struct base out[BASES_MOST]);

#endif
