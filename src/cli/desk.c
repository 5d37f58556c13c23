/* bearout desk: the case in the browser of this machine. */
#include "desk/desk.h"
#include "cli/browser.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct told {
    const struct invocation *called;
    struct browser *browser;
};

static void tell(void *context, const char *link)
{
    struct told *t = context;
    struct buffer out = {0};
    const char *socket = invocation_flag(t->called, "socket");
    terminal_busy(false);
    buffer_format(&out, "%s\n", link);
    if (socket)
        buffer_format(
            &out,
            "It is served on '%s'. From another machine: ssh -L 8080:%s, and the link with ':8080' behind 127.0.0.1.\n",
            socket, socket);
    buffer_string(&out, "The link lets one browser in, once, within ten minutes. Ctrl-C ends the desk.\n");
    terminal_say(STDOUT_FILENO, out.at);
    buffer_release(&out);
    if (!socket && !invocation_flag(t->called, "no-open"))
        t->browser = browser_open(link);
}

static int read_number(const char *flag, const char *given, long most, long *out, struct error *error)
{
    char *end;
    errno = 0;
    *out = strtol(given, &end, 10);
    if (!errno && *given && !*end && *out >= 0 && *out <= most)
        return 0;
    error_set(error, ERROR_USAGE, "'%s' is not a number that --%s can have", given, flag);
    return error_mend(error, "give a whole number from 0 to %ld", most);
}

static int read_wish(const struct invocation *called, struct desk_wish *wish, struct error *error)
{
    const char *port = invocation_flag(called, "port"), *idle = invocation_flag(called, "idle");
    long number = 0, minutes = 15;
    if ((port && read_number("port", port, 65535, &number, error)) ||
        (idle && read_number("idle", idle, 10080, &minutes, error)))
        return -1;
    wish->file = called->arguments[0];
    wish->port = (uint16_t)number;
    wish->idle = (uint32_t)minutes * 60;
    wish->socket = invocation_flag(called, "socket");
    wish->log_looks = invocation_flag(called, "log-looks") != NULL;
    return 0;
}

/* What is no case is told of here, and not first in the browser. One that is not there yet is made there. */
static int check_file(const char *file, struct error *error)
{
    struct stat info;
    if (lstat(file, &info) != 0 && errno == ENOENT)
        return 0;
    if (ops_is_case(file))
        return 0;
    error_set(error, ERROR_INPUT, "'%s' is not a case file", file);
    return error_mend(error, "make a case with 'bearout new', and take this into it with 'bearout add'");
}

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct told told = {.called = called};
    struct desk_wish wish = {.ready = tell, .context = &told};
    struct secret *passphrase = NULL;
    int failed = read_wish(called, &wish, &error) || check_file(wish.file, &error);
    if (!failed && invocation_flag(called, "passphrase-fd")) {
        passphrase = called->passphrase.get(called->passphrase.context, false, &error);
        failed = !passphrase;
    }
    wish.passphrase = passphrase;
    if (!failed)
        failed = desk_run(&wish, &interrupted, &error);
    browser_done(told.browser);
    secret_free(passphrase);
    return failed ? command_fail(&error) : EXIT_FINE;
}

static const struct flag flags[] = {
    {"port", "N", "the port on 127.0.0.1, instead of one that is free"},
    {"socket", "PATH", "a socket of the file system, instead of a port"},
    {"no-open", NULL, "print the link, and open no browser"},
    {"idle", "MINUTES", "lock the case after so long without a request, 15 unless told; 0: never"},
    {"log-looks", NULL, "write into the log which records were opened, each once until the case is locked"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout desk harbour.bearout", "opens the case in the browser"},
    {"bearout desk new.bearout --no-open", "prints the link; the case is made in the browser"},
    {NULL, NULL},
};

const struct command command_desk = {
    .name = "desk",
    .arguments = "CASE",
    .purpose = "Open a case in the browser of this machine",
    .detail =
        "Serves the case on 127.0.0.1 until Ctrl-C, to the one browser that opens the link. The passphrase is asked "
        "for in the page, and the case is locked again after a while. Others can write to the same case meanwhile, and "
        "a "
        "second desk too: each sees at once what the other took.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
