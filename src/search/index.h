/* The index itself: SQLite's FTS5, in memory alone.
 *
 * One of two users of sqlite3.h. The other, store/, knows a file with three tables of sealed bytes, and how to make it
 * durable; this knows words, and must never see a file: the database is ":memory:", what SQLite would spill stays in
 * memory too (temp_store), and it has no journal. So they share nothing, and a mistake in one cannot reach the other.
 *
 * Words are cut and folded by fold.h, through a tokenizer of our own. No text is kept here, only where each word
 * stands. Units are numbered from 0, ascending. Ranks are BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75) with the
 * weights that the question gives. Not for two threads at once. */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "base/error.h"
#include "search/fold.h"
#include "search/plan.h"

struct index;

/* NULL and an error where SQLite has no FTS5. */
struct index *index_new(struct error *error);
void index_free(struct index *ix);

/* Adds a text as unit `unit`, larger than all before; every word of it goes through `each` too. */
int index_add(struct index *ix, uint32_t unit, struct text t, void (*each)(void *context, struct text word),
              void *context, struct error *error);

/* Counts a unit that has `words` words and is not indexed. */
void index_skip(struct index *ix, uint32_t unit, uint32_t words);

/* Puts what was added in order, so that it is found faster. After a while of adding; it costs a little. 0 or -1. */
int index_rest(struct index *ix, struct error *error);

/* What may be asked for units that hold what is looked for. */
struct index_asker {
    bool (*wants)(void *context, uint32_t unit);               /* else it is left out */
    void (*found)(void *context, uint32_t unit, double score); /* larger is better */
    void *context;
};

/* Gives every unit that a plan finds, in the order of their numbers. 0 or -1. */
int index_find(struct index *ix, const struct plan *plan, const struct index_asker *asker, struct error *error);

/* Bytes of memory that SQLite holds in this process. */
uint64_t index_bytes(void);

#endif
