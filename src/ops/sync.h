/* Bringing two copies of a case together. */
#ifndef OPS_SYNC_H
#define OPS_SYNC_H

#include "ops/open.h"

/* Gives each copy the batches that it lacks: all in one step on either side. Both open with one passphrase. */
int ops_sync(const char *file, const char *other, const struct passphrase_source *passphrase, uint64_t *received,
             uint64_t *sent, struct error *error);

#endif
