/* Passphrases: from the terminal, unseen, or one line from a descriptor that the caller inherited.
 * Never from an argument or the environment, which other programs can read. */
#ifndef CLI_PASSPHRASE_H
#define CLI_PASSPHRASE_H

#include "ops/open.h"

/* A source that asks on the terminal; or, where `descriptor` is not NULL, reads a line from the
 * descriptor of that number (checked here: -1 and an error where it is none). Borrows nothing. */
int passphrase_from(const char *descriptor, struct passphrase_source *out, struct error *error);

#endif
