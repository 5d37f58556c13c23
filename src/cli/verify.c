/* bearout verify: checks a case without its passphrase. */
#include "cli/command.h"
#include "cli/terminal.h"

#include <inttypes.h>

/* With the anchor alone on a line, so that it can be kept by a program as well as by a person. */
static int report(const char *file, bool anchor_alone, struct buffer *out, struct error *error)
{
    struct log_report r;
    if (log_verify(file, &r, error))
        return -1;
    if (anchor_alone)
        buffer_format(out, "%s\n", r.anchor);
    else
        buffer_format(
            out, "'%s': %" PRIu64 " %s of %" PRIu64 " %s, %" PRIu64 " bytes; every hash and signature holds.\n", file,
            r.batches, r.batches == 1 ? "batch" : "batches", r.devices, r.devices == 1 ? "device" : "devices", r.bytes);
    return 0;
}

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct buffer out = {0};
    const char *file = called->arguments[0], *anchor = invocation_flag(called, "anchor");
    terminal_busy(true);
    int failed = report(file, anchor && !*anchor, &out, &error);
    if (!failed && anchor && *anchor) {
        failed = log_verify_anchor(file, text_of(anchor), &error);
        buffer_string(&out, "It still holds all that it held when that anchor was made.\n");
    }
    int code = failed ? command_fail(&error) : command_print(&out);
    buffer_release(&out);
    return code;
}

static const struct flag flags[] = {
    {"anchor", "[=HASH]",
     "print a hash of all that the case holds, to be kept elsewhere; or check that the case still holds all that it "
     "held when this one was printed"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout verify harbour.bearout", "checks every hash and signature; needs no passphrase"},
    {"bearout verify harbour.bearout --anchor", "prints the anchor: print it, mail it, have it time-stamped"},
    {"bearout verify harbour.bearout --anchor=4f1d…", "checks that nothing recorded by then was changed since"},
    {NULL, NULL},
};

const struct command command_verify = {
    .name = "verify",
    .arguments = "CASE",
    .purpose = "Check that a case is as it was written, without its passphrase",
    .detail = "",
    .flags = flags,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
