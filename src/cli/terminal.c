/* What the terminal can do: see terminal.h. */
#include "cli/terminal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

static bool has_colours(int descriptor)
{
    const char *no = getenv("NO_COLOR"), *kind = getenv("TERM");
    return isatty(descriptor) && !(no && *no) && kind && *kind && strcmp(kind, "dumb") != 0;
}

static void paint(struct buffer *out, enum tone tone, struct text t)
{
    static const char *const codes[] = {
        [TONE_PLAIN] = "0", [TONE_HEAD] = "1",   [TONE_FAINT] = "2", [TONE_GOOD] = "32",
        [TONE_FAIR] = "36", [TONE_DOUBT] = "33", [TONE_BAD] = "31",
    };
    buffer_format(out, "\033[%sm", codes[tone]);
    buffer_text_add(out, t);
    buffer_string(out, "\033[0m");
}

struct screen terminal_screen(int descriptor)
{
    struct winsize size;
    unsigned width = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    return (struct screen){width < 40 ? 40 : width, has_colours(descriptor) ? paint : NULL};
}

void terminal_say(int descriptor, const char *what)
{
    for (size_t left = strlen(what); left;) {
        ssize_t written = write(descriptor, what, left);
        if (written <= 0)
            return;
        what += written;
        left -= (size_t)written;
    }
}

static volatile sig_atomic_t seconds_busy;

/* Only write() is safe in a signal's handler. */
static void say_busy(int signal)
{
    static const char before[] = "\rbearout: at work for ", after[] = " s; Ctrl-C stops it ";
    char line[sizeof before + sizeof after + 12], digits[12];
    size_t length = sizeof before - 1, count = 0;
    (void)signal;
    memcpy(line, before, length);
    for (int n = ++seconds_busy; n; n /= 10)
        digits[count++] = (char)('0' + n % 10);
    while (count)
        line[length++] = digits[--count];
    memcpy(line + length, after, sizeof after);
    terminal_say(STDERR_FILENO, line);
}

void terminal_busy(bool on)
{
    static bool is_on;
    if (on == is_on || !isatty(STDERR_FILENO))
        return;
    is_on = on;
    struct sigaction action = {.sa_handler = on ? say_busy : SIG_IGN, .sa_flags = SA_RESTART};
    struct itimerval every = {{0, 0}, {0, 0}};
    if (on)
        every = (struct itimerval){{1, 0}, {0, 700000}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
    if (!on && seconds_busy)
        terminal_say(STDERR_FILENO, "\r\033[K");
    seconds_busy = 0;
}

bool terminal_agree(const char *question)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return false;
    char answer[64];
    terminal_say(terminal, question);
    terminal_say(terminal, " [y/N] ");
    ssize_t length = read(terminal, answer, sizeof answer);
    close(terminal);
    return length > 1 && (answer[0] == 'y' || answer[0] == 'Y') && answer[1] == '\n';
}
