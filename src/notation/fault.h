/* The faults of a text: everything that is wrong with it, each with its place and its mend.
 *
 * Whoever reads notation (the parser, then the model) adds to one list, so that one run reports
 * them all. A fault quotes what was met, with control characters made visible; it may therefore
 * quote the case and belongs on the person's own terminal, nowhere else. One list is for one text. */
#ifndef NOTATION_FAULT_H
#define NOTATION_FAULT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdint.h>

struct fault {
    uint32_t line, column; /* from 1; columns count characters, not bytes */
    char *what;            /* what was met and what was expected; owned by the list */
    char *mend;            /* the likeliest mend; "" where there is none */
};

struct faults {
    struct fault *at;
    size_t count, room;
    size_t beyond; /* faults met after LIMIT_FAULTS were kept */
    struct {       /* where the last fault was, so that finding places is linear as a whole */
        const char *text;
        size_t offset;
        uint32_t line, column;
    } seen;
};

void faults_release(struct faults *f);

/* Adds a fault at byte `offset` of `whole`. Cost: the bytes since the last fault's place. */
void faults_add(struct faults *f, struct text whole, size_t offset, const char *what_format, ...)
    __attribute__((format(printf, 4, 5)));

/* Is the list as long as it gets? Then another fault is only counted, and nobody reads its words. */
static inline bool faults_full(const struct faults *f)
{
    return f->count >= LIMIT_FAULTS;
}

/* Gives the fault added last its mend. */
void faults_mend(struct faults *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts them in the order of their places. */
void faults_sort(struct faults *f);

/* "NAME:LINE:COLUMN: WHAT; MEND\n" for each, and a last line for those beyond the limit. */
void faults_print(const struct faults *f, const char *name, struct buffer *out);

/* `t` with control characters and broken UTF-8 as \xNN, cut to `most` characters with an ellipsis:
 * for quoting what a stranger wrote. */
void text_quote(struct text t, size_t most, struct buffer *out);

#endif
