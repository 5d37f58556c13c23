/* Every single bit of a small case file, turned round: refused with its place, or provably harmless.
 *
 * Harmless means: the text, and what verify reports, are those of the whole file. Under a sanitizer
 * every seventh bit is tried (BEAROUT_FLIP_STEP says otherwise), which still meets every byte in the long run of CI. */
#include "small.h"

#include "base/watched.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { STEP = WATCHED ? 7 : 1 };

enum { WRITE_STEP = 499 };

static struct buffer whole;
static char text[1024];
static struct log_report report;

static void make_case(const char *path)
{
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "voice ana \"Ana\"\n    contact \"5\"\nclaim c1 \"x\"\n");
    small_append(log, "retract 2\n");
    snprintf(text, sizeof text, "%s", small_text(log, 0));
    log_close(log);
    assert_int_equal(log_verify(path, &report, NULL), 0);
    small_load(path, &whole);
}

static void assert_has_place(const struct error *error, size_t bit)
{
    bool place = error->where[0] || strstr(error->what, "flipped") || strstr(error->what, "copy'");
    bool kind = error->code == ERROR_DAMAGED || error->code == ERROR_INPUT || error->code == ERROR_VERSION;
    if (!place || !kind)
        fail_msg("bit %zu of byte %zu: %d %s [%s]", bit % 8, bit / 8, error->code, error->what, error->where);
}

/* Opens the file as it is now: 1 where all is as it was, 0 where it is refused. */
static int try_file(const char *path, size_t bit)
{
    struct error error = {0};
    struct log_report now = {0};
    struct buffer out = {0};
    struct log *log = log_open(path, small_passphrase(), LOG_READ, &error);
    int result = log ? log_text(log, &out, &error) : -1;
    log_close(log);
    if (result == 0 && strcmp(out.at, text) != 0)
        fail_msg("bit %zu of byte %zu changes the text", bit % 8, bit / 8);
    buffer_release(&out);
    if (result < 0) {
        assert_has_place(&error, bit);
        return 0;
    }
    if (log_verify(path, &now, &error) < 0) {
        assert_has_place(&error, bit);
        return 0;
    }
    if (now.batches != report.batches || now.devices != report.devices || strcmp(now.anchor, report.anchor) != 0)
        fail_msg("bit %zu of byte %zu changes what verify says", bit % 8, bit / 8);
    return 1;
}

/* A flip that reading does not mind must not make writing lose anything either. */
static void write_to_it(const char *path, size_t bit)
{
    const char *copy = small_path("copy");
    small_copy(path, copy);
    struct error error = {0};
    struct log *log = log_open(copy, small_passphrase(), LOG_WRITE, &error);
    if (!log) {
        assert_has_place(&error, bit);
        return;
    }
    char longer[1100];
    snprintf(longer, sizeof longer, "%sclaim c2 \"y\"\n", text);
    if (log_append(log, TEXT("claim c2 \"y\"\n"), &error) < 0)
        assert_has_place(&error, bit);
    else
        assert_string_equal(small_text(log, 1), longer);
    size_t count;
    log_batches(log, &count);
    log_close(log);
    assert_string_equal(small_read(copy, 1), count == 3 ? longer : text);
}

static void every_bit_is_refused_or_harmless(void **state)
{
    (void)state;
    const char *path = small_path("flipped"), *step = getenv("BEAROUT_FLIP_STEP");
    make_case(path);
    size_t every = step ? strtoul(step, NULL, 10) : STEP, refused = 0, harmless = 0;
    size_t first = STEP == 1 ? 0 : (size_t)time(NULL) % every;
    int fd = open(path, O_WRONLY), files = small_files();
    for (size_t bit = first; bit < 8 * whole.length; bit += every) {
        char byte = (char)(whole.at[bit / 8] ^ 1 << bit % 8);
        assert_int_equal(pwrite(fd, &byte, 1, (off_t)(bit / 8)), 1);
        if (!try_file(path, bit))
            refused++;
        else if (harmless++ % WRITE_STEP == 0)
            write_to_it(path, bit);
        assert_int_equal(pwrite(fd, whole.at + bit / 8, 1, (off_t)(bit / 8)), 1);
    }
    close(fd);
    print_message("# %zu bytes: %zu flips refused, %zu harmless\n", whole.length, refused, harmless);
    assert_true(refused * 4 > harmless); /* most of a small file is room that nothing uses */
    unlink(small_path("copy"));
    assert_int_equal(small_files(), files);
    struct buffer after = {0};
    small_load(path, &after);
    assert_true(text_equal(buffer_text(&whole), buffer_text(&after)));
    buffer_release(&after);
    buffer_release(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_bit_is_refused_or_harmless)};
    return cmocka_run_group_tests(tests, small_start, small_end);
}
