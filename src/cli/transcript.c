/* bearout transcript: brings a transcript in beside its recording, or prints it. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "base/file.h"
#include "ops/transcript_keep.h"

static int keep(const struct invocation *called, struct buffer *out)
{
    const char *file = called->arguments[0], *record = called->arguments[1], *path = called->arguments[2];
    const char *by = invocation_flag(called, "by");
    struct error error = {0};
    struct faults faults = {0};
    struct buffer source = {0};
    struct take_case into;
    size_t lines = 0;
    int code = EXIT_FINE;
    struct take_file *opened = NULL;
    if (file_read(path, LIMIT_TRANSCRIPT, &source, &error) == 0)
        opened = take_open(file, &called->passphrase, &interrupted, &into, &error);
    if (!opened || transcript_keep(&into, record, buffer_text(&source), by ? by : "the desk", &lines, &faults, &error))
        code = faults.count ? command_faults(&faults, path) : command_fail(&error);
    else
        buffer_format(out, "Kept %zu %s with record '%s'.\n", lines, lines == 1 ? "line" : "lines", record);
    take_close(opened);
    faults_release(&faults);
    buffer_release(&source);
    return code;
}

/* Prints the lines that are heard between two times; all where no times are given. */
static int print_lines(const char *at, struct text kept, struct buffer *out, struct error *error)
{
    struct transcript t;
    struct faults faults = {0};
    uint64_t start, end;
    size_t count;
    int result = 0;
    if (at && !transcript_time(text_of(at), &start, &end)) {
        error_set(error, ERROR_USAGE, "'%s' is no time in a recording", at);
        return error_mend(error, "write '--at 02:10' or '--at 02:10-02:45'");
    }
    if (transcript_read(kept, &t, &faults)) {
        result = error_set(error, ERROR_DAMAGED, "the transcript that is kept cannot be read");
    } else if (at) {
        size_t first = transcript_lines(&t, start, end, &count);
        memmove(t.lines.at, t.lines.at + first, count * sizeof *t.lines.at);
        t.lines.count = count;
    }
    if (!result)
        transcript_print(&t, out);
    transcript_release(&t);
    faults_release(&faults);
    return result;
}

static int print(const struct invocation *called, struct buffer *out)
{
    struct opened opened;
    struct error error = {0};
    struct buffer kept = {0};
    evidence_pages pages = {0};
    const char *id = called->arguments[1];
    int code = invocation_open(called, called->arguments[0], OPEN_MODEL, &opened);
    if (code == EXIT_FINE) {
        uint32_t record = model_find(opened.model, SPACE_RECORD, text_of(id));
        int got = record == MODEL_NONE ? evidence_no_record(opened.model, id, &error)
                                       : evidence_derived(&opened, record, "transcript", &kept, &error);
        if (got == 0) {
            error_set(&error, ERROR_MISSING, "record '%s' has no transcript", id);
            error_mend(&error, "bring one in with 'bearout transcript FILE %s TRANSCRIPT'", id);
        } else if (got == 1) {
            evidence_take_pages(&kept, &pages);
            got = print_lines(invocation_flag(called, "at"), buffer_text(&kept), out, &error) == 0 ? 1 : -1;
        }
        code = got == 1 ? EXIT_FINE : command_fail(&error);
    }
    vector_release(&pages);
    buffer_release(&kept);
    opened_close(&opened);
    return code;
}

/* --by is for keeping, --at for printing: one that would be passed over is refused. */
static int check_usage(const struct invocation *called, struct error *error)
{
    bool keeps = called->count == 3;
    const char *odd = keeps ? "at" : "by";
    if (!invocation_flag(called, odd))
        return 0;
    error_set(error, ERROR_USAGE, "--%s is for %s a transcript", odd, keeps ? "printing" : "keeping");
    return error_mend(error, keeps ? "leave it out, or leave out the transcript's file"
                                   : "leave it out, or name the transcript's file behind the record");
}

static int run(const struct invocation *called)
{
    struct buffer out = {0};
    struct error error = {0};
    if (check_usage(called, &error) < 0)
        return command_fail(&error);
    int code = called->count == 3 ? keep(called, &out) : print(called, &out);
    if (code == EXIT_FINE)
        code = command_print(&out);
    buffer_release(&out);
    return code;
}

static const struct flag flags[] = {
    {"by", "WHO", "who or what made it: a name, or a speech recogniser and its version"},
    {"at", "TIME[-TIME]", "print only what is heard then, as the locator of a statement says it"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout transcript harbour.bearout tape-1 tape-1.vtt --by 'the desk'", "keep it with the recording"},
    {"bearout transcript harbour.bearout tape-1 --at 02:10-02:45", "the lines that are heard then"},
    {NULL, NULL},
};

const struct command command_transcript = {
    .name = "transcript",
    .arguments = "CASE RECORD [TRANSCRIPT]",
    .purpose = "Keep a transcript with its recording, or print it",
    .detail =
        "A transcript is WebVTT, SubRip (SRT), or the JSON of a speech recogniser: Whisper, whisper.cpp or Vosk. It is "
        "kept encrypted beside the record's file, as WebVTT; the newest holds. What it says is found by 'bearout "
        "find', with the second at which it is heard.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 2,
    .most = 3,
    .run = run,
};
