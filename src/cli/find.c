/* bearout find: words in claims, statements, names, titles, and what records say. */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "ops/find.h"

#include <stdlib.h>
#include <unistd.h>

enum { HITS_USUAL = 20, HITS_MOST = 10000 };

/* What was typed, with blanks between. */
static void join_words(const struct invocation *called, struct buffer *out)
{
    for (size_t i = 1; i < called->count; i++) {
        buffer_string(out, i > 1 ? " " : "");
        buffer_string(out, called->arguments[i]);
    }
}

static int read_limit(const char *value, size_t *limit, struct error *error)
{
    char *end = NULL;
    unsigned long n = value && *value >= '0' && *value <= '9' ? strtoul(value, &end, 10) : 0;
    *limit = HITS_USUAL;
    if (!value)
        return 0;
    *limit = n;
    if (n > 0 && n <= HITS_MOST && !*end)
        return 0;
    error_set(error, ERROR_USAGE, "'--limit %s' is no number from 1 to %d", value, HITS_MOST);
    return error_mend(error, "write '--limit 50'");
}

static int find_in(const struct invocation *called, const struct opened *o, const struct query *q, unsigned kinds,
                   size_t limit, struct buffer *out)
{
    struct error error = {0};
    struct find_source source = find_source_opened(o);
    struct find_answer answer = {0};
    struct finder *f = finder_new(&source, q, &error);
    terminal_busy(true);
    int failed = !f || finder_fill(f, &interrupted, &error) || finder_find(f, q, kinds, limit, &answer, &error);
    terminal_busy(false);
    int code = failed ? command_fail(&error) : answer.total ? EXIT_FINE : EXIT_PROBLEM;
    if (!failed && invocation_flag(called, "json")) {
        find_json(&answer, out);
        buffer_char(out, '\n');
    } else if (!failed) {
        struct screen screen = terminal_screen(STDOUT_FILENO);
        find_tell(&answer, &screen, out);
    }
    find_answer_release(&answer);
    finder_free(f);
    return code;
}

static int run(const struct invocation *called)
{
    struct opened opened = {0};
    struct buffer typed = {0}, out = {0};
    struct query q = {0};
    struct error error = {0};
    size_t limit = 0;
    const char *in = invocation_flag(called, "in");
    join_words(called, &typed);
    unsigned kinds = in ? find_kinds(text_of(in), &error) : SEARCH_ALL;
    int code = EXIT_FINE;
    if (!kinds || read_limit(invocation_flag(called, "limit"), &limit, &error) ||
        query_read(buffer_text(&typed), false, &q, &error))
        code = command_fail(&error);
    if (code == EXIT_FINE)
        code = invocation_open(called, called->arguments[0], OPEN_MODEL, &opened);
    if (code == EXIT_FINE) {
        code = find_in(called, &opened, &q, kinds, limit, &out);
        int printed = out.length ? command_print(&out) : EXIT_FINE;
        code = printed == EXIT_FINE ? code : printed;
    }
    query_release(&q);
    buffer_release(&typed);
    buffer_release(&out);
    opened_close(&opened);
    return code;
}

static const struct flag flags[] = {
    {"in", "WHAT[,WHAT…]", "look only in claims, statements, voices, records or transcripts"},
    {"limit", "N", "show at most N places, the best first; 20 where it is not given"},
    {"json", NULL, "print one JSON object, for programs"},
    {NULL, NULL, NULL},
};

static const struct example examples[] = {
    {"bearout find harbour.bo chained doors", "both words, anywhere in one claim, statement or page"},
    {"bearout find harbour.bo '\"beside the telephone\"'", "these words, one behind the other"},
    {"bearout find harbour.bo 'teleph*'", "all words that start so"},
    {"bearout find harbour.bo 'captain NEAR/5 quay' --in records", "at most five words apart, in what records say"},
    {"bearout find harbour.bo 'diesel OR fuel' -- -deck", "either of two, where a third is not"},
    {NULL, NULL},
};

const struct command command_find = {
    .name = "find",
    .arguments = "FILE WORD…",
    .purpose = "Find words in claims, statements, names, titles and what records say",
    .detail =
        "Capitals, accents and the script do not matter: a name typed in Latin letters finds it in Cyrillic, Arabic or "
        "Hebrew ones. The best comes first, a claim before a page. Of voices the names that the desk calls them by are "
        "searched, and nothing that is protected.\n\nThe answer is 0 where something was found and 1 where nothing "
        "was, "
        "as grep's is.",
    .flags = flags,
    .shared = COMMAND_PASSPHRASE | COMMAND_SALVAGE,
    .examples = examples,
    .least = 2,
    .most = SIZE_MAX,
    .run = run,
};
