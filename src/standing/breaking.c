/* Branch and bound over what inferences are broken by: see breaking.h. */
#include "standing/breaking.h"

#include "standing/gather.h"
#include "standing/row.h"

#define MOST_CHOICES 6u /* nodes of the search; beyond, the circuit is asked */

struct breaking {
    struct graph *g;
    const struct goal *goal;
    int64_t *work;
    struct lines lines; /* own lines of the claims broken so far, and reasoners taken to be wrong */
    words pending;      /* inferences to them */
    words broken;       /* the claims themselves */
    struct stamps is_broken;
    words wrong;                   /* reasoners */
    words units;                   /* the best breaking set found */
    uint32_t choices, best, least; /* the best size found, and the least that an unfinished leaf may have */
    uint32_t floor;
};

/* Where a branch began, to go back to. */
struct mark {
    struct lines lines;
    size_t pending, broken, wrong;
};

struct breaking *breaking_new(void)
{
    return memory_new(sizeof(struct breaking));
}

void breaking_free(struct breaking *b)
{
    if (!b)
        return;
    lines_release(&b->lines);
    vector_release(&b->pending);
    vector_release(&b->broken);
    vector_release(&b->wrong);
    vector_release(&b->units);
    free(b->is_broken.at);
    free(b);
}

static struct mark mark_here(const struct breaking *b)
{
    return (struct mark){b->lines, b->pending.count, b->broken.count, b->wrong.count};
}

static void go_back(struct breaking *b, const struct mark *to)
{
    while (b->broken.count > to->broken)
        b->is_broken.at[b->broken.at[--b->broken.count]] = b->is_broken.round - 1;
    b->lines.words = to->lines.words;
    b->lines.count = to->lines.count;
    b->lines.firm = to->lines.firm;
    b->pending.count = to->pending;
    b->wrong.count = to->wrong;
}

static void break_claim(struct breaking *b, uint32_t claim)
{
    const struct side *side = side_of(b->g, claim);
    if (!stamps_mark(&b->is_broken, claim))
        return;
    vector_push(&b->broken, claim);
    gather(b->g, claim, &b->lines, NULL);
    if (!side)
        return;
    each_infer(b->g, side, infer)
    {
        vector_push(&b->pending, (uint32_t)(infer - b->g->infers.at));
    }
}

static void take_wrong(struct breaking *b, uint32_t reasoner)
{
    vector_push(&b->wrong, reasoner);
    lines_add(&b->lines, &reasoner, 1, true);
}

/* Is every line of this premise, which is not inferred, touched by a voice that has to be wrong anyway? Then it
 * is broken for nothing. */
static bool is_free(const struct breaking *b, uint32_t premise)
{
    const struct graph *g = b->g;
    if (is_inferred(g, premise))
        return false;
    for (uint32_t at = g->claims.at[premise].lines; at; at = g->lines.at[at + LINE_NEXT]) {
        const uint32_t *line = g->lines.at + at;
        bool touched = line[LINE_FLAGS] & LINE_AGAINST;
        for (const uint32_t *member = line + LINE_MEMBERS; !touched; member += 2) {
            touched = is_lone_voice(g, line_voice(member));
            if (*member & MEMBER_LAST)
                break;
        }
        if (!touched)
            return false;
    }
    return true;
}

/* May this premise be left out of account, because it has no line of the kind at all? */
static bool without_line(const struct breaking *b, uint32_t premise)
{
    const struct cell *cell = &b->g->cells.at[premise];
    return measure_lines(b->goal->measure) == LINES_ALL ? !cell->held : cell->distance == GRAPH_NONE;
}

/* Is the inference broken already, or never stood? */
static bool is_down(const struct breaking *b, const uint32_t *infer)
{
    uint32_t reasoner = infer[INFER_REASONER];
    if (!infer_stands(b->g, infer))
        return true;
    if (reasoner != GRAPH_NONE) {
        if (measure_lines(b->goal->measure) == LINES_UNQUESTIONED && b->g->marks.at[reasoner] & VOICE_IMPUGNED)
            return true;
        if (is_lone_voice(b->g, reasoner))
            return true;
        for (size_t i = 0; i < b->wrong.count; i++)
            if (b->wrong.at[i] == reasoner)
                return true;
    }
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        uint32_t premise = infer[INFER_PREMISES + INFER_STEP * i];
        if (stamps_has(&b->is_broken, premise) || without_line(b, premise) || is_free(b, premise))
            return true;
    }
    return false;
}

static struct interval cost(struct breaking *b)
{
    *b->work -= (int64_t)b->lines.words + 16;
    return fewest(b->g, &b->lines, measure_lines(b->goal->measure), measure_units(b->goal->measure), b->work);
}

