/* bearout show: what a case holds, or all about an id of it. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "ops/show.h"

#include <unistd.h>

static int show_all(const struct invocation *called, const struct opened *o, struct buffer *out)
{
    struct screen screen = terminal_screen(STDOUT_FILENO);
    struct error error = {0};
    if (called->count == 1)
        show_case(o, &screen, out);
    for (size_t i = 1; i < called->count; i++)
        if (show_id(o, called->arguments[i], invocation_flag(called, "secrets"), &screen, out, &error))
            return command_fail(&error);
    return command_print(out);
}

static int run(const struct invocation *called)
{
    struct opened opened;
    struct buffer out = {0};
    int code = invocation_open(called, called->arguments[0], OPEN_MEASURED, &opened);
    if (code == EXIT_FINE)
        code = show_all(called, &opened, &out);
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"secrets", NULL, "show protected details too: names, contacts, what must not come out"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout show harbour.bo", "title, voices and their terms, records, claims, open questions"},
    {"bearout show harbour.bo captain", "all about one voice"},
    {NULL, NULL},
};

const struct command command_show = {
    .name = "show",
    .arguments = "FILE [ID…]",
    .purpose = "Show what a case holds, or all about an id",
    .detail = "An id may be a voice, a record and a claim at once: each is shown, with the entries that mention it.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};
