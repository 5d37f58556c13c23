/* Minimum hitting sets: see cover.h. Forcing and the short ways out are here, the kernel in
 * kernel.c, the search in search.c. */
#include "standing/cover.h"

#include "standing/hitting.h"
#include "standing/kernel.h"

#include <assert.h>
#include <string.h>

enum { BIT_SETS = 512, BIT_SLOTS_LOG = 9, BIT_SLOTS = 1 << BIT_SLOTS_LOG, BIT_WORK = 20000 };

/* Sets that fit into machine words. */
struct bits {
    uint32_t unit[BIT_SLOTS]; /* UINT32_MAX: none */
    uint8_t bit[BIT_SLOTS];
    uint32_t count;
    unitset set[BIT_SETS];
};

struct cover {
    VECTOR(uint32_t) sets; /* each a count and its units */
    uint32_t count, highest;
    uint32_t epoch;
    uint32_t *stamp; /* by unit: the epoch in which it was forced */
    size_t stamps;
    VECTOR(uint32_t) chosen;
    struct kernel kernel;
    struct bits bits;
    struct hitting hitting;
};

struct cover *cover_new(void)
{
    return memory_new(sizeof(struct cover));
}

void cover_free(struct cover *c)
{
    if (!c)
        return;
    vector_release(&c->sets);
    vector_release(&c->chosen);
    kernel_release(&c->kernel);
    free(c->stamp);
    free(c);
}

void cover_begin(struct cover *c)
{
    c->sets.count = c->chosen.count = 0;
    vector_reserve(&c->sets, 1); /* walks over no sets begin somewhere too */
    c->count = c->highest = 0;
}

void cover_set(struct cover *c, const uint32_t *units, uint32_t count)
{
    assert(count);
    vector_reserve(&c->sets, (size_t)count + 1);
    uint32_t *to = c->sets.at + c->sets.count;
    *to++ = count;
    for (uint32_t i = 0; i < count; i++) {
        *to++ = units[i];
        c->highest = units[i] > c->highest ? units[i] : c->highest;
    }
    c->sets.count += (size_t)count + 1;
    c->count++;
}

static void new_epoch(struct cover *c)
{
    if (c->stamps <= c->highest) {
        size_t next = (size_t)c->highest + c->highest / 8 + 64;
        c->stamp = memory_resize(c->stamp, next, sizeof *c->stamp);
        memset(c->stamp + c->stamps, 0, (next - c->stamps) * sizeof *c->stamp);
        c->stamps = next;
    }
    if (++c->epoch == 0) {
        memset(c->stamp, 0, c->stamps * sizeof *c->stamp);
        c->epoch = 1;
    }
}

/* Takes the units of one-unit sets. */
static void force(struct cover *c)
{
    const uint32_t *at = c->sets.at, *end = at + c->sets.count;
    for (; at < end; at += 1 + *at) {
        if (*at != 1 || c->stamp[at[1]] == c->epoch)
            continue;
        c->stamp[at[1]] = c->epoch;
        vector_push(&c->chosen, at[1]);
    }
}

static bool touched(const struct cover *c, const uint32_t *set)
{
    for (uint32_t i = 1; i <= *set; i++)
        if (c->stamp[set[i]] == c->epoch)
            return true;
    return false;
}

/* Keeps the sets that no forced unit touches. */
static void drop_touched(struct cover *c)
{
    const uint32_t *at = c->sets.at, *end = at + c->sets.count;
    uint32_t *to = c->sets.at;
    c->count = 0;
    while (at < end) {
        uint32_t words = 1 + *at;
        if (!touched(c, at)) {
            memmove(to, at, words * sizeof *to);
            to += words;
            c->count++;
        }
        at += words;
    }
    c->sets.count = (size_t)(to - c->sets.at);
}

/* No unit twice: then each set needs one of its own. Marks the units with a stamp of their own. */
static bool all_apart(struct cover *c)
{
    const uint32_t *at = c->sets.at, *end = at + c->sets.count;
    new_epoch(c);
    for (; at < end; at += 1 + *at) {
        for (uint32_t i = 1; i <= *at; i++)
            if (c->stamp[at[i]] == c->epoch)
                return false;
        for (uint32_t i = 1; i <= *at; i++)
            c->stamp[at[i]] = c->epoch;
    }
    return true;
}

