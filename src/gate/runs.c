/* Runs of base64 and of hexadecimal digits, and what they say. Part of view.h.
 *
 * Any long word could be such a run. So each is decoded, in each of the ways in which its letters can fall into groups,
 * and what comes out is kept only where it is text. */
#include "gate/view.h"

#include <string.h>

enum { SHORTEST = 6, SHORTEST_UNPADDED = 8, LONG = 4096, MAIL_LINE = 60 };

/* Decoded bytes and their places. */
struct bytes {
    VECTOR(char) at;
    VECTOR(uint32_t) places;
};

static int six_bits(UChar32 c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static int four_bits(UChar32 c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One run: the values of its letters and their places. */
struct run {
    VECTOR(uint8_t) values;
    VECTOR(uint32_t) places;
    bool mixed;  /* has capitals or digits behind its first letter */
    bool padded; /* '=' stands behind it */
};

static void run_clear(struct run *r)
{
    r->values.count = r->places.count = 0;
    r->mixed = r->padded = false;
}

/* Reads a run at `i`, over the line ends of mail; the place behind it. */
static size_t run_read(const signs *s, size_t i, int (*value_of)(UChar32), struct run *r)
{
    size_t line = 0;
    run_clear(r);
    for (; i < s->count; i++) {
        UChar32 c = s->at[i].c;
        int value = value_of(c);
        if (value < 0 && (c == '\n' || c == '\r') && line >= MAIL_LINE)
            continue;
        if (value < 0)
            break;
        if (i && (s->at[i - 1].c == '\n'))
            line = 0;
        line++;
        r->mixed |= r->values.count && (c < 'a' || c > 'z');
        vector_push(&r->values, (uint8_t)value);
        vector_push(&r->places, s->at[i].start);
    }
    r->padded = i < s->count && s->at[i].c == '=';
    return i;
}

/* The bytes of values of `bits` bits each, from value `phase` on. */
static void bytes_decode(const struct run *r, unsigned bits, size_t phase, struct bytes *out)
{
    unsigned held = 0, have = 0;
    out->at.count = out->places.count = 0;
    for (size_t i = phase; i < r->values.count; i++) {
        held = held << bits | r->values.at[i];
        have += bits;
        if (have < 8)
            continue;
        have -= 8;
        vector_push(&out->at, (char)(held >> have));
        vector_push(&out->places, r->places.at[i ? i - 1 : 0]);
        held &= (1u << have) - 1;
    }
}

static bool is_media(struct text t)
{
    static const char *const starts[] = {"\xff\xd8\xff", "\x89PNG", "GIF8", "RIFF",  "OggS",
                                         "ID3",          "wOF2",    "wOFF", "PK\x03"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts(t, text_of(starts[i])))
            return true;
    return false;
}

/* Whether what was added since `first` is all there is. */
static bool is_whole(const struct bytes *b, const signs *out, size_t first)
{
    size_t breaks = 0;
    for (size_t i = first; i < out->count; i++)
        breaks += out->at[i].c == 0;
    return breaks == 1 && out->at[first].start == b->places.at[0] &&
           out->at[out->count - 1].start > b->places.at[b->places.count - 1];
}

/* Adds what one way of decoding says; whether that is text from end to end. */
static bool put_decoded(const struct run *r, unsigned bits, size_t phase, struct bytes *b, signs *out)
{
    bytes_decode(r, bits, phase, b);
    if (!b->at.count)
        return false;
    size_t first = out->count;
    signs_of_stretches((struct text){b->at.at, b->at.count}, b->places.at, b->at.count > LONG ? 6 : 4, out);
    bool whole = phase == 0 && out->count > first && is_whole(b, out, first);
    for (size_t i = first; i < out->count; i++)
        out->at[i].undone |= (uint8_t)(UNDONE_ENCODED | (whole ? UNDONE_WHOLE : 0));
    return whole;
}

static void put_base64(const struct run *r, struct bytes *b, signs *out)
{
    size_t least = r->padded ? SHORTEST : SHORTEST_UNPADDED;
    if (r->values.count < least || !r->mixed)
        return;
    if (put_decoded(r, 6, 0, b, out) || is_media((struct text){b->at.at, b->at.count}))
        return;
    for (size_t phase = 1; phase < 4; phase++)
        put_decoded(r, 6, phase, b, out);
}

static void put_hexadecimal(const struct run *r, struct bytes *b, signs *out)
{
    if (r->values.count >= SHORTEST && !put_decoded(r, 4, 0, b, out) && r->values.count > SHORTEST)
        put_decoded(r, 4, 1, b, out);
}

/* Whether so many letters are capitals or digits that nobody could read words there. */
static bool is_unreadable(const signs *s, size_t from, size_t to)
{
    enum { LEAST = 512 };
    size_t capitals = 0, digits = 0;
    for (size_t i = from; i < to; i++) {
        capitals += s->at[i].c >= 'A' && s->at[i].c <= 'Z';
        digits += s->at[i].c >= '0' && s->at[i].c <= '9';
    }
    return to - from >= LEAST && capitals * 4 >= to - from && digits * 12 >= to - from;
}

void signs_drop_runs(signs *s)
{
    size_t to = 0;
    for (size_t i = 0; i < s->count;) {
        size_t end = i;
        while (end < s->count && six_bits(s->at[end].c) >= 0)
            end++;
        bool drop = is_unreadable(s, i, end);
        if (drop)
            s->at[to++] = (struct sign){.c = 0, .start = s->at[i].start, .end = s->at[i].start};
        for (; i < end || (i == end && i < s->count); i++)
            if (!drop || i == end)
                s->at[to++] = s->at[i];
    }
    s->count = to;
}

void signs_of_runs(const signs *from, signs *out)
{
    struct run run = {0};
    struct bytes bytes = {0};
    for (size_t i = 0; i < from->count;) {
        size_t end = run_read(from, i, six_bits, &run);
        put_base64(&run, &bytes, out);
        for (size_t k = i; end - i >= SHORTEST && k < end;) {
            size_t behind = run_read(from, k, four_bits, &run);
            if (behind > end)
                behind = end;
            put_hexadecimal(&run, &bytes, out);
            k = behind + 1;
        }
        i = end + 1;
    }
    vector_release(&run.values);
    vector_release(&run.places);
    vector_release(&bytes.at);
    vector_release(&bytes.places);
}
