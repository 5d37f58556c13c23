/* Letters to codes: see letters.h. */
#include "gate/letters.h"

#include "base/text.h"

#include <assert.h>
#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

/* The alphabets, code 1 first. */
static const char *const alphabets[SCRIPT_COUNT] = {
    [SCRIPT_LATIN] = "abcdefghijklmnopqrstuvwxyz'\u0301\u0300\u0302\u030c\u0308\u0303\u0327\u030a\u0335\u0306",
    [SCRIPT_CYRILLIC] = "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    [SCRIPT_ARABIC] = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىپچژگڤ",
    [SCRIPT_HEBREW] = "אבגדהוזחטיכלמנסעפצקרשת'",
};

static const char *const soft[SCRIPT_COUNT] = {
    [SCRIPT_LATIN] = "aeiouywh'\u0301\u0300\u0302\u030c\u0308\u0303\u0327\u030a\u0335\u0306",
    [SCRIPT_CYRILLIC] = "аеиоуыэюяёйьъ",
    [SCRIPT_ARABIC] = "اويءآأؤإئةىه",
    [SCRIPT_HEBREW] = "אהויע'",
};

/* What a letter outside of its alphabet is written with. Sorted by code point; one entry a letter. */
struct spelling {
    UChar32 from;
    uint8_t script;
    char to[9];
};

static const struct spelling spellings[] = {
#define SPELLING(from, script, to) {from, SCRIPT_##script, to},
#include "gate/spellings.def"
#undef SPELLING
};

/* Letters that pass for one of another script. */
static const struct spelling lookalikes[] = {
#define LOOKALIKE(from, script, to) {from, SCRIPT_##script, to},
#include "gate/lookalikes.def"
#undef LOOKALIKE
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Codes of the letters of the alphabets by code point, made from `alphabets` once. */
#define PLANE 0x700
struct plane {
    uint8_t code[PLANE];
    uint8_t script[PLANE];
    uint64_t soft[SCRIPT_COUNT];
    char name[SCRIPT_COUNT][LETTER_EDGE + 1][5];
    const UNormalizer2 *compatible;
};

static struct plane plane;
static pthread_once_t plane_once = PTHREAD_ONCE_INIT;

static void plane_fill(void)
{
    UErrorCode failed = U_ZERO_ERROR;
    plane.compatible = unorm2_getNFKDInstance(&failed);
    assert(U_SUCCESS(failed));
    for (int s = SCRIPT_LATIN; s < SCRIPT_COUNT; s++) {
        uint8_t code = 0;
        const char *at = alphabets[s];
        for (int32_t i = 0, length = (int32_t)strlen(at); i < length;) {
            int32_t start = i;
            UChar32 c;
            U8_NEXT(at, i, length, c);
            code++;
            memcpy(plane.name[s][code], at + start, (size_t)(i - start));
            if (strstr(soft[s], plane.name[s][code]))
                plane.soft[s] |= UINT64_C(1) << code;
            if (c != '\'' || s == SCRIPT_LATIN) {
                plane.code[c] = code;
                plane.script[c] = (uint8_t)s;
            }
        }
        assert(code < LETTER_EDGE);
        plane.name[s][LETTER_EDGE][0] = '|';
    }
}

static const struct plane *plane_get(void)
{
    pthread_once(&plane_once, plane_fill);
    return &plane;
}

bool letter_is_soft(enum script s, uint8_t code)
{
    return plane_get()->soft[s] >> code & 1;
}

const char *letter_name(enum script s, uint8_t code)
{
    return plane_get()->name[s][code];
}

bool letter_is_invisible(UChar32 c)
{
    return c >= 0x80 && (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(c) == U_FORMAT_CHAR);
}

bool letter_in_word(UChar32 c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'';
    return u_isalnum(c) || u_isUAlphabetic(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) || c == 0x2019 || c == 0x2018 || c == 0x5f3;
}

/* A code point as codes of one script; count 0 for what has none. */
struct folded {
    uint8_t at[8];
    uint8_t count, script;
};

static const struct spelling *spelling_of(const struct spelling *list, size_t count, UChar32 c)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (list[low + half].from < c) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return &list[low];
}

