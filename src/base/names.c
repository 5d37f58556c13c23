/* Names to numbers: see names.h. The hash is a multiply-and-fold over eight-byte words.
 *
 * Ids that end in a number, as those of a large case do, are also counted in series by what stands before it: v1,
 * v2, … A series is an array by that number, a tenth of a hash table's size, so that it stays in the processor's
 * cache. An id is in its series or in the table, never in both; which of them does not show. */
#include "base/names.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>

#define LONGEST 255u

struct names_slot {
    uint64_t key;    /* the bytes of a short id, or the hash of a long one */
    uint32_t number; /* number + 1; 0: free */
    uint32_t length;
};

static uint64_t secret[2];

static uint64_t fold(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Two loads that overlap, for the lengths that have room for them: a copy of unknown length is a call. */
static inline uint64_t short_key(struct text id)
{
    uint32_t first, last;
    if (id.length >= 4) {
        memcpy(&first, id.at, 4);
        memcpy(&last, id.at + id.length - 4, 4);
        return first | (uint64_t)last << (8 * (id.length - 4));
    }
    uint64_t word = 0;
    for (size_t i = 0; i < id.length; i++)
        word |= (uint64_t)(unsigned char)id.at[i] << (8 * i);
    return word;
}

static uint64_t long_key(struct text id)
{
    uint64_t sum = secret[1], word;
    const char *at = id.at;
    size_t left = id.length;
    for (; left > 8; at += 8, left -= 8) {
        memcpy(&word, at, 8);
        sum = fold(sum ^ word, secret[0]);
    }
    word = 0;
    memcpy(&word, at, left);
    return fold(sum ^ word, secret[0] ^ id.length);
}

static inline uint64_t key_of(struct text id)
{
    return id.length <= 8 ? short_key(id) : long_key(id);
}

static inline uint64_t place_of(uint64_t key, size_t length)
{
    return fold(key ^ secret[1], secret[0] + (length << 1));
}

/* --- series --- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Where an id would be in a series: `index` counts all strings of digits, the shorter first. */
struct spot {
    uint64_t head;
    uint32_t head_length, index;
};

/* The value of eight digits, each a byte, the first in the lowest. */
static inline uint32_t value_of(uint64_t digits)
{
    digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000ffff0000ffff);
    return (uint32_t)(digits * 10000 + (digits >> 32));
}

/* False where an id ends in no digit, or has too long a head. */
static inline bool find_spot(struct text id, struct spot *spot)
{
    static const uint32_t shorter[] = {0, 1, 11, 111, 1111, 11111, 111111, 1111111, 11111111};
    uint64_t tail;
    if (id.length == 0 || id.length > 16)
        return false;
    if (id.length <= 8)
        tail = short_key(id) << 8 * (8 - id.length);
    else
        memcpy(&tail, id.at + id.length - 8, 8);
    tail ^= EACH(0x30);
    uint64_t others = (((tail & EACH(0x7f)) + EACH(0x7f - 9)) | tail) & EACH(0x80);
    uint32_t digits = others ? (uint32_t)__builtin_clzll(others) / 8 : 8;
    spot->head_length = (uint32_t)id.length - digits;
    if (digits == 0 || spot->head_length > 8)
        return false;
    spot->head = short_key((struct text){id.at, spot->head_length});
    spot->index = shorter[digits] + value_of(tail >> 8 * (8 - digits) << 8 * (8 - digits));
    return true;
}

static inline struct names_series *find_series(struct names *n, const struct spot *spot)
{
    for (uint32_t i = 0; i < n->series_count; i++)
        if (n->series[i].head == spot->head && n->series[i].head_length == spot->head_length)
            return &n->series[i];
    return NULL;
}

/* The number + 1 of an id that is in its series, or 0. */
static inline uint32_t in_series(const struct names *n, struct text id)
{
    struct spot spot;
    if (!find_spot(id, &spot))
        return 0;
    const struct names_series *s = find_series((struct names *)n, &spot);
    return s && spot.index < s->room ? s->numbers[spot.index] : 0;
}

static void grow_series(struct names_series *s, uint32_t index)
{
    uint32_t room = index + index / 2 + 64;
    s->numbers = memory_resize(s->numbers, room, sizeof *s->numbers);
    memset(s->numbers + s->room, 0, (room - s->room) * sizeof *s->numbers);
    s->room = room;
}

/* Where a new id's number goes if it goes into a series; NULL: into the table. An array is never much longer than
 * the ids of its series, in it and not, are many. */
static uint32_t *series_place(struct names *n, struct text id)
{
    struct spot spot;
    if (!find_spot(id, &spot))
        return NULL;
    struct names_series *s = find_series(n, &spot);
    if (!s && n->series_count == NAMES_SERIES)
        return NULL;
    if (!s) {
        s = &n->series[n->series_count++];
        *s = (struct names_series){.head = spot.head, .head_length = spot.head_length};
    }
    s->met++;
    if (spot.index >= s->room) {
        if (spot.index / 4 > s->met + 256)
            return NULL;
        grow_series(s, spot.index);
    }
    return &s->numbers[spot.index];
}

/* --- the table --- */

