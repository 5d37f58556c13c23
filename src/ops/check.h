/* What is odd in a case that has no fault: what a second reader would ask about.
 *
 * Nothing here is an error. Each finding names the entry it is about where there is one, and each
 * kind says what to do. Protected strings are looked at (known-as), never told. */
#ifndef OPS_CHECK_H
#define OPS_CHECK_H

#include "ops/layout.h"
#include "ops/open.h"

enum odd {
    ODD_VOICE_UNUSED,    /* a voice that never speaks, and that nothing cites, blames or asks */
    ODD_CLAIM_UNMADE,    /* a claim that nobody says or concludes */
    ODD_SAYS_AND_DENIES, /* a voice that says and denies the same claim */
    ODD_CHAIN_TWICE,     /* a chain with a voice twice */
    ODD_UNSTATED,        /* a basis that nobody has stated */
    ODD_NAME_TWICE,      /* a name written two ways, or two voices of one name */
    ODD_ID_TWICE,        /* ids that differ by a letter */
    ODD_DECLARED_ANEW,   /* an id declared again with other words */
    ODD_VOID,            /* an entry that fits no longer beside what others added */
    ODD_TERMS_LOOSENED,  /* terms loosened without the place where the source says so */
    ODD_NOT_ASKED,       /* somebody accused and not asked */
    ODD_OVERDUE,         /* an answer that was due and did not come */
    ODD_RECORD_UNUSED,   /* a record that nobody read, examined or spoke in */
    ODD_COUNT,
};

struct finding {
    enum odd odd;
    uint32_t entry;    /* from 0; MODEL_NONE: about no single entry */
    size_t at, length; /* its sentence, in the texts */
};

struct checked {
    struct finding *findings; /* by kind, then in the order of the case */
    size_t count, room;
    struct buffer texts;
};

/* `today` is YYYY-MM-DD. Needs the model alone. checked_release() in every case. */
void check_case(const struct opened *o, struct text today, struct checked *out);
void checked_release(struct checked *c);

/* "unstated", and what to do about it. */
const char *odd_word(enum odd odd);
struct text odd_mend(enum odd odd);

/* For a person: each kind with what to do, then its findings, at most some of each. */
void check_tell(const struct checked *c, const struct opened *o, const struct screen *screen, struct buffer *out);

/* For a program: {"entry":12,"odd":"unstated","what":"…"} a finding; entry null where there is none. */
void check_json(const struct checked *c, struct buffer *out);

#endif
