/* A question as it is put to the index: each word with what spells the same in other scripts, and what each is worth.
 *
 * Patterns stand in the order in which the expression has them: what the index reports of its phrase 3 is of
 * pattern 3. They also say which words of a text are to be shown as found (passage.h). */
#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

#include "base/buffer.h"
#include "search/query.h"

struct pattern {
    uint32_t first, count; /* of plan.words */
    uint32_t term;         /* of the query: patterns of one term are alternatives, or near one another */
    uint32_t word;         /* patterns of one are spellings of the same: of plan.weights */
    bool open;             /* the last word may go on */
    double share;          /* what it counts beside the spelling that was typed; 0: it must not be there */
};

struct plan {
    struct pattern *patterns;
    size_t pattern_count;
    struct text *words;
    size_t word_count;
    double *weights;          /* by pattern.word: how rare it is in all its spellings (inverse document frequency) */
    size_t weight_count;      /* at most LIMIT_QUERY_WORDS */
    struct buffer expression; /* of FTS5 */
    char *pool;
};

/* `s` is the vocabulary of what is searched, `units` how many pieces of text there are. Release with plan_release(). */
void plan_make(const struct query *q, struct sounds *s, uint32_t units, struct plan *out);
void plan_release(struct plan *p);

#endif
