/* Names that are nearly the same: see twins.h. */
#include "ops/twins.h"

#include "base/vector.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

enum { LEAST_NEAR = 5, MOST_LETTERS = 64, COMPARED = 8 };

struct name {
    uint32_t owner, tag, first, length; /* letters */
};

struct clue {
    uint64_t hash;
    uint32_t name;
};

struct pair {
    uint32_t a, b;
    bool equal;
};

struct twins {
    VECTOR(UChar32) letters; /* those of all names, without case, accents and punctuation */
    VECTOR(struct name) names;
    VECTOR(struct clue) clues;
    VECTOR(struct pair) pairs;
};

struct twins *twins_new(void)
{
    return memory_new(sizeof(struct twins));
}

void twins_free(struct twins *t)
{
    if (!t)
        return;
    vector_release(&t->letters);
    vector_release(&t->names);
    vector_release(&t->clues);
    vector_release(&t->pairs);
    free(t);
}

static void add_letter(struct twins *t, UChar32 c)
{
    if (u_isalnum(c))
        vector_push(&t->letters, u_foldCase(c, U_FOLD_CASE_DEFAULT));
}

void twins_add(struct twins *t, struct text name, uint32_t owner, uint32_t tag)
{
    enum { ROOM = 8 * MOST_LETTERS };
    UChar wide[ROOM], parted[4 * ROOM];
    int32_t length = 0, parts;
    UErrorCode status = U_ZERO_ERROR;
    size_t bytes = name.length < ROOM ? name.length : ROOM;
    u_strFromUTF8WithSub(wide, ROOM, &length, name.at, (int32_t)bytes, 0xFFFD, NULL, &status);
    parts = unorm2_normalize(unorm2_getNFKDInstance(&status), wide, length, parted, 4 * ROOM, &status);
    if (U_FAILURE(status))
        return; /* a name that expands beyond all measure has no twin worth naming */
    uint32_t first = (uint32_t)t->letters.count;
    for (int32_t i = 0; i < parts;) {
        UChar32 c;
        U16_NEXT(parted, i, parts, c);
        add_letter(t, c);
    }
    if (t->letters.count > first)
        vector_push(&t->names, (struct name){owner, tag, first, (uint32_t)t->letters.count - first});
}

static uint64_t mix(uint64_t hash, UChar32 c)
{
    hash = (hash ^ (uint64_t)c) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* A clue for the name itself and for each way of leaving one letter out. */
static void add_clues(struct twins *t, uint32_t number)
{
    const struct name *n = &t->names.at[number];
    const UChar32 *letters = t->letters.at + n->first;
    uint32_t ways = n->length >= LEAST_NEAR && n->length <= MOST_LETTERS ? n->length + 1 : 1;
    for (uint32_t left_out = 0; left_out < ways; left_out++) {
        uint64_t hash = 1;
        for (uint32_t i = 0; i < n->length; i++)
            if (i + 1 != left_out)
                hash = mix(hash, letters[i]);
        vector_push(&t->clues, (struct clue){hash, number});
    }
}

static int by_hash(const void *a, const void *b)
{
    const struct clue *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

static int by_place(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Equal (0), one letter apart (1), or further (2). */
static int apart(const UChar32 *a, uint32_t a_length, const UChar32 *b, uint32_t b_length)
{
    while (a_length && b_length && *a == *b) {
        a++;
        b++;
        a_length--;
        b_length--;
    }
    while (a_length && b_length && a[a_length - 1] == b[b_length - 1]) {
        a_length--;
        b_length--;
    }
    for (uint32_t i = 0; i < a_length; i++)
        if (u_isdigit(a[i]))
            return 2;
    for (uint32_t i = 0; i < b_length; i++)
        if (u_isdigit(b[i]))
            return 2;
    if (a_length == 0 && b_length == 0)
        return 0;
    if (a_length <= 1 && b_length <= 1)
        return 1;
    return a_length == 2 && b_length == 2 && a[0] == b[1] && a[1] == b[0] ? 1 : 2;
}

static void compare(struct twins *t, uint32_t a, uint32_t b)
{
    const struct name *x = &t->names.at[a], *y = &t->names.at[b];
    if (x->owner == y->owner)
        return;
    int distance = apart(t->letters.at + x->first, x->length, t->letters.at + y->first, y->length);
    if (distance < 2)
        vector_push(&t->pairs, (struct pair){a, b, distance == 0});
}

void twins_find(struct twins *t, void (*each)(void *context, struct twin a, struct twin b, bool equal), void *context)
{
    t->clues.count = t->pairs.count = 0;
    for (uint32_t i = 0; i < t->names.count; i++)
        add_clues(t, i);
    if (t->clues.count)
        qsort(t->clues.at, t->clues.count, sizeof *t->clues.at, by_hash);
    for (size_t i = 0; i < t->clues.count; i++)
        for (size_t k = i + 1; k < t->clues.count && k <= i + COMPARED && t->clues.at[k].hash == t->clues.at[i].hash;
             k++)
            compare(t, t->clues.at[i].name, t->clues.at[k].name);
    if (t->pairs.count)
        qsort(t->pairs.at, t->pairs.count, sizeof *t->pairs.at, by_place);
    for (size_t i = 0; i < t->pairs.count; i++) {
        const struct pair *p = &t->pairs.at[i];
        if (i && p->a == p[-1].a && p->b == p[-1].b)
            continue;
        const struct name *a = &t->names.at[p->a], *b = &t->names.at[p->b];
        each(context, (struct twin){a->owner, a->tag}, (struct twin){b->owner, b->tag}, p->equal);
    }
}
