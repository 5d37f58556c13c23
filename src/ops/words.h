/* The words that a person reads, in one place and in more than one language.
 *
 * A catalogue (words_en.def, words_ru.def) holds every sentence as a template; `{0}`, `{1}` … are what is put in, in
 * any order. Code chooses which sentence, never how it reads. Counting goes through words_count(): never a bare number.
 *
 * Names are put in as they are written: a language that inflects them has templates in which they need not be. */
#ifndef OPS_WORDS_H
#define OPS_WORDS_H

#include "base/buffer.h"
#include "ops/words_language.h"
#include "standing/standing.h"

enum words {
#define WORDS(name, template) WORDS_##name,
#define COUNTED(name, none, one, few, many)
#include "ops/words_en.def"
#undef WORDS
#undef COUNTED
    WORDS_COUNT
};

enum counted {
#define WORDS(name, template)
#define COUNTED(name, none, one, few, many) COUNTED_##name,
#include "ops/words_en.def"
#undef WORDS
#undef COUNTED
    COUNTED_COUNT
};

/* Adds a sentence, or a part of one. Every `{N}` of the template must be given. */
#define words_say(out, name, ...)                                                                                      \
    words_fill(out, WORDS_##name, (const struct text[]){{0}, __VA_ARGS__},                                             \
               sizeof((const struct text[]){{0}, __VA_ARGS__}) / sizeof(struct text))

/* `given[0]` is unused; `{N}` is given[N + 1]. */
void words_fill(struct buffer *out, enum words w, const struct text *given, size_t count);

/* The template itself, for one that has nothing to fill in. */
struct text words_text(enum words w);

/* "nobody", "one person", "11 people": a number and what it counts. Small numbers may be spelt out. */
void words_count(struct buffer *out, enum counted what, uint64_t n);

/* Likewise in figures, for a table: "1 person", "3–5 people". */
void words_figures(struct buffer *out, enum counted what, struct interval n);

/* A standing: "borne out". */
struct text words_level(enum level l);

/* Adds a name as it stands within a sentence: a leading article, in a language that has them, is written small. */
void words_within(struct text name, struct buffer *out);

/* Makes what was added from byte `from` on start as a sentence does. */
void words_begin(struct buffer *out, size_t from);

/* The separators of a list of `count` before its member `i`: "", ", " or, in English, " and ". */
struct text words_between(size_t i, size_t count);

#endif
