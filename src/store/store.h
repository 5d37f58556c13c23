/* The container: a SQLite file with the three tables of a case, read and written durably.
 *
 * The only user of sqlite3.h. It knows the tables' shape and nothing of what is in them: no key, no
 * hash, no notation. What always holds: a transaction is on disk when store_commit() returns 0, and the
 * file is as it was when it returns -1; no journal is unlinked before it was overwritten (store/wipe.h);
 * nothing but this file and its journal is ever written, and reading writes nothing.
 * Everything read from the file is checked for its type and length, and for nothing else. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdint.h>

#define STORE_VERSION 1u /* PRAGMA user_version */
#define STORE_DEVICE 32u /* bytes of a device's key, of `prev` */
#define STORE_SIGNATURE 64u
#define STORE_SLOT_ID 64u /* at most */

#define STORE_PATIENCE 300 /* milliseconds */

struct store;

enum store_mode {
    STORE_READ,
    STORE_WRITE,
    STORE_SALVAGE, /* reads, and takes a file that is cut short */
};

/* Begins a new file for `path` under a name beside it; the transaction is open. `page` is SQLite's page size in
 * bytes, 0 for the usual. store_publish() commits, closes and gives it its name in one step, unless there is one
 * already; it frees the store either way. store_free() instead leaves nothing behind. */
struct store *store_create(const char *path, uint32_t page, struct error *error);
int store_publish(struct store *s, struct error *error);

/* Opens a file and checks that it is one of ours: magic, version, schema, size. The transaction is
 * open: for STORE_WRITE with the only right to write, for STORE_READ on what the file held at that moment. */
struct store *store_open(const char *path, enum store_mode mode, struct error *error);
void store_free(struct store *s); /* rolls back what was not committed; NULL is fine */

/* Begins again after a commit or rollback. *changed (may be NULL): somebody else has written since. */
int store_begin(struct store *s, bool *changed, struct error *error);
/* For reading alone, whatever the mode: others can go on writing. What has changed is asked first, by store_changed().
 */
int store_begin_reading(struct store *s, struct error *error);
/* Between transactions: has somebody else written since the last one began? One small read; nothing stays locked. */
int store_changed(struct store *s, bool *changed, struct error *error);
/* How long a call waits for another program to be done with the file; 300 ms unless told. */
void store_patience(struct store *s, int milliseconds);
int store_commit(struct store *s, struct error *error); /* rolls back where it fails */
void store_rollback(struct store *s);
bool store_begun(const struct store *s);

/* Is every page of the file what its place in the tree says? Linear in the file. */
int store_check(struct store *s, struct error *error);

uint64_t store_bytes(const struct store *s); /* the file's length */
const char *store_path(const struct store *s);

struct store_batch {
    const unsigned char *device, *prev, *signature; /* STORE_DEVICE, STORE_DEVICE, STORE_SIGNATURE bytes */
    uint64_t sequence;
    struct text cipher;
};

/* All batches, by device and sequence. _next gives 1 with a row, which is valid until the next call on the
 * store; 0 at the end; -1. */
void store_batches(struct store *s);
int store_batches_next(struct store *s, struct store_batch *out, struct error *error);

/* One batch: 1, valid until the next call; 0 where there is none; -1. */
int store_batch(struct store *s, const unsigned char *device, uint64_t sequence, struct store_batch *out,
                struct error *error);
int store_batch_add(struct store *s, const struct store_batch *b, struct error *error);

struct store_slot {
    struct text id, wrapped;
};

/* All slots by id, as above. */
void store_slots(struct store *s);
int store_slots_next(struct store *s, struct store_slot *out, struct error *error);
int store_slot(struct store *s, struct text id, struct store_slot *out, struct error *error); /* as store_batch() */
int store_slot_put(struct store *s, struct store_slot slot, struct error *error); /* replaces one of its id */

/* Destroys slots: no byte of them is left in the file once this is committed. All other slots are written to new
 * pages, and every page that ever held a slot is zeroed, because a B-tree leaves copies of
 * rows in the gaps of pages that it has split. Ids that are not there are skipped. Linear in the slots. */
int store_slots_destroy(struct store *s, const struct text *ids, size_t count, struct error *error);

/* Pieces of files: rows of 1 to STORE_CHUNK bytes under a name of 1 to STORE_OBJECT bytes, numbered from 0. */
#define STORE_CHUNK (1u << 20)
#define STORE_OBJECT 64u

/* One: 1, valid until the next call; 0 where there is none; -1. */
int store_chunk(struct store *s, struct text name, uint64_t number, struct text *cipher, struct error *error);
int store_chunk_put(struct store *s, struct text name, uint64_t number, struct text cipher, struct error *error);
/* How many rows up to the last there are, counted from 0. */
int store_chunk_count(struct store *s, struct text name, uint64_t *count, struct error *error);
/* The first name behind `after`, into an empty or cleared `name`: 1, 0 where there is none, -1. */
int store_chunk_name(struct store *s, struct text after, struct buffer *name, struct error *error);
/* Deletes row `number`. Its pages are not zeroed: it is for what nobody has a key to, and a large file would be
 * written twice more otherwise. */
int store_chunk_cut(struct store *s, struct text name, uint64_t number, struct error *error);

#endif
