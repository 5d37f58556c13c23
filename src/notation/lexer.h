/* Words, strings and commas out of one line at a time.
 *
 * A lexer is pointed at a line that ends in '\n' or '\r': that byte stops every loop, so that none
 * compares with an end. It judges nothing: what is wrong with a token is a kind of token, and the
 * parser, which accepts none of those, says so. Inline, because parsing is as fast as this is. */
#ifndef NOTATION_LEXER_H
#define NOTATION_LEXER_H

#include "base/limits.h"
#include "notation/grammar.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum token_kind {
    TOKEN_END, /* of the line, or a comment */
    TOKEN_WORD,
    TOKEN_STRING, /* the text is what is between the quotes */
    TOKEN_COMMA,
    /* what is accepted nowhere */
    TOKEN_OPEN,   /* a string without its closing quote */
    TOKEN_ESCAPE, /* a string with a backslash before anything but ", \ and n; the text is the two */
    TOKEN_GLUED,  /* a quote or a word right behind a string or a word; the text is empty, where the blank is missing */
    TOKEN_SURPLUS /* one word more than an entry may have */
};

/* Classes of bytes, one bit each. */
#define LEX_BLANK 1u
#define LEX_LINE_END 2u
#define LEX_QUOTE 4u
#define LEX_COMMENT 8u
#define LEX_COMMA 16u
#define LEX_NO_WORD (LEX_BLANK | LEX_LINE_END | LEX_QUOTE | LEX_COMMENT | LEX_COMMA)
#define LEX_NO_ID 32u    /* may be in a word, not in an id */
#define LEX_NO_START 64u /* may be in an id, but not first */

extern const uint8_t lex_classes[256];

struct token {
    const char *at;
    size_t length;
    uint64_t key;  /* of a word: its first eight bytes, padded with NULs */
    uint8_t kind;  /* enum token_kind */
    uint8_t class; /* of a word: LEX_NO_ID where any of its bytes is that, and perhaps other classes of its bytes */
    uint8_t first; /* of a word: the class of its first byte */
};

struct lexer {
    const char *at;       /* where the next token is looked for */
    const char *readable; /* up to here memory may be read: the text's end, or further */
    uint32_t words;       /* of the entry so far */
    struct token token;   /* the current one */
};

/* The slow half of lex_next(): at a quote. */
void lex_string(struct lexer *x, const char *at);

/* The first eight bytes of a word, as one number. */
static inline uint64_t lex_key(const char *at, size_t length, const char *readable)
{
    static const char masks[8][8] = {{0},
                                     {'\xff'},
                                     {'\xff', '\xff'},
                                     {'\xff', '\xff', '\xff'},
                                     {'\xff', '\xff', '\xff', '\xff'},
                                     {'\xff', '\xff', '\xff', '\xff', '\xff'},
                                     {'\xff', '\xff', '\xff', '\xff', '\xff', '\xff'},
                                     {'\xff', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff'}};
    uint64_t key = 0, mask;
    if (readable - at < 8) {
        memcpy(&key, at, length < 8 ? length : 8);
        return key;
    }
    memcpy(&key, at, 8);
    if (length >= 8)
        return key;
    memcpy(&mask, masks[length], 8);
    return key & mask;
}

/* Reads a word, byte by byte; `class` is that of its first. */
static inline void lex_word(struct token *t, unsigned class)
{
    const char *at = t->at;
    unsigned first = class, all = 0;
    do {
        all |= class;
        class = lex_classes[(unsigned char)*++at];
    } while (!(class & LEX_NO_WORD));
    t->length = (size_t)(at - t->at);
    t->first = (uint8_t)first;
    t->class = (uint8_t)all;
}

#ifdef __SSE2__
/* As lex_word(), for what is nearly every word: at most fifteen bytes, sixteen of which may be read. False where the
 * word is another. A loop that ends after six bytes or seven is guessed wrongly at nearly every word. */
static inline bool lex_short_word(struct token *t, unsigned class)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)t->at);
    /* All that ends a word is below '-', and so are a few signs that may be in one: those are left to the loop. */
    __m128i below = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8('-' - 1)), bytes);
    __m128i letters = _mm_sub_epi8(bytes, _mm_set1_epi8('a')), digits = _mm_sub_epi8(bytes, _mm_set1_epi8('0')),
            signs = _mm_sub_epi8(bytes, _mm_set1_epi8('-'));
    letters = _mm_cmpeq_epi8(_mm_min_epu8(letters, _mm_set1_epi8('z' - 'a')), letters);
    digits = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
    signs = _mm_cmpeq_epi8(_mm_min_epu8(signs, _mm_set1_epi8('.' - '-')), signs);
    __m128i in_ids =
        _mm_or_si128(_mm_or_si128(letters, digits), _mm_or_si128(signs, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'))));
    unsigned ends = (unsigned)_mm_movemask_epi8(below), ids = (unsigned)_mm_movemask_epi8(in_ids);
    unsigned length = (unsigned)__builtin_ctz(ends | 1u << 16);
    if (length == 0 || length == 16 || !(lex_classes[(unsigned char)t->at[length]] & LEX_NO_WORD))
        return false;
    t->length = length;
    t->first = (uint8_t) class;
    t->class = ~ids & ((1u << length) - 1) ? LEX_NO_ID : 0;
    return true;
}
#endif

/* Moves on to the next token. */
static inline void lex_next(struct lexer *x)
{
    const char *at = x->at;
    unsigned class;
    while ((class = lex_classes[(unsigned char)*at]) == LEX_BLANK)
        at++;
    struct token *t = &x->token;
    t->at = at;
    if (!(class & LEX_NO_WORD)) {
#ifdef __SSE2__
        if (x->readable - at < 16 || !lex_short_word(t, class))
            lex_word(t, class);
#else
        lex_word(t, class);
#endif
        t->key = lex_key(t->at, t->length, x->readable);
        t->kind = ++x->words > LIMIT_WORDS ? TOKEN_SURPLUS : TOKEN_WORD;
        x->at = at + t->length;
    } else if (class & LEX_QUOTE) {
        lex_string(x, at);
    } else {
        t->length = class == LEX_COMMA;
        t->kind = class == LEX_COMMA ? TOKEN_COMMA : TOKEN_END;
        x->at = at + t->length;
    }
}

/* Is the token this word? */
static inline bool lex_is(const struct token *t, const struct word *w)
{
    uint64_t key;
    memcpy(&key, w->text, sizeof key);
    return t->key == key && t->length == w->length && t->kind == TOKEN_WORD &&
           (w->length <= 8 || memcmp(t->at + 8, w->text + 8, w->length - 8u) == 0);
}

static inline bool lex_is_id(const struct token *t)
{
    return t->kind == TOKEN_WORD && !(t->class & LEX_NO_ID) && !(t->first & LEX_NO_START) && t->length <= LIMIT_ID;
}

static inline struct text lex_text(const struct token *t)
{
    return (struct text){t->at, t->length};
}

#endif
