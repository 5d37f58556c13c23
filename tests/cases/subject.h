/* A text under test: what the libraries make of it, as the program prints it.
 *
 * Shared by the tests that compare whole answers letter for letter. It knows the model, the bearing
 * and standing; it judges nothing. */
#ifndef TESTS_CASES_SUBJECT_H
#define TESTS_CASES_SUBJECT_H

#include "base/buffer.h"
#include "bearing/bearing.h"

struct subject {
    struct model *model;
    struct bearing *bearing;
    struct buffer faults; /* what is wrong with the text, for a person */
};

/* Takes the text in one step and measures it. 0, or -1 with the faults. Close it either way. */
int subject_open(struct subject *s, struct text notation);

/* Takes it an entry at a time, with all rows kept current after each. An entry that names what only
 * a later one declares is taken together with that. */
int subject_open_stepwise(struct subject *s, struct text notation);

void subject_close(struct subject *s);

/* Each adds rows to `out`, as `bearout … --json` prints them. `ids` is a list with commas. */
void subject_stand(struct subject *s, struct buffer *out);
void subject_without(struct subject *s, struct text ids, struct buffer *out);
void subject_next(struct subject *s, struct buffer *out);

/* The first line of `rest`, taken off it, without its end; false where nothing is left. */
bool text_line(struct text *rest, struct text *line);

#endif
