/* A file's bytes on their way in, some pieces at a time: read, hashed and sealed on two cores, ahead of their writing.
 * For vault/put.c alone.
 *
 * One thread reads the next slab and hashes it while the caller writes the last; then both seal its pieces, each
 * taking the next one that nobody has taken. A file of less than a slab needs no second thread. */
#ifndef VAULT_SLAB_H
#define VAULT_SLAB_H

#include "vault/inside.h"

#include <stdatomic.h>

#define SLAB_PIECES 40u

struct slab {
    uint64_t first; /* number of its first piece, from 1 */
    uint32_t pieces;
    size_t length; /* bytes; less than SLAB_PIECES pieces at the end of the file alone */
    char *plain, *sealed;
    unsigned char hashes[SLAB_PIECES][SEAL_SHA256]; /* of the sealed pieces */
    atomic_uint taken, done;
};

struct slabs;

/* Reads the first slab. NULL where that fails. */
struct slabs *slabs_begin(const struct vault_source *source, struct error *error);

/* Under which key and name the pieces are sealed. Before the first slabs_seal(). */
void slabs_key(struct slabs *s, const unsigned char *case_id, const struct secret *key, struct text name);

/* The first slab, before slabs_next(). */
const struct slab *slabs_peek(const struct slabs *s);

/* The slab that is to be written next, read but perhaps not sealed; NULL at the end, with -1 in *result where
 * reading failed. The one before it is given back. `ahead`: it may be sealed by the other thread already. */
struct slab *slabs_next(struct slabs *s, bool ahead, int *result, struct error *error);

/* Seals what is not sealed yet, and waits for the other thread to be done with its. */
void slabs_seal(struct slabs *s, struct slab *slab);

/* Seals one piece. */
void slabs_seal_one(struct slabs *s, struct slab *slab, uint32_t piece);

static inline struct text slab_plain(const struct slab *slab, uint32_t piece)
{
    size_t at = (size_t)piece * VAULT_PIECE, left = slab->length - at;
    return (struct text){slab->plain + at, left < VAULT_PIECE ? left : VAULT_PIECE};
}

static inline struct text slab_sealed(const struct slab *slab, uint32_t piece)
{
    return (struct text){slab->sealed + (size_t)piece * (VAULT_PIECE + SEAL_OVERHEAD),
                         slab_plain(slab, piece).length + SEAL_OVERHEAD};
}

/* The SHA-256 of all that was read, and how much it was. Once, after the last slab. */
uint64_t slabs_sha256(struct slabs *s, unsigned char hash[SEAL_SHA256]);

void slabs_end(struct slabs *s); /* wipes; NULL is fine */

#endif
