/* Implicit hitting sets: see circuit.h. */
#include "standing/circuit.h"

#include "standing/gather.h"
#include "standing/scratch.h"
#include "standing/units.h"

#include <string.h>

/* A line this short is not worth cutting down, and one this long costs too much to. */
#define SHORT_LINE 5
#define LONG_LINE 64

/* How a claim came to hold in an evaluation: by a line or an inference at an offset. */
struct via {
    uint32_t at : 31;
    uint32_t line : 1;
};

struct circuit {
    words cone, queue, stack, line, units, breaking;
    struct stamps in_cone, on_way;
    struct stamps bad;  /* units that are wrong */
    struct stamps only; /* where `restricted`: the voices that are right */
    bool restricted;
    struct via *via; /* by claim */
    size_t via_room;
    uint16_t *need; /* by offset of an inference: premises still missing; LIMIT_WORDS bounds them */
    size_t need_room;
    uint32_t *uses; /* by unit: how many lines of the pool have it, while growing */
    size_t uses_room;
    struct lines pool;
    uint64_t size; /* words of the cone: what one evaluation costs */
};

struct circuit *circuit_new(void)
{
    return memory_new(sizeof(struct circuit));
}

void circuit_free(struct circuit *c)
{
    if (!c)
        return;
    vector_release(&c->cone);
    vector_release(&c->queue);
    vector_release(&c->stack);
    vector_release(&c->line);
    vector_release(&c->units);
    vector_release(&c->breaking);
    free(c->in_cone.at);
    free(c->on_way.at);
    free(c->bad.at);
    free(c->only.at);
    free(c->via);
    free(c->need);
    free(c->uses);
    lines_release(&c->pool);
    free(c);
}

enum lines_kind measure_lines(enum measure m)
{
    return m == ANY ? LINES_ALL : m == UNQUESTIONED ? LINES_UNQUESTIONED : LINES_FIRM;
}

static void grow(void *array, size_t *room, size_t count, size_t size)
{
    void **at = array;
    if (*room >= count)
        return;
    size_t next = count + count / 8 + 64;
    *at = memory_resize(*at, next, size);
    memset((char *)*at + *room * size, 0, (next - *room) * size);
    *room = next;
}

/* Everything below the roots. */
static void gather_cone(struct graph *g, struct circuit *c, const struct goal *goal)
{
    c->cone.count = 0;
    c->size = 0;
    stamps_clear(&c->in_cone, g->claims.count);
    for (uint32_t i = 0; i < goal->count; i++)
        if (stamps_mark(&c->in_cone, goal->roots[i]))
            vector_push(&c->cone, goal->roots[i]);
    for (size_t next = 0; next < c->cone.count; next++) {
        uint32_t claim = c->cone.at[next];
        const struct side *side = side_of(g, claim);
        for (uint32_t line = g->claims.at[claim].lines; line; line = g->lines.at[line + LINE_NEXT])
            c->size += 4;
        if (!side)
            continue;
        each_infer(g, side, infer)
        {
            c->size += infer[INFER_COUNT] + 2;
            for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
                uint32_t premise = infer[INFER_PREMISES + INFER_STEP * i];
                if (stamps_mark(&c->in_cone, premise))
                    vector_push(&c->cone, premise);
            }
        }
    }
    c->size += c->cone.count;
    grow(&c->via, &c->via_room, g->claims.count, sizeof *c->via);
    grow(&c->need, &c->need_room, g->infers.count, sizeof *c->need);
    grow(&c->uses, &c->uses_room, g->voices.count, sizeof *c->uses);
}

/* Can this voice still be relied on? */
static bool right(const struct graph *g, const struct circuit *c, const struct goal *goal, uint32_t voice)
{
    unsigned marks = g->marks.at[voice];
    if (marks & VOICE_OUT || (measure_lines(goal->measure) == LINES_UNQUESTIONED && marks & VOICE_IMPUGNED))
        return false;
    if (c->restricted && !stamps_has(&c->only, voice))
        return false;
    uint32_t unit = voice;
    if (measure_units(goal->measure) == UNIT_GROUP)
        unit = graph_root(g, voice);
    else if (measure_units(goal->measure) == UNIT_PARTY)
        unit = g->parties.at[voice];
    if (!(measure_units(goal->measure) == UNIT_PARTY && unit & PARTY_MANY))
        return !stamps_has(&c->bad, unit);
    const uint32_t *list = g->tops.at + (unit & ~PARTY_MANY);
    for (uint32_t i = 1; i <= *list; i++)
        if (stamps_has(&c->bad, list[i]))
            return false;
    return true;
}

