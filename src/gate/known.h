/* What is known of words beforehand: given names and their short forms, roles, words that are common, words that mean
 * nothing.
 *
 * Tables: known.def, common.def. Words are asked for by the key of their plain letters (words.h). Static, made at first
 * use (some 10 ms), safe from any thread. */
#ifndef GATE_KNOWN_H
#define GATE_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#define KNOWN_MOST 6u

enum known { KNOWN_GIVEN, KNOWN_FAMILY, KNOWN_ROLE, KNOWN_MONTH, KNOWN_STOP, KNOWN_COMMON };

/* The groups of a kind that a word is of; how many, at most KNOWN_MOST. */
unsigned known_groups(enum known kind, uint64_t key, uint16_t out[KNOWN_MOST]);

bool known_is(enum known kind, uint64_t key);

/* 1 to 12 where a word is a month's name, else 0. */
unsigned known_month(uint64_t key);

#endif
