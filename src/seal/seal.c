/* Sealing, hashing, signing, wiping: see seal.h. */
#include "seal/seal.h"

#include "base/limits.h"

#include <assert.h>
#include <sodium.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

static_assert(NONCE + TAG == SEAL_OVERHEAD, "the overhead is the nonce and the tag");
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SEAL_KEY, "key length");
static_assert(crypto_sign_SEEDBYTES == SEAL_KEY && crypto_sign_PUBLICKEYBYTES == SEAL_PUBLIC, "key length");
static_assert(crypto_sign_BYTES == SEAL_SIGNATURE && crypto_pwhash_SALTBYTES == SEAL_SALT, "length");

static const unsigned char *bytes(struct text t)
{
    return (const unsigned char *)t.at;
}

void seal_random(void *at, size_t length)
{
    randombytes_buf(at, length);
}

struct secret *seal_key_new(void)
{
    struct secret *key = secret_new(SEAL_KEY);
    randombytes_buf(secret_bytes(key), SEAL_KEY);
    return key;
}

void seal_close(const struct secret *key, struct text beside, struct text plain, void *out)
{
    assert(secret_length(key) == SEAL_KEY);
    unsigned char *nonce = out;
    randombytes_buf(nonce, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, NULL, bytes(plain), plain.length, bytes(beside),
                                               beside.length, NULL, nonce, secret_view(key));
}

int seal_open(const struct secret *key, struct text beside, struct text sealed, void *out)
{
    assert(secret_length(key) == SEAL_KEY);
    if (sealed.length < SEAL_OVERHEAD)
        return -1;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, bytes(sealed) + NONCE, sealed.length - NONCE,
                                                   bytes(beside), beside.length, bytes(sealed), secret_view(key)) < 0) {
        sodium_memzero(out, sealed.length - SEAL_OVERHEAD);
        return -1;
    }
    return 0;
}

void seal_hash(const struct text *parts, size_t count, unsigned char hash[SEAL_HASH])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, SEAL_HASH);
    for (size_t i = 0; i < count; i++)
        crypto_generichash_update(&state, bytes(parts[i]), parts[i].length);
    crypto_generichash_final(&state, hash, SEAL_HASH);
    sodium_memzero(&state, sizeof state);
}

void seal_sha256(struct text content, unsigned char hash[SEAL_SHA256])
{
    crypto_hash_sha256(hash, bytes(content), content.length);
}

struct secret *seal_derive(const struct secret *key, struct text label)
{
    assert(secret_length(key) == SEAL_KEY);
    struct secret *derived = secret_new(SEAL_KEY);
    crypto_generichash(secret_bytes(derived), SEAL_KEY, bytes(label), label.length, secret_view(key), SEAL_KEY);
    return derived;
}

struct secret *seal_signer(const struct secret *seed, unsigned char public_key[SEAL_PUBLIC])
{
    assert(secret_length(seed) == SEAL_KEY);
    struct secret *signer = secret_new(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(public_key, secret_bytes(signer), secret_view(seed));
    return signer;
}

void seal_sign(const struct secret *signer, struct text message, unsigned char signature[SEAL_SIGNATURE])
{
    assert(secret_length(signer) == crypto_sign_SECRETKEYBYTES);
    crypto_sign_detached(signature, NULL, bytes(message), message.length, secret_view(signer));
}

bool seal_signed(const unsigned char public_key[SEAL_PUBLIC], struct text message,
                 const unsigned char signature[SEAL_SIGNATURE])
{
    return crypto_sign_verify_detached(signature, bytes(message), message.length, public_key) == 0;
}

struct seal_cost seal_cost_usual(void)
{
    return (struct seal_cost){crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE / 1024};
}

bool seal_cost_allowed(struct seal_cost cost)
{
    return cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= LIMIT_PASSES &&
           cost.memory >= crypto_pwhash_MEMLIMIT_MIN / 1024 && cost.memory <= LIMIT_PASS_MEMORY;
}

struct secret *seal_from_passphrase(const struct secret *passphrase, const unsigned char salt[SEAL_SALT],
                                    struct seal_cost cost, struct error *error)
{
    assert(seal_cost_allowed(cost));
    struct secret *key = secret_new(SEAL_KEY);
    if (crypto_pwhash(secret_bytes(key), SEAL_KEY, (const char *)secret_view(passphrase), secret_length(passphrase),
                      salt, cost.passes, (size_t)cost.memory * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0)
        return key;
    secret_free(key);
    error_set(error, ERROR_IO, "there is not enough memory to try the passphrase: it needs %u MiB", cost.memory / 1024);
    error_mend(error, "close other programs and try again");
    return NULL;
}

void seal_wipe(void *at, size_t length)
{
    if (length)
        sodium_memzero(at, length);
}

size_t seal_padded(size_t length)
{
    if (length < 2)
        return length;
    unsigned exponent = 63 - (unsigned)__builtin_clzll(length);
    unsigned kept = 32 - (unsigned)__builtin_clz(exponent | 1);
    if (kept > exponent)
        return length;
    size_t mask = ((size_t)1 << (exponent - kept)) - 1;
    return (length + mask) & ~mask;
}
