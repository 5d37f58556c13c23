/* Invented names in four scripts, and ordinary articles about other people: for tests and measurements of the search
 * for secrets. Nobody is meant. */
#ifndef TESTS_GATE_INVENTED_H
#define TESTS_GATE_INVENTED_H

#include "base/buffer.h"

#include <stdint.h>

enum { IN_LATIN, IN_CYRILLIC, IN_ARABIC, IN_HEBREW, IN_SCRIPTS };

struct invented {
    char given[IN_SCRIPTS][40], family[IN_SCRIPTS][60];
};

/* The next random number below `most`; `state` is any seed. */
uint32_t invented_draw(uint64_t *state, uint32_t most);

void invented_make(uint64_t *state, struct invented *out);

/* Appends "given family". */
void invented_full(const struct invented *name, int script, struct buffer *out);

/* Ordinary articles; the last is NULL. */
extern const char *const invented_articles[];

#endif
