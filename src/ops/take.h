/* Taking files into a case: kept as they came, entered as records, and read as far as they can be.
 *
 * A file is put into the vault first, read by bearout-parse next, and entered last, in one step with all that was read:
 * so whatever interrupts it, there is the whole of it or a beginning that the next taking goes on with. The same bytes
 * twice are one record. What is in an archive or a mail becomes records of its own, which say in which file they were.
 */
#ifndef OPS_TAKE_H
#define OPS_TAKE_H

#include "ops/evidence.h"

#include "base/limits.h"

/* The case that is taken into. begin() gives the case as it is now and the right to write, for a moment; append() can
 * be called once before end(). */
struct take_case {
    const struct opened *(*begin)(void *context, struct error *error);
    int (*append)(void *context, struct text notation, struct error *error);
    void (*end)(void *context);
    void *context;
};

/* What is the same for all files of one taking; each may be NULL. */
struct take_wish {
    const char *record;         /* the id that the file's record is to have, or has; for one file alone */
    const char *from, *through; /* voices: who brought it, and through whom */
    const char *on;             /* when it was brought; today where NULL */
    bool unread;                /* do not have it read */
};

enum take_outcome {
    TAKE_NEW,    /* kept, under a new record */
    TAKE_GIVEN,  /* kept, for a record that was there */
    TAKE_SAME,   /* a record has the very same file already; who brought it now is entered too, if it was said */
    TAKE_FAILED, /* `error` says why */
};

struct taken {
    enum take_outcome outcome;
    char record[LIMIT_ID + 1]; /* empty where it failed */
    const char *name;          /* as it was given, or as an archive has it; valid for the call */
    uint32_t depth;            /* 0: given; 1: in an archive or a mail that was */
    uint64_t bytes, went_on;   /* of them, bytes that an interrupted taking had brought in */
    char sha256[65];
    const char *media; /* its media type as it was recognised; may be empty */
    uint64_t text;     /* bytes of text that were read */
    const char *notes; /* sentences, each ended by a line end; may be empty */
    struct error error;
};

struct take_telling {
    void (*taken)(void *context, const struct taken *t);                            /* a file is done; never NULL */
    void (*progress)(void *context, const char *name, uint64_t bytes, uint64_t of); /* of: 0 unknown; may be NULL */
    void *context;
};

/* Takes files and folders ("-": standard input), each in turn. 0 where all went well; -1 where one failed (it was told,
 * and error is set to the last) or it was stopped. `stop` is polled; what is in by then stays. */
int ops_take(const struct take_case *into, const char *const *paths, size_t count, const struct take_wish *wish,
             const struct take_telling *telling, const volatile bool *stop, struct error *error);

/* Takes what comes from a descriptor, a file or a pipe, under a name. Told as above. */
int ops_take_descriptor(const struct take_case *into, int fd, const char *name, const struct take_wish *wish,
                        const struct take_telling *telling, const volatile bool *stop, struct error *error);

/* The same from memory or whatever else gives bytes. */
int ops_take_source(const struct take_case *into, const struct vault_source *source, const char *name,
                    const struct take_wish *wish, const struct take_telling *telling, const volatile bool *stop,
                    struct error *error);

/* Keeps what was derived from a record's file: `kind` as in the notation, `maker` who or what made it. A text or a
 * transcript is kept with the pages given (NULL: none). The record has to have a file here. */
int ops_take_derived(const struct take_case *into, const char *record, const char *kind, struct text content,
                     const evidence_pages *pages, const char *maker, struct error *error);

/* Opens a case file for taking into; `into` is good until take_close(). */
struct take_file;
struct take_file *take_open(const char *file, const struct passphrase_source *passphrase, const volatile bool *stop,
                            struct take_case *into, struct error *error);
const struct opened *take_opened(const struct take_file *f);
void take_close(struct take_file *f); /* NULL is fine */

/* Clears away what interrupted takings left. None may be under way. How many files and pieces of them there were. */
int ops_take_clear(const struct take_case *into, uint64_t *cleared, struct error *error);

#endif