static bool line_right(const struct graph *g, const struct circuit *c, const struct goal *goal, uint32_t line)
{
    const uint32_t *at = g->lines.at + line;
    if (at[LINE_FLAGS] & LINE_AGAINST || (measure_lines(goal->measure) != LINES_ALL && !(at[LINE_FLAGS] & LINE_FIRM)))
        return false;
    for (const uint32_t *member = at + LINE_MEMBERS;; member += 2) {
        if (!right(g, c, goal, line_voice(member)))
            return false;
        if (*member & MEMBER_LAST)
            return true;
    }
}

static bool infer_right(const struct graph *g, const struct circuit *c, const struct goal *goal, const uint32_t *infer)
{
    return infer[INFER_REASONER] == GRAPH_NONE || right(g, c, goal, infer[INFER_REASONER]);
}

static void start_claim(struct graph *g, struct circuit *c, const struct goal *goal, uint32_t claim)
{
    const struct side *side = side_of(g, claim);
    c->via[claim] = (struct via){0, false};
    if (side)
        each_infer(g, side, infer) c->need[infer - g->infers.at] = (uint16_t)infer[INFER_COUNT];
    for (uint32_t line = g->claims.at[claim].lines; line; line = g->lines.at[line + LINE_NEXT]) {
        if (line_right(g, c, goal, line)) {
            c->via[claim] = (struct via){line, true};
            vector_push(&c->queue, claim);
            return;
        }
    }
}

/* Tells the inferences that a claim is a premise of that it holds. */
static void pass_on(struct graph *g, struct circuit *c, const struct goal *goal, uint32_t claim)
{
    const struct side *side = side_of(g, claim);
    for (uint32_t use = side ? side->uses : 0; use; use = g->infers.at[use + USE_NEXT]) {
        uint32_t at = g->infers.at[use + USE_INFER];
        const uint32_t *infer = g->infers.at + at;
        uint32_t above = infer[INFER_CLAIM];
        if (!stamps_has(&c->in_cone, above) || --c->need[at] || c->via[above].at || !infer_right(g, c, goal, infer))
            continue;
        c->via[above] = (struct via){at, false};
        vector_push(&c->queue, above);
    }
}

/* Which lines of `extra` survive: the first, or NULL. */
static const uint32_t *extra_right(const struct graph *g, const struct circuit *c, const struct goal *goal)
{
    const uint32_t *at = goal->extra ? goal->extra->at : NULL;
    for (uint32_t i = 0; goal->extra && i < goal->extra->count; i++, at += 1 + line_length(*at)) {
        bool fine = measure_lines(goal->measure) == LINES_ALL || line_firm(*at);
        for (uint32_t j = 1; fine && j <= line_length(*at); j++)
            fine = right(g, c, goal, at[j]);
        if (fine)
            return at;
    }
    return NULL;
}

/* One evaluation: does a line of the goal survive? The least fixed point, breadth first, so that
 * derivations are shallow. Puts the voices of a surviving line into c->line. */
static bool evaluate(struct graph *g, struct circuit *c, const struct goal *goal)
{
    c->queue.count = c->line.count = 0;
    for (size_t i = 0; i < c->cone.count; i++)
        start_claim(g, c, goal, c->cone.at[i]);
    for (size_t next = 0; next < c->queue.count; next++)
        pass_on(g, c, goal, c->queue.at[next]);
    const uint32_t *extra = extra_right(g, c, goal);
    if (extra) {
        for (uint32_t i = 1; i <= line_length(*extra); i++)
            vector_push(&c->line, extra[i]);
        return true;
    }
    stamps_clear(&c->on_way, g->claims.count);
    c->stack.count = 0;
    for (uint32_t i = 0; i < goal->count && !c->stack.count; i++) {
        if (c->via[goal->roots[i]].at) {
            stamps_mark(&c->on_way, goal->roots[i]);
            vector_push(&c->stack, goal->roots[i]);
        }
    }
    if (!c->stack.count)
        return false;
    while (c->stack.count) {
        struct via via = c->via[c->stack.at[--c->stack.count]];
        if (via.line) {
            gather_line(g, via.at, &c->line);
            continue;
        }
        const uint32_t *infer = g->infers.at + via.at;
        if (infer[INFER_REASONER] != GRAPH_NONE)
            vector_push(&c->line, infer[INFER_REASONER]);
        for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
            uint32_t premise = infer[INFER_PREMISES + INFER_STEP * i];
            if (stamps_mark(&c->on_way, premise))
                vector_push(&c->stack, premise);
        }
    }
    c->line.count = set_sort(c->line.at, c->line.count);
    return true;
}

