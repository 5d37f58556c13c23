/* A PNG whose data is stored, not compressed, and a WAV: the shortest ways to files that a browser takes. */
#include "picture.h"

#include <math.h>
#include <stdlib.h>

/* ---- PNG (RFC 2083) ---- */

static void big_endian(struct buffer *out, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buffer_char(out, (char)(n >> shift));
}

static uint32_t crc_of(const char *at, size_t length)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)at[i];
        for (int k = 0; k < 8; k++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

static void chunk(struct buffer *out, const char *kind, struct text data)
{
    big_endian(out, (uint32_t)data.length);
    size_t from = out->length;
    buffer_string(out, kind);
    buffer_text_add(out, data);
    big_endian(out, crc_of(out->at + from, out->length - from));
}

static uint32_t adler_of(struct text t)
{
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < t.length; i++) {
        a = (a + (unsigned char)t.at[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/* Deflate without compression: blocks of at most 65535 bytes. */
static void stored(struct buffer *out, struct text data)
{
    buffer_string(out, "\x78\x01");
    for (size_t at = 0; at < data.length;) {
        size_t n = data.length - at < 65535 ? data.length - at : 65535;
        buffer_char(out, at + n == data.length);
        buffer_char(out, (char)(n & 255));
        buffer_char(out, (char)(n >> 8));
        buffer_char(out, (char)(~n & 255));
        buffer_char(out, (char)(~n >> 8 & 255));
        buffer_add(out, data.at + at, n);
        at += n;
    }
    big_endian(out, adler_of(data));
}

static void header(struct buffer *out, uint32_t width, uint32_t height)
{
    struct buffer b = {0};
    big_endian(&b, width);
    big_endian(&b, height);
    buffer_add(&b, "\x08\x03\x00\x00\x00", 5); /* eight bits, a palette */
    buffer_add(out, "\x89PNG\r\n\x1a\n", 8);
    chunk(out, "IHDR", buffer_text(&b));
    buffer_clear(&b);
    for (int i = 0; i < 256; i++) {
        buffer_char(&b, (char)(18 + i * i * 215 / 65025));
        buffer_char(&b, (char)(24 + i * 190 / 255));
        buffer_char(&b, (char)(36 + i * 150 / 255));
    }
    chunk(out, "PLTE", buffer_text(&b));
    buffer_release(&b);
}

/* How light a point is, 0 to 255. */
static int light(uint32_t seed, double x, double y)
{
    double horizon = 0.58, moon_x = 0.2 + 0.2 * (seed % 4), moon_y = 0.22 + 0.05 * (seed % 3);
    double from_moon = hypot((x - moon_x) * 1.5, y - moon_y);
    double v = 40 + 120 * exp(-3 * from_moon) + (from_moon < 0.05 ? 110 : 0);
    if (y > horizon)
        v = 30 + 90 * exp(-14 * fabs(x - moon_x - 0.02 * sin(y * 90))) * (0.6 + 0.4 * sin(y * 160)) +
            20 * (y - horizon);
    bool hull = y > 0.5 + 0.05 * (x - 0.5) * (x - 0.5) && y < 0.64 && x > 0.42 && x < 0.93 - (y - 0.5);
    bool deck = y > 0.42 && y <= 0.51 && x > 0.55 && x < 0.82;
    bool mast = fabs(x - 0.66 - 0.03 * (seed % 3)) < 0.003 && y > 0.2 && y < 0.45;
    if (hull || deck || mast)
        v = 12 + (deck && fmod(x * 40, 2) < 0.8 && y > 0.45 && y < 0.48 ? 150 : 0);
    return v > 255 ? 255 : (int)v;
}

void picture_draw(uint32_t seed, uint32_t width, uint32_t height, struct buffer *out)
{
    struct buffer rows = {0}, packed = {0};
    header(out, width, height);
    for (uint32_t y = 0; y < height; y++) {
        buffer_char(&rows, 0);
        for (uint32_t x = 0; x < width; x++)
            buffer_char(&rows, (char)light(seed, (x + 0.5) / width, (y + 0.5) / height));
    }
    stored(&packed, buffer_text(&rows));
    chunk(out, "IDAT", buffer_text(&packed));
    chunk(out, "IEND", TEXT(""));
    buffer_release(&rows);
    buffer_release(&packed);
}

/* ---- WAV ---- */

static void little_endian(struct buffer *out, uint32_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_char(out, (char)(n >> 8 * i));
}

void sound_draw(uint32_t seconds, struct buffer *out)
{
    const uint32_t rate = 8000, length = seconds * rate;
    buffer_string(out, "RIFF");
    little_endian(out, 36 + length, 4);
    buffer_string(out, "WAVEfmt ");
    little_endian(out, 16, 4);
    little_endian(out, 1, 2);
    little_endian(out, 1, 2);
    little_endian(out, rate, 4);
    little_endian(out, rate, 4);
    little_endian(out, 1, 2);
    little_endian(out, 8, 2);
    buffer_string(out, "data");
    little_endian(out, length, 4);
    for (uint32_t i = 0; i < length; i++)
        buffer_char(out, (char)(unsigned char)(128 + 40 * sin(i * 0.2)));
}
