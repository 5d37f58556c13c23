/* What the desk answers about a case: every GET under "What is known" in docs/desk-api.md, without any HTTP.
 *
 * One table of paths and functions. A view reads the case that it is given and writes JSON; nothing here changes a
 * case, and no known-as, contact, note of a voice or protected detail is ever in an answer.
 *
 * `struct views` is what is found out once and looked up often: orders, counts, words. It follows the case by its
 * revision, holds nothing that was taken from a reading of the case but numbers, and so outlives the reading. No
 * sentence is ever among it: each is made for its answer, in that answer's language. Calls on one take turns, and only
 * while nothing changes the case (session_enter()). */
#ifndef DESK_VIEW_H
#define DESK_VIEW_H

#include "ops/open.h"
#include "ops/session.h"
#include "ops/words_language.h"

struct views;

struct views *views_new(void);
void views_free(struct views *v);

/* A parameter of the address, decoded. Borrowed. */
struct view_parameter {
    struct text name, value;
};

struct view_request {
    struct views *views;
    const struct opened *o; /* measured */
    struct session_now now; /* of that case */
    struct text today;      /* YYYY-MM-DD */
    const struct view_parameter *parameters;
    size_t parameter_count;
    enum words_language language; /* of the sentences in the answer */
    const char *media_type;       /* of the answer: set by view_answer() */
};

/* The value of a parameter, the first of that name; "" where there is none. */
struct text view_parameter(const struct view_request *q, const char *name);

/* Adds the answer to `out`. 0, or -1 with an error: ERROR_MISSING for an id (or a path) that there is none of,
 * ERROR_INPUT for a parameter that makes no sense. `out` is then as it was. */
typedef int view(const struct view_request *q, struct buffer *out, struct error *error);

struct view_path {
    const char *path; /* "/api/claims" */
    view *answer;
    const char *media_type;
};
extern const struct view_path view_paths[]; /* up to one without a path */

/* The view of a path, NULL where there is none. */
const struct view_path *view_find(struct text path);

/* Answers with it, after bringing what is known up to date. */
int view_answer(const struct view_path *path, struct view_request *q, struct buffer *out, struct error *error);

/* Does ahead, for some milliseconds, what a later answer will want: for whenever nobody asks anything. False once
 * nothing is left to do until the case changes. */
bool views_work(struct views *v, const struct opened *o, struct session_now now, unsigned milliseconds);

#endif
