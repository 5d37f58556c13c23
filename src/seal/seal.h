/* Sealing, hashing, signing and wiping: what the rest of the program needs of cryptography.
 *
 * The only user of libsodium. XChaCha20-Poly1305 seals, BLAKE2b-256 (and SHA-256) hashes, Ed25519 signs, Argon2id
 * makes keys of passphrases. Keys are `struct secret`s of SEAL_KEY bytes; what is public is plain
 * bytes. Call seal_start() (secret.h) first. Nothing here knows what a case file is. */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include "base/error.h"
#include "base/text.h"
#include "seal/secret.h"

#include <stdint.h>

#define SEAL_KEY 32u /* of a sealing key, and of a signing key's seed */
#define SEAL_HASH 32u
#define SEAL_SHA256 32u
#define SEAL_PUBLIC 32u /* of a verifying key */
#define SEAL_SIGNATURE 64u
#define SEAL_SALT 16u
#define SEAL_OVERHEAD 40u /* a nonce of 24 in front, a tag of 16 behind */

void seal_random(void *at, size_t length);
struct secret *seal_key_new(void); /* a random key */

/* Seals `plain` under a key, with `beside` authenticated but not hidden. `out` takes
 * plain.length + SEAL_OVERHEAD bytes: a random nonce, the ciphertext, the tag. */
void seal_close(const struct secret *key, struct text beside, struct text plain, void *out);

/* Opens what seal_close() made. `out` takes sealed.length - SEAL_OVERHEAD bytes. 0, or -1 where it is not
 * what was sealed under this key beside these bytes (compared in constant time); `out` is then zeroed. */
int seal_open(const struct secret *key, struct text beside, struct text sealed, void *out);

/* BLAKE2b-256 of the parts, end to end. */
void seal_hash(const struct text *parts, size_t count, unsigned char hash[SEAL_HASH]);

/* SHA-256, for what must be checked with ordinary tools. Needs no seal_start(). */
void seal_sha256(struct text content, unsigned char hash[SEAL_SHA256]);

/* The same for what comes in pieces. seal_sha256_end() frees it. */
struct seal_sha256 *seal_sha256_begin(void);
void seal_sha256_add(struct seal_sha256 *s, struct text bytes);
void seal_sha256_end(struct seal_sha256 *s, unsigned char hash[SEAL_SHA256]);

/* A key for another purpose: keyed BLAKE2b-256 of `label` under `key` (SEAL_KEY bytes). Whoever has it learns nothing
 * of `key` or of the keys under other labels. */
struct secret *seal_derive(const struct secret *key, struct text label);

/* The signing key of a seed, and its public half. */
struct secret *seal_signer(const struct secret *seed, unsigned char public_key[SEAL_PUBLIC]);
void seal_sign(const struct secret *signer, struct text message, unsigned char signature[SEAL_SIGNATURE]);
bool seal_signed(const unsigned char public_key[SEAL_PUBLIC], struct text message,
                 const unsigned char signature[SEAL_SIGNATURE]);

/* What a passphrase costs to try: passes over how many KiB of memory. */
struct seal_cost {
    uint32_t passes, memory;
};
struct seal_cost seal_cost_usual(void);        /* libsodium's MODERATE: 3 passes over 256 MiB, about half a second */
bool seal_cost_allowed(struct seal_cost cost); /* within LIMIT_PASSES and LIMIT_PASS_MEMORY */

/* The key of a passphrase (Argon2id). NULL where there is not enough memory. */
struct secret *seal_from_passphrase(const struct secret *passphrase, const unsigned char salt[SEAL_SALT],
                                    struct seal_cost cost, struct error *error);

void seal_wipe(void *at, size_t length);

/* Padmé: `length` rounded up so that it tells only O(log log length) bits; at most 12 % more.
 * (Nikitin and others, 'Reducing Metadata Leakage from Encrypted Files', PETS 2019.) */
size_t seal_padded(size_t length);

#endif
