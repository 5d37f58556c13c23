/* Made-up cases: see generate.h. */
#include "generate.h"

#include <math.h>

struct generator {
    uint64_t state;
    struct buffer *out;
    uint32_t statements, voices, organisations, claims, records;
    uint32_t said;
    uint32_t cited[512]; /* on the current claim: later tellers often share them */
    size_t cited_count;
};

/* SplitMix64 (Steele, Lea, Flood 2014), to a number from 0 up to 1. */
static double chance(struct generator *g)
{
    uint64_t z = g->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static uint32_t below(struct generator *g, uint32_t n)
{
    return (uint32_t)(n * chance(g));
}

/* One of n, the first ones far more often. */
static uint32_t skewed(struct generator *g, uint32_t n)
{
    double r = chance(g);
    return (uint32_t)(n * r * r * sqrt(r));
}

static uint32_t pick(struct generator *g, const double *cumulative, uint32_t count)
{
    double r = chance(g);
    for (uint32_t i = 0; i < count; i++)
        if (r < cumulative[i])
            return i;
    return count;
}

static void add(struct generator *g, const char *front, char letter, uint32_t number)
{
    buffer_string(g->out, front);
    buffer_char(g->out, letter);
    buffer_number(g->out, number);
}

static void declare(struct generator *g, const char *verb, char letter, uint32_t number, const char *what)
{
    add(g, verb, letter, number);
    buffer_string(g->out, what);
    buffer_number(g->out, number);
}

static void add_voices(struct generator *g)
{
    for (uint32_t o = 0; o < g->organisations; o++) {
        declare(g, "voice ", 'o', o, " \"Organisation ");
        buffer_string(g->out, "\"\n");
        if (o && chance(g) < .1) {
            add(g, "    of ", 'o', below(g, o));
            buffer_char(g->out, '\n');
        }
    }
    for (uint32_t v = 0; v < g->voices; v++) {
        declare(g, "voice ", 'v', v, " \"Voice ");
        buffer_string(g->out, "\"\n");
        double r = chance(g);
        if (r >= .65)
            continue;
        uint32_t first = skewed(g, g->organisations), second = below(g, g->organisations);
        add(g, "    of ", 'o', first);
        if (r >= .60 && second != first)
            add(g, ", ", 'o', second);
        buffer_char(g->out, '\n');
    }
    for (uint32_t i = 0; i < g->voices / 500; i++) {
        uint32_t a = skewed(g, g->voices), b = below(g, g->voices);
        if (a == b)
            continue;
        add(g, "same? ", 'v', a);
        add(g, " ", 'v', b);
        buffer_char(g->out, '\n');
    }
}

static void add_declarations(struct generator *g)
{
    add_voices(g);
    for (uint32_t d = 0; d < g->records; d++) {
        declare(g, "record ", 'd', d, " document \"Document ");
        buffer_string(g->out, "\"\n");
        if (chance(g) < .8) {
            add(g, "    by ", 'v', skewed(g, g->voices));
            buffer_char(g->out, '\n');
        }
        if (chance(g) < .2) {
            add(g, "    vouched-by ", 'v', skewed(g, g->voices));
            buffer_char(g->out, '\n');
        }
    }
    for (uint32_t c = 0; c < g->claims; c++) {
        declare(g, "claim ", 'c', c, " \"Event number ");
        buffer_string(g->out, " took place as described\"\n");
    }
}

static bool holds(const uint32_t *list, size_t count, uint32_t n)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == n)
            return true;
    return false;
}

static void add_inference(struct generator *g, uint32_t voice, uint32_t c)
{
    static const double sizes[] = {.30, .75, .95};
    uint32_t premises[4];
    size_t count = 0;
    for (uint32_t left = pick(g, sizes, 3) + 1; left; left--) {
        uint32_t back = c - 1 < 5000 ? c - 1 : 5000, p;
        if (chance(g) < .02) {
            p = (c + 1 + below(g, 20)) % g->claims;
        } else {
            double r = chance(g);
            p = (c - 1 - (uint32_t)(back * r * r * r)) % g->claims;
        }
        if (p != c % g->claims && !holds(premises, count, p))
            premises[count++] = p;
    }
    if (!count)
        return;
    if (chance(g) < .5)
        buffer_string(g->out, "infer desk");
    else
        add(g, "infer ", 'v', voice);
    add(g, " ", 'c', c % g->claims);
    buffer_string(g->out, " from");
    for (size_t i = 0; i < count; i++)
        add(g, " ", 'c', premises[i]);
    buffer_char(g->out, '\n');
    g->said++;
}

