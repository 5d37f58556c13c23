/* The words that a person reads: see words.h. */
#include "ops/words.h"

#include <assert.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* ---- the catalogues ---- */

struct counted_words {
    const char *none, *one, *few, *many;
};

#define WORDS(name, template) [WORDS_##name] = template,
#define COUNTED(name, none, one, few, many)
static const char *const english[WORDS_COUNT] = {
#include "ops/words_en.def"
};
static const char *const russian[WORDS_COUNT] = {
#include "ops/words_ru.def"
};
#undef WORDS
#undef COUNTED

#define WORDS(name, template)
#define COUNTED(name, none, one, few, many) [COUNTED_##name] = {none, one, few, many},
static const struct counted_words english_counted[COUNTED_COUNT] = {
#include "ops/words_en.def"
};
static const struct counted_words russian_counted[COUNTED_COUNT] = {
#include "ops/words_ru.def"
};
#undef WORDS
#undef COUNTED

/* A name that English lacks stops the compiler above, one that is there twice stops it here: as many are the same. */
#define WORDS(name, template) RUSSIAN_WORDS_##name,
#define COUNTED(name, none, one, few, many)
enum {
#include "ops/words_ru.def"
    RUSSIAN_WORDS
};
#undef WORDS
#undef COUNTED
#define WORDS(name, template)
#define COUNTED(name, none, one, few, many) RUSSIAN_COUNTED_##name,
enum {
#include "ops/words_ru.def"
    RUSSIAN_COUNTED
};
#undef WORDS
#undef COUNTED
static_assert((int)RUSSIAN_WORDS == (int)WORDS_COUNT, "words_ru.def lacks a sentence of words_en.def");
static_assert((int)RUSSIAN_COUNTED == (int)COUNTED_COUNT, "words_ru.def lacks a noun of words_en.def");

/* ---- the languages ---- */

enum form { FORM_ONE, FORM_FEW, FORM_MANY };

static enum form english_form(uint64_t n)
{
    return n == 1 ? FORM_ONE : FORM_MANY;
}

/* CLDR's rule for whole numbers. */
static enum form russian_form(uint64_t n)
{
    if (n % 100 >= 11 && n % 100 <= 14)
        return FORM_MANY;
    return n % 10 == 1 ? FORM_ONE : n % 10 >= 2 && n % 10 <= 4 ? FORM_FEW : FORM_MANY;
}

static const struct language {
    const char *tag; /* BCP 47, the first part of it */
    const char *const *templates;
    const struct counted_words *counted;
    enum form (*form)(uint64_t n);
    bool begins_any; /* any letter may begin a sentence as a capital, not those of ASCII alone */
} languages[WORDS_LANGUAGES] = {
    [WORDS_ENGLISH] = {"en", english, english_counted, english_form, false},
    [WORDS_RUSSIAN] = {"ru", russian, russian_counted, russian_form, true},
};

/* A thread's own, as answers in several languages are made at once. */
static _Thread_local enum words_language in_use = WORDS_ENGLISH;

static const struct language *language(void)
{
    return &languages[in_use];
}

enum words_language words_use(enum words_language wanted)
{
    enum words_language before = in_use;
    in_use = wanted;
    return before;
}

/* Is a tag, "ru-RU", of that language? Tags are ASCII, in either case. */
static bool is_of(struct text tag, const char *wanted)
{
    size_t n = strlen(wanted);
    return tag.length >= n && strncasecmp(tag.at, wanted, n) == 0 && (tag.length == n || tag.at[n] == '-');
}

enum words_language words_accepted(struct text list)
{
    static const char behind_tag[] = ",; \t";
    for (size_t at = 0, end; at < list.length; at = end + 1) {
        while (at < list.length && strchr(behind_tag, list.at[at]))
            at++;
        for (end = at; end < list.length && !strchr(behind_tag, list.at[end]);)
            end++;
        for (int l = 0; l < WORDS_LANGUAGES; l++)
            if (is_of((struct text){list.at + at, end - at}, languages[l].tag))
                return (enum words_language)l;
        while (end < list.length && list.at[end] != ',')
            end++;
    }
    return WORDS_ENGLISH;
}

