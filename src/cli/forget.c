/* bearout forget: destroys what is kept under a voice's own key. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "ops/forget.h"

#include <inttypes.h>
#include <unistd.h>

/* "2 other names, 1 contact": how many strings of each kind. */
static void count_strings(const struct forgetting *f, struct buffer *out)
{
    static const struct {
        enum field_kind kind;
        const char *one, *many;
    } kinds[] = {
        {FIELD_KNOWN_AS, "other name", "other names"},
        {FIELD_CONTACT, "contact", "contacts"},
        {FIELD_NOTE, "note", "notes"},
        {FIELD_DETAIL, "protected detail", "protected details"},
        {FIELD_WHY, "reason given for it", "reasons given for them"},
    };
    bool first = true;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t count = 0;
        for (size_t i = 0; i < f->string_count; i++)
            count += f->strings[i].kind == kinds[k].kind;
        if (!count)
            continue;
        buffer_format(out, "%s%zu %s", first ? "" : ", ", count, count == 1 ? kinds[k].one : kinds[k].many);
        first = false;
    }
}

static bool agreed(const struct forgetting *f, const char *voice, struct error *error)
{
    struct buffer question = {0};
    buffer_format(&question, "Destroy what is kept under voice '%s' in '%s' (", voice, f->opened.name);
    count_strings(f, &question);
    buffer_string(&question, ")? There is no way back.");
    bool yes = terminal_agree(question.at);
    buffer_release(&question);
    if (!yes) {
        error_set(error, ERROR_INPUT, "nothing was destroyed");
        error_mend(error, "answer y, or say --yes");
    }
    return yes;
}

static void list_clear(const struct forgetting *f, struct buffer *out)
{
    struct buffer entry = {0};
    if (f->clear_count)
        buffer_string(out,
                      "These entries still say some of it in clear; retract and reword what should not, though the "
                      "log keeps what it holds:\n");
    for (size_t i = 0; i < f->clear_count; i++) {
        buffer_clear(&entry);
        model_print_entry(f->opened.model, f->clear[i], &entry);
        const char *end = memchr(entry.at, '\n', entry.length);
        buffer_format(out, "%6" PRIu32 "  ", f->clear[i] + 1);
        text_clean((struct text){entry.at, end ? (size_t)(end - entry.at) : entry.length}, out);
        buffer_char(out, '\n');
    }
    buffer_release(&entry);
}

static int report(const struct forgetting *f, const char *voice)
{
    struct buffer out = {0};
    buffer_format(&out, "Destroyed under voice '%s': ", voice);
    count_strings(f, &out);
    buffer_string(&out,
                  ". Claims stand as they did. Other copies of the case forget when they are synced with this one; "
                  "backups made before do not.\n");
    list_clear(f, &out);
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static bool sure(void *context)
{
    const char *record = context;
    struct buffer question = {0};
    buffer_format(&question,
                  "Destroy the file of record '%s', its name and all that was read from it? There is no way back.",
                  record);
    bool yes = terminal_agree(question.at);
    buffer_release(&question);
    return yes;
}

static int destroy(const struct invocation *called, const char *record)
{
    struct error error = {0};
    struct take_case into;
    struct buffer out = {0};
    uint64_t bytes = 0;
    struct take_file *file = take_open(called->arguments[0], &called->passphrase, &interrupted, &into, &error);
    bool ask = !invocation_flag(called, "yes");
    int failed = file ? ops_destroy(&into, record, ask ? sure : NULL, (void *)record, &bytes, &error) : -1;
    take_close(file);
    if (failed)
        return command_fail(&error);
    buffer_format(&out,
                  "Destroyed the file of record '%s' (%" PRIu64
                  " bytes), its name and what was read from it. Other copies "
                  "of the case lose it when they are synced with this one; backups made before do not.\n",
                  record, bytes);
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct forgetting forgetting;
    const char *voice = called->arguments[1];
    int code;
    if (invocation_flag(called, "record"))
        return destroy(called, called->arguments[1]);
    if (!ops_forget_prepare(called->arguments[0], voice, &called->passphrase, &interrupted, &forgetting, &error) &&
        (invocation_flag(called, "yes") || agreed(&forgetting, voice, &error)) && !ops_forget(&forgetting, &error))
        code = report(&forgetting, voice);
    else if (error.code == ERROR_INPUT && forgetting.opened.faults.count)
        code = command_faults(&forgetting.opened.faults, forgetting.opened.name);
    else
        code = command_fail(&error);
    forgetting_release(&forgetting);
    return code;
}

static const struct flag flags[] = {
    {"record", NULL, "the id is a record's: destroy its file, not a voice's details"},
    {"yes", NULL, "do not ask first"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout forget harbour.bearout ana", "asks, then destroys what is kept under the voice ana"},
    {"bearout forget harbour.bearout tape-3 --record", "asks, then destroys the recording"},
    {NULL, NULL},
};

const struct command command_forget = {
    .name = "forget",
    .arguments = "CASE ID",
    .purpose = "Destroy for good what is protected of a voice",
    .detail =
        "What a case knows of a voice under known-as, contact and note, and what 'protect' names, is sealed with a "
        "key of that voice's own. Forgetting destroys the key: the log stays whole and can be verified, and claims "
        "stand as they did.\n\n"
        "What was destroyed may still be said elsewhere in the case, in somebody's words or in a claim: the "
        "entries that do are listed.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 2,
    .most = 2,
    .run = run,
};
