/* Words to skeletons: see skeleton.h.
 *
 * First a word becomes a row of sounds, each a set of consonants that it may be; then all rows of one consonant each
 * are written out, neighbours that are the same being one. */
#include "gate/skeleton.h"

#include <string.h>

enum { P = 1, T = 2, K = 4, S = 8, L = 16, R = 32, M = 64, N = 128, NOTHING = 256 };

enum { SOUNDS_MOST = 14 };

struct sounds {
    uint16_t at[SOUNDS_MOST];
    uint8_t count;
};

static void sound(struct sounds *s, unsigned may_be)
{
    if (s->count < SOUNDS_MOST)
        s->at[s->count++] = (uint16_t)may_be;
}

struct reading {
    const char *letters;
    uint16_t first, second; /* the sounds; second 0: none */
};

/* Digraphs before letters. Of Latin letters: English, German, Polish, French, Turkish and Uzbek habits at once. */
static const struct reading latin[] = {
    {"schtsch", S, 0},
    {"shch", S, 0},
    {"szcz", S, 0},
    {"tsch", S | T, 0},
    {"dsch", S | T, 0},
    {"sch", S, K | NOTHING},
    {"tch", S | T, S | NOTHING},
    {"dzh", S | T, 0},
    {"tsh", S, 0},
    {"ch", K | S, 0},
    {"sh", S, 0},
    {"sz", S, 0},
    {"cz", S, 0},
    {"zh", S, 0},
    {"dj", S | T, 0},
    {"kh", K | NOTHING, 0},
    {"gh", K | NOTHING, 0},
    {"ph", P, 0},
    {"th", T | S, 0},
    {"dh", T | S, 0},
    {"tz", S | T, S | NOTHING},
    {"ts", S | T, S | NOTHING},
    {"dz", S | T, S | NOTHING},
    {"ck", K, 0},
    {"rz", R | S, S | NOTHING},
    {"kn", K | NOTHING, N},
    {"wr", R, 0},
    {"qu", K, P | NOTHING},
    {"b", P, 0},
    {"c", K | S, 0},
    {"d", T, 0},
    {"f", P, 0},
    {"g", K | S, 0},
    {"h", K | NOTHING, 0},
    {"j", S | K | NOTHING, 0},
    {"k", K, 0},
    {"l", L, 0},
    {"m", M, 0},
    {"n", N, 0},
    {"p", P, 0},
    {"q", K, 0},
    {"r", R, 0},
    {"s", S, 0},
    {"t", T, 0},
    {"v", P, 0},
    {"w", P | NOTHING, 0},
    {"x", K, S | NOTHING},
    {"z", S, 0},
};
static const struct reading cyrillic[] = {
    {"дж", S | T, 0},
    {"дз", S | T, S | NOTHING},
    {"кс", K, S | NOTHING},
    {"тс", S | T, S | NOTHING},
    {"б", P, 0},
    {"в", P, 0},
    {"г", K | NOTHING, 0},
    {"д", T, 0},
    {"ж", S, 0},
    {"з", S, 0},
    {"к", K, 0},
    {"л", L, 0},
    {"м", M, 0},
    {"н", N, 0},
    {"п", P, 0},
    {"р", R, 0},
    {"с", S, 0},
    {"т", T, 0},
    {"ф", P | T, 0},
    {"х", K | NOTHING, 0},
    {"ц", S | T, S | NOTHING},
    {"ч", S, 0},
    {"ш", S, 0},
    {"щ", S, 0},
};
static const struct reading arabic[] = {
    {"تش", S, 0},
    {"دج", S | T, 0},
    {"كس", K, S | NOTHING},
    {"تس", S | T, S | NOTHING},
    {"ب", P, 0},
    {"ت", T, 0},
    {"ث", T | S, 0},
    {"ج", S | K, 0},
    {"ح", K | NOTHING, 0},
    {"خ", K | NOTHING, 0},
    {"د", T, 0},
    {"ذ", T | S, 0},
    {"ر", R, 0},
    {"ز", S, 0},
    {"س", S, 0},
    {"ش", S, 0},
    {"ص", S, 0},
    {"ض", T | S, 0},
    {"ط", T, 0},
    {"ظ", S | T, 0},
    {"غ", K | NOTHING, 0},
    {"ف", P, 0},
    {"ق", K | NOTHING, 0},
    {"ك", K, 0},
    {"ل", L, 0},
    {"م", M, 0},
    {"ن", N, 0},
    {"ه", K | NOTHING, 0},
    {"و", P | NOTHING, 0},
    {"پ", P, 0},
    {"چ", S, 0},
    {"ژ", S, 0},
    {"گ", K, 0},
    {"ڤ", P, 0},
    {"ي", NOTHING | S, 0},
    {"ة", T | NOTHING, 0},
};
static const struct reading hebrew[] = {
    {"טש", S, 0},
    {"דז", S | T, S | NOTHING},
    {"קס", K, S | NOTHING},
    {"טס", S | T, S | NOTHING},
    {"צ'", S, 0},
    {"ג'", S, 0},
    {"ז'", S, 0},
    {"ב", P, 0},
    {"ג", K, 0},
    {"ד", T, 0},
    {"ה", K | NOTHING, 0},
    {"ו", P | NOTHING, 0},
    {"ז", S, 0},
    {"ח", K | NOTHING, 0},
    {"ט", T, 0},
    {"כ", K, 0},
    {"ל", L, 0},
    {"מ", M, 0},
    {"נ", N, 0},
    {"ס", S, 0},
    {"פ", P, 0},
    {"צ", S | T, S | NOTHING},
    {"ק", K, 0},
    {"ר", R, 0},
    {"ש", S, 0},
    {"ת", T | S, 0},
};

