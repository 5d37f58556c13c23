/* The words that secrets are made of, and an index that finds which of them a word of a text may be.
 *
 * A word may be a token letter for letter, as a form of it (endings.h), another name of the same person (known.h),
 * turned round, or in another spelling or script: those are found by skeleton (skeleton.h) and weighed (score.h).
 * What a match means is for others to say. */
#ifndef GATE_TOKENS_H
#define GATE_TOKENS_H

#include "gate/words.h"

enum rank {
    RANK_NAME,   /* says who somebody is */
    RANK_GIVEN,  /* a given name that many have */
    RANK_COMMON, /* a word that is a name only by chance */
    RANK_WHOLE,  /* a whole name without blanks: "anastark" */
    RANK_WORD,   /* of a phrase only */
};

struct token {
    struct letters letters, plain;
    uint64_t key, raw;
    uint8_t rank;     /* the best of its uses: lower is stronger */
    bool name;        /* stands in a name */
    bool spelled;     /* other spellings are looked for */
    uint32_t persons; /* names that it stands in */
};

/* How a word and a token agree. */
enum match { MATCH_SAME, MATCH_FORM, MATCH_GROUP, MATCH_LOOKALIKE, MATCH_REVERSED, MATCH_SPELLED };
struct hit {
    uint32_t token;
    uint8_t match;
    float cost;     /* of a form, in nats */
    float evidence; /* of MATCH_SPELLED, in nats */
};
typedef VECTOR(struct hit) hits;

struct tokens;

struct tokens *tokens_new(void);
void tokens_free(struct tokens *t); /* wipes */

/* The number of the token that a word is; a new one where it was none. O(1). */
uint32_t tokens_add(struct tokens *t, const struct word *w, enum rank rank, bool spelled);

/* Ends the adding. */
void tokens_ready(struct tokens *t);

const struct token *tokens_at(const struct tokens *t, uint32_t number);
size_t tokens_count(const struct tokens *t);

/* Adds what a word of a view may be, each token once for each way. Without `spelled` only what is exact. */
void tokens_find(const struct tokens *t, const signs *s, const struct word *w, hits *out);
void tokens_find_spelled(const struct tokens *t, const struct word *w, hits *out);

/* The tokens that letters without blanks are, exactly. */
void tokens_find_joined(const struct tokens *t, const struct letters *plain, bool forms, hits *out);

#endif
