/* bearout take: files into a case. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "base/json.h"
#include "ops/proof.h"
#include "ops/take.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

struct report {
    struct buffer out;
    bool json;
    bool live; /* standard error is a terminal: progress is shown there */
    uint64_t kept, same, failed, bytes;
    int shown; /* percent that was shown last */
};

static void quote(struct buffer *out, const char *name, struct text value)
{
    if (out->length && out->at[out->length - 1] != '{')
        buffer_char(out, ',');
    buffer_format(out, "\"%s\":", name);
    json_text(out, value);
}

static void tell_json(struct buffer *out, const struct taken *t)
{
    static const char *const outcomes[] = {"new", "given", "same", "failed"};
    buffer_char(out, '{');
    quote(out, "name", text_of(t->name));
    quote(out, "outcome", text_of(outcomes[t->outcome]));
    if (t->outcome == TAKE_FAILED) {
        quote(out, "error", text_of(t->error.what));
        quote(out, "mend", text_of(t->error.mend));
    } else {
        quote(out, "record", text_of(t->record));
        quote(out, "sha256", text_of(t->sha256));
        buffer_format(out, ",\"bytes\":%" PRIu64 ",\"text\":%" PRIu64 ",\"depth\":%u", t->bytes, t->text, t->depth);
        quote(out, "media", text_of(t->media ? t->media : ""));
        quote(out, "notes", text_of(t->notes ? t->notes : ""));
    }
    buffer_string(out, "}\n");
}

/* Where the answer goes into a file, what failed is still seen. */
static void tell_failed(const struct taken *t)
{
    struct buffer line = {0};
    buffer_string(&line, "bearout: ");
    text_clean(text_of(t->name), &line);
    buffer_format(&line, ": not taken: %s%s%s\n", t->error.what, t->error.mend[0] ? "; " : "", t->error.mend);
    terminal_say(STDERR_FILENO, line.at);
    buffer_release(&line);
}

static void tell_words(struct buffer *out, const struct taken *t)
{
    for (uint32_t i = 0; i < t->depth; i++)
        buffer_string(out, "  ");
    text_clean(text_of(t->name), out);
    if (t->outcome == TAKE_SAME) {
        buffer_format(out, ": the same file as record '%s'\n", t->record);
        return;
    }
    buffer_format(out, ": record '%s', %" PRIu64 " %s", t->record, t->bytes, t->bytes == 1 ? "byte" : "bytes");
    if (t->media && t->media[0])
        buffer_format(out, ", %s", t->media);
    if (t->text)
        buffer_format(out, ", %" PRIu64 " bytes of text", t->text);
    if (t->went_on)
        buffer_format(out, "; %" PRIu64 " of them were there already", t->went_on);
    buffer_char(out, '\n');
    for (const char *at = t->notes; at && *at;) {
        const char *end = strchr(at, '\n');
        buffer_string(out, "    ");
        text_clean((struct text){at, end ? (size_t)(end - at) : strlen(at)}, out);
        buffer_char(out, '\n');
        at = end ? end + 1 : at + strlen(at);
    }
}

static void taken(void *context, const struct taken *t)
{
    struct report *r = context;
    if (r->live && r->shown >= 0)
        terminal_say(STDERR_FILENO, "\r\x1b[K");
    r->shown = -1;
    r->failed += t->outcome == TAKE_FAILED;
    r->same += t->outcome == TAKE_SAME;
    r->kept += t->outcome == TAKE_NEW || t->outcome == TAKE_GIVEN;
    r->bytes += t->outcome == TAKE_NEW || t->outcome == TAKE_GIVEN ? t->bytes : 0;
    if (r->json)
        tell_json(&r->out, t);
    else if (t->outcome == TAKE_FAILED)
        tell_failed(t);
    else
        tell_words(&r->out, t);
}

static void progress(void *context, const char *name, uint64_t bytes, uint64_t of)
{
    struct report *r = context;
    char line[96];
    int percent = of ? (int)(bytes * 100 / of) : (int)(bytes >> 24);
    (void)name;
    if (!r->live || percent == r->shown)
        return;
    r->shown = percent;
    snprintf(line, sizeof line, of ? "\r%" PRIu64 " of %" PRIu64 " MB, %d %%" : "\r%" PRIu64 " MB", bytes >> 20,
             of >> 20, percent);
    terminal_say(STDERR_FILENO, line);
}

static void summary(struct report *r, const char *file)
{
    if (r->json)
        return;
    buffer_format(&r->out, "'%s' took %" PRIu64 " %s, %" PRIu64 " bytes", file, r->kept,
                  r->kept == 1 ? "file" : "files", r->bytes);
    if (r->same)
        buffer_format(&r->out, "; %" PRIu64 " %s there already", r->same, r->same == 1 ? "was" : "were");
    if (r->failed)
        buffer_format(&r->out, "; %" PRIu64 " %s not taken", r->failed, r->failed == 1 ? "was" : "were");
    buffer_string(&r->out, ".\n");
}

