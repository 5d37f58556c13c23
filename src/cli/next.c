/* bearout next: whom to ask next. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "rules/hearing.h"
#include "ops/next.h"

#include <unistd.h>

static int run(const struct invocation *called)
{
    struct opened opened;
    struct buffer out = {0};
    char today[TODAY_ROOM];
    int code = invocation_open(called, called->arguments[0], OPEN_MEASURED, &opened);
    if (code == EXIT_FINE) {
        struct screen screen = terminal_screen(STDOUT_FILENO);
        if (invocation_flag(called, "json"))
            next_json(&opened, &out);
        else
            next_sentences(&opened, hearings_today(today), &screen, &out);
        code = command_print(&out);
    }
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"json", NULL, "print a JSON object a voice, for programs"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout next harbour.bo", "whom to ask, and what it would raise"},
    {NULL, NULL},
};

const struct command command_next = {
    .name = "next",
    .arguments = "FILE",
    .purpose = "Say whom to ask next, and why",
    .detail = "Names the voices that others cite and that have not been heard themselves, by how many claims each "
              "would raise by confirming what is cited; then who is accused and was not asked; then which answers "
              "are overdue.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
