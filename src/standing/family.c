/* Families of lines: see family.h. */
#include "standing/family.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void lines_release(struct lines *l)
{
    free(l->at);
    *l = (struct lines){0};
}

void lines_clear(struct lines *l)
{
    l->words = l->count = l->firm = 0;
}

static uint32_t *room_for(struct lines *l, size_t more)
{
    if (l->room - l->words < more) {
        l->room = l->room + l->room / 2 + more + 64;
        l->at = memory_resize(l->at, l->room, sizeof *l->at);
    }
    return l->at + l->words;
}

static void finish(struct lines *l, uint32_t *start, uint32_t count, bool firm)
{
    start[0] = count << 1 | firm;
    l->words += 1 + count;
    l->count++;
    l->firm += firm;
}

void lines_add(struct lines *l, const uint32_t *voices, uint32_t count, bool firm)
{
    uint32_t *start = room_for(l, (size_t)count + 1);
    memcpy(start + 1, voices, count * sizeof *voices);
    finish(l, start, count, firm);
}

void lines_add_union(struct lines *l, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                     bool firm)
{
    uint32_t *start = room_for(l, (size_t)a_count + b_count + 1), *to = start + 1;
    const uint32_t *a_end = a + a_count, *b_end = b + b_count;
    while (a < a_end && b < b_end) {
        uint32_t x = *a, y = *b;
        a += x <= y;
        b += y <= x;
        *to++ = x < y ? x : y;
    }
    while (a < a_end)
        *to++ = *a++;
    while (b < b_end)
        *to++ = *b++;
    finish(l, start, (uint32_t)(to - start - 1), firm);
}

bool line_within(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    const uint32_t *a_end = a + a_count, *b_end = b + b_count;
    while (a < a_end) {
        while (b < b_end && *b < *a)
            b++;
        if (b == b_end || *b != *a)
            return false;
        a++, b++;
    }
    return true;
}

/* A line on its way through reduction: `sign` has a bit for each voice, so that a part's bits are
 * among the whole's. */
struct entry {
    const uint32_t *voices;
    uint64_t sign;
    uint32_t count;
    bool firm;
};

static int by_length(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->voices[i] != b->voices[i])
            return a->voices[i] < b->voices[i] ? -1 : 1;
    return b->firm - a->firm;
}

static bool needless(const struct entry *kept, size_t count, const struct entry *e)
{
    for (size_t i = 0; i < count; i++)
        if (!(kept[i].sign & ~e->sign) && (kept[i].firm || !e->firm) &&
            line_within(kept[i].voices, kept[i].count, e->voices, e->count))
            return true;
    return false;
}

void lines_reduce(struct lines *l, int64_t *work)
{
    if (l->count < 2)
        return;
    struct entry few[32], *all = l->count <= 32 ? few : memory_array(l->count, sizeof *all);
    const uint32_t *at = l->at;
    for (uint32_t i = 0; i < l->count; i++) {
        all[i] = (struct entry){at + 1, 0, line_length(*at), line_firm(*at)};
        for (uint32_t j = 0; j < all[i].count; j++)
            all[i].sign |= UINT64_C(1) << (at[1 + j] * UINT32_C(2654435769) >> 26);
        at += 1 + all[i].count;
    }
    qsort(all, l->count, sizeof *all, by_length);
    size_t kept = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        *work -= (int64_t)kept + 1;
        if (!needless(all, kept, &all[i]))
            all[kept++] = all[i];
    }
    struct lines next = {0};
    room_for(&next, l->words);
    for (size_t i = 0; i < kept; i++)
        lines_add(&next, all[i].voices, all[i].count, all[i].firm);
    if (all != few)
        free(all);
    free(l->at);
    *l = next;
}

bool lines_equal(const struct lines *l, const struct family *f)
{
    return f && l->words == f->words && (!l->words || memcmp(l->at, f->at, l->words * sizeof *l->at) == 0);
}

struct family *family_of(const struct lines *l)
{
    struct family *f = memory_new(sizeof *f + l->words * sizeof *l->at);
    f->count = l->count;
    f->words = (uint32_t)l->words;
    if (l->words)
        memcpy(f->at, l->at, l->words * sizeof *l->at);
    return f;
}
