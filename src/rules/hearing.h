/* The right of reply: whom each claim accuses, and whether they were asked and have answered.
 *
 * A voice counts as asked about a claim when an `ask` about that claim was put to it, or to a voice
 * that shares a top organisation with it (its top organisation is one). It counts as having
 * answered when such a voice has said or denied the claim since: in a later entry, or on a later
 * date where both are dated; or when the `ask` has the date of an answer. */
#ifndef RULES_HEARING_H
#define RULES_HEARING_H

#include "case/model.h"

struct hearings;

/* Borrows the model, which must not grow meanwhile. */
struct hearings *hearings_new(struct model *m);
void hearings_free(struct hearings *h);

/* From now on only what these voices said counts as an answer, by voice: what a member of an organisation told the desk
 * in confidence is none. Borrowed; NULL: what anybody said. */
void hearings_answer_by(struct hearings *h, const bool *voices);

struct hearing {
    uint32_t voice;  /* accused */
    uint32_t ask;    /* entry: the last that was put to it; MODEL_NONE: it was not asked */
    uint32_t answer; /* entry: a say or a deny, or the `ask` that has the answer's date; MODEL_NONE: none */
};

/* The accused of a claim. Borrowed until the next call. O(mentions of the claim and their organisations). */
const struct hearing *hearings_of(struct hearings *h, uint32_t claim, uint32_t *count);

/* Has everybody accused been asked, and answered? Both are true where nobody is accused. */
bool hearings_asked(struct hearings *h, uint32_t claim);
bool hearings_answered(struct hearings *h, uint32_t claim);

/* The organisations above a voice that belong to none themselves; the voice where it belongs to
 * none. Borrowed until the next call. */
const uint32_t *hearings_tops(struct hearings *h, uint32_t voice, size_t *count);

/* The day of today, UTC, as YYYY-MM-DD in `room`. */
#define TODAY_ROOM 32
struct text hearings_today(char room[TODAY_ROOM]);

/* Was an answer due before `today` (YYYY-MM-DD) and none came? True for the `ask` entries of which that holds. */
bool hearings_overdue(struct hearings *h, uint32_t ask, struct text today);

/* How it is with an `ask` entry: overdue where an answer was due before `today` and none came. */
enum question { QUESTION_OVERDUE, QUESTION_OPEN, QUESTION_ANSWERED };
enum question hearings_question(struct hearings *h, uint32_t ask, struct text today);

#endif
