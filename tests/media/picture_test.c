/* Pictures come out upright, in the colours they had, averaged over areas, and smaller than they were. */
#include "parsers/picture.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <lcms2.h>

enum { SIDE_X = 120, SIDE_Y = 80 };
static const unsigned char quarters[4][3] = {{220, 30, 30}, {30, 200, 40}, {40, 50, 210}, {230, 220, 40}};

/* Four quarters: red, green, blue and yellow, from the top left by rows. */
static struct raster four_quarters(void)
{
    struct raster r = {SIDE_X, SIDE_Y, memory_array((size_t)SIDE_X * SIDE_Y, 3)};
    for (unsigned y = 0; y < SIDE_Y; y++)
        for (unsigned x = 0; x < SIDE_X; x++)
            memcpy(r.at + ((size_t)y * SIDE_X + x) * 3, quarters[(y >= SIDE_Y / 2) * 2 + (x >= SIDE_X / 2)], 3);
    return r;
}

/* Which quarter's colour is nearest to a pixel. */
static unsigned quarter_at(const struct raster *r, uint32_t x, uint32_t y)
{
    unsigned best = 0, least = UINT32_MAX;
    const unsigned char *pixel = r->at + ((size_t)y * r->width + x) * 3;
    for (unsigned q = 0; q < 4; q++) {
        unsigned distance = 0;
        for (unsigned c = 0; c < 3; c++)
            distance += (unsigned)abs(pixel[c] - quarters[q][c]);
        if (distance < least) {
            least = distance;
            best = q;
        }
    }
    return best;
}

/* The four corners of a picture, as the digits of a number. */
static unsigned corners(const struct raster *r)
{
    uint32_t right = r->width - 1, below = r->height - 1;
    return quarter_at(r, 0, 0) * 1000 + quarter_at(r, right, 0) * 100 + quarter_at(r, 0, below) * 10 +
           quarter_at(r, right, below);
}

/* By orientation, what a picture that is stored as 0 1 / 2 3 must look like. */
static const unsigned upright[9] = {0, 123, 1032, 3210, 2301, 213, 2031, 3120, 1302};

static struct raster decoded(struct text bytes)
{
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr manager;
    info.err = jpeg_std_error(&manager);
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, (const unsigned char *)bytes.at, bytes.length);
    jpeg_read_header(&info, TRUE);
    info.out_color_space = JCS_RGB;
    jpeg_start_decompress(&info);
    struct raster r = {info.output_width, info.output_height, memory_array(info.output_width * 3, info.output_height)};
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = r.at + (size_t)info.output_scanline * r.width * 3;
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return r;
}

/* A JPEG of the four quarters with a segment behind its start. */
static void jpeg_with(unsigned char marker, const void *content, size_t length, struct buffer *out)
{
    struct raster r = four_quarters();
    struct buffer plain = {0};
    jpeg_write(&r, &plain);
    const unsigned char head[] = {0xff, marker, (unsigned char)((length + 2) >> 8), (unsigned char)(length + 2)};
    buffer_add(out, plain.at, 2);
    buffer_add(out, head, sizeof head);
    buffer_add(out, content, length);
    buffer_add(out, plain.at + 2, plain.length - 2);
    buffer_release(&plain);
    raster_release(&r);
}

static struct raster made_of(const struct buffer *jpeg)
{
    const struct media_bounds bounds = media_bounds_usual();
    struct media_made made;
    assert_int_equal(media_make(buffer_text(jpeg), &bounds, &made), MEDIA_FINE);
    assert_string_equal(made.mime, MIME_JPEG);
    struct raster r = decoded(buffer_text(&made.bytes));
    assert_int_equal(r.width, made.width);
    assert_int_equal(r.height, made.height);
    buffer_release(&made.bytes);
    return r;
}

static void every_orientation_comes_out_upright(void **state)
{
    (void)state;
    for (unsigned orientation = 1; orientation <= 8; orientation++) {
        char exif[] = "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0?\0\0\0\0\0\0";
        struct buffer jpeg = {0};
        exif[6 + 8 + 2 + 8] = (char)orientation;
        jpeg_with(0xe1, exif, sizeof exif - 1, &jpeg);
        struct raster r = made_of(&jpeg);
        assert_int_equal(corners(&r), upright[orientation]);
        assert_true(orientation >= 5 ? r.height > r.width : r.width > r.height);
        raster_release(&r);
        buffer_release(&jpeg);
    }
}

static void orientations_are_read_in_both_byte_orders_and_nothing_else_is(void **state)
{
    (void)state;
    assert_int_equal(exif_orientation(TEXT("MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0")), 6);
    assert_int_equal(exif_orientation(TEXT("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x08\0\0\0\0\0\0\0")), 8);
    assert_int_equal(exif_orientation(TEXT("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x09\0\0\0\0\0\0\0")), 1);
    assert_int_equal(exif_orientation(TEXT("II*\0\xff\xff\xff\xff\1\0\x12\1\3\0\1\0\0\0\x08\0\0\0")), 1);
    assert_int_equal(exif_orientation(TEXT("II*\0\x08\0\0\0\xff\xff\x12\1")), 1);
    assert_int_equal(exif_orientation(TEXT("II*")), 1);
    assert_int_equal(exif_orientation(TEXT("")), 1);
}

