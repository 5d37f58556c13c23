/* Cases made to be hard: an interval is allowed here, a wrong number and a hang are not.
 *
 * Each family is built so that the true answer is known by construction; the interval must hold it,
 * its certificate must hold, and keystones, which are never bounded, must be right. Nothing is
 * timed: that the calls return is the bound on their work.
 *
 *     hard_test [SEED] */
#include "property/check.h"

#include <string.h>

/* What is known of one claim. */
struct known {
    uint32_t claim, people, keystones;
};
typedef VECTOR(struct known) knowledge;

static void know(knowledge *k, uint32_t claim, uint32_t people, uint32_t keystones)
{
    vector_push(k, (struct known){claim, people, keystones});
}

static uint32_t new_voices(struct sample *s, uint32_t count)
{
    uint32_t first = s->voices;
    for (uint32_t i = 0; i < count; i++)
        sample_voice(s);
    return first;
}

static void ground(struct sample *s, uint32_t claim, uint32_t voice)
{
    sample_line(s, claim, SIDE_FOR, true, 0, &voice, 1);
}

static void because(struct sample *s, uint32_t claim, uint32_t reasoner, uint32_t premise)
{
    sample_infer(s, claim, reasoner, &premise, 1);
}

/* Three-voice lines over many voices: all triples of five voices need three to break, and blocks of
 * five that share no voice add up. Lines thrown in at random each meet a chosen set of three a
 * block, so the answer stays 3 × blocks while the structure is hidden. */
static void triples(struct sample *s, struct rng *r, knowledge *k)
{
    for (int c = 0; c < 3; c++) {
        uint32_t blocks = 12 + 9 * (uint32_t)c, claim = sample_claim(s), first = new_voices(s, 5 * blocks);
        for (uint32_t b = 0; b < blocks; b++)
            for (uint32_t x = 0; x < 5; x++)
                for (uint32_t y = x + 1; y < 5; y++)
                    for (uint32_t z = y + 1; z < 5; z++) {
                        uint32_t v = first + 5 * b;
                        sample_line(s, claim, SIDE_FOR, true, 2, (uint32_t[]){v + x, v + y, v + z}, 3);
                    }
        for (uint32_t i = 0; i < 40 * blocks; i++) {
            uint32_t chosen = first + 5 * rng_below(r, blocks) + rng_below(r, 3);
            uint32_t other = first + rng_below(r, 5 * blocks), third = first + rng_below(r, 5 * blocks);
            sample_line(s, claim, SIDE_FOR, true, 2, (uint32_t[]){other, chosen, third}, 3);
        }
        know(k, claim, 3 * blocks, 0);
    }
}

/* Three-voice lines wholly at random: nothing is known beforehand but that the certificate holds. */
static void hypergraphs(struct sample *s, struct rng *r, knowledge *k)
{
    for (uint32_t c = 0; c < 3; c++) {
        uint32_t voices = 60 + rng_below(r, 91), first = new_voices(s, voices), claim = sample_claim(s);
        for (uint32_t i = 0; i < voices * (2 + 3 * c); i++) {
            uint32_t v[3];
            for (int x = 0; x < 3; x++)
                v[x] = first + rng_below(r, voices);
            sample_line(s, claim, SIDE_FOR, true, 2, v, 3);
        }
        know(k, claim, GRAPH_NONE, 0);
    }
}

/* Columns of claims, each inferred from its neighbours one column before by the desk: whatever is
 * said in the first column reaches everywhere. In one column only a few voices reason. */
