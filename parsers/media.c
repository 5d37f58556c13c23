/* What a file is, by its bytes, and who makes it anew: see media.h. */
#include "parsers/media.h"

#include "parsers/picture.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

struct media_bounds media_bounds_usual(void)
{
    return (struct media_bounds){.pixels = LIMIT_PIXELS, .seconds = LIMIT_SOUND_SECONDS};
}

typedef enum media_refusal maker(struct text input, const struct media_bounds *bounds, struct media_made *out);

/* How kinds of files begin. The first row that fits decides. */
static const struct {
    size_t at;
    struct text bytes;
    maker *make;
    enum media_refusal refusal;
} beginnings[] = {
    {0, TEXT("\xff\xd8\xff"), jpeg_make, MEDIA_FINE},
    {0, TEXT("\x89PNG\r\n\x1a\n"), png_make, MEDIA_FINE},
    {8, TEXT("WAVE"), sound_make, MEDIA_FINE},
    {0, TEXT("fLaC"), sound_make, MEDIA_FINE},
    {0, TEXT("OggS"), sound_make, MEDIA_FINE},
    {0, TEXT("ID3"), sound_make, MEDIA_FINE},
    {0, TEXT("GIF8"), NULL, MEDIA_ANIMATED},
    {8, TEXT("WEBP"), webp_make, MEDIA_FINE},
    {4, TEXT("ftypM4A"), NULL, MEDIA_AAC},
    {4, TEXT("ftypM4B"), NULL, MEDIA_AAC},
    {4, TEXT("ftyphei"), NULL, MEDIA_PICTURE},
    {4, TEXT("ftypmif1"), NULL, MEDIA_PICTURE},
    {4, TEXT("ftypavif"), NULL, MEDIA_PICTURE},
    {4, TEXT("ftyp"), NULL, MEDIA_VIDEO},
    {0, TEXT("\x1a\x45\xdf\xa3"), NULL, MEDIA_VIDEO},
    {8, TEXT("AVI "), NULL, MEDIA_VIDEO},
    {0, TEXT("II*\0"), NULL, MEDIA_PICTURE},
    {0, TEXT("MM\0*"), NULL, MEDIA_PICTURE},
    {0, TEXT("BM"), NULL, MEDIA_PICTURE},
    {0, TEXT("<svg"), NULL, MEDIA_PICTURE},
    {0, TEXT("8BPS"), NULL, MEDIA_PICTURE},
};

/* MPEG audio without a tag in front begins with eleven bits set; then a layer: none for AAC, else 1 to 3. */
static enum media_refusal mpeg(struct text input, maker **make)
{
    const unsigned char *at = (const unsigned char *)input.at;
    if (input.length < 4 || at[0] != 0xff || (at[1] & 0xe0) != 0xe0)
        return MEDIA_UNKNOWN;
    if ((at[1] & 0xf6) == 0xf0)
        return MEDIA_AAC;
    bool possible = (at[1] & 0x18) != 0x08 && (at[1] & 0x06) != 0 && (at[2] & 0xf0) != 0xf0 && (at[2] & 0x0c) != 0x0c;
    *make = possible ? sound_make : NULL;
    return possible ? MEDIA_FINE : MEDIA_UNKNOWN;
}

static enum media_refusal recognise(struct text input, maker **make)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t at = beginnings[i].at;
        if (input.length >= at && text_starts((struct text){input.at + at, input.length - at}, beginnings[i].bytes)) {
            *make = beginnings[i].make;
            return beginnings[i].refusal;
        }
    }
    return mpeg(input, make);
}

enum media_refusal media_make(struct text input, const struct media_bounds *bounds, struct media_made *out)
{
    maker *make = NULL;
    *out = (struct media_made){0};
    enum media_refusal result = input.length ? recognise(input, &make) : MEDIA_EMPTY;
    if (result == MEDIA_FINE)
        result = make(input, bounds, out);
    if (result != MEDIA_FINE) {
        buffer_release(&out->bytes);
        *out = (struct media_made){0};
    }
    return result;
}

/* ---- setting up ---- */

/* A second of silence as a WAV file. */
static void silence(struct buffer *wav)
{
    enum { RATE = 8000 };
    static const char head[] =
        "RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\x40\x1f\0";
    static const char quiet[RATE];
    buffer_add(wav, head, sizeof head);
    buffer_add(wav, quiet, RATE);
}

static void make_and_drop(struct text input, struct buffer *keep)
{
    const struct media_bounds bounds = media_bounds_usual();
    struct media_made made;
    media_make(input, &bounds, &made);
    if (keep)
        buffer_text_add(keep, buffer_text(&made.bytes));
    buffer_release(&made.bytes);
}

static int by_number(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return x < y ? -1 : x > y;
}

void media_warm(void)
{
    unsigned char grey[16 * 16 * 3];
    memset(grey, 0x80, sizeof grey);
    const struct raster raster = {16, 16, grey};
    struct buffer bytes = {0}, mp3 = {0};
    unsigned numbers[1024] = {0};
    qsort(numbers, 1024, sizeof *numbers, by_number); /* asks once how much memory the machine has */
    picture_warm();
    jpeg_write(&raster, &bytes);
    make_and_drop(buffer_text(&bytes), NULL);
    buffer_clear(&bytes);
    png_write(&raster, &bytes);
    make_and_drop(buffer_text(&bytes), NULL);
    buffer_clear(&bytes);
    silence(&bytes);
    make_and_drop(buffer_text(&bytes), &mp3);
    make_and_drop(buffer_text(&mp3), NULL);
    buffer_release(&bytes);
    buffer_release(&mp3);
}