static void keep_units(struct breaking *b, const uint32_t *units, uint32_t count)
{
    b->units.count = 0;
    for (uint32_t i = 0; i < count; i++)
        vector_push(&b->units, units[i]);
}

static void leaf(struct breaking *b)
{
    struct interval size = cost(b);
    b->least = size.low < b->least ? size.low : b->least;
    if (size.high >= b->best)
        return;
    uint32_t count;
    const uint32_t *units = cover_chosen(b->g->scratch->cover, &count);
    b->best = size.high;
    keep_units(b, units, count);
}

/* The ways to break an inference are numbered: its premises, and behind them its reasoner. */
static uint32_t ways(const uint32_t *infer)
{
    return infer[INFER_COUNT] + (infer[INFER_REASONER] != GRAPH_NONE);
}

static void take_way(struct breaking *b, const uint32_t *infer, uint32_t way)
{
    *b->work -= 8;
    if (way < infer[INFER_COUNT])
        break_claim(b, infer[INFER_PREMISES + INFER_STEP * way]);
    else
        take_wrong(b, infer[INFER_REASONER]);
}

/* The way that costs least by the rows made so far, which promise no more than that. */
static uint32_t cheapest(const struct breaking *b, const uint32_t *infer)
{
    enum measure m = b->goal->measure;
    uint32_t best = ways(infer) - 1, least = best < infer[INFER_COUNT] ? UINT32_MAX : 1;
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        uint32_t size = b->g->cells.at[infer[INFER_PREMISES + INFER_STEP * i]].size[m];
        if (size < least) {
            least = size;
            best = i;
        }
    }
    return best;
}

/* Goes on with the inferences from `next` on. Those with one way to break them are no choice and are taken on the
 * spot; so is the cheapest way once there were too many choices, until a first leaf is reached. */
static void descend(struct breaking *b, size_t next)
{
    const uint32_t *infer;
    for (;; next++) {
        if (*b->work < 0 || b->best <= b->floor)
            return;
        if (next == b->pending.count) {
            leaf(b);
            return;
        }
        infer = b->g->infers.at + b->pending.at[next];
        if (is_down(b, infer))
            continue;
        if (ways(infer) > 1 && (b->choices <= MOST_CHOICES || b->best != UINT32_MAX))
            break;
        take_way(b, infer, cheapest(b, infer));
    }
    if (++b->choices > MOST_CHOICES && b->best != UINT32_MAX)
        return;
    if (b->best != UINT32_MAX && cost(b).low >= b->best)
        return;
    struct mark here = mark_here(b);
    uint32_t first = cheapest(b, infer);
    for (uint32_t i = 0; i < ways(infer); i++) {
        take_way(b, infer, i == 0 ? first : i <= first ? i - 1 : i);
        descend(b, next + 1);
        go_back(b, &here);
    }
}

static void start(struct breaking *b, const struct goal *goal)
{
    lines_clear(&b->lines);
    b->pending.count = b->broken.count = b->wrong.count = b->units.count = 0;
    stamps_clear(&b->is_broken, b->g->claims.count);
    b->choices = 0;
    b->best = b->least = UINT32_MAX;
    if (b->g->scratch->levels)
        b->best = 2; /* whether there is a smaller one is all that is asked */
    const uint32_t *at = goal->extra ? goal->extra->at : NULL;
    for (uint32_t i = 0; goal->extra && i < goal->extra->count; i++, at += 1 + line_length(*at))
        lines_add(&b->lines, at + 1, line_length(*at), line_firm(*at));
    for (uint32_t i = 0; i < goal->count; i++)
        break_claim(b, goal->roots[i]);
    squeeze(b->g, &b->lines);
}

struct interval break_goal(struct graph *g, const struct goal *goal, struct interval known, int64_t *work)
{
    struct breaking *b = g->scratch->breaking;
    b->g = g;
    b->goal = goal;
    b->work = work;
    b->floor = known.low;
    start(b, goal);
    descend(b, 0);
    known.high = b->best < known.high ? b->best : known.high;
    if (known.high <= known.low)
        return (struct interval){known.high, known.high};
    if (*work >= 0 && b->choices <= MOST_CHOICES) {
        uint32_t low = b->least < b->best ? b->least : b->best;
        known.low = low > known.low ? low : known.low;
        return known.low < known.high ? known : (struct interval){known.high, known.high};
    }
    if (*work < 0)
        return known;
    struct interval found = circuit_cover(g, goal, known, work);
    uint32_t count;
    const uint32_t *units = circuit_breaking(g->scratch->circuit, &count);
    if (found.high < known.high || b->best > found.high)
        keep_units(b, units, count);
    return found;
}

const uint32_t *breaking_units(const struct breaking *b, uint32_t *count)
{
    *count = (uint32_t)b->units.count;
    return b->units.at;
}
