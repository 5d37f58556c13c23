/* The measures: who would all have to be wrong for a claim to fall?
 *
 * standing_measure() makes every row of a graph current; standing_update() does so after the graph
 * grew, at the cost of what is above the change. Every number is exact, or an honest interval where
 * the bounded search was cut off. Definitions, algorithms and their sources: docs/standing.md. */
#ifndef STANDING_STANDING_H
#define STANDING_STANDING_H

#include "standing/graph.h"

enum level { LEVEL_UNHEARD, LEVEL_ALLEGED, LEVEL_ATTESTED, LEVEL_BORNE_OUT, LEVEL_COUNT };
enum measure { PEOPLE, CAUTIOUS, PARTIES, ANY, UNQUESTIONED, AGAINST, MEASURE_COUNT };

/* A number that is known (low == high), or known to lie from low to high. */
struct interval {
    uint32_t low, high;
};

struct row {
    enum level level;
    struct interval measures[MEASURE_COUNT];
    bool denied;
    uint32_t distance;         /* GRAPH_NONE: no line is firm */
    const uint32_t *keystones; /* voices, ascending by number; borrowed until the graph changes or any
                                   other function of this page is called on it */
    uint32_t keystone_count;
};

const char *level_word(enum level l);     /* "unheard" … */
const char *measure_word(enum measure m); /* "people" … */

/* On how many cores standing_measure() may work; one unless told. The rows are the same to the byte. */
void standing_cores(struct graph *g, unsigned cores);

/* Makes all rows current. `stop`, where not NULL, is polled; when it becomes true the call returns
 * -1 and no row may be read. Returns 0. */
int standing_measure(struct graph *g, const volatile bool *stop);

/* Makes all rows current after additions since the last measure or update, touching only what they
 * bear on. The rows are the same as standing_measure() would give, but that an interval may be
 * narrower or wider: the work allowed is per call. */
void standing_update(struct graph *g);

/* The row of a claim. Needs current rows. */
struct row standing_row(const struct graph *g, uint32_t claim);

/* The rows as they would be if the voices were wrong throughout: calls `each` for every claim whose
 * row differs, in order of number. The graph's own rows are the same afterwards. */
void standing_without(struct graph *g, const uint32_t *voices, size_t count,
                      void (*each)(void *context, uint32_t claim, const struct row *row), void *context);

/* A smallest set of units that touches every line of a measure, and what proves it smallest. */
struct certificate {
    struct interval size;
    uint32_t *breaking; /* size.high units, named by a voice each (parties: the top
                           organisation); yours, free() */
    uint32_t breaking_count;
    uint32_t *packing;      /* lines with no unit in common, each as a count and that many voices,
                               end to end; yours, free() */
    uint32_t packing_count; /* lines; == size.low proves it, else the search was finished */
    bool finished;          /* the search ended by itself */
};
void standing_certificate(struct graph *g, uint32_t claim, enum measure m, struct certificate *out);
void certificate_release(struct certificate *c);

/* Some minimal lines of a claim, through inference too: at most `most`, the shortest first as far as
 * they were found; bare ones after the firm. For showing, and for checking certificates. Calls `each`. Returns
 * true where these are all its lines. */
bool standing_lines(struct graph *g, uint32_t claim, enum line_side side, size_t most,
                    void (*each)(void *context, const uint32_t *voices, size_t count, bool firm), void *context);

/* The work that one measurement may take beyond what is linear in the case. */
int64_t standing_effort(const struct graph *g);

/* What would happen if a voice confirmed: for one voice, the extra lines (claim, voices, hops; all
 * firm, for). Calls `raised` for each claim whose level would rise, in order of number. What it may cost is taken off
 * *effort, which is shared by what is asked together; where it has run out, what is not known to rise is not told. The
 * graph's own rows are the same afterwards. */
struct extra_line {
    uint32_t claim, hops;
    const uint32_t *voices;
    size_t count;
};
void standing_if(struct graph *g, const struct extra_line *lines, size_t count, int64_t *effort,
                 void (*raised)(void *context, uint32_t claim, enum level to), void *context);

#endif
