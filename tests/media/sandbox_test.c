/* The sandbox stops whatever is tried in it: each of these is tried by a process that is in it, and is stopped.
 *
 * Each wall is also tried alone, so that none of them only seems to stand because the other does. */
#include "parsers/sandbox.h"

#include "base/watched.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { FINE = 0, STOPPED = 42, NO_SANDBOX = 43 };
static const struct sandbox_bounds bounds = {.memory = 512u << 20, .cpu = 1};
static int other_file; /* open before the sandbox is entered */

/* What a process that entered by `enter` and then did `act` ended with. `act` returns FINE where it got what it wanted.
 */
static int ended_with(int (*enter)(void), int (*act)(void))
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        signal(SIGSYS, SIG_DFL); /* sanitizers may listen to it */
        signal(SIGXCPU, SIG_DFL);
        _exit(enter() < 0 ? NO_SANDBOX : act());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static int whole(void)
{
    return sandbox_enter(&bounds, NULL);
}

/* As bearout-parse goes in. */
static int for_reading(void)
{
    const struct sandbox_bounds reading = {.memory = bounds.memory, .cpu = bounds.cpu, .moves = true, .habits = true};
    return sandbox_enter(&reading, NULL);
}

static int landlock_alone(void)
{
    return sandbox_landlock(NULL);
}

static int seccomp_alone(void)
{
    return sandbox_seccomp(&bounds, NULL);
}

/* ---- what is tried ---- */

static int got(long result)
{
    return result >= 0 ? FINE : STOPPED;
}

static int do_nothing(void)
{
    return FINE;
}

static int open_file(void)
{
    return got(syscall(SYS_open, "/etc/passwd", O_RDONLY));
}

