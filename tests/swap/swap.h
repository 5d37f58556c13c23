/* One case with its drafts, through the gate to a site; and the same once more for a twin of it. */
#ifndef TESTS_SWAP_SWAP_H
#define TESTS_SWAP_SWAP_H

#include "gate/gate.h"
#include "gate/terms.h"

#define SWAP_DRAFTS 2u

struct opened_case {
    struct model *model;
    struct bearing *bearing;
    struct terms *terms;
};

/* Aborts with the faults where the text is none of a case: it is the test's own. */
void case_open(struct opened_case *c, struct text text);
void case_close(struct opened_case *c);

/* What was let out of a case. */
struct outcome {
    struct gate_answer answers[SWAP_DRAFTS];
    uint32_t passed; /* how many of the drafts */
    struct site site;
};

/* Passes drafts through the gate, and what it lets out to the page writer. Without secrets, as for a twin, what is
 * refused on account of them passes. Pictures get their bytes by their record's number, so that they are the same
 * whatever a record is called. */
void publish(const struct opened_case *c, const struct buffer *drafts, uint32_t count, bool with_secrets,
             bool single_file, struct outcome *out);
void outcome_release(struct outcome *o, uint32_t count);

/* Publishes the twin by `seed` and compares. True where it differs, with where. */
bool swap_differs(const struct opened_case *c, const struct buffer *drafts, uint32_t count, const struct outcome *own,
                  bool single_file, uint64_t seed, struct buffer *where);

/* The publication has another name from now on. Borrowed. */
void site_called(struct text name);

/* What gate_site() says of it. */
void check_site(const struct opened_case *c, const struct buffer *drafts, uint32_t count, const struct outcome *o,
                struct gate_answer *out);

#endif
