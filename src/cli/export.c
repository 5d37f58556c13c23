/* bearout export: prints a case in the notation. */
#include "cli/command.h"

static int run(const struct invocation *called)
{
    struct opened opened;
    struct buffer out = {0};
    int code = invocation_open(called, called->arguments[0], OPEN_MODEL, &opened);
    if (code == EXIT_FINE) {
        model_print(opened.model, &out);
        code = command_print(&out);
    }
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct example examples[] = {
    {"bearout export harbour.bearout", "prints every entry in the order of the log"},
    {"bearout export monday.bo", "prints a text again, spelt one way"},
    {NULL, NULL},
};

const struct command command_export = {
    .name = "export",
    .arguments = "FILE",
    .purpose = "Print a case in the notation",
    .detail = "What is printed is in clear, protected details with it: mind where it goes.",
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
