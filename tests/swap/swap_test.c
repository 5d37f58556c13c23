/* The swap at large: random cases and drafts, each published from the case and from many twins of it; pages must be
 * the same to the last byte.
 *
 *     swap_test [--seed N] [--swaps N] [--twins N]
 *
 * Prints TAP, with the seed and what was tried. `--twins`: swaps of each case. A failure is said with the seeds
 * that show it again (`--show CASE` prints that case and its drafts). */
#include "sample.h"
#include "swap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TOLD = 10 /* failures told in full */ };

struct tally {
    uint64_t swaps, cases, drafts, passed, pages, bytes, differing;
};

static void make_drafts(const struct opened_case *c, uint64_t seed, struct buffer *drafts)
{
    for (unsigned i = 0; i < SWAP_DRAFTS; i++)
        sample_draft(c->model, c->terms, seed, i, &drafts[i]);
}

static void drafts_release(struct buffer *drafts)
{
    for (unsigned i = 0; i < SWAP_DRAFTS; i++)
        buffer_release(&drafts[i]);
}

/* Keeps of the drafts those that the gate lets out. */
static uint32_t keep_passing(struct buffer *drafts, const struct outcome *o)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < SWAP_DRAFTS; i++) {
        struct buffer draft = drafts[i];
        drafts[i] = (struct buffer){0};
        if (o->answers[i].refused)
            buffer_release(&draft);
        else
            drafts[kept++] = draft;
    }
    return kept;
}

static void swap_many(const struct opened_case *c, const struct buffer *drafts, uint32_t count, uint64_t seed,
                      uint64_t twins, struct tally *t)
{
    struct outcome own;
    bool single_file = seed % 4 == 0;
    publish(c, drafts, count, false, single_file, &own);
    t->pages += own.passed;
    for (size_t f = 0; f < own.site.files.count; f++)
        t->bytes += own.site.files.at[f].bytes.length;
    for (uint64_t i = 0; i < twins; i++) {
        struct buffer where = {0};
        t->swaps++;
        if (swap_differs(c, drafts, count, &own, single_file, chance_mix(seed, i, 3), &where) && t->differing++ < TOLD)
            printf("# case %" PRIu64 ", twin %" PRIu64 ": %s\n", seed, i, where.at);
        buffer_release(&where);
    }
    outcome_release(&own, count);
}

static void try_case(uint64_t seed, uint64_t twins, struct tally *t)
{
    struct buffer text = {0}, drafts[SWAP_DRAFTS] = {{0}};
    struct opened_case c;
    struct outcome first;
    sample_case(seed, &text);
    case_open(&c, buffer_text(&text));
    make_drafts(&c, seed, drafts);
    publish(&c, drafts, SWAP_DRAFTS, true, false, &first);
    uint32_t count = keep_passing(drafts, &first);
    outcome_release(&first, SWAP_DRAFTS);
    t->cases++;
    t->drafts += SWAP_DRAFTS;
    t->passed += count;
    if (count)
        swap_many(&c, drafts, count, seed, twins, t);
    drafts_release(drafts);
    case_close(&c);
    buffer_release(&text);
}

static void show(uint64_t seed)
{
    struct buffer text = {0}, drafts[SWAP_DRAFTS] = {{0}};
    struct opened_case c;
    struct outcome o;
    sample_case(seed, &text);
    case_open(&c, buffer_text(&text));
    make_drafts(&c, seed, drafts);
    publish(&c, drafts, SWAP_DRAFTS, true, false, &o);
    puts(text.at);
    for (uint32_t i = 0; i < SWAP_DRAFTS; i++) {
        puts(drafts[i].at);
        for (size_t r = 0; r < o.answers[i].refusals.count; r++) {
            const struct refusal *f = &o.answers[i].refusals.at[r];
            printf("# %s%s %u:%u: %.*s; %.*s\n", f->warning ? "warning " : "", gate_check_word(f->check), f->line,
                   f->column, TEXT_ARG(f->what), TEXT_ARG(f->mend));
        }
    }
    for (size_t i = 0; i < o.site.files.count; i++)
        printf("== %s\n%.*s\n", o.site.files.at[i].name, TEXT_ARG(buffer_text(&o.site.files.at[i].bytes)));
    outcome_release(&o, SWAP_DRAFTS);
    drafts_release(drafts);
    case_close(&c);
    buffer_release(&text);
}

static void tap(unsigned number, bool passed, const char *name)
{
    printf("%s %u - %s\n", passed ? "ok" : "not ok", number, name);
}

int main(int count, char **arguments)
{
    uint64_t seed = (uint64_t)time(NULL), swaps = 3000, twins = 10;
    for (int i = 1; i + 1 < count; i += 2) {
        uint64_t value = strtoull(arguments[i + 1], NULL, 10);
        if (strcmp(arguments[i], "--seed") == 0)
            seed = value;
        else if (strcmp(arguments[i], "--swaps") == 0)
            swaps = value;
        else if (strcmp(arguments[i], "--twins") == 0)
            twins = value;
        else if (strcmp(arguments[i], "--show") == 0)
            return show(value), 0;
    }
    struct tally t = {0};
    clock_t start = clock();
    printf("1..2\n# --seed %" PRIu64 "\n", seed);
    for (uint64_t i = 0; t.swaps < swaps && i < swaps * 20; i++)
        try_case(seed + i, twins, &t);
    printf("# %" PRIu64 " swaps of %" PRIu64 " cases; %" PRIu64 " of %" PRIu64 " drafts passed; %" PRIu64
           " bytes a site; %.0f swaps a second\n",
           t.swaps, t.cases, t.passed, t.drafts, t.pages ? t.bytes / t.pages : 0,
           (double)t.swaps * CLOCKS_PER_SEC / (double)(clock() - start + 1));
    tap(1, t.differing == 0, "a case and its twins give the same pages");
    tap(2, t.passed * 10 >= t.drafts * 3, "enough of the drafts pass to say so");
    return 0;
}
