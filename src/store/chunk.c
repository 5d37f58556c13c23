/* Pieces of files in and out: see store.h. */
#include "store/inner.h"

#include <assert.h>

static int bind_name(sqlite3_stmt *to, struct text name)
{
    return sqlite3_bind_blob64(to, 1, name.length ? name.at : "", name.length, SQLITE_STATIC);
}

static struct text blob(sqlite3_stmt *row)
{
    const char *at = sqlite3_column_blob(row, 0);
    return (struct text){at, (size_t)sqlite3_column_bytes(row, 0)};
}

/* Steps to the one row there may be: 1, 0 or -1. */
static int first_row(struct store *s, sqlite3_stmt *one, struct error *error)
{
    int rc = sqlite3_step(one);
    if (rc == SQLITE_ROW)
        return 1;
    if (rc != SQLITE_DONE)
        store_fail(s, rc, "read", error);
    sqlite3_reset(one);
    return rc == SQLITE_DONE ? 0 : -1;
}

static int is_no_chunk(const struct store *s, struct error *error)
{
    return store_damaged(s, error, "a row of its files is not a piece of a file");
}

int store_chunk(struct store *s, struct text name, uint64_t number, struct text *cipher, struct error *error)
{
    sqlite3_stmt *one = store_statement(s, CHUNK_ONE, error);
    if (!one)
        return -1;
    bind_name(one, name);
    sqlite3_bind_int64(one, 2, (sqlite3_int64)number);
    int got = first_row(s, one, error);
    if (got != 1)
        return got;
    *cipher = blob(one);
    bool sound = sqlite3_column_type(one, 0) == SQLITE_BLOB && cipher->at && cipher->length <= STORE_CHUNK;
    return sound ? 1 : is_no_chunk(s, error);
}

int store_chunk_put(struct store *s, struct text name, uint64_t number, struct text cipher, struct error *error)
{
    assert(name.length && name.length <= STORE_OBJECT && cipher.length && cipher.length <= STORE_CHUNK);
    sqlite3_stmt *put = store_statement(s, CHUNK_PUT, error);
    if (!put)
        return -1;
    bind_name(put, name);
    sqlite3_bind_int64(put, 2, (sqlite3_int64)number);
    sqlite3_bind_blob64(put, 3, cipher.at, cipher.length, SQLITE_STATIC);
    return store_run(s, CHUNK_PUT, "write to", error);
}

int store_chunk_count(struct store *s, struct text name, uint64_t *count, struct error *error)
{
    sqlite3_stmt *last = store_statement(s, CHUNK_LAST, error);
    if (!last)
        return -1;
    bind_name(last, name);
    int got = first_row(s, last, error);
    bool sound = got != 1 || (sqlite3_column_type(last, 0) == SQLITE_INTEGER && sqlite3_column_int64(last, 0) >= 0);
    *count = got == 1 && sound ? (uint64_t)sqlite3_column_int64(last, 0) + 1 : 0;
    sqlite3_reset(last);
    return got < 0 ? -1 : sound ? 0 : is_no_chunk(s, error);
}

int store_chunk_name(struct store *s, struct text after, struct buffer *name, struct error *error)
{
    sqlite3_stmt *next = store_statement(s, CHUNK_NEXT_NAME, error);
    if (!next)
        return -1;
    bind_name(next, after);
    int got = first_row(s, next, error);
    bool sound = got != 1 || (sqlite3_column_type(next, 0) == SQLITE_BLOB && blob(next).length &&
                              blob(next).length <= STORE_OBJECT);
    struct buffer found = {0}; /* `after` may stand in `name` */
    if (got == 1 && sound)
        buffer_text_add(&found, blob(next));
    sqlite3_reset(next);
    buffer_clear(name);
    buffer_text_add(name, buffer_text(&found));
    buffer_release(&found);
    return sound ? got : is_no_chunk(s, error);
}

int store_chunk_cut(struct store *s, struct text name, uint64_t number, struct error *error)
{
    sqlite3_stmt *cut = store_statement(s, CHUNK_CUT, error);
    if (!cut)
        return -1;
    bind_name(cut, name);
    sqlite3_bind_int64(cut, 2, (sqlite3_int64)number);
    sqlite3_exec(s->db, "PRAGMA secure_delete=OFF", NULL, NULL, NULL);
    int result = store_run(s, CHUNK_CUT, "write to", error);
    sqlite3_exec(s->db, "PRAGMA secure_delete=ON", NULL, NULL, NULL);
    return result;
}
