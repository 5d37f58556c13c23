/* Made-up pages: see pages.h. */
#include "pages.h"

#include <math.h>
#include <stdbool.h>

enum { VOCABULARY = 200000, WORDS = 400 };

static uint64_t mix(uint64_t z)
{
    z = (z + UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A word by its rank: the commoner, the shorter. */
static void add_word(uint32_t rank, bool cyrillic, struct buffer *out)
{
    static const char *const heads[2][16] = {
        {"b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"},
        {"б", "д", "ф", "г", "х", "к", "л", "м", "н", "п", "р", "с", "т", "в", "ст", "тр"}};
    static const char *const tails[2][8] = {{"a", "e", "i", "o", "u", "an", "er", "ol"},
                                            {"а", "е", "и", "о", "у", "ан", "ер", "ол"}};
    uint64_t n = rank;
    do {
        buffer_string(out, heads[cyrillic][n & 15]);
        buffer_string(out, tails[cyrillic][n >> 4 & 7]);
        n >>= 7;
    } while (n);
}

static void add_plants(uint32_t page, bool cyrillic, struct buffer *out)
{
    if (page % 20000 == 777)
        buffer_format(out, " rareword page%u", page);
    if (page % 1000 == 20)
        buffer_string(out, cyrillic ? " Вадим Лесной" : " Vadim Lesnoy");
    if (page % 1000 == 500)
        buffer_string(out, " Вадиму Лесному");
}

void pages_add(uint32_t page, struct buffer *out)
{
    bool cyrillic = page % 20 == 0;
    uint32_t words = WORDS + page % 97;
    uint64_t state = mix(page);
    for (uint32_t i = 0; i < words; i++) {
        state = mix(state);
        double r = (double)(state >> 11) * 0x1p-53;
        add_word((uint32_t)(exp(r * log(VOCABULARY)) - 1), cyrillic, out);
        if (i == words / 2)
            add_plants(page, cyrillic, out);
        buffer_string(out, i % 83 == 82 ? ".\n" : i % 14 == 13 ? "\n" : " ");
    }
}
