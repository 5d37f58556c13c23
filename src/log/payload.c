/* What a batch holds: see payload.h. */
#include "log/payload.h"

#include "base/limits.h"
#include "log/wire.h"
#include "seal/seal.h"

static bool next_head(struct wire *w, struct payload_head *out)
{
    struct text device = wire_bytes(w, PAYLOAD_DEVICE);
    *out = (struct payload_head){(const unsigned char *)device.at, wire_number(w, 8)};
    return !w->broken;
}

static bool next_string(struct wire *w, struct payload_string *out)
{
    out->at = (uint32_t)wire_number(w, 4);
    out->voice = wire_counted(w, 1);
    out->slot = wire_bytes(w, PAYLOAD_SLOT);
    out->sealed = wire_counted(w, 4);
    return !w->broken;
}

static bool next_forget(struct wire *w, struct payload_forget *out)
{
    out->at = (uint32_t)wire_number(w, 4);
    out->voice = wire_counted(w, 1);
    return !w->broken;
}

static bool next_retract(struct wire *w, struct payload_retract *out)
{
    out->at = (uint32_t)wire_number(w, 4);
    out->length = (uint32_t)wire_number(w, 1);
    out->number = wire_number(w, 8);
    return !w->broken;
}

/* The walkers for everybody else: a table that was decoded is never broken. */
#define WALKER(row)                                                                                                    \
    bool payload_next_##row(struct text *table, struct payload_##row *out)                                             \
    {                                                                                                                  \
        struct wire w = {.rest = *table};                                                                              \
        bool there = table->length > 0 && next_##row(&w, out);                                                         \
        *table = w.rest;                                                                                               \
        return there;                                                                                                  \
    }
WALKER(head)
WALKER(string)
WALKER(forget)
WALKER(retract)

static bool heads_sound(struct text table)
{
    struct wire w = {.rest = table};
    const unsigned char *before = NULL;
    struct payload_head h;
    while (w.rest.length) {
        if (!next_head(&w, &h) || h.sequence == 0 || (before && memcmp(before, h.device, PAYLOAD_DEVICE) >= 0))
            return false;
        before = h.device;
    }
    return true;
}

/* A voice's id, or `:` and a record's. */
static bool voice_sound(struct text voice)
{
    return voice.length > 0 && voice.length <= LIMIT_ID + 1;
}

static bool strings_sound(struct text table, struct text text)
{
    struct wire w = {.rest = table};
    uint32_t least = 0;
    struct payload_string s;
    while (w.rest.length) {
        if (!next_string(&w, &s) || s.at < least || s.at > text.length || !voice_sound(s.voice) ||
            s.sealed.length < SEAL_OVERHEAD)
            return false;
        least = s.at;
    }
    return true;
}

static bool forgets_sound(struct text table, struct text text)
{
    struct wire w = {.rest = table};
    struct payload_forget f;
    while (w.rest.length)
        if (!next_forget(&w, &f) || f.at >= text.length || !voice_sound(f.voice))
            return false;
    return true;
}

static bool retracts_sound(struct text table, struct text text)
{
    struct wire w = {.rest = table};
    uint64_t least = 0;
    struct payload_retract r;
    while (w.rest.length) {
        if (!next_retract(&w, &r) || r.length == 0 || r.number == 0 || r.at < least ||
            r.at + (uint64_t)r.length > text.length)
            return false;
        least = r.at + (uint64_t)r.length;
    }
    return true;
}

int payload_decode(struct text bytes, struct payload *out)
{
    struct wire padded = {.rest = bytes};
    struct wire w = {.rest = wire_counted(&padded, 4)};
    out->time = wire_number(&w, 8);
    out->entries = (uint32_t)wire_number(&w, 4);
    out->heads = wire_counted(&w, 4);
    out->strings = wire_counted(&w, 4);
    out->forgets = wire_counted(&w, 4);
    out->retracts = wire_counted(&w, 4);
    out->text = w.rest;
    bool sound = !padded.broken && !w.broken && out->text.length && out->text.at[out->text.length - 1] == '\n' &&
                 out->entries > 0 && out->entries <= out->text.length && heads_sound(out->heads) &&
                 strings_sound(out->strings, out->text) && forgets_sound(out->forgets, out->text) &&
                 retracts_sound(out->retracts, out->text);
    return sound ? 0 : -1;
}

void payload_add_head(struct payload_draft *d, const struct payload_head *h)
{
    buffer_add(&d->heads, h->device, PAYLOAD_DEVICE);
    wire_add(&d->heads, h->sequence, 8);
}

void payload_add_string(struct payload_draft *d, const struct payload_string *s)
{
    wire_add(&d->strings, s->at, 4);
    wire_add_counted(&d->strings, s->voice, 1);
    buffer_text_add(&d->strings, s->slot);
    wire_add_counted(&d->strings, s->sealed, 4);
}

void payload_add_forget(struct payload_draft *d, const struct payload_forget *f)
{
    wire_add(&d->forgets, f->at, 4);
    wire_add_counted(&d->forgets, f->voice, 1);
}

void payload_add_retract(struct payload_draft *d, const struct payload_retract *r)
{
    wire_add(&d->retracts, r->at, 4);
    wire_add(&d->retracts, r->length, 1);
    wire_add(&d->retracts, r->number, 8);
}

void payload_encode(const struct payload_draft *d, struct buffer *out)
{
    size_t start = out->length;
    wire_add(out, 0, 4);
    wire_add(out, d->time, 8);
    wire_add(out, d->entries, 4);
    wire_add_counted(out, buffer_text(&d->heads), 4);
    wire_add_counted(out, buffer_text(&d->strings), 4);
    wire_add_counted(out, buffer_text(&d->forgets), 4);
    wire_add_counted(out, buffer_text(&d->retracts), 4);
    buffer_text_add(out, buffer_text(&d->text));
    size_t length = out->length - start, padded = seal_padded(length);
    for (unsigned i = 0; i < 4; i++)
        out->at[start + i] = (char)((length - 4) >> (8 * i));
    buffer_reserve(out, padded - length + 1);
    memset(out->at + out->length, 0, padded - length + 1);
    out->length += padded - length;
}

static struct buffer *part(struct payload_draft *d, int i)
{
    struct buffer *parts[] = {&d->heads, &d->strings, &d->forgets, &d->retracts, &d->text};
    return parts[i];
}

void payload_draft_clear(struct payload_draft *d)
{
    d->entries = 0;
    for (int i = 0; i < 5; i++)
        buffer_clear(part(d, i));
}

void payload_draft_release(struct payload_draft *d)
{
    for (int i = 0; i < 5; i++) {
        seal_wipe(part(d, i)->at, part(d, i)->room);
        buffer_release(part(d, i));
    }
}
