/* What was promised to each voice, and so what may be said, as of a day.
 *
 * No terms are off-record, the desk is on record, and the first terms are what was agreed. Later ones replace them, in
 * the order of the log. Terms that loosen earlier ones hold only with proof: a place in a record, or words in it, where
 * the voice says so (`at RECORD LOCATOR`, `at RECORD "WORDS"`). Without, only what both allow holds (so that whatever
 * the same entry tightens takes effect), and the gate refuses what needs the loosening, naming it. Looser is: a
 * looser term, `until` dropped or sooner (while it still holds back), `only` dropped or wider, an `as` where there was
 * none or another. Retracted and void entries count for nothing. docs/promises.md has the table. */
#ifndef GATE_TERMS_H
#define GATE_TERMS_H

#include "case/model.h"

enum term { TERM_OFF_RECORD, TERM_BACKGROUND, TERM_UNATTRIBUTED, TERM_ON_RECORD }; /* from tightest to loosest */

struct promise {
    enum term term;
    uint32_t entry;    /* that set it; MODEL_NONE: nothing was ever agreed */
    struct text until; /* held back until this date and still is, as of the day asked for; else "". A month or a
                          year holds back until it is over */
    struct text as;    /* still escaped; "" */
    const struct field
        *only; /* claims to which it is narrowed; NULL where it is not. Not NULL and none: nothing is left */
    uint32_t only_count;
    uint32_t unproven; /* a later entry that would loosen it and has no locator; MODEL_NONE */
};

struct terms;

/* As of a day, YYYY-MM-DD. Borrows the model, which must not grow meanwhile. Linear in the entries. */
struct terms *terms_new(struct model *m, struct text as_of);
void terms_free(struct terms *t);

/* The day, as far as it was given. Borrowed. */
struct text terms_as_of(const struct terms *t);

struct promise terms_of(const struct terms *t, uint32_t voice);

/* May this voice's facts be printed for this claim; its words quoted; its name printed; it be described by `as`? The
 * last two are about the voice: whether it may be named beside a claim is for terms_words() of that claim to say as
 * well. */
bool terms_facts(const struct terms *t, uint32_t voice, uint32_t claim);
bool terms_words(const struct terms *t, uint32_t voice, uint32_t claim);
bool terms_name(const struct terms *t, uint32_t voice);
bool terms_described(const struct terms *t, uint32_t voice);

/* May the page call it by its name: is it on record, or a subject (gate/subject.h)? */
bool terms_public(const struct terms *t, uint32_t voice);

/* "off-record" … */
const char *term_word(enum term t);

#endif
