/* bearout publish: lets drafts through the gate, and puts out the site. */
#include "ops/publish.h"

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static void say_count(struct buffer *out, size_t count, const char *one, const char *many)
{
    buffer_format(out, "%zu %s", count, count == 1 ? one : many);
}

static void say_refused(const struct published *p, const struct publish_wish *w, struct buffer *out)
{
    say_count(out, publish_count(p, false), "refusal", "refusals");
    size_t warnings = publish_count(p, true);
    if (warnings) {
        buffer_string(out, ", ");
        say_count(out, warnings, "warning", "warnings");
    }
    buffer_string(out, w->check ? ": what is out breaks what holds today.\n" : ". Nothing was published.\n");
}

static void say_checked(const struct published *p, struct buffer *out)
{
    if (!p->drafts.count)
        buffer_string(out, "Nothing is out yet.\n");
    else
        buffer_format(out, "%zu %s out, and what holds on %s allows %s.\n", p->drafts.count,
                      p->drafts.count == 1 ? "article is" : "articles are", p->day,
                      p->drafts.count == 1 ? "it" : "all of them");
}

static void say_done(const struct published *p, const struct publish_wish *w, struct buffer *out)
{
    if (w->dry)
        buffer_string(out, "The gate lets this out: ");
    else
        buffer_format(out, "Published in '%s': ", w->to);
    say_count(out, p->drafts.count, "article", "articles");
    buffer_string(out, " (");
    say_count(out, p->fresh, "new or changed", "new or changed");
    buffer_string(out, "), ");
    say_count(out, p->files, "file", "files");
    buffer_format(out, ", %" PRIu64 " bytes.\n", p->bytes);
    if (w->dry)
        buffer_string(out, "This was a dry run: nothing was written.\n");
    else if (p->recorded)
        buffer_format(out, "The case '%s' has recorded it.\n", w->file);
    if (p->is_signed && !w->dry)
        buffer_format(out, "Readers can check it: minisign -Vm %s/SHA256SUMS -p %s/minisign.pub\n", w->to, w->to);
}

/* On standard error, so that it is read even where the answer goes into a file. */
static void say_text(const struct published *p, const struct publish_wish *w)
{
    if (!p->opened.log && !w->check && !w->dry && !p->refused)
        fprintf(stderr,
                "bearout: %s: a text keeps no log: what went out is not recorded, and is not signed; a case file does "
                "both ('bearout new')\n",
                p->opened.name);
}

static int report(const struct published *p, const struct publish_wish *w, bool json)
{
    struct buffer out = {0};
    struct screen screen = terminal_screen(STDOUT_FILENO);
    if (json) {
        publish_json(p, &out);
    } else {
        publish_tell(p, &screen, &out);
        if (p->refused)
            say_refused(p, w, &out);
        else if (w->check)
            say_checked(p, &out);
        else
            say_done(p, w, &out);
    }
    int code = command_print(&out);
    say_text(p, w);
    buffer_release(&out);
    return code != EXIT_FINE ? code : p->refused ? EXIT_PROBLEM : EXIT_FINE;
}

static int run(const struct invocation *called)
{
    struct publish_wish wish = {
        .file = called->arguments[0],
        .drafts = called->arguments + 1,
        .draft_count = called->count - 1,
        .to = invocation_flag(called, "to"),
        .as_of = invocation_flag(called, "as-of"),
        .slug = invocation_flag(called, "slug"),
        .correction = invocation_flag(called, "correction"),
        .url = invocation_flag(called, "url"),
        .name = invocation_flag(called, "name"),
        .single_file = invocation_flag(called, "single-file"),
        .dry = invocation_flag(called, "dry"),
        .check = invocation_flag(called, "check"),
    };
    struct published published;
    struct error error = {0};
    terminal_busy(true);
    int failed = ops_publish(&wish, &called->passphrase, &interrupted, &published, &error), code;
    terminal_busy(false);
    if (!failed)
        code = report(&published, &wish, invocation_flag(called, "json"));
    else if (error.code == ERROR_INPUT && published.opened.faults.count)
        code = command_faults(&published.opened.faults, published.opened.name);
    else
        code = command_fail(&error);
    published_release(&published);
    return code;
}

static const struct flag flags[] = {
    {"to", "DIR", "the folder of the site; it is whole or untouched"},
    {"as-of", "DATE", "what holds on that day, YYYY-MM-DD, instead of today"},
    {"dry", NULL, "do everything but write"},
    {"check", NULL, "list what is out already and breaks what holds today; exit with 1 if anything does"},
    {"json", NULL, "print refusals and warnings as JSON objects, one a line"},
    {"single-file", NULL, "write each article as one file too, to be passed from hand to hand"},
    {"slug", "NAME", "the article's name in addresses: a-z, 0-9 and '-'; otherwise the draft's file name"},
    {"correction", "TEXT", "what is put right, where the article is out and this draft differs from it"},
    {"url", "URL", "where the site will stand"},
    {"name", "NAME", "what the publication is called"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout publish harbour.bearout kittiwake.md --dry", "what the gate says of a draft"},
    {"bearout publish harbour.bearout kittiwake.md --to site", "puts it out, with all that is out already"},
    {"bearout publish harbour.bearout en.md fa.md --to site", "one article in two languages"},
    {"bearout publish harbour.bearout --check", "whether what is out keeps the promises that hold today"},
    {NULL, NULL},
};

const struct command command_publish = {
    .name = "publish",
    .arguments = "FILE [DRAFT…]",
    .purpose = "Let drafts through the gate, and put out the site",
    .detail =
        "The gate checks that each claim meets the desk's rules in the form in which it is said, that promises to "
        "voices are kept, that no secret is in any byte that leaves, and that the pages stay the same when every "
        "secret is "
        "another. Either the whole site goes out, or every refusal is listed with its place and its mend, and nothing "
        "is written.\n\n"
        "The site is made anew as a whole from what the case has recorded as printed and the drafts given. A case file "
        "records what "
        "goes out and signs it; a text does neither.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE,
    .examples = examples,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};
