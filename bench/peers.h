/* What else could answer some of what standing answers, on the same cases in the same run.
 *
 * igraph: for each claim a minimum vertex cut and a dominator tree over its own firm lines, laid as paths
 * through one graph. Where paths meet that is more ways than there are lines, so its cut is an upper
 * bound, and it knows nothing of inference, units or bare lines: a partial answer.
 * clingo: a smallest breaking set as an optimisation over stable models, whose least fixpoint is that
 * of inference: the full answer for one measure of one claim. Runs as a program of its own.
 * A linear pass: which claims have a firm line, reading every line once. The unit of time. */
#ifndef BENCH_PEERS_H
#define BENCH_PEERS_H

#include "bearing/bearing.h"

struct peers;

/* Copies all firm lines and inferences out of a case. */
struct peers *peers_new(struct bearing *b);
void peers_free(struct peers *p);

/* How many claims have a firm line. Reads the state of each voice on each line, then follows inference. */
uint32_t peers_pass(const struct peers *p);

/* Sums over all claims with lines of their own: only so that no work can be left out. */
struct peers_sums {
    uint64_t claims, cut, dominators;
};
struct peers_sums peers_igraph(const struct peers *p);

/* `people` of a claim. 0; 1 where it was not finished in time; -1 where there is no clingo. */
int peers_clingo(const struct peers *p, uint32_t claim, uint32_t *people);

/* How many firm lines of statements a voice is on. */
uint32_t peers_busy(const struct peers *p, uint32_t voice);

#endif
