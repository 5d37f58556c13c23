/* The search for a smallest hitting set of one part: see cover.h and kernel.h.
 *
 * Asks "is there one of k?" for k from a lower bound upwards, so that being cut off still leaves a
 * proven lower end. A node takes the open set with the fewest elements left and tries each of them,
 * forbidding those already tried. The bound at a node is the better of two dual solutions of the linear
 * relaxation: a greedy packing (open sets with no element in common), and one that first gives
 * each set one over the largest degree of its elements and then shares out what is left. */
#include "standing/kernel.h"

#include <stdlib.h>
#include <string.h>

#define DEEPEST 2000u /* chosen elements; beyond, the part is only bounded */
#define WHOLE 720720u /* a one that divides evenly by small degrees */

enum { FREE, CHOSEN, FORBIDDEN };
enum answer { NO, YES, CUT };

struct search {
    struct kernel *k;
    int64_t *work;
    VECTOR(uint32_t) open;   /* the sets that nothing chosen touches come first, up to `opened` */
    VECTOR(uint32_t) place;  /* of a set in `open` */
    VECTOR(uint32_t) left;   /* elements of a set that are not forbidden */
    VECTOR(uint32_t) degree; /* open sets of an element, as of the last bound */
    VECTOR(unsigned char) state;
    VECTOR(uint32_t) slack; /* what is left of an element\'s WHOLE while bounding */
    VECTOR(uint32_t) trail; /* elements chosen */
    VECTOR(uint32_t) tried; /* candidates of the nodes on the way down, end to end */
    VECTOR(uint32_t) bucket;
    VECTOR(uint32_t) best;
    uint32_t opened;
};

void search_free(struct search *s)
{
    if (!s)
        return;
    vector_release(&s->open);
    vector_release(&s->place);
    vector_release(&s->left);
    vector_release(&s->degree);
    vector_release(&s->state);
    vector_release(&s->slack);
    vector_release(&s->trail);
    vector_release(&s->tried);
    vector_release(&s->bucket);
    vector_release(&s->best);
    free(s);
}

/* The sets of an element, and the elements of a set. */
#define each_set(s, e, i)                                                                                              \
    for (const uint32_t *i = (s)->k->element_sets.at + (s)->k->element_at.at[e],                                       \
                        *i##_end = (s)->k->element_sets.at + (s)->k->element_at.at[(e) + 1];                           \
         i < i##_end; i++)
#define each_element(s, set, i)                                                                                        \
    for (const uint32_t *i = (s)->k->set_elements.at + (s)->k->set_at.at[set],                                         \
                        *i##_end = (s)->k->set_elements.at + (s)->k->set_at.at[(set) + 1];                             \
         i < i##_end; i++)

static void move_to(struct search *s, uint32_t set, uint32_t to)
{
    uint32_t from = s->place.at[set], other = s->open.at[to];
    s->open.at[from] = other;
    s->place.at[other] = from;
    s->open.at[to] = set;
    s->place.at[set] = to;
}

/* Choosing closes the element's open sets; undoing is restoring `opened`. */
static void choose(struct search *s, uint32_t e)
{
    s->state.at[e] = CHOSEN;
    vector_push(&s->trail, e);
    each_set(s, e, i) if (s->place.at[*i] < s->opened) move_to(s, *i, --s->opened);
    *s->work -= s->k->element_at.at[e + 1] - s->k->element_at.at[e];
}

static void unchoose(struct search *s, uint32_t opened)
{
    s->state.at[s->trail.at[--s->trail.count]] = FREE;
    s->opened = opened;
}

/* Forbids an element; false where an open set has none left then. */
static bool forbid(struct search *s, uint32_t e)
{
    bool fine = true;
    s->state.at[e] = FORBIDDEN;
    each_set(s, e, i) if (--s->left.at[*i] == 0 && s->place.at[*i] < s->opened) fine = false;
    return fine;
}

static void allow(struct search *s, uint32_t e)
{
    s->state.at[e] = FREE;
    each_set(s, e, i) s->left.at[*i]++;
}

static void count_degrees(struct search *s)
{
    for (uint32_t i = 0; i < s->opened; i++)
        each_element(s, s->open.at[i], e) s->degree.at[*e] = 0;
    for (uint32_t i = 0; i < s->opened; i++)
        each_element(s, s->open.at[i], e) s->degree.at[*e]++;
}

/* Open sets in the order of how few elements they have left: a counting sort into s->bucket. */
static void sort_open(struct search *s)
{
    enum { LONGEST = 32 };
    uint32_t starts[LONGEST + 2] = {0};
    for (uint32_t i = 0; i < s->opened; i++) {
        uint32_t left = s->left.at[s->open.at[i]];
        starts[(left < LONGEST ? left : LONGEST) + 1]++;
    }
    for (uint32_t i = 0; i <= LONGEST; i++)
        starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < s->opened; i++) {
        uint32_t set = s->open.at[i], left = s->left.at[set];
        s->bucket.at[starts[left < LONGEST ? left : LONGEST]++] = set;
    }
}

/* How much more one set can be given, by what its elements have left. */
static uint32_t slack_of(const struct search *s, uint32_t set)
{
    uint32_t least = WHOLE;
    each_element(s, set, e)
    {
        if (s->state.at[*e] == FREE && s->slack.at[*e] < least)
            least = s->slack.at[*e];
    }
    return least;
}

static void give(struct search *s, uint32_t set, uint32_t amount)
{
    each_element(s, set, e)
    {
        s->slack.at[*e] -= amount;
    }
}

static void fill_slack(struct search *s)
{
    for (uint32_t i = 0; i < s->opened; i++)
        each_element(s, s->open.at[i], e)
        {
            s->slack.at[*e] = WHOLE;
        }
}

/* Gives each set, narrowest first, all that its elements have left: a greedy packing where nothing was given before. */
static uint64_t ascend(struct search *s)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < s->opened; i++) {
        uint32_t amount = slack_of(s, s->bucket.at[i]);
        if (amount)
            give(s, s->bucket.at[i], amount);
        sum += amount;
    }
    return sum;
}

