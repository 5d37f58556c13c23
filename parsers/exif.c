/* What a camera wrote into a picture: libexif. Where and when it was taken, and with what. */
#include "parsers/parse.h"

#include <libexif/exif-data.h>
#include <libexif/exif-utils.h>
#include <stdio.h>

static const struct {
    ExifIfd folder;
    ExifTag tag;
    const char *fact;
} told[] = {
    {EXIF_IFD_0, EXIF_TAG_MAKE, "camera-maker"},
    {EXIF_IFD_0, EXIF_TAG_MODEL, "camera"},
    {EXIF_IFD_0, EXIF_TAG_SOFTWARE, "made-with"},
    {EXIF_IFD_0, EXIF_TAG_ARTIST, "author"},
    {EXIF_IFD_0, EXIF_TAG_COPYRIGHT, "copyright"},
    {EXIF_IFD_0, EXIF_TAG_IMAGE_DESCRIPTION, "description"},
    {EXIF_IFD_0, EXIF_TAG_DATE_TIME, "changed-on"},
    {EXIF_IFD_0, EXIF_TAG_ORIENTATION, "orientation"},
    {EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, "made-on"},
    {EXIF_IFD_EXIF, 0x9011, "made-in-time-zone"},
    {EXIF_IFD_EXIF, 0xa430, "owner"},
    {EXIF_IFD_EXIF, 0xa431, "camera-number"},
    {EXIF_IFD_EXIF, 0xa435, "lens-number"},
    {EXIF_IFD_EXIF, 0xa434, "lens"},
    {EXIF_IFD_EXIF, EXIF_TAG_USER_COMMENT, "comment"},
    {EXIF_IFD_GPS, (ExifTag)EXIF_TAG_GPS_DATE_STAMP, "place-on"},
    {EXIF_IFD_GPS, (ExifTag)EXIF_TAG_GPS_ALTITUDE, "altitude"},
    {EXIF_IFD_GPS, (ExifTag)EXIF_TAG_GPS_IMG_DIRECTION, "direction"},
};

/* Degrees of a latitude or longitude; false where there is none. */
static bool degrees(ExifData *data, ExifTag tag, ExifTag side, double *out)
{
    ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_GPS], tag);
    ExifEntry *where = exif_content_get_entry(data->ifd[EXIF_IFD_GPS], side);
    if (!entry || entry->format != EXIF_FORMAT_RATIONAL || entry->components < 3 || entry->size < 24)
        return false;
    double share = 1;
    *out = 0;
    for (unsigned i = 0; i < 3; i++, share *= 60) {
        ExifRational part = exif_get_rational(entry->data + 8 * i, exif_data_get_byte_order(data));
        if (!part.denominator)
            return false;
        *out += part.numerator / (double)part.denominator / share;
    }
    if (where && where->size && (where->data[0] == 'S' || where->data[0] == 'W'))
        *out = -*out;
    return *out >= -180 && *out <= 180;
}

static void tell_place(ExifData *data, struct report *r)
{
    double across, along;
    char place[64];
    if (!degrees(data, (ExifTag)EXIF_TAG_GPS_LATITUDE, (ExifTag)EXIF_TAG_GPS_LATITUDE_REF, &across) ||
        !degrees(data, (ExifTag)EXIF_TAG_GPS_LONGITUDE, (ExifTag)EXIF_TAG_GPS_LONGITUDE_REF, &along))
        return;
    snprintf(place, sizeof place, "%.6f, %.6f", across, along);
    report_fact(r, "place", text_of(place));
}

/* The block behind "Exif\0\0" in a JPEG or a PNG's or WebP's chunk; a TIFF is one itself. */
static ExifData *load(struct text bytes)
{
    if (text_starts(bytes, TEXT("\xff\xd8")))
        return exif_data_new_from_data((const unsigned char *)bytes.at, (unsigned)bytes.length);
    struct text head = {bytes.at, bytes.length < (8u << 20) ? bytes.length : 8u << 20};
    const char *at = NULL;
    size_t skip = 0;
    if (text_starts(bytes, TEXT("\x89PNG")) && (at = text_find(head, TEXT("eXIf"))))
        skip = 4;
    else if (text_starts(bytes, TEXT("RIFF")) && (at = text_find(head, TEXT("EXIF"))))
        skip = 8;
    else if (text_starts(bytes, TEXT("II*\0")) || text_starts(bytes, TEXT("MM\0*")))
        at = head.at;
    struct buffer block = {0};
    if (!at)
        return NULL;
    at += skip;
    size_t left = at < head.at + head.length ? (size_t)(head.at + head.length - at) : 0;
    if (left < 6 || memcmp(at, "Exif\0\0", 6) != 0)
        buffer_add(&block, "Exif\0\0", 6);
    buffer_add(&block, at, left < 60000 ? left : 60000);
    ExifData *data = exif_data_new_from_data((const unsigned char *)block.at, (unsigned)block.length);
    buffer_release(&block);
    return data;
}

void exif_read(struct text bytes, struct report *r)
{
    char value[PARSE_NAME];
    ExifData *data = load(bytes);
    if (!data)
        return;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        ExifEntry *entry = exif_content_get_entry(data->ifd[told[i].folder], told[i].tag);
        if (entry && exif_entry_get_value(entry, value, sizeof value))
            report_fact(r, told[i].fact, text_of(value));
    }
    tell_place(data, r);
    exif_data_unref(data);
}
