/* A secret: a passphrase or a key, in locked memory that is wiped when freed.
 *
 * Secrets live in `struct secret` alone. There is no printer for one. */
#ifndef SEAL_SECRET_H
#define SEAL_SECRET_H

#include "base/error.h"

#include <stddef.h>

struct secret;

/* Must be called once before anything else in seal/; also forbids core dumps and debuggers. */
int seal_start(struct error *error);

struct secret *secret_new(size_t length); /* zeroed */
void secret_free(struct secret *s);       /* wipes; NULL is fine */
unsigned char *secret_bytes(struct secret *s);
const unsigned char *secret_view(const struct secret *s);
size_t secret_length(const struct secret *s);
void secret_shorten(struct secret *s, size_t length); /* wipes what is cut off */

#endif
