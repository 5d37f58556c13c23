/* Publishing: drafts go through the gate, and the whole site takes its place in one step; or nothing does.
 *
 * A site is always made anew as a whole: from the newest version of each article that the case says was printed, each
 * gated again by what holds today, and the drafts given. What goes out for the first time is recorded in a case file
 * (`printed`), in this order: the site is written beside its place, the entry is appended, the site takes its
 * place. So nothing is ever out that the case does not know of; if the machine stops before the last step, the case
 * says that an article is printed which is not out yet, and publishing again without a draft mends it. */
#ifndef OPS_PUBLISH_H
#define OPS_PUBLISH_H

#include "gate/gate.h"
#include "ops/draft.h"
#include "ops/layout.h"
#include "ops/open.h"

/* A draft in memory: what its file would be called, and what would be in it. */
struct publish_given {
    const char *name;
    struct text source;
};

struct publish_wish {
    const char *file;          /* a text or a case */
    const char *const *drafts; /* files; - is standard input */
    size_t draft_count;
    const char *to;                             /* the site's folder; may be NULL for a dry run */
    const char *as_of;                          /* YYYY-MM-DD; NULL: today */
    const char *slug, *correction, *url, *name; /* or NULL */
    bool single_file;
    const struct publish_given *given; /* drafts that are in no file, beside `drafts` */
    size_t given_count;
    bool dry;   /* everything but writing */
    bool page;  /* keep the page of the last draft given, all in one file */
    bool check; /* only what is out already */
};

struct publish_draft {
    char *name; /* the file, or "printed SLUG" */
    char *slug; /* its name where the draft gives none */
    struct buffer source;
    char *dated;    /* when it went out first */
    bool is_new;    /* as against one that is out as it is */
    bool is_change; /* of one that is out */
};

struct published {
    struct opened opened;                /* faults are the case's */
    bool borrowed;                       /* `opened` is the caller's */
    VECTOR(struct publish_draft) drafts; /* in the order of the site, the newest first */
    VECTOR(struct gate_answer) answers;  /* by draft */
    struct gate_answer whole;            /* what was refused of the site as a whole */
    bool refused;
    size_t fresh, files; /* drafts that went out for the first time; files of the site */
    uint64_t bytes;
    struct buffer page; /* where it was wished for and nothing was refused */
    bool is_signed, recorded;
    char day[DAY_ROOM]; /* YYYY-MM-DD */
};

/* 0, also where the gate refused: look at out->refused. -1 as ops_open(), and where the folder cannot be written or is
 * not a site of Bearout's. published_release() in every case. */
int ops_publish(const struct publish_wish *wish, const struct passphrase_source *passphrase, const volatile bool *stop,
                struct published *out, struct error *error);
void published_release(struct published *p);

/* The same for a case that is open already (measured; wish->file is its file). `append` records what goes out, once,
 * durably. */
struct publish_case {
    const struct opened *opened;
    int (*append)(void *context, struct text notation, struct error *error);
    void *context;
};
int ops_publish_open(const struct publish_wish *wish, const struct publish_case *open, const volatile bool *stop,
                     struct published *out, struct error *error);

/* The refusals and warnings for people, and for programs: a JSON object a line, keys sorted. */
void publish_tell(const struct published *p, const struct screen *screen, struct buffer *out);
void publish_json(const struct published *p, struct buffer *out);

/* How many of either. */
size_t publish_count(const struct published *p, bool warnings);

#endif
