/* The words that stand for values: dates, places in records, counts, language tags, conditions.
 *
 * Pure functions of a word; they know nothing of entries. */
#ifndef NOTATION_VALUES_H
#define NOTATION_VALUES_H

#include "notation/grammar.h"

/* NULL where `t` is such a value, else what is wrong with it, to be read after the word:
 * "is not a date; expected YYYY, …". */
const char *value_fault(enum value v, struct text t);

/* The likeliest spelling that is such a value, added to `out`; nothing where none is likely. */
void value_mend(enum value v, struct text t, struct buffer *out);

/* The parts of a condition. */
struct condition_parts {
    bool negated;
    struct text subject, relation, number; /* the last two are empty with a flag */
    /* Where it is no condition: what was met (may be empty) and what is wrong, as in value_fault(). */
    struct text met;
    const char *fault; /* NULL where all is well */
    bool unknown;      /* the subject is neither a measure nor a flag */
};
struct condition_parts condition_split(struct text t);

#endif
