/* The vault: files as they came, sealed in pieces in the rows of a case file.
 *
 * Each piece is sealed under the file's key with its place beside it, so that a range is read by opening the pieces it
 * touches and none can stand for another. A file is put in a few pieces at a time, each step durable, with the right to
 * write given back in between; what was interrupted is found again by its first piece, compared, and gone on with.
 * Nothing here knows the notation: which file is which record's is the log's (log/file.h).
 *
 * Memory: some 60 MiB while a large file is put in on two cores, two pieces while one is read, whatever its size. */
#ifndef VAULT_VAULT_H
#define VAULT_VAULT_H

#include "log/file.h"

#include <stdbool.h>

#define VAULT_PIECE (256u << 10) /* bytes in a piece of a new file */

/* Where bytes come from: fills up to `length` bytes, fewer only at the end. 0, or -1 and an error. */
struct vault_source {
    int (*read)(void *context, void *at, size_t length, size_t *got, struct error *error);
    void *context;
};

/* Bytes that are in memory. */
struct vault_text {
    struct text rest;
};
struct vault_source vault_source_of(struct vault_text *text);

/* A key whose file may have been begun: see log_file_owner(), LOG_STRAY. */
struct vault_stray {
    unsigned char id[LOG_FILE];
    struct secret *key;
};

struct vault_put {
    struct store *store;                             /* STORE_WRITE; no transaction is open before or after */
    const unsigned char *case_id;                    /* SEAL_PUBLIC bytes */
    const volatile bool *stop;                       /* polled; what is in stays */
    void (*progress)(void *context, uint64_t bytes); /* now and then; may be NULL */
    void *context;
};

/* An object that is in, whole and durable, but that nobody has signed for yet. */
struct vault_object {
    struct log_object stored;
    unsigned char sha256[SEAL_SHA256];
    uint64_t bytes;
    uint64_t kept; /* of them, bytes that were there already from an interrupted taking */
};

/* Puts a file in. `fresh` is a new key, whose slot is written with the first pieces; `strays` are tried first. The key
 * that was used is named by the first LOG_FILE bytes of the object's name. */
int vault_put_file(const struct vault_put *put, const struct vault_source *source, const struct vault_stray *strays,
                   size_t stray_count, const struct vault_stray *fresh, const struct slot_id *slot, struct text body,
                   struct vault_object *out, struct error *error);

/* Puts something small in beside a file, under the file's key and a name made of it and of the content. */
int vault_put_beside(const struct vault_put *put, const struct vault_stray *file, struct text content,
                     struct vault_object *out, struct error *error);

/* The name under which vault_put_beside() has put content of this hash. */
void vault_name_beside(const struct vault_stray *file, const unsigned char sha256[SEAL_SHA256],
                       unsigned char name[LOG_OBJECT]);

/* An object open for reading. It has a connection of its own and locks nothing between calls, so that it can be
 * used from any thread, by one at a time. NULL where it is not there (ERROR_MISSING), unfinished or damaged. */
struct vault_reader;
struct vault_reader *vault_open(const char *path, const unsigned char *case_id, const struct vault_stray *file,
                                struct text name, struct error *error);
uint64_t vault_bytes(const struct vault_reader *r);
const unsigned char *vault_sha256(const struct vault_reader *r); /* as it was put in */
int vault_read(struct vault_reader *r, uint64_t offset, void *at, size_t length, size_t *got, struct error *error);
void vault_close(struct vault_reader *r);

/* Deletes all rows of an object, in several transactions. */
int vault_clear(struct store *store, struct text name, struct error *error);

#endif
