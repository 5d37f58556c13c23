/* One row: all measures of one claim. */
#ifndef STANDING_ROW_H
#define STANDING_ROW_H

#include "standing/circuit.h"
#include "standing/scratch.h"
#include "standing/units.h"

/* Steps that one measure of one claim may cost: about a tenth of a second. */
#define MEASURE_WORK (INT64_C(1) << 27)

/* Makes the row of a claim without inferences. */
void row_make(struct graph *g, uint32_t claim);

/* The same while only levels are wanted: see scratch.h. */
void row_make_level(struct graph *g, uint32_t claim);

/* Makes the rows of a part of inferred claims that are settled; the rows of their other premises are
 * made. See inferred.c. */
void rows_make_inferred(struct graph *g, const uint32_t *claims, uint32_t count);

/* What follows is shared by the two. */

/* The smallest set of units that touches all lines of a kind. */
struct interval fewest(struct graph *g, const struct lines *l, enum lines_kind kind, enum unit_kind units,
                       int64_t *work);

/* The voices on every firm line of l, behind `keys`, ascending. */
void common_voices(const struct lines *l, words *keys);

/* Keeps of `keys` those that are among `voices`; both ascend. */
void keep_common(words *keys, const uint32_t *voices, uint32_t count);

void set_keystones(struct graph *g, uint32_t claim, const words *keys);
void set_size(struct graph *g, uint32_t claim, enum measure m, struct interval size);
void set_counts(struct graph *g, uint32_t claim, struct interval people, struct interval cautious,
                struct interval parties);
struct interval get_size(const struct graph *g, uint32_t claim, enum measure m);
struct interval cell_size(const struct graph *g, const struct cell *cell, enum measure m);
bool same_keystones(const struct graph *g, const struct cell *a, const struct cell *b);

/* From the sizes and what holds. */
void set_level(struct graph *g, uint32_t claim);

/* The end of every row, once the other measures are set: the level, and what the claim's own denials, in
 * s->against, say. A claim that others contradict is put into s->late. */
void finish_row(struct graph *g, uint32_t claim);

/* What denials and contradicting claims say against a claim, once all other rows are made. */
void row_against(struct graph *g, uint32_t claim);

/* All of what gather() and contradictions say against a claim, into s->against; the contradicting claims
 * that are inferred behind `inferred`. Returns whether anything does, firm or bare. */
bool gather_against(struct graph *g, uint32_t claim, words *inferred);

static inline bool is_inferred(const struct graph *g, uint32_t claim)
{
    const struct side *side = side_of(g, claim);
    return side && side->infers;
}

#endif
