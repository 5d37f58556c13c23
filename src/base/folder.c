/* Whole folders in one step: see folder.h. The step is renameat2(2) with RENAME_EXCHANGE; on a file system that has
 * none, two renames, the first of which is taken back where the second fails. */
#include "base/folder.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MOST = 8 };

struct folder {
    char *path;  /* where it is to stand */
    char *made;  /* where it is */
    int lock;    /* on `made`, for as long as its program lives */
    mode_t mode; /* of what stands there now; 0: nothing does */
};

/* ---- removing ---- */

static void remove_all(int at, const char *name, unsigned depth)
{
    if (unlinkat(at, name, 0) == 0 || depth > DEPTH_MOST)
        return;
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir && fd >= 0)
        close(fd);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            remove_all(fd, e->d_name, depth + 1);
    if (dir)
        closedir(dir);
    unlinkat(at, name, AT_REMOVEDIR);
}

/* ---- names ---- */

static char *parent_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return memory_copy(".", 1);
    return memory_copy(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *last_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Where `path` really is, without slashes at its end; a link to a folder is followed. */
static char *resolve(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    char *plain = memory_copy(path, length), *real = realpath(plain, NULL);
    if (!real)
        return plain;
    free(plain);
    char *copy = memory_copy(real, strlen(real));
    free(real);
    return copy;
}

/* ".NAME.new-" in the parent's folder: what waits there, or was left there. */
static void waiting_prefix(const char *path, struct buffer *out)
{
    buffer_format(out, ".%s.new-", last_of(path));
}

static void clear_left(const char *path)
{
    char *parent = parent_of(path);
    struct buffer prefix = {0};
    waiting_prefix(path, &prefix);
    DIR *dir = opendir(parent);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strncmp(e->d_name, prefix.at, prefix.length) != 0 || strlen(e->d_name) != prefix.length + 6)
            continue;
        int fd = openat(dirfd(dir), e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
            remove_all(dirfd(dir), e->d_name, 0);
        if (fd >= 0)
            close(fd);
    }
    if (dir)
        closedir(dir);
    buffer_release(&prefix);
    free(parent);
}

/* ---- making ---- */

static int write_all(int fd, struct text t)
{
    while (t.length) {
        ssize_t put = write(fd, t.at, t.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        t.at += put;
        t.length -= (size_t)put;
    }
    return fsync(fd);
}

static int sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int failed = fsync(fd) < 0 && errno != EINVAL; /* some file systems know no sync of a folder */
    close(fd);
    return failed ? -1 : 0;
}

static int make_folders(char *path, size_t from)
{
    for (char *at = path + from; (at = strchr(at, '/')); at++) {
        *at = '\0';
        int failed = mkdir(path, 0755) < 0 && errno != EEXIST;
        *at = '/';
        if (failed)
            return -1;
    }
    return 0;
}

static int write_one(const char *folder, const struct folder_file *file)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/%.*s", folder, TEXT_ARG(file->name));
    int failed = make_folders(path.at, strlen(folder) + 1);
    int fd = failed ? -1 : open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    failed |= fd < 0 || write_all(fd, file->content) || fchmod(fd, 0644) < 0;
    int number = errno;
    if (fd >= 0 && close(fd) < 0 && !failed) {
        failed = 1;
        number = errno;
    }
    buffer_release(&path);
    errno = number;
    return failed ? -1 : 0;
}

/* Are they in one folder? */
static bool neighbours(const struct folder_file *a, const struct folder_file *b)
{
    const char *x = memrchr(a->name.at, '/', a->name.length), *y = memrchr(b->name.at, '/', b->name.length);
    size_t length = x ? (size_t)(x - a->name.at) : 0;
    return length == (y ? (size_t)(y - b->name.at) : 0) && memcmp(a->name.at, b->name.at, length) == 0;
}

/* Each folder of a new one, from the deepest up. */
static int sync_all(const char *folder, const struct folder_file *files, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count && !failed; i++) {
        struct buffer path = {0};
        if (i && neighbours(&files[i], &files[i - 1]))
            continue;
        buffer_format(&path, "%s/%.*s", folder, TEXT_ARG(files[i].name));
        for (char *slash; !failed && path.length > strlen(folder) && (slash = strrchr(path.at, '/'));) {
            *slash = '\0';
            path.length = (size_t)(slash - path.at);
            failed = sync_folder(path.at);
        }
        buffer_release(&path);
    }
    return failed ? -1 : sync_folder(folder);
}

static int fill(const char *folder, const struct folder_file *files, size_t count, const volatile bool *stop,
                const char *path, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (stop && *stop)
            return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
        if (write_one(folder, &files[i]))
            return error_system(error, errno, "write", path);
    }
    return sync_all(folder, files, count) ? error_system(error, errno, "write", path) : 0;
}

