/* Opening a text or a case: see open.h. */
#include "ops/open.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char sqlite_head[16] = "SQLite format 3";

/* A case file is told by its first bytes, never by its name. What cannot be opened is none: reading
 * it as a text says why. A pipe is not looked into, for its bytes come but once. */
bool ops_is_case(const char *file)
{
    char head[sizeof sqlite_head];
    struct stat info;
    if (strcmp(file, "-") == 0 || stat(file, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, head, sizeof head);
    close(fd);
    return got == sizeof head && memcmp(head, sqlite_head, sizeof head) == 0;
}

static int stopped(const volatile bool *stop, struct error *error)
{
    return stop && *stop ? error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed") : 0;
}

static int read_text(const char *file, enum log_mode mode, struct opened *out, struct error *error)
{
    struct buffer text = {0};
    if (file_read(file, LIMIT_TEXT, &text, error))
        return -1;
    int result = 0;
    if (text_starts(buffer_text(&text), (struct text){sqlite_head, sizeof sqlite_head})) {
        error_set(error, ERROR_INPUT, "a case file cannot be read from standard input");
        result = error_mend(error, "name the file");
    } else if (mode == LOG_WRITE) {
        error_set(error, ERROR_INPUT, "'%s' is not a case file", file);
        result = error_mend(error, "make a case with 'bearout new', and take this into it with 'bearout add'");
    } else if (model_take(out->model, buffer_text(&text), TAKE_TEXT, &out->faults)) {
        result = error_set(error, ERROR_INPUT, "'%s' has faults", out->name);
    }
    buffer_release(&text);
    return result;
}

static int read_case(const char *file, enum log_mode mode, const struct passphrase_source *passphrase,
                     const volatile bool *stop, struct opened *out, struct error *error)
{
    struct secret *secret = passphrase->get(passphrase->context, false, error);
    if (!secret)
        return -1;
    out->log = log_open(file, secret, mode, error);
    secret_free(secret);
    if (!out->log || stopped(stop, error))
        return -1;
    struct buffer text = {0};
    int result = log_text(out->log, &text, error);
    if (!result && model_take(out->model, buffer_text(&text), TAKE_LOG, &out->faults)) {
        error_set(error, ERROR_INPUT, "the entries of '%s' do not fit together", out->name);
        result = error_mend(error, "it was written by another version of Bearout, or by another program");
    }
    buffer_release(&text);
    return result;
}

int ops_open(const char *file, enum log_mode mode, enum open_want want, const struct passphrase_source *passphrase,
             const volatile bool *stop, struct opened *out, struct error *error)
{
    *out = (struct opened){.name = strcmp(file, "-") == 0 ? "standard input" : file, .model = model_new()};
    int result =
        ops_is_case(file) ? read_case(file, mode, passphrase, stop, out, error) : read_text(file, mode, out, error);
    if (result || stopped(stop, error))
        return -1;
    if (want == OPEN_MEASURED) {
        out->bearing = bearing_new(out->model);
        standing_cores(bearing_graph(out->bearing), 2);
        if (standing_measure(bearing_graph(out->bearing), stop))
            return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
    }
    return 0;
}

void opened_close(struct opened *o)
{
    bearing_free(o->bearing);
    model_free(o->model);
    log_close(o->log);
    faults_release(&o->faults);
    *o = (struct opened){0};
}
