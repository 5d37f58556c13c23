/* Opening what a reading command is given: a text in the notation, standard input, or a case file. */
#ifndef OPS_OPEN_H
#define OPS_OPEN_H

#include "bearing/bearing.h"
#include "log/log.h"

/* How to come by the passphrase when one is needed: the caller's terminal or file descriptor.
 * `again` asks for it twice (a new case). NULL and an error where there is none. Yours to free. */
struct passphrase_source {
    struct secret *(*get)(void *context, bool again, struct error *error);
    void *context;
};

/* An open case. `log` is NULL for a text. */
struct opened {
    const char *name;       /* as given; "standard input" for - ; borrowed */
    struct log *log;
    struct model *model;
    struct bearing *bearing; /* measured where OPEN_MEASURED was asked for, else NULL */
    struct faults faults;    /* filled where the text has faults; see opened_faults() */
};

enum open_want { OPEN_MODEL, OPEN_MEASURED };

/* Opens `file`. On failure -1: either `error` says why, or, where error->code is ERROR_INPUT and
 * out->faults.count > 0, the faults do (print them with faults_print()). opened_close() in every
 * case. `stop` is polled during long work. */
int ops_open(const char *file, enum log_mode mode, enum open_want want, const struct passphrase_source *passphrase,
             const volatile bool *stop, struct opened *out, struct error *error);
void opened_close(struct opened *o);

/* Is it a case file, as against a text? Told by its first bytes. */
bool ops_is_case(const char *file);

#endif