static void a_single_colour_stays_that_colour(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        unsigned char row[37 * 3];
        struct shrinking s;
        memset(row, (int)value, sizeof row);
        shrinking_start(&s, 37, 23);
        for (unsigned y = 0; y < 23; y++)
            shrinking_row(&s, row);
        assert_int_equal(s.out.width, 32);
        assert_int_equal(s.out.height, 20);
        for (size_t i = 0; i < (size_t)s.out.width * s.out.height * 3; i++)
            assert_int_equal(s.out.at[i], value);
        shrinking_release(&s);
    }
}

/* Black and white in turn give the grey that lights as much: 188, not 128. */
static void light_is_averaged(void **state)
{
    (void)state;
    struct shrinking s;
    unsigned char *row = memory_array(6400, 3);
    shrinking_start(&s, 6400, 6400);
    assert_int_equal(s.out.width, PICTURE_SIDE);
    for (unsigned y = 0; y < 6400; y++) {
        for (unsigned x = 0; x < 6400; x++)
            memset(row + (size_t)x * 3, (x + y) % 2 ? 255 : 0, 3);
        shrinking_row(&s, row);
    }
    for (size_t i = 0; i < (size_t)s.out.width * s.out.height * 3; i += 997)
        assert_int_equal(s.out.at[i], 188);
    shrinking_release(&s);
    free(row);
}

/* The same by the plainest sum over every pixel that a pixel of the result covers. */
static void areas_are_averaged_exactly(void **state)
{
    (void)state;
    enum { W = 29, H = 17 };
    unsigned char in[H][W * 3];
    struct shrinking s;
    for (unsigned y = 0; y < H; y++)
        for (unsigned i = 0; i < W * 3; i++)
            in[y][i] = (unsigned char)(y * 131 + i * i * 7 + 13);
    shrinking_start(&s, W, H);
    for (unsigned y = 0; y < H; y++)
        shrinking_row(&s, in[y]);
    for (uint32_t y = 0; y < s.out.height; y++)
        for (uint32_t x = 0; x < s.out.width; x++) {
            double sum = 0, top = (double)y * H / s.out.height, left = (double)x * W / s.out.width;
            double below = (double)(y + 1) * H / s.out.height, right = (double)(x + 1) * W / s.out.width;
            for (unsigned sy = 0; sy < H; sy++)
                for (unsigned sx = 0; sx < W; sx++) {
                    double high = (below < sy + 1 ? below : sy + 1) - (top > sy ? top : sy);
                    double wide = (right < sx + 1 ? right : sx + 1) - (left > sx ? left : sx);
                    double coded = in[sy][sx * 3] / 255.0;
                    double light = coded <= 0.04045 ? coded / 12.92 : __builtin_pow((coded + 0.055) / 1.055, 2.4);
                    sum += high > 0 && wide > 0 ? high * wide * light : 0;
                }
            double light = sum / ((below - top) * (right - left));
            double coded = light <= 0.0031308 ? light * 12.92 : 1.055 * __builtin_pow(light, 1 / 2.4) - 0.055;
            double is = s.out.at[((size_t)y * s.out.width + x) * 3];
            assert_true(is - coded * 255 < 0.51 && coded * 255 - is < 0.51);
        }
    shrinking_release(&s);
}

static void sizes_keep_their_shape(void **state)
{
    (void)state;
    static const uint32_t sizes[][4] = {
        {1, 1, 1, 1},
        {2, 2, 1, 1},
        {100, 50, 87, 44},
        {1600, 900, 1400, 788},
        {4000, 3000, 1600, 1200},
        {3000, 4000, 1200, 1600},
        {65000, 1, 1600, 1},
        {1828, 1828, 1599, 1599},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct shrinking s;
        shrinking_start(&s, sizes[i][0], sizes[i][1]);
        assert_int_equal(s.out.width, sizes[i][2]);
        assert_int_equal(s.out.height, sizes[i][3]);
        shrinking_release(&s);
    }
}

/* A profile in which red and blue have changed places must change them back. */
static void a_colour_profile_is_followed(void **state)
{
    (void)state;
    const cmsCIExyY white = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE swapped = {{0.15, 0.06, 1}, {0.30, 0.60, 1}, {0.64, 0.33, 1}};
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2);
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &swapped, curves);
    char segment[8192] = "ICC_PROFILE\0\1\1";
    cmsUInt32Number length = sizeof segment - 14;
    assert_true(cmsSaveProfileToMem(profile, segment + 14, &length));
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    struct buffer jpeg = {0};
    jpeg_with(0xe2, segment, 14 + length, &jpeg);
    struct raster r = made_of(&jpeg);
    assert_true(r.at[2] > 180 && r.at[0] < 90); /* what was stored as red is shown blue */
    raster_release(&r);
    buffer_release(&jpeg);
}

static void what_is_behind_transparency_is_gone(void **state)
{
    (void)state;
    unsigned char rgba[] = {10, 200, 30, 0, 0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 128}, rgb[12];
    picture_flatten(rgba, 4, rgb);
    static const unsigned char expected[] = {255, 255, 255, 255, 255, 255, 10, 20, 30, 127, 127, 127};
    assert_memory_equal(rgb, expected, sizeof rgb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_orientation_comes_out_upright),
        cmocka_unit_test(orientations_are_read_in_both_byte_orders_and_nothing_else_is),
        cmocka_unit_test(a_single_colour_stays_that_colour),
        cmocka_unit_test(light_is_averaged),
        cmocka_unit_test(areas_are_averaged_exactly),
        cmocka_unit_test(sizes_keep_their_shape),
        cmocka_unit_test(a_colour_profile_is_followed),
        cmocka_unit_test(what_is_behind_transparency_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