/* Appends the codes of letters of the alphabet of `script`, written in UTF-8. */
static void fold_letters(const char *letters, enum script script, struct folded *f)
{
    const struct plane *p = plane_get();
    f->script = (uint8_t)script;
    for (int32_t i = 0, length = (int32_t)strlen(letters); i < length;) {
        UChar32 c;
        U8_NEXT(letters, i, length, c);
        if (c < PLANE && f->count < sizeof f->at)
            f->at[f->count++] = c == '\'' && script == SCRIPT_HEBREW ? 23 : p->code[c];
    }
}

/* Accents that no alphabet has, by the one that is nearest to them. */
static UChar32 nearest_mark(UChar32 c)
{
    switch (c) {
    case 0x304: /* macron */
    case 0x307: /* dot above */
    case 0x309: /* hook */
    case 0x31b: /* horn */
        return 0x306;
    case 0x30b: /* double acute */
        return 0x308;
    case 0x323: /* dot below */
    case 0x326: /* comma below */
    case 0x328: /* ogonek */
        return 0x327;
    default:
        return c;
    }
}

static void fold(UChar32 c, struct folded *f)
{
    const struct plane *p = plane_get();
    c = u_tolower(c);
    if (c >= 0x300 && c < 0x370)
        c = nearest_mark(c);
    if (c < PLANE && p->code[c]) {
        f->script = p->script[c];
        if (f->count < sizeof f->at)
            f->at[f->count++] = p->code[c];
        return;
    }
    const struct spelling *known = spelling_of(spellings, COUNT(spellings), c);
    if (known < spellings + COUNT(spellings) && known->from == c) {
        fold_letters(known->to, known->script, f);
        return;
    }
    UChar parts[32];
    UErrorCode failed = U_ZERO_ERROR;
    int32_t length = c < 0x80 ? -1 : unorm2_getDecomposition(p->compatible, c, parts, COUNT(parts), &failed);
    if (length < 0 || U_FAILURE(failed))
        return;
    for (int32_t i = 0; i < length;) {
        UChar32 part;
        U16_NEXT(parts, i, length, part);
        if (part != c && f->count < sizeof f->at)
            fold(part, f);
    }
}

/* Letters that come in two pieces and are one letter of the alphabet. */
static bool joins(struct letters *out, UChar32 mark)
{
    static const struct {
        UChar32 mark;
        uint8_t script;
        const char *from, *to;
    } pairs[] = {
        {0x306, SCRIPT_CYRILLIC, "и", "й"}, {0x308, SCRIPT_CYRILLIC, "е", "ё"}, {0x653, SCRIPT_ARABIC, "ا", "آ"},
        {0x654, SCRIPT_ARABIC, "ا", "أ"},   {0x654, SCRIPT_ARABIC, "و", "ؤ"},   {0x654, SCRIPT_ARABIC, "ي", "ئ"},
        {0x655, SCRIPT_ARABIC, "ا", "إ"},
    };
    if (!out->count || mark < 0x300)
        return false;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        struct folded from = {0}, to = {0};
        if (pairs[i].mark != mark || pairs[i].script != out->script)
            continue;
        fold_letters(pairs[i].from, pairs[i].script, &from);
        fold_letters(pairs[i].to, pairs[i].script, &to);
        if (out->at[out->count - 1] == from.at[0]) {
            out->at[out->count - 1] = to.at[0];
            return true;
        }
    }
    return false;
}

static void append(struct letters *out, const struct folded *f)
{
    for (uint8_t i = 0; i < f->count && out->count < LETTERS_MOST; i++)
        if (f->at[i])
            out->at[out->count++] = f->at[i];
}

void letters_spell(struct letters *out, const char *spelling)
{
    struct folded f = {0};
    for (size_t i = 0; spelling[i];) {
        char one[5] = {0};
        size_t n = 1;
        while (((unsigned char)spelling[i + n] & 0xc0) == 0x80)
            n++;
        memcpy(one, spelling + i, n);
        f = (struct folded){0};
        fold_letters(one, (enum script)out->script, &f);
        append(out, &f);
        i += n;
    }
}

