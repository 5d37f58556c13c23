/* Words of letters from two alphabets that look alike: a Cyrillic 'а' in a Latin word.
 *
 * Nobody writes so. A text can be marked by it, a different letter in each copy, and what is quoted from it then shows
 * who passed it on. */
#ifndef GATE_MIXED_H
#define GATE_MIXED_H

#include "base/text.h"

#include <stdbool.h>

/* The first such word: true, and where it starts. Linear. */
bool mixed_find(struct text t, size_t *at);

#endif
