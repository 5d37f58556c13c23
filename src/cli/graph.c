/* bearout graph: the picture of one claim. */
#include "cli/command.h"
#include "base/file.h"
#include "ops/graph.h"
#include "ops/stand.h"

#include <stdlib.h>

static int deliver(const struct invocation *called, const struct buffer *svg)
{
    const char *file = invocation_flag(called, "output");
    struct error error = {0};
    if (!file)
        return command_print(svg);
    return file_write(file, buffer_text(svg), &error) ? command_fail(&error) : EXIT_FINE;
}

static int run(const struct invocation *called)
{
    struct opened opened;
    struct error error = {0};
    struct buffer svg = {0};
    uint32_t *claim = NULL;
    int code = invocation_open(called, called->arguments[0], OPEN_MEASURED, &opened);
    if (code == EXIT_FINE && stand_find_claims(&opened, called->arguments + 1, 1, &claim, &error)) {
        code = command_fail(&error);
    } else if (code == EXIT_FINE) {
        graph_svg(&opened, *claim, &svg);
        code = deliver(called, &svg);
    }
    free(claim);
    buffer_release(&svg);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"output", "FILE", "write the picture to FILE instead of standard output"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout graph harbour.bo order > order.svg", "a picture of the claim, for any browser"},
    {NULL, NULL},
};

const struct command command_graph = {
    .name = "graph",
    .arguments = "FILE CLAIM",
    .purpose = "Draw a claim: its lines, the voices, the ground under each",
    .detail =
        "An SVG: the claim at the left, who says so and from whom they have it in columns, the ground at the right. "
        "Whoever could bring the claim down alone is marked, denials stand apart, lines without ground are dashed.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 2,
    .most = 2,
    .run = run,
};
