/* A word that is planted in every kind of string is searched in every byte that a session leaves behind: the
 * case's folder with its journals, a temporary folder of its own, and core dumps. It is nowhere.
 *
 * The session makes a case, adds to it, copies it, merges the copy, forgets a voice and opens it again; it is also
 * cut off at points all over, so that what is only there for a moment is seen too. */
#include "../unit/log/small.h"
#include "shim.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARKER "quartzmarker"

static const char ENTRIES[] = "case \"" MARKER "\"\n"
                              "voice ana \"" MARKER "\"\n"
                              "    known-as \"" MARKER "\", \"x " MARKER "\"\n"
                              "    contact \"" MARKER "\"\n"
                              "    note \"" MARKER "\"\n"
                              "record r1 audio \"" MARKER "\"\n"
                              "    note \"" MARKER "\"\n"
                              "claim c1 \"" MARKER "\"\n"
                              "say ana c1 saw at r1 \"" MARKER "\"\n"
                              "    note \"" MARKER "\"\n"
                              "protect ana \"" MARKER "\"\n"
                              "    why \"" MARKER "\"\n";

static char temporary[128];
static const char passphrase_text[] = "amber and salt";

static void search_folder(const char *folder, const char *needle)
{
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (struct dirent *d; (d = readdir(open));) {
        char name[400];
        snprintf(name, sizeof name, "%s/%s", folder, d->d_name);
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        if (small_holds(name, needle, strlen(needle)))
            fail_msg("'%s' is in %s", needle, name);
    }
    closedir(open);
}

static void search_all(void)
{
    search_folder(small_folder, MARKER);
    search_folder(small_folder, passphrase_text);
    search_folder(temporary, MARKER);
    search_folder(temporary, passphrase_text);
}

static void require(int result)
{
    if (result < 0)
        _exit(1);
}

/* Enough text that SQLite's memory for pages overflows and has to go somewhere. */
static void add_much(struct log *log)
{
    struct buffer much = {0};
    for (int i = 0; i < 20000; i++)
        buffer_format(&much,
                      "claim m%d \"" MARKER " number %d, and words enough to fill a page or two of it\"\n"
                      "protect ana \"" MARKER " %d\"\n",
                      i, i, i);
    require(log_append(log, buffer_text(&much), NULL));
    buffer_release(&much);
}

static void session(const char *a, const char *b, bool large)
{
    const struct log_making making = {.cost = {1, 8}};
    const struct secret *passphrase = small_passphrase();
    struct buffer out = {0};
    uint64_t got, gave;
    require(log_create_as(a, passphrase, &making, NULL));
    struct log *one = log_open(a, passphrase, LOG_WRITE, NULL);
    require(log_append(one, text_of(ENTRIES), NULL));
    if (large)
        add_much(one);
    small_copy(a, b);
    struct log *two = log_open(b, passphrase, LOG_WRITE, NULL);
    require(log_append(two, TEXT("protect ana \"" MARKER "\"\n"), NULL));
    require(log_append(one, TEXT("claim c2 \"" MARKER "\"\n"), NULL));
    require(log_sync(one, two, &got, &gave, NULL));
    require(log_text(one, &out, NULL));
    require(log_append(one, TEXT("forget ana\n"), NULL));
    require(log_sync(one, two, &got, &gave, NULL));
    log_close(one);
    log_close(two);
    one = log_open(a, passphrase, LOG_READ, NULL);
    require(log_text(one, &out, NULL));
    log_close(one);
    buffer_release(&out);
}

static int in_a_child(void (*work)(const void *), const void *with)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        if (chdir(small_folder) < 0)
            _exit(4);
        work(with);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void whole_session(const void *with)
{
    (void)with;
    session(small_path("a"), small_path("b"), true);
}

static void a_whole_session_leaves_no_plain_word(void **state)
{
    (void)state;
    assert_int_equal(in_a_child(whole_session, NULL), 0);
    search_all();
    DIR *open = opendir(temporary);
    int entries = 0;
    while (readdir(open))
        entries++;
    closedir(open);
    assert_int_equal(entries, 2); /* itself and the one above: no temporary file was ever made */
}

static void cut_session(const void *at)
{
    shim_arm(SHIM_CRASH, *(const long *)at, 0);
    session(small_path("a"), small_path("b"), false);
}

static void a_session_cut_off_anywhere_leaves_no_plain_word(void **state)
{
    (void)state;
    int status = 1;
    for (long at = 1; status; at += 3) {
        small_empty(); /* journals with their files, or they would be taken for those of the next */
        status = in_a_child(cut_session, &at);
        assert_true(WIFEXITED(status));
        assert_int_not_equal(WEXITSTATUS(status), 1);
        search_all();
    }
}

/* Dies with everything open in memory, when the system is ready to take a core dump. */
static void dying_session(const void *with)
{
    (void)with;
    const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    struct buffer out = {0};
    require(seal_start(NULL));
    setrlimit(RLIMIT_CORE, &all); /* a user could; the process is still not to be dumped */
    struct log *log = log_open(small_path("d"), small_passphrase(), LOG_WRITE, NULL);
    require(log_text(log, &out, NULL));
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void a_crash_leaves_no_core(void **state)
{
    (void)state;
    small_create(small_path("d"));
    struct log *log = small_open(small_path("d"), LOG_WRITE);
    small_append(log, ENTRIES);
    log_close(log);
    int status = in_a_child(dying_session, NULL);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
    assert_false(WCOREDUMP(status));
    search_all();
}

static int start(void **state)
{
    shim_install();
    if (small_start(state) < 0)
        return -1;
    snprintf(temporary, sizeof temporary, "%s-tmp-XXXXXX", small_folder);
    require(mkdtemp(temporary) ? 0 : -1);
    setenv("TMPDIR", temporary, 1);
    setenv("SQLITE_TMPDIR", temporary, 1);
    return 0;
}

static int end(void **state)
{
    rmdir(temporary);
    return small_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_session_leaves_no_plain_word),
        cmocka_unit_test(a_session_cut_off_anywhere_leaves_no_plain_word),
        cmocka_unit_test(a_crash_leaves_no_core),
    };
    return cmocka_run_group_tests(tests, start, end);
}