static void add_chain(struct generator *g, uint32_t speaker)
{
    static const double depths[] = {.55, .82, .94};
    uint32_t hops[4];
    size_t count = 0;
    for (uint32_t left = pick(g, depths, 3) + 1; left; left--) {
        bool shared = g->cited_count && chance(g) < .45;
        uint32_t w = shared ? g->cited[below(g, (uint32_t)g->cited_count)] : skewed(g, g->voices);
        if (w != speaker && !holds(hops, count, w))
            hops[count++] = w;
    }
    for (size_t i = 0; i < count; i++) {
        add(g, " told-by ", 'v', hops[i]);
        if (g->cited_count < sizeof g->cited / sizeof *g->cited)
            g->cited[g->cited_count++] = hops[i];
    }
    double end = chance(g);
    if (!count || end < .7)
        buffer_string(g->out, " saw");
    else if (end < .85)
        add(g, " read ", 'd', below(g, g->records));
    else
        buffer_string(g->out, " unstated");
}

static void add_statement(struct generator *g, uint32_t c, bool first)
{
    uint32_t voice = skewed(g, g->voices);
    double r = chance(g);
    bool denies = !first && chance(g) < .08;
    if (r < .06 && c > 10 && !denies) {
        add_inference(g, voice, c);
        return;
    }
    add(g, denies ? "deny " : "say ", 'v', voice);
    add(g, " ", 'c', c % g->claims);
    if (r < .51)
        buffer_string(g->out, chance(g) < .6 ? " saw" : " did");
    else if (r < .61)
        add(g, " read ", 'd', below(g, g->records));
    else if (r < .65)
        buffer_string(g->out, " unstated");
    else
        add_chain(g, voice);
    buffer_char(g->out, '\n');
    g->said++;
}

/* How many statements a claim has. */
static uint32_t statements_of_claim(struct generator *g)
{
    static const double counts[] = {.53, .74, .845, .90, .94};
    uint32_t few = pick(g, counts, 5);
    if (few < 5)
        return few + 1;
    double many = 6 * pow(1 - chance(g), -.6);
    return many < 400 ? (uint32_t)many : 400;
}

static void add_claim_statements(struct generator *g, uint32_t c)
{
    uint32_t count = statements_of_claim(g), n = c % g->claims;
    g->cited_count = 0;
    for (uint32_t i = 0; i < count && g->said < g->statements; i++)
        add_statement(g, c, i == 0);
    if (chance(g) < 1. / 200) {
        add(g, "impugn ", 'v', skewed(g, g->voices));
        add(g, " by ", 'c', n);
        buffer_char(g->out, '\n');
    }
    if (chance(g) < 1. / 300 && c > 1) {
        add(g, "contradict ", 'c', n);
        add(g, " ", 'c', (c - 1) % g->claims);
        buffer_char(g->out, '\n');
    }
}

static uint32_t at_least(uint32_t least, uint32_t n)
{
    return n < least ? least : n;
}

void generate_case(uint32_t statements, uint64_t seed, struct buffer *out)
{
    struct generator g = {.state = seed, .out = out, .statements = statements};
    g.voices = at_least(20, statements / 5);
    g.organisations = at_least(5, statements / 100);
    g.claims = at_least(8, (uint32_t)(statements * .4));
    g.records = at_least(4, statements / 10);
    buffer_format(out, "case \"A generated case of %u statements\"\n", statements);
    add_declarations(&g);
    for (uint32_t c = 0; g.said < statements; c++)
        add_claim_statements(&g, c);
}
