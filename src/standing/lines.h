/* Some lines, written out one behind the other in one run of words.
 *
 * Each line is a header (its length shifted by one, plus 1 where it is firm) and its voices,
 * ascending. A line makes another needless where it is part of it and is firm, or the other bare. */
#ifndef STANDING_LINES_H
#define STANDING_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed one is empty. */
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

/* Takes out what firm lines of one voice make needless: repeats of them, and longer lines with that voice. Voices
 * that have a bit of `mask` in `marks` are let alone. `stamp` has a word for each voice, none of which is
 * `round` or `round` + 1; afterwards the voices of such lines have `round` + 1. Linear. */
void lines_squeeze(struct lines *l, const unsigned char *marks, unsigned mask, uint32_t *stamp, uint32_t round);

/* Takes out needless lines; what is left is in the order of length, the firm before the bare. O(n²) tests
 * of signatures for n lines. */
void lines_reduce(struct lines *l);

/* Is every voice of a (ascending) in b (ascending)? */
bool line_within(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);

#endif
