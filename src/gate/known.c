/* The tables of what is known: see known.h. One hash table for all; a word may stand in it several times. */
#include "gate/known.h"

#include "gate/words.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <unicode/utf8.h>

struct group {
    uint8_t kind;
    const char *words;
};

#define GIVEN(words) {KNOWN_GIVEN, words},
#define FAMILY(words) {KNOWN_FAMILY, words},
#define MONTH(words) {KNOWN_MONTH, words},
#define ROLE(words) {KNOWN_ROLE, words},
#define STOP(words) {KNOWN_STOP, words},
#define COMMON(words) {KNOWN_COMMON, words},
static const struct group groups[] = {
#include "gate/known.def"
#include "gate/common.def"
};
#undef GIVEN
#undef FAMILY
#undef ROLE
#undef MONTH
#undef STOP
#undef COMMON

enum { SLOTS = 1 << 15 };

struct slot {
    uint64_t key; /* 0: free */
    uint16_t group;
};

static struct slot slots[SLOTS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void put(uint64_t key, uint16_t group)
{
    size_t i = key % SLOTS;
    while (slots[i].key)
        i = (i + 1) % SLOTS;
    slots[i] = (struct slot){key, group};
}

static uint64_t key_of(const char *word, int32_t length)
{
    UChar32 points[LETTERS_MOST];
    size_t n = 0;
    struct letters read, plain;
    for (int32_t i = 0; i < length && n < LETTERS_MOST;) {
        UChar32 c;
        U8_NEXT(word, i, length, c);
        points[n++] = c;
    }
    letters_read(points, n, &read, NULL);
    letters_plain(&read, &plain);
    return letters_key(&plain);
}

static void fill(void)
{
    size_t count = 0;
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (const char *at = groups[g].words; *at;) {
            size_t length = strcspn(at, " ");
            put(key_of(at, (int32_t)length), (uint16_t)g);
            count++;
            at += length + (at[length] == ' ');
        }
    assert(count < SLOTS / 2);
}

unsigned known_groups(enum known kind, uint64_t key, uint16_t out[KNOWN_MOST])
{
    unsigned count = 0;
    pthread_once(&once, fill);
    for (size_t i = key % SLOTS; slots[i].key; i = (i + 1) % SLOTS)
        if (slots[i].key == key && groups[slots[i].group].kind == kind && count < KNOWN_MOST)
            out[count++] = slots[i].group;
    return count;
}

bool known_is(enum known kind, uint64_t key)
{
    uint16_t ignored[KNOWN_MOST];
    return known_groups(kind, key, ignored) > 0;
}

unsigned known_month(uint64_t key)
{
    uint16_t found[KNOWN_MOST];
    unsigned month = 1;
    if (!known_groups(KNOWN_MONTH, key, found))
        return 0;
    for (unsigned g = found[0]; g > 0 && groups[g - 1].kind == KNOWN_MONTH; g--)
        month++;
    return month;
}
