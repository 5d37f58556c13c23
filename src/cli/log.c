/* bearout log: the diary of a case. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "ops/diary.h"

#include <unistd.h>

static int run(const struct invocation *called)
{
    struct opened opened;
    struct buffer out = {0};
    struct error error = {0};
    struct screen screen = terminal_screen(STDOUT_FILENO);
    int code = invocation_open(called, called->arguments[0], OPEN_MODEL, &opened);
    if (code == EXIT_FINE)
        code = ops_diary(&opened, &screen, &out, &error) ? command_fail(&error) : command_print(&out);
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct example examples[] = {
    {"bearout log harbour.bearout", "prints who took what into the case, and when"},
    {NULL, NULL},
};

const struct command command_log = {
    .name = "log",
    .arguments = "CASE",
    .purpose = "Print the diary of a case: who took what, when",
    .detail = "Each entry stands behind its number: 'retract 12' takes back the entry that is number 12 here.",
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
