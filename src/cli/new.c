/* bearout new: makes a case. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "ops/new.h"

static int run(const struct invocation *called)
{
    struct error error = {0};
    const char *file = called->arguments[0];
    if (ops_new(file, &called->passphrase, &error))
        return command_fail(&error);
    struct buffer out = {0};
    buffer_format(
        &out, "Made the case '%s'. Whoever loses its passphrase loses the case: nobody can open it without.\n", file);
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static const struct example examples[] = {
    {"bearout new harbour.bearout", "asks for a passphrase twice and makes an empty case"},
    {"bearout new harbour.bearout --passphrase-fd 3 3<key", "takes the passphrase from the first line of the file key"},
    {NULL, NULL},
};

const struct command command_new = {
    .name = "new",
    .arguments = "CASE",
    .purpose = "Make an empty encrypted case",
    .detail = "Refuses where a file of that name stands already.",
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
