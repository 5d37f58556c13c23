/* The reference's own cases, where its folder is there: every answer letter for letter.
 *
 *     vectors_test FOLDER                     NNNN.bo with .stand, .without and .next beside it
 *     vectors_test --fresh ORACLE COUNT [SEED]  lets the reference make COUNT new ones first
 *
 * Where the folder (or python3, for fresh ones) is missing, it says so and skips: the project's own
 * tests need neither. A failure names the case, and the seed that makes it again. */
#include "base/file.h"
#include "base/limits.h"
#include "cases/subject.h"

#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int skip(const char *why, const char *what)
{
    printf("1..0 # SKIP %s: %s\n", what, why);
    return 0;
}

/* A file of the case; 0 or -1 where it cannot be read. */
static int read_part(const char *folder, unsigned number, const char *ending, struct buffer *out)
{
    struct buffer path = {0};
    struct error error = {0};
    buffer_format(&path, "%s/%04u.%s", folder, number, ending);
    int result = file_read(path.at, LIMIT_TEXT, out, &error);
    buffer_release(&path);
    return result;
}

static bool same(const char *what, struct text expected, struct text got)
{
    bool equal = text_equal(expected, got);
    struct text a, b;
    while (!equal && (expected.length || got.length)) {
        a = b = (struct text){0};
        text_line(&expected, &a);
        text_line(&got, &b);
        if (!text_equal(a, b))
            printf("# %s: expected %.*s\n# %s: got      %.*s\n", what, TEXT_ARG(a), what, TEXT_ARG(b));
    }
    return equal;
}

/* All answers of an open subject against the files of its case. */
static bool answers_agree(struct subject *s, const char *folder, unsigned number)
{
    struct buffer expected = {0}, got = {0};
    bool agree = read_part(folder, number, "stand", &expected) == 0;
    subject_stand(s, &got);
    agree = agree && same("stand", buffer_text(&expected), buffer_text(&got));
    buffer_clear(&got);
    struct buffer without = {0};
    agree = read_part(folder, number, "without", &without) == 0 && agree;
    struct text rows = buffer_text(&without), head = {0};
    text_line(&rows, &head);
    agree = text_starts(head, TEXT("# without ")) && agree;
    subject_without(s, (struct text){head.at + 10, head.length - 10}, &got);
    agree = same("without", rows, buffer_text(&got)) && agree;
    buffer_release(&without);
    buffer_clear(&got);
    struct buffer next = {0};
    agree = read_part(folder, number, "next", &next) == 0 && agree;
    subject_next(s, &got);
    agree = same("next", buffer_text(&next), buffer_text(&got)) && agree;
    buffer_release(&next);
    buffer_clear(&got);
    subject_stand(s, &got);
    agree = same("stand after the questions", buffer_text(&expected), buffer_text(&got)) && agree;
    buffer_release(&expected);
    buffer_release(&got);
    return agree;
}

static bool vector_agrees(const char *folder, unsigned number, struct text notation)
{
    struct subject s;
    bool agree = subject_open(&s, notation) == 0;
    if (agree)
        agree = answers_agree(&s, folder, number);
    else
        printf("# refused: %.*s", TEXT_ARG(buffer_text(&s.faults)));
    subject_close(&s);
    if (subject_open_stepwise(&s, notation)) {
        agree = false;
        printf("# refused entry by entry: %.*s", TEXT_ARG(buffer_text(&s.faults)));
    } else if (!answers_agree(&s, folder, number)) {
        agree = false;
        printf("# (taken entry by entry)\n");
    }
    subject_close(&s);
    return agree;
}

/* Every case of a folder, from 0000 to the first that is missing. */
static int run_folder(const char *folder, const char *name)
{
    unsigned number = 0, failed = 0;
    for (struct buffer notation = {0}; read_part(folder, number, "bo", &notation) == 0; notation = (struct buffer){0}) {
        bool agree = vector_agrees(folder, number, buffer_text(&notation));
        if (!agree)
            printf("# the text:\n%.*s", TEXT_ARG(buffer_text(&notation)));
        failed += !agree;
        printf("%s %u - %s %04u\n", agree ? "ok" : "not ok", number + 1, name, number);
        number++;
        buffer_release(&notation);
    }
    printf("1..%u\n", number);
    return failed > 0 || number == 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

/* Runs `python3 -B SCRIPT FOLDER COUNT SEED`; its exit status, or -1 where there is no python3. */
static int make_vectors(const char *script, const char *folder, const char *count, const char *seed)
{
    const char *arguments[] = {"python3", "-B", script, folder, count, seed, NULL};
    pid_t child;
    int status;
    if (posix_spawnp(&child, "python3", NULL, NULL, (char *const *)arguments, environ) ||
        waitpid(child, &status, 0) != child)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int run_fresh(const char *oracle, const char *count, const char *seed)
{
    struct buffer script = {0}, folder = {0}, name = {0}, drawn = {0};
    buffer_format(&drawn, "%lld", (long long)time(NULL) * 1000 + getpid() % 1000);
    seed = seed ? seed : drawn.at;
    buffer_format(&script, "%s/make_vectors.py", oracle);
    buffer_format(&folder, "%s/bearout-vectors-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    buffer_format(&name, "fresh case, seed %s:", seed);
    int result;
    if (access(script.at, R_OK))
        result = skip("the folder of the reference is not there", oracle);
    else if (!mkdtemp(folder.at))
        result = skip("cannot make a temporary folder", folder.at);
    else {
        int made = make_vectors(script.at, folder.at, count, seed);
        result = made == 127 || made == -1 ? skip("is not there", "python3")
                 : made                    ? 1
                                           : run_folder(folder.at, name.at);
        nftw(folder.at, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    }
    buffer_release(&script);
    buffer_release(&folder);
    buffer_release(&name);
    buffer_release(&drawn);
    return result;
}

int main(int count, char **arguments)
{
    if (count >= 4 && strcmp(arguments[1], "--fresh") == 0)
        return run_fresh(arguments[2], arguments[3], count > 4 ? arguments[4] : NULL);
    if (count != 2) {
        fprintf(stderr, "usage: vectors_test FOLDER | vectors_test --fresh ORACLE COUNT [SEED]\n");
        return 2;
    }
    if (access(arguments[1], R_OK))
        return skip("the folder of the reference is not there", arguments[1]);
    return run_folder(arguments[1], "case");
}
