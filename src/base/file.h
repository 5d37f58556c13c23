/* Whole files in and out, with a sentence for each way that fails. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

/* Reads all of `path` ("-": standard input) into an empty `out`, up to `limit` bytes.
 * 0, or -1: missing, unreadable, a folder, over the limit. `out` is then empty. */
int file_read(const char *path, uint64_t limit, struct buffer *out, struct error *error);

/* Writes all of `content` to `path` in one step: a new file beside it, synced, then renamed over
 * it. Whatever fails, `path` is as it was. A new one is for its owner alone (0600); an
 * old one keeps its rights. */
int file_write(const char *path, struct text content, struct error *error);

#endif
