/* Random cases of 40 to 200 voices: every answer of the engine against an independent solver.
 *
 *     solver_test [COUNT [SEED]]
 *
 * COUNT cases from SEED on. For each: all rows and certificates by the reference; --without, a
 * confirming voice, and growing step by step, each against a graph built afresh. At these sizes an
 * interval is a failure. A case that fails is made as small as it will go and printed. */
#include "property/check.h"

#include <string.h>

/* Rows that a call reports, against those of a graph built afresh. */
struct reported {
    const struct graph *before, *after;
    const char *what;
    uint32_t next;
    bool good;
};

/* Claims that were passed over must be as before. */
static void pass_over(struct reported *rep, uint32_t to)
{
    for (; rep->next < to; rep->next++) {
        struct row old = standing_row(rep->before, rep->next), fresh = standing_row(rep->after, rep->next);
        rep->good = check_same_row(rep->next, &fresh, &old, rep->what) && rep->good;
    }
}

static void see_changed(void *context, uint32_t claim, const struct row *row)
{
    struct reported *rep = context;
    if (claim < rep->next || claim >= graph_claims(rep->after)) {
        check_remark("# %s: claim %u is reported out of order\n", rep->what, claim);
        rep->good = false;
        return;
    }
    pass_over(rep, claim);
    struct row fresh = standing_row(rep->after, claim);
    rep->good = check_same_row(claim, &fresh, row, rep->what) && rep->good;
    rep->next = claim + 1;
}

static bool check_without(const struct sample *s, struct graph *g, struct rng *rng)
{
    bool *dead = memory_array(s->voices + 1, sizeof *dead);
    uint32_t voices[3], count = 1 + rng_below(rng, 3);
    for (uint32_t i = 0; i < count; i++) {
        voices[i] = rng_below(rng, rng_chance(rng, .5) ? s->voices : 12);
        dead[voices[i]] = true;
    }
    struct sample thin = sample_without(s, dead);
    struct graph *fresh = check_graph(&thin), *same = check_graph(s);
    struct reported rep = {same, fresh, "without some voices", 0, true};
    standing_without(g, voices, count, see_changed, &rep);
    pass_over(&rep, graph_claims(g));
    bool good = check_same_rows(same, g, "after asking what stands without some voices") && rep.good;
    graph_free(fresh);
    graph_free(same);
    sample_release(&thin);
    free(dead);
    return good;
}

struct raised {
    const struct graph *before, *after;
    uint32_t next;
    bool good;
};

static void pass_not_raised(struct raised *rep, uint32_t to)
{
    for (; rep->next < to; rep->next++)
        if (standing_row(rep->after, rep->next).level > standing_row(rep->before, rep->next).level) {
            check_remark("# claim %u would rise and is not reported\n", rep->next);
            rep->good = false;
        }
}

static void see_raised(void *context, uint32_t claim, enum level to)
{
    struct raised *rep = context;
    bool in_order = claim >= rep->next && claim < graph_claims(rep->after);
    if (in_order)
        pass_not_raised(rep, claim);
    if (!in_order || to != standing_row(rep->after, claim).level || to <= standing_row(rep->before, claim).level) {
        check_remark("# claim %u is reported as raised to %s, wrongly or out of order\n", claim, level_word(to));
        rep->good = false;
    }
    rep->next = claim + 1;
}

/* One voice confirms a handful of claims, alone or with another behind it. */
static bool check_if(const struct sample *s, struct graph *g, struct rng *rng)
{
    struct extra_line lines[4];
    uint32_t voices[4][2], voice = rng_below(rng, s->voices), count = 1 + rng_below(rng, 4);
    struct sample more = sample_less(s, 0, 0);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = 1 + rng_below(rng, 2);
        voices[i][0] = voice;
        voices[i][1] = rng_below(rng, s->voices);
        lines[i] = (struct extra_line){rng_below(rng, s->claims), length - 1, voices[i], length};
        sample_line(&more, lines[i].claim, SIDE_FOR, true, length - 1, voices[i], length);
    }
    struct graph *fresh = check_graph(&more), *same = check_graph(s);
    struct raised rep = {same, fresh, 0, true};
    int64_t effort = standing_effort(g);
    standing_if(g, lines, count, &effort, see_raised, &rep);
    pass_not_raised(&rep, graph_claims(g));
    bool good = check_same_rows(same, g, "after asking what a voice would raise") && rep.good;
    graph_free(fresh);
    graph_free(same);
    sample_release(&more);
    return good;
}

static void ignore_row(void *context, uint32_t claim, const struct row *row)
{
    (void)context, (void)claim, (void)row;
}

static void ignore_raised(void *context, uint32_t claim, enum level to)
{
    (void)context, (void)claim, (void)to;
}

/* Questions in between must leave nothing behind that a later addition would come upon. Asked of what a
 * claim hangs on, so that much would change. */
