/* What the files of find share; nobody else includes it. */
#ifndef OPS_FINDING_H
#define OPS_FINDING_H

#include "ops/find.h"

#include <pthread.h>

/* A line of a transcript within its unit. */
struct finding_mark {
    uint32_t unit, offset; /* bytes of the unit's text */
    uint64_t at, start;    /* bytes of the transcript; milliseconds */
};

/* A text that is still to be read; record UINT32_MAX: no more. */
struct finding_text {
    uint32_t record;
    enum find_text what;
};

struct statement_unit {
    uint32_t entry, unit;
};

/* Units of a record's text, in a row. */
struct text_units {
    uint32_t record, first, count;
    enum find_text what;
};

/* Units of one subject, by its number; UINT32_MAX: none. */
typedef VECTOR(uint32_t) finding_units;

struct finder {
    struct find_source source;
    const struct query *only;
    pthread_t thread;
    bool started;
    volatile bool stop;

    /* Guards what follows. Whoever asks goes first: the reader waits while `asking`. */
    pthread_mutex_t lock;
    pthread_cond_t wake; /* for the reader: something to look at, or nobody asks any more */
    unsigned asking;
    bool look, failed;
    struct error error; /* where it failed */

    struct corpus *search;
    uint32_t epoch, next, entries;            /* the next entry to read; how many there were */
    finding_units of[SPACE_COUNT];            /* the unit of a voice, record, claim */
    VECTOR(struct statement_unit) statements; /* ascending */
    VECTOR(struct text_units) texts;
    VECTOR(uint8_t) states;            /* by record: 1 << what: its text is here; 4 << what: it waits */
    VECTOR(struct finding_mark) marks; /* ascending by unit */
    VECTOR(char *) ids[SPACE_COUNT];   /* by number; NULL: not met */
    VECTOR(struct finding_text) waiting;
    size_t waited; /* of `waiting`, those that were read */
    uint32_t unread, dropped;
    bool settled;
};

/* Takes further entries of the case, for some milliseconds: true when all were read. Under the lock, between enter()
 * and leave(). */
bool finding_take(struct finder *f, const struct opened *o, uint32_t epoch);

/* Puts the text of a record into the index, in pieces. Takes the lock for each. */
void finding_put(struct finder *f, struct finding_text what, struct text t, const struct find_pages *pages);

/* Begins anew: all that was read is wiped. Under the lock. */
int finding_restart(struct finder *f);
void finding_release(struct finder *f);

/* For the reader: takes the lock once nobody asks. */
void finding_lock(struct finder *f);

#endif
