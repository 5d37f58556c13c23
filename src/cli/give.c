/* bearout give: a record's file out of a case. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "ops/give.h"

#include <inttypes.h>

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct take_case from;
    struct buffer out = {0};
    const char *file = called->arguments[0], *record = called->arguments[1], *to = invocation_flag(called, "to");
    bool standard = to && strcmp(to, "-") == 0;
    uint64_t bytes = 0;
    if (!to) {
        error_set(&error, ERROR_USAGE, "it is not said where the file is to go");
        error_mend(&error, "say --to FILE, or --to - for standard output");
        return command_fail(&error);
    }
    struct take_file *open = take_open(file, &called->passphrase, &interrupted, &from, &error);
    terminal_busy(!standard);
    int failed =
        open ? ops_give(&from, record, to, !invocation_flag(called, "unlogged"), &interrupted, &bytes, &error) : -1;
    terminal_busy(false);
    take_close(open);
    if (failed)
        return command_fail(&error);
    if (!standard)
        buffer_format(&out, "Gave %" PRIu64 " %s of record '%s' to '%s'.\n", bytes, bytes == 1 ? "byte" : "bytes",
                      record, to);
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static const struct flag flags[] = {
    {"to", "FILE", "where it goes, a name that is not there yet; - for standard output"},
    {"unlogged", NULL, "do not enter in the case that it was given"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout give harbour.bearout tape-3 --to tape-3.wav", "writes the recording as it came, to the byte"},
    {NULL, NULL},
};

const struct command command_give = {
    .name = "give",
    .arguments = "CASE RECORD",
    .purpose = "Give a record's file out again, to the byte",
    .detail = "It is checked against the hash it came in with before it gets its name. The case says that it was given "
              "('looked RECORD given'), unless --unlogged.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 2,
    .most = 2,
    .run = run,
};
