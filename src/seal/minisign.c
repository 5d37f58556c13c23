/* minisign's format: see minisign.h. */
#include "seal/minisign.h"

#include <assert.h>
#include <sodium.h>

#define COMMENT "untrusted comment: "
#define TRUSTED "trusted comment: "
#define KEY_COMMENT "public key of this publication"
#define SIGNATURE_COMMENT "verify with minisign and the public key of this publication"
#define TRUSTED_COMMENT "signed by this publication"

enum { KEY_ID = 8, HEAD = 2 + KEY_ID };

/* What stands before a key or a signature: the algorithm, and an id that tells keys apart. The id is a hash of the
 * public key, so it says nothing that the key does not. */
static void put_head(const char algorithm[2], const unsigned char public_key[SEAL_PUBLIC], unsigned char head[HEAD])
{
    unsigned char hash[SEAL_HASH];
    const struct text parts[] = {TEXT("bearout minisign key id 1"), {(const char *)public_key, SEAL_PUBLIC}};
    seal_hash(parts, 2, hash);
    memcpy(head, algorithm, 2);
    memcpy(head + 2, hash, KEY_ID);
}

static void add_base64(const unsigned char *bytes, size_t length, struct buffer *out)
{
    char line[sodium_base64_ENCODED_LEN(HEAD + SEAL_SIGNATURE, sodium_base64_VARIANT_ORIGINAL)];
    assert(length <= HEAD + SEAL_SIGNATURE);
    buffer_string(out, sodium_bin2base64(line, sizeof line, bytes, length, sodium_base64_VARIANT_ORIGINAL));
    buffer_char(out, '\n');
}

void minisign_sign(const struct secret *seed, struct text content, struct buffer *out)
{
    unsigned char public_key[SEAL_PUBLIC], hash[crypto_generichash_BYTES_MAX], whole[HEAD + SEAL_SIGNATURE];
    unsigned char covered[SEAL_SIGNATURE + sizeof TRUSTED_COMMENT - 1], global[SEAL_SIGNATURE];
    struct secret *signer = seal_signer(seed, public_key);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)content.at, content.length, NULL, 0);
    put_head("ED", public_key, whole);
    seal_sign(signer, (struct text){(const char *)hash, sizeof hash}, whole + HEAD);
    memcpy(covered, whole + HEAD, SEAL_SIGNATURE);
    memcpy(covered + SEAL_SIGNATURE, TRUSTED_COMMENT, sizeof TRUSTED_COMMENT - 1);
    seal_sign(signer, (struct text){(const char *)covered, sizeof covered}, global);
    buffer_string(out, COMMENT SIGNATURE_COMMENT "\n");
    add_base64(whole, sizeof whole, out);
    buffer_string(out, TRUSTED TRUSTED_COMMENT "\n");
    add_base64(global, sizeof global, out);
    secret_free(signer);
}

void minisign_public(const struct secret *seed, struct buffer *out)
{
    unsigned char whole[HEAD + SEAL_PUBLIC];
    secret_free(seal_signer(seed, whole + HEAD));
    put_head("Ed", whole + HEAD, whole);
    buffer_string(out, COMMENT KEY_COMMENT "\n");
    add_base64(whole, sizeof whole, out);
}
