/* A first draft: what of a case may be printed, as sentences with their citations, for somebody to write an article
 * from.
 *
 * It passes the gate: whatever the gate refuses of it is left out. Claims come in the order of the case, one a
 * paragraph: as fact where the rules allow it, else as what a voice says that may be told of, with the denial where
 * there is one. */
#ifndef GATE_FIRST_DRAFT_H
#define GATE_FIRST_DRAFT_H

#include "gate/gate.h"

struct first_draft {
    uint32_t claims;   /* in it */
    uint32_t left_out; /* not to be printed yet */
    bool passes;       /* false where the gate asks for something that no sentence can mend: an attestation, say */
};

/* Adds the draft to `out`, in CommonMark. `b` is measured. */
void gate_first_draft(const struct bearing *b, struct text as_of, struct buffer *out, struct first_draft *told);

#endif