static int openat_file(void)
{
    return got(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static int open_folder(void)
{
    return got(syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY | O_DIRECTORY));
}

static int create_file(void)
{
    return got(syscall(SYS_openat, AT_FDCWD, "/tmp/bearout-sandbox-was-here", O_CREAT | O_WRONLY, 0600));
}

static int open_itself(void)
{
    return got(syscall(SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR));
}

static int move_in_other_file(void)
{
    return got(syscall(SYS_lseek, other_file, 0, SEEK_SET));
}

static int move_in_input(void)
{
    syscall(SYS_lseek, STDIN_FILENO, 0, SEEK_CUR);
    return FINE;
}

static int make_socket(void)
{
    return got(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
}

static int make_local_socket(void)
{
    return got(syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
}

static int connect_port(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return STOPPED;
    connect(fd, (struct sockaddr *)&to, sizeof to);
    return errno == EACCES ? STOPPED : FINE; /* refused by the other side would mean that it got there */
}

static int fork_child(void)
{
    return got(syscall(SYS_fork));
}

static int clone_child(void)
{
    return got(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static int execute(void)
{
    char *arguments[] = {NULL}, *environment[] = {NULL};
    return got(syscall(SYS_execve, "/bin/true", arguments, environment));
}

static int trace_parent(void)
{
    return got(syscall(SYS_ptrace, PTRACE_ATTACH, getppid(), 0, 0));
}

static int read_parent(void)
{
    return got(syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0));
}

static int kill_parent(void)
{
    return got(syscall(SYS_kill, 1, 0));
}

static int read_other_file(void)
{
    char byte;
    return got(syscall(SYS_read, other_file, &byte, 1));
}

static int look_at_input(void)
{
    struct stat info;
    return got(syscall(SYS_fstat, STDIN_FILENO, &info));
}

static int map_executable(void)
{
    return got(syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

static int map_input(void)
{
    return got(syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0));
}

static int make_executable(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return got(syscall(SYS_mprotect, page, 4096, PROT_READ | PROT_EXEC));
}

static int loosen(void)
{
    return got(syscall(SYS_prctl, 4 /* PR_SET_DUMPABLE */, 1, 0, 0, 0));
}

static int make_ring(void)
{
    char room[256] = {0};
    return got(syscall(SYS_io_uring_setup, 1, room));
}

static int fill_memory(void)
{
    for (size_t filled = 0; filled < (size_t)8 << 30; filled += 16 << 20) {
        char *at = mmap(NULL, 16 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED)
            return STOPPED;
        at[0] = 1;
    }
    return FINE;
}

static int never_end(void)
{
    volatile bool going = true;
    while (going)
        ;
    return FINE;
}

static int look_for_environment(void)
{
    return getenv("BEAROUT_SANDBOX_TEST") ? FINE : STOPPED;
}

/* ---- tests ---- */

static bool was_killed(int status, int signal_number)
{
    return WIFSIGNALED(status) && WTERMSIG(status) == signal_number;
}

static bool was_stopped(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == STOPPED;
}

static void it_can_be_entered_and_left_by_ending(void **state)
{
    (void)state;
    assert_int_equal(ended_with(whole, do_nothing), 0);
}

static int (*const forbidden[])(void) = {
    open_file,       openat_file,   open_folder,    create_file, open_itself,     make_socket, make_local_socket,
    connect_port,    fork_child,    clone_child,    execute,     trace_parent,    read_parent, kill_parent,
    read_other_file, look_at_input, map_executable, map_input,   make_executable, loosen,      make_ring,
};

static void all_that_is_forbidden_kills(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        int status = ended_with(whole, forbidden[i]);
        if (!was_killed(status, SIGSYS))
            fail_msg("attempt %zu was not killed: %x", i, (unsigned)status);
    }
    assert_int_equal(access("/tmp/bearout-sandbox-was-here", F_OK), -1);
}

static void reading_opens_nothing_but_a_move_in_its_input(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        int status = ended_with(for_reading, forbidden[i]);
        if (!was_killed(status, SIGSYS))
            fail_msg("attempt %zu was not killed: %x", i, (unsigned)status);
    }
    assert_true(was_killed(ended_with(for_reading, move_in_other_file), SIGSYS));
    assert_int_equal(ended_with(for_reading, move_in_input), FINE);
    assert_true(was_killed(ended_with(whole, move_in_input), SIGSYS));
    if (!WATCHED)
        assert_true(was_stopped(ended_with(for_reading, fill_memory)));
}

static void seccomp_stops_all_of_it_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        int status = ended_with(seccomp_alone, forbidden[i]);
        if (!was_killed(status, SIGSYS))
            fail_msg("attempt %zu was not killed: %x", i, (unsigned)status);
    }
}

static void landlock_shuts_files_and_ports_alone(void **state)
{
    (void)state;
    int version = sandbox_landlock_version();
    if (version < 1) {
        print_message("# this kernel has no Landlock\n");
        return;
    }
    assert_true(was_stopped(ended_with(landlock_alone, open_file)));
    assert_true(was_stopped(ended_with(landlock_alone, openat_file)));
    assert_true(was_stopped(ended_with(landlock_alone, open_folder)));
    assert_true(was_stopped(ended_with(landlock_alone, create_file)));
    assert_true(was_stopped(ended_with(landlock_alone, execute)));
    if (version >= 4)
        assert_true(was_stopped(ended_with(landlock_alone, connect_port)));
    if (version >= 6)
        assert_true(was_stopped(ended_with(landlock_alone, kill_parent)));
}

static void memory_is_bounded(void **state)
{
    (void)state;
    if (WATCHED) {
        print_message("# not bounded where the address sanitizer watches\n");
        return;
    }
    assert_true(was_stopped(ended_with(whole, fill_memory)));
}

static void time_is_bounded(void **state)
{
    (void)state;
    int status = ended_with(whole, never_end);
    assert_true(was_killed(status, SIGKILL) || was_killed(status, SIGXCPU));
}

static void the_environment_is_dropped(void **state)
{
    (void)state;
    assert_int_equal(setenv("BEAROUT_SANDBOX_TEST", "1", 1), 0);
    assert_true(was_stopped(ended_with(whole, look_for_environment)));
    assert_int_equal(ended_with(landlock_alone, look_for_environment), FINE);
}

/* Without the sandbox the attempts get what they want, so that the tests above say something. */
static int nowhere(void)
{
    return 0;
}

static void outside_they_would_succeed(void **state)
{
    (void)state;
    assert_int_equal(ended_with(nowhere, openat_file), FINE);
    assert_int_equal(ended_with(nowhere, make_local_socket), FINE);
    assert_int_equal(ended_with(nowhere, connect_port), FINE);
    assert_int_equal(ended_with(nowhere, fork_child), FINE);
    assert_int_equal(ended_with(nowhere, execute), FINE);
    assert_int_equal(ended_with(nowhere, read_other_file), FINE);
    assert_int_equal(ended_with(nowhere, map_executable), FINE);
    assert_int_equal(ended_with(nowhere, make_executable), FINE);
    assert_int_equal(ended_with(nowhere, look_at_input), FINE);
}

int main(void)
{
    other_file = open("/dev/zero", O_RDONLY);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_can_be_entered_and_left_by_ending),
        cmocka_unit_test(all_that_is_forbidden_kills),
        cmocka_unit_test(reading_opens_nothing_but_a_move_in_its_input),
        cmocka_unit_test(seccomp_stops_all_of_it_alone),
        cmocka_unit_test(landlock_shuts_files_and_ports_alone),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(time_is_bounded),
        cmocka_unit_test(the_environment_is_dropped),
        cmocka_unit_test(outside_they_would_succeed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
