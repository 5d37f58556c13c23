/* The inside of small.h: a claim with what is below it, taken in once and seen in units by each measure. Private to
 * small.c, small_take.c and small_view.c. */
#ifndef STANDING_SMALL_INSIDE_H
#define STANDING_SMALL_INSIDE_H

#include "standing/circuit.h"
#include "standing/hitting.h"
#include "standing/scratch.h"
#include "standing/small.h"
#include "standing/units.h"

enum {
    MOST_LINES = 768,
    MOST_MEMBERS = 4096, /* of lines, together */
    MOST_VOICES = 1024,
    MOST_UNITS = 1400,
    MOST_CLAIMS = UNITSET_MOST,
    MOST_INFERS = 192,
    MOST_PREMISES = 512,
    MOST_FORCED = 600,
    SLOTS = 4096,     /* of the table of numbers: more than all units that can come */
    MOST_NESTED = 12, /* claims below each other that are looked at for being broken for nothing */
    MOST_ROOM = 8192, /* lines, and inferences, of the branches on the way down */
    MOST_STEPS = 100000,
};
#define NOBODY UINT32_MAX
#define FORCED (UINT32_MAX - 1) /* the number of a unit that has to be wrong anyway */

/* Voices, or units, to numbers from 0: open addressing; emptied by a new round. */
struct numbering {
    uint32_t key[SLOTS], round[SLOTS], number[SLOTS];
    uint32_t now, count, used;
};

struct small_line {
    uint16_t first, count; /* members: voices' numbers */
    bool firm, impugned;
};

struct small_infer {
    uint32_t reasoner;     /* a voice's number, or NOBODY */
    uint32_t first, count; /* premises */
};

struct small_claim {
    uint32_t claim;
    uint32_t first_line, lines, first_infer, infers;
};

/* What one kind of units makes of it. */
struct view {
    bool made;
    uint32_t base;                 /* units that are forced */
    bool infer_gone[MOST_INFERS];  /* its reasoner is wrong anyway */
    unitset line[MOST_LINES];      /* 0: touched anyway, or apart */
    bool apart[MOST_LINES];        /* no other line has any of its units: it costs one of its own */
    unitset reasoner[MOST_INFERS]; /* 0: there is none */
    unitset further[MOST_FORCED];  /* lines of forced voices that have several units */
    uint32_t further_count;
};

struct small {
    bool loaded;
    struct numbering voices, units;
    uint32_t voice_at[MOST_VOICES];
    uint32_t claims, lines, members, infers, premises;
    struct small_claim claim[MOST_CLAIMS];
    struct small_line line[MOST_LINES];
    uint16_t member[MOST_MEMBERS];
    struct small_infer infer[MOST_INFERS];
    uint8_t premise[MOST_PREMISES]; /* claims */
    words forced;                   /* voices that are a whole firm line each */
    struct view voice_view, unit_view;

    /* while a view is made */
    words list;                                                      /* numbers of units, voice by voice */
    uint32_t units_at[MOST_VOICES + 1], further_at[MOST_FORCED + 1]; /* where theirs start */
    uint32_t uses[MOST_UNITS], bit[MOST_UNITS], bits;

    /* one measure */
    const struct view *seen;
    unitset counts[MOST_LINES];  /* 0: the line does not count, is touched anyway, or is apart */
    uint32_t apart[MOST_CLAIMS]; /* lines that count and are apart */
    unitset span[MOST_CLAIMS], infer_span[MOST_INFERS];
    unitset apart_below[MOST_CLAIMS], infer_apart[MOST_INFERS]; /* claims that have lines apart */
    bool down[MOST_INFERS];
    struct hitting hitting;
    unitset room[MOST_ROOM];
    uint8_t infer_room[MOST_ROOM];
    size_t room_used, infer_room_used;
};

/* ---- numbers: of voices, and of the units of one view ---- */

void numbering_clear(struct numbering *n);

/* The slot of a key: its own, or the empty one where it would go. */
static inline uint32_t numbering_slot(const struct numbering *n, uint32_t key)
{
    uint32_t at = key * UINT32_C(2654435769) >> 20;
    while (n->round[at] == n->now && n->key[at] != key)
        at = (at + 1) % SLOTS;
    return at;
}

static inline bool numbering_has(const struct numbering *n, uint32_t slot)
{
    return n->round[slot] == n->now;
}

static inline void numbering_put(struct numbering *n, uint32_t slot, uint32_t key, uint32_t number)
{
    n->key[slot] = key;
    n->round[slot] = n->now;
    n->number[slot] = number;
    n->used++;
}

/* The number of a voice or unit, a new one where it had none. The caller sees to it that there are not too many. */
static inline uint32_t number_of(struct numbering *n, uint32_t key)
{
    uint32_t slot = numbering_slot(n, key);
    if (numbering_has(n, slot))
        return n->number[slot];
    numbering_put(n, slot, key, n->count);
    return n->count++;
}

/* ---- what a measure sees: small_view.c ---- */

/* Makes lines and reasoners sets of units of a kind. False where these are too many. */
bool small_view(const struct graph *g, struct small *s, enum unit_kind kind, struct view *v);

/* Sets s->seen and what of it counts for lines of a kind. */
void small_see(const struct graph *g, struct small *s, const struct view *v, enum lines_kind kind);

#endif
