/* Two walls and some limits: see sandbox.h. */
#include "parsers/sandbox.h"

#include "base/watched.h"

#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---- limits ---- */

static int limit(int resource, uint64_t most, struct error *error)
{
    const struct rlimit both = {most, most};
    if (setrlimit(resource, &both) == 0)
        return 0;
    return error_set(error, ERROR_IO, "the system does not let a limit be set (%s)", strerror(errno));
}

int sandbox_limit(const struct sandbox_bounds *bounds, struct error *error)
{
    if (limit(RLIMIT_CORE, 0, error) < 0 || limit(RLIMIT_FSIZE, 0, error) < 0 || limit(RLIMIT_NPROC, 0, error) < 0 ||
        limit(RLIMIT_NOFILE, 0, error) < 0 || limit(RLIMIT_CPU, bounds->cpu, error) < 0)
        return -1;
    if (!WATCHED && limit(RLIMIT_AS, bounds->memory, error) < 0)
        return -1;
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return error_set(error, ERROR_IO, "the system does not let core dumps be forbidden");
    return 0;
}

/* ---- Landlock ---- */

/* The kernel's headers of Debian 12 stop at version 2 of Landlock: these are the rest, from Linux 6.12. */
struct landlock_rules {
    uint64_t files, ports, scopes;
};
enum { LANDLOCK_VERSION = 1 };

static const struct {
    int version;
    struct landlock_rules adds;
} landlock_history[] = {
    {1, {.files = 0x1fff}}, /* execute, read, write, list, remove, make anything */
    {2, {.files = 0x2000}}, /* move between folders */
    {3, {.files = 0x4000}}, /* truncate */
    {4, {.ports = 0x3}},    /* bind and connect TCP */
    {5, {.files = 0x8000}}, /* ioctl on devices */
    {6, {.scopes = 0x3}},   /* abstract sockets and signals of others */
};

int sandbox_landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    return version < 0 ? 0 : (int)version;
}

static struct landlock_rules landlock_known(int version)
{
    struct landlock_rules all = {0};
    for (size_t i = 0; i < sizeof landlock_history / sizeof *landlock_history; i++)
        if (landlock_history[i].version <= version) {
            all.files |= landlock_history[i].adds.files;
            all.ports |= landlock_history[i].adds.ports;
            all.scopes |= landlock_history[i].adds.scopes;
        }
    return all;
}

/* All rights are named and none is given. A kernel without Landlock is none: seccomp's list holds nothing by
 * which a file could be reached. */
int sandbox_landlock(struct error *error)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return error_set(error, ERROR_IO, "the system does not let privileges be given up");
    const struct landlock_rules rules = landlock_known(sandbox_landlock_version());
    if (!rules.files)
        return 0;
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    bool shut = fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    int number = errno;
    if (fd >= 0)
        close(fd);
    if (shut)
        return 0;
    return error_set(error, ERROR_IO, "Landlock cannot be set up (%s)", strerror(number));
}

/* ---- seccomp ---- */

struct allowed {
    int call;
    unsigned conditions;
    struct scmp_arg_cmp when[3];
};

#define EXACTLY(argument, n) SCMP_CMP(argument, SCMP_CMP_EQ, n, 0)
#define WITHOUT(argument, bits) SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, bits, 0)

static const struct allowed always[] = {
    {SCMP_SYS(read), 1, {EXACTLY(0, STDIN_FILENO)}},
    {SCMP_SYS(write), 1, {EXACTLY(0, STDOUT_FILENO)}},
    {SCMP_SYS(write), 1, {EXACTLY(0, STDERR_FILENO)}},
    /* memory of its own, never executable, never a file's */
    {SCMP_SYS(mmap), 2, {WITHOUT(2, PROT_EXEC), SCMP_CMP(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)}},
    {SCMP_SYS(mremap), 0, {{0}}},
    {SCMP_SYS(munmap), 0, {{0}}},
    {SCMP_SYS(madvise), 0, {{0}}},
    {SCMP_SYS(brk), 0, {{0}}},
    {SCMP_SYS(exit), 0, {{0}}},
    {SCMP_SYS(exit_group), 0, {{0}}},
};

static const struct allowed moving[] = {
    {SCMP_SYS(lseek), 1, {EXACTLY(0, STDIN_FILENO)}},
};

/* Locks among its own threads, of which there is one; the clock; and its own number: harmless. */
static const struct allowed habits[] = {
    {SCMP_SYS(futex), 0, {{0}}},
    {SCMP_SYS(clock_gettime), 0, {{0}}},
    {SCMP_SYS(gettimeofday), 0, {{0}}},
    {SCMP_SYS(getpid), 0, {{0}}},
};

static const struct allowed watched[] = {
    {SCMP_SYS(sigaltstack), 0, {{0}}},   {SCMP_SYS(rt_sigprocmask), 0, {{0}}},
    {SCMP_SYS(getpid), 0, {{0}}},        {SCMP_SYS(gettid), 0, {{0}}},
    {SCMP_SYS(futex), 0, {{0}}},         {SCMP_SYS(sched_yield), 0, {{0}}},
    {SCMP_SYS(clock_gettime), 0, {{0}}}, {SCMP_SYS(mprotect), 1, {WITHOUT(2, PROT_EXEC)}},
};

static int allow(scmp_filter_ctx filter, const struct allowed *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int result = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, list[i].call, list[i].conditions, list[i].when);
        if (result < 0)
            return result;
    }
    return 0;
}

int sandbox_seccomp(const struct sandbox_bounds *bounds, struct error *error)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int result = filter ? allow(filter, always, sizeof always / sizeof *always) : -ENOMEM;
    if (result == 0 && bounds->moves)
        result = allow(filter, moving, sizeof moving / sizeof *moving);
    if (result == 0 && bounds->habits)
        result = allow(filter, habits, sizeof habits / sizeof *habits);
    if (result == 0 && WATCHED)
        result = allow(filter, watched, sizeof watched / sizeof *watched);
    if (result == 0)
        result = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    if (result == 0)
        return 0;
    return error_set(error, ERROR_IO, "seccomp cannot be set up (%s)", strerror(-result));
}

int sandbox_enter(const struct sandbox_bounds *bounds, struct error *error)
{
    if (clearenv() != 0 || setenv("TZ", "UTC0", 1) != 0 || close_range(3, ~0u, 0) < 0)
        return error_set(error, ERROR_IO, "what was inherited cannot be dropped (%s)", strerror(errno));
    tzset(); /* else the first to ask for a time would look for where the machine is */
    if (sandbox_landlock(error) < 0 || sandbox_limit(bounds, error) < 0)
        return -1;
    return sandbox_seccomp(bounds, error);
}
