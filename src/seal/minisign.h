/* Signatures that the ordinary tool checks: minisign's format, with nothing in it but the signature.
 *
 * Both comments are fixed and there is no time stamp and no file name, so that a signature tells nothing beside who
 * signed what, and the same key and content give the same bytes. Prehashed ("ED": Ed25519 over BLAKE2b-512), as
 * minisign itself writes since 0.10; `minisign -Vm FILE -p minisign.pub` takes it.
 * The format: https://jedisct1.github.io/minisign/ */
#ifndef SEAL_MINISIGN_H
#define SEAL_MINISIGN_H

#include "base/buffer.h"
#include "seal/seal.h"

/* Appends the signature of `content` by the key of `seed` (SEAL_KEY bytes): what goes to CONTENT's name and
 * ".minisig". Linear in `content`. */
void minisign_sign(const struct secret *seed, struct text content, struct buffer *out);

/* Appends the public key of `seed`: what goes to "minisign.pub". */
void minisign_public(const struct secret *seed, struct buffer *out);

#endif
