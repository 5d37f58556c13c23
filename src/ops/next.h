/* Whom to ask next: the voices cited but never heard, whose confirming would raise claims; then whoever
 * is accused and was not asked; then questions to which the answer is overdue. */
#ifndef OPS_NEXT_H
#define OPS_NEXT_H

#include "ops/layout.h"
#include "ops/open.h"

/* One JSON object a voice, as `bearout next --json` prints them: {"ask":"v0","raises":["c5"]}. Needs measured rows. */
void next_json(const struct opened *o, struct buffer *out);

/* The same in a sentence each, and what is open of the right of reply. `today` is YYYY-MM-DD. */
void next_sentences(const struct opened *o, struct text today, const struct screen *screen, struct buffer *out);

/* Who has something from that voice, as told in the statements that cite it: each once, at most `most` of them, by the
 * first that did. */
size_t next_citing(struct model *m, uint32_t voice, uint32_t *who, size_t most);

#endif
