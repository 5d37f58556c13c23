/* A file that the first version wrote is read for good: first.bearout, whose anchor and text are in first.bo.
 * reader.py reads the same file by docs/case-file.md alone. */
#include "small.h"

#include <stdio.h>

static char sample[512];

static void a_file_of_the_first_version_is_read(void **state)
{
    (void)state;
    struct buffer expected = {0}, said = {0};
    struct log_report report;
    const char *path = small_path("first");
    snprintf(sample, sizeof sample, "%s/first.bo", getenv("BEAROUT_SAMPLES"));
    small_load(sample, &expected);
    snprintf(sample, sizeof sample, "%s/first.bearout", getenv("BEAROUT_SAMPLES"));
    small_copy(sample, path);
    assert_int_equal(log_verify(path, &report, &small_error), 0);
    assert_int_equal(log_verify_anchor(path, text_of(report.anchor), &small_error), 0);
    buffer_format(&said, "# %s\n%s", report.anchor, small_read(path, 0));
    assert_string_equal(said.at, expected.at);
    buffer_release(&expected);
    buffer_release(&said);
}

int main(void)
{
    if (!getenv("BEAROUT_SAMPLES"))
        setenv("BEAROUT_SAMPLES", "tests/unit/log", 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_of_the_first_version_is_read)};
    return cmocka_run_group_tests(tests, small_start, small_end);
}