#define LIST(array)                                                                                                    \
    {                                                                                                                  \
        array, sizeof(array) / sizeof *(array)                                                                         \
    }
static const struct {
    const struct reading *at;
    size_t count;
} readings[SCRIPT_COUNT] = {
    [SCRIPT_LATIN] = LIST(latin),
    [SCRIPT_CYRILLIC] = LIST(cyrillic),
    [SCRIPT_ARABIC] = LIST(arabic),
    [SCRIPT_HEBREW] = LIST(hebrew),
};

/* The letters of a word as a string, accents left out. */
static void spell(const struct letters *word, char *out, size_t room)
{
    size_t length = 0;
    for (uint8_t i = 0; i < word->count; i++) {
        const char *name = letter_name((enum script)word->script, word->at[i]);
        size_t n = strlen(name);
        if (((unsigned char)name[0] == 0xcc && n == 2) || length + n >= room)
            continue;
        memcpy(out + length, name, n);
        length += n;
    }
    out[length] = '\0';
}

/* The longest reading at the start of `spelling`; lists have longer ones first. */
static const struct reading *reading_at(const char *spelling, enum script script)
{
    for (size_t k = 0; k < readings[script].count; k++) {
        const struct reading *r = &readings[script].at[k];
        if (r->letters[0] == spelling[0] && strncmp(spelling, r->letters, strlen(r->letters)) == 0)
            return r;
    }
    return NULL;
}

static void hear(const struct letters *word, struct sounds *s)
{
    char spelling[LETTERS_MOST * 3];
    spell(word, spelling, sizeof spelling);
    for (const char *at = spelling; *at;) {
        const struct reading *r = reading_at(at, (enum script)word->script);
        at += r ? strlen(r->letters) : 1;
        if (r)
            sound(s, r->first);
        if (r && r->second)
            sound(s, r->second);
    }
}

struct written {
    uint64_t *out;
    unsigned count;
};

static void keep(struct written *w, uint64_t skeleton)
{
    for (unsigned i = 0; i < w->count; i++)
        if (w->out[i] == skeleton)
            return;
    if (skeleton && w->count < SKELETONS_MOST)
        w->out[w->count++] = skeleton;
}

/* Four bits a consonant, the last lowest; 0: none yet. */
static void write_out(const struct sounds *s, unsigned from, uint64_t so_far, struct written *w)
{
    if (w->count == SKELETONS_MOST)
        return;
    if (from == s->count) {
        keep(w, so_far);
        return;
    }
    for (unsigned bit = 0; bit < 8; bit++)
        if (s->at[from] >> bit & 1)
            write_out(s, from + 1, (so_far & 15) == bit + 1 ? so_far : so_far << 4 | (bit + 1), w);
    if (s->at[from] & NOTHING)
        write_out(s, from + 1, so_far, w);
}

unsigned skeletons_read(const struct letters *word, uint64_t out[SKELETONS_MOST])
{
    struct sounds s = {.count = 0};
    struct written w = {out, 0};
    hear(word, &s);
    write_out(&s, 0, 0, &w);
    return w.count;
}
