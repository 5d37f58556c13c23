/* Lines written out: see lines.h. */
#include "standing/lines.h"

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

/* A firm line of one voice that is not let alone. */
static bool is_lone(const uint32_t *line, const unsigned char *marks, unsigned mask)
{
    return *line == (1 << 1 | 1) && !(marks[line[1]] & mask);
}

static bool has_lone(const uint32_t *line, const uint32_t *stamp, uint32_t round)
{
    for (uint32_t i = 1; i <= line_length(*line); i++)
        if (stamp[line[i]] == round || stamp[line[i]] == round + 1)
            return true;
    return false;
}

/* Keeps the first line of a lone voice, whose stamp then says that it is kept. */
static bool keep_lone(const uint32_t *line, uint32_t *stamp, uint32_t round)
{
    bool first = stamp[line[1]] == round;
    stamp[line[1]] = round + 1;
    return first;
}

void lines_squeeze(struct lines *l, const unsigned char *marks, unsigned mask, uint32_t *stamp, uint32_t round)
{
    const uint32_t *at = l->at, *end = l->at + l->words;
    uint32_t *to = l->at;
    for (; at < end; at += 1 + line_length(*at))
        if (is_lone(at, marks, mask))
            stamp[at[1]] = round;
    l->count = l->firm = 0;
    for (at = l->at; at < end;) {
        uint32_t words = 1 + line_length(*at), header = *at;
        bool kept = is_lone(at, marks, mask) ? keep_lone(at, stamp, round) : !has_lone(at, stamp, round);
        if (kept) {
            memmove(to, at, words * sizeof *to);
            to += words;
            l->count++;
            l->firm += header & 1;
        }
        at += words;
    }
    l->words = (size_t)(to - l->at);
}

/* A line on its way through reduction: `sign` has a bit for each voice, so that a part's bits are
 * among the whole's. */
struct entry {
    const uint32_t *voices;
    uint64_t sign;
    uint32_t count;
    bool firm;
};

/* Shorter lines first, and of these the firm: whatever makes a line needless comes before it. Then by voices, so
 * that the order is the same wherever the lines came from. */
static int by_rank(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    if (a->firm != b->firm)
        return a->firm ? -1 : 1;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->voices[i] != b->voices[i])
            return a->voices[i] < b->voices[i] ? -1 : 1;
    return 0;
}

static bool makes_needless(const struct entry *a, const struct entry *b)
{
    return !(a->sign & ~b->sign) && (a->firm || !b->firm) && line_within(a->voices, a->count, b->voices, b->count);
}

static struct entry *listed(const struct lines *l)
{
    struct entry *all = memory_array(l->count, sizeof *all);
    const uint32_t *at = l->at;
    for (uint32_t i = 0; i < l->count; i++, at += 1 + line_length(*at)) {
        all[i] = (struct entry){at + 1, 0, line_length(*at), line_firm(*at)};
        for (uint32_t j = 0; j < all[i].count; j++)
            all[i].sign |= UINT64_C(1) << (at[1 + j] * UINT32_C(2654435769) >> 26);
    }
    qsort(all, l->count, sizeof *all, by_rank);
    return all;
}

void lines_reduce(struct lines *l)
{
    if (l->count < 2)
        return;
    struct entry *all = listed(l);
    struct lines next = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        bool needed = true;
        for (uint32_t j = 0; needed && j < kept; j++)
            needed = !makes_needless(&all[j], &all[i]);
        if (!needed)
            continue;
        all[kept++] = all[i];
        lines_add(&next, all[i].voices, all[i].count, all[i].firm);
    }
    free(all);
    free(l->at);
    *l = next;
}
