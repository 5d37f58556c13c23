/* Passphrases: see passphrase.h. */
#include "cli/passphrase.h"

#include "base/limits.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "seal/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static int refuse(const struct secret *line, size_t length, ssize_t got, struct error *error)
{
    if (interrupted)
        return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
    if (length == secret_length(line)) {
        error_set(error, ERROR_LIMIT, "the passphrase is longer than %u bytes", LIMIT_PASSPHRASE);
        return error_mend(error, "take a shorter one");
    }
    error_set(error, ERROR_INPUT, got < 0 ? "the passphrase cannot be read" : "the passphrase is empty");
    return error_mend(error, "give one line with the passphrase in it");
}

/* Reads byte by byte: what follows the line on the descriptor is meant for somebody else. */
static struct secret *read_line(int descriptor, struct error *error)
{
    struct secret *line = secret_new(LIMIT_PASSPHRASE + 2);
    unsigned char *bytes = secret_bytes(line);
    size_t length = 0;
    ssize_t got = 0;
    while (length < secret_length(line) && (got = interruptible_read(descriptor, bytes + length, 1)) > 0 &&
           bytes[length] != '\n')
        length++;
    bool whole = got >= 0 && length < secret_length(line);
    if (whole && length && bytes[length - 1] == '\r')
        length--;
    if (!whole || length == 0) {
        refuse(line, length, got, error);
        secret_free(line);
        return NULL;
    }
    secret_shorten(line, length);
    return line;
}

/* Echo is off for the time of the reading alone; keys that would end or stop the program meanwhile
 * and leave it off are off too, but for Ctrl-C, which ends the reading. */
static struct secret *ask(int terminal, const char *question, struct error *error)
{
    struct termios before, unseen;
    if (tcgetattr(terminal, &before) != 0)
        return error_system(error, errno, "use", "/dev/tty"), NULL;
    unseen = before;
    unseen.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    unseen.c_lflag |= ICANON | ISIG;
    unseen.c_cc[VSUSP] = unseen.c_cc[VQUIT] = _POSIX_VDISABLE;
    terminal_say(terminal, question);
    tcsetattr(terminal, TCSAFLUSH, &unseen);
    struct secret *line = read_line(terminal, error);
    tcsetattr(terminal, TCSAFLUSH, &before);
    terminal_say(terminal, "\n");
    return line;
}

static struct secret *ask_twice(int terminal, struct error *error)
{
    struct secret *first = ask(terminal, "New passphrase: ", error);
    struct secret *second = first ? ask(terminal, "The same again: ", error) : NULL;
    bool same = first && second && secret_length(first) == secret_length(second) &&
                memcmp(secret_view(first), secret_view(second), secret_length(first)) == 0;
    if (first && second && !same) {
        error_set(error, ERROR_INPUT, "the two passphrases differ");
        error_mend(error, "try again; nothing was made");
    }
    secret_free(second);
    if (same)
        return first;
    secret_free(first);
    return NULL;
}

static struct secret *from_terminal(void *context, bool again, struct error *error)
{
    (void)context;
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0) {
        error_set(error, ERROR_IO, "there is no terminal to ask for the passphrase");
        error_mend(error, "give it on a descriptor: --passphrase-fd 3 3<FILE, or --passphrase-fd 0 from a pipe");
        return NULL;
    }
    terminal_busy(false);
    struct secret *line = again ? ask_twice(terminal, error) : ask(terminal, "Passphrase: ", error);
    terminal_busy(true);
    close(terminal);
    return line;
}

static struct secret *from_descriptor(void *context, bool again, struct error *error)
{
    (void)again;
    return read_line((int)(intptr_t)context, error);
}

int passphrase_from(const char *descriptor, struct passphrase_source *out, struct error *error)
{
    if (!descriptor) {
        *out = (struct passphrase_source){from_terminal, NULL};
        return 0;
    }
    char *end;
    errno = 0;
    long number = strtol(descriptor, &end, 10);
    if (errno || *end || end == descriptor || number < 0 || number > 1 << 20) {
        error_set(error, ERROR_USAGE, "'%s' is not the number of a descriptor", descriptor);
        return error_mend(error, "give a number, as in --passphrase-fd 3 3<FILE");
    }
    if (fcntl((int)number, F_GETFD) == -1) {
        error_set(error, ERROR_USAGE, "descriptor %ld is not open", number);
        return error_mend(error, "open it in the shell, as in --passphrase-fd %ld %ld<FILE", number, number);
    }
    *out = (struct passphrase_source){from_descriptor, (void *)(intptr_t)number};
    return 0;
}
