/* bearout sync: brings two copies of a case together. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "ops/sync.h"

#include <inttypes.h>

static int run(const struct invocation *called)
{
    struct error error = {0};
    uint64_t received = 0, sent = 0;
    const char *file = called->arguments[0], *other = called->arguments[1];
    if (ops_sync(file, other, &called->passphrase, &received, &sent, &error))
        return command_fail(&error);
    struct buffer out = {0};
    if (received || sent)
        buffer_format(&out, "'%s' took %" PRIu64 " %s from '%s' and gave it %" PRIu64 ".\n", file, received,
                      received == 1 ? "batch" : "batches", other, sent);
    else
        buffer_format(&out, "'%s' and '%s' hold the same.\n", file, other);
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static const struct example examples[] = {
    {"cp harbour.bearout /media/stick/ && bearout sync harbour.bearout /media/stick/harbour.bearout",
     "a copy of a case can be written to elsewhere, and brought together with the first at any time"},
    {NULL, NULL},
};

const struct command command_sync = {
    .name = "sync",
    .arguments = "CASE OTHER",
    .purpose = "Bring two copies of a case together",
    .detail = "Each copy gets what it lacks; both hold the same afterwards, in the same order. Where one of them was "
              "tampered with, nothing is exchanged.",
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 2,
    .most = 2,
    .run = run,
};
