/* A disk that fails when it is told to: see shim.h. */
#include "shim.h"

#include "base/memory.h"
#include "base/vector.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512, EXIT_CRASHED = 77 };

/* Something written that no sync has made durable yet. A truncation has no bytes. */
struct change {
    sqlite3_int64 at;
    int length;
    char *bytes;
};

/* What is known of a file by its name: handles come and go, what was not synced stays. */
struct held {
    char name[256];
    VECTOR(struct change) changes;
};

struct shim_file {
    sqlite3_file base;
    struct held *held;
    sqlite3_file *real; /* behind this struct */
};

static sqlite3_vfs layer, *below;
static struct held files[16];
static struct {
    enum shim_mode mode;
    long at, count, unwiped;
    bool armed;
} shim;

long shim_count(void)
{
    return shim.count;
}

long shim_unwiped(void)
{
    return shim.unwiped;
}

static bool holds_back(void)
{
    return shim.mode == SHIM_LOSE_ALL || shim.mode == SHIM_LOSE_SOME;
}

static struct held *held_of(const char *name)
{
    for (int i = 0; i < 16; i++) {
        if (!files[i].name[0])
            snprintf(files[i].name, sizeof files[i].name, "%s", name);
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    }
    abort();
}

static void drop_changes(struct held *h)
{
    for (size_t i = 0; i < h->changes.count; i++)
        free(h->changes.at[i].bytes);
    vector_release(&h->changes);
}

static void put(sqlite3_file *real, const struct change *c)
{
    if (c->bytes)
        real->pMethods->xWrite(real, c->bytes, c->length, c->at);
    else
        real->pMethods->xTruncate(real, c->at);
}

/* Half of what was held back reaches the disk, sector by sector. */
static void lose_some(struct held *h)
{
    FILE *f = h->changes.count ? fopen(h->name, "r+") : NULL;
    for (size_t i = 0; f && i < h->changes.count; i++) {
        const struct change *c = &h->changes.at[i];
        if (!c->bytes && rand() % 2 && ftruncate(fileno(f), c->at) < 0)
            abort();
        for (int from = 0; c->bytes && from < c->length; from += SECTOR) {
            int length = c->length - from < SECTOR ? c->length - from : SECTOR;
            if (rand() % 2 && pwrite(fileno(f), c->bytes + from, (size_t)length, c->at + from) != length)
                abort();
        }
    }
    if (f)
        fclose(f);
}

static void crash(void)
{
    for (int i = 0; i < 16 && shim.mode == SHIM_LOSE_SOME; i++)
        lose_some(&files[i]);
    _exit(EXIT_CRASHED);
}

/* Counts an operation: 0 where it goes ahead. A crash does not return. */
static int operation(int refusal)
{
    shim.count++;
    if (!shim.armed || shim.count < shim.at)
        return SQLITE_OK;
    if (shim.mode == SHIM_CRASH || holds_back())
        crash();
    if (shim.mode == SHIM_FULL)
        return refusal == SQLITE_IOERR_WRITE || refusal == SQLITE_CANTOPEN ? SQLITE_FULL : SQLITE_OK;
    if (shim.mode != SHIM_FAILING)
        return SQLITE_OK;
    errno = EIO; /* what sqlite3_system_errno() gives */
    return refusal;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct shim_file *)f)->real;
}

static int shim_close(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int shim_file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    const struct held *h = ((struct shim_file *)f)->held;
    int rc = real_of(f)->pMethods->xFileSize(real_of(f), size);
    for (size_t i = 0; i < h->changes.count; i++) {
        const struct change *c = &h->changes.at[i];
        if (!c->bytes || *size < c->at + c->length)
            *size = c->at + c->length;
    }
    return rc;
}

