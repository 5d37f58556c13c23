/* Ctrl-C: see interrupt.h. */
#include "cli/interrupt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

volatile bool interrupted;

static void interrupt(int signal)
{
    if (interrupted)
        _exit(128 + signal);
    interrupted = true;
}

void interrupt_start(void)
{
    /* Without SA_RESTART, so that a read from the terminal ends too. */
    struct sigaction action = {.sa_handler = interrupt}, ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* A signal that comes between a look at the flag and the start of a read would leave it waiting: both are held back but
 * while waiting, and let through by that in one step. */
ssize_t interruptible_read(int descriptor, void *into, size_t most)
{
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, &before);
    struct pollfd there = {.fd = descriptor, .events = POLLIN};
    int ready = 0;
    while (!interrupted && ready <= 0) {
        ready = ppoll(&there, 1, NULL, &before);
        if (ready < 0 && errno != EINTR)
            break;
    }
    ssize_t got = interrupted || ready < 0 ? -1 : read(descriptor, into, most);
    const int why = interrupted ? EINTR : errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = why;
    return got;
}
