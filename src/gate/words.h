/* The words of a view: what stands between blanks and signs, as letters, with how it is written and what parts it from
 * the word before. Knows nothing of secrets. */
#ifndef GATE_WORDS_H
#define GATE_WORDS_H

#include "gate/letters.h"
#include "gate/view.h"

enum {
    WORD_CAPITAL = 1,    /* its first letter is one, in a script that has them */
    WORD_CASELESS = 2,   /* a script without capitals */
    WORD_OPENS = 4,      /* opens a sentence, or stands in capitals altogether: its capital says nothing */
    WORD_TECHNICAL = 8,  /* of markup, an address, a file name, a handle */
    WORD_DISGUISED = 16, /* letters of two scripts that look alike */
    WORD_DIGITS = 32,    /* has digits */
    WORD_TURNED = 64,    /* its last letter is a capital and its first is not */
};

/* What stands between a word and the one before, loosest last. */
enum gap { GAP_SIGN, GAP_BLANK, GAP_STOP, GAP_BREAK };

struct word {
    uint32_t first, count; /* signs */
    uint32_t start, end;   /* bytes */
    uint64_t key;          /* of `plain`, or of its digits where it has no letters; never 0 */
    uint64_t raw;          /* of its signs in small letters */
    uint8_t flags, undone, gap;
    struct letters letters; /* as read */
    struct letters plain;   /* without accents, apostrophes, and differences that writers ignore */
};
typedef VECTOR(struct word) word_list;

/* O(signs). */
void words_read(const struct view *v, word_list *out);

/* Letters without accents, apostrophes, and differences that writers ignore (ё е, أ ا). */
void letters_plain(const struct letters *from, struct letters *plain);

/* A key of letters; equal for equal letters of one script, never 0. */
uint64_t letters_key(const struct letters *l);
uint64_t key_of_bytes(const void *bytes, size_t length, uint64_t seed);

#endif
