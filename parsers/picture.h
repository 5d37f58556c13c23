/* A picture between decoding and encoding: shrunk row by row as it comes, turned upright, brought into sRGB.
 *
 * Shrinking averages areas, in linear light, with whole numbers alone. Every picture is shrunk, to at most
 * PICTURE_SIDE a side and to at most seven eighths, because a camera's sensor leaves its mark in the single pixels. */
#ifndef PARSERS_PICTURE_H
#define PARSERS_PICTURE_H

#include "base/buffer.h"
#include "parsers/media.h"

#define PICTURE_SIDE 1600u

/* Eight-bit RGB, rows without gaps. */
struct raster {
    uint32_t width, height;
    unsigned char *at;
};
void raster_release(struct raster *r);

/* Has a picture of this size any pixels, and no more than may be? */
enum media_refusal picture_fits(uint64_t width, uint64_t height, const struct media_bounds *bounds);

struct shrinking {
    uint32_t width, height; /* of what comes */
    uint32_t row;           /* that comes next */
    uint64_t *across, *sum; /* one row of the result: this row's share, and all so far */
    struct raster out;
};
void shrinking_start(struct shrinking *s, uint32_t width, uint32_t height);
void shrinking_row(struct shrinking *s, const unsigned char *rgb);
void shrinking_release(struct shrinking *s);

/* Lays RGBA over white: what is behind transparency is seen by nobody who looks the picture over. */
void picture_flatten(const unsigned char *rgba, size_t pixels, unsigned char *rgb);

/* EXIF's orientation, 1 to 8, of a TIFF block; 1 where it says none. Any bytes will do. */
unsigned exif_orientation(struct text tiff);
void raster_turn(struct raster *r, unsigned orientation);

/* Converts from an ICC profile to sRGB. A profile that cannot be read, or is not of RGB, changes nothing. */
void raster_to_srgb(struct raster *r, struct text profile);

/* Makes the tables, and sets Little CMS up. */
void picture_warm(void);

/* Encodes. Appends to `out`. */
void jpeg_write(const struct raster *r, struct buffer *out);
void png_write(const struct raster *r, struct buffer *out);

/* As PNG: a drawing stays sharp to the pixel. As JPEG where that is less than half as large, as of a photograph. */
void picture_encode(const struct raster *r, struct media_made *out);

#endif
