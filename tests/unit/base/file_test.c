/* Whole files: what is written is read; each way it fails has its code, and leaves things as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char folder[] = "file-test.XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static unsigned files_in(const char *path)
{
    unsigned count = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(in_folder("a"));
    unlink(in_folder("big"));
    return rmdir(folder);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error e = {0};
    assert_int_equal(file_write(in_folder("a"), TEXT("one\0two"), &e), 0);
    assert_int_equal(file_read(in_folder("a"), 100, &out, &e), 0);
    assert_true(text_equal(buffer_text(&out), TEXT("one\0two")));
    assert_int_equal(out.at[out.length], '\0');
    buffer_release(&out);
    assert_int_equal(file_write(in_folder("a"), TEXT(""), &e), 0);
    assert_int_equal(file_read(in_folder("a"), 100, &out, &e), 0);
    assert_int_equal(out.length, 0);
    buffer_release(&out);
    assert_int_equal(files_in(folder), 1);
}

static void a_new_file_is_private_and_an_old_one_keeps_its_rights(void **state)
{
    (void)state;
    struct stat info;
    struct error e = {0};
    unlink(in_folder("a"));
    assert_int_equal(file_write(in_folder("a"), TEXT("x"), &e), 0);
    assert_int_equal(stat(in_folder("a"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(chmod(in_folder("a"), 0640), 0);
    assert_int_equal(file_write(in_folder("a"), TEXT("y"), &e), 0);
    assert_int_equal(stat(in_folder("a"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
}

static void large_files_are_read_whole(void **state)
{
    (void)state;
    struct buffer in = {0}, out = {0};
    struct error e = {0};
    for (unsigned i = 0; i < 3000000; i++)
        buffer_char(&in, (char)(i * 2654435761u >> 24));
    assert_int_equal(file_write(in_folder("big"), buffer_text(&in), &e), 0);
    assert_int_equal(file_read(in_folder("big"), 3000000, &out, &e), 0);
    assert_true(text_equal(buffer_text(&in), buffer_text(&out)));
    buffer_release(&out);
    assert_int_equal(file_read(in_folder("big"), 2999999, &out, &e), -1);
    assert_int_equal(e.code, ERROR_LIMIT);
    assert_null(out.at);
    buffer_release(&in);
}

static void each_failure_has_its_code(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error e = {0};
    assert_int_equal(file_read(in_folder("none"), 100, &out, &e), -1);
    assert_int_equal(e.code, ERROR_MISSING);
    assert_int_equal(file_read(folder, 100, &out, &e), -1);
    assert_int_equal(e.code, ERROR_INPUT);
    assert_non_null(strstr(e.what, "is a folder"));
    assert_int_equal(file_read("/dev/zero", 5000000, &out, &e), -1);
    assert_int_equal(e.code, ERROR_LIMIT);
    assert_null(out.at);
    assert_int_equal(file_write(in_folder("none/a"), TEXT("x"), &e), -1);
    assert_int_equal(e.code, ERROR_MISSING);
}

static void a_write_that_fails_leaves_no_trace(void **state)
{
    (void)state;
    struct error e = {0};
    unsigned before = files_in(folder);
    assert_int_equal(mkdir(in_folder("taken"), 0700), 0);
    assert_int_equal(file_write(in_folder("taken"), TEXT("x"), &e), -1);
    assert_int_equal(files_in(folder), before + 1);
    assert_int_equal(rmdir(in_folder("taken")), 0);
}

static void a_dash_is_standard_input(void **state)
{
    (void)state;
    int ends[2], kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    struct buffer out = {0};
    struct error e = {0};
    assert_int_equal(file_read("-", 100, &out, &e), 0);
    assert_true(text_equal(buffer_text(&out), TEXT("from a pipe")));
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_new_file_is_private_and_an_old_one_keeps_its_rights),
        cmocka_unit_test(large_files_are_read_whole),
        cmocka_unit_test(each_failure_has_its_code),
        cmocka_unit_test(a_write_that_fails_leaves_no_trace),
        cmocka_unit_test(a_dash_is_standard_input),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
