/* One batch as it stands in the file: its header, its hash, its seal and its signature.
 *
 * The header (format, case, device, sequence, prev) is not stored: it follows from where the batch stands, and
 * is authenticated by all three of hash, seal and signature. Nothing here looks into the payload. */
#ifndef LOG_BATCH_H
#define LOG_BATCH_H

#include "seal/seal.h"
#include "store/store.h"

#define BATCH_HEADER (16u + SEAL_PUBLIC + SEAL_PUBLIC + 8u + SEAL_HASH)

/* Seals and signs. `cipher` takes payload.length + SEAL_OVERHEAD bytes. Fills `signature`, and `hash` with what
 * the next batch of the device has as its prev. */
void batch_seal(const unsigned char *case_id, const struct secret *case_key, const struct secret *signer,
                const struct store_batch *place, struct text payload, char *cipher,
                unsigned char signature[SEAL_SIGNATURE], unsigned char hash[SEAL_HASH]);

/* Is it signed by its device, for this case and place? Fills `hash` as above. */
bool batch_signed(const unsigned char *case_id, const struct store_batch *b, unsigned char hash[SEAL_HASH]);

/* Opens the payload into `out`, which takes b->cipher.length - SEAL_OVERHEAD bytes. 0 or -1. */
int batch_open(const unsigned char *case_id, const struct secret *case_key, const struct store_batch *b, char *out);

#endif
