/* A session is cut off at every write, sync, truncation, deletion and creation, in three ways: a crash, and a power
 * cut that loses all or some of what was not synced. Then the file is opened. What was
 * acknowledged is there, what was not is there whole or not at all, and no key that was forgotten is left in any byte.
 *
 * The same session on a disk that is full, or takes nothing more, from each of these points on: every
 * step says so in a sentence and changes nothing, and is done when the disk is well again.
 *
 * BEAROUT_CRASH_STEP tries every so many points only (the default is all, under a sanitizer 13). */
#include "../unit/log/small.h"
#include "shim.h"

#include "base/watched.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEP = WATCHED ? 13 : 1 };
enum { STEPS = 6 }; /* create, four texts, a large import */

static const struct log_making making = {.cost = {1, 8}, .page = 4096};
static char path[128];
static struct buffer import;
static struct buffer expected[STEPS + 1]; /* the text after so many acknowledged steps; [0]: no file */

static const char *const texts[STEPS] = {
    [1] = "voice ana \"Ana\"\n    contact \"555\"\nvoice ben \"Ben\"\n    contact \"777\"\n",
    [2] = "claim c1 \"x\"\nprotect ana \"the mill\"\n",
    [3] = "say ana c1 saw\nsay ben c1 told-by ana saw\n",
    [4] = "forget ana\n",
};

/* What the session tells as it goes, through a pipe: it may not live to tell it otherwise. */
struct acknowledged {
    int steps;
    long unwiped;
    unsigned char key[SLOT_VOICE_BODY]; /* the one that is to be forgotten */
};

static int take_step(struct log **log, int step, struct error *error)
{
    if (step == 0)
        return log_create_as(path, small_passphrase(), &making, error);
    if (!*log && !(*log = log_open(path, small_passphrase(), LOG_WRITE, error)))
        return -1;
    return log_append(*log, step < 5 ? text_of(texts[step]) : buffer_text(&import), error);
}

static void remember_key(const struct log *log, unsigned char key[SLOT_VOICE_BODY])
{
    uint32_t voice = names_find(&log->state.voice_ids, TEXT("ana"));
    memcpy(key, log->state.slots.at[log->state.voices.at[voice].slots].wrapped, SLOT_VOICE_BODY);
}

static void session(int to)
{
    struct acknowledged said = {0};
    struct log *log = NULL;
    struct error error = {0};
    for (int step = 0; step < STEPS; step++) {
        if (take_step(&log, step, &error) < 0) {
            fprintf(stderr, "# step %d: %s [%s]\n", step, error.what, error.where);
            _exit(1);
        }
        if (step == 1)
            remember_key(log, said.key);
        said.steps = step + 1;
        said.unwiped = shim_unwiped();
        if (write(to, &said, sizeof said) != sizeof said)
            _exit(2);
    }
    log_close(log);
    _exit(shim_count() > 100000 ? 3 : 0);
}

static bool key_is_left(const unsigned char key[SLOT_VOICE_BODY])
{
    bool left = false;
    DIR *folder = opendir(small_folder);
    for (struct dirent *d; (d = readdir(folder));) {
        char name[400];
        snprintf(name, sizeof name, "%s/%s", small_folder, d->d_name);
        for (size_t at = 0; d->d_name[0] != '.' && !left && at + 16 <= SLOT_VOICE_BODY; at += 8)
            left = small_holds(name, key + at, 16);
    }
    closedir(folder);
    return left;
}

/* Runs the session in a process of its own; how it ended, and the last it said. */
static int run(enum shim_mode mode, long at, struct acknowledged *last)
{
    int ends[2], status;
    *last = (struct acknowledged){0};
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        shim_arm(mode, at, (unsigned)at);
        session(ends[1]);
    }
    close(ends[1]);
    struct acknowledged said;
    while (read(ends[0], &said, sizeof said) == sizeof said)
        *last = said;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Which of the session's states the text is. */
static int state_of(const char *text)
{
    for (int i = 1; i <= STEPS; i++)
        if (strcmp(text, expected[i].at ? expected[i].at : "") == 0)
            return i;
    return -1;
}

static void check_after(enum shim_mode mode, long at, const struct acknowledged *last)
{
    if (last->unwiped)
        fail_msg("mode %d, point %ld: a journal was unlinked before it was overwritten", mode, at);
    if (last->steps == 0 && access(path, F_OK) < 0)
        return;
    const char *text = small_read(path, 0);
    int state = state_of(text);
    if (state != last->steps && state != last->steps + 1)
        fail_msg("mode %d, point %ld: %d steps were acknowledged, the file is as after %d", mode, at, last->steps,
                 state);
    log_close(small_open(path, LOG_WRITE)); /* clears up what was left beside it */
    if (state >= 5 && key_is_left(last->key))
        fail_msg("mode %d, point %ld: the key that was forgotten is still there", mode, at);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "claim after \"z\"\n");
    log_close(log);
    if (!strstr(small_read(path, 1), "claim after \"z\"\n"))
        fail_msg("mode %d, point %ld: the file cannot be written to any more", mode, at);
    char journal[140];
    snprintf(journal, sizeof journal, "%s-journal", path);
    assert_int_equal(access(journal, F_OK), -1);
}

