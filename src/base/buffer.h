/* A growing run of bytes: for text that is being made.
 *
 * A zeroed buffer is an empty one. `at` is NULL until something is added; there is always a NUL
 * behind `length` bytes once something was. buffer_text() borrows what is there; any further
 * addition may move it. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/text.h"

#include <stdint.h>

struct buffer {
    char *at;
    size_t length, room;
};

void buffer_release(struct buffer *b);
void buffer_clear(struct buffer *b); /* keeps the memory */
void buffer_reserve(struct buffer *b, size_t more);
void buffer_grow(struct buffer *b, size_t more); /* the slow path of buffer_reserve */

void buffer_add(struct buffer *b, const void *bytes, size_t length);
void buffer_text_add(struct buffer *b, struct text t);
void buffer_string(struct buffer *b, const char *s);
void buffer_format(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_number(struct buffer *b, uint64_t n); /* in decimal */

static inline void buffer_char(struct buffer *b, char c)
{
    if (b->room - b->length < 2)
        buffer_grow(b, 1);
    b->at[b->length++] = c;
    b->at[b->length] = '\0';
}

static inline struct text buffer_text(const struct buffer *b)
{
    return (struct text){b->at, b->length};
}

#endif
