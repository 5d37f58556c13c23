/* Smallest hitting sets of sets that fit into two machine words.
 *
 * Nearly every question that a case asks is this small, and then a set operation is two instructions. Larger ones
 * go to cover.h. */
#ifndef STANDING_HITTING_H
#define STANDING_HITTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNITSET_MOST 127u /* so that no set is all ones */
__extension__ typedef unsigned __int128 unitset;

static inline unitset unitset_of(uint32_t unit)
{
    return (unitset)1 << unit;
}

static inline uint32_t unitset_count(unitset s)
{
    return (uint32_t)(__builtin_popcountll((uint64_t)s) + __builtin_popcountll((uint64_t)(s >> 64)));
}

static inline bool unitset_is_one(unitset s)
{
    return !(s & (s - 1));
}

/* The lowest unit of a set that is not empty. */
static inline uint32_t unitset_first(unitset s)
{
    uint64_t low = (uint64_t)s;
    return (uint32_t)(low ? __builtin_ctzll(low) : 64 + __builtin_ctzll((uint64_t)(s >> 64)));
}

#define each_unit(set, u)                                                                                              \
    for (unitset u##_left = (set); u##_left; u##_left &= u##_left - 1)                                                 \
        for (uint32_t u = unitset_first(u##_left), u##_once = 1; u##_once; u##_once = 0)

/* Room for the copies that a search makes on its way down. */
#define HITTING_ROOM 4096u
struct hitting {
    unitset room[HITTING_ROOM];
    size_t used;
    int64_t work; /* steps left, each a few nanoseconds; below 0: what was returned is not to be used */
};

/* The size of a smallest set of units that touches all `count` sets, none of them empty; `limit` where it is that or
 * more. Nothing below `floor` is looked for: it is known that there is none. `sets` is used up. */
uint32_t hitting_fewest(struct hitting *h, unitset *sets, uint32_t count, uint32_t floor, uint32_t limit);

#endif