void names_init(struct names *n)
{
    if (!secret[0]) {
        if (getrandom(secret, sizeof secret, 0) != (ssize_t)sizeof secret)
            abort();
        secret[0] |= 1;
    }
    *n = (struct names){.mask = 63};
    n->slots = memory_array(n->mask + 1, sizeof *n->slots);
}

void names_release(struct names *n)
{
    for (uint32_t i = 0; i < n->series_count; i++)
        free(n->series[i].numbers);
    free(n->slots);
    free(n->spans);
    free(n->pool);
    *n = (struct names){0};
}

static inline uint32_t seek(const struct names *n, struct text id, uint64_t key)
{
    uint32_t i = (uint32_t)(place_of(key, id.length) >> 32) & n->mask;
    for (;; i = (i + 1) & n->mask) {
        const struct names_slot *slot = &n->slots[i];
        if (!slot->number)
            return i;
        if (slot->key == key && slot->length == id.length &&
            (id.length <= 8 || memcmp(names_text(n, slot->number - 1).at, id.at, id.length) == 0))
            return i;
    }
}

uint32_t names_find(const struct names *n, struct text id)
{
    if (id.length > LONGEST)
        return NAMES_NONE;
    uint32_t number = in_series(n, id);
    return number ? number - 1 : n->slots[seek(n, id, key_of(id))].number - 1;
}

static inline uint32_t home(const struct names *n, const struct names_slot *slot)
{
    return (uint32_t)(place_of(slot->key, slot->length) >> 32) & n->mask;
}

void names_prefetch(const struct names *n, struct text id)
{
    struct spot spot;
    const struct names_series *s = find_spot(id, &spot) ? find_series((struct names *)n, &spot) : NULL;
    if (s && spot.index < s->room)
        __builtin_prefetch(&s->numbers[spot.index]);
    else if (n->hashed)
        __builtin_prefetch(&n->slots[(uint32_t)(place_of(key_of(id), id.length) >> 32) & n->mask]);
}

/* Walking the old slots in order fills the new ones in two runs, each in order too. */
static void double_slots(struct names *n)
{
    struct names_slot *old = n->slots;
    uint32_t old_mask = n->mask;
    n->mask = old_mask * 2 + 1;
    n->slots = memory_array((size_t)n->mask + 1, sizeof *n->slots);
    for (uint32_t i = 0; i <= old_mask; i++) {
        if (!old[i].number)
            continue;
        uint32_t at = home(n, &old[i]);
        while (n->slots[at].number)
            at = (at + 1) & n->mask;
        n->slots[at] = old[i];
    }
    free(old);
}

/* Keeps the text of a new id; returns its number. */
static uint32_t keep_text(struct names *n, struct text id)
{
    if (n->count == n->room) {
        n->room = n->room + n->room / 2 + 64;
        n->spans = memory_resize(n->spans, n->room, sizeof *n->spans);
    }
    if (n->pool_room - n->pooled < id.length) {
        n->pool_room = n->pool_room + n->pool_room / 2 + 4096;
        n->pool = memory_resize(n->pool, n->pool_room, 1);
    }
    if (id.length)
        memcpy(n->pool + n->pooled, id.at, id.length);
    n->spans[n->count] = (uint64_t)n->pooled << 8 | id.length;
    n->pooled += id.length;
    return n->count++;
}

static uint32_t add(struct names *n, struct text id, uint64_t key, uint32_t slot)
{
    uint32_t number = keep_text(n, id), *place = series_place(n, id);
    if (place) {
        *place = number + 1;
        return number;
    }
    n->slots[slot] = (struct names_slot){key, number + 1, (uint32_t)id.length};
    if (++n->hashed > n->mask / 2)
        double_slots(n);
    return number;
}

uint32_t names_intern(struct names *n, struct text id)
{
    assert(id.length <= LONGEST);
    uint32_t number = in_series(n, id);
    if (number)
        return number - 1;
    uint64_t key = key_of(id);
    uint32_t i = seek(n, id, key);
    return n->slots[i].number ? n->slots[i].number - 1 : add(n, id, key, i);
}

/* Frees a slot and moves up those behind it that probed past it. */
static void vacate(struct names *n, uint32_t hole)
{
    for (uint32_t i = (hole + 1) & n->mask; n->slots[i].number; i = (i + 1) & n->mask) {
        uint32_t past_home = (i - home(n, &n->slots[i])) & n->mask, past_hole = (i - hole) & n->mask;
        if (past_home < past_hole)
            continue;
        n->slots[hole] = n->slots[i];
        hole = i;
    }
    n->slots[hole].number = 0;
}

/* Takes the newest id out of its series, or else returns false. */
static bool leave_series(struct names *n, struct text id)
{
    struct spot spot;
    struct names_series *s = find_spot(id, &spot) ? find_series(n, &spot) : NULL;
    if (!s)
        return false;
    s->met--;
    if (spot.index >= s->room || s->numbers[spot.index] != n->count)
        return false;
    s->numbers[spot.index] = 0;
    return true;
}

void names_cut(struct names *n, uint32_t count)
{
    while (n->count > count) {
        struct text id = names_text(n, n->count - 1);
        if (!leave_series(n, id)) {
            vacate(n, seek(n, id, key_of(id)));
            n->hashed--;
        }
        n->pooled = n->spans[--n->count] >> 8;
    }
}
