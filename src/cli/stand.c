/* bearout stand: what the claims of a case rest on. */
#include "cli/command.h"
#include "cli/terminal.h"
#include "ops/explain.h"
#include "ops/stand.h"

#include <stdlib.h>
#include <unistd.h>

struct asked {
    uint32_t *claims, *voices;
    size_t claim_count, voice_count;
    bool without;
};

static int read_asked(const struct invocation *called, const struct opened *o, struct asked *out, struct error *error)
{
    const char *without = invocation_flag(called, "without");
    out->claim_count = called->count - 1;
    if (stand_find_claims(o, called->arguments + 1, out->claim_count, &out->claims, error))
        return -1;
    out->without = without;
    return without ? stand_find_voices(o, without, &out->voices, &out->voice_count, error) : 0;
}

static int print_piece(void *context, struct text piece)
{
    (void)context;
    struct buffer borrowed = {(char *)piece.at, piece.length, piece.length};
    return command_print(&borrowed);
}

static int print_json(const struct opened *o, const struct asked *a)
{
    if (a->without)
        return stand_json_without(o, a->claims, a->claim_count, a->voices, a->voice_count, print_piece, NULL);
    return stand_json(o, a->claims, a->claim_count, print_piece, NULL);
}

static int print_text(const struct opened *o, const struct asked *a)
{
    struct buffer out = {0};
    struct screen screen = terminal_screen(STDOUT_FILENO);
    if (a->without)
        stand_without(o, a->claims, a->claim_count, a->voices, a->voice_count, &screen, &out);
    else if (a->claim_count == 0)
        stand_table(o, NULL, 0, &screen, &out);
    for (size_t i = 0; i < a->claim_count && !a->without; i++) {
        buffer_string(&out, i ? "\n\n" : "");
        explain_claim(o, a->claims[i], &screen, &out);
    }
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static int run(const struct invocation *called)
{
    struct opened opened;
    struct asked asked = {0};
    struct error error = {0};
    int code = invocation_open(called, called->arguments[0], OPEN_MEASURED, &opened);
    if (code == EXIT_FINE && read_asked(called, &opened, &asked, &error))
        code = command_fail(&error);
    else if (code == EXIT_FINE)
        code = invocation_flag(called, "json") ? print_json(&opened, &asked) : print_text(&opened, &asked);
    free(asked.claims);
    free(asked.voices);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"json", NULL, "print a JSON object a claim, for programs"},
    {"without", "VOICE[,VOICE…]", "show what would still stand if these voices were wrong"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout stand harbour.bo", "the table of all claims, the weakest first"},
    {"bearout stand harbour.bo order", "explains one claim in sentences"},
    {"bearout stand harbour.bo --without captain,boarder", "which claims would change, and how"},
    {"bearout stand harbour.bo --json", "a row a claim, for programs"},
    {NULL, NULL},
};

const struct command command_stand = {
    .name = "stand",
    .arguments = "FILE [CLAIM…]",
    .purpose = "Show what the claims rest on",
    .detail =
        "Without a claim, a table: contested claims first, then denied ones, and within these the weakest first. "
        "With claims, each of them in sentences: who says so and how each knows it, what every line rests on, who "
        "says no, who has not been asked, and what it would take to raise it.\n\n"
        "A claim rests on as many people as would all have to be wrong for it to fall. 'maybe' says that some of "
        "them may be one person; 'party' counts the people of one organisation as one.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};
