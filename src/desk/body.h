/* The body of a request: JSON, read by jansson into nothing but texts and numbers. */
#ifndef DESK_BODY_H
#define DESK_BODY_H

#include "desk/exchange.h"

#include <jansson.h>

/* The object that was sent; NULL where it is none, and the exchange is then answered. body_free() it. */
json_t *body_read(struct exchange *x);
void body_free(json_t *body);

/* A member that has to be a text (without NUL, as all that is read here); false where it is none, and the exchange is
 * then answered. */
bool body_text(struct exchange *x, const json_t *body, const char *name, struct text *out);

/* The same where it may be left out: then "". */
bool body_text_maybe(struct exchange *x, const json_t *body, const char *name, struct text *out);

#endif
