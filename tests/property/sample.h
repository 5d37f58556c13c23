/* A graph of claims as a list of steps: what a random case is made of.
 *
 * The same steps build the engine's graph and feed the reference (reference.h), whole or up to any
 * step, so that growing step by step can be compared with building at once. Voices and claims are
 * numbered by their steps, as graph.h numbers them. Samples of one seed are the same everywhere. */
#ifndef TESTS_PROPERTY_SAMPLE_H
#define TESTS_PROPERTY_SAMPLE_H

#include "base/vector.h"
#include "standing/standing.h"

#include <stdio.h>

/* Small, good enough, and the same on every machine: xorshift64*. */
struct rng {
    uint64_t state;
};
struct rng rng_of(uint64_t seed);
uint32_t rng_below(struct rng *r, uint32_t bound); /* bound > 0 */
bool rng_chance(struct rng *r, double chance);

enum step_kind { STEP_VOICE, STEP_CLAIM, STEP_OF, STEP_SAME, STEP_LINE, STEP_INFER, STEP_CONTRADICT, STEP_IMPUGN };

struct step {
    enum step_kind kind;
    uint32_t a, b; /* OF voice, organisation; SAME keep, lose; LINE claim, hops; INFER claim, reasoner;
                      CONTRADICT claim, claim; IMPUGN voice, claim */
    enum line_side side;
    bool firm;
    uint32_t at, count; /* LINE: its voices, INFER: its premises, in `members` */
};

struct sample {
    VECTOR(struct step) steps;
    VECTOR(uint32_t) members;
    uint32_t voices, claims;
};

void sample_release(struct sample *s);

uint32_t sample_voice(struct sample *s);
uint32_t sample_claim(struct sample *s);
void sample_pair(struct sample *s, enum step_kind kind, uint32_t a, uint32_t b);
void sample_line(struct sample *s, uint32_t claim, enum line_side side, bool firm, uint32_t hops,
                 const uint32_t *voices, uint32_t count);
void sample_infer(struct sample *s, uint32_t claim, uint32_t reasoner, const uint32_t *premises, uint32_t count);

/* A random case of the shape that people make, between 40 and 200 voices. */
struct sample sample_random(uint64_t seed);

/* The case less every line and inference with a voice on it for which `dead` is true. */
struct sample sample_without(const struct sample *s, const bool *dead);

/* The case less the steps from `from` up to `to`, but for those that make a voice or a claim. */
struct sample sample_less(const struct sample *s, size_t from, size_t to);

/* The steps from `from` up to `to`, taken by a graph that has taken those before. */
void sample_build(const struct sample *s, size_t from, size_t to, struct graph *g);

/* One step a line, as a remark in TAP. */
void sample_print(const struct sample *s);

#endif