/* ---- sentences ---- */

static const enum words spelt[] = {WORDS_ONE, WORDS_TWO,   WORDS_THREE, WORDS_FOUR, WORDS_FIVE,
                                   WORDS_SIX, WORDS_SEVEN, WORDS_EIGHT, WORDS_NINE, WORDS_TEN};

static void fill(struct buffer *out, const char *template, const struct text *given, size_t count)
{
    for (const char *c = template; *c; c++) {
        if (c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}') {
            size_t which = (size_t)(c[1] - '0') + 1;
            assert(which < count);
            buffer_text_add(out, given[which]);
            c += 2;
        } else {
            buffer_char(out, *c);
        }
    }
}

struct text words_text(enum words w)
{
    return text_of(language()->templates[w]);
}

void words_fill(struct buffer *out, enum words w, const struct text *given, size_t count)
{
    fill(out, language()->templates[w], given, count);
}

/* The noun in the form that `n` takes, with the number as it is `written`. */
static void count(struct buffer *out, enum counted what, uint64_t n, struct text written)
{
    const struct counted_words *w = &language()->counted[what];
    enum form form = language()->form(n);
    fill(out, form == FORM_ONE ? w->one : form == FORM_FEW ? w->few : w->many, (const struct text[]){{0}, written}, 2);
}

void words_count(struct buffer *out, enum counted what, uint64_t n)
{
    struct buffer digits = {0};
    if (n == 0) {
        buffer_string(out, language()->counted[what].none);
        return;
    }
    buffer_number(&digits, n);
    count(out, what, n, n <= sizeof spelt / sizeof *spelt ? words_text(spelt[n - 1]) : buffer_text(&digits));
    buffer_release(&digits);
}

void words_figures(struct buffer *out, enum counted what, struct interval n)
{
    struct buffer digits = {0};
    buffer_number(&digits, n.low);
    if (n.high != n.low) {
        buffer_string(&digits, "–");
        buffer_number(&digits, n.high);
    }
    count(out, what, n.high, buffer_text(&digits));
    buffer_release(&digits);
}

struct text words_level(enum level l)
{
    static const enum words levels[LEVEL_COUNT] = {WORDS_UNHEARD, WORDS_ALLEGED, WORDS_ATTESTED, WORDS_BORNE_OUT};
    return words_text(levels[l]);
}

void words_within(struct text name, struct buffer *out)
{
    static const enum words articles[] = {WORDS_ARTICLE_A, WORDS_ARTICLE_AN, WORDS_ARTICLE_THE};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        struct text article = words_text(articles[i]);
        if (article.length && text_starts(name, article)) {
            buffer_char(out, (char)(name.at[0] | 0x20));
            buffer_add(out, name.at + 1, name.length - 1);
            return;
        }
    }
    buffer_text_add(out, name);
}

/* A capital that takes more or fewer bytes than the small one is left: none of these begins a word of a
 * catalogue. */
void words_begin(struct buffer *out, size_t from)
{
    if (from >= out->length)
        return;
    uint8_t *first = (uint8_t *)out->at + from;
    size_t begin = 0, end = 0, length = out->length - from;
    UChar32 c;
    U8_NEXT(first, end, length, c);
    if (c < 0 || (c >= 0x80 && !language()->begins_any))
        return;
    UChar32 capital = u_totitle(c);
    if ((size_t)U8_LENGTH(capital) == end)
        U8_APPEND_UNSAFE(first, begin, capital);
}

struct text words_between(size_t i, size_t count)
{
    if (i == 0)
        return TEXT("");
    return words_text(i + 1 == count ? WORDS_LIST_LAST : WORDS_LIST_MORE);
}
