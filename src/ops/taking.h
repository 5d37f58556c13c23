/* What the files that take files in share: take.c, take_read.c, take_case.c. Nobody else includes it. */
#ifndef OPS_TAKING_H
#define OPS_TAKING_H

#include "ops/parsed.h"
#include "ops/take.h"

/* A file that was in another and waits to be read itself. */
struct take_child {
    char record[LIMIT_ID + 1];
    uint32_t depth;
};

struct taking_files {
    const struct take_case *into;
    const struct take_wish *wish;
    const struct take_telling *telling;
    const volatile bool *stop;
    struct store *store;
    unsigned char case_id[SEAL_PUBLIC];
    char *path;
    char on[32];
    VECTOR(struct take_child) waiting;
    VECTOR(struct take_child) chosen; /* whose ids files have that are not entered yet: those that others are in */
    uint64_t files;                   /* met in this taking: LIMIT_WALK */
    uint64_t nested;                  /* bytes that came out of archives and mails: LIMIT_NEST_BYTES */
    int failed;                       /* of them */
};

/* One file. */
struct take_one {
    struct taking_files *t;
    const char *name;
    uint32_t depth;
    const char *inside; /* the record that it was in; NULL */
    bool given;         /* the wish's record is this one's */
    int fd;             /* to be read from again, or -1 */
    uint64_t size;      /* 0: not known */
};

/* Takes one file: told, whatever comes of it. -1 where no further file can be taken (stopped, full, damaged). */
int taking_file(struct take_one *one, const struct vault_source *source, struct error *error);

/* Has a file read from `fd`. What is inside of it is taken as it comes, as being in record `id`. */
int taking_read(struct taking_files *t, int fd, const char *id, uint32_t depth, struct parsed *out,
                struct error *error);

/* Reads the files that wait, and what is in them. */
int taking_read_waiting(struct taking_files *t, struct error *error);

/* Puts what was parsed in beside the file, adds the entries `derived` and asks the log to sign; within begin() and
 * end() for the log alone. */
struct take_beside {
    VECTOR(struct log_object) objects;
    struct buffer entries;
};
int taking_put_derived(struct taking_files *t, const struct vault_stray *file, const char *id,
                       const struct parsed *parsed, struct take_beside *out, struct error *error);
int taking_put_one(struct taking_files *t, const struct vault_stray *file, const char *id, const char *kind,
                   struct text content, const char *maker, struct take_beside *out, struct error *error);
int taking_put_proof(struct taking_files *t, const struct vault_stray *file, const char *id, const char *form,
                     struct text proof, struct take_beside *out, struct error *error);

/* The key of the file that a record has, and its hash. */
int taking_key_of(struct taking_files *t, const char *record, struct vault_stray *key,
                  unsigned char sha256[SEAL_SHA256], struct error *error);

/* Enters it, and has the log sign for it. */
int taking_enter_beside(struct taking_files *t, struct take_beside *beside, struct error *error);
void take_beside_release(struct take_beside *b);

/* The form in which a text is kept: a line with its pages, and the text. */
void taking_text(struct text text, const uint64_t *pages, size_t count, struct buffer *out);

/* The kind of record that a media type is, and the title it is given. */
const char *taking_kind(const char *media);
const char *taking_title(const char *kind);

void taking_hex(const unsigned char hash[SEAL_SHA256], char hex[65]);
int taking_begin(struct taking_files *t, const struct take_case *into, struct error *error);
void taking_end(struct taking_files *t);
int taking_open_store(struct taking_files *t, struct error *error);
void taking_today(char on[32]);

/* Adds the entry that a record's file was "opened" or "given", now. */
void taking_looked(struct text record, const char *how, struct buffer *out);

/* A source that reads a descriptor, and looks at `stop` while it waits. */
struct taking_descriptor {
    int fd;
    const volatile bool *stop;
    const char *name;
};
struct vault_source taking_source(struct taking_descriptor *d);

#endif
