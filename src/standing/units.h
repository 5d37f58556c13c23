/* Who fails together: the units that voices are counted by. */
#ifndef STANDING_UNITS_H
#define STANDING_UNITS_H

#include "standing/inside.h"

enum unit_kind { UNIT_VOICE, UNIT_GROUP, UNIT_PARTY };

/* Makes party and marks of all voices, or of those whose units changed (and of their groups). */
void units_make(struct graph *g);
void units_refresh(struct graph *g);

/* The unit kind that a measure counts by. */
enum unit_kind measure_units(enum measure m);

/* Writes the units of some voices behind `out`. A unit may come twice. */
void units_of(const struct graph *g, enum unit_kind kind, const uint32_t *voices, uint32_t count, words *out);

#endif
