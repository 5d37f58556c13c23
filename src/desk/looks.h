/* Every look at a record's file, in the log, for a desk that wants that: `looked RECORD opened`, once for a record and
 * opening of the case, written before anything is shown. */
#ifndef DESK_LOOKS_H
#define DESK_LOOKS_H

#include "ops/session.h"

struct looks;

struct looks *looks_new(void);
void looks_free(struct looks *l); /* NULL is fine */

/* The case was locked: who opens it next looks anew. NULL is fine. */
void looks_clear(struct looks *l);

/* Writes it down, unless it is. -1 where that cannot be; then nothing may be shown. From any thread; not
 * between session_enter() and session_leave(). */
int looks_note(struct looks *l, struct session *s, struct text record, struct error *error);

#endif
