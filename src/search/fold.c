/* Texts to folded words: see fold.h.
 *
 * What becomes of a code point is looked up in a table for the first ones, which are nearly all, and asked of ICU for
 * the others. */
#include "search/fold.h"

#include <assert.h>
#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

enum role {
    ROLE_BREAK,      /* parts words */
    ROLE_LETTER,     /* stands in a word */
    ROLE_NOTHING,    /* in a word, and not seen: an accent, a joiner */
    ROLE_APOSTROPHE, /* parts words or not, as its neighbours say */
    ROLE_ALONE,      /* a word by itself */
};

struct folded {
    uint8_t role, length;
    char at[6];
};

enum { TABLE = 0x3000, FOLDED_MOST = 6, DEEPEST = 8 };

static struct folded table[TABLE];
static const UNormalizer2 *compatible;
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

/* Letters that are another one where writers do not bother, and that no decomposition gives. */
static const struct {
    UChar32 from;
    char to[4];
} plain[] = {
    {0xdf, "ss"}, {0xe6, "ae"}, {0xf0, "d"},   {0xf8, "o"},   {0xfe, "th"}, {0x111, "d"},   {0x127, "h"},
    {0x131, "i"}, {0x142, "l"}, {0x14b, "ng"}, {0x153, "oe"}, {0x167, "t"}, {0x3c2, "σ"},   {0x5da, "כ"},
    {0x5dd, "מ"}, {0x5df, "נ"}, {0x5e3, "פ"},  {0x5e5, "צ"},  {0x629, "ه"}, {0x649, "ي"},   {0x6a9, "ك"},
    {0x6cc, "ي"}, {0x6c0, "ه"}, {0x6c1, "ه"},  {0x6be, "ه"},  {0x6d5, "ه"}, {0x1e9e, "ss"},
};

/* Accents and points that are left out. Vowels of Indic scripts are no accents. */
static bool is_accent(UChar32 c)
{
    static const UChar32 ranges[][2] = {
        {0x300, 0x36f}, {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5bf},   {0x5c1, 0x5c7},   {0x610, 0x61a},
        {0x64b, 0x65f}, {0x670, 0x670},   {0x6d6, 0x6dc},   {0x6df, 0x6e4},   {0x6e7, 0x6ed},   {0x711, 0x711},
        {0x730, 0x74a}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f}, {0x640, 0x640}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1] && (c != 0x5be && c != 0x5c0 && c != 0x5c3 && c != 0x5c6))
            return true;
    return false;
}

static bool is_unseen(UChar32 c)
{
    return is_accent(c) || (c >= 0x80 && u_charType(c) == U_FORMAT_CHAR) || (c >= 0xfe00 && c <= 0xfe0f) ||
           c == 0x2bb || c == 0x2bc || c == 0x2be || c == 0x2bf || c == 0x2b9;
}

static bool is_letter(UChar32 c)
{
    return u_isalnum(c) || u_hasBinaryProperty(c, UCHAR_ALPHABETIC) ||
           (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_MC_MASK));
}

/* Scripts whose writers leave no blank between words, or hang endings on them that are words of their own. */
static bool stands_alone(UChar32 c)
{
    return (c >= 0xe00 && c < 0xf00) || (c >= 0x1000 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800) ||
           (c >= 0x3040 && c < 0x3100) || (c >= 0x31f0 && c < 0x3200) || (c >= 0x3400 && c < 0x4dc0) ||
           (c >= 0x4e00 && c < 0xa000) || (c >= 0xac00 && c < 0xd7a4) || (c >= 0xf900 && c < 0xfb00) ||
           (c >= 0xff66 && c < 0xffa0) || (c >= 0x20000 && c < 0x33480);
}

/* Letters that Unicode takes apart and people do not. */
static bool stays_whole(UChar32 c)
{
    return c == 0x439 || c == 0x457 || (c < 0xf900 && stands_alone(c));
}

static void put(UChar32 c, char *out, size_t *length, size_t most)
{
    size_t n = U8_LENGTH(c), at = *length;
    if (at + n > most)
        return;
    U8_APPEND_UNSAFE(out, at, c);
    *length = at;
}

static bool put_plain(UChar32 c, char *out, size_t *length, size_t most)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t n = strlen(plain[i].to);
        if (plain[i].from != c)
            continue;
        if (*length + n <= most) {
            memcpy(out + *length, plain[i].to, n);
            *length += n;
        }
        return true;
    }
    return false;
}

