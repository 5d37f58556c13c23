/* The log of a case as a diary: who took what, when, in the notation. */
#ifndef OPS_DIARY_H
#define OPS_DIARY_H

#include "ops/layout.h"
#include "ops/open.h"
#include "ops/telling.h"

/* Adds all batches of an open case, each entry behind the number that `retract` knows it by, and a
 * mark under those that no longer hold. Refuses a text, which has no log. */
int ops_diary(const struct opened *o, const struct screen *screen, struct buffer *out, struct error *error);

/* Adds an entry in a sentence for a person. Nothing protected is in it. */
void diary_sentence(struct telling *t, uint32_t entry, struct buffer *out);

#endif
