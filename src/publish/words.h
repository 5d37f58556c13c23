/* The furniture of a page in the reader's language: all words that are not the article's own.
 *
 * One table a language (words/ and notices/), English where there is none. A phrase has slots {1} and {2}; one
 * that counts has the forms that its language needs (CLDR's plural rules, version 42). Dates are written as the
 * language writes them. All of it is constant: no locale, no library of languages, the same bytes everywhere. */
#ifndef PUBLISH_WORDS_H
#define PUBLISH_WORDS_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* How many slots (0 to 2) each has is seen in words/en.def. */
enum word {
    WORD_SKIP,
    WORD_LANGUAGES,
    WORD_BY,
    WORD_PUBLISHED,
    WORD_CHANGED,
    WORD_CORRECTED,
    WORD_HOW,
    WORD_ALLEGED,
    WORD_ATTESTED,
    WORD_BORNE_OUT,
    WORD_SAYS_ALLEGED,
    WORD_SAYS_ATTESTED,
    WORD_SAYS_BORNE_OUT,
    WORD_WHEN,
    WORD_WRONG,       /* counts */
    WORD_WRONG_RANGE, /* counts {2} */
    WORD_WRONG_NONE,
    WORD_PARTIES, /* counts */
    WORD_FIRST_HAND,
    WORD_HOPS, /* counts */
    WORD_HOPS_UNKNOWN,
    WORD_INFERRED,
    WORD_AS_FACT,
    WORD_AS_ALLEGATION,
    WORD_SOURCES,
    WORD_SAW,
    WORD_DID,
    WORD_INSPECTED,
    WORD_READ,
    WORD_UNSTATED,
    WORD_TOLD,
    WORD_MORE,    /* counts; behind others */
    WORD_UNNAMED, /* counts; alone */
    WORD_DENIED,
    WORD_DENIED_ON,
    WORD_ASKED,
    WORD_ASKED_ON,
    WORD_ANSWERED,
    WORD_ANSWERED_ON,
    WORD_NO_ANSWER,
    WORD_SLIDES, /* counts */
    WORD_SLIDE,
    WORD_PICTURE,
    WORD_SOUND,
    WORD_TRANSCRIPT,
    WORD_SOUND_WITHHELD,
    WORD_CORRECTIONS,
    WORD_PLAIN,
    WORD_ONE_FILE,
    WORD_FEED,
    WORD_ALL_ARTICLES,
    WORD_CHECK,
    WORD_EMPTY,
    WORD_DESK,
    WORD_OPEN, /* quotation marks */
    WORD_CLOSE,
    WORD_COUNT
};

/* CLDR's categories. */
enum plural { PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER, PLURAL_COUNT };

enum notice_kind { NOTICE_REGION, NOTICE_ADVICE };
struct notice_line {
    enum notice_kind kind;
    const char *title; /* a region's name; "" for advice */
    const char *words;
};

/* What a reader is told of the risk of reading on and passing on, in general, as of `dated`. */
struct notice {
    const char *language;
    const char *title, *intro, *advice;
    const char *dated; /* a date */
    const struct notice_line *lines;
    size_t count;
};

struct words {
    const char *language; /* BCP 47 */
    enum plural (*plural)(uint64_t n);
    void (*date)(struct buffer *out, const struct words *w, int year, int month, int day);
    const char *digits;                   /* ten of them, in UTF-8; NULL: 0 to 9 */
    const char *const *months;            /* 12, and what the language's own way of dates needs behind them */
    const char *(*phrases)[PLURAL_COUNT]; /* by enum word; NULL where a form is as PLURAL_OTHER */
};

/* The table for a language tag; English where there is none of its own. Never NULL. */
const struct words *words_of(struct text language);
const struct notice *notice_of(struct text language);

/* The phrase, in the form for `count` where it counts. */
const char *words_phrase(const struct words *w, enum word word, uint64_t count);

/* Whether the table is for this language, or stands in for it. */
bool words_match(const char *table, struct text language);

/* A date of the notation (2031, 2031-03, 2031-03-04, 2031-03-04T16:30Z) as the language writes it, and true; anything
 * else as it is. */
bool words_date(const struct words *w, struct text date, struct buffer *out);
void words_number(const struct words *w, uint64_t n, struct buffer *out);

/* The next piece of a phrase: literal text (slot 0), or a slot (1 or 2). False at its end. */
bool words_piece(const char **phrase, struct text *literal, int *slot);

/* Every table, for tests: NULL behind the last. */
const struct words *words_table(size_t i);
const struct notice *notice_table(size_t i);

/* Languages: whether one is written from right to left, and its name in itself ("" where it is not known here). */
bool language_is_rtl(struct text tag);
const char *language_name(struct text tag);

#endif