/* Adds what a letter is folded to. */
static void fold_letter(UChar32 c, char *out, size_t *length, size_t most, unsigned depth)
{
    UChar parts[32];
    UErrorCode failed = U_ZERO_ERROR;
    int digit = u_charDigitValue(c);
    if (digit >= 0) {
        put('0' + digit, out, length, most);
        return;
    }
    c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    if (put_plain(c, out, length, most))
        return;
    int32_t count =
        stays_whole(c) || depth == DEEPEST ? -1 : unorm2_getDecomposition(compatible, c, parts, 32, &failed);
    if (count < 0 || U_FAILURE(failed)) {
        put(c, out, length, most);
        return;
    }
    for (int32_t i = 0; i < count;) {
        UChar32 part;
        U16_NEXT(parts, i, count, part);
        if (!is_unseen(part) && is_letter(part))
            fold_letter(part, out, length, most, depth + 1);
    }
}

static enum role role_of(UChar32 c)
{
    if (c == '\'' || c == 0x2019 || c == 0x2018 || c == '`' || c == 0xb4 || c == 0x2032 || c == 0x5f3)
        return ROLE_APOSTROPHE;
    if (is_unseen(c))
        return ROLE_NOTHING;
    if (!is_letter(c))
        return ROLE_BREAK;
    return stands_alone(c) ? ROLE_ALONE : ROLE_LETTER;
}

static void table_fill(void)
{
    UErrorCode failed = U_ZERO_ERROR;
    compatible = unorm2_getNFKDInstance(&failed);
    assert(U_SUCCESS(failed));
    for (UChar32 c = 0; c < TABLE; c++) {
        size_t length = 0;
        struct folded *f = &table[c];
        f->role = (uint8_t)role_of(c);
        if (f->role == ROLE_LETTER || f->role == ROLE_ALONE)
            fold_letter(c, f->at, &length, FOLDED_MOST, 0);
        f->length = (uint8_t)length;
    }
}

/* The code point at `at`, which moves on; negative where it is none. */
static inline UChar32 next_point(struct text t, size_t *at)
{
    const char *bytes = t.at;
    UChar32 c = (unsigned char)bytes[(*at)++];
    if (c < 0x80)
        return c;
    if (c >= 0xc2 && c < 0xe0 && *at < t.length && ((unsigned char)bytes[*at] & 0xc0) == 0x80)
        return (c & 0x1f) << 6 | ((unsigned char)bytes[(*at)++] & 0x3f);
    size_t left = t.length - --*at;
    int32_t i = 0;
    const char *from = bytes + *at;
    int32_t length = left > 4 ? 4 : (int32_t)left;
    U8_NEXT(from, i, length, c);
    *at += (size_t)i;
    return c;
}

static enum role role_at(UChar32 c)
{
    return c < 0 ? ROLE_BREAK : c < TABLE ? (enum role)table[c].role : role_of(c);
}

/* Does an apostrophe behind what is in `w` belong to the word? It does in Cyrillic and Hebrew, and after o and g, for
 * O'Brien and oʻzbek, unless all that follows is an s. */
static bool joins(const struct fold_word *w, struct text t, size_t at)
{
    unsigned char first = (unsigned char)w->at[0], last = (unsigned char)w->at[w->length - 1];
    if (at >= t.length)
        return false;
    size_t next = at;
    UChar32 c = next_point(t, &next);
    if (role_at(c) != ROLE_LETTER)
        return false;
    if ((first >= 0xd0 && first <= 0xd3) || first == 0xd6 || first == 0xd7)
        return true;
    if (last != 'o' && last != 'g')
        return false;
    return (c != 's' && c != 'S') || (next < t.length && role_at(next_point(t, &next)) == ROLE_LETTER);
}

static void add_letter(struct fold_word *w, UChar32 c)
{
    size_t length = w->length;
    if (c < TABLE && length + table[c].length <= FOLD_MOST) {
        memcpy(w->at + length, table[c].at, FOLDED_MOST);
        w->length += table[c].length;
    } else if (c >= TABLE) {
        fold_letter(c, w->at, &length, FOLD_MOST, 0);
        w->length = (uint32_t)length;
    }
}

bool fold_next(struct fold *f, struct fold_word *out)
{
    pthread_once(&table_once, table_fill);
    struct text t = f->text;
    size_t at = f->at;
    out->length = 0;
    while (at < t.length) {
        size_t start = at;
        UChar32 c = next_point(t, &at);
        enum role role = role_at(c);
        if (role == ROLE_LETTER) {
            if (!out->length)
                out->start = start;
            add_letter(out, c);
            out->end = at;
        } else if (role == ROLE_ALONE) {
            if (out->length) {
                at = start;
                break;
            }
            out->start = start;
            add_letter(out, c);
            out->end = at;
            if (out->length)
                break;
        } else if (out->length && role == ROLE_NOTHING) {
            out->end = at;
        } else if (out->length && (role == ROLE_BREAK || !joins(out, t, at))) {
            break;
        }
    }
    f->at = at;
    return out->length != 0;
}
