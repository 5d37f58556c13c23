/* The inside of peers: a case's firm lines and inferences as lists. For the files of the peers alone. */
#ifndef BENCH_PEERS_INSIDE_H
#define BENCH_PEERS_INSIDE_H

#include "peers.h"

#include "base/vector.h"

/* Lists of numbers, end to end: those of `i` are members.at[starts.at[i]] up to starts.at[i + 1]. */
struct lists {
    VECTOR(uint32_t) starts;
    VECTOR(uint32_t) members;
};

struct peers {
    uint32_t voices, claims;
    struct lists lines;           /* firm ones, for: their voices, from the speaker to the ground */
    VECTOR(uint32_t) line_claim;  /* by line */
    struct lists infers;          /* their premises */
    VECTOR(uint32_t) infer_claim; /* by inference */
    VECTOR(uint32_t) reasoner;    /* by inference; GRAPH_NONE: the desk */
    struct lists by_claim;        /* by claim: its lines */
    struct lists concluded;       /* by claim: inferences that conclude it */
    struct lists used;            /* by claim: inferences that it is a premise of */
    VECTOR(uint32_t) busy;        /* by voice: lines it is on */
    VECTOR(unsigned char) dead;   /* by voice: nobody; there so that a pass has to look */
};

struct span {
    const uint32_t *at, *end;
};

static inline struct span members(const struct lists *l, uint32_t i)
{
    return (struct span){l->members.at + l->starts.at[i], l->members.at + l->starts.at[i + 1]};
}

#define each(item, lists, i) (struct span item = members(lists, i); item.at < item.end; item.at++)

#endif
