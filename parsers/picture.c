/* Shrinking, turning, colours: see picture.h. */
#include "parsers/picture.h"

#include "base/memory.h"

#include <lcms2.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FULL = 65535 };

/* sRGB's curve, both ways (IEC 61966-2-1). */
static uint16_t linear_of[256];
static unsigned char coded_of[FULL + 1];

static double to_linear(double coded)
{
    return coded <= 0.04045 ? coded / 12.92 : pow((coded + 0.055) / 1.055, 2.4);
}

static void make_tables(void)
{
    if (linear_of[255])
        return;
    for (unsigned i = 0; i < 256; i++)
        linear_of[i] = (uint16_t)lround(to_linear(i / 255.0) * FULL);
    /* A linear value is coded as the nearest of the 256, the bounds lying half way between them as coded. */
    unsigned code = 0;
    double bound = to_linear(0.5 / 255.0) * FULL;
    for (unsigned i = 0; i <= FULL; i++) {
        while (code < 255 && i >= bound)
            bound = to_linear((++code + 0.5) / 255.0) * FULL;
        coded_of[i] = (unsigned char)code;
    }
}

void raster_release(struct raster *r)
{
    free(r->at);
    *r = (struct raster){0};
}

enum media_refusal picture_fits(uint64_t width, uint64_t height, const struct media_bounds *bounds)
{
    if (!width || !height)
        return MEDIA_BROKEN;
    return width > bounds->pixels / height ? MEDIA_TOO_MANY_PIXELS : MEDIA_FINE;
}

/* ---- shrinking ---- */

static uint32_t shrunk(uint64_t side, uint64_t longer)
{
    uint64_t most = longer * 7 / 8 < PICTURE_SIDE ? longer * 7 / 8 : PICTURE_SIDE;
    uint64_t to = (side * most + longer / 2) / longer;
    return to ? (uint32_t)to : 1;
}

void shrinking_start(struct shrinking *s, uint32_t width, uint32_t height)
{
    make_tables();
    uint32_t longer = width > height ? width : height;
    *s = (struct shrinking){.width = width, .height = height};
    s->out.width = shrunk(width, longer);
    s->out.height = shrunk(height, longer);
    s->across = memory_array((size_t)s->out.width * 3, sizeof *s->across);
    s->sum = memory_array((size_t)s->out.width * 3, sizeof *s->sum);
    s->out.at = memory_array((size_t)s->out.width * 3, s->out.height);
}

void shrinking_release(struct shrinking *s)
{
    free(s->across);
    free(s->sum);
    raster_release(&s->out);
    *s = (struct shrinking){0};
}

/* Spreads a row over the narrower one. Measured in pieces of which a pixel that comes has out.width and one of
 * the result has `width`, so that every share is a whole number. */
static void spread_across(struct shrinking *s, const unsigned char *rgb)
{
    memset(s->across, 0, (size_t)s->out.width * 3 * sizeof *s->across);
    uint64_t room = s->width; /* left in the pixel of the result */
    uint64_t *to = s->across;
    for (uint32_t x = 0; x < s->width; x++, rgb += 3) {
        uint64_t share = s->out.width;
        uint64_t first = share < room ? share : room;
        for (unsigned c = 0; c < 3; c++)
            to[c] += linear_of[rgb[c]] * first;
        room -= first;
        if (room)
            continue;
        to += 3;
        room = s->width;
        share -= first;
        if (!share)
            continue;
        for (unsigned c = 0; c < 3; c++)
            to[c] += linear_of[rgb[c]] * share;
        room -= share;
    }
}

static void add_to_sum(struct shrinking *s, uint64_t share)
{
    for (size_t i = 0; i < (size_t)s->out.width * 3; i++)
        s->sum[i] += s->across[i] * share;
}

static void finish_row(struct shrinking *s, uint64_t row)
{
    const uint64_t whole = (uint64_t)s->width * s->height;
    unsigned char *to = s->out.at + row * s->out.width * 3;
    for (size_t i = 0; i < (size_t)s->out.width * 3; i++)
        to[i] = coded_of[(s->sum[i] + whole / 2) / whole];
    memset(s->sum, 0, (size_t)s->out.width * 3 * sizeof *s->sum);
}

/* The same down as across: this row has out.height pieces, a row of the result `height`. */
void shrinking_row(struct shrinking *s, const unsigned char *rgb)
{
    if (s->row >= s->height)
        return;
    spread_across(s, rgb);
    uint64_t start = (uint64_t)s->row++ * s->out.height, end = start + s->out.height;
    uint64_t row = start / s->height, bound = (row + 1) * s->height;
    if (end < bound) {
        add_to_sum(s, s->out.height);
        return;
    }
    add_to_sum(s, bound - start);
    finish_row(s, row);
    if (end > bound)
        add_to_sum(s, end - bound);
}

