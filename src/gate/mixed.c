/* Words of two alphabets: see mixed.h. Which letters look alike is letters.h's affair. */
#include "gate/mixed.h"

#include "gate/letters.h"

#include <unicode/utf8.h>

/* Reads the word that starts at `from`; where it ends. `from` where no word starts there. */
static int32_t read_word(struct text t, int32_t from, UChar32 word[LETTERS_MOST], size_t *length)
{
    int32_t at = from, end = from, whole = (int32_t)t.length;
    *length = 0;
    while (at < whole) {
        UChar32 c;
        U8_NEXT(t.at, at, whole, c);
        if (c < 0 || !letter_in_word(c))
            break;
        if (*length < LETTERS_MOST)
            word[(*length)++] = c;
        end = at;
    }
    return end;
}

bool mixed_find(struct text t, size_t *at)
{
    if (t.length > INT32_MAX)
        t.length = INT32_MAX;
    for (int32_t i = 0; i < (int32_t)t.length;) {
        UChar32 word[LETTERS_MOST];
        struct letters letters;
        size_t length;
        bool mixed = false;
        int32_t end = read_word(t, i, word, &length);
        if (length)
            letters_read(word, length, &letters, &mixed);
        if (mixed) {
            *at = (size_t)i;
            return true;
        }
        if (end == i)
            U8_FWD_1(t.at, end, (int32_t)t.length);
        i = end;
    }
    return false;
}