/* Cuts the line found down to a minimal one: leaves out a voice wherever the rest still holds. */
static void shrink(struct graph *g, struct circuit *c, const struct goal *goal, int64_t *work)
{
    words kept = {0};
    vector_reserve(&kept, c->line.count);
    memcpy(kept.at, c->line.at, c->line.count * sizeof *kept.at);
    kept.count = c->line.count;
    c->restricted = true;
    for (size_t i = 0; i<kept.count && * work> 0;) {
        stamps_clear(&c->only, g->voices.count);
        for (size_t j = 0; j < kept.count; j++)
            if (j != i)
                stamps_mark(&c->only, kept.at[j]);
        *work -= (int64_t)c->size;
        if (!evaluate(g, c, goal)) {
            i++;
            continue;
        }
        size_t passed = i; /* what was found needful stays needful; the rest shrinks to the line found */
        kept.count = 0;
        for (size_t j = 0; j < c->line.count; j++)
            vector_push(&kept, c->line.at[j]);
        i = passed < kept.count ? passed : kept.count;
    }
    c->restricted = false;
    c->line.count = 0;
    for (size_t j = 0; j < kept.count; j++)
        vector_push(&c->line, kept.at[j]);
    vector_release(&kept);
}

static void line_units(struct graph *g, struct circuit *c, const struct goal *goal, const uint32_t *voices,
                       uint32_t count)
{
    c->units.count = 0;
    units_of(g, measure_units(goal->measure), voices, count, &c->units);
}

/* Hits the pool as cheaply as possible and takes that to be wrong. */
static struct interval hit_pool(struct graph *g, struct circuit *c, const struct goal *goal, uint32_t floor,
                                int64_t *work)
{
    struct cover *cover = g->scratch->cover;
    cover_begin(cover);
    const uint32_t *at = c->pool.at;
    for (uint32_t i = 0; i < c->pool.count; i++, at += 1 + line_length(*at)) {
        line_units(g, c, goal, at + 1, line_length(*at));
        cover_set(cover, c->units.at, (uint32_t)c->units.count);
    }
    struct interval size = cover_solve(cover, floor, work);
    uint32_t count;
    const uint32_t *chosen = cover_chosen(cover, &count);
    stamps_clear(&c->bad, g->voices.count);
    c->stack.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        stamps_mark(&c->bad, chosen[i]);
        vector_push(&c->stack, chosen[i]);
    }
    return size;
}

/* Of the last line's units the one that most lines of the pool have: counts them on the way. */
static uint32_t most_used(struct graph *g, struct circuit *c, const struct goal *goal)
{
    line_units(g, c, goal, c->line.at, (uint32_t)c->line.count);
    uint32_t best = c->units.at[0];
    for (size_t i = 0; i < c->units.count; i++) {
        c->uses[c->units.at[i]]++;
        if (c->uses[c->units.at[i]] > c->uses[best])
            best = c->units.at[i];
    }
    return best;
}

static void forget_uses(struct graph *g, struct circuit *c, const struct goal *goal)
{
    const uint32_t *at = c->pool.at;
    for (uint32_t i = 0; i < c->pool.count; i++, at += 1 + line_length(*at)) {
        line_units(g, c, goal, at + 1, line_length(*at));
        for (size_t j = 0; j < c->units.count; j++)
            c->uses[c->units.at[j]] = 0;
    }
}

static void keep_breaking(struct circuit *c, const words *units)
{
    c->breaking.count = 0;
    for (size_t i = 0; i < units->count; i++)
        vector_push(&c->breaking, units->at[i]);
}

/* Puts surviving lines into the pool, breaking each, until none is left or the work is done. Returns true where
 * none is left: `taken` then breaks the goal. */
