/* Small cases in a folder of their own: see small.h. */
#include "small.h"

#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

char small_folder[64];
struct error small_error;

int small_start(void **state)
{
    (void)state;
    if (seal_start(&small_error) < 0)
        return -1;
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* or the leak checker cannot look */
    snprintf(small_folder, sizeof small_folder, "/tmp/bearout-test-XXXXXX");
    return mkdtemp(small_folder) ? 0 : -1;
}

int small_files(void)
{
    int count = 0;
    DIR *folder = opendir(small_folder);
    for (struct dirent *d; (d = readdir(folder));)
        count += d->d_name[0] != '.' || (d->d_name[1] && d->d_name[1] != '.');
    closedir(folder);
    return count;
}

void small_empty(void)
{
    DIR *folder = opendir(small_folder);
    for (struct dirent *d; folder && (d = readdir(folder));)
        unlinkat(dirfd(folder), d->d_name, 0);
    if (folder)
        closedir(folder);
}

int small_end(void **state)
{
    (void)state;
    small_empty();
    rmdir(small_folder);
    return 0;
}

const char *small_path(const char *name)
{
    static char paths[64][128];
    static int count;
    char path[128];
    snprintf(path, sizeof path, "%s/%s", small_folder, name);
    for (int i = 0; i < count; i++)
        if (strcmp(paths[i], path) == 0)
            return paths[i];
    assert_true(count < 64);
    memcpy(paths[count], path, sizeof path);
    return paths[count++];
}

const struct secret *small_passphrase(void)
{
    static struct secret *passphrase;
    if (!passphrase) {
        passphrase = secret_new(14);
        memcpy(secret_bytes(passphrase), "amber and salt", 14);
    }
    return passphrase;
}

static void worked(int result)
{
    if (result < 0)
        fail_msg("%s [%s] (%s)", small_error.what, small_error.where, small_error.mend);
}

void small_create(const char *path)
{
    const struct log_making making = {.cost = {1, 8}, .page = 512};
    unlink(path);
    worked(log_create_as(path, small_passphrase(), &making, &small_error));
}

struct log *small_open(const char *path, enum log_mode mode)
{
    struct log *log = log_open(path, small_passphrase(), mode, &small_error);
    worked(log ? 0 : -1);
    return log;
}

void small_append(struct log *log, const char *notation)
{
    worked(log_append(log, text_of(notation), &small_error));
}

const char *small_text(struct log *log, int which)
{
    static struct buffer texts[4];
    buffer_clear(&texts[which]);
    worked(log_text(log, &texts[which], &small_error));
    return texts[which].at ? texts[which].at : "";
}

const char *small_read(const char *path, int which)
{
    struct log_report report;
    worked(log_verify(path, &report, &small_error));
    struct log *log = small_open(path, LOG_READ);
    const char *text = small_text(log, which);
    log_close(log);
    return text;
}

void small_load(const char *path, struct buffer *out)
{
    buffer_clear(out);
    worked(file_read(path, LIMIT_TEXT, out, &small_error));
}

void small_save(const char *path, struct text content)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, content.at, content.length), content.length);
    close(fd);
}

void small_put_back(const char *from, const char *to)
{
    struct buffer bytes = {0};
    small_load(from, &bytes);
    small_save(to, buffer_text(&bytes));
    buffer_release(&bytes);
}

void small_copy(const char *from, const char *to)
{
    unlink(to);
    small_put_back(from, to);
}

bool small_holds(const char *path, const void *needle, size_t length)
{
    struct buffer bytes = {0};
    small_load(path, &bytes);
    bool there = memmem(bytes.at, bytes.length, needle, length) != NULL;
    buffer_release(&bytes);
    return there;
}

void small_refused(const char *path, enum log_mode mode, enum error_code code)
{
    small_error = (struct error){0};
    struct log *log = log_open(path, small_passphrase(), mode, &small_error);
    assert_null(log);
    if (small_error.code != code)
        fail_msg("code %d: %s [%s]", small_error.code, small_error.what, small_error.where);
    assert_true(small_error.what[0]);
}
