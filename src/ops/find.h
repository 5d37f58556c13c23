/* Finding words in a case: claims, statements, titles, names, and what records say.
 *
 * A finder reads the case in small pieces in a thread of its own, keeps up with what is added, retracted and
 * destroyed, and answers at any time from any thread: while it is not done, with what it has so far. It holds an index
 * in memory (search/corpus.h) and writes nothing. Of voices it knows their NAMEs alone: nothing protected is ever
 * found, but where a record's own text says it. */
#ifndef OPS_FIND_H
#define OPS_FIND_H

#include "base/limits.h"
#include "ops/open.h"
#include "ops/session.h"
#include "search/corpus.h"

/* What is made of a record's file that has words. */
enum find_text { FIND_TEXT, FIND_TRANSCRIPT };

/* Bytes of a text at which its pages begin, ascending. */
struct find_pages {
    size_t *at;
    size_t count, room;
};

/* Where a finder has the case from. All are called from its thread (of finder_fill(): the caller's), one at a time. */
struct find_source {
    /* The case as it is now; nothing in it changes until leave(), which follows within milliseconds. */
    const struct opened *(*enter)(void *context, uint32_t *epoch);
    void (*leave)(void *context);
    /* Reads the text of a record (its id) into an empty `out`, and where its pages begin, if it has any. 0, or -1.
     * Called outside of enter() and leave(). May be NULL: records have no texts. */
    int (*text)(void *context, struct text record, enum find_text what, struct buffer *out, struct find_pages *pages,
                struct error *error);
    void *context;
};

struct finder;

/* `only`: one question is asked, this one, and no other: what cannot answer it is not kept, which takes a tenth of the
 * time and memory. NULL: any. It is borrowed until finder_free(). NULL and an error where there can be no index. */
struct finder *finder_new(const struct find_source *source, const struct query *only, struct error *error);
void finder_free(struct finder *f); /* ends its thread; wipes. NULL is fine. Not between enter() and leave() */

/* Either starts the thread that reads, and goes on reading whenever finder_look() is called; or reads all now. 0 or -1.
 */
int finder_start(struct finder *f, struct error *error);
int finder_fill(struct finder *f, const volatile bool *stop, struct error *error);

/* The case may have changed: look. Never waits. */
void finder_look(struct finder *f);

/* A source over a session, and one over a case that nobody else uses. */
struct find_source find_source_session(struct session *s);
struct find_source find_source_opened(const struct opened *o);

struct find_hit {
    enum search_kind kind;
    char id[LIMIT_ID + 1]; /* of the claim, voice or record; of a statement, of its claim */
    uint32_t entry;        /* of a statement, from 1; else 0 */
    uint32_t page;         /* from 1; 0: none */
    bool in_text;          /* of a record: `at` and `length` are bytes of its text, where the first word found is */
    uint64_t at, length;
    double seconds;       /* into a recording; negative: none */
    struct text title;    /* sentence, NAME or TITLE; of a statement its claim's sentence */
    struct text passage;  /* around what was found */
    bool before, after;   /* the text goes on there */
    uint32_t mark, marks; /* answer.marks: what was found in the passage */
};

struct find_answer {
    bool ready;            /* all was read; else the rest may hold more */
    uint64_t done, of;     /* how far the reading is, in some unit */
    uint32_t unread;       /* texts of records that could not be read */
    uint64_t total;        /* hits in all */
    struct find_hit *hits; /* best first */
    size_t count;
    struct passage_hit *marks; /* bytes of a passage */
    char *pool;
};

/* Answers a question. `kinds`: a set of 1 << enum search_kind, or SEARCH_ALL. 0 or -1; find_answer_release() in either
 * case. Waits for some milliseconds at most while a piece is read. */
int finder_find(struct finder *f, const struct query *q, unsigned kinds, size_t most, struct find_answer *out,
                struct error *error);
void find_answer_release(struct find_answer *a);

/* The kinds of a list of words: "claims,records"; also as the desk says them, "claim". 0 and an error for what is none.
 */
unsigned find_kinds(struct text list, struct error *error);

/* As docs/desk-api.md says of /api/find. */
void find_json(const struct find_answer *a, struct buffer *out);

/* For a person: a line or two a hit, and how many there are. */
struct screen;
void find_tell(const struct find_answer *a, const struct screen *screen, struct buffer *out);

#endif
