/* One batch as it stands in the file: see batch.h. */
#include "log/batch.h"

#include <string.h>

static void header_of(const unsigned char *case_id, const struct store_batch *b, unsigned char header[BATCH_HEADER])
{
    memcpy(header, "bearout batch 1", 16);
    memcpy(header + 16, case_id, SEAL_PUBLIC);
    memcpy(header + 48, b->device, SEAL_PUBLIC);
    for (int i = 0; i < 8; i++)
        header[80 + i] = (unsigned char)(b->sequence >> (8 * i));
    memcpy(header + 88, b->prev, SEAL_HASH);
}

/* What is signed; and the hash of that with the signature, which covers the batch whole. */
static void content_hash(const unsigned char header[BATCH_HEADER], struct text cipher, unsigned char hash[SEAL_HASH])
{
    const struct text parts[] = {{(const char *)header, BATCH_HEADER}, cipher};
    seal_hash(parts, 2, hash);
}

static void whole_hash(const unsigned char content[SEAL_HASH], const unsigned char signature[SEAL_SIGNATURE],
                       unsigned char hash[SEAL_HASH])
{
    const struct text parts[] = {{(const char *)content, SEAL_HASH}, {(const char *)signature, SEAL_SIGNATURE}};
    seal_hash(parts, 2, hash);
}

void batch_seal(const unsigned char *case_id, const struct secret *case_key, const struct secret *signer,
                const struct store_batch *place, struct text payload, char *cipher,
                unsigned char signature[SEAL_SIGNATURE], unsigned char hash[SEAL_HASH])
{
    unsigned char header[BATCH_HEADER], content[SEAL_HASH];
    header_of(case_id, place, header);
    seal_close(case_key, (struct text){(const char *)header, BATCH_HEADER}, payload, cipher);
    content_hash(header, (struct text){cipher, payload.length + SEAL_OVERHEAD}, content);
    seal_sign(signer, (struct text){(const char *)content, SEAL_HASH}, signature);
    whole_hash(content, signature, hash);
}

bool batch_signed(const unsigned char *case_id, const struct store_batch *b, unsigned char hash[SEAL_HASH])
{
    unsigned char header[BATCH_HEADER], content[SEAL_HASH];
    header_of(case_id, b, header);
    content_hash(header, b->cipher, content);
    whole_hash(content, b->signature, hash);
    return seal_signed(b->device, (struct text){(const char *)content, SEAL_HASH}, b->signature);
}

int batch_open(const unsigned char *case_id, const struct secret *case_key, const struct store_batch *b, char *out)
{
    unsigned char header[BATCH_HEADER];
    header_of(case_id, b, header);
    return seal_open(case_key, (struct text){(const char *)header, BATCH_HEADER}, b->cipher, out);
}
