/* Keeps the case of a desk: not there yet, locked, or open; and locks it when it is told to, or after a while.
 *
 * Whoever works on the open case borrows the session, and gives it back. Locking takes it away from whoever comes next
 * at once, stops long work, and wipes it when the last one has given it back. */
#ifndef DESK_KEEPER_H
#define DESK_KEEPER_H

#include "desk/view.h"
#include "ops/find.h"
#include "ops/session.h"

struct keeper;

/* `file` is borrowed. */
struct keeper *keeper_new(const char *file);
void keeper_free(struct keeper *k); /* locks; nobody may have borrowed anything */

enum keeper_state { CASE_NONE, CASE_LOCKED, CASE_OPEN };
enum keeper_state keeper_state(struct keeper *k);
const char *keeper_file(const struct keeper *k);

/* Half a second and longer. Opening what is open already checks the passphrase against the file all the same. */
int keeper_unlock(struct keeper *k, const struct secret *passphrase, struct error *error);
int keeper_create(struct keeper *k, const struct secret *passphrase, struct error *error);

/* True where there was something to lock. */
bool keeper_lock(struct keeper *k);

/* NULL where the case is not open. Every one that is not NULL has to be given back. */
struct session *keeper_borrow(struct keeper *k);
void keeper_return(struct keeper *k, struct session *s);

/* What the views know about the case, as long as the session is borrowed. */
struct views *keeper_views(struct keeper *k, struct session *s);

/* What finds words in it; NULL where there can be no index. */
struct finder *keeper_finder(struct keeper *k, struct session *s);

/* What long work polls: becomes true when the session is locked. Valid while the session is borrowed. */
const volatile bool *keeper_stop(struct keeper *k, struct session *s);

#endif
