/* What a text changed: the levels of claims before and after. For whoever takes entries into a case that is measured. */
#ifndef OPS_CHANGE_H
#define OPS_CHANGE_H

#include "bearing/bearing.h"

/* The level of each claim as it stands. Yours, free(). */
uint8_t *change_levels(const struct bearing *b);

/* Makes the rows current after the model took more. Stopped: -1; the rows can then not be read. */
int change_measure(struct bearing *b, const volatile bool *stop, struct error *error);

/* Walks the claims that are new or stand on another level than `before`, in order of their numbers. */
struct change_walk {
    const struct bearing *bearing;
    const uint8_t *before;
    uint32_t before_count; /* claims then */
    uint32_t claim;        /* the next one */
};
struct change {
    uint32_t claim;
    bool is_new;         /* the claim was not there before; `from` is then LEVEL_UNHEARD */
    enum level from, to; /* they differ, unless the claim is new */
};
bool change_next(struct change_walk *w, struct change *out);

#endif
