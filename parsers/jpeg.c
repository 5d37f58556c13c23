/* JPEG in and out, with libjpeg-turbo.
 *
 * A file that is cut short or damaged is refused: libjpeg would fill it up with grey. Nothing but the pixels,
 * EXIF's orientation and the colour profile is looked at. */
#include "parsers/picture.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

enum { QUALITY = 85, MOST_SCANS = 256 };

struct trouble {
    struct jpeg_error_mgr manager;
    jmp_buf back;
    enum media_refusal why;
};

static void fail(j_common_ptr info)
{
    struct trouble *t = (struct trouble *)info->err;
    t->why = info->err->msg_code == JERR_OUT_OF_MEMORY ? MEDIA_MEMORY : MEDIA_BROKEN;
    longjmp(t->back, 1);
}

/* libjpeg warns where it goes on with pixels that are not the picture's. A few warnings are about order alone. */
static void warn(j_common_ptr info, int level)
{
    int code = info->err->msg_code;
    if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_ADOBE_XFORM && code != JWRN_JFIF_MAJOR)
        fail(info);
}

static void say_nothing(j_common_ptr info)
{
    (void)info;
}

static struct jpeg_error_mgr *watch(struct trouble *t)
{
    jpeg_std_error(&t->manager);
    t->manager.error_exit = fail;
    t->manager.emit_message = warn;
    t->manager.output_message = say_nothing;
    return &t->manager;
}

/* A small file can ask for the same large picture to be gone over any number of times. */
static void count_scans(j_common_ptr info)
{
    if (((j_decompress_ptr)info)->input_scan_number > MOST_SCANS)
        fail(info);
}

struct reading {
    struct jpeg_decompress_struct info;
    struct trouble trouble;
    struct jpeg_progress_mgr progress;
    struct shrinking shrinking;
    unsigned char *row, *rgb;
    JOCTET *profile;
    unsigned profile_length, orientation;
};

static void reading_release(struct reading *r)
{
    jpeg_destroy_decompress(&r->info);
    shrinking_release(&r->shrinking);
    free(r->row);
    free(r->rgb);
    free(r->profile);
}

static unsigned orientation_of(const struct jpeg_decompress_struct *info)
{
    static const struct text exif = {"Exif\0\0", 6};
    for (jpeg_saved_marker_ptr m = info->marker_list; m; m = m->next) {
        struct text data = {(const char *)m->data, m->data_length};
        if (m->marker == JPEG_APP0 + 1 && text_starts(data, exif))
            return exif_orientation((struct text){data.at + exif.length, data.length - exif.length});
    }
    return 1;
}

/* Printers' inks: Adobe stores them the other way round. */
static void inks_to_rgb(const unsigned char *inks, size_t pixels, unsigned flip, unsigned char *rgb)
{
    for (size_t i = 0; i < pixels; i++, inks += 4, rgb += 3)
        for (unsigned c = 0; c < 3; c++)
            rgb[c] = (unsigned char)(((inks[c] ^ flip) * (inks[3] ^ flip) + 127) / 255);
}

static void read_rows(struct reading *r)
{
    struct jpeg_decompress_struct *info = &r->info;
    bool inks = info->out_color_space == JCS_CMYK;
    while (info->output_scanline < info->output_height) {
        JSAMPROW row = r->row;
        jpeg_read_scanlines(info, &row, 1);
        if (inks)
            inks_to_rgb(r->row, info->output_width, info->saw_Adobe_marker ? 0 : 255, r->rgb);
        shrinking_row(&r->shrinking, inks ? r->rgb : r->row);
    }
    jpeg_finish_decompress(info);
}

static enum media_refusal start(struct reading *r, struct text input, const struct media_bounds *bounds)
{
    struct jpeg_decompress_struct *info = &r->info;
    jpeg_mem_src(info, (const unsigned char *)input.at, input.length);
    jpeg_save_markers(info, JPEG_APP0 + 1, 0xffff);
    jpeg_save_markers(info, JPEG_APP0 + 2, 0xffff);
    jpeg_read_header(info, TRUE);
    enum media_refusal fits = picture_fits(info->image_width, info->image_height, bounds);
    if (fits != MEDIA_FINE)
        return fits;
    r->orientation = orientation_of(info);
    jpeg_read_icc_profile(info, &r->profile, &r->profile_length);
    bool inks = info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;
    info->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    r->progress.progress_monitor = count_scans;
    info->progress = &r->progress;
    jpeg_start_decompress(info);
    r->row = memory_array(info->output_width, 4);
    r->rgb = memory_array(info->output_width, 3);
    shrinking_start(&r->shrinking, info->output_width, info->output_height);
    return MEDIA_FINE;
}

static enum media_refusal decode(struct reading *r, struct text input, const struct media_bounds *bounds)
{
    r->info.err = watch(&r->trouble);
    if (setjmp(r->trouble.back))
        return r->trouble.why;
    jpeg_create_decompress(&r->info);
    enum media_refusal result = start(r, input, bounds);
    if (result == MEDIA_FINE)
        read_rows(r);
    return result;
}

enum media_refusal jpeg_make(struct text input, const struct media_bounds *bounds, struct media_made *out)
{
    struct reading r = {0};
    enum media_refusal result = decode(&r, input, bounds);
    if (result == MEDIA_FINE) {
        struct raster *raster = &r.shrinking.out;
        raster_to_srgb(raster, (struct text){(const char *)r.profile, r.profile_length});
        raster_turn(raster, r.orientation);
        jpeg_write(raster, &out->bytes);
        out->mime = MIME_JPEG;
        out->width = raster->width;
        out->height = raster->height;
    }
    reading_release(&r);
    return result;
}

/* ---- out ---- */

/* libjpeg may neither fail nor warn here: the picture is of a bounded size, and memory that is not there ends the
 * program. */
void jpeg_write(const struct raster *r, struct buffer *out)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr manager;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    memset(&info, 0, sizeof info);
    info.err = jpeg_std_error(&manager);
    manager.output_message = say_nothing;
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, &length);
    info.image_width = r->width;
    info.image_height = r->height;
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, QUALITY, TRUE);
    jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = r->at + (size_t)info.next_scanline * r->width * 3;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    buffer_add(out, bytes, length);
    free(bytes);
}
