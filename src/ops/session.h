/* A case kept open: for a program that runs for hours while others write to the same file.
 *
 * No lock is held on the file between calls. What others write is seen by session_refresh(); what is taken here is
 * durable when session_take() returns. The case is read twice: in front stands the reading that people look at, behind
 * it one in which changes are tried and measured; a change that stands brings the one behind to the front. So looking
 * never waits for the work, and a change that fails, on the disk too, has touched nothing.
 *
 * Every function can be called from any thread; writers take turns. Keys and all that was read are freed, and so
 * wiped, by session_close(). */
#ifndef OPS_SESSION_H
#define OPS_SESSION_H

#include "base/limits.h"
#include "ops/open.h"

struct session;

/* Opens the case `file`. `stop` is polled, and borrowed until the session is closed. NULL as ops_open(). */
struct session *session_open(const char *file, const struct secret *passphrase, const volatile bool *stop,
                             struct error *error);
void session_close(struct session *s); /* NULL is fine */

/* The case, measured, for the caller alone until session_leave(): nothing in it changes meanwhile. Not for long work.
 */
const struct opened *session_enter(struct session *s);
void session_leave(struct session *s);

/* The same without waiting for anybody: for a program of one thread. */
const struct opened *session_opened(const struct session *s);

/* `revision` is the number of entries. `epoch` begins with 1 and grows when numbers of entries may have changed. */
struct session_now {
    uint32_t epoch, revision;
};
struct session_now session_now(const struct session *s);

/* Sees what others have written. Cheap where nobody has. Where another is writing this very moment, nothing is seen
 * yet. *changed (may be NULL): the case is another now. */
int session_refresh(struct session *s, bool *changed, struct error *error);

/* What a text changed, or would change. */
#define SESSION_CHANGES 1000u /* at most that many are listed, the first by number of the claim */
struct session_change {
    char claim[LIMIT_ID + 1];
    bool is_new;
    enum level from, to; /* they differ, unless the claim is new */
};
struct session_taken {
    uint32_t first, entries; /* of the text: the first's number, from 0 */
    struct session_now now;
    bool conflict;   /* what the change was based on is no longer so; nothing was taken */
    bool unmeasured; /* session_check() of a large case: only faults were looked for */
    struct session_change *changes;
    size_t change_count, change_total;
    struct faults faults;
};

/* Takes a text: all of it in one durable step, or nothing. `epoch` 0: whatever the numbers of entries are. -1:
 * out->conflict, or out->faults.count > 0 with ERROR_INPUT, or what the error says; the session is then as it was.
 * session_taken_release() in every case. */
int session_take(struct session *s, struct text text, uint32_t epoch, struct session_taken *out, struct error *error);

/* What session_take() would answer; takes nothing. */
int session_check(struct session *s, struct text text, struct session_taken *out, struct error *error);
void session_taken_release(struct session_taken *t);

/* Unfinished work: log_keep(), log_kept(), log_kept_each(). */
int session_keep(struct session *s, struct text name, struct text content, struct error *error);
int session_kept(struct session *s, struct text name, struct buffer *out, struct error *error);
int session_kept_each(struct session *s, void (*each)(void *context, struct text name, struct text content),
                      void *context, struct error *error);

/* Long work on the case, measured and as it is now: for the caller alone until session_work_end(), while others go on
 * looking. `write`: nobody else, in no program, writes meanwhile, and session_append() can be called once. Everybody
 * who wants to write waits. NULL and an error where the file cannot be had. */
const struct opened *session_work(struct session *s, bool write, struct error *error);
int session_append(struct session *s, struct text notation, struct error *error);
void session_work_end(struct session *s);

#endif