static void ask_between(struct graph *g, struct rng *rng)
{
    if (graph_claims(g) == 0)
        return;
    uint32_t claim = rng_below(rng, graph_claims(g));
    struct row row = standing_row(g, claim);
    if (row.keystone_count == 0)
        return;
    uint32_t voice = row.keystones[rng_below(rng, row.keystone_count)];
    if (rng_chance(rng, .5))
        standing_without(g, &voice, 1, ignore_row, NULL);
    int64_t effort = standing_effort(g);
    if (rng_chance(rng, .1))
        standing_if(g, &(struct extra_line){claim, 0, &voice, 1}, 1, &effort, ignore_raised, NULL);
}

/* The graph grows by `most` steps at a time at the most, a hundred times at the most; each time all
 * rows must be current. */
static bool check_growth(const struct sample *s, struct rng *rng, uint32_t most)
{
    struct graph *g = graph_new();
    uint32_t all = (uint32_t)s->steps.count, grown = 100 * most < all ? 100 * most : all;
    size_t taken = all - rng_below(rng, grown + 1);
    sample_build(s, 0, taken, g);
    standing_measure(g, NULL);
    bool good = true;
    while (good && taken < s->steps.count) {
        size_t to = taken + 1 + rng_below(rng, most);
        to = to < s->steps.count ? to : s->steps.count;
        sample_build(s, taken, to, g);
        standing_update(g);
        taken = to;
        ask_between(g, rng);
        if (taken == s->steps.count || rng_chance(rng, .1)) {
            struct graph *fresh = graph_new();
            sample_build(s, 0, taken, fresh);
            standing_measure(fresh, NULL);
            good = check_same_rows(fresh, g, "grown step by step");
            graph_free(fresh);
        }
    }
    graph_free(g);
    return good;
}

/* A measurement that is stopped says so, and the next one gives all rows as if nothing had been. */
static bool check_stop(const struct sample *s, const struct graph *expected)
{
    static const volatile bool stop = true;
    struct graph *g = graph_new();
    sample_build(s, 0, s->steps.count, g);
    bool good = s->claims == 0 || standing_measure(g, &stop) == -1;
    if (!good)
        check_remark("# a measurement that is to stop does not\n");
    standing_measure(g, NULL);
    good = check_same_rows(expected, g, "measured after a stop") && good;
    graph_free(g);
    return good;
}

static bool check_all(const struct sample *s, uint64_t seed)
{
    struct rng rng = rng_of(seed + 1);
    struct graph *g = check_graph(s);
    struct reference *r = reference_new(s);
    bool good = check_rows(g, r);
    for (uint32_t c = 0; c < s->claims; c++) {
        for (int m = 0; m < MEASURE_COUNT; m++)
            good = check_certificate(g, r, c, m) && good;
        good = check_lines(g, r, c, c % 2 ? SIDE_FOR : SIDE_AGAINST) && good;
    }
    reference_free(r);
    for (int i = 0; i < 4; i++) {
        good = check_without(s, g, &rng) && good;
        good = check_if(s, g, &rng) && good;
    }
    good = check_growth(s, &rng, 1) && good;
    good = check_growth(s, &rng, 40) && good;
    good = check_stop(s, g) && good;
    graph_free(g);
    return good;
}

/* Takes steps out, fewer at a time as it goes, as long as the case still fails; so many trials at most. */
static void make_smaller(struct sample *s, uint64_t seed)
{
    unsigned trials = 300;
    check_quiet(true);
    for (size_t chunk = s->steps.count; chunk > 0; chunk /= 2)
        for (size_t end = s->steps.count; end > 0 && trials > 0; end = end > chunk ? end - chunk : 0) {
            struct sample less = sample_less(s, end > chunk ? end - chunk : 0, end);
            bool tried = less.steps.count < s->steps.count, still = tried && !check_all(&less, seed);
            trials -= tried;
            sample_release(still ? s : &less);
            if (still)
                *s = less;
        }
    check_quiet(false);
}

/* Says what is wrong with a case that failed, in its smallest form. */
static void explain(struct sample *s, uint64_t seed)
{
    printf("# made smaller:\n");
    make_smaller(s, seed);
    check_all(s, seed);
    sample_print(s);
}

int main(int argument_count, char **arguments)
{
    unsigned long long count = argument_count > 1 ? strtoull(arguments[1], NULL, 10) : 50;
    unsigned long long first = argument_count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    unsigned failed = 0;
    printf("1..%llu\n", count);
    for (unsigned long long i = 0; i < count; i++) {
        unsigned long long seed = first + i;
        struct sample s = sample_random(seed);
        bool good = check_all(&s, seed);
        if (!good && failed++ == 0)
            explain(&s, seed);
        printf("%s %llu - seed %llu, %u voices, %u claims\n", good ? "ok" : "not ok", i + 1, seed, s.voices, s.claims);
        fflush(stdout);
        sample_release(&s);
    }
    return failed > 0;
}
