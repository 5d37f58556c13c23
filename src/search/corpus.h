/* A body of text that can be searched: claims, statements, titles, names, and the pages of records.
 *
 * Everything is held in memory and nowhere else: the index (index.h), the words (sound.h), and the texts themselves, so
 * that a passage can be shown without opening a record again. Units are pieces of text of one kind, numbered from 0 as
 * they are added; a page, a few minutes of a transcript, a claim's sentence. Knows nothing of models and files. Not for
 * two threads at once: ops/find.h sees to that. */
#ifndef SEARCH_CORPUS_H
#define SEARCH_CORPUS_H

#include "search/index.h"
#include "search/passage.h"

enum search_kind {
    SEARCH_CLAIM,
    SEARCH_STATEMENT,
    SEARCH_VOICE,
    SEARCH_RECORD,     /* its title */
    SEARCH_TEXT,       /* of a record */
    SEARCH_TRANSCRIPT, /* of a record */
    SEARCH_KINDS
};
#define SEARCH_ALL ((1u << SEARCH_KINDS) - 1)

struct corpus_unit {
    uint64_t place;   /* where its text is */
    uint32_t length;  /* bytes */
    uint32_t subject; /* number of a claim, voice, record */
    uint32_t entry;   /* number of an entry, from 0 */
    uint32_t page;    /* from 1; 0: it has none */
    uint64_t at : 48; /* of its text: the byte of the record's text that it begins at */
    uint64_t kind : 8;
    uint64_t dropped : 1;
    uint64_t kept : 1; /* its text is here */
};

struct corpus;

struct corpus *corpus_new(struct error *error);
void corpus_free(struct corpus *s); /* wipes the texts */

/* Only what a question finds is kept from here on: for one question and no other, at a fraction of the cost. The ranks
 * are those that all would give. Before anything is added. */
void corpus_only(struct corpus *s, const struct query *q);

/* Adds a unit with its text, of at most 16 MiB; of `unit` place, length, kept and dropped are ignored. 0, or -1. */
int corpus_add(struct corpus *s, const struct corpus_unit *unit, struct text t, struct error *error);

/* A unit is found no more. */
void corpus_drop(struct corpus *s, uint32_t unit);

/* Prepares what was added, so that questions are answered faster; a little at a time. True where more is left. */
bool corpus_settle(struct corpus *s);

struct corpus_found {
    uint32_t unit;
    double score;
};

struct corpus_answer {
    struct plan plan;
    struct corpus_found *at; /* best first */
    size_t count;
    uint64_t total; /* how many there are in all */
};

/* `kinds`: a set of 1 << enum search_kind. 0 or -1. Release the answer in either case; its plan is for passage_find().
 */
int corpus_find(struct corpus *s, const struct query *q, unsigned kinds, size_t most, struct corpus_answer *out,
                struct error *error);
void corpus_answer_release(struct corpus_answer *a);

uint32_t corpus_units(const struct corpus *s);
const struct corpus_unit *corpus_unit(const struct corpus *s, uint32_t unit); /* until the next is added */
struct text corpus_text(const struct corpus *s, uint32_t unit);
uint64_t corpus_bytes(const struct corpus *s); /* of the texts */

#endif
