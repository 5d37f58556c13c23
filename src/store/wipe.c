/* Journals are overwritten before they are unlinked: see wipe.h.
 *
 * In SQLite's DELETE mode the unlinking of the journal is what commits. Here that moment comes a
 * little earlier: the journal's header is zeroed and synced, which makes SQLite ignore it (as in its
 * PERSIST mode). Only then is the rest zeroed: torn in another order, a journal whose header still
 * stood would be rolled back in part. */
#include "store/wipe.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static sqlite3_vfs layer;
static sqlite3_vfs *below;

enum { HEADER = 28 };

static int zero(sqlite3_file *file, sqlite3_int64 from, sqlite3_int64 to)
{
    static const char zeros[65536];
    int rc = SQLITE_OK;
    while (rc == SQLITE_OK && from < to) {
        int step = to - from < (sqlite3_int64)sizeof zeros ? (int)(to - from) : (int)sizeof zeros;
        rc = file->pMethods->xWrite(file, zeros, step, from);
        from += step;
    }
    return rc == SQLITE_OK ? file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) : rc;
}

/* Puts the journal out of force. Where that cannot be made durable it is put back in force, so that an error
 * means that nothing was committed; where it cannot be put back either, what the disk holds is the new state. */
static int disarm(sqlite3_file *file, sqlite3_int64 length)
{
    char header[HEADER];
    int size = length < HEADER ? (int)length : HEADER;
    int rc = file->pMethods->xRead(file, header, size, 0);
    if (rc != SQLITE_OK)
        return rc;
    rc = zero(file, 0, size);
    if (rc == SQLITE_OK)
        return rc;
    char now[HEADER] = {0};
    file->pMethods->xWrite(file, header, size, 0);
    bool read = file->pMethods->xRead(file, now, size, 0) == SQLITE_OK;
    return read && memcmp(now, header, (size_t)size) == 0 ? rc : SQLITE_OK;
}

/* 0, or a SQLite error while the journal is still in force. *left: it is not in force, and not overwritten. */
static int overwrite(const char *name, bool *left)
{
    sqlite3_file *file = calloc(1, (size_t)below->szOsFile);
    if (!file)
        return SQLITE_NOMEM;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_JOURNAL;
    int rc = below->xOpen(below, name, file, flags, &flags);
    sqlite3_int64 length = 0;
    if (rc == SQLITE_OK)
        rc = file->pMethods->xFileSize(file, &length);
    if (rc == SQLITE_OK)
        rc = disarm(file, length);
    if (rc == SQLITE_OK)
        *left = zero(file, HEADER, length) != SQLITE_OK;
    if (file->pMethods)
        file->pMethods->xClose(file);
    free(file);
    return rc;
}

static int overwrite_and_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    size_t length = strlen(name);
    if (length < 8 || strcmp(name + length - 8, "-journal") != 0)
        return below->xDelete(below, name, sync_folder);
    int there = 0;
    if (below->xAccess(below, name, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && !there)
        return SQLITE_IOERR_DELETE_NOENT;
    /* xOpen wants a name that carries URI parameters behind its NUL, as SQLite's own do */
    char *full = (char *)sqlite3_create_filename(name, "", "", 0, NULL);
    if (!full)
        return SQLITE_NOMEM;
    bool left = false;
    int rc = overwrite(full, &left);
    sqlite3_free_filename(full);
    if (rc != SQLITE_OK)
        return rc == SQLITE_FULL ? rc : SQLITE_IOERR_DELETE;
    /* From here on the transaction is committed. A journal that could not be overwritten or unlinked stays, out of
     * force, and is tried again at the next opening for writing. */
    if (!left)
        below->xDelete(below, name, sync_folder);
    return SQLITE_OK;
}

const char *wipe_layer(void)
{
    if (below)
        return layer.zName;
    below = sqlite3_vfs_find(NULL);
    if (!below)
        return NULL;
    layer = *below;
    layer.zName = "bearout-wipe";
    layer.pNext = NULL;
    layer.xDelete = overwrite_and_delete;
    return sqlite3_vfs_register(&layer, 0) == SQLITE_OK ? layer.zName : NULL;
}