static bool is_apostrophe(const struct folded *f)
{
    return f->count == 1 && f->script == SCRIPT_LATIN && strcmp(letter_name(SCRIPT_LATIN, f->at[0]), "'") == 0;
}

static bool is_mark(UChar32 c)
{
    return c >= 0x300 && (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

/* The script that most letters are of; how many are of each. */
static enum script main_script(const UChar32 *word, size_t length, unsigned counts[SCRIPT_COUNT])
{
    enum script most = SCRIPT_OTHER;
    for (size_t i = 0; i < length; i++) {
        struct folded f = {0};
        if (is_mark(word[i]) || letter_is_invisible(word[i]))
            continue;
        fold(word[i], &f);
        if (f.count && !is_apostrophe(&f))
            counts[f.script]++;
        else if (!f.count && u_isalpha(word[i]))
            counts[SCRIPT_OTHER]++;
    }
    for (int s = SCRIPT_LATIN; s < SCRIPT_COUNT; s++)
        if (counts[s] > counts[most])
            most = (enum script)s;
    return most;
}

/* An apostrophe in Cyrillic stands for a soft sign, in Hebrew for a geresh; in Arabic for nothing. */
static void append_apostrophe(struct letters *out)
{
    struct folded f = {0};
    if (out->script == SCRIPT_LATIN || out->script == SCRIPT_HEBREW)
        fold_letters("'", out->script, &f);
    else if (out->script == SCRIPT_CYRILLIC)
        fold_letters("ь", SCRIPT_CYRILLIC, &f);
    append(out, &f);
}

static void read_plainly(const UChar32 *word, size_t length, struct letters *out)
{
    for (size_t i = 0; i < length; i++) {
        struct folded f = {0};
        if (joins(out, word[i]))
            continue;
        fold(word[i], &f);
        if (is_apostrophe(&f))
            append_apostrophe(out);
        else if (f.script == out->script)
            append(out, &f);
    }
}

/* The letter of `script` that a code point looks like, or NULL. */
static const struct spelling *lookalike(UChar32 c, enum script script)
{
    const struct spelling *s = spelling_of(lookalikes, COUNT(lookalikes), c);
    for (; s < lookalikes + COUNT(lookalikes) && s->from == c; s++)
        if (s->script == script)
            return s;
    return NULL;
}

bool letters_read_as(const UChar32 *word, size_t length, enum script script, struct letters *out)
{
    bool changed = false;
    *out = (struct letters){.script = (uint8_t)script};
    for (size_t i = 0; i < length; i++) {
        struct folded f = {0};
        if (joins(out, word[i]) || letter_is_invisible(word[i]))
            continue;
        fold(word[i], &f);
        if (is_apostrophe(&f)) {
            append_apostrophe(out);
            continue;
        }
        if (!f.count || f.script != script) {
            const struct spelling *like = lookalike(word[i], script);
            if (!like && is_mark(word[i]))
                continue;
            if (!like)
                return false;
            f = (struct folded){0};
            fold_letters(like->to, script, &f);
            changed = true;
        }
        append(out, &f);
    }
    return changed;
}

void letters_read(const UChar32 *word, size_t length, struct letters *out, bool *disguised)
{
    unsigned counts[SCRIPT_COUNT] = {0};
    enum script most = main_script(word, length, counts);
    if (disguised)
        *disguised = false;
    *out = (struct letters){.script = (uint8_t)most};
    if (most == SCRIPT_OTHER)
        return;
    if (counts[SCRIPT_LATIN] && counts[SCRIPT_CYRILLIC]) {
        enum script other = most == SCRIPT_LATIN ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
        if (letters_read_as(word, length, most, out) || letters_read_as(word, length, other, out)) {
            if (disguised)
                *disguised = true;
            return;
        }
        *out = (struct letters){.script = (uint8_t)most};
    }
    read_plainly(word, length, out);
}