static void grid(struct sample *s, struct rng *r, knowledge *k)
{
    enum { WIDE = 100, HIGH = 20, NARROW = 7 };
    uint32_t voices = new_voices(s, HIGH), reasoners = new_voices(s, NARROW), claims = s->claims;
    for (uint32_t i = 0; i < WIDE * HIGH; i++)
        sample_claim(s);
    for (uint32_t y = 0; y < HIGH; y++)
        ground(s, claims + y, voices + y);
    for (uint32_t x = 1; x < WIDE; x++)
        for (uint32_t y = 0; y < HIGH; y++)
            for (uint32_t d = 0; d < 3; d++) {
                uint32_t from = claims + (x - 1) * HIGH + (y + d + HIGH - 1) % HIGH;
                uint32_t who = x == WIDE / 2 ? reasoners + rng_below(r, NARROW) : GRAPH_NONE;
                because(s, claims + x * HIGH + y, who, from);
            }
    uint32_t top = sample_claim(s);
    for (uint32_t y = 0; y < HIGH; y++)
        because(s, top, GRAPH_NONE, claims + (WIDE - 1) * HIGH + y);
    know(k, top, NARROW, 0);
    know(k, claims + (WIDE / 2 - 1) * HIGH, HIGH, 0);
}

/* Each claim needs both its neighbours: everybody who said anything below is a keystone. */
static void needy_grid(struct sample *s, struct rng *r, knowledge *k)
{
    enum { SIDE = 45 };
    (void)r;
    uint32_t claims = s->claims;
    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        sample_claim(s);
    for (uint32_t x = 0; x < SIDE; x++)
        for (uint32_t y = 0; y < SIDE; y++) {
            uint32_t claim = claims + x * SIDE + y;
            if (x == 0 || y == 0)
                ground(s, claim, sample_voice(s));
            else
                sample_infer(s, claim, GRAPH_NONE, (uint32_t[]){claim - SIDE, claim - 1}, 2);
        }
    know(k, claims + SIDE * SIDE - 1, 1, 2 * (SIDE - 1));
    know(k, claims + 10 * SIDE + 10, 1, 20);
}

/* Two rails: x needs both rails below it, y is concluded from either by a voice of its own. Lines
 * double with every rung; two reasoners of any one rung break it. */
static void ladder(struct sample *s, struct rng *r, knowledge *k)
{
    enum { RUNGS = 1200 };
    (void)r;
    uint32_t x = sample_claim(s), y = sample_claim(s), voices = new_voices(s, 6);
    for (uint32_t i = 0; i < 6; i++)
        ground(s, i < 3 ? x : y, voices + i);
    for (uint32_t i = 0; i < RUNGS; i++) {
        uint32_t up = sample_claim(s), beside = sample_claim(s);
        sample_infer(s, up, GRAPH_NONE, (uint32_t[]){x, y}, 2);
        because(s, beside, sample_voice(s), y);
        because(s, beside, sample_voice(s), x);
        x = up;
        y = beside;
    }
    know(k, x, 2, 0);
    know(k, y, 2, 0);
}

/* A ring of claims, each concluded from both neighbours: what is said anywhere reaches all. */
static void ring(struct sample *s, struct rng *r, knowledge *k)
{
    enum { ROUND = 1500, SAID = 30 };
    uint32_t claims = s->claims, voices = new_voices(s, SAID);
    for (uint32_t i = 0; i < ROUND; i++)
        sample_claim(s);
    for (uint32_t i = 0; i < ROUND; i++) {
        because(s, claims + i, GRAPH_NONE, claims + (i + 1) % ROUND);
        because(s, claims + i, GRAPH_NONE, claims + (i + ROUND - 1) % ROUND);
    }
    for (uint32_t i = 0; i < SAID; i++)
        ground(s, claims + rng_below(r, ROUND), voices + i);
    know(k, claims, SAID, 0);
    know(k, claims + ROUND / 3, SAID, 0);
}

/* The same round with a reasoner at each step of one direction, and one claim said: everybody on
 * the way is a keystone. */
static void reasoned_ring(struct sample *s, struct rng *r, knowledge *k)
{
    enum { ROUND = 1000 };
    (void)r;
    uint32_t claims = s->claims;
    for (uint32_t i = 0; i < ROUND; i++)
        sample_claim(s);
    ground(s, claims, sample_voice(s));
    for (uint32_t i = 0; i < ROUND; i++)
        because(s, claims + (i + 1) % ROUND, sample_voice(s), claims + i);
    know(k, claims + ROUND / 2, 1, ROUND / 2 + 1);
    know(k, claims, 1, 1);
}

