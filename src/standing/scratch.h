/* What measuring needs to have at hand and would be slow to make anew for each claim. */
#ifndef STANDING_SCRATCH_H
#define STANDING_SCRATCH_H

#include "standing/inside.h"

/* A row as it was, to be put back. */
struct kept {
    uint32_t claim;
    struct cell cell;
};

/* Marks on claims that all go at once: a claim is marked where its stamp is the round's. */
struct stamps {
    uint32_t *at;
    size_t room;
    uint32_t round;
};

struct scratch {
    struct cover *cover;
    struct lines own, against;
    words units, common, keys, other_keys;
    words line; /* a line being made */
    words dirty, reach, order, parts, stack, rows, late;
    struct stamps in_reach, in_part, lone;
    VECTOR(struct kept) kept; /* filled while `keeping` */
    bool keeping;
    /* Only what levels follow from is wanted, while standing_if() runs: sizes are told up to two, which is linear in
     * the lines, and against, any and unquestioned are left as they were. */
    bool levels;
    struct stamps moved; /* claims whose level, or what levels above follow from, is another now */
    uint32_t out; /* voices taken to be wrong, while standing_without() runs */
    struct circuit *circuit;
    struct breaking *breaking;
    struct small *small;
};

struct scratch *scratch_new(void);
void scratch_free(struct scratch *s);

/* Unmarks all of `count`. */
void stamps_clear(struct stamps *s, size_t count);

/* Squeezes lines (see lines_squeeze) that are many enough for it; impugned voices are let alone, so that
 * what is left serves every measure. Afterwards is_lone_voice() knows whose line alone it is, firm and
 * unquestioned; false for all where there were few. */
void squeeze(const struct graph *g, struct lines *l);
bool is_lone_voice(const struct graph *g, uint32_t voice);

/* Marks one; false where it was marked already. */
static inline bool stamps_mark(struct stamps *s, uint32_t i)
{
    if (s->at[i] == s->round)
        return false;
    s->at[i] = s->round;
    return true;
}

static inline bool stamps_has(const struct stamps *s, uint32_t i)
{
    return s->at[i] == s->round;
}

#endif
