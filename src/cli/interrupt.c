/* Ctrl-C: see interrupt.h. */
#include "cli/interrupt.h"

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
