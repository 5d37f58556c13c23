/* A statement of what became of a record's file, for a court: who brought it, when, through whom, its hash as it came,
 * what was read from it by what, every look and export that was logged, proofs of time, and where in the log it all
 * stands.
 *
 * A voice is named by its NAME where it is on record, and else by a number that is this statement's own ("source 1"):
 * no id, no protected string and no file name is in it then. */
#ifndef OPS_CUSTODY_H
#define OPS_CUSTODY_H

#include "ops/proof.h"

/* Adds the statement. `authority` as in proof_check(). The contents are read and compared with their hash, which the
 * statement says. ERROR_MISSING where the record never had a file. */
int ops_custody(const struct opened *o, const char *record, const char *authority, const volatile bool *stop,
                struct buffer *out, struct error *error);

/* Writes it to `path` and its signature, in minisign's format, to `path`.minisig; neither may be there. *key: the
 * publisher's public key, a line. */
int ops_custody_write(const struct opened *o, struct text statement, const char *path, struct buffer *key,
                      struct error *error);

#endif
