/* A family: some lines, written out one behind the other in one run of words.
 *
 * Each line is a header (its length shifted by one, plus 1 where it is firm) and its voices,
 * ascending. A family that is an antichain holds no line that another makes needless: A makes B
 * needless where A is part of B and A is firm or B is bare. */
#ifndef STANDING_FAMILY_H
#define STANDING_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A family at rest. */
struct family {
    uint32_t count, words;
    uint32_t at[];
};

/* A family being made. A zeroed one is empty. */
struct lines {
    uint32_t *at;
    size_t words, room;
    uint32_t count, firm; /* lines; of these firm ones */
};

static inline uint32_t line_length(uint32_t header)
{
    return header >> 1;
}

static inline bool line_firm(uint32_t header)
{
    return header & 1;
}

void lines_release(struct lines *l);
void lines_clear(struct lines *l);

/* Adds a line of `count` ascending voices. */
void lines_add(struct lines *l, const uint32_t *voices, uint32_t count, bool firm);

/* Adds the union of two lines' voices. */
void lines_add_union(struct lines *l, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                     bool firm);

/* Takes out needless lines and sorts what is left by length, then voices, so that equal families have
 * equal words. O(n²) signature tests in the worst case for n lines; singles are quick. *work is
 * lowered by what it cost. */
void lines_reduce(struct lines *l, int64_t *work);

bool lines_equal(const struct lines *l, const struct family *f);
struct family *family_of(const struct lines *l); /* yours; free() */

/* Is every voice of a (ascending) in b (ascending)? */
bool line_within(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);

#endif
