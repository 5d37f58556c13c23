/* Searching writes nothing: while much is put into the index and looked for, no file is open that was not before, not
 * even one without a name, and nothing is in the folder for temporary files. */
#include "search/corpus.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* cmocka after the headers that it needs */
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

static char temporary[] = "/tmp/bearout-find-XXXXXX";

/* Regular files that this process has open. */
static unsigned open_files(void)
{
    unsigned count = 0;
    for (int fd = 3; fd < 256; fd++) {
        struct stat info;
        count += fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    }
    return count;
}

static unsigned entries_of(const char *path)
{
    unsigned count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static void ask(struct corpus *c, const char *typed, uint64_t expected)
{
    struct query q;
    struct corpus_answer a;
    assert_int_equal(query_read(text_of(typed), false, &q, NULL), 0);
    assert_int_equal(corpus_find(c, &q, SEARCH_ALL, 20, &a, NULL), 0);
    assert_int_equal(a.total, expected);
    corpus_answer_release(&a);
    query_release(&q);
}

/* More than SQLite keeps of a file's pages in memory (2 MB), and than an index keeps of fresh words (8 MB). */
static void nothing_is_written(void **state)
{
    (void)state;
    enum { UNITS = 1500 };
    unsigned before = open_files();
    struct corpus *c = corpus_new(NULL);
    struct buffer t = {0};
    for (uint32_t n = 0; n < UNITS; n++) {
        struct corpus_unit u = {.kind = SEARCH_TEXT, .subject = n};
        buffer_clear(&t);
        for (uint32_t i = 0; i < 300; i++)
            buffer_format(&t, "quartzmarker word%u ", (n * 7919 + i * 104729) % 500000);
        assert_int_equal(corpus_add(c, &u, buffer_text(&t), NULL), 0);
        if (n % 100 == 0)
            assert_int_equal(open_files(), before);
    }
    while (corpus_settle(c))
        ;
    ask(c, "quartzmarker", UNITS);
    ask(c, "quartz* -nothing", UNITS);
    assert_int_equal(open_files(), before);
    assert_int_equal(entries_of(temporary), 2);
    corpus_free(c);
    buffer_release(&t);
}

static int start(void **state)
{
    (void)state;
    return mkdtemp(temporary) && chdir(temporary) == 0 && setenv("TMPDIR", temporary, 1) == 0 &&
                   setenv("SQLITE_TMPDIR", temporary, 1) == 0
               ? 0
               : -1;
}

static int end(void **state)
{
    (void)state;
    return rmdir(temporary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_written)};
    return cmocka_run_group_tests(tests, start, end);
}
