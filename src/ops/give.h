/* Giving a record's file out again, to the byte. */
#ifndef OPS_GIVE_H
#define OPS_GIVE_H

#include "ops/take.h"

/* Writes the file of `record` to `path`, which must not be there yet, or to standard output for "-". Where `logged` the
 * case says first that it was given (`looked RECORD given`). Nothing is left behind at `path` where it fails or is
 * stopped. *bytes: how many there were. */
int ops_give(const struct take_case *from, const char *record, const char *path, bool logged, const volatile bool *stop,
             uint64_t *bytes, struct error *error);

#endif
