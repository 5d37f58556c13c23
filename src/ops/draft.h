/* A first draft of an article, from what of a case may be printed. */
#ifndef OPS_DRAFT_H
#define OPS_DRAFT_H

#include "gate/first_draft.h"
#include "ops/open.h"

/* Adds the draft to `out`. `o` is measured; `as_of` is YYYY-MM-DD, NULL for today. 0, or -1 where that is no day. */
int ops_draft(const struct opened *o, const char *as_of, struct buffer *out, struct first_draft *told,
              struct error *error);

/* Reads a day into `day`: `as_of` where it is one, today where it is NULL; else -1. */
#define DAY_ROOM 32
int ops_day(const char *as_of, char day[DAY_ROOM], struct error *error);

#endif