static bool grow_pool(struct graph *g, struct circuit *c, const struct goal *goal, words *taken, int64_t *work)
{
    *work -= (int64_t)c->size;
    while (evaluate(g, c, goal)) {
        if (*work < 0)
            return false;
        if (goal->minimal || (c->line.count > SHORT_LINE && c->line.count < LONG_LINE))
            shrink(g, c, goal, work);
        lines_add(&c->pool, c->line.at, (uint32_t)c->line.count, measure_lines(goal->measure) != LINES_ALL);
        uint32_t unit = most_used(g, c, goal);
        stamps_mark(&c->bad, unit);
        vector_push(taken, unit);
        *work -= (int64_t)c->size;
    }
    return true;
}

void circuit_forget(struct circuit *c)
{
    lines_clear(&c->pool);
}

/* Keeps the lines of the pool that are of the goal's kind. */
static void sift_pool(struct graph *g, struct circuit *c, const struct goal *goal)
{
    struct lines kept = {0};
    const uint32_t *at = c->pool.at;
    for (uint32_t i = 0; i < c->pool.count; i++, at += 1 + line_length(*at)) {
        bool counts = measure_lines(goal->measure) == LINES_ALL || line_firm(*at);
        for (uint32_t j = 1; counts && measure_lines(goal->measure) == LINES_UNQUESTIONED && j <= line_length(*at); j++)
            counts = !(g->marks.at[at[j]] & VOICE_IMPUGNED);
        if (counts)
            lines_add(&kept, at + 1, line_length(*at), line_firm(*at));
    }
    lines_release(&c->pool);
    c->pool = kept;
}

/* Puts the lines at hand into an empty pool: those of the roots themselves, and the goal's extra ones. */
static void seed_pool(struct graph *g, struct circuit *c, const struct goal *goal)
{
    const uint32_t *at = goal->extra ? goal->extra->at : NULL;
    for (uint32_t i = 0; i < goal->count; i++)
        gather(g, goal->roots[i], &c->pool, NULL);
    for (uint32_t i = 0; goal->extra && i < goal->extra->count; i++, at += 1 + line_length(*at))
        lines_add(&c->pool, at + 1, line_length(*at), line_firm(*at));
}

/* One round: hits the pool, and puts what survives into it. Narrows `known`; true where the pool grew and there is work
 * left. */
static bool meet_lines(struct graph *g, struct circuit *c, const struct goal *goal, struct interval *known,
                       words *taken, int64_t *hit_work, int64_t *work)
{
    uint32_t before = c->pool.count;
    struct interval size = hit_pool(g, c, goal, known->low, hit_work);
    if (size.low > known->low)
        known->low = size.low;
    taken->count = 0;
    for (size_t i = 0; i < c->stack.count; i++)
        vector_push(taken, c->stack.at[i]);
    *work -= (int64_t)c->pool.words;
    bool broken = grow_pool(g, c, goal, taken, work);
    if (broken && taken->count <= known->high) {
        known->high = (uint32_t)taken->count;
        keep_breaking(c, taken);
    }
    return *work >= 0 && c->pool.count > before;
}

struct interval circuit_cover(struct graph *g, const struct goal *goal, struct interval known, int64_t *work)
{
    struct circuit *c = g->scratch->circuit;
    words taken = {0};
    gather_cone(g, c, goal);
    if (!c->pool.count && !goal->minimal)
        seed_pool(g, c, goal);
    sift_pool(g, c, goal);
    c->breaking.count = 0;
    *work -= (int64_t)c->size;
    while (known.low < known.high) {
        int64_t none = 0; /* hit quickly while that still finds lines; then as cheaply as possible */
        if (meet_lines(g, c, goal, &known, &taken, &none, work))
            continue;
        if (*work < 0 || !meet_lines(g, c, goal, &known, &taken, work, work))
            break;
    }
    vector_release(&taken);
    forget_uses(g, c, goal);
    if (known.low > known.high)
        known.low = known.high;
    return known;
}

const uint32_t *circuit_breaking(const struct circuit *c, uint32_t *count)
{
    *count = (uint32_t)c->breaking.count;
    return c->breaking.at;
}

const struct lines *circuit_lines(const struct circuit *c)
{
    return &c->pool;
}
