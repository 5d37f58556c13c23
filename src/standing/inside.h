/* The inside of a graph, for the files of this folder alone.
 *
 * Lines and inferences are runs of words in two pools, linked by offsets, so that a million of them
 * are a few dozen megabytes, adding one moves nothing, and a bulk load and a single addition are the
 * same code. Offset 0 means none. What is made from them (rows) is kept apart from them. */
#ifndef STANDING_INSIDE_H
#define STANDING_INSIDE_H

#include "base/vector.h"
#include "standing/cover.h"
#include "standing/lines.h"
#include "standing/standing.h"

typedef VECTOR(uint32_t) words;

/* A line in `g->lines`: claim, next line of the claim, flags, then two words a voice: the voice with
 * MEMBER_FIRST and MEMBER_LAST at the ends, and the next line's slot with this voice. Voices ascend. */
enum { LINE_CLAIM, LINE_NEXT, LINE_FLAGS, LINE_MEMBERS };
#define LINE_FIRM 1u
#define LINE_AGAINST 2u
#define LINE_HOPS_SHIFT 2
#define MEMBER_FIRST (1u << 31)
#define MEMBER_LAST (1u << 30)
#define MEMBER_VOICE (MEMBER_LAST - 1)

/* An inference in `g->infers`: claim, next inference to the claim, reasoner, next by the reasoner,
 * how many premises, then three words a premise: the claim, the next slot from it, its inference. */
enum { INFER_CLAIM, INFER_NEXT, INFER_REASONER, INFER_NEXT_BY, INFER_COUNT, INFER_PREMISES };
#define INFER_STEP 3 /* words a premise: the claim, the next slot from it, its own inference */
enum { USE_PREMISE, USE_NEXT, USE_INFER };

#define PARTY_MANY (1u << 31) /* party is an index into g->tops: a count and that many units */

/* What a line's voices need beyond being themselves. */
#define VOICE_GROUPED 1u  /* cautious unit is another voice */
#define VOICE_PARTY 2u    /* party unit is not the voice itself */
#define VOICE_IMPUGNED 4u /* a claim that has a line impugns it */
#define VOICE_OUT 16u     /* taken to be wrong: only while standing_without() runs */

/* What is asked of a voice now and then; what is asked of it at every line is in arrays of their own. */
struct voice {
    uint32_t parent;    /* union-find of same? */
    uint32_t next_mate; /* ring of the group */
    uint32_t reasons;   /* its newest inference */
    uint32_t of;        /* 1 + index into g->memberships */
    uint32_t members;   /* how many memberships name it as the organisation */
    uint32_t tops;      /* offset into g->tops of its tops, where it has `of` and they are known */
    uint32_t impugned;  /* how many claims that have a line impugn it */
};

struct membership {
    uint32_t organisation, next;
};

struct claim {
    uint32_t lines; /* newest line */
    uint32_t side;  /* index into g->sides; 0: none */
};

/* What only some claims have. */
struct side {
    uint32_t claim;
    uint32_t infers;      /* newest inference to it */
    uint32_t uses;        /* newest premise slot of it */
    uint32_t contradicts; /* 1 + index into g->contradictions */
    uint32_t impugns;     /* 1 + index into g->impugnments */
    uint32_t index, low;  /* scratch of ordering: see order.c */
    uint32_t flags;
};
#define SIDE_OPEN 1u    /* scratch of ordering */
#define SIDE_HOLDS 2u   /* scratch of rings: has an unquestioned line */
#define SIDE_ANY_KEY 4u /* scratch of rings: its keystones are not bounded yet */

struct contradiction {
    uint32_t claim, next;
};

struct impugnment {
    uint32_t voice, next;
    bool counted; /* its claim has a line, and the voice is marked for it */
};

/* A row as it is kept. Where `range` is not 0, g->ranges has the lower ends. */
struct cell {
    uint32_t size[MEASURE_COUNT];
    uint32_t distance;
    uint32_t keystones; /* offset into g->keystones */
    uint32_t keystone_count : 23;
    uint32_t marks : 4; /* of all voices that firm lines rest on, through inference too; CELL_BARE */
    uint32_t level : 2;
    uint32_t denied : 1;
    uint32_t held : 1; /* it has a line, firm or bare */
    uint32_t range;
};

#define CELL_BARE 8u /* beside VOICE_GROUPED, VOICE_PARTY and VOICE_IMPUGNED: has bare lines */
#define CELL_ALL_MARKS 15u

struct range {
    uint32_t low[MEASURE_COUNT];
};

struct graph {
    VECTOR(struct voice) voices;
    VECTOR(unsigned char) marks; /* VOICE_… */
    words newest;                /* by voice: the member slot of its newest line */
    words parties;               /* by voice: its party's unit, or PARTY_MANY */
    VECTOR(struct membership) memberships;
    words tops;
    VECTOR(struct claim) claims;
    VECTOR(struct side) sides;
    VECTOR(struct contradiction) contradictions;
    VECTOR(struct impugnment) impugnments;
    words lines, infers;

    /* made from the above */
    VECTOR(struct cell) cells;
    VECTOR(struct range) ranges;
    words keystones;
    size_t keystones_lost; /* words of g->keystones that no cell points to */
    int64_t effort;        /* work left for claims that have too many lines to write out */

    /* what changed since the rows were current */
    words changed;        /* claims, may repeat */
    bool anew;            /* everything */
    words touched_voices; /* whose units changed */

    unsigned cores; /* 0 and 1: one */
    struct scratch *scratch;
};

/* Sorts numbers ascending and drops repeats; returns how many are left. */
size_t set_sort(uint32_t *at, size_t count);

static inline struct side *side_of(const struct graph *g, uint32_t claim)
{
    uint32_t s = g->claims.at[claim].side;
    return s ? &g->sides.at[s] : NULL;
}

static inline uint32_t line_voice(const uint32_t *member)
{
    return *member & MEMBER_VOICE;
}

/* The line that a member slot belongs to. O(its length). */
static inline uint32_t line_of(const struct graph *g, uint32_t slot)
{
    while (!(g->lines.at[slot] & MEMBER_FIRST))
        slot -= 2;
    return slot - LINE_MEMBERS;
}

#endif
