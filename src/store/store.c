/* Opening, checking and committing the container: see store.h. */
#include "store/inner.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/memory.h"
#include "store/wipe.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const uint32_t APPLICATION = 0x426f7574; /* "Bout": PRAGMA application_id */
enum { MAGIC = 16, HEADER = 100, SMALLEST = 512 };

/* `older`: as it was made before, and is read still. With no row number of its own, a piece's whole content was part of
 * the key that SQLite compares, so that finding one read a dozen others. */
static const struct {
    const char *name, *sql, *older;
} tables[] = {
    {"batch",
     "CREATE TABLE batch(device BLOB NOT NULL, seq INTEGER NOT NULL, prev BLOB NOT NULL, "
     "cipher BLOB NOT NULL, sig BLOB NOT NULL, PRIMARY KEY(device, seq)) WITHOUT ROWID",
     NULL},
    {"chunk", "CREATE TABLE chunk(name BLOB NOT NULL, n INTEGER NOT NULL, cipher BLOB NOT NULL, PRIMARY KEY(name, n))",
     "CREATE TABLE chunk(name BLOB NOT NULL, n INTEGER NOT NULL, cipher BLOB NOT NULL, PRIMARY KEY(name, n)) "
     "WITHOUT ROWID"},
    {"slot", "CREATE TABLE slot(id BLOB NOT NULL PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID", NULL},
};
enum { TABLES = sizeof tables / sizeof *tables };

static const char *const sql[STATEMENTS] = {
    [BEGIN_READ] = "BEGIN",
    [BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [DATA_VERSION] = "PRAGMA data_version",
    [BATCHES] = "SELECT device, seq, prev, cipher, sig FROM batch ORDER BY device, seq",
    [BATCH_ONE] = "SELECT device, seq, prev, cipher, sig FROM batch WHERE device = ? AND seq = ?",
    [BATCH_ADD] = "INSERT INTO batch(device, seq, prev, cipher, sig) VALUES(?, ?, ?, ?, ?)",
    [SLOTS] = "SELECT id, wrapped FROM slot ORDER BY id",
    [SLOT_ONE] = "SELECT id, wrapped FROM slot WHERE id = ?",
    [SLOT_PUT] = "REPLACE INTO slot(id, wrapped) VALUES(?, ?)",
    [SLOT_CLEAR] = "DELETE FROM slot",
    [CHUNK_ONE] = "SELECT cipher FROM chunk WHERE name = ? AND n = ?",
    [CHUNK_PUT] = "REPLACE INTO chunk(name, n, cipher) VALUES(?, ?, ?)",
    [CHUNK_LAST] = "SELECT n FROM chunk WHERE name = ? ORDER BY n DESC LIMIT 1",
    [CHUNK_NEXT_NAME] = "SELECT name FROM chunk WHERE name > ? ORDER BY name LIMIT 1",
    [CHUNK_CUT] = "DELETE FROM chunk WHERE name = ? AND n = ?",
};

int store_damaged(const struct store *s, struct error *error, const char *format, ...)
{
    char what[256];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    error_set(error, ERROR_DAMAGED, "the case file is damaged: %s", what);
    error_where(error, "%s", s->path);
    return error_mend(error, "take a copy or a backup of it; --salvage reads what still stands");
}

int store_fail(const struct store *s, int rc, const char *verb, struct error *error)
{
    int number = s->db ? sqlite3_system_errno(s->db) : 0;
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        error_set(error, ERROR_BUSY, "another program is using '%s'", s->path);
        return error_mend(error, "close it there, or wait for it to end, and try again");
    case SQLITE_FULL:
        return error_system(error, ENOSPC, verb, s->path);
    case SQLITE_CORRUPT:
        return store_damaged(s, error, "its pages do not fit together");
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* our statements are right, so the file's tables are not */
        return store_damaged(s, error, "its header is not as it was written");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        error_set(error, ERROR_IO, "cannot write to '%s': it, its folder or its disk can only be read", s->path);
        return error_mend(error, "copy it to a place that can be written");
    case SQLITE_CANTOPEN:
        error_set(error, ERROR_IO, "cannot %s '%s': its folder does not let it or its journal be opened", verb,
                  s->path);
        return error_mend(error, "copy it to a folder that can be written");
    case SQLITE_TOOBIG:
        return error_set(error, ERROR_LIMIT, "something in '%s' is larger than a case file may hold", s->path);
    case SQLITE_IOERR:
        if (number == 0)
            break;
        error_system(error, number, verb, s->path);
        return error && !error->mend[0] ? error_mend(error, "check the disk; nothing was changed") : -1;
    default:
        break;
    }
    error_set(error, ERROR_IO, "cannot %s '%s': %s", verb, s->path, sqlite3_errstr(rc));
    return error_mend(error, "check the disk; nothing was changed");
}

