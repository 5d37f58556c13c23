/* What takes too long for one answer, found a piece at a time: whom to ask, and without whom most changes. */
#ifndef DESK_VIEW_AHEAD_H
#define DESK_VIEW_AHEAD_H

#include "desk/view.h"

struct ahead;

struct ahead *ahead_new(void);
void ahead_free(struct ahead *a);

/* Works until that time; false where all is found. */
bool ahead_work(struct views *v, const struct opened *o, uint64_t end);

/* Whom to ask: as bearing_next(), or, not yet `ready`, what was found so far. Borrowed until the next call of these. */
const struct ask_whom *ahead_asks(const struct view_request *q, size_t *count, bool *ready);

#endif
