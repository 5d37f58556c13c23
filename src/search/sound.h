/* The words that a body of text has, and which of them are one that was typed, written in another script.
 *
 * Words are numbered as they are met. Those of a known script (gate/letters.h) are also found by their skeletons of
 * consonants (gate/skeleton.h), in the forms that names take (gate/endings.h); what shares one is weighed
 * (gate/score.h). So "Vadim" finds "Вадимом" without a second index: what is alike is put into the question. */
#ifndef SEARCH_SOUND_H
#define SEARCH_SOUND_H

#include "base/text.h"

#include <stdint.h>

#define ALIKE_MOST 12u

struct sounds;

struct sounds *sounds_new(void);
void sounds_free(struct sounds *s); /* wipes */

/* Counts a folded word once for each `unit`. Its number. O(1). */
uint32_t sounds_add(struct sounds *s, struct text word, uint32_t unit);

/* In how many units a word was. */
uint32_t sounds_units(const struct sounds *s, struct text word);
uint32_t sounds_words(const struct sounds *s);

/* Puts up to `most` further words into the index by skeletons; true where more are left. About 2 µs a word. */
bool sounds_hear(struct sounds *s, uint32_t most);

struct alike {
    uint32_t word;
    float evidence; /* nats: gate/score.h */
};

/* The words of other scripts that spell what `word` does, the likeliest first: how many. Hears all first. */
unsigned sounds_alike(struct sounds *s, struct text word, struct alike out[ALIKE_MOST]);
struct text sounds_text(const struct sounds *s, uint32_t word); /* valid until the next is added */

/* Whether two folded words of different scripts may be one, as sounds_alike() would say. */
bool sounds_same(struct text a, struct text b);

#endif
