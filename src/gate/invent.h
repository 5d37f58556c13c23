/* Made-up names, words, paths and ids that stand for a secret in the twin of a case.
 *
 * What is invented differs from what it stands for in script, in length (letters and bytes) and in the ending by which
 * languages tell a man's name from a woman's; and sorts elsewhere. It is NFC, needs no escape in the notation, and
 * means nothing. */
#ifndef GATE_INVENT_H
#define GATE_INVENT_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdint.h>

/* A run of numbers, the same for the same seed. Not for secrets that must not be guessed. */
struct chance {
    uint64_t state;
};
uint64_t chance_next(struct chance *c);
uint32_t chance_below(struct chance *c, uint32_t n); /* n > 0 */

/* A seed that depends on all of these. */
uint64_t chance_mix(uint64_t seed, uint64_t a, uint64_t b);
uint64_t chance_text(uint64_t seed, struct text t);

/* Each is added to `out`. */
void invent_name(struct chance *c, struct text original, struct buffer *out);  /* of a person, 1 to 4 words */
void invent_words(struct chance *c, struct text original, struct buffer *out); /* 1 to 24 words */
void invent_path(struct chance *c, struct text original, struct buffer *out);  /* with the ending of the original */

/* Distinct for distinct numbers; never "desk". */
void invent_id(struct chance *c, uint32_t number, struct buffer *out);

#endif