sqlite3_stmt *store_statement(struct store *s, enum statement which, struct error *error)
{
    if (!s->prepared[which]) {
        int rc = sqlite3_prepare_v3(s->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &s->prepared[which], NULL);
        if (rc != SQLITE_OK) {
            store_fail(s, rc, "read", error);
            return NULL;
        }
    }
    sqlite3_reset(s->prepared[which]);
    return s->prepared[which];
}

int store_run(struct store *s, enum statement which, const char *verb, struct error *error)
{
    sqlite3_stmt *statement = store_statement(s, which, error);
    if (!statement)
        return -1;
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        store_fail(s, rc, verb, error); /* before the reset, which forgets the system's errno */
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : -1;
}

struct store *store_new(const char *path, enum store_mode mode)
{
    struct store *s = memory_new(sizeof *s);
    s->mode = mode;
    s->patience = STORE_PATIENCE;
    s->path = memory_copy(path, strlen(path));
    struct buffer name = {0};
    if (path[0] != '/')
        buffer_string(&name, "./");
    buffer_string(&name, path);
    s->opened = name.at;
    return s;
}

void store_disconnect(struct store *s)
{
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(s->prepared[i]);
        s->prepared[i] = NULL;
    }
    sqlite3_close(s->db);
    s->db = NULL;
}

void store_free(struct store *s)
{
    if (!s)
        return;
    store_rollback(s);
    store_disconnect(s);
    if (s->staging)
        store_drop_staging(s);
    free(s->opened);
    free(s->path);
    free(s);
}

enum { ASK_AGAIN = 2 }; /* milliseconds */

/* SQLite's own way of waiting asks ever more seldom, and would miss the gaps that a large write leaves for others. */
static int wait_for_turn(void *store, int asked)
{
    const struct store *s = store;
    struct timespec pause = {.tv_nsec = ASK_AGAIN * 1000000L};
    if (asked >= s->patience / ASK_AGAIN)
        return 0;
    nanosleep(&pause, NULL);
    return 1;
}

/* Needs no page of the file. */
static void narrow(struct store *s)
{
    sqlite3 *db = s->db;
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_handler(db, wait_for_turn, s);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, (int)LIMIT_BATCH + 4096);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 4096);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
}

int store_connect(struct store *s, const char *name, int flags, struct error *error)
{
    const char *layer = wipe_layer();
    if (!layer)
        return error_set(error, ERROR_IO, "SQLite knows no way to open files here");
    int rc = sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, layer);
    if (rc != SQLITE_OK)
        return store_fail(s, rc, "open", error);
    narrow(s);
    if (s->mode == STORE_SALVAGE) { /* or SQLite does not open a file that is shorter than its header says */
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
    }
    return 0;
}

int store_set_up(struct store *s, struct error *error)
{
    static const char settings[] = "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                                   "PRAGMA secure_delete=ON; PRAGMA synchronous=EXTRA; PRAGMA mmap_size=0;";
    int rc = sqlite3_exec(s->db, settings, NULL, NULL, NULL);
    return rc == SQLITE_OK ? 0 : store_fail(s, rc, "open", error);
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int read_header(const struct store *s, unsigned char header[HEADER], uint64_t *length, struct error *error)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int rc = sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (rc == SQLITE_OK)
        rc = file->pMethods->xFileSize(file, &size);
    if (rc == SQLITE_OK)
        rc = file->pMethods->xRead(file, header, HEADER, 0);
    *length = (uint64_t)size;
    return rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ ? 0 : store_fail(s, rc, "read", error);
}

static int no_case(const char *path, struct error *error)
{
    error_set(error, ERROR_INPUT, "'%s' is not a case file", path);
    return error_mend(error, "name a file that Bearout made, or make a new case and add the text to it");
}

/* Before SQLite reads the file: a file in another journal mode would make it write beside it. */
static int check_mode(const struct store *s, struct error *error)
{
    unsigned char header[HEADER];
    uint64_t length;
    if (read_header(s, header, &length, error) < 0)
        return -1;
    if (memcmp(header, "SQLite format 3", MAGIC) != 0)
        return no_case(s->path, error);
    if (header[18] != 1 || header[19] != 1)
        return store_damaged(s, error, "its header is not as it was written");
    return 0;
}

