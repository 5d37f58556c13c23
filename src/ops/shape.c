/* The second look: see shape.h. */
#include "ops/shape.h"

/* What is left of the bytes. */
struct looking {
    const unsigned char *at;
    size_t left;
};

static struct looking look(struct text bytes)
{
    return (struct looking){(const unsigned char *)bytes.at, bytes.length};
}

static void go_on(struct looking *l, size_t bytes)
{
    l->at += bytes;
    l->left -= bytes;
}

static uint32_t number(const unsigned char *at, unsigned bytes)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < bytes; i++)
        n = n << 8 | at[i];
    return n;
}

/* ---- JPEG ---- */

enum { SOF0 = 0xc0, SOF2 = 0xc2, DHT = 0xc4, SOI = 0xd8, EOI = 0xd9, SOS = 0xda, DQT = 0xdb, APP0 = 0xe0 };

/* JFIF's segment, without a thumbnail and without a resolution: 1.01, one to one. */
static const unsigned char jfif[] = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

/* Tables are as long as their content says and no longer. */
static bool huffman_fits(const unsigned char *at, size_t length)
{
    while (length >= 17) {
        size_t symbols = 0;
        for (unsigned i = 1; i <= 16; i++)
            symbols += at[i];
        if (symbols > 256 || length < 17 + symbols)
            return false;
        at += 17 + symbols;
        length -= 17 + symbols;
    }
    return length == 0;
}

static bool quantisers_fit(const unsigned char *at, size_t length)
{
    for (; length >= 65; at += 65, length -= 65)
        if (at[0] > 3)
            return false;
    return length == 0;
}

static bool frame_fits(const unsigned char *at, size_t length, uint32_t width, uint32_t height)
{
    return length == 15 && at[0] == 8 && number(at + 1, 2) == height && number(at + 3, 2) == width && at[5] == 3;
}

static bool segment_fits(unsigned char marker, const unsigned char *at, size_t length, uint32_t width, uint32_t height)
{
    switch (marker) {
    case APP0:
        return length == sizeof jfif && memcmp(at, jfif, sizeof jfif) == 0;
    case DQT:
        return quantisers_fit(at, length);
    case DHT:
        return huffman_fits(at, length);
    case SOF0:
    case SOF2:
        return frame_fits(at, length, width, height);
    case SOS:
        return length >= 6 && at[0] >= 1 && at[0] <= 3 && length == 4 + 2 * (size_t)at[0];
    default:
        return false;
    }
}

/* Behind the head of a scan, up to the next marker. */
static bool pass_scan(struct looking *l)
{
    for (; l->left >= 2; go_on(l, 1))
        if (l->at[0] == 0xff && l->at[1] != 0)
            return true;
    return false;
}

bool shape_is_jpeg(struct text bytes, uint32_t width, uint32_t height)
{
    struct looking l = look(bytes);
    unsigned headers = 0, frames = 0, scans = 0;
    if (l.left < 2 || l.at[0] != 0xff || l.at[1] != SOI)
        return false;
    go_on(&l, 2);
    while (l.left >= 4 && l.at[0] == 0xff) {
        unsigned char marker = l.at[1];
        size_t length = number(l.at + 2, 2);
        if (length < 2 || length > l.left - 2 || !segment_fits(marker, l.at + 4, length - 2, width, height))
            return false;
        headers += marker == APP0;
        frames += marker == SOF0 || marker == SOF2;
        scans += marker == SOS;
        if ((marker == APP0 && (frames || scans)) || (marker == SOS && !frames))
            return false;
        go_on(&l, 2 + length);
        if (marker == SOS && !pass_scan(&l))
            return false;
    }
    return headers <= 1 && frames == 1 && scans && l.left == 2 && l.at[0] == 0xff && l.at[1] == EOI;
}

/* ---- PNG ---- */

static bool png_head_fits(const unsigned char *at, size_t length, uint32_t width, uint32_t height)
{
    static const unsigned char rest[] = {8, 2, 0, 0, 0}; /* eight bits, RGB, not interlaced */
    return length == 13 && number(at, 4) == width && number(at + 4, 4) == height && memcmp(at + 8, rest, 5) == 0;
}

bool shape_is_png(struct text bytes, uint32_t width, uint32_t height)
{
    static const struct text signature = {"\x89PNG\r\n\x1a\n", 8};
    struct looking l = look(bytes);
    unsigned heads = 0, data = 0;
    if (!text_starts(bytes, signature))
        return false;
    go_on(&l, signature.length);
    while (l.left >= 12) {
        size_t length = number(l.at, 4);
        const unsigned char *kind = l.at + 4;
        if (length > l.left - 12)
            return false;
        if (memcmp(kind, "IEND", 4) == 0)
            return length == 0 && l.left == 12 && heads && data;
        bool head = !heads && !data && memcmp(kind, "IHDR", 4) == 0;
        if (head ? !png_head_fits(l.at + 8, length, width, height) : !heads || memcmp(kind, "IDAT", 4) != 0)
            return false;
        heads += head;
        data += !head;
        go_on(&l, 12 + length);
    }
    return false;
}

/* ---- MP3 ---- */

/* The length of a frame of layer III from its four bytes of head; 0 where it is none. (ISO 11172-3, 13818-3) */
static size_t frame_length(const unsigned char *at)
{
    static const unsigned short rates[2][16] = {
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},      /* versions 2 and 2.5 */
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}}; /* version 1 */
    static const unsigned samples[4] = {44100, 48000, 32000, 0};
    unsigned version = at[1] >> 3 & 3; /* 0: 2.5, 2: 2, 3: 1 */
    unsigned rate = rates[version == 3][at[2] >> 4], hertz = samples[at[2] >> 2 & 3];
    if (at[0] != 0xff || (at[1] & 0xe6) != 0xe2 || version == 1 || !rate || !hertz)
        return 0;
    hertz >>= version == 3 ? 0 : version == 2 ? 1 : 2;
    return (version == 3 ? 144000 : 72000) * (size_t)rate / hertz + (at[2] >> 1 & 1);
}

/* Frame behind frame to the end, all of one kind and one bit rate. The four bytes of a head differ but in the padding
 * and in how the two channels are joined; private and copyright bits are nought. */
bool shape_is_mp3(struct text bytes)
{
    struct looking l = look(bytes);
    if (l.left < 4)
        return false;
    const unsigned char *first = l.at;
    while (l.left >= 4) {
        size_t length = frame_length(l.at);
        bool alike = l.at[1] == first[1] && (l.at[2] & 0xfc) == (first[2] & 0xfc);
        if (!length || length > l.left || !alike || (l.at[2] & 1) || (l.at[3] & 0x0b))
            return false;
        go_on(&l, length);
    }
    return l.left == 0;
}
