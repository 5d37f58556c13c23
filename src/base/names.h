/* Names to numbers: each distinct id gets the next number, from 0.
 *
 * Open addressing, linear probing, at most half full, hashed with a key drawn once a process, so
 * that nobody can choose ids that collide. Ids of up to eight bytes are compared without touching
 * the text. Expected O(1) a look-up; 16 bytes a slot. Ids that differ in a number at their end alone
 * (v1, v2, …) are in arrays by that number instead, as long as these stay well filled: 4 to 24 bytes each. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include "base/text.h"

#include <stdint.h>

#define NAMES_NONE UINT32_MAX

#define NAMES_SERIES 8 /* at most */

/* Ids of one head, by the number behind it. */
struct names_series {
    uint64_t head; /* its bytes */
    uint32_t head_length;
    uint32_t room, met; /* length of the array; ids of this series, wherever they are */
    uint32_t *numbers;  /* number + 1; 0: not here */
};

struct names {
    struct names_slot *slots;
    uint32_t mask, count, room;
    uint32_t hashed; /* ids that are in slots */
    uint32_t series_count;
    struct names_series series[NAMES_SERIES];
    uint64_t *spans; /* by number: offset << 8 | length, into `pool` */
    char *pool;      /* the ids themselves, end to end */
    size_t pooled, pool_room;
};

void names_init(struct names *n);
void names_release(struct names *n);

/* The number of `id` (at most 255 bytes), or NAMES_NONE. */
uint32_t names_find(const struct names *n, struct text id);

/* The number of `id` (at most 255 bytes), a new one (the old count) if it was not there. */
uint32_t names_intern(struct names *n, struct text id);

/* Fetches the place of `id` ahead of a look-up: a large table is slower to reach than to search, and many
 * can be reached at once. */
void names_prefetch(const struct names *n, struct text id);

/* Takes back the newest ids until `count` are left. Expected O(ids taken back). */
void names_cut(struct names *n, uint32_t count);

/* The id of a number; valid until the next intern. */
static inline struct text names_text(const struct names *n, uint32_t number)
{
    return (struct text){n->pool + (n->spans[number] >> 8), n->spans[number] & 255};
}

#endif
