/* What went wrong, for the person who has to mend it.
 *
 * Fallible functions return 0 or -1 (or NULL) and take a `struct error *` last; success leaves it
 * alone. An error says what is wrong, where, and how to mend it, in that order. It owns nothing and
 * needs no freeing. Library code never prints and never exits. A secret is never put in an error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

enum error_code {
    ERROR_NONE,
    ERROR_INPUT,       /* a text, a file or a draft is not what it should be */
    ERROR_USAGE,       /* the command line is not */
    ERROR_MISSING,     /* there is no such file, voice, claim… */
    ERROR_EXISTS,      /* there is one already */
    ERROR_IO,          /* the disk, the terminal or the system said no */
    ERROR_FULL,        /* no room on the disk */
    ERROR_DAMAGED,     /* a case file is not as it was written */
    ERROR_PASSPHRASE,  /* not the passphrase of this case */
    ERROR_VERSION,     /* written by a newer Bearout */
    ERROR_LIMIT,       /* larger than a named limit */
    ERROR_BUSY,        /* another program is writing to the case */
    ERROR_INTERRUPTED, /* the person stopped it */
};

struct error {
    enum error_code code;
    char what[640];  /* a sentence without its full stop */
    char where[320]; /* a file, with line and column or batch where there is one; may be empty */
    char mend[320];  /* what to do about it; may be empty */
};

/* Each returns -1, so that a caller can say `return error_set(error, …)`. `error` may be NULL. */
int error_set(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int error_where(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_mend(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sets code and sentence from an errno value: "cannot VERB NAME: no such file", with a mend. */
int error_system(struct error *error, int number, const char *verb, const char *name);

#endif
