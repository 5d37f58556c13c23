/* bearout check: the errors of a text; then what is odd in it. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "ops/check.h"
#include "rules/hearing.h"

#include <unistd.h>

static int run(const struct invocation *called)
{
    struct opened opened;
    struct checked checked = {0};
    struct buffer out = {0};
    char today[TODAY_ROOM];
    int code = invocation_open(called, called->arguments[0], OPEN_MODEL, &opened);
    if (code == EXIT_FINE) {
        struct screen screen = terminal_screen(STDOUT_FILENO);
        check_case(&opened, hearings_today(today), &checked);
        if (invocation_flag(called, "json"))
            check_json(&checked, &out);
        else
            check_tell(&checked, &opened, &screen, &out);
        code = command_print(&out);
    }
    checked_release(&checked);
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"json", NULL, "print a JSON object a finding, for programs"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout check monday.bo", "errors with their places; where there are none, what is odd"},
    {NULL, NULL},
};

const struct command command_check = {
    .name = "check",
    .arguments = "FILE",
    .purpose = "Find errors, then what is odd",
    .detail =
        "Errors are named with their places and mends, all of them in one run, and make the answer 1. Odd is what "
        "a second reader would ask about: a voice that is never heard, a claim nobody made, a voice that says and "
        "denies the same, a name written two ways, somebody accused and not asked. Oddities are no errors: the "
        "answer is 0.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
