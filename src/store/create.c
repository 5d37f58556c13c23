/* A new container: made under a name beside its own and given its own in one step, so that nobody
 * ever meets half a case. See store.h. */
#include "store/inner.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static int exists(const char *path, struct error *error)
{
    error_set(error, ERROR_EXISTS, "'%s' is there already", path);
    return error_mend(error, "take another name, or add to the case that is there");
}

/* Makes the empty file itself: SQLite would let others read it. */
static int make_staging(struct store *s, struct error *error)
{
    unsigned char random[6] = {0};
    if (getrandom(random, sizeof random, 0) < 0)
        return error_system(error, errno, "make", s->path);
    struct buffer name = {0};
    buffer_format(&name, "%s.new-", s->opened);
    for (size_t i = 0; i < sizeof random; i++)
        buffer_format(&name, "%02x", random[i]);
    int fd = open(name.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        error_system(error, errno, "make", s->path);
        buffer_release(&name);
        return -1;
    }
    close(fd);
    s->staging = name.at;
    return 0;
}

void store_drop_staging(struct store *s)
{
    struct buffer journal = {0}; /* left where even the rollback failed */
    buffer_format(&journal, "%s-journal", s->staging);
    unlink(journal.at);
    unlink(s->staging);
    buffer_release(&journal);
    free(s->staging);
    s->staging = NULL;
}

static int begin_tables(struct store *s, uint32_t page, struct error *error)
{
    if (store_connect(s, s->staging, SQLITE_OPEN_READWRITE, error) < 0 || store_set_up(s, error) < 0)
        return -1;
    char size[48];
    snprintf(size, sizeof size, "PRAGMA page_size=%u", page);
    if (page)
        sqlite3_exec(s->db, size, NULL, NULL, NULL);
    if (store_begin(s, NULL, error) < 0)
        return -1;
    return store_make_tables(s, error);
}

struct store *store_create(const char *path, uint32_t page, struct error *error)
{
    struct store *s = store_new(path, STORE_WRITE);
    struct stat info;
    int result = lstat(path, &info) == 0 ? exists(path, error) : make_staging(s, error);
    if (result == 0)
        result = begin_tables(s, page, error);
    if (result == 0)
        return s;
    store_free(s);
    return NULL;
}

static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buffer folder = {0};
    buffer_add(&folder, path, slash > path ? (size_t)(slash - path) : 1);
    int fd = open(folder.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    buffer_release(&folder);
}

/* Some file systems know neither of these two; none that people keep files on lacks both. */
static int rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno == EEXIST || link(from, to) < 0)
        return -1;
    unlink(from);
    return 0;
}

int store_publish(struct store *s, struct error *error)
{
    int result = store_commit(s, error);
    store_disconnect(s);
    if (result == 0 && rename_new(s->staging, s->opened) < 0)
        result = errno == EEXIST ? exists(s->path, error) : error_system(error, errno, "make", s->path);
    if (result == 0) {
        sync_folder_of(s->opened);
        free(s->staging);
        s->staging = NULL;
    }
    store_free(s);
    return result;
}
