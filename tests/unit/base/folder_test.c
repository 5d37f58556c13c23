/* Whole folders in one step: the old one or the new one, and nothing left beside it. */
#include "base/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <signal.h>

#include <cmocka.h>

static const struct folder_file files[] = {
    {{"a/one.txt", 9}, {"1", 1}}, {{"a/two.txt", 9}, {"22", 2}}, {{"index.html", 10}, {"<p>", 3}}};
static const struct folder_file others[] = {{{"index.html", 10}, {"new", 3}}};

static void start(char root[64])
{
    snprintf(root, 64, "folder-test-XXXXXX");
    assert_non_null(mkdtemp(root));
    assert_int_equal(chdir(root), 0);
}

static void end(const char *root)
{
    char command[96];
    assert_int_equal(chdir(".."), 0);
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    assert_int_equal(system(command), 0);
}

/* The names in the working folder, one blank between. */
static void assert_names(const char *path, const char *wanted)
{
    folder_names names = {0};
    struct error error = {0};
    struct buffer all = {0};
    assert_int_equal(folder_list(path, 100, &names, &error), 0);
    buffer_string(&all, "");
    for (size_t i = 0; i < names.count; i++)
        buffer_format(&all, "%s%s", i ? " " : "", names.at[i]);
    assert_string_equal(all.at, wanted);
    buffer_release(&all);
    folder_names_release(&names);
}

static int place(const char *path, const struct folder_file *from, size_t count)
{
    struct error error = {0};
    struct folder *f = folder_new(path, from, count, NULL, &error);
    return f ? folder_place(f, &error) : -1;
}

static void a_new_one_and_another_in_its_place(void **state)
{
    (void)state;
    char root[64];
    struct stat info;
    start(root);
    assert_int_equal(place("site/", files, 3), 0);
    assert_names(".", "site/a/one.txt site/a/two.txt site/index.html");
    assert_int_equal(stat("site", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0755);
    assert_int_equal(chmod("site", 0750), 0);
    assert_int_equal(place("site", others, 1), 0);
    assert_names(".", "site/index.html");
    assert_int_equal(stat("site", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0750);
    end(root);
}

static void nothing_is_touched_before(void **state)
{
    (void)state;
    char root[64];
    struct error error = {0};
    start(root);
    assert_int_equal(place("site", files, 3), 0);
    struct folder *f = folder_new("site", others, 1, NULL, &error);
    assert_non_null(f);
    assert_names("site", "a/one.txt a/two.txt index.html");
    folder_drop(f);
    assert_names(".", "site/a/one.txt site/a/two.txt site/index.html");
    end(root);
}

static void stopping_leaves_nothing(void **state)
{
    (void)state;
    char root[64];
    volatile bool stop = true;
    struct error error = {0};
    start(root);
    assert_null(folder_new("site", files, 3, &stop, &error));
    assert_int_equal(error.code, ERROR_INTERRUPTED);
    assert_names(".", "");
    end(root);
}

static void a_full_disk_leaves_nothing(void **state)
{
    (void)state;
    char root[64];
    struct error error = {0};
    struct rlimit before, small = {1, 1};
    start(root);
    assert_int_equal(place("site", others, 1), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    struct folder *f = folder_new("site", files, 3, NULL, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_null(f);
    assert_names(".", "site/index.html");
    end(root);
}

static void what_a_killed_program_left_is_cleared(void **state)
{
    (void)state;
    char root[64];
    start(root);
    assert_int_equal(mkdir(".site.new-abcdef", 0700), 0);
    FILE *left = fopen(".site.new-abcdef/page", "w");
    assert_non_null(left);
    fclose(left);
    assert_int_equal(mkdir(".other.new-abcdef", 0700), 0);
    assert_int_equal(place("site", others, 1), 0);
    assert_int_equal(access(".site.new-abcdef", F_OK), -1);
    assert_int_equal(access(".other.new-abcdef", F_OK), 0);
    end(root);
}

static void one_that_still_works_is_left_alone(void **state)
{
    (void)state;
    char root[64];
    struct error error = {0};
    start(root);
    struct folder *waiting = folder_new("site", files, 3, NULL, &error);
    assert_non_null(waiting);
    assert_int_equal(place("site", others, 1), 0);
    assert_int_equal(folder_place(waiting, &error), -1); /* there is one now that it did not see */
    assert_names(".", "site/index.html");
    end(root);
}

static void a_file_is_no_folder(void **state)
{
    (void)state;
    char root[64];
    struct error error = {0};
    start(root);
    FILE *file = fopen("site", "w");
    fclose(file);
    assert_null(folder_new("site", files, 3, NULL, &error));
    assert_int_equal(error.code, ERROR_EXISTS);
    error = (struct error){0};
    assert_null(folder_new("no/such/site", files, 3, NULL, &error));
    assert_true(*error.what);
    assert_names(".", "site");
    end(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_one_and_another_in_its_place),
        cmocka_unit_test(nothing_is_touched_before),
        cmocka_unit_test(stopping_leaves_nothing),
        cmocka_unit_test(a_full_disk_leaves_nothing),
        cmocka_unit_test(what_a_killed_program_left_is_cleared),
        cmocka_unit_test(one_that_still_works_is_left_alone),
        cmocka_unit_test(a_file_is_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
