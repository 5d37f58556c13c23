/* What a batch holds once it is opened: its time, what its writer had seen, and the entries.
 *
 * The entries are text in the notation, with the protected strings taken out; the tables say where
 * they go, what was forgotten, and which numbers are entry numbers. Decoding borrows from the bytes and checks
 * everything that it says, so that whoever walks the tables can trust them. docs/case-file.md
 * is the format. */
#ifndef LOG_PAYLOAD_H
#define LOG_PAYLOAD_H

#include "base/buffer.h"

#include <stdint.h>

#define PAYLOAD_DEVICE 32u
#define PAYLOAD_SLOT 16u

struct payload {
    uint64_t time; /* hybrid logical clock: milliseconds since 1970 << 16 | count */
    uint32_t entries;
    struct text heads, strings, forgets, retracts; /* tables, walked with payload_next_… */
    struct text text;                              /* ends with a line end */
};

/* Decodes all of `bytes`. 0, or -1 where they are not a payload. Linear. */
int payload_decode(struct text bytes, struct payload *out);

/* Each takes the first row off its table: true, or false at the end. */
struct payload_head {
    const unsigned char *device;
    uint64_t sequence;
};
bool payload_next_head(struct text *table, struct payload_head *out);

struct payload_string {
    uint32_t at; /* where in the text it was */
    struct text voice, slot, sealed;
};
bool payload_next_string(struct text *table, struct payload_string *out);

struct payload_forget {
    uint32_t at; /* where its entry begins */
    struct text voice;
};
bool payload_next_forget(struct text *table, struct payload_forget *out);

struct payload_retract {
    uint32_t at, length; /* of the number's digits in the text */
    uint64_t number;     /* as its writer counted, from 1 */
};
bool payload_next_retract(struct text *table, struct payload_retract *out);

/* A payload in the making: the tables as bytes. */
struct payload_draft {
    uint64_t time;
    uint32_t entries;
    struct buffer heads, strings, forgets, retracts, text;
};

void payload_add_head(struct payload_draft *d, const struct payload_head *h); /* by device, going up */
void payload_add_string(struct payload_draft *d, const struct payload_string *s);
void payload_add_forget(struct payload_draft *d, const struct payload_forget *f);
void payload_add_retract(struct payload_draft *d, const struct payload_retract *r);
void payload_encode(const struct payload_draft *d, struct buffer *out); /* padded */
void payload_draft_clear(struct payload_draft *d);
void payload_draft_release(struct payload_draft *d); /* wipes */

#endif
