/* A growing run of bytes: see buffer.h. */
#include "base/buffer.h"

#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const size_t BUFFER_LARGE = 1u << 20; /* from there on growing moves no bytes, so smaller steps do */

void buffer_release(struct buffer *b)
{
    free(b->at);
    *b = (struct buffer){0};
}

void buffer_clear(struct buffer *b)
{
    b->length = 0;
    if (b->at)
        b->at[0] = '\0';
}

void buffer_grow(struct buffer *b, size_t more)
{
    size_t want = b->length + more + 1, next = b->room + (b->room < BUFFER_LARGE ? b->room / 2 : b->room / 8) + 64;
    b->room = next > want ? next : want;
    b->at = memory_resize(b->at, b->room, 1);
}

void buffer_reserve(struct buffer *b, size_t more)
{
    if (b->room - b->length < more + 1)
        buffer_grow(b, more);
}

void buffer_add(struct buffer *b, const void *bytes, size_t length)
{
    buffer_reserve(b, length);
    if (length)
        memcpy(b->at + b->length, bytes, length);
    b->length += length;
    b->at[b->length] = '\0';
}

void buffer_text_add(struct buffer *b, struct text t)
{
    buffer_add(b, t.at, t.length);
}

void buffer_string(struct buffer *b, const char *s)
{
    buffer_add(b, s, strlen(s));
}

void buffer_format(struct buffer *b, const char *format, ...)
{
    assert(format);
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0) {
        buffer_reserve(b, (size_t)length);
        vsnprintf(b->at + b->length, (size_t)length + 1, format, again);
        b->length += (size_t)length;
    }
    va_end(again);
}

void buffer_number(struct buffer *b, uint64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    do {
        digits[--i] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    buffer_add(b, digits + i, sizeof digits - i);
}
