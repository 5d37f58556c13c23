/* Proofs of when a file was there: RFC 3161 responses and OpenTimestamps files, checked without a network.
 *
 * A stranger made them: everything in them is checked before it is believed, and what cannot be checked here (that a
 * block of Bitcoin's holds a digest; a signature where no authority's certificate is given) is told as claimed. */
#ifndef OPS_PROOF_H
#define OPS_PROOF_H

#include "ops/take.h"

#define LIMIT_PROOF (1u << 20) /* bytes of a proof */

/* Which form is it? "rfc3161" or "opentimestamps", NULL where it is neither. */
const char *proof_form(struct text proof);

/* Is it a proof for content of this SHA-256? Adds what it proves and what it claims to `out`, sentences with a line end
 * each. `authority`: a file of certificates in PEM whose word is trusted for RFC 3161, NULL: signatures are not
 * checked, which is then said. 0, or -1: it is no proof of this file. */
int proof_check(struct text proof, const unsigned char sha256[SEAL_SHA256], const char *authority, struct buffer *out,
                struct error *error);

/* Can certificates be read from this file? 0, or -1: what is wrong with it. */
int proof_authority(const char *authority, struct error *error);

/* Keeps the proof in the file `path` beside the file of `record`. It has to be one for it. The same proof twice is
 * kept once. */
int ops_prove(const struct take_case *into, const char *record, const char *path, struct buffer *said,
              struct error *error);

#endif
