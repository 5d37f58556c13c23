/* Numbers and bytes in the case file's own records: little-endian, no padding, lengths in front. */
#ifndef LOG_WIRE_H
#define LOG_WIRE_H

#include "base/buffer.h"

#include <stdint.h>

/* Reads from the front of `rest`. Once something was missing, `broken` stays set and all reads give nothing. */
struct wire {
    struct text rest;
    bool broken;
};

static inline struct text wire_bytes(struct wire *w, size_t length)
{
    if (w->broken || w->rest.length < length) {
        w->broken = true;
        return (struct text){NULL, 0};
    }
    struct text bytes = {w->rest.at, length};
    w->rest.at += length;
    w->rest.length -= length;
    return bytes;
}

static inline uint64_t wire_number(struct wire *w, unsigned width)
{
    struct text bytes = wire_bytes(w, width);
    uint64_t number = 0;
    for (size_t i = bytes.length; i-- > 0;)
        number = number << 8 | (unsigned char)bytes.at[i];
    return number;
}

/* Bytes with their length in front of them. */
static inline struct text wire_counted(struct wire *w, unsigned width)
{
    return wire_bytes(w, wire_number(w, width));
}

static inline void wire_add(struct buffer *b, uint64_t number, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        buffer_char(b, (char)(number >> (8 * i)));
}

static inline void wire_add_counted(struct buffer *b, struct text bytes, unsigned width)
{
    wire_add(b, bytes.length, width);
    buffer_text_add(b, bytes);
}

#endif
