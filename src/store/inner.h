/* What the files of store/ share; nobody else includes it. */
#ifndef STORE_INNER_H
#define STORE_INNER_H

#include "store/store.h"

#include <sqlite3.h>

enum statement {
    BEGIN_READ,
    BEGIN_WRITE,
    COMMIT,
    ROLLBACK,
    DATA_VERSION,
    BATCHES,
    BATCH_ONE,
    BATCH_ADD,
    SLOTS,
    SLOT_ONE,
    SLOT_PUT,
    SLOT_CLEAR,
    CHUNK_ONE,
    CHUNK_PUT,
    CHUNK_LAST,
    CHUNK_NEXT_NAME,
    CHUNK_CUT,
    STATEMENTS,
};

struct store {
    sqlite3 *db;
    char *path;    /* as the caller named it */
    char *opened;  /* as SQLite was told: never a URI, never ":memory:" */
    char *staging; /* the name a new file has until it is published; NULL otherwise */
    enum store_mode mode;
    int patience; /* milliseconds */
    int seen; /* SQLite's data_version at our last commit */
    sqlite3_stmt *prepared[STATEMENTS];
};

struct store *store_new(const char *path, enum store_mode mode);

/* Connects to the file `name` with SQLite's flags. The first page is not read yet. */
int store_connect(struct store *s, const char *name, int flags, struct error *error);
int store_set_up(struct store *s, struct error *error); /* reads the first page */
void store_disconnect(struct store *s);
void store_drop_staging(struct store *s); /* removes a file that was not published */
int store_make_tables(struct store *s, struct error *error);

/* Sets the error of a SQLite result: a sentence, the file, a mend. Returns -1. */
int store_fail(const struct store *s, int rc, const char *verb, struct error *error);

/* The statement, prepared once and reset; NULL on failure. */
sqlite3_stmt *store_statement(struct store *s, enum statement which, struct error *error);

/* Runs a statement that gives no rows. */
int store_run(struct store *s, enum statement which, const char *verb, struct error *error);

int store_damaged(const struct store *s, struct error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
