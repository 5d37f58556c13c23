/* What was promised to each voice, and so what may be said, as of a day.
 *
 * Terms that loosen earlier ones hold only with a locator in a record where the voice says so (`at RECORD LOCATOR`,
 * or WORDS); without, the earlier ones still hold and the gate refuses what needs the loosening, naming it. No terms
 * are off-record. The desk is on record. docs/promises.md has the table. */
#ifndef GATE_TERMS_H
#define GATE_TERMS_H

#include "case/model.h"

enum term { TERM_OFF_RECORD, TERM_BACKGROUND, TERM_UNATTRIBUTED, TERM_ON_RECORD }; /* from tightest to loosest */

struct promise {
    enum term term;
    uint32_t entry;           /* that set it; MODEL_NONE: nothing was ever agreed */
    struct text until;        /* held back until this day and still is, as of the day asked for; else "" */
    struct text as;           /* still escaped; "" */
    const struct field *only; /* claims to which it is narrowed */
    uint32_t only_count;
    uint32_t unproven; /* a later entry that would loosen it and has no locator; MODEL_NONE */
};

struct terms;

/* As of a day, YYYY-MM-DD. Borrows the model, which must not grow meanwhile. Linear in the entries. */
struct terms *terms_new(struct model *m, struct text as_of);
void terms_free(struct terms *t);

struct promise terms_of(const struct terms *t, uint32_t voice);

/* May this voice's facts be printed for this claim; its words quoted; its name printed; it be described by `as`? */
bool terms_facts(const struct terms *t, uint32_t voice, uint32_t claim);
bool terms_words(const struct terms *t, uint32_t voice, uint32_t claim);
bool terms_name(const struct terms *t, uint32_t voice);
bool terms_described(const struct terms *t, uint32_t voice);

/* "off-record" … */
const char *term_word(enum term t);

#endif