/* Many premises of three voices each: three to the power of lines. The weakest premise decides. */
static void product(struct sample *s, struct rng *r, knowledge *k)
{
    enum { PREMISES = 40 };
    uint32_t claim = sample_claim(s), premises[PREMISES], voices = new_voices(s, 30);
    for (uint32_t i = 0; i < PREMISES; i++) {
        premises[i] = sample_claim(s);
        uint32_t start = rng_below(r, 30);
        for (uint32_t d = 0; d < 3 + i % 3; d++)
            ground(s, premises[i], voices + (start + 7 * d) % 30);
    }
    sample_infer(s, claim, GRAPH_NONE, premises, PREMISES);
    know(k, claim, 3, 0);
}

/* Ways that share no voice, each with five premises that four voices carry: 5 × 4^5 lines, and one
 * premise of each way must fall. */
static void sum_of_products(struct sample *s, struct rng *r, knowledge *k)
{
    (void)r;
    uint32_t claim = sample_claim(s);
    for (uint32_t way = 0; way < 5; way++) {
        uint32_t premises[5];
        for (uint32_t i = 0; i < 5; i++) {
            premises[i] = sample_claim(s);
            for (uint32_t v = 0; v < 4; v++)
                ground(s, premises[i], sample_voice(s));
        }
        sample_infer(s, claim, GRAPH_NONE, premises, 5);
    }
    know(k, claim, 20, 0);
}

/* Claims inferred at random from any others, rings and all, over a few voices. */
static void tangle(struct sample *s, struct rng *r, knowledge *k)
{
    enum { CLAIMS = 500, VOICES = 60 };
    uint32_t claims = s->claims, voices = new_voices(s, VOICES);
    for (uint32_t i = 0; i < CLAIMS; i++)
        sample_claim(s);
    for (uint32_t i = 0; i < CLAIMS / 6; i++) {
        uint32_t line[2] = {voices + rng_below(r, VOICES), voices + rng_below(r, VOICES)};
        sample_line(s, claims + rng_below(r, CLAIMS), SIDE_FOR, true, 1, line, 2);
    }
    for (uint32_t i = 0; i < CLAIMS * 2; i++) {
        uint32_t claim = rng_below(r, CLAIMS), a = rng_below(r, CLAIMS), b = rng_below(r, CLAIMS);
        if (claim == a || claim == b || a == b)
            continue;
        uint32_t who = rng_chance(r, .3) ? GRAPH_NONE : voices + rng_below(r, VOICES);
        sample_infer(s, claims + claim, who, (uint32_t[]){claims + a, claims + b}, 1 + rng_below(r, 2));
    }
    for (uint32_t i = 0; i < 5; i++)
        know(k, claims + rng_below(r, CLAIMS), GRAPH_NONE, GRAPH_NONE);
}

static bool check_known(struct graph *g, const struct reference *r, const struct known *known)
{
    struct row row = standing_row(g, known->claim);
    struct interval people = row.measures[PEOPLE];
    bool good = true;
    if (known->people != GRAPH_NONE && (known->people < people.low || known->people > people.high)) {
        printf("# claim %u: people is %u, the engine says %u to %u\n", known->claim, known->people, people.low,
               people.high);
        good = false;
    }
    if (known->keystones != GRAPH_NONE && known->keystones != row.keystone_count) {
        printf("# claim %u: it has %u keystones, the engine says %u\n", known->claim, known->keystones,
               row.keystone_count);
        good = false;
    }
    good = check_certificate(g, r, known->claim, PEOPLE) && good;
    good = check_certificate(g, r, known->claim, PARTIES) && good;
    for (uint32_t i = 0; i < row.keystone_count; i += 1 + row.keystone_count / 8)
        if (!reference_keystone(r, known->claim, row.keystones[i])) {
            printf("# claim %u: voice %u is no keystone\n", known->claim, row.keystones[i]);
            good = false;
        }
    printf("# claim %u: people %u to %u%s\n", known->claim, people.low, people.high,
           people.low < people.high ? " (cut off)" : "");
    return good;
}

