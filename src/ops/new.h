/* Making a case. */
#ifndef OPS_NEW_H
#define OPS_NEW_H

#include "ops/open.h"

/* Makes an empty case file at `path`, under a passphrase that is asked for twice. Refuses where
 * something stands there, before it asks. 0 or -1. */
int ops_new(const char *path, const struct passphrase_source *passphrase, struct error *error);

#endif
