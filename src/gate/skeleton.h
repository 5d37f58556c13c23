/* The consonants of a word, by how they sound, in the few ways in which they may be read.
 *
 * Eight sounds (p t k s l r m n) stand for all consonants of all scripts. A letter that other spellings leave out
 * (h, j, و) may be there or not; one that is read in two ways (c, g, צ) is either. So a word has a few
 * skeletons, and two words that can be one name share one: an index by skeleton finds all candidates without comparing
 * every pair. Most spellings of one name do (docs/secrets.md has the figure); silent consonants do not. */
#ifndef GATE_SKELETON_H
#define GATE_SKELETON_H

#include "gate/letters.h"

#define SKELETONS_MOST 24u

/* Skeletons of a word, each once; how many. A skeleton is a number, never 0; words without consonants have none. */
unsigned skeletons_read(const struct letters *word, uint64_t out[SKELETONS_MOST]);

#endif