void picture_flatten(const unsigned char *rgba, size_t pixels, unsigned char *rgb)
{
    for (size_t i = 0; i < pixels; i++, rgba += 4, rgb += 3)
        for (unsigned c = 0; c < 3; c++)
            rgb[c] = (unsigned char)((rgba[c] * rgba[3] + 255 * (255 - rgba[3]) + 127) / 255);
}

/* ---- orientation ---- */

static uint32_t tiff_number(struct text t, size_t at, unsigned bytes, bool big)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < bytes; i++)
        n |= (uint32_t)(unsigned char)t.at[at + i] << 8 * (big ? bytes - 1 - i : i);
    return n;
}

unsigned exif_orientation(struct text tiff)
{
    bool big = text_starts(tiff, TEXT("MM\0*"));
    if (!big && !text_starts(tiff, TEXT("II*\0")))
        return 1;
    if (tiff.length < 8)
        return 1;
    size_t at = tiff_number(tiff, 4, 4, big);
    if (at > tiff.length || tiff.length - at < 2)
        return 1;
    size_t entries = tiff_number(tiff, at, 2, big);
    for (at += 2; entries && tiff.length - at >= 12; entries--, at += 12) {
        if (tiff_number(tiff, at, 2, big) != 0x0112)
            continue;
        uint32_t orientation = tiff_number(tiff, at + 8, 2, big);
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
    return 1;
}

/* Where the pixel that is to stand at x, y stands now. Orientations 5 to 8 are lying on their side. */
static size_t turned_from(const struct raster *r, unsigned orientation, uint32_t x, uint32_t y)
{
    bool lying = orientation >= 5;
    uint32_t column = lying ? y : x, row = lying ? x : y;
    bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    if (from_right)
        column = r->width - 1 - column;
    if (from_below)
        row = r->height - 1 - row;
    return (size_t)row * r->width + column;
}

void raster_turn(struct raster *r, unsigned orientation)
{
    if (orientation <= 1)
        return;
    bool lying = orientation >= 5;
    struct raster to = {lying ? r->height : r->width, lying ? r->width : r->height,
                        memory_array((size_t)r->width * 3, r->height)};
    unsigned char *at = to.at;
    for (uint32_t y = 0; y < to.height; y++)
        for (uint32_t x = 0; x < to.width; x++, at += 3)
            memcpy(at, r->at + turned_from(r, orientation, x, y) * 3, 3);
    raster_release(r);
    *r = to;
}

/* ---- out ---- */

void picture_encode(const struct raster *r, struct media_made *out)
{
    struct buffer jpeg = {0};
    png_write(r, &out->bytes);
    jpeg_write(r, &jpeg);
    out->mime = MIME_PNG;
    out->width = r->width;
    out->height = r->height;
    if (out->bytes.length / 2 > jpeg.length) {
        struct buffer png = out->bytes;
        out->bytes = jpeg;
        out->mime = MIME_JPEG;
        jpeg = png;
    }
    buffer_release(&jpeg);
}

/* ---- colour ---- */

/* Little CMS asks for the local time when it makes a profile, so it makes this one before the sandbox is shut. */
static cmsHPROFILE srgb(void)
{
    static cmsHPROFILE profile;
    if (!profile)
        profile = cmsCreate_sRGBProfile();
    return profile;
}

void raster_to_srgb(struct raster *r, struct text profile)
{
    if (!profile.length || profile.length > UINT32_MAX)
        return;
    cmsHPROFILE from = cmsOpenProfileFromMem(profile.at, (cmsUInt32Number)profile.length);
    if (!from)
        return;
    cmsHTRANSFORM change = NULL;
    if (srgb() && cmsGetColorSpace(from) == cmsSigRgbData)
        change = cmsCreateTransform(from, TYPE_RGB_8, srgb(), TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
    if (change) {
        cmsDoTransform(change, r->at, r->at, r->width * r->height);
        cmsDeleteTransform(change);
    }
    cmsCloseProfile(from);
}

void picture_warm(void)
{
    unsigned char pixel[3] = {0}, profile[8192];
    struct raster raster = {1, 1, pixel};
    cmsUInt32Number length = sizeof profile;
    make_tables();
    if (srgb() && cmsSaveProfileToMem(srgb(), profile, &length))
        raster_to_srgb(&raster, (struct text){(const char *)profile, length});
}