static int clear(const struct take_case *into, struct report *r, const char *file, struct error *error)
{
    uint64_t cleared;
    if (ops_take_clear(into, &cleared, error) < 0)
        return -1;
    buffer_format(&r->out, "Cleared %" PRIu64 " unfinished %s out of '%s'.\n", cleared, cleared == 1 ? "file" : "files",
                  file);
    return 0;
}

static int prove(const struct invocation *called, const struct take_case *into, struct report *r, struct error *error)
{
    static const char *const others[] = {"record", "from", "through", "on", "unread", "json"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (invocation_flag(called, others[i])) {
            error_set(error, ERROR_USAGE, "--%s says nothing of a proof", others[i]);
            return error_mend(error, "leave it out, or take the file without --proves");
        }
    if (called->count == 2)
        return ops_prove(into, invocation_flag(called, "proves"), called->arguments[1], &r->out, error);
    error_set(error, ERROR_USAGE, "--proves is for one file");
    return error_mend(error, "attach proofs one by one");
}

/* Nothing to do is a mistake: who forgot the file must not believe that it is in. */
static int check_usage(const struct invocation *called, struct error *error)
{
    if (called->count > 1 || invocation_flag(called, "clear") || invocation_flag(called, "proves"))
        return 0;
    error_set(error, ERROR_USAGE, "no file is named that is to be taken");
    return error_mend(error, "name files or folders behind the case, or - for standard input");
}

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct take_case into;
    const char *file = called->arguments[0];
    if (check_usage(called, &error) < 0)
        return command_fail(&error);
    struct report r = {.json = invocation_flag(called, "json"), .live = isatty(STDERR_FILENO), .shown = -1};
    struct take_wish wish = {.record = invocation_flag(called, "record"),
                             .from = invocation_flag(called, "from"),
                             .through = invocation_flag(called, "through"),
                             .on = invocation_flag(called, "on"),
                             .unread = invocation_flag(called, "unread")};
    struct take_telling telling = {taken, progress, &r};
    struct take_file *open = take_open(file, &called->passphrase, &interrupted, &into, &error);
    if (!open)
        return command_fail(&error);
    int failed = 0;
    if (invocation_flag(called, "clear"))
        failed = clear(&into, &r, file, &error);
    if (!failed && invocation_flag(called, "proves"))
        failed = prove(called, &into, &r, &error);
    else if (!failed && called->count > 1) {
        failed = ops_take(&into, called->arguments + 1, called->count - 1, &wish, &telling, &interrupted, &error);
        if (error.code != ERROR_USAGE)
            summary(&r, file);
    }
    take_close(open);
    int code = command_print(&r.out);
    if (failed && (!r.failed || error.code == ERROR_INTERRUPTED))
        code = command_fail(&error);
    else if (failed && code == EXIT_FINE)
        code = EXIT_PROBLEM;
    buffer_release(&r.out);
    return code;
}

static const struct flag flags[] = {
    {"record", "ID", "the id that the file's record is to have, or has already"},
    {"from", "VOICE", "who brought it"},
    {"through", "VOICE", "through whom it came"},
    {"on", "DATE", "when it was brought; now, if left out"},
    {"unread", NULL, "keep it, and have nothing read from it"},
    {"proves", "RECORD", "the file is a proof of when that record's file was there: RFC 3161 or OpenTimestamps"},
    {"clear", NULL, "clear away first what interrupted takings left; none may be under way"},
    {"json", NULL, "a line of JSON for each file"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout take harbour.bearout interview.wav --record tape-3 --from lieutenant --through lawyer",
     "keeps the recording, and says who brought it"},
    {"bearout take harbour.bearout leak/ mails.mbox", "a folder, and a mailbox with all its attachments"},
    {"wget -qO- https://… | bearout take harbour.bearout - --passphrase-fd 3 3<key", "what comes through a pipe"},
    {NULL, NULL},
};

const struct command command_take = {
    .name = "take",
    .arguments = "CASE [FILE…]",
    .purpose = "Take files into a case: kept as they came, and read",
    .detail =
        "Each file is hashed, sealed as it came under a key of its own, and entered as a record with who brought it, "
        "when and through whom. Its text and what it says of itself are read by bearout-parse in a sandbox, and kept "
        "beside it. Folders are walked; what is in archives and mails becomes records of its own.\n\n"
        "The same file twice is one record. Ctrl-C loses nothing: taking the file again goes on where it stopped. A "
        "file's name is sealed with it, because a name can give a source away; a record's id is made of it only where "
        "it is one that cameras, scanners and offices give.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};
