/* WebP in, with libwebp: as browsers and messengers save pictures. It goes out as JPEG or PNG.
 *
 * The pixels, EXIF's orientation and the colour profile are looked at, nothing else. Moving ones are refused. */
#include "parsers/picture.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>

enum { RIFF_HEAD = 12, CHUNK_HEAD = 8 };

/* The content of the first chunk of a kind, or "". */
static struct text find_chunk(struct text input, const char kind[4])
{
    for (size_t at = RIFF_HEAD; at <= input.length && input.length - at >= CHUNK_HEAD;) {
        const unsigned char *head = (const unsigned char *)input.at + at;
        size_t length = head[4] | (size_t)head[5] << 8 | (size_t)head[6] << 16 | (size_t)head[7] << 24;
        if (length > input.length - at - CHUNK_HEAD)
            break;
        if (memcmp(head, kind, 4) == 0)
            return (struct text){input.at + at + CHUNK_HEAD, length};
        at += CHUNK_HEAD + length + length % 2;
    }
    return TEXT("");
}

/* EXIF in a WebP stands with or without the head that it has in a JPEG. */
static unsigned orientation_of(struct text input)
{
    struct text exif = find_chunk(input, "EXIF");
    if (text_starts(exif, TEXT("Exif\0\0")))
        exif = (struct text){exif.at + 6, exif.length - 6};
    return exif_orientation(exif);
}

static enum media_refusal why(VP8StatusCode status)
{
    return status == VP8_STATUS_OUT_OF_MEMORY ? MEDIA_MEMORY : MEDIA_BROKEN;
}

static void shrink(const unsigned char *rgba, struct shrinking *s)
{
    unsigned char *rgb = memory_array(s->width, 3);
    for (size_t y = 0; y < s->height; y++) {
        picture_flatten(rgba + y * s->width * 4, s->width, rgb);
        shrinking_row(s, rgb);
    }
    free(rgb);
}

static enum media_refusal decode(struct text input, const struct media_bounds *bounds, struct shrinking *out)
{
    WebPDecoderConfig config;
    const uint8_t *at = (const uint8_t *)input.at;
    if (!WebPInitDecoderConfig(&config))
        return MEDIA_BROKEN;
    VP8StatusCode status = WebPGetFeatures(at, input.length, &config.input);
    if (status != VP8_STATUS_OK)
        return why(status);
    if (config.input.has_animation)
        return MEDIA_ANIMATED;
    enum media_refusal fits = picture_fits((uint64_t)config.input.width, (uint64_t)config.input.height, bounds);
    if (fits != MEDIA_FINE)
        return fits;
    config.output.colorspace = MODE_RGBA;
    status = WebPDecode(at, input.length, &config);
    if (status == VP8_STATUS_OK) {
        shrinking_start(out, (uint32_t)config.input.width, (uint32_t)config.input.height);
        shrink(config.output.u.RGBA.rgba, out);
    }
    WebPFreeDecBuffer(&config.output);
    return status == VP8_STATUS_OK ? MEDIA_FINE : why(status);
}

enum media_refusal webp_make(struct text input, const struct media_bounds *bounds, struct media_made *out)
{
    struct shrinking s = {0};
    enum media_refusal result = decode(input, bounds, &s);
    if (result == MEDIA_FINE) {
        raster_to_srgb(&s.out, find_chunk(input, "ICCP"));
        raster_turn(&s.out, orientation_of(input));
        picture_encode(&s.out, out);
    }
    shrinking_release(&s);
    return result;
}
