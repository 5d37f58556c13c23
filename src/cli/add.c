/* bearout add: takes a text into a case, and says what that changed. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "ops/add.h"

#include <inttypes.h>
#include <unistd.h>

static void say_changes(const struct added *a, struct buffer *out)
{
    uint32_t fresh = 0;
    for (size_t i = 0; i < a->change_count; i++) {
        const struct change *c = &a->changes[i];
        struct text id = model_id(a->opened.model, SPACE_CLAIM, c->claim);
        if (c->is_new)
            fresh++;
        else
            buffer_format(out, "  %.*s was %s and is now %s\n", TEXT_ARG(id), level_word(c->from), level_word(c->to));
    }
    if (a->change_count == fresh && model_claims(a->opened.model) > fresh)
        buffer_string(out, "No claim that was there stands differently.\n");
    if (fresh)
        buffer_format(out, "%" PRIu32 " %s new.\n", fresh, fresh == 1 ? "claim is" : "claims are");
}

static int report(const struct added *a, const char *file)
{
    struct buffer out = {0};
    if (a->entries) {
        buffer_format(&out, "Took %" PRIu32 " %s into '%s'.\n", a->entries, a->entries == 1 ? "entry" : "entries",
                      file);
        say_changes(a, &out);
    } else {
        buffer_format(&out, "There is no entry in %s; '%s' is as it was.\n", a->source, file);
    }
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static int run(const struct invocation *called)
{
    struct error error = {0};
    struct added added;
    const char *file = called->arguments[0], *source = called->count > 1 ? called->arguments[1] : "-";
    int code;
    if (!ops_add(file, source, &called->passphrase, &interrupted, &added, &error))
        code = report(&added, file);
    else if (error.code == ERROR_INPUT && added.opened.faults.count)
        code = command_faults(&added.opened.faults, added.source);
    else
        code = command_fail(&error);
    added_release(&added);
    return code;
}

static const struct example examples[] = {
    {"bearout add harbour.bearout monday.bo", "takes what is in monday.bo"},
    {"bearout add harbour.bearout", "takes what is typed, up to Ctrl-D"},
    {"bearout export old.bearout | bearout add new.bearout --passphrase-fd 3 3<key", "takes all of another case"},
    {NULL, NULL},
};

const struct command command_add = {
    .name = "add",
    .arguments = "CASE [FILE|-]",
    .purpose = "Take a text into a case, and say which claims it changes",
    .detail = "The text is taken whole, in one step that a power cut cannot halve; or, where anything in it is wrong, "
              "not at all, and every fault is named with its place and its mend.",
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 1,
    .most = 2,
    .run = run,
};
