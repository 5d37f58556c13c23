/* What the files of log/ share; nobody else includes it, but tests that need a small case. */
#ifndef LOG_INNER_H
#define LOG_INNER_H

#include "log/file.h"
#include "log/log.h"
#include "base/limits.h"
#include "log/state.h"
#include "store/store.h"

/* A key that was made for a file, and the record that is to own it. */
struct adoption {
    char record[LIMIT_ID + 1];
    unsigned char id[LOG_FILE];
};

struct log {
    struct store *store;
    enum log_mode mode;
    struct secret *key;                  /* the case key */
    struct secret *signer;               /* this device's; NULL until it has something to write */
    uint32_t chain;                      /* this device's, once there is a signer */
    bool stale;                          /* a write failed half way: `state` must be loaded anew */
    bool held;                           /* LOG_SHARED: between log_hold() and log_rest() */
    uint64_t generation;                 /* how often others' batches were taken in */
    VECTOR(struct adoption) adoptions;   /* for the next append (file.c) */
    VECTOR(struct log_object) vouchings; /* likewise */
    struct state state;
};

/* Bytes of a page in a case that people make. A file lies in it a page at a time: with SQLite's usual 4096 taking one in
 * took half as long again. Larger ones gain nothing more, and make small changes dearer. */
#define LOG_PAGE 16384u

/* How a case is made: with libsodium's MODERATE and LOG_PAGE unless a test wants it small. */
struct log_making {
    struct seal_cost cost;
    uint32_t page; /* bytes; 0 for SQLite's usual */
};
int log_create_as(const char *path, const struct secret *passphrase, const struct log_making *making,
                  struct error *error);

/* Loads the file anew, within the open transaction. Where it fails the log is as it was. */
int log_reload(struct log *log, struct error *error);

/* Takes the right to write again after a commit or a failure, and what others have written in between. */
int log_begin(struct log *log, struct error *error);

/* LOG_SHARED: gives the right to write back, unless it is held on to. Else nothing. */
void log_let_go(struct log *log);

/* Finds this device's key for this file on this machine, or makes a device. */
int log_become_device(struct log *log, struct error *error);

/* The key of a voice's slot, into a secret of SEAL_KEY bytes. */
int log_voice_key(const struct log *log, uint32_t slot, struct secret *voice_key, struct error *error);

/* What is authenticated beside a protected string. */
void log_string_context(const struct log *log, struct text slot_id, struct buffer *out);

/* The owner of a record's key, among those of voices: `:` and the record's id. */
void log_record_owner(struct text record, struct buffer *out);

/* The slot that was made for the file of an owner, if one waits to be adopted: its number, taken into the state; or
 * STATE_NONE. -1 where it is no longer there. */
int log_adopted(struct log *log, struct text owner, uint32_t *slot, struct error *error);

/* Writes the device's word for all objects that wait for it. Within an append. */
int log_write_vouchings(struct log *log, struct error *error);

/* Counts and checks what is stored of files, within the open transaction. */
int log_verify_files(const struct state *s, struct store *store, struct log_report *report, struct error *error);

/* Takes from `from` the files that `to` lacks, in several transactions of `to`, none being open before or after. */
int log_sync_files(struct log *to, struct log *from, uint64_t *files, struct error *error);

/* Deletes all rows of an object, in several transactions. The right to write is held at the end. */
int log_cut_object(struct log *log, struct text name, struct error *error);

/* Destroys, in the open transaction, the slots that a `forget` covers and that are still stored. */
int log_destroy_condemned(struct log *log, struct error *error);

#endif
