/* Claims with too many lines to write out: a smallest breaking set by implicit hitting sets.
 *
 * A pool of lines found so far is hit as cheaply as possible (cover.h); one linear pass over the
 * cone below asks whether a line survives that; if one does, it is cut down to a minimal one, put into the pool, and
 * the question is asked again. When none survives, the hitting set is a smallest breaking set.
 * Source: the implicit hitting set scheme of Karp and Moreno-Centeno (2013), as in MaxHS (Davies and
 * Bacchus 2011), with hitting sets that need not be optimal in between. */
#ifndef STANDING_CIRCUIT_H
#define STANDING_CIRCUIT_H

#include "standing/inside.h"

struct circuit;

struct circuit *circuit_new(void);
void circuit_free(struct circuit *c);

/* Which lines count. */
enum lines_kind { LINES_FIRM, LINES_ALL, LINES_UNQUESTIONED };
enum lines_kind measure_lines(enum measure m);

/* What is asked: what breaks every line of all `roots` and every one of `extra` (may be NULL). */
struct goal {
    const uint32_t *roots;
    uint32_t count;
    const struct lines *extra;
    enum measure measure; /* says which lines count, and by which units; AGAINST: firm ones, by voice */
    bool minimal;         /* the lines met are to be minimal ones: for showing; costs more */
};

/* Forgets the lines met so far. They are lines of the last goal, whatever its units: keep them between
 * questions about the same roots, and forget them before the next. */
void circuit_forget(struct circuit *c);

/* The size of a smallest breaking set, within what is known already; an interval where *work ran
 * out. */
struct interval circuit_cover(struct graph *g, const struct goal *goal, struct interval known, int64_t *work);

/* The best breaking set found by the last call, as units; and the lines it met. Borrowed. */
const uint32_t *circuit_breaking(const struct circuit *c, uint32_t *count);
const struct lines *circuit_lines(const struct circuit *c);

#endif
