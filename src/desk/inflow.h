/* A file that comes in over HTTP while somebody else takes it in: a bounded stretch of bytes between two threads, so
 * that a file of any size passes through memory and through nothing else. */
#ifndef DESK_INFLOW_H
#define DESK_INFLOW_H

#include "vault/vault.h"

struct inflow;

/* `wake(context)` is called, from the reader's thread, when there is room again after inflow_put() left something. */
struct inflow *inflow_new(uint64_t expected, void (*wake)(void *context), void *context);
void inflow_free(struct inflow *f); /* wipes */

/* Takes of `bytes` as many as there is room for now, and says how many. Never waits. */
size_t inflow_put(struct inflow *f, struct text bytes);

/* No more will come: it is whole if as much came as was expected. */
void inflow_end(struct inflow *f);

/* Nobody reads any more: whatever comes is dropped. */
void inflow_done(struct inflow *f);

/* Reads it; a file that breaks off is an error, never a shorter file. */
struct vault_source inflow_source(struct inflow *f);

#endif
