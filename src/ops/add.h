/* Taking a text into a case, and what that changes. */
#ifndef OPS_ADD_H
#define OPS_ADD_H

#include "ops/change.h"
#include "ops/open.h"

struct added {
    struct opened opened; /* the case with the text in it, measured; faults are the text's */
    const char *source;   /* the text's name, for its faults */
    uint32_t first, entries;
    struct change *changes; /* in order of the claims' numbers */
    size_t change_count;
};

/* Takes the text `source` (- for standard input) into the case `file`: all of it, in one durable
 * step, or nothing. On failure -1 as ops_open(): where error->code is ERROR_INPUT and
 * out->opened.faults.count > 0, print those under the name out->source. added_release() in every case. */
int ops_add(const char *file, const char *source, const struct passphrase_source *passphrase, const volatile bool *stop,
            struct added *out, struct error *error);
void added_release(struct added *a);

#endif
