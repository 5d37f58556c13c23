/* Names to numbers: see names.h. The hash is a multiply-and-fold over eight-byte words. */
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
    return n->slots[seek(n, id, key_of(id))].number - 1;
}

static inline uint32_t home(const struct names *n, const struct names_slot *slot)
{
    return (uint32_t)(place_of(slot->key, slot->length) >> 32) & n->mask;
}

void names_prefetch(const struct names *n, struct text id)
{
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

uint32_t names_intern(struct names *n, struct text id)
{
    assert(id.length <= LONGEST);
    uint64_t key = key_of(id);
    uint32_t i = seek(n, id, key);
    if (n->slots[i].number)
        return n->slots[i].number - 1;
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
    n->slots[i] = (struct names_slot){key, ++n->count, (uint32_t)id.length};
    if (n->count > n->mask / 2)
        double_slots(n);
    return n->count - 1;
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

void names_cut(struct names *n, uint32_t count)
{
    while (n->count > count) {
        struct text id = names_text(n, n->count - 1);
        vacate(n, seek(n, id, key_of(id)));
        n->pooled = n->spans[--n->count] >> 8;
    }
}
