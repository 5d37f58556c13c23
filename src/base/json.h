/* Writing JSON into a buffer.
 *
 * Commas put themselves: whatever is added looks at the last byte, which tells whether a value stands before it. So a
 * buffer to which JSON is added holds nothing else in front, but for whole lines. What is written is valid UTF-8
 * whatever came in, and may stand in a page: `<` and `>` are escaped, and so are U+2028 and U+2029. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"

#include <stdbool.h>

/* '{' or '[', and the way back. */
void json_open(struct buffer *out, char bracket);
void json_close(struct buffer *out, char bracket);

/* The name of a member, in plain ASCII; its value has to follow. */
void json_key(struct buffer *out, const char *name);

/* Values. A text is quoted and escaped; bytes that are no UTF-8 become U+FFFD. */
void json_text(struct buffer *out, struct text t);
void json_number(struct buffer *out, uint64_t n);
void json_bool(struct buffer *out, bool b);
void json_none(struct buffer *out);

/* Begins a value that the caller writes as it is: JSON already, of which nothing is checked. */
void json_value(struct buffer *out);

/* A member and its value; json_field() leaves it out where the text is empty. */
void json_text_field(struct buffer *out, const char *name, struct text t);
void json_field(struct buffer *out, const char *name, struct text t);
void json_number_field(struct buffer *out, const char *name, uint64_t n);
void json_bool_field(struct buffer *out, const char *name, bool b);

#endif
