/* Smallest hitting sets of small sets: see hitting.h.
 *
 * Reduces as kernel.c does (forced units, sets that hold others, units of one set alone), splits what shares no unit,
 * and branches on the smallest set, forbidding what was tried; bounded by a greedy packing. */
#include "standing/hitting.h"

#include <string.h>

#define MOST_COMPARED 48u /* sets that are compared with each other for being part of one another */

static uint32_t drop_hit(unitset *sets, uint32_t count, unitset hit)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!(sets[i] & hit))
            sets[kept++] = sets[i];
    return kept;
}

static unitset forced_units(const unitset *sets, uint32_t count)
{
    unitset forced = 0;
    for (uint32_t i = 0; i < count; i++)
        if (unitset_is_one(sets[i]))
            forced |= sets[i];
    return forced;
}

/* Leaves out units that one set alone has: another unit of that set will do as well. Sets that have none but
 * such cost one each and go; true where a set was changed or went. */
static bool drop_rare(unitset *sets, uint32_t *count, uint32_t *taken)
{
    unitset once = 0, more = 0;
    bool any = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        more |= once & sets[i];
        once |= sets[i];
    }
    for (uint32_t i = 0; i < *count; i++) {
        unitset left = sets[i] & more;
        any = any || left != sets[i];
        if (left)
            sets[kept++] = left;
    }
    *taken += *count - kept;
    *count = kept;
    return any;
}

static bool drop_wider(unitset *sets, uint32_t *count)
{
    uint32_t kept = 0;
    if (*count > MOST_COMPARED)
        return false;
    for (uint32_t i = 0; i < *count; i++) {
        bool needed = true;
        for (uint32_t j = 0; needed && j < *count; j++)
            needed = j == i || sets[j] & ~sets[i] || (sets[j] == sets[i] && j > i);
        if (needed)
            sets[kept++] = sets[i];
        else
            sets[i] = ~(unitset)0; /* makes nothing needless any more */
    }
    bool any = kept < *count;
    *count = kept;
    return any;
}

/* Sets with no unit in common, as they come. */
static uint32_t packing(const unitset *sets, uint32_t count)
{
    unitset used = 0;
    uint32_t apart = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool fits = !(sets[i] & used);
        apart += fits;
        used |= fits ? sets[i] : 0;
    }
    return apart;
}

/* Moves the sets that hang together with the first one to the front; returns how many they are. */
static uint32_t split(unitset *sets, uint32_t count)
{
    unitset part = sets[0];
    uint32_t in = 1;
    for (bool grew = true; grew;) {
        grew = false;
        for (uint32_t i = in; i < count; i++) {
            if (!(sets[i] & part))
                continue;
            unitset moved = sets[i];
            sets[i] = sets[in];
            sets[in++] = moved;
            part |= moved;
            grew = true;
        }
    }
    return in;
}

/* The smallest of the sets. */
static uint32_t narrowest(const unitset *sets, uint32_t count)
{
    uint32_t best = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t size = unitset_count(sets[i]);
        if (size < least) {
            least = size;
            best = i;
        }
    }
    return best;
}

/* One hanging part: tries each unit of its narrowest set. */
static uint32_t branch(struct hitting *h, const unitset *sets, uint32_t count, uint32_t floor, uint32_t limit)
{
    unitset tried = 0, choice = sets[narrowest(sets, count)];
    size_t mark = h->used;
    if (h->used + count > HITTING_ROOM) {
        h->work = -1;
        return limit;
    }
    unitset *rest = h->room + h->used;
    h->used += count;
    each_unit(choice, u)
    {
        uint32_t left = 0;
        bool open = limit > floor && h->work >= 0;
        for (uint32_t i = 0; open && i < count; i++) {
            if (sets[i] & unitset_of(u))
                continue;
            rest[left] = sets[i] & ~tried;
            open = rest[left++] != 0;
        }
        if (open) {
            uint32_t found = 1 + hitting_fewest(h, rest, left, floor ? floor - 1 : 0, limit - 1);
            limit = found < limit ? found : limit;
        }
        tried |= unitset_of(u);
    }
    h->used = mark;
    return limit;
}

/* Does one unit touch them all? */
static bool share_one(const unitset *sets, uint32_t count)
{
    unitset all = ~(unitset)0;
    for (uint32_t i = 0; i < count; i++)
        all &= sets[i];
    return all != 0;
}

/* A part that nothing can be left out of any more. */
static uint32_t fewest_of_part(struct hitting *h, const unitset *sets, uint32_t count, uint32_t floor, uint32_t limit)
{
    if (share_one(sets, count))
        return limit < 1 ? limit : 1;
    uint32_t least = packing(sets, count);
    least = least < 2 ? 2 : least;
    least = least < floor ? floor : least;
    return least >= limit ? limit : branch(h, sets, count, least, limit);
}

uint32_t hitting_fewest(struct hitting *h, unitset *sets, uint32_t count, uint32_t floor, uint32_t limit)
{
    uint32_t taken = 0;
    for (bool again = true; again && count;) {
        h->work -= count;
        unitset forced = forced_units(sets, count);
        taken += unitset_count(forced);
        count = forced ? drop_hit(sets, count, forced) : count;
        again = drop_rare(sets, &count, &taken);
        again = drop_wider(sets, &count) || again;
    }
    while (count && taken < limit && h->work >= 0) {
        uint32_t part = split(sets, count);
        bool last = part == count;
        uint32_t rest = last ? 0 : packing(sets + part, count - part);
        if (taken + rest >= limit)
            return limit;
        uint32_t least = last && floor > taken ? floor - taken : 0;
        taken += fewest_of_part(h, sets, part, least, limit - taken - rest);
        sets += part;
        count -= part;
    }
    return taken < limit ? taken : limit;
}
