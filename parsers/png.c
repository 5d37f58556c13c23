/* PNG in and out, with libpng.
 *
 * Of a PNG's chunks the pixels, transparency, gamma and colour profile are looked at, and EXIF's orientation; text,
 * times and the rest are skipped unread. Transparency is laid over white. */
#include "parsers/picture.h"

#include "base/memory.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHUNK = 8 << 20, SIGNATURE = 8, CHUNK_HEAD = 8, CHUNK_CHECK = 4 };

struct reading {
    png_structp png;
    png_infop info;
    jmp_buf back;
    struct text left; /* of the input */
    struct shrinking shrinking;
    unsigned char *pixels, *rgb;
    png_bytep *rows;
};

static void reading_release(struct reading *r)
{
    png_destroy_read_struct(&r->png, &r->info, NULL);
    shrinking_release(&r->shrinking);
    free(r->pixels);
    free(r->rgb);
    free(r->rows);
}

static void fail(png_structp png, png_const_charp what)
{
    (void)what;
    longjmp(((struct reading *)png_get_error_ptr(png))->back, 1);
}

static void say_nothing(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
}

static void give(png_structp png, png_bytep at, size_t length)
{
    struct reading *r = png_get_io_ptr(png);
    if (length > r->left.length)
        png_error(png, "the end");
    memcpy(at, r->left.at, length);
    r->left.at += length;
    r->left.length -= length;
}

/* The content of the first chunk of a kind, or "" and false. */
static bool find_chunk(struct text input, const char kind[4], struct text *content)
{
    *content = (struct text){0};
    for (size_t at = SIGNATURE; input.length - at >= CHUNK_HEAD + CHUNK_CHECK;) {
        const unsigned char *head = (const unsigned char *)input.at + at;
        size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        if (length > input.length - at - CHUNK_HEAD - CHUNK_CHECK)
            return false;
        *content = (struct text){input.at + at + CHUNK_HEAD, length};
        if (memcmp(head + 4, kind, 4) == 0)
            return true;
        at += CHUNK_HEAD + length + CHUNK_CHECK;
    }
    *content = (struct text){0};
    return false;
}

static void skip_what_is_not_seen(png_structp png)
{
    static const png_byte skipped[] = "tEXt\0zTXt\0iTXt\0eXIf\0tIME\0pHYs\0sPLT\0hIST\0oFFs\0pCAL\0sCAL\0bKGD\0sBIT";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, skipped, sizeof skipped / 5);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(png, MOST_CHUNK);
}

/* Whatever it is, it comes out as RGBA of eight bits. */
static void ask_for_rgba(const struct reading *r)
{
    double gamma;
    if (!png_get_valid(r->png, r->info, PNG_INFO_iCCP) && png_get_gAMA(r->png, r->info, &gamma))
        png_set_gamma(r->png, PNG_DEFAULT_sRGB, gamma);
    png_set_expand(r->png);
    png_set_scale_16(r->png);
    png_set_gray_to_rgb(r->png);
    png_set_add_alpha(r->png, 255, PNG_FILLER_AFTER);
}

static void take_row(struct reading *r, unsigned char *rgba)
{
    picture_flatten(rgba, r->shrinking.width, r->rgb);
    shrinking_row(&r->shrinking, r->rgb);
}

/* An interlaced picture must be there as a whole before its first row is known. */
static void read_rows(struct reading *r, bool interlaced)
{
    size_t width = r->shrinking.width, height = r->shrinking.height;
    r->pixels = memory_array(width * 4, interlaced ? height : 1);
    r->rgb = memory_array(width, 3);
    if (interlaced) {
        r->rows = memory_array(height, sizeof *r->rows);
        for (size_t y = 0; y < height; y++)
            r->rows[y] = r->pixels + y * width * 4;
        png_read_image(r->png, r->rows);
    }
    for (size_t y = 0; y < height; y++) {
        if (!interlaced)
            png_read_row(r->png, r->pixels, NULL);
        take_row(r, interlaced ? r->rows[y] : r->pixels);
    }
    png_read_end(r->png, NULL);
}

static enum media_refusal decode(struct reading *r, struct text input, const struct media_bounds *bounds)
{
    r->left = input;
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, fail, say_nothing);
    r->info = r->png ? png_create_info_struct(r->png) : NULL;
    if (!r->info)
        return MEDIA_MEMORY;
    if (setjmp(r->back))
        return MEDIA_BROKEN;
    png_set_read_fn(r->png, r, give);
    skip_what_is_not_seen(r->png);
    png_read_info(r->png, r->info);
    png_uint_32 width = png_get_image_width(r->png, r->info), height = png_get_image_height(r->png, r->info);
    enum media_refusal fits = picture_fits(width, height, bounds);
    if (fits != MEDIA_FINE)
        return fits;
    ask_for_rgba(r);
    bool interlaced = png_set_interlace_handling(r->png) > 1;
    png_read_update_info(r->png, r->info);
    shrinking_start(&r->shrinking, width, height);
    read_rows(r, interlaced);
    return MEDIA_FINE;
}

static struct text profile_of(const struct reading *r)
{
    png_charp name;
    int method;
    png_bytep profile;
    png_uint_32 length;
    if (!png_get_iCCP(r->png, r->info, &name, &method, &profile, &length))
        return (struct text){0};
    return (struct text){(const char *)profile, length};
}

enum media_refusal png_make(struct text input, const struct media_bounds *bounds, struct media_made *out)
{
    struct reading r = {0};
    struct text chunk;
    if (find_chunk(input, "acTL", &chunk))
        return MEDIA_ANIMATED;
    enum media_refusal result = decode(&r, input, bounds);
    if (result == MEDIA_FINE) {
        struct raster *raster = &r.shrinking.out;
        raster_to_srgb(raster, profile_of(&r));
        if (find_chunk(input, "eXIf", &chunk))
            raster_turn(raster, exif_orientation(chunk));
        picture_encode(raster, out);
    }
    reading_release(&r);
    return result;
}

/* ---- out ---- */

static void take(png_structp png, png_bytep at, size_t length)
{
    buffer_add(png_get_io_ptr(png), at, length);
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

/* Nothing can fail here but memory, and that ends the program. */
static void fail_out(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
    abort();
}

void png_write(const struct raster *r, struct buffer *out)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail_out, say_nothing);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info)
        abort();
    png_set_write_fn(png, out, take, flush_nothing);
    png_set_compression_level(png, 6);
    png_set_IHDR(png, info, r->width, r->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (uint32_t y = 0; y < r->height; y++)
        png_write_row(png, r->at + (size_t)y * r->width * 3);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
}
