/* What is left of a hitting set question once the easy part is taken: sets and elements both ways.
 * Private to cover.c, kernel.c and search.c. */
#ifndef STANDING_KERNEL_H
#define STANDING_KERNEL_H

#include "base/vector.h"
#include "standing/standing.h"

/* Sets and elements as each other's lists, from offsets `set_at[s]` to `set_at[s + 1]`, and so on. */
struct kernel {
    uint32_t sets, elements;
    VECTOR(uint32_t) set_at, set_elements;
    VECTOR(uint32_t) element_at, element_sets;
    VECTOR(uint32_t) unit;   /* element -> the unit it is */
    VECTOR(uint32_t) chosen; /* units */
    VECTOR(unsigned char) set_gone, element_gone;
    VECTOR(uint64_t) sign; /* of a set: a bit for each element */
    uint32_t *local;       /* unit -> element + 1 while loading, else 0 */
    size_t locals;
    VECTOR(uint32_t) mark, part;
    struct search *search;
};

void kernel_release(struct kernel *k);

/* Takes `count` sets, each a count and its units, none above `highest`. */
void kernel_load(struct kernel *k, const uint32_t *sets, uint32_t count, uint32_t highest);

/* Reduces, splits and searches; the units are in k->chosen afterwards. `floor` is a size that is
 * known to be needed. */
struct interval kernel_solve(struct kernel *k, uint32_t floor, int64_t *work);

/* Searches one part, given as the numbers of its sets. Adds what it chooses to k->chosen. */
struct interval search_part(struct kernel *k, const uint32_t *part, uint32_t count, uint32_t floor, int64_t *work);
void search_free(struct search *s);

#endif
