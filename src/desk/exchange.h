/* One request and its answer, for those who answer it: nothing here knows how they travel. */
#ifndef DESK_EXCHANGE_H
#define DESK_EXCHANGE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"
#include "desk/inflow.h"
#include "desk/keeper.h"
#include "desk/looks.h"
#include "desk/view.h"
#include "ops/evidence.h"

struct desk;

struct exchange {
    struct desk *desk;
    VECTOR(struct view_parameter) parameters; /* each pair owns its bytes at `name.at` */
    struct buffer body;                       /* what was sent; wiped with the exchange */
    struct session *session;                  /* borrowed for the time of the answer; NULL where none is asked for */
    unsigned status;                          /* 200 unless said otherwise */
    const char *type;                         /* application/json unless said otherwise */
    struct buffer answer;
    struct inflow *inflow; /* ROUTE_FILE: what comes in */
    struct evidence *file; /* the answer is this file, or the part of it that is asked for; closed with the answer */
    bool saved;            /* it is to be saved, and not shown */
};

/* The value of a parameter, "" where there is none. */
struct text exchange_parameter(const struct exchange *x, const char *name);

/* Answers with what went wrong: {"error":{…}}, with the status that fits it. */
void exchange_fail(struct exchange *x, const struct error *error);
void exchange_refuse(struct exchange *x, unsigned status, const char *what, const char *mend);

/* ---- what a server's parts ask of the desk (desk.c) ---- */
struct keeper *desk_keeper(struct desk *d);
const char *desk_token(const struct desk *d);
uint32_t desk_idle(const struct desk *d); /* seconds; 0: never */

struct looks *desk_looks(const struct desk *d); /* NULL where looks are not written down */

/* Tells every page: an event of docs/desk-api.md, `data` being JSON on one line. From any thread. */
void desk_tell(struct desk *d, const char *event, const char *data);
void desk_tell_change(struct desk *d, struct session_now now);

/* Locks the case and tells so. */
void desk_lock(struct desk *d);

/* ---- the table of what is not a view: one row a path (exchange.c) ---- */
enum route_flags {
    ROUTE_OPEN = 1,   /* asks for an open case: 423 otherwise; `session` is borrowed for it */
    ROUTE_CHANGE = 2, /* POST, with the token */
    ROUTE_WORK = 4,   /* takes long, or waits for a writer: on a thread of its own */
    ROUTE_FILE = 8,   /* the body is a file, not JSON */
};
struct route {
    const char *path;
    unsigned flags;
    size_t most; /* bytes of the body */
    void (*run)(struct exchange *x);
};
const struct route *route_find(struct text path, bool change);

/* The rows' functions, by file. */
void answer_session(struct exchange *x); /* answer_session.c */
void answer_create(struct exchange *x);
void answer_unlock(struct exchange *x);
void answer_lock(struct exchange *x);
void answer_take(struct exchange *x); /* answer_change.c */
void answer_check(struct exchange *x);
void answer_reveal(struct exchange *x);
void answer_draft(struct exchange *x); /* answer_kept.c */
void answer_drafts(struct exchange *x);
void answer_draft_keep(struct exchange *x);
void answer_gate(struct exchange *x); /* answer_gate.c */
void answer_publish(struct exchange *x);
void answer_first_draft(struct exchange *x);
void answer_evidence(struct exchange *x); /* answer_evidence.c */
void answer_transcript(struct exchange *x);
void answer_record_text(struct exchange *x);
void answer_record_peaks(struct exchange *x);
void answer_record_file(struct exchange *x);
void answer_record_page(struct exchange *x);
void answer_find(struct exchange *x);

#endif