static int check_header(const struct store *s, struct error *error)
{
    unsigned char header[HEADER];
    uint64_t length;
    if (read_header(s, header, &length, error) < 0)
        return -1;
    if (big_endian(header + 68) != APPLICATION) {
        error_set(error, ERROR_INPUT, "'%s' is a SQLite file, but not a case", s->path);
        return error_mend(error, "name a file that Bearout made");
    }
    uint32_t version = big_endian(header + 60);
    if (version > STORE_VERSION) {
        error_set(error, ERROR_VERSION, "'%s' was written by a newer Bearout (format %u; this one reads %u)", s->path,
                  version, STORE_VERSION);
        return error_mend(error, "install the newer version");
    }
    uint32_t page = (uint32_t)header[16] << 8 | header[17];
    uint64_t said = (uint64_t)(page == 1 ? 65536 : page) * big_endian(header + 28);
    bool whole = said <= length && length % (page == 1 ? 65536 : page) == 0;
    if (version < STORE_VERSION || (!whole && s->mode != STORE_SALVAGE))
        return store_damaged(s, error, "it should have %llu bytes and has %llu", (unsigned long long)said,
                             (unsigned long long)length);
    return 0;
}

int store_make_tables(struct store *s, struct error *error)
{
    char marks[96];
    snprintf(marks, sizeof marks, "PRAGMA application_id=%u; PRAGMA user_version=%u;", APPLICATION, STORE_VERSION);
    int rc = sqlite3_exec(s->db, marks, NULL, NULL, NULL);
    for (int i = 0; rc == SQLITE_OK && i < TABLES; i++)
        rc = sqlite3_exec(s->db, tables[i].sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? 0 : store_fail(s, rc, "write to", error);
}

static bool is_table(int table, const char *made)
{
    return strcmp(made, tables[table].sql) == 0 || (tables[table].older && strcmp(made, tables[table].older) == 0);
}

/* The schema must be ours to the letter: a stranger's could run code of SQLite's that we never call. The index that
 * SQLite makes of a primary key has no words that could. */
static int check_schema(struct store *s, struct error *error)
{
    sqlite3_stmt *rows = NULL;
    int rc =
        sqlite3_prepare_v2(s->db,
                           "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE NOT (type = 'index' AND "
                           "name = 'sqlite_autoindex_chunk_1' AND tbl_name = 'chunk' AND sql IS NULL) ORDER BY name",
                           -1, &rows, NULL);
    int found = 0;
    bool same = rc == SQLITE_OK;
    while (same && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *column[4];
        for (int i = 0; i < 4; i++)
            column[i] = (const char *)sqlite3_column_text(rows, i);
        same = found < TABLES && column[0] && column[1] && column[2] && column[3] && strcmp(column[0], "table") == 0 &&
               strcmp(column[1], tables[found].name) == 0 && strcmp(column[2], tables[found].name) == 0 &&
               is_table(found, column[3]);
        found++;
    }
    sqlite3_finalize(rows);
    if (same && rc != SQLITE_DONE)
        return store_fail(s, rc, "read", error);
    return same && found == TABLES ? 0 : store_damaged(s, error, "its tables are not those of a case");
}

static int check_kind(const char *path, struct error *error)
{
    struct stat info;
    if (stat(path, &info) < 0)
        return error_system(error, errno, "open", path);
    if (S_ISDIR(info.st_mode)) {
        error_set(error, ERROR_INPUT, "'%s' is a folder", path);
        return error_mend(error, "name a case file in it");
    }
    if (S_ISREG(info.st_mode) && info.st_size == 0) {
        error_set(error, ERROR_INPUT, "'%s' is empty", path);
        return error_mend(error, "name a file that Bearout made, or make a new case and add the text to it");
    }
    if (!S_ISREG(info.st_mode) || info.st_size < SMALLEST)
        return no_case(path, error);
    return access(path, R_OK) < 0 ? error_system(error, errno, "open", path) : 0;
}

static int open_checked(struct store *s, int flags, struct error *error)
{
    if (store_connect(s, s->opened, flags, error) < 0 || check_mode(s, error) < 0 || store_set_up(s, error) < 0)
        return -1;
    if (s->mode == STORE_WRITE && sqlite3_db_readonly(s->db, "main"))
        return store_fail(s, SQLITE_READONLY, "open", error);
    return store_begin(s, NULL, error);
}

/* A write that was cut off has left its journal: it must be rolled back, which takes the right to write. */
static int open_for_reading(struct store *s, struct error *error)
{
    struct error first = {0};
    if (open_checked(s, SQLITE_OPEN_READONLY, &first) == 0)
        return 0;
    bool unfinished = sqlite3_extended_errcode(s->db) == SQLITE_READONLY_ROLLBACK;
    if (!unfinished) {
        if (error)
            *error = first;
        return -1;
    }
    store_disconnect(s);
    if (open_checked(s, SQLITE_OPEN_READWRITE, error) < 0)
        return -1;
    sqlite3_exec(s->db, "PRAGMA query_only=ON", NULL, NULL, NULL);
    return 0;
}

/* A journal that is there now is out of force: it was left by a program that was stopped between
 * committing and clearing up, and may hold what has been destroyed since. */
static void clear_up(struct store *s)
{
    sqlite3_vfs *layer = sqlite3_vfs_find(wipe_layer());
    const char *journal = sqlite3_filename_journal(sqlite3_db_filename(s->db, "main"));
    int there = 0;
    if (layer->xAccess(layer, journal, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there)
        layer->xDelete(layer, journal, 1);
}

struct store *store_open(const char *path, enum store_mode mode, struct error *error)
{
    struct store *s = store_new(path, mode);
    int result = check_kind(s->path, error);
    if (result == 0 && mode != STORE_WRITE)
        result = open_for_reading(s, error);
    else if (result == 0)
        result = open_checked(s, SQLITE_OPEN_READWRITE, error);
    if (result == 0)
        result = check_header(s, error);
    if (result == 0)
        result = check_schema(s, error);
    if (result == 0 && mode == STORE_WRITE)
        clear_up(s);
    if (result == 0)
        return s;
    store_free(s);
    return NULL;
}

static int data_version(struct store *s, int *version, struct error *error)
{
    sqlite3_stmt *asked = store_statement(s, DATA_VERSION, error);
    if (!asked)
        return -1;
    int rc = sqlite3_step(asked);
    *version = sqlite3_column_int(asked, 0);
    sqlite3_reset(asked);
    return rc == SQLITE_ROW ? 0 : store_fail(s, rc, "read", error);
}

static int begin(struct store *s, enum statement how, bool *changed, struct error *error)
{
    if (store_run(s, how, "open", error) < 0)
        return -1;
    int version = 0;
    /* BEGIN alone takes no lock for reading; the first row read does */
    int rc = sqlite3_exec(s->db, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
    if (rc != SQLITE_OK)
        store_fail(s, rc, "open", error);
    if (rc != SQLITE_OK || data_version(s, &version, error) < 0) {
        store_rollback(s);
        return -1;
    }
    if (changed)
        *changed = version != s->seen;
    s->seen = version;
    return 0;
}

int store_begin(struct store *s, bool *changed, struct error *error)
{
    return begin(s, s->mode == STORE_WRITE ? BEGIN_WRITE : BEGIN_READ, changed, error);
}

int store_begin_reading(struct store *s, struct error *error)
{
    return begin(s, BEGIN_READ, NULL, error);
}

int store_changed(struct store *s, bool *changed, struct error *error)
{
    int version = 0;
    assert(!store_begun(s));
    if (data_version(s, &version, error) < 0)
        return -1;
    *changed = version != s->seen;
    return 0;
}

void store_patience(struct store *s, int milliseconds)
{
    s->patience = milliseconds;
}

int store_commit(struct store *s, struct error *error)
{
    if (store_run(s, COMMIT, "write to", error) == 0)
        return 0;
    store_rollback(s);
    return -1;
}

void store_rollback(struct store *s)
{
    for (int i = BATCHES; i < STATEMENTS; i++)
        if (s->prepared[i])
            sqlite3_reset(s->prepared[i]);
    if (store_begun(s))
        store_run(s, ROLLBACK, "write to", NULL);
}

bool store_begun(const struct store *s)
{
    return s->db && !sqlite3_get_autocommit(s->db);
}

int store_check(struct store *s, struct error *error)
{
    sqlite3_stmt *check = NULL;
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &check, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(check);
    const char *said = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(check, 0) : NULL;
    bool sound = said && strcmp(said, "ok") == 0;
    sqlite3_finalize(check);
    if (rc != SQLITE_ROW)
        return store_fail(s, rc, "read", error);
    return sound ? 0 : store_damaged(s, error, "its pages do not fit together");
}

uint64_t store_bytes(const struct store *s)
{
    unsigned char header[HEADER];
    uint64_t length = 0;
    read_header(s, header, &length, NULL);
    return length;
}

const char *store_path(const struct store *s)
{
    return s->path;
}
