/* Running a helper: see helper.h. */
#include "ops/helper.h"

#include "base/clock.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STEP = 1 << 16, LOOK_EVERY = 100 /* milliseconds between looks at `stop` and the clock */ };

/* Its signals are as a fresh program's, and Ctrl-C is for its caller alone. */
static int set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    return posix_spawnattr_setsigmask(attributes, &none) || posix_spawnattr_setsigdefault(attributes, &all) ||
           posix_spawnattr_setpgroup(attributes, 0) ||
           posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

/* Standard input, output and error first, in an order in which none overwrites another that is still wanted. */
static int set_files(posix_spawn_file_actions_t *actions, int input, int output)
{
    return posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO) ||
           posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO) ||
           posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) ||
           posix_spawn_file_actions_addclosefrom_np(actions, 3) || posix_spawn_file_actions_addchdir_np(actions, "/");
}

/* The process, or -1. */
static pid_t start(const struct helper_task *task, int output)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char name[] = "bearout-helper";
    char *way = task->way ? memory_copy(task->way, strlen(task->way)) : NULL;
    char one_thread[] = "OMP_THREAD_LIMIT=1"; /* OpenMP reads it before main() could say so */
    char *arguments[] = {name, way, NULL}, *environment[] = {one_thread, NULL};
    pid_t pid = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    if (set_files(&actions, task->input, output) || set_signals(&attributes) ||
        posix_spawn(&pid, task->program, &actions, &attributes, arguments, environment))
        pid = -1;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    free(way);
    return pid;
}

/* Takes what the helper says until it ends its answer. */
static enum helper_end listen_to(int from, int64_t until, const struct helper_task *task)
{
    char bytes[STEP];
    struct pollfd at = {.fd = from, .events = POLLIN};
    for (;;) {
        if (task->stop && *task->stop)
            return HELPER_STOPPED;
        if ((int64_t)clock_milliseconds() >= until)
            return HELPER_SLOW;
        int ready = poll(&at, 1, LOOK_EVERY);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got ? HELPER_FAILED : HELPER_DONE;
        if (task->take(task->context, (struct text){bytes, (size_t)got}) < 0)
            return HELPER_TALKED;
    }
}

/* Waits for a helper that has said all; one that does not end is ended. */
static enum helper_end wait_for(pid_t pid, int64_t until, const volatile bool *stop)
{
    int status;
    for (;;) {
        pid_t got = waitpid(pid, &status, WNOHANG);
        if (got == pid)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? HELPER_DONE : HELPER_FAILED;
        if (got < 0 && errno != EINTR)
            return HELPER_FAILED;
        if ((stop && *stop) || (int64_t)clock_milliseconds() >= until)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return stop && *stop ? HELPER_STOPPED : HELPER_SLOW;
}

enum helper_end helper_stream(const struct helper_task *task)
{
    const int64_t until = (int64_t)clock_milliseconds() + (int64_t)task->seconds * 1000;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return HELPER_ABSENT;
    pid_t pid = start(task, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return HELPER_ABSENT;
    }
    enum helper_end said = listen_to(ends[0], until, task);
    close(ends[0]);
    enum helper_end ended = wait_for(pid, said == HELPER_DONE ? until : 0, task->stop);
    return said == HELPER_DONE ? ended : said;
}

struct answer {
    struct buffer *out;
    size_t room;
};

static int keep(void *context, struct text bytes)
{
    struct answer *answer = context;
    if (bytes.length > answer->room)
        return -1;
    answer->room -= bytes.length;
    buffer_text_add(answer->out, bytes);
    return 0;
}

enum helper_end helper_run(const char *program, int input, uint32_t seconds, size_t most, const volatile bool *stop,
                           struct buffer *out)
{
    struct answer answer = {out, most};
    const struct helper_task task = {
        .program = program, .input = input, .seconds = seconds, .stop = stop, .take = keep, .context = &answer};
    return helper_stream(&task);
}

/* ---- where it is ---- */

int helper_find(const char *name, struct buffer *path, struct error *error)
{
    static const char *const places[] = {"", "../libexec/bearout/", "../lib/bearout/", "../../parsers/"};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self);
    while (length > 0 && self[length - 1] != '/')
        length--;
    for (size_t i = 0; length > 0 && i < sizeof places / sizeof *places; i++) {
        buffer_clear(path);
        buffer_add(path, self, (size_t)length);
        buffer_string(path, places[i]);
        buffer_string(path, name);
        if (access(path->at, X_OK) == 0)
            return 0;
    }
    error_set(error, ERROR_MISSING, "the helper '%s' is not there", name);
    return error_mend(error, "install Bearout as a whole, with 'meson install'");
}