static int shim_read(sqlite3_file *f, void *out, int length, sqlite3_int64 at)
{
    const struct held *h = ((struct shim_file *)f)->held;
    int rc = real_of(f)->pMethods->xRead(real_of(f), out, length, at);
    sqlite3_int64 size;
    if (!h->changes.count || (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ))
        return rc;
    for (size_t i = 0; i < h->changes.count; i++) {
        const struct change *c = &h->changes.at[i];
        sqlite3_int64 from = c->at > at ? c->at : at, to = c->at + c->length;
        if (to > at + length || !c->bytes)
            to = at + length;
        if (from < to && c->bytes)
            memcpy((char *)out + (from - at), c->bytes + (from - c->at), (size_t)(to - from));
        else if (from < to)
            memset((char *)out + (from - at), 0, (size_t)(to - from));
    }
    shim_file_size(f, &size);
    return at + length <= size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static void hold(struct held *h, const void *bytes, int length, sqlite3_int64 at)
{
    char *copy = bytes ? memory_copy(bytes, (size_t)length) : NULL;
    vector_push(&h->changes, (struct change){at, length, copy});
}

static int shim_write(sqlite3_file *f, const void *bytes, int length, sqlite3_int64 at)
{
    if (shim.armed && shim.mode == SHIM_CRASH && shim.count + 1 == shim.at)
        real_of(f)->pMethods->xWrite(real_of(f), bytes, length / 2, at); /* torn */
    int rc = operation(SQLITE_IOERR_WRITE);
    if (rc != SQLITE_OK)
        return rc;
    if (!holds_back())
        return real_of(f)->pMethods->xWrite(real_of(f), bytes, length, at);
    hold(((struct shim_file *)f)->held, bytes, length, at);
    return SQLITE_OK;
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    int rc = operation(SQLITE_IOERR_TRUNCATE);
    if (rc != SQLITE_OK)
        return rc;
    if (!holds_back())
        return real_of(f)->pMethods->xTruncate(real_of(f), size);
    hold(((struct shim_file *)f)->held, NULL, 0, size);
    return SQLITE_OK;
}

/* The real disk is not asked to sync: no power fails under the test itself. */
static int shim_sync(sqlite3_file *f, int flags)
{
    (void)flags;
    struct held *h = ((struct shim_file *)f)->held;
    int rc = operation(SQLITE_IOERR_FSYNC);
    if (rc != SQLITE_OK)
        return rc;
    for (size_t i = 0; i < h->changes.count; i++)
        put(real_of(f), &h->changes.at[i]);
    drop_changes(h);
    return SQLITE_OK;
}

static int shim_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int shim_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int shim_reserved(sqlite3_file *f, int *reserved)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), reserved);
}

/* Hints such as the size to come must not pass what is held back. */
static int shim_control(sqlite3_file *f, int what, void *with)
{
    return what == SQLITE_FCNTL_SIZE_HINT ? SQLITE_NOTFOUND
                                          : real_of(f)->pMethods->xFileControl(real_of(f), what, with);
}

static int shim_sector(sqlite3_file *f)
{
    (void)f;
    return SECTOR;
}

/* No promise about what survives: the worst disk there is. */
static int shim_traits(sqlite3_file *f)
{
    (void)f;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_file_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)vfs;
    assert(name); /* no temporary file is ever made */
    struct shim_file *file = (struct shim_file *)f;
    file->base.pMethods = NULL;
    file->real = (sqlite3_file *)(file + 1);
    file->held = held_of(name);
    bool creates = (flags & SQLITE_OPEN_CREATE) && access(name, F_OK) < 0;
    int rc = creates ? operation(SQLITE_CANTOPEN) : SQLITE_OK;
    if (rc == SQLITE_OK)
        rc = below->xOpen(below, name, file->real, flags, out);
    if (rc == SQLITE_OK)
        file->base.pMethods = &methods;
    return rc;
}

static void note_unwiped(const char *name)
{
    FILE *f = fopen(name, "r");
    int c = 0;
    while (f && (c = getc(f)) == 0)
        ;
    shim.unwiped += f && c != EOF;
    if (f)
        fclose(f);
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    if (access(name, F_OK) < 0)
        return SQLITE_IOERR_DELETE_NOENT;
    int rc = operation(SQLITE_IOERR_DELETE);
    if (rc != SQLITE_OK)
        return rc;
    note_unwiped(name);
    drop_changes(held_of(name));
    return below->xDelete(below, name, sync_folder);
}

void shim_install(void)
{
    below = sqlite3_vfs_find(NULL);
    layer = *below;
    layer.zName = "shim";
    layer.szOsFile = (int)sizeof(struct shim_file) + below->szOsFile;
    layer.xOpen = shim_open;
    layer.xDelete = shim_delete;
    sqlite3_vfs_register(&layer, 1);
}

void shim_arm(enum shim_mode mode, long at, unsigned seed)
{
    shim.mode = mode;
    shim.at = at;
    shim.count = 0;
    shim.armed = true;
    for (int i = 0; i < 16; i++) {
        drop_changes(&files[i]);
        files[i].name[0] = '\0';
    }
    srand(seed);
}

void shim_disarm(void)
{
    shim.armed = false;
    shim.mode = SHIM_COUNT;
}
