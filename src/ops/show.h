/* What the case holds: an overview, or all about the ids that a person names.
 *
 * What is protected (known-as, contact, notes on voices, protect) is counted, and told only on
 * request. One id may be a voice, a record and a claim: all of them are shown. */
#ifndef OPS_SHOW_H
#define OPS_SHOW_H

#include "ops/layout.h"
#include "ops/open.h"

void show_case(const struct opened *o, const struct screen *screen, struct buffer *out);

/* All about the voice, record and claim of that id. `secrets`: protected strings too. -1 where there is none,
 * with the nearest as mend. */
int show_id(const struct opened *o, const char *id, bool secrets, const struct screen *screen, struct buffer *out,
            struct error *error);

#endif
