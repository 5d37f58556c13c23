/* Words to numbers, for what is looked for as it is typed: which items hold words that begin so?
 *
 * A word is a run of letters, their marks and digits, case-folded; a character of a script that puts no blanks between
 * words (Han, kana, Thai…) is a word by itself. Texts go in one item at a time; an item whose text is put again is
 * found by the new one alone. Items are kept in segments, each a sorted list of words with their items, so that putting
 * one more never costs more than the last segment. */
#ifndef DESK_VIEW_WORDS_H
#define DESK_VIEW_WORDS_H

#include "base/text.h"

#include <stdint.h>

struct word_index;

struct word_index *word_index_new(void);
void word_index_free(struct word_index *w);
void word_index_clear(struct word_index *w);

/* How many items there are: numbers below have been put. */
uint32_t word_index_count(const struct word_index *w);

/* Puts the texts of an item: a new one has the number word_index_count(). O(their length), now and then a segment. */
void word_index_put(struct word_index *w, uint32_t item, const struct text *texts, size_t count);

/* The items that hold, for every word of the query, a word that begins with it: bit `i % 64` of element `i / 64`. NULL
 * where the query has no words, so that all do. Borrowed until the next call. The same query again costs nothing. */
const uint64_t *word_index_find(struct word_index *w, struct text query);

#endif
