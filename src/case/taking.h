/* A text on its way into the model: shared by take.c, which takes its entries one by one, and
 * settle.c, which checks what can only be seen at its end.
 *
 * Places are not kept, since nearly every text is without fault: a fault found at the end names its entry
 * and field, and settle_report() parses the text once more to find where they stand. */
#ifndef CASE_TAKING_H
#define CASE_TAKING_H

#include "case/inside.h"

/* A fault found at the end of a text. */
struct late {
    uint32_t entry, field; /* from the text's first entry; from the entry's first field */
    char *what, *mend;
};

/* Words that come again and again (grounds, kinds, dates), kept once for as long as they stay here. */
enum { SHARED_WORDS = 64, SHARED_MOST = 12 };

struct shared_word {
    uint32_t at, length; /* in the model's text */
};

struct taking {
    struct model *m;
    enum take take;
    struct text text; /* prepared */
    struct faults *faults;
    size_t faults_before; /* faults that were there already */
    struct shared_word shared[SHARED_WORDS];
    struct {
        uint32_t text, slots, fields, reworked;
        struct {
            uint32_t names, undeclared;
        } spaces[SPACE_COUNT];
    } before;                  /* what rolling back goes back to */
    bool titled;               /* a `case` was met */
    bool of_touched;           /* an `of` was given, or a voice's declaration retracted */
    bool dangling;             /* a pending id was not found */
    VECTOR(uint32_t) pending;  /* fields with claims that do not count as mentions: still places in the text */
    VECTOR(uint32_t) retracts; /* entries that retract another */
    VECTOR(uint32_t) closing;  /* entries that each close a ring of `of` */
    VECTOR(struct late) late;
    size_t looked_at; /* ids looked at for mends: LIMIT_NEAREST bounds it */
};

static inline bool taking_faulty(const struct taking *t)
{
    return t->faults->count + t->faults->beyond > t->faults_before;
}

/* Entries that were parsed and are not added yet, with their fields end to end. */
enum { HANDFUL = 64 };

struct handful {
    struct entry entries[HANDFUL];
    uint32_t count;
    VECTOR(struct field) fields;
};

/* ahead.c: fills a handful with the next entries of a parser; false where there are none left. */
bool handful_fill(struct handful *h, struct parser *parser);

/* ahead.c: adds all entries of the text, parsing it on another core the while. 0, or -1 where the parser met a fault, and
 * some entries may not have been added. */
int taking_ahead(struct taking *t);

/* take.c: adds a handful's entries. */
void taking_add(struct taking *t, struct handful *h);

/* take.c: marks an entry retracted, or takes that back. */
void slot_retract(struct model *m, uint32_t entry);
void slot_restore(struct model *m, uint32_t entry);

/* Checks the text as a whole; adds every fault found. */
void taking_settle(struct taking *t);

#endif