static long step_of_points(void)
{
    const char *step = getenv("BEAROUT_CRASH_STEP");
    return step ? strtol(step, NULL, 10) : STEP;
}

static void cut_off_everywhere(enum shim_mode mode)
{
    struct acknowledged last;
    long points = 0;
    for (long at = 1;; at += step_of_points()) {
        small_empty();
        int ended = run(mode, at, &last);
        if (ended == 0)
            break;
        assert_int_equal(ended, 77);
        check_after(mode, at, &last);
        points++;
    }
    assert_int_equal(last.steps, STEPS);
    assert_true(points * step_of_points() > 100);
    print_message("# cut off at %ld points\n", points);
}

static void a_crash_loses_nothing_acknowledged(void **state)
{
    (void)state;
    cut_off_everywhere(SHIM_CRASH);
}

static void a_power_cut_that_loses_all_unsynced_loses_nothing_acknowledged(void **state)
{
    (void)state;
    cut_off_everywhere(SHIM_LOSE_ALL);
}

static void a_power_cut_that_loses_some_loses_nothing_acknowledged(void **state)
{
    (void)state;
    cut_off_everywhere(SHIM_LOSE_SOME);
}

/* A step on a disk that refuses from operation `at` on: true where that was early enough to matter. */
static bool refused_step(struct log **log, int step, enum shim_mode mode, long at)
{
    struct error error = {0};
    shim_arm(mode, at, 0);
    int result = take_step(log, step, &error);
    bool reached = shim_count() >= at;
    shim_disarm();
    if (result == 0)
        return reached;
    if (error.code != ERROR_FULL && error.code != ERROR_IO)
        fail_msg("mode %d, step %d, point %ld: code %d: %s", mode, step, at, error.code, error.what);
    assert_true(error.what[0] && error.mend[0]);
    assert_true(mode != SHIM_FULL || error.code == ERROR_FULL);
    if (step == 0)
        assert_int_equal(small_files(), 0);
    else
        assert_int_equal(state_of(small_text(*log, 0)), step);
    if (step > 0)
        assert_int_equal(state_of(small_read(path, 1)), step);
    assert_int_equal(take_step(log, step, &error), 0);
    return true;
}

static void refuse_everywhere(enum shim_mode mode)
{
    long points = 0;
    bool reached = true;
    for (long at = 1; reached; at += step_of_points()) {
        struct log *log = NULL;
        small_empty();
        reached = false;
        for (int step = 0; step < STEPS; step++) {
            reached = refused_step(&log, step, mode, at) || reached;
            int is = step == 0 ? 1 : state_of(small_text(log, 0));
            if (is != step + 1)
                fail_msg("mode %d, step %d, point %ld: the log is as after %d", mode, step, at, is);
        }
        log_close(log);
        assert_int_equal(state_of(small_read(path, 0)), STEPS);
        points++;
    }
    assert_true(points * step_of_points() > 20);
    print_message("# refused from %ld points on, in each step\n", points);
}

static void a_full_disk_is_a_sentence_and_loses_nothing(void **state)
{
    (void)state;
    refuse_everywhere(SHIM_FULL);
}

static void a_disk_that_takes_nothing_is_a_sentence_and_loses_nothing(void **state)
{
    (void)state;
    refuse_everywhere(SHIM_FAILING);
}

static int start(void **state)
{
    shim_install();
    if (small_start(state) < 0)
        return -1;
    for (int i = 0; import.length < 1100000; i++)
        buffer_format(&import, "claim i%d \"Claim number %d of a large import, with a sentence of some length\"\n", i,
                      i);
    snprintf(path, sizeof path, "%s/case", small_folder);
    struct log *log = NULL;
    for (int step = 0; step < STEPS; step++) {
        assert_int_equal(take_step(&log, step, &small_error), 0);
        if (log)
            buffer_string(&expected[step + 1], small_text(log, 0));
    }
    log_close(log);
    return 0;
}

static int end(void **state)
{
    for (int i = 0; i <= STEPS; i++)
        buffer_release(&expected[i]);
    buffer_release(&import);
    return small_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crash_loses_nothing_acknowledged),
        cmocka_unit_test(a_power_cut_that_loses_all_unsynced_loses_nothing_acknowledged),
        cmocka_unit_test(a_power_cut_that_loses_some_loses_nothing_acknowledged),
        cmocka_unit_test(a_full_disk_is_a_sentence_and_loses_nothing),
        cmocka_unit_test(a_disk_that_takes_nothing_is_a_sentence_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, start, end);
}
