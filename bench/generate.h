/* Large made-up cases in the notation, for benchmarks: the same text for the same arguments everywhere.
 *
 * Shape, alike at every size: claims 0.4 and voices 0.2 of the statements; voices speak with a power
 * law (the busiest about 0.8 % of all); most claims have 1 to 5 statements, with a long tail up to 400; 45 %
 * first-hand, 35 % told by others 1 to 4 deep, 10 % from documents, 4 % bare; 6 % inferences from 1 to 4 premises,
 * mostly recent claims, 2 % of them later ones, so that rings occur; 8 % of later statements are denials;
 * 6 in 10 voices belong to one organisation, 1 in 20 to two; 1 claim in 200 impugns a voice; 1 in 300 contradicts
 * another; a pair of voices in 500 may be one person. */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

#include "base/buffer.h"

/* Adds a case of `statements` statements to `out`: some 70 bytes each. */
void generate_case(uint32_t statements, uint64_t seed, struct buffer *out);

#endif
