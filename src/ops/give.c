/* Giving a record's file out: see give.h. It is written beside its place and checked against its hash before it gets
 * its name, so that there is the whole file or none. */
#include "ops/give.h"

#include "ops/taking.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 1 << 20 };

static int write_all(int fd, const char *at, size_t length, const char *path, struct error *error)
{
    while (length > 0) {
        ssize_t wrote = write(fd, at, length);
        if (wrote < 0 && errno != EINTR)
            return error_system(error, errno, "write", path);
        at += wrote > 0 ? wrote : 0;
        length -= wrote > 0 ? (size_t)wrote : 0;
    }
    return 0;
}

static int copy(struct evidence *e, int fd, const char *path, struct text sha256, const volatile bool *stop,
                struct error *error)
{
    char *bytes = memory_resize(NULL, STEP, 1), hex[65];
    unsigned char hash[SEAL_SHA256];
    struct seal_sha256 *hashing = seal_sha256_begin();
    size_t got = 1;
    int result = 0;
    for (uint64_t at = 0; result == 0 && got > 0; at += got) {
        result = evidence_read(e, at, bytes, STEP, &got, error);
        if (result == 0 && got)
            seal_sha256_add(hashing, (struct text){bytes, got});
        if (result == 0)
            result = write_all(fd, bytes, got, path, error);
        if (result == 0 && stop && *stop)
            result = error_set(error, ERROR_INTERRUPTED, "stopped; nothing was written");
    }
    seal_sha256_end(hashing, hash);
    taking_hex(hash, hex);
    if (result == 0 && !text_equal(text_of(hex), sha256))
        result = error_set(error, ERROR_DAMAGED, "what is kept of the file is not what came in");
    seal_wipe(bytes, STEP);
    free(bytes);
    return result;
}

static struct evidence *begin(const struct take_case *from, const char *record, char sha256[65], struct error *error)
{
    const struct opened *o = from->begin(from->context, error);
    struct evidence *e = NULL;
    if (!o)
        return NULL;
    uint32_t number = model_find(o->model, SPACE_RECORD, text_of(record));
    if (number == MODEL_NONE) {
        evidence_no_record(o->model, record, error);
    } else {
        snprintf(sha256, 65, "%.*s", TEXT_ARG(evidence_facts(o->model, number).sha256));
        e = evidence_open(o, number, error);
    }
    from->end(from->context);
    return e;
}

/* Says in the log that it is given: before the first byte goes out, but where there is a place for it to go to. A
 * statement for a court must not tell of a giving that a wrong name prevented. */
static int log_given(const struct take_case *from, const char *record, struct error *error)
{
    struct buffer entry = {0};
    if (!from->begin(from->context, error))
        return -1;
    taking_looked(text_of(record), "given", &entry);
    int result = from->append(from->context, buffer_text(&entry), error);
    buffer_release(&entry);
    from->end(from->context);
    return result;
}

static int exists(const char *path, struct error *error)
{
    error_set(error, ERROR_EXISTS, "'%s' is there already", path);
    return error_mend(error, "name another; nothing is ever written over");
}

/* Where `record` is not NULL the log says that it is given. */
static int write_beside(struct evidence *e, const struct take_case *from, const char *record, const char *path,
                        struct text sha256, const volatile bool *stop, struct error *error)
{
    struct buffer beside = {0};
    unsigned char random[6];
    seal_random(random, sizeof random);
    buffer_format(&beside, "%s.new-", path);
    for (size_t i = 0; i < sizeof random; i++)
        buffer_format(&beside, "%02x", random[i]);
    int fd = open(beside.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int result = fd < 0 ? error_system(error, errno, "write", path) : 0;
    if (result == 0 && record)
        result = log_given(from, record, error);
    if (result == 0)
        result = copy(e, fd, path, sha256, stop, error);
    if (result == 0 && fsync(fd) < 0)
        result = error_system(error, errno, "write", path);
    if (fd >= 0)
        close(fd);
    if (result == 0 && link(beside.at, path) < 0)
        result = errno == EEXIST ? exists(path, error) : error_system(error, errno, "write", path);
    if (fd >= 0)
        unlink(beside.at);
    buffer_release(&beside);
    return result;
}

int ops_give(const struct take_case *from, const char *record, const char *path, bool logged, const volatile bool *stop,
             uint64_t *bytes, struct error *error)
{
    char sha256[65] = "";
    bool standard = strcmp(path, "-") == 0;
    struct stat info;
    if (!standard && lstat(path, &info) == 0)
        return exists(path, error);
    struct evidence *e = begin(from, record, sha256, error);
    if (!e)
        return -1;
    *bytes = evidence_bytes(e);
    int result = standard && logged ? log_given(from, record, error) : 0;
    if (result == 0)
        result = standard ? copy(e, STDOUT_FILENO, "standard output", text_of(sha256), stop, error)
                          : write_beside(e, from, logged ? record : NULL, path, text_of(sha256), stop, error);
    evidence_close(e);
    return result;
}
