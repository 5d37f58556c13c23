/* bearout draft: a first draft of an article, with its citations. */
#include "ops/draft.h"

#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>

/* On standard error: the draft itself goes into a file. */
static void say_what(const struct opened *o, const struct first_draft *told)
{
    fprintf(stderr,
            "bearout: %s: %" PRIu32 " %s in the draft, %" PRIu32 " not to be printed yet ('bearout stand' says why)\n",
            o->name, told->claims, told->claims == 1 ? "claim is" : "claims are", told->left_out);
    if (!told->passes)
        fprintf(
            stderr,
            "bearout: %s: the gate asks for more than a draft can give; 'bearout publish FILE DRAFT --dry' says what\n",
            o->name);
}

static int run(const struct invocation *called)
{
    struct opened opened;
    struct error error = {0};
    struct buffer out = {0};
    struct first_draft told;
    int code = invocation_open(called, called->arguments[0], OPEN_MEASURED, &opened);
    if (code == EXIT_FINE && ops_draft(&opened, invocation_flag(called, "as-of"), &out, &told, &error)) {
        code = command_fail(&error);
    } else if (code == EXIT_FINE) {
        code = command_print(&out);
        say_what(&opened, &told);
    }
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"as-of", "DATE", "what may be printed on that day, YYYY-MM-DD, instead of today"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout draft harbour.bo > kittiwake.md", "a draft to write an article from"},
    {"bearout draft harbour.bo | bearout publish harbour.bo - --slug first --dry", "what the gate says of it"},
    {NULL, NULL},
};

const struct command command_draft = {
    .name = "draft",
    .arguments = "FILE",
    .purpose = "Write a first draft from what may be printed",
    .detail = "Each claim that the desk's rules allow is a sentence with its citation: as fact, or as what a voice "
              "says that may be "
              "told of; with the denial where there is one. The gate lets the draft out as it is, unless it asks for "
              "what only a person can attest.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = 1,
    .run = run,
};