/* Gives each set one over the largest degree of its elements. */
static uint64_t give_evenly(struct search *s)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < s->opened; i++) {
        uint32_t set = s->open.at[i], most = 1;
        each_element(s, set, e)
        {
            if (s->state.at[*e] == FREE && s->degree.at[*e] > most)
                most = s->degree.at[*e];
        }
        give(s, set, WHOLE / most);
        sum += WHOLE / most;
    }
    return sum;
}

static uint32_t whole(uint64_t sum)
{
    return (uint32_t)((sum + WHOLE - 1) / WHOLE);
}

/* A lower bound for the open sets; stops at the first that shows more than `enough`. */
static uint32_t bound(struct search *s, uint32_t enough)
{
    count_degrees(s);
    sort_open(s);
    fill_slack(s);
    *s->work -= 16 * (int64_t)s->opened + 16;
    uint32_t packed = whole(ascend(s));
    if (packed > enough)
        return packed;
    fill_slack(s);
    uint64_t even = give_evenly(s);
    uint32_t fractional = whole(even + ascend(s));
    return packed > fractional ? packed : fractional;
}

/* The open set with the fewest elements left; of these the one whose elements touch most. */
static uint32_t narrowest(const struct search *s)
{
    uint32_t best = s->open.at[0];
    uint64_t best_touch = 0;
    for (uint32_t i = 0; i < s->opened; i++) {
        uint32_t set = s->open.at[i];
        if (s->left.at[set] > s->left.at[best])
            continue;
        uint64_t touch = 0;
        each_element(s, set, e) if (s->state.at[*e] == FREE) touch += s->degree.at[*e];
        if (s->left.at[set] < s->left.at[best] || touch > best_touch) {
            best = set;
            best_touch = touch;
        }
    }
    return best;
}

/* Does `other` touch every open set that `e` touches? Sets of an element ascend. */
static bool covered_by(struct search *s, uint32_t e, uint32_t other)
{
    const uint32_t *at = s->k->element_sets.at + s->k->element_at.at[other];
    const uint32_t *end = s->k->element_sets.at + s->k->element_at.at[other + 1];
    each_set(s, e, i)
    {
        if (s->place.at[*i] >= s->opened)
            continue;
        while (at < end && *at < *i)
            at++;
        if (at == end || *at != *i)
            return false;
    }
    return true;
}

/* Pushes the free elements of a set to s->tried, most open sets first. */
static size_t candidates(struct search *s, uint32_t set)
{
    size_t start = s->tried.count;
    each_element(s, set, e)
    {
        if (s->state.at[*e] != FREE)
            continue;
        vector_push(&s->tried, *e);
        for (size_t j = s->tried.count - 1; j > start; j--) {
            uint32_t *two = s->tried.at + j - 1;
            if (s->degree.at[two[0]] >= s->degree.at[two[1]])
                break;
            uint32_t swap = two[0];
            two[0] = two[1];
            two[1] = swap;
        }
    }
    return start;
}

/* Drops candidates that an earlier one, which touches no fewer, makes needless. */
static void drop_covered(struct search *s, size_t start)
{
    size_t kept = start;
    for (size_t i = start; i < s->tried.count; i++) {
        uint32_t e = s->tried.at[i];
        bool needed = true;
        for (size_t j = start; needed && j < kept; j++)
            needed = !covered_by(s, e, s->tried.at[j]);
        *s->work -= (int64_t)(kept - start) * 8;
        if (needed)
            s->tried.at[kept++] = e;
    }
    s->tried.count = kept;
}

