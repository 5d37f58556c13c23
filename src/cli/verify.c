/* bearout verify: checks a case without its passphrase. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "ops/custody.h"

#include <inttypes.h>

/* With the anchor alone on a line, so that it can be kept by a program as well as by a person. */
static int report(const char *file, bool anchor_alone, struct buffer *out, struct error *error)
{
    struct log_report r;
    if (log_verify(file, &r, error))
        return -1;
    if (anchor_alone)
        buffer_format(out, "%s\n", r.anchor);
    else {
        buffer_format(
            out, "'%s': %" PRIu64 " %s of %" PRIu64 " %s, %" PRIu64 " bytes; every hash and signature holds.\n", file,
            r.batches, r.batches == 1 ? "batch" : "batches", r.devices, r.devices == 1 ? "device" : "devices", r.bytes);
        if (r.files)
            buffer_format(out, "%" PRIu64 " %s in its vault, stored as signed for.\n", r.files,
                          r.files == 1 ? "file is" : "files are");
        if (r.unfinished)
            buffer_format(out,
                          "%" PRIu64
                          " more %s unfinished: take %s again, or clear %s away with 'bearout take %s --clear'.\n",
                          r.unfinished, r.unfinished == 1 ? "is" : "are", r.unfinished == 1 ? "it" : "them",
                          r.unfinished == 1 ? "it" : "them", file);
    }
    return 0;
}

/* Everything that the vault holds, read to its hashes. */
static int contents(const struct opened *o, struct buffer *out, struct error *error)
{
    struct evidence_check c;
    if (evidence_check_all(o, &interrupted, &c, error) < 0)
        return -1;
    buffer_format(out,
                  "%" PRIu64 " %s and %" PRIu64 " %s read from them: every byte is as it came (%" PRIu64 " bytes).\n",
                  c.files, c.files == 1 ? "file" : "files", c.derived, c.derived == 1 ? "text" : "texts", c.bytes);
    if (c.missing)
        buffer_format(out, "%" PRIu64 " more %s not in this copy of the case.\n", c.missing,
                      c.missing == 1 ? "is" : "are");
    return 0;
}

/* What a court is handed. */
static int custody(const struct invocation *called, const struct opened *o, struct buffer *out, struct error *error)
{
    const char *to = invocation_flag(called, "to");
    struct buffer statement = {0}, key = {0};
    int failed =
        ops_custody(o, called->arguments[1], invocation_flag(called, "authority"), &interrupted, &statement, error);
    if (!failed && to)
        failed = ops_custody_write(o, buffer_text(&statement), to, &key, error);
    if (!failed && to)
        buffer_format(out, "The statement is in '%s', and its signature in '%s.minisig'. The key to check it with:\n%s",
                      to, to, key.at);
    else if (!failed)
        buffer_text_add(out, buffer_text(&statement));
    buffer_release(&statement);
    buffer_release(&key);
    return failed;
}

static int with_passphrase(const struct invocation *called)
{
    struct error error = {0};
    struct buffer out = {0};
    struct opened o = {0};
    bool of_record = called->count > 1;
    int code = invocation_open(called, called->arguments[0], OPEN_MODEL, &o);
    if (code == EXIT_FINE && !o.log) {
        error_set(&error, ERROR_INPUT, "'%s' is not a case file", called->arguments[0]);
        error_mend(&error, "name a case that Bearout made");
        code = command_fail(&error);
    } else if (code == EXIT_FINE) {
        terminal_busy(true);
        int failed = of_record ? custody(called, &o, &out, &error) : contents(&o, &out, &error);
        terminal_busy(false);
        code = failed ? command_fail(&error) : command_print(&out);
    }
    opened_close(&o);
    buffer_release(&out);
    return code;
}

/* A flag that would be passed over is refused: nobody must believe that something was checked or written. */
static int check_usage(const struct invocation *called, struct error *error)
{
    static const char *const of_record[] = {"to", "authority"}, *const of_case[] = {"anchor", "contents"};
    const char *to = invocation_flag(called, "to");
    for (size_t i = 0; i < 2; i++) {
        if (called->count == 1 && invocation_flag(called, of_record[i])) {
            error_set(error, ERROR_USAGE, "--%s is for the statement of one record", of_record[i]);
            return error_mend(error, "name the record: bearout verify CASE RECORD --%s FILE", of_record[i]);
        }
        if (called->count > 1 && invocation_flag(called, of_case[i])) {
            error_set(error, ERROR_USAGE, "--%s is for the whole case", of_case[i]);
            return error_mend(error, "leave it out, or leave out the record");
        }
    }
    if (invocation_flag(called, "anchor") && invocation_flag(called, "contents")) {
        error_set(error, ERROR_USAGE, "--anchor and --contents are two checks");
        return error_mend(error, "ask for one after the other");
    }
    if (to && strcmp(to, "-") == 0) {
        error_set(error, ERROR_USAGE, "a statement and its signature are two files, and standard output is one");
        return error_mend(error, "name a file, or leave --to out: then the statement is printed unsigned");
    }
    return 0;
}

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct buffer out = {0};
    const char *file = called->arguments[0], *anchor = invocation_flag(called, "anchor");
    if (check_usage(called, &error) < 0)
        return command_fail(&error);
    if (called->count > 1 || invocation_flag(called, "contents"))
        return with_passphrase(called);
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
    {"contents", NULL, "read every file of the vault to its hash as well; needs the passphrase"},
    {"authority", "FILE", "with RECORD: certificates (PEM) of the authority whose time stamps are trusted"},
    {"to", "FILE", "with RECORD: write the statement there, and its signature to FILE.minisig"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout verify harbour.bearout", "checks every hash and signature; needs no passphrase"},
    {"bearout verify harbour.bearout --anchor", "prints the anchor: print it, mail it, have it time-stamped"},
    {"bearout verify harbour.bearout --anchor=4f1d…", "checks that nothing recorded by then was changed since"},
    {"bearout verify harbour.bearout tape-3 --to tape-3.txt",
     "a signed statement of what became of a file, for a court"},
    {NULL, NULL},
};

const struct command command_verify = {
    .name = "verify",
    .arguments = "CASE [RECORD]",
    .purpose = "Check that a case is as it was written, without its passphrase",
    .detail =
        "Without the passphrase: every hash and signature of the log, and of what is stored in the vault.\n\n"
        "With a RECORD it prints a statement of its file: who brought it, when, through whom, its hash as it came, "
        "what "
        "was read from it by what, when it was given out, proofs of time, and where in the log all of that stands. "
        "Who is not on record is not named in it.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 1,
    .most = 2,
    .run = run,
};
