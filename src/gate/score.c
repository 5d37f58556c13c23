/* Scores of pairs of words: see score.h. */
#include "gate/score.h"

#include "gate/align.h"

#include <math.h>
#include <unicode/utf8.h>

/* Each letter of an alphabet in Latin ones, by code from 1. */
static const char *const in_latin[SCRIPT_COUNT][LETTER_EDGE] = {
    [SCRIPT_CYRILLIC] = {NULL, "a",  "b",    "v", "g", "d", "e", "zh", "z",  "i", "y",  "k",
                         "l",  "m",  "n",    "o", "p", "r", "s", "t",  "u",  "f", "kh", "ts",
                         "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya", "yo"},
    [SCRIPT_ARABIC] = {NULL, "a", "b", "t", "th", "j",  "h", "kh", "d", "dh", "r",  "z",  "s", "sh",
                       "s",  "d", "t", "z", "a",  "gh", "f", "q",  "k", "l",  "m",  "n",  "h", "w",
                       "y",  "",  "a", "a", "u",  "i",  "y", "a",  "a", "p",  "ch", "zh", "g", "v"},
    [SCRIPT_HEBREW] = {NULL, "a", "b", "g", "d", "h", "v",  "z", "h", "t",  "y", "k",
                       "l",  "m", "n", "s", "a", "p", "ts", "k", "r", "sh", "t", ""},
};

/* Each Arabic letter in Hebrew, by code from 1. */
static const char *const in_hebrew[] = {"",  "א", "ב", "ת", "ת", "ג", "ח", "ח", "ד", "ד", "ר", "ז", "ס", "ש",
                                        "צ", "צ", "ט", "ט", "ע", "ג", "פ", "ק", "כ", "ל", "מ", "נ", "ה", "ו",
                                        "י", "א", "א", "א", "ו", "א", "י", "ה", "ה", "פ", "צ", "ז", "ג", "ו"};

static void respell(const struct letters *word, const char *const *spellings, enum script to, struct letters *out)
{
    *out = (struct letters){.script = (uint8_t)to};
    for (uint8_t i = 0; i < word->count; i++)
        letters_spell(out, spellings[word->at[i]]);
}

void letters_in_latin(const struct letters *word, struct letters *out)
{
    if (word->script == SCRIPT_LATIN || word->script == SCRIPT_OTHER)
        *out = *word;
    else
        respell(word, in_latin[word->script], SCRIPT_LATIN, out);
}

/* What letters say one by one, in nats: agreement and difference of those that a skeleton keeps and of those it leaves
 * out. */
#define AGREE_HARD 2.4
#define AGREE_SOFT 0.8
#define DIFFER_HARD (-3.5)
#define DIFFER_SOFT (-0.7)
#define BY_LETTERS_LEVEL 6.5

static double most(double a, double b)
{
    return a > b ? a : b;
}

static double by_letters(const struct letters *a, const struct letters *b)
{
    enum script s = (enum script)a->script;
    double rows[2][LETTERS_MOST + 1], *above = rows[0], *row = rows[1];
    above[0] = 0;
    for (uint8_t j = 0; j < b->count; j++)
        above[j + 1] = above[j] + (letter_is_soft(s, b->at[j]) ? DIFFER_SOFT : DIFFER_HARD);
    for (uint8_t i = 0; i < a->count; i++) {
        bool soft = letter_is_soft(s, a->at[i]);
        double gap = soft ? DIFFER_SOFT : DIFFER_HARD;
        row[0] = above[0] + gap;
        for (uint8_t j = 0; j < b->count; j++) {
            bool other_soft = letter_is_soft(s, b->at[j]);
            double other_gap = other_soft ? DIFFER_SOFT : DIFFER_HARD;
            double pair = a->at[i] == b->at[j] ? (soft ? AGREE_SOFT : AGREE_HARD)
                          : soft && other_soft ? DIFFER_SOFT
                                               : DIFFER_HARD;
            row[j + 1] = most(above[j] + pair, most(above[j + 1] + gap, row[j] + other_gap));
        }
        double *swap = above;
        above = row;
        row = swap;
    }
    return above[b->count] - BY_LETTERS_LEVEL;
}

double name_evidence(const struct letters *a, const struct letters *b)
{
    if (!a->count || !b->count || a->script == SCRIPT_OTHER || b->script == SCRIPT_OTHER)
        return ALIGN_NONE;
    if (a->script > b->script) {
        const struct letters *swap = a;
        a = b;
        b = swap;
    }
    const struct align *m = align_between((enum script)a->script, (enum script)b->script);
    if (m && a->script == b->script)
        return (align_evidence(m, a, b) + align_evidence(m, b, a)) / 2;
    if (m)
        return align_evidence(m, a, b);
    struct letters respelled;
    if (a->script == b->script)
        return by_letters(a, b);
    if (a->script == SCRIPT_CYRILLIC) {
        letters_in_latin(a, &respelled);
        return align_evidence(align_between(SCRIPT_LATIN, (enum script)b->script), &respelled, b);
    }
    respell(a, in_hebrew, SCRIPT_HEBREW, &respelled);
    return by_letters(&respelled, b);
}

double name_squash(double evidence)
{
    return 1 / (1 + exp(-evidence / 2));
}

static void read_text(struct text t, struct letters *out)
{
    UChar32 points[LETTERS_MOST * 2];
    size_t n = 0;
    int32_t length = t.length < LETTERS_MOST * 8 ? (int32_t)t.length : (int32_t)LETTERS_MOST * 8;
    for (int32_t i = 0; i < length && n < LETTERS_MOST * 2;) {
        UChar32 c;
        U8_NEXT(t.at, i, length, c);
        if (c > ' ')
            points[n++] = c;
    }
    letters_read(points, n, out, NULL);
}

double name_score(struct text a, struct text b)
{
    struct letters x, y;
    read_text(a, &x);
    read_text(b, &y);
    if (!x.count || !y.count || x.script == SCRIPT_OTHER || y.script == SCRIPT_OTHER)
        return a.length && text_equal(a, b) ? 1 : 0;
    return name_squash(name_evidence(&x, &y));
}
