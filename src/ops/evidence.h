/* A record's file in the vault, and what was read from it.
 *
 * What is known of it without opening it follows from the model alone. Reading opens the pieces that are asked for and
 * no others, over a connection of its own: it needs the open case for the moment of evidence_open() only. */
#ifndef OPS_EVIDENCE_H
#define OPS_EVIDENCE_H

#include "base/vector.h"
#include "ops/open.h"
#include "vault/vault.h"

/* What the log says of a record's file; texts borrow from the model, names are still escaped. */
struct evidence_facts {
    bool held;      /* there is one, and it was not destroyed; the copy at hand may lack it (evidence_open() says) */
    bool destroyed; /* there was one */
    bool forgotten; /* its name is gone */
    uint32_t entry; /* of `kept`, from 0 */
    struct text sha256, bytes, name, on;
    uint64_t size;          /* bytes, as a number */
    uint32_t from, through; /* voices, or MODEL_NONE */
};
struct evidence_facts evidence_facts(struct model *m, uint32_t record);

/* Says that there is no such record, and which one may be meant. -1. */
int evidence_no_record(const struct model *m, const char *id, struct error *error);

/* The newest entry `derived` of a kind ("text", "transcript", "peaks", "metadata") that counts and is of the file at
 * hand; MODEL_NONE where there is none. Its fields are FIELD_HASH, FIELD_BYTES and FIELD_MAKER. */
uint32_t evidence_derived_entry(struct model *m, uint32_t record, const char *kind);

/* The file, open for reading. NULL: ERROR_MISSING where there is none here (never taken, destroyed, not synced yet), or
 * damaged. The case may be closed or changed afterwards. */
struct evidence;
struct evidence *evidence_open(const struct opened *o, uint32_t record, struct error *error);
uint64_t evidence_bytes(const struct evidence *e);
/* Fills up to `length` bytes from `offset` on; *got is less at the end alone. 0, or -1. */
int evidence_read(struct evidence *e, uint64_t offset, void *at, size_t length, size_t *got, struct error *error);
void evidence_close(struct evidence *e);

/* Adds what was derived to `out`: 1, 0 where nothing of the kind is there, -1. At most LIMIT_DERIVED bytes. Form:
 * "text" and "transcript" are UTF-8, behind a line of evidence_pages(); "metadata" lines NAME TAB VALUE; "peaks" a byte
 * each, 20 a second. */
int evidence_derived(const struct opened *o, uint32_t record, const char *kind, struct buffer *out,
                     struct error *error);

/* The same of one entry `derived` or `proof`. */
int evidence_beside(const struct opened *o, uint32_t record, uint32_t entry, struct buffer *out, struct error *error);

/* The text of a record, as evidence_derived() gives "transcript" or else "text", and the bytes at which its pages begin
 * (none: it has no pages). 1, 0 or -1. Release both. */
typedef VECTOR(uint64_t) evidence_pages;
void evidence_take_pages(struct buffer *text, evidence_pages *pages); /* takes the line of pages off its front */
int evidence_text(const struct opened *o, uint32_t record, struct buffer *text, evidence_pages *pages,
                  struct error *error);

/* The key of the file that an entry `kept`, `derived` or `proof` speaks of, whose object is `name`: for ops/ alone.
 * 1, 0 or -1. key->key is yours to free. */
int evidence_key(const struct opened *o, uint32_t record, struct text sha256, struct vault_stray *key,
                 struct error *error);

/* A hash as it stands in an entry. */
void evidence_unhex(struct text hex, unsigned char hash[SEAL_SHA256]);

/* Everything that the vault holds and the log speaks of, read to its hashes. `progress` may be NULL. */
struct evidence_check {
    uint64_t files, derived, bytes;
    uint64_t missing; /* kept, but not in this copy */
};
int evidence_check_record(const struct opened *o, uint32_t record, const volatile bool *stop,
                          struct evidence_check *out, struct error *error);
int evidence_check_all(const struct opened *o, const volatile bool *stop, struct evidence_check *out,
                       struct error *error);

#endif
