/* The ways in which an invented name is planted in a text: for tests and measurements of the search for secrets. */
#ifndef TESTS_GATE_PLANTED_H
#define TESTS_GATE_PLANTED_H

#include "invented.h"

#include <stdbool.h>

enum way {
    WAY_FULL,
    WAY_FAMILY,
    WAY_SMALL,
    WAY_FULL_IN_OTHER,
    WAY_FAMILY_IN_OTHER,
    WAY_FULL_IN_ARABIC,
    WAY_FULL_IN_HEBREW,
    WAY_CASE,
    WAY_CASE_IN_OTHER,
    WAY_INITIALS,
    WAY_GIVEN_AND_INITIAL,
    WAY_REVERSED,
    WAY_SOFT_HYPHEN,
    WAY_ZERO_WIDTH,
    WAY_TAG,
    WAY_EMPHASIS,
    WAY_PERCENT,
    WAY_ENTITIES,
    WAY_ESCAPES,
    WAY_BASE64,
    WAY_BASE64_LATER,
    WAY_BASE64_LATER_STILL,
    WAY_HEXADECIMAL,
    WAY_SPACED,
    WAY_HYPHENS,
    WAY_PIECES,
    WAY_LOOKALIKE,
    WAY_DIGITS,
    WAY_HANDLE,
    WAY_COUNT
};

/* Appends the name, known in `script`, planted in this way. False where the way is not one of this name. */
bool planted_make(enum way way, const struct invented *name, int script, struct buffer *out);

const char *planted_words(enum way way);

#endif