/* Rows of the same steps; how far a search gets may differ, so intervals need only share a number. */
static bool check_agreeing(const struct graph *a, const struct graph *b)
{
    bool good = true;
    for (uint32_t c = 0; c < graph_claims(a); c++) {
        struct row x = standing_row(a, c), y = standing_row(b, c);
        for (int m = 0; m < MEASURE_COUNT; m++)
            if (x.measures[m].low > y.measures[m].high || y.measures[m].low > x.measures[m].high) {
                printf("# claim %u: %s is %u to %u when grown, %u to %u when built at once\n", c, measure_word(m),
                       x.measures[m].low, x.measures[m].high, y.measures[m].low, y.measures[m].high);
                good = false;
            }
        if (x.keystone_count != y.keystone_count || x.distance != y.distance || x.denied != y.denied) {
            printf("# claim %u: another row when grown\n", c);
            good = false;
        }
    }
    return good;
}

static void ignore_raised(void *context, uint32_t claim, enum level to)
{
    (void)context, (void)claim, (void)to;
}

/* What each voice would raise by confirming, as when it is looked for whom to ask: together no more than the work of
 * one measurement, and nothing is left behind. */
static bool check_asking(const struct sample *s, struct graph *g, uint32_t claim)
{
    struct graph *same = check_graph(s);
    int64_t effort = standing_effort(g);
    for (uint32_t v = 0; v < s->voices && v < 60; v++)
        standing_if(g, &(struct extra_line){claim, 0, &v, 1}, 1, &effort, ignore_raised, NULL);
    bool good = check_agreeing(g, same);
    graph_free(same);
    return good;
}

/* Beside the certificates: one more line must be taken in, too. */
static bool check_hard(const struct sample *s, const knowledge *k)
{
    struct graph *g = check_graph(s);
    struct reference *r = reference_new(s);
    bool good = true;
    for (size_t i = 0; i < k->count; i++)
        good = check_known(g, r, &k->at[i]) && good;
    reference_free(r);
    good = check_asking(s, g, k->at[0].claim) && good;
    struct sample more = sample_less(s, 0, 0);
    ground(&more, k->at[0].claim, 0);
    struct graph *fresh = check_graph(&more);
    sample_build(&more, s->steps.count, more.steps.count, g);
    standing_update(g);
    good = check_agreeing(g, fresh) && good;
    graph_free(fresh);
    graph_free(g);
    sample_release(&more);
    return good;
}

static const struct family {
    const char *name;
    void (*make)(struct sample *s, struct rng *r, knowledge *k);
} families[] = {
    {"triples with a known answer", triples},
    {"triples at random", hypergraphs},
    {"a grid of inference with a narrow column", grid},
    {"a grid in which every claim needs two", needy_grid},
    {"a ladder of inference", ladder},
    {"a ring of inference", ring},
    {"a ring of inference with reasoners", reasoned_ring},
    {"a conclusion from forty premises", product},
    {"five conclusions from five premises", sum_of_products},
    {"a tangle of inference", tangle},
};

int main(int argument_count, char **arguments)
{
    unsigned long long seed = argument_count > 1 ? strtoull(arguments[1], NULL, 10) : 1;
    unsigned count = sizeof families / sizeof *families, failed = 0;
    printf("1..%u\n", count);
    for (unsigned i = 0; i < count; i++) {
        struct rng rng = rng_of(seed);
        struct sample s = {0};
        knowledge k = {0};
        families[i].make(&s, &rng, &k);
        bool good = check_hard(&s, &k);
        failed += !good;
        printf("%s %u - %s, seed %llu\n", good ? "ok" : "not ok", i + 1, families[i].name, seed);
        fflush(stdout);
        vector_release(&k);
        sample_release(&s);
    }
    return failed > 0;
}
