/* What a person looks for, read from what was typed.
 *
 *     fire quay           both words, anywhere in one piece of text
 *     "on the quay"       these words, one behind the other
 *     yak*                words that start so; "on the qua*"
 *     fire NEAR quay      at most ten words apart; NEAR/3: three
 *     fire OR smoke       either
 *     -inquiry            without this word
 *
 * All else parts words. Nothing of it reaches SQLite but folded words (fold.h) between quotation marks. */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "base/error.h"
#include "search/sound.h"

#include <stdbool.h>
#include <stddef.h>

/* Words that stand one behind the other. */
struct query_phrase {
    uint32_t first, count; /* of query.words */
    bool open;             /* the last word may go on */
};

/* What is to be met: one phrase, or several near one another. */
struct query_term {
    uint32_t first, count; /* of query.phrases */
    uint32_t distance;     /* words between them at most; of one phrase 0 */
    uint32_t group;        /* terms of one group are alternatives */
    bool excluded;
};

struct query {
    struct query_term *terms; /* by group */
    size_t term_count;
    struct query_phrase *phrases;
    size_t phrase_count;
    struct text *words; /* folded; into `pool` */
    size_t word_count;
    char *pool;
};

/* Reads what was typed. 0, or -1 with a sentence and its mend. `typing`: it is not finished: the last word may go on,
 * and a quotation mark need not be closed. Release with query_release() in either case. */
int query_read(struct text typed, bool typing, struct query *out, struct error *error);
void query_release(struct query *q);

#endif