static enum answer descend(struct search *s, uint32_t k)
{
    if (!s->opened)
        return YES;
    if (*s->work < 0)
        return CUT;
    if (!k || bound(s, k) > k)
        return NO;
    size_t start = candidates(s, narrowest(s));
    drop_covered(s, start);
    size_t end = s->tried.count, next = start;
    uint32_t opened = s->opened;
    enum answer answer = NO;
    bool fine = true;
    while (answer == NO && fine && next < end) {
        uint32_t e = s->tried.at[next++];
        choose(s, e);
        answer = descend(s, k - 1);
        if (answer == YES)
            return YES;
        unchoose(s, opened);
        fine = forbid(s, e);
    }
    while (next > start)
        allow(s, s->tried.at[--next]);
    s->tried.count = start;
    return answer;
}

static void record(struct search *s)
{
    s->best.count = 0;
    for (size_t i = 0; i < s->trail.count; i++)
        vector_push(&s->best, s->trail.at[i]);
}

/* The element that touches most open sets; where there are many of these, of one set's elements the one that
 * touches most sets at all, so that a large part costs little more than its size. */
static uint32_t greediest(struct search *s)
{
    uint32_t best = UINT32_MAX;
    if (s->opened > 4096) {
        each_element(s, s->open.at[0], e) if (best == UINT32_MAX ||
                                              s->k->element_at.at[*e + 1] - s->k->element_at.at[*e] >
                                                  s->k->element_at.at[best + 1] - s->k->element_at.at[best]) best = *e;
        return best;
    }
    count_degrees(s);
    for (uint32_t i = 0; i < s->opened; i++)
        each_element(s, s->open.at[i], e) if (best == UINT32_MAX || s->degree.at[*e] > s->degree.at[best]) best = *e;
    return best;
}

/* Is each set of a chosen element touched by another one? */
static bool needless(const struct search *s, uint32_t chosen)
{
    each_set(s, chosen, i)
    {
        bool other = false;
        each_element(s, *i, e) other |= *e != chosen && s->state.at[*e] == CHOSEN;
        if (!other)
            return false;
    }
    return true;
}

/* A hitting set by taking what touches most, less what proves needless. */
static void greedy(struct search *s, uint32_t sets)
{
    while (s->opened)
        choose(s, greediest(s));
    s->best.count = 0;
    for (size_t i = s->trail.count; i-- > 0;) {
        if (needless(s, s->trail.at[i]))
            s->state.at[s->trail.at[i]] = FREE;
        else
            vector_push(&s->best, s->trail.at[i]);
    }
    while (s->trail.count)
        unchoose(s, sets);
}

static void start(struct search *s, struct kernel *k, const uint32_t *part, uint32_t count, int64_t *work)
{
    s->k = k;
    s->work = work;
    s->open.count = s->trail.count = s->tried.count = s->place.count = s->left.count = s->bucket.count = 0;
    s->state.count = s->degree.count = s->slack.count = 0;
    vector_reserve(&s->place, k->sets);
    vector_reserve(&s->left, k->sets);
    vector_reserve(&s->bucket, count);
    vector_reserve(&s->state, k->elements);
    vector_reserve(&s->degree, k->elements);
    vector_reserve(&s->slack, k->elements);
    for (uint32_t i = 0; i < count; i++) {
        vector_push(&s->open, part[i]);
        s->place.at[part[i]] = i;
        s->left.at[part[i]] = k->set_at.at[part[i] + 1] - k->set_at.at[part[i]];
        each_element(s, part[i], e)
        {
            s->state.at[*e] = FREE;
        }
    }
    s->opened = count;
}

struct interval search_part(struct kernel *k, const uint32_t *part, uint32_t count, uint32_t floor, int64_t *work)
{
    if (!k->search)
        k->search = memory_new(sizeof *k->search);
    struct search *s = k->search;
    start(s, k, part, count, work);
    uint32_t low = bound(s, UINT32_MAX);
    low = low < floor ? floor : low;
    greedy(s, count);
    while (low < s->best.count && low <= DEEPEST) {
        enum answer answer = descend(s, low);
        if (answer == CUT)
            break;
        if (answer == YES) {
            record(s);
            break;
        }
        low++;
    }
    for (size_t i = 0; i < s->best.count; i++)
        vector_push(&k->chosen, k->unit.at[s->best.at[i]]);
    uint32_t high = (uint32_t)s->best.count;
    return (struct interval){low < high ? low : high, high};
}
