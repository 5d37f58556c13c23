/* Whole files in and out: see file.h. */
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const size_t STEP = 1 << 20;

static int drain(int fd, const char *name, uint64_t limit, struct buffer *out, struct error *error)
{
    for (;;) {
        if (out->room - out->length < STEP)
            buffer_reserve(out, out->room > 8 * STEP ? out->room / 2 : STEP);
        ssize_t got = read(fd, out->at + out->length, out->room - out->length - 1);
        if (got == 0)
            return 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_system(error, errno, "read", name);
        out->length += (size_t)got;
        if (out->length > limit) {
            error_set(error, ERROR_LIMIT, "'%s' is larger than %" PRIu64 " bytes", name, limit);
            return error_mend(error, "cut it into smaller files");
        }
    }
}

int file_read(const char *path, uint64_t limit, struct buffer *out, struct error *error)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_system(error, errno, "open", name);
    int result = -1;
    struct stat info;
    if (fstat(fd, &info) < 0) {
        error_system(error, errno, "read", name);
        goto out;
    }
    if (S_ISDIR(info.st_mode)) {
        error_set(error, ERROR_INPUT, "'%s' is a folder", name);
        error_mend(error, "name a file in it");
        goto out;
    }
    if (S_ISREG(info.st_mode) && info.st_size > 0 && (uint64_t)info.st_size <= limit)
        buffer_reserve(out, (size_t)info.st_size + STEP + 1);
    result = drain(fd, name, limit, out, error);
out:
    if (!standard)
        close(fd);
    if (result < 0)
        buffer_release(out);
    else if (out->at)
        out->at[out->length] = '\0';
    return result;
}

static int pour(int fd, struct text content)
{
    while (content.length) {
        ssize_t put = write(fd, content.at, content.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        content.at += put;
        content.length -= (size_t)put;
    }
    return fsync(fd);
}

int file_write(const char *path, struct text content, struct error *error)
{
    struct buffer name = {0};
    buffer_format(&name, "%s.XXXXXX", path);
    int result = -1, fd = mkstemp(name.at);
    if (fd < 0) {
        error_system(error, errno, "write", path);
        goto out;
    }
    struct stat old;
    bool poured = pour(fd, content) == 0 && (stat(path, &old) < 0 || fchmod(fd, old.st_mode & 0777) == 0);
    if (close(fd) < 0 || !poured || rename(name.at, path) < 0) {
        error_system(error, errno, "write", path);
        unlink(name.at);
        goto out;
    }
    result = 0;
out:
    buffer_release(&name);
    return result;
}