/* Takes one unit of each set. */
static void take_firsts(struct cover *c)
{
    const uint32_t *at = c->sets.at, *end = at + c->sets.count;
    for (; at < end; at += 1 + *at)
        vector_push(&c->chosen, at[1]);
}

/* Takes a unit that two sets, which are not apart, have in common. */
static void take_common(struct cover *c)
{
    const uint32_t *one = c->sets.at, *other = one + 1 + *one;
    for (uint32_t i = 1; i <= *one; i++)
        for (uint32_t j = 1; j <= *other; j++)
            if (one[i] == other[j]) {
                vector_push(&c->chosen, one[i]);
                return;
            }
}

/* The easy part: takes what is forced, and all where that leaves nothing to choose. True where it is the answer. */
static bool solve_plainly(struct cover *c)
{
    if (c->count > 1) {
        new_epoch(c);
        force(c);
        if (c->chosen.count)
            drop_touched(c);
    }
    if (c->count <= 1 || all_apart(c)) {
        take_firsts(c);
        return true;
    }
    if (c->count > 2)
        return false;
    take_common(c);
    return true;
}

static struct interval exactly(size_t size)
{
    return (struct interval){(uint32_t)size, (uint32_t)size};
}

struct interval cover_solve(struct cover *c, uint32_t floor, int64_t *work)
{
    *work -= (int64_t)c->sets.count;
    if (solve_plainly(c))
        return exactly(c->chosen.count);
    uint32_t forced = (uint32_t)c->chosen.count;
    kernel_load(&c->kernel, c->sets.at, c->count, c->highest);
    struct interval rest = kernel_solve(&c->kernel, floor > forced ? floor - forced : 0, work);
    for (size_t i = 0; i < c->kernel.chosen.count; i++)
        vector_push(&c->chosen, c->kernel.chosen.at[i]);
    return (struct interval){forced + rest.low, forced + rest.high};
}

/* A unit's bit, a new one where it had none: open addressing. */
static uint32_t bit_of(struct bits *b, uint32_t unit)
{
    uint32_t at = unit * UINT32_C(2654435769) >> (32 - BIT_SLOTS_LOG);
    while (b->unit[at] != unit && b->unit[at] != UINT32_MAX)
        at = (at + 1) % BIT_SLOTS;
    if (b->unit[at] == UINT32_MAX) {
        b->unit[at] = unit;
        b->bit[at] = (uint8_t)b->count++;
    }
    return b->bit[at];
}

/* The sets in bits; false where there are too many units for that. */
static bool read_bits(struct cover *c)
{
    struct bits *b = &c->bits;
    const uint32_t *at = c->sets.at, *end = at + c->sets.count;
    memset(b->unit, 0xff, sizeof b->unit);
    b->count = 0;
    if (c->count > BIT_SETS)
        return false;
    for (unitset *to = b->set; at < end; at += 1 + *at) {
        *to = 0;
        if (b->count + *at > UNITSET_MOST)
            return false;
        for (uint32_t i = 1; i <= *at; i++)
            *to |= unitset_of(bit_of(b, at[i]));
        to++;
    }
    return true;
}

struct interval cover_size(struct cover *c, int64_t *work)
{
    if (solve_plainly(c))
        return exactly(c->chosen.count);
    if (read_bits(c)) {
        c->hitting.used = 0;
        c->hitting.work = BIT_WORK;
        uint32_t size = hitting_fewest(&c->hitting, c->bits.set, c->count, 0, UINT32_MAX);
        if (c->hitting.work >= 0)
            return exactly(c->chosen.count + size);
    }
    uint32_t forced = (uint32_t)c->chosen.count;
    kernel_load(&c->kernel, c->sets.at, c->count, c->highest);
    struct interval rest = kernel_solve(&c->kernel, 0, work);
    return (struct interval){forced + rest.low, forced + rest.high};
}

const uint32_t *cover_chosen(const struct cover *c, uint32_t *count)
{
    *count = (uint32_t)c->chosen.count;
    return c->chosen.at;
}
