/* A graph of claims as a list of steps. See sample.h. */
#include "property/sample.h"

struct rng rng_of(uint64_t seed)
{
    struct rng r = {seed * UINT64_C(0x9e3779b97f4a7c15) + UINT64_C(0x2545f4914f6cdd1d)};
    if (r.state == 0)
        r.state = 1;
    for (int i = 0; i < 8; i++)
        rng_below(&r, 2);
    return r;
}

uint32_t rng_below(struct rng *r, uint32_t bound)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return (uint32_t)(((r->state * UINT64_C(2685821657736338717)) >> 32) * bound >> 32);
}

bool rng_chance(struct rng *r, double chance)
{
    return rng_below(r, 1u << 20) < chance * (1u << 20);
}

void sample_release(struct sample *s)
{
    vector_release(&s->steps);
    vector_release(&s->members);
}

uint32_t sample_voice(struct sample *s)
{
    vector_push(&s->steps, (struct step){.kind = STEP_VOICE});
    return s->voices++;
}

uint32_t sample_claim(struct sample *s)
{
    vector_push(&s->steps, (struct step){.kind = STEP_CLAIM});
    return s->claims++;
}

void sample_pair(struct sample *s, enum step_kind kind, uint32_t a, uint32_t b)
{
    vector_push(&s->steps, (struct step){.kind = kind, .a = a, .b = b});
}

static uint32_t keep_members(struct sample *s, const uint32_t *at, uint32_t count)
{
    uint32_t start = (uint32_t)s->members.count;
    for (uint32_t i = 0; i < count; i++)
        vector_push(&s->members, at[i]);
    return start;
}

void sample_line(struct sample *s, uint32_t claim, enum line_side side, bool firm, uint32_t hops,
                 const uint32_t *voices, uint32_t count)
{
    struct step step = {STEP_LINE, claim, hops, side, firm, keep_members(s, voices, count), count};
    vector_push(&s->steps, step);
}

void sample_infer(struct sample *s, uint32_t claim, uint32_t reasoner, const uint32_t *premises, uint32_t count)
{
    struct step step = {STEP_INFER, claim, reasoner, SIDE_FOR, false, keep_members(s, premises, count), count};
    vector_push(&s->steps, step);
}

/* What a random case is like; drawn first, so that cases differ in kind and not only in detail. */
struct shape {
    uint32_t voices, organisations, claims, entries, pool;
    double member, same, told, bare, deny, infer, later, impugn, contradict;
};

static struct shape shape_random(struct rng *r)
{
    struct shape h = {.voices = 40 + rng_below(r, 161), .organisations = rng_below(r, 16)};
    h.claims = 5 + rng_below(r, 40);
    h.entries = h.claims * (3 + rng_below(r, 7)); /* over many lines a claim the integer programs take long */
    h.pool = 6 + rng_below(r, h.voices - 6);      /* the fewer voices are talked of, the more the lines meet */
    h.member = rng_below(r, 10) * .1;
    h.same = rng_below(r, 4) * .03;
    h.told = .2 + rng_below(r, 8) * .1;
    h.bare = rng_below(r, 5) * .05;
    h.deny = rng_below(r, 4) * .05;
    h.infer = rng_below(r, 5) * .05;
    h.later = rng_below(r, 4) * .1;
    h.impugn = rng_below(r, 3) * .03;
    h.contradict = rng_below(r, 3) * .01;
    return h;
}

static uint32_t any_voice(const struct sample *s, struct rng *r, const struct shape *h)
{
    uint32_t pool = h->pool < s->voices ? h->pool : s->voices;
    return rng_chance(r, .8) ? rng_below(r, pool) : rng_below(r, s->voices);
}

/* Voices come first, organisations among them; each belongs only to those with smaller numbers. */
static void add_voice(struct sample *s, struct rng *r, const struct shape *h)
{
    uint32_t v = sample_voice(s);
    if (v == 0 || h->organisations == 0)
        return;
    uint32_t tops = v < h->organisations ? v : h->organisations;
    double chance = v < h->organisations ? .3 : h->member;
    if (rng_chance(r, chance))
        sample_pair(s, STEP_OF, v, rng_below(r, tops));
    if (rng_chance(r, chance * .2))
        sample_pair(s, STEP_OF, v, rng_below(r, tops));
}

static void add_same(struct sample *s, struct rng *r, const struct shape *h)
{
    uint32_t keep = any_voice(s, r, h);
    sample_pair(s, STEP_SAME, keep, any_voice(s, r, h));
}

static void add_line(struct sample *s, struct rng *r, const struct shape *h, uint32_t claim)
{
    uint32_t voices[6], count = 0, most = 1;
    while (most < 5 && rng_chance(r, h->told))
        most++;
    do
        voices[count++] = any_voice(s, r, h); /* now and then one twice, as in a real chain */
    while (count < most);
    bool firm = !rng_chance(r, h->bare);
    uint32_t hops = rng_chance(r, .1) ? rng_below(r, 4) : count - 1;
    sample_line(s, claim, rng_chance(r, h->deny) ? SIDE_AGAINST : SIDE_FOR, firm, hops, voices, count);
}

/* Mostly from earlier claims; `later` of the time from any, so that rings occur. */
static void add_inference(struct sample *s, struct rng *r, const struct shape *h)
{
    uint32_t claim = rng_below(r, s->claims), premises[4], count = 0, want = 1 + rng_below(r, 2) + rng_chance(r, .1);
    for (uint32_t tries = 0; tries < 12 && count < want; tries++) {
        bool any = claim == 0 || rng_chance(r, h->later);
        uint32_t p = rng_below(r, any ? s->claims : claim);
        bool fresh = p != claim;
        for (uint32_t i = 0; i < count; i++)
            fresh = fresh && premises[i] != p;
        if (fresh)
            premises[count++] = p;
    }
    if (count > 0)
        sample_infer(s, claim, rng_chance(r, .5) ? GRAPH_NONE : any_voice(s, r, h), premises, count);
}

