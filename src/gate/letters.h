/* Words as rows of small letter codes: what a name is once case, accents, presentation forms and the
 * spelling habits of one language are set aside.
 *
 * Each alphabet has its own codes, from 1, all under LETTER_EDGE. Latin letters keep their accents as codes of
 * their own behind the letter, so that a model can use or skip them. Cyrillic is folded to Russian letters, Persian
 * to Arabic where they are the same letter, Hebrew finals to plain letters. Greek, Georgian
 * and Armenian are written in Latin letters. Every other script has no codes: only its exact form is known.
 * Nothing here knows about names or models. */
#ifndef GATE_LETTERS_H
#define GATE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unicode/utypes.h>

#define LETTERS_MOST 48u /* codes in one word; what is longer is cut */
#define LETTER_EDGE 63   /* either end of a word */

enum script { SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_ARABIC, SCRIPT_HEBREW, SCRIPT_COUNT };

struct letters {
    uint8_t at[LETTERS_MOST];
    uint8_t count;
    uint8_t script; /* enum script */
};

/* Whether a code is a vowel, an accent, or an apostrophe: what a skeleton leaves out. */
bool letter_is_soft(enum script s, uint8_t code);

/* Whether a code point can stand in a word: letters of any script, marks, apostrophes inside. */
bool letter_in_word(UChar32 c);

/* Signs that are not seen: zero-width and directional marks, soft hyphens, fillers, variation selectors. */
bool letter_is_invisible(UChar32 c);

/* The codes of a word. A word of several scripts whose strangers all look like letters of one script
 * is read in that one (`*disguised` is set; may be NULL); otherwise strangers to the script of most
 * letters are left out. O(length). */
void letters_read(const UChar32 *word, size_t length, struct letters *out, bool *disguised);

/* As letters_read, but every letter, and digits too, for the letter of `script` that it looks like. False where one has
 * none, or where nothing would change. */
bool letters_read_as(const UChar32 *word, size_t length, enum script script, struct letters *out);

/* Appends letters of the alphabet of out->script, written in UTF-8; what is not of it is left out. */
void letters_spell(struct letters *out, const char *spelling);

/* One code as UTF-8 (accents as combining marks, the edge as '|'), for tables and reports. Static. */
const char *letter_name(enum script s, uint8_t code);

#endif