/* Is there nothing at `path`, or a folder? */
static int look_at(const char *path, mode_t *mode, struct error *error)
{
    struct stat info;
    *mode = 0;
    if (lstat(path, &info) < 0)
        return errno == ENOENT ? 0 : error_system(error, errno, "write", path);
    if (!S_ISDIR(info.st_mode)) {
        error_set(error, ERROR_EXISTS, "'%s' is no folder", path);
        return error_mend(error, "name another, or move it away");
    }
    *mode = info.st_mode & 07777;
    return 0;
}

static struct folder *wait_beside(const char *path, struct error *error)
{
    struct folder *f = memory_new(sizeof *f);
    struct buffer made = {0};
    f->path = resolve(path);
    f->lock = -1;
    if (look_at(f->path, &f->mode, error)) {
        folder_drop(f);
        return NULL;
    }
    clear_left(f->path);
    char *parent = parent_of(f->path);
    buffer_format(&made, "%s%s", parent, strcmp(parent, "/") == 0 ? "" : "/");
    waiting_prefix(f->path, &made);
    buffer_string(&made, "XXXXXX");
    if (mkdtemp(made.at)) {
        f->made = memory_copy(made.at, made.length);
        f->lock = open(f->made, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (!f->made || f->lock < 0 || flock(f->lock, LOCK_EX | LOCK_NB) < 0) {
        error_system(error, errno, "write", f->path);
        folder_drop(f);
        f = NULL;
    }
    free(parent);
    buffer_release(&made);
    return f;
}

struct folder *folder_new(const char *path, const struct folder_file *files, size_t count, const volatile bool *stop,
                          struct error *error)
{
    struct folder *f = wait_beside(path, error);
    if (!f)
        return NULL;
    if (fill(f->made, files, count, stop, f->path, error) == 0)
        return f;
    folder_drop(f);
    return NULL;
}

static void folder_free(struct folder *f)
{
    if (f->lock >= 0)
        close(f->lock);
    free(f->made);
    free(f->path);
    free(f);
}

void folder_drop(struct folder *f)
{
    if (!f)
        return;
    if (f->made)
        remove_all(AT_FDCWD, f->made, 0);
    folder_free(f);
}

/* Two steps, for file systems that cannot exchange. */
static int replace_slowly(const struct folder *f)
{
    struct buffer aside = {0};
    buffer_format(&aside, "%s.old", f->made);
    int failed = rename(f->path, aside.at);
    if (!failed && rename(f->made, f->path) < 0) {
        int number = errno;
        rename(aside.at, f->path);
        errno = number;
        failed = -1;
    } else if (!failed) {
        remove_all(AT_FDCWD, aside.at, 0);
    }
    buffer_release(&aside);
    return failed;
}

/* Afterwards `made` is what stood there before, if anything did. */
static int take_place(const struct folder *f)
{
    if (renameat2(AT_FDCWD, f->made, AT_FDCWD, f->path, f->mode ? RENAME_EXCHANGE : RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return f->mode ? replace_slowly(f) : rename(f->made, f->path);
}

int folder_place(struct folder *f, struct error *error)
{
    int result = 0;
    if (chmod(f->made, f->mode ? f->mode : 0755) < 0 || take_place(f))
        result = error_system(error, errno, "write", f->path);
    char *parent = parent_of(f->path);
    if (!result)
        sync_folder(parent);
    free(parent);
    folder_drop(f);
    return result;
}

/* ---- looking ---- */

static int list_into(int at, const char *name, const char *prefix, size_t most, unsigned depth, folder_names *out)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth ? O_NOFOLLOW : 0)), failed = 0;
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        int number = errno;
        if (fd >= 0)
            close(fd);
        errno = number;
        return -1;
    }
    for (struct dirent *e; !failed && (e = readdir(dir));) {
        struct stat info;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        struct buffer path = {0};
        buffer_format(&path, "%s%s", prefix, e->d_name);
        failed = fstatat(fd, e->d_name, &info, AT_SYMLINK_NOFOLLOW) < 0 || out->count >= most || depth > DEPTH_MOST;
        if (!failed && S_ISDIR(info.st_mode)) {
            buffer_char(&path, '/');
            failed = list_into(fd, e->d_name, path.at, most, depth + 1, out);
        } else if (!failed) {
            buffer_string(&path, S_ISREG(info.st_mode) ? "" : "\n");
            vector_push(out, memory_copy(path.at, path.length));
        }
        buffer_release(&path);
    }
    closedir(dir);
    return failed ? -1 : 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int folder_list(const char *path, size_t most, folder_names *out, struct error *error)
{
    errno = 0;
    if (list_into(AT_FDCWD, path, "", most, 0, out)) {
        if (errno == ENOENT && !out->count)
            return 0;
        if (errno)
            return error_system(error, errno, "read", path);
        error_set(error, ERROR_LIMIT, "'%s' holds more than %zu files", path, most);
        return error_mend(error, "name another folder");
    }
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, by_name);
    return 0;
}

void folder_names_release(folder_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->at[i]);
    vector_release(names);
}