/* A few claims, each concluded from the next, or from the one before: a ring, carried by what else is said. */
static void add_ring(struct sample *s, struct rng *r, const struct shape *h)
{
    uint32_t start = rng_below(r, s->claims), step = 1 + rng_below(r, 3), length = 2 + rng_below(r, 6);
    bool onwards = rng_chance(r, .5);
    if (length * step >= s->claims)
        return;
    for (uint32_t i = 0; i < length; i++) {
        uint32_t claim = (start + i * step) % s->claims, next = (start + (i + 1) % length * step) % s->claims;
        uint32_t who = rng_chance(r, .7) ? GRAPH_NONE : any_voice(s, r, h);
        sample_infer(s, onwards ? claim : next, who, onwards ? &next : &claim, 1);
    }
}

static void add_entry(struct sample *s, struct rng *r, const struct shape *h)
{
    uint32_t claim = rng_below(r, s->claims), other = rng_below(r, s->claims);
    if (rng_chance(r, h->impugn))
        sample_pair(s, STEP_IMPUGN, any_voice(s, r, h), claim);
    if (rng_chance(r, h->contradict) && other != claim)
        sample_pair(s, STEP_CONTRADICT, claim, other);
    if (rng_chance(r, h->same))
        add_same(s, r, h);
    if (rng_chance(r, h->infer * .1))
        add_ring(s, r, h);
    if (rng_chance(r, h->infer))
        add_inference(s, r, h);
    else
        add_line(s, r, h, claim);
    /* Late comers: what was measured already must make room for them. */
    if (rng_chance(r, .03))
        sample_claim(s);
    if (rng_chance(r, .03))
        add_voice(s, r, h);
    if (h->organisations > 0 && rng_chance(r, .01))
        sample_pair(s, STEP_OF, h->organisations + rng_below(r, s->voices - h->organisations),
                    rng_below(r, h->organisations));
}

struct sample sample_random(uint64_t seed)
{
    struct rng r = rng_of(seed);
    struct shape h = shape_random(&r);
    struct sample s = {0};
    for (uint32_t i = 0; i < h.voices; i++)
        add_voice(&s, &r, &h);
    for (uint32_t i = 0; i < h.claims; i++)
        sample_claim(&s);
    for (uint32_t i = 0; i < h.entries; i++)
        add_entry(&s, &r, &h);
    return s;
}

static bool step_dead(const struct sample *s, const struct step *step, const bool *dead)
{
    if (step->kind == STEP_INFER)
        return step->b != GRAPH_NONE && dead[step->b];
    if (step->kind == STEP_LINE)
        for (uint32_t i = 0; i < step->count; i++)
            if (dead[s->members.at[step->at + i]])
                return true;
    return false;
}

static struct sample sample_copy(const struct sample *s)
{
    struct sample copy = {.voices = s->voices, .claims = s->claims};
    keep_members(&copy, s->members.at, (uint32_t)s->members.count);
    return copy;
}

struct sample sample_without(const struct sample *s, const bool *dead)
{
    struct sample out = sample_copy(s);
    for (size_t i = 0; i < s->steps.count; i++)
        if (!step_dead(s, &s->steps.at[i], dead))
            vector_push(&out.steps, s->steps.at[i]);
    return out;
}

struct sample sample_less(const struct sample *s, size_t from, size_t to)
{
    struct sample out = sample_copy(s);
    for (size_t i = 0; i < s->steps.count; i++)
        if (i < from || i >= to || s->steps.at[i].kind <= STEP_CLAIM)
            vector_push(&out.steps, s->steps.at[i]);
    return out;
}

static void build_step(const struct sample *s, const struct step *step, struct graph *g)
{
    const uint32_t *members = s->members.at + step->at;
    switch (step->kind) {
    case STEP_VOICE:
        graph_voice(g);
        break;
    case STEP_CLAIM:
        graph_claim(g);
        break;
    case STEP_OF:
        graph_of(g, step->a, step->b);
        break;
    case STEP_SAME:
        graph_same(g, step->a, step->b);
        break;
    case STEP_LINE:
        graph_line(g, step->a, &(struct line){step->side, step->firm, step->b, members, step->count});
        break;
    case STEP_INFER:
        graph_infer(g, step->a, step->b, members, step->count);
        break;
    case STEP_CONTRADICT:
        graph_contradict(g, step->a, step->b);
        break;
    case STEP_IMPUGN:
        graph_impugn(g, step->a, step->b);
        break;
    }
}

void sample_build(const struct sample *s, size_t from, size_t to, struct graph *g)
{
    for (size_t i = from; i < to; i++)
        build_step(s, &s->steps.at[i], g);
}

void sample_print(const struct sample *s)
{
    static const char *words[] = {"voice", "claim", "of", "same", "line", "infer", "contradict", "impugn"};
    printf("# %u voices, %u claims, and:\n", s->voices, s->claims);
    for (size_t i = 0; i < s->steps.count; i++) {
        const struct step *step = &s->steps.at[i];
        if (step->kind <= STEP_CLAIM)
            continue;
        printf("#   %s %u ", words[step->kind], step->a);
        if (step->kind == STEP_LINE)
            printf("%s %s, %u hops:", step->side == SIDE_FOR ? "for" : "against", step->firm ? "firm" : "bare",
                   step->b);
        else if (step->b == GRAPH_NONE)
            printf("desk");
        else
            printf("%u", step->b);
        for (uint32_t k = 0; k < step->count; k++)
            printf(" %u", s->members.at[step->at + k]);
        printf("\n");
    }
}
