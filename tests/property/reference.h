/* What standing should be, worked out another way: a plain fixpoint and an integer program.
 *
 * Independent of the engine: it shares no code and no idea with it but the definitions of
 * docs/standing.md. Lines are found one at a time by asking what still holds without some voices;
 * a smallest breaking set of the lines found is a GLPK integer program; the two take turns until
 * nothing holds (implicit hitting set). Slow, and meant to be. */
#ifndef TESTS_PROPERTY_REFERENCE_H
#define TESTS_PROPERTY_REFERENCE_H

#include "property/sample.h"

struct reference;

/* Borrows the sample, which must not change. */
struct reference *reference_new(const struct sample *s);
void reference_free(struct reference *r);

/* Does the claim keep a line of the measure without the voices that `dead` names? */
bool reference_holds(const struct reference *r, uint32_t claim, enum measure m, const bool *dead);

/* The units of a voice: at least one. Marks in `dead` every voice that falls with a unit. */
const uint32_t *reference_units(const struct reference *r, enum measure m, uint32_t voice, uint32_t *count);
void reference_fell(const struct reference *r, enum measure m, uint32_t unit, bool *dead);

/* Units that are said to break a claim. */
struct guess {
    const uint32_t *units;
    uint32_t count;
};

/* The size of a smallest breaking set. The guess is not trusted: it is tried, and where it does break the
 * claim, the search may end as soon as the program proves that nothing smaller does. */
uint32_t reference_fewest(struct reference *r, uint32_t claim, enum measure m, const struct guess *guess);

/* The level, given the two numbers that it depends on. */
enum level reference_level(const struct reference *r, uint32_t claim, uint32_t cautious, uint32_t parties);
bool reference_denied(const struct reference *r, uint32_t claim);
uint32_t reference_distance(const struct reference *r, uint32_t claim);
bool reference_keystone(const struct reference *r, uint32_t claim, uint32_t voice);

/* Do these voices alone make a line of the measure, and none fewer of them? */
bool reference_carries(const struct reference *r, uint32_t claim, enum measure m, const uint32_t *voices, size_t count);
bool reference_minimal(const struct reference *r, uint32_t claim, enum measure m, const uint32_t *voices, size_t count);

#endif
