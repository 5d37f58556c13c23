/* The words that a person reads: see words.h. */
#include "ops/words.h"

#include <assert.h>

static const char *const templates[WORDS_COUNT] = {
#define WORDS(name, template) [WORDS_##name] = template,
#define COUNTED(name, none, one, many)
#include "ops/words.def"
#undef WORDS
#undef COUNTED
};

static const struct {
    const char *none, *one, *many;
} counted[COUNTED_COUNT] = {
#define WORDS(name, template)
#define COUNTED(name, none, one, many) [COUNTED_##name] = {none, one, many},
#include "ops/words.def"
#undef WORDS
#undef COUNTED
};

static const enum words spelt[] = {WORDS_ONE, WORDS_TWO,   WORDS_THREE, WORDS_FOUR, WORDS_FIVE,
                                   WORDS_SIX, WORDS_SEVEN, WORDS_EIGHT, WORDS_NINE, WORDS_TEN};

struct text words_text(enum words w)
{
    return text_of(templates[w]);
}

void words_fill(struct buffer *out, enum words w, const struct text *given, size_t count)
{
    for (const char *c = templates[w]; *c; c++) {
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

void words_count(struct buffer *out, enum counted what, uint64_t n)
{
    if (n == 0) {
        buffer_string(out, counted[what].none);
        return;
    }
    if (n <= sizeof spelt / sizeof *spelt)
        buffer_text_add(out, words_text(spelt[n - 1]));
    else
        buffer_number(out, n);
    buffer_char(out, ' ');
    buffer_string(out, n == 1 ? counted[what].one : counted[what].many);
}

void words_figures(struct buffer *out, enum counted what, struct interval n)
{
    buffer_number(out, n.low);
    if (n.high != n.low) {
        buffer_string(out, "–");
        buffer_number(out, n.high);
    }
    buffer_char(out, ' ');
    buffer_string(out, n.high == 1 ? counted[what].one : counted[what].many);
}

struct text words_level(enum level l)
{
    static const enum words levels[LEVEL_COUNT] = {WORDS_UNHEARD, WORDS_ALLEGED, WORDS_ATTESTED, WORDS_BORNE_OUT};
    return words_text(levels[l]);
}

void words_within(struct text name, struct buffer *out)
{
    static const enum words articles[] = {WORDS_ARTICLE_A, WORDS_ARTICLE_AN, WORDS_ARTICLE_THE};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (text_starts(name, words_text(articles[i]))) {
            buffer_char(out, (char)(name.at[0] | 0x20));
            buffer_add(out, name.at + 1, name.length - 1);
            return;
        }
    buffer_text_add(out, name);
}

void words_begin(struct buffer *out, size_t from)
{
    if (from < out->length && out->at[from] >= 'a' && out->at[from] <= 'z')
        out->at[from] = (char)(out->at[from] & ~0x20);
}

struct text words_between(size_t i, size_t count)
{
    if (i == 0)
        return TEXT("");
    return words_text(i + 1 == count ? WORDS_LIST_LAST : WORDS_LIST_MORE);
}
