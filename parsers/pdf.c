/* PDF and pictures: pages with words, pages that are pictures of words, and pages as pictures: MuPDF.
 *
 * A page without text is drawn and read off (ocr.c). Fonts that a file lacks come with the library: nothing is looked
 * for. Scripts in a PDF are never run. */
#include "parsers/parse.h"
#include "parsers/picture.h"

#include "base/limits.h"
#include "base/memory.h"

#include <math.h>
#include <mupdf/fitz.h>
#include <mupdf/pdf.h>
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>

enum { STORE = 128 << 20, DOTS = 300, MOST_DRAWN = 40000000 /* pixels of a page that is read off */ };
enum { MOST_BLOCK = 512 << 20 }; /* bytes in one piece: a page tree that is a ring would have a list grow for ever */

static fz_context *library;

static void shrug(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static void *bounded_malloc(void *context, size_t size)
{
    (void)context;
    return size > MOST_BLOCK ? NULL : malloc(size);
}

static void *bounded_realloc(void *context, void *old, size_t size)
{
    (void)context;
    return size > MOST_BLOCK ? NULL : realloc(old, size);
}

static void bounded_free(void *context, void *old)
{
    (void)context;
    free(old);
}

void mupdf_warm(void)
{
    static const fz_alloc_context bounded = {NULL, bounded_malloc, bounded_realloc, bounded_free};
    if (library)
        return;
    library = fz_new_context(&bounded, NULL, STORE);
    if (!library)
        return;
    fz_set_error_callback(library, shrug, NULL);
    fz_set_warning_callback(library, shrug, NULL);
    fz_register_document_handlers(library);
}

/* ---- opening ---- */

static fz_document *open_document(fz_context *ctx, struct text bytes, const char *media)
{
    fz_document *document = NULL;
    fz_stream *stream = NULL;
    fz_var(document);
    fz_var(stream);
    fz_try(ctx)
    {
        stream = fz_open_memory(ctx, (const unsigned char *)bytes.at, bytes.length);
        document = fz_open_document_with_stream(ctx, media, stream);
    }
    fz_always(ctx) fz_drop_stream(ctx, stream);
    fz_catch(ctx) document = NULL;
    return document;
}

static bool is_locked(fz_context *ctx, fz_document *document)
{
    bool locked = false;
    fz_var(locked);
    fz_try(ctx) locked = fz_needs_password(ctx, document) && !fz_authenticate_password(ctx, document, "");
    fz_catch(ctx) locked = true;
    return locked;
}

static int pages_of(fz_context *ctx, fz_document *document)
{
    int count = 0;
    fz_var(count);
    fz_try(ctx) count = fz_count_pages(ctx, document);
    fz_catch(ctx) count = 0;
    return count;
}

/* ---- words ---- */

static void put_line(fz_stext_line *line, struct report *r)
{
    for (fz_stext_char *c = line->first_char; c; c = c->next) {
        char utf8[8];
        int length = fz_runetochar(utf8, c->c);
        report_text(r, (struct text){utf8, (size_t)length});
    }
    report_line(r);
}

/* false: the page has no words. */
static bool put_words(fz_stext_page *words, struct report *r)
{
    bool any = false;
    for (fz_stext_block *block = words->first_block; block; block = block->next) {
        if (block->type != FZ_STEXT_BLOCK_TEXT)
            continue;
        if (any)
            report_gap(r);
        for (fz_stext_line *line = block->u.t.first_line; line; line = line->next) {
            any = any || line->first_char;
            put_line(line, r);
        }
    }
    return any;
}

/* ---- drawing ---- */

/* Draws at `dots` an inch, or as large as `side` and `most` pixels let it. NULL: it cannot be drawn. */
static fz_pixmap *draw(fz_context *ctx, fz_page *page, float dots, float side, float most, fz_colorspace *colours)
{
    fz_rect box = fz_bound_page(ctx, page);
    float width = box.x1 - box.x0, height = box.y1 - box.y0;
    if (!(width > 0 && height > 0 && width < 1e7f && height < 1e7f))
        return NULL;
    float scale = dots > 0 ? dots / 72 : side / (width > height ? width : height);
    if (width * height * scale * scale > most)
        scale = sqrtf(most / (width * height));
    float longest = (width > height ? width : height) * scale;
    if (side > 0 && longest > side)
        scale *= side / longest;
    if (width * scale < 1 || height * scale < 1)
        return NULL;
    return fz_new_pixmap_from_page(ctx, page, fz_scale(scale, scale), colours, 0);
}

static void read_pixels(const fz_pixmap *drawn, struct report *r)
{
    size_t width = (size_t)drawn->w;
    unsigned char *grey = memory_array(width * (size_t)drawn->h, 1);
    for (int y = 0; y < drawn->h; y++)
        memcpy(grey + (size_t)y * width, drawn->samples + y * drawn->stride, width);
    ocr_read(grey, (uint32_t)drawn->w, (uint32_t)drawn->h, DOTS, r);
    free(grey);
}

static void read_off(fz_context *ctx, fz_page *page, struct report *r)
{
    fz_pixmap *drawn = NULL;
    fz_var(drawn);
    fz_try(ctx)
    {
        drawn = draw(ctx, page, DOTS, 0, MOST_DRAWN, fz_device_gray(ctx));
        if (drawn)
            read_pixels(drawn, r);
    }
    fz_always(ctx) fz_drop_pixmap(ctx, drawn);
    fz_catch(ctx) report_note(r, PARSE_BROKEN);
}

/* ---- pages ---- */

/* False where the memory ran out: the next page would only run into that again. */
static bool read_page(fz_context *ctx, fz_document *document, int number, unsigned *drawn, struct report *r)
{
    bool enough = true;
    fz_page *page = NULL;
    fz_stext_page *words = NULL;
    fz_stext_options options = {0};
    fz_var(page);
    fz_var(words);
    fz_try(ctx)
    {
        page = fz_load_page(ctx, document, number);
        words = fz_new_stext_page_from_page(ctx, page, &options);
        if (!put_words(words, r) && (*drawn)++ < LIMIT_PARSE_OCR_PAGES)
            read_off(ctx, page, r);
        else if (*drawn > LIMIT_PARSE_OCR_PAGES)
            report_note(r, PARSE_OCR_STOPPED);
    }
    fz_always(ctx)
    {
        fz_drop_stext_page(ctx, words);
        fz_drop_page(ctx, page);
    }
    fz_catch(ctx)
    {
        report_note(r, PARSE_BROKEN);
        enough = fz_caught(ctx) != FZ_ERROR_MEMORY;
    }
    return enough;
}

static void tell(fz_context *ctx, fz_document *document, const char *key, const char *name, struct report *r)
{
    char value[PARSE_NAME];
    fz_try(ctx)
    {
        if (fz_lookup_metadata(ctx, document, key, value, sizeof value) > 0)
            report_fact(r, name, text_of(value));
    }
    fz_catch(ctx)
    {
    }
}

static void tell_all(fz_context *ctx, fz_document *document, struct report *r)
{
    static const char *const told[][2] = {{FZ_META_FORMAT, "format"},
                                          {FZ_META_INFO_TITLE, "title"},
                                          {FZ_META_INFO_AUTHOR, "author"},
                                          {FZ_META_INFO_SUBJECT, "subject"},
                                          {FZ_META_INFO_KEYWORDS, "keywords"},
                                          {FZ_META_INFO_CREATOR, "made-with"},
                                          {FZ_META_INFO_PRODUCER, "producer"},
                                          {FZ_META_INFO_CREATIONDATE, "made-on"},
                                          {FZ_META_INFO_MODIFICATIONDATE, "changed-on"}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        tell(ctx, document, told[i][0], told[i][1], r);
}

static void hand_over(fz_context *ctx, pdf_obj *file, struct report *r)
{
    fz_buffer *bytes = NULL;
    fz_var(bytes);
    fz_try(ctx)
    {
        pdf_embedded_file_params about;
        pdf_get_embedded_file_params(ctx, file, &about);
        bytes = pdf_load_embedded_file_contents(ctx, file);
        unsigned char *at;
        size_t length = fz_buffer_storage(ctx, bytes, &at);
        if (report_child(r, text_of(about.filename ? about.filename : "")))
            report_close(r, report_bytes(r, (struct text){(const char *)at, length}));
    }
    fz_always(ctx) fz_drop_buffer(ctx, bytes);
    fz_catch(ctx) report_note(r, PARSE_BROKEN);
}

static void hand_over_files(fz_context *ctx, fz_document *document, struct report *r)
{
    pdf_document *pdf = pdf_specifics(ctx, document);
    pdf_obj *files = NULL;
    fz_var(files);
    if (!pdf)
        return;
    fz_try(ctx)
    {
        files = pdf_load_name_tree(ctx, pdf, PDF_NAME(EmbeddedFiles));
        for (int i = 0; i < pdf_dict_len(ctx, files); i++)
            if (pdf_is_embedded_file(ctx, pdf_dict_get_val(ctx, files, i)))
                hand_over(ctx, pdf_dict_get_val(ctx, files, i), r);
    }
    fz_always(ctx) pdf_drop_obj(ctx, files);
    fz_catch(ctx) report_note(r, PARSE_BROKEN);
}

static bool is_repaired(fz_context *ctx, fz_document *document)
{
    pdf_document *pdf = pdf_specifics(ctx, document);
    return pdf && pdf_was_repaired(ctx, pdf);
}

static void read_document(fz_context *ctx, fz_document *document, struct report *r)
{
    unsigned drawn = 0;
    int count = pages_of(ctx, document);
    tell_all(ctx, document, r);
    for (int i = 0; i < count && report_page(r) && !r->full; i++)
        if (!read_page(ctx, document, i, &drawn, r))
            break;
    hand_over_files(ctx, document, r);
    if (!count || is_repaired(ctx, document))
        report_note(r, PARSE_BROKEN);
}

void pdf_read(struct source *s, struct report *r)
{
    struct text all;
    if (!source_all(s, r, &all))
        return;
    r->taken = all.length;
    fz_document *document = library ? open_document(library, all, "application/pdf") : NULL;
    if (!document)
        report_note(r, PARSE_BROKEN);
    else if (is_locked(library, document))
        report_note(r, PARSE_LOCKED);
    else
        read_document(library, document, r);
    if (document)
        fz_drop_document(library, document);
}

static void put_picture(fz_pixmap *drawn, struct report *r)
{
    struct raster raster = {(uint32_t)drawn->w, (uint32_t)drawn->h, NULL};
    struct buffer png = {0};
    raster.at = memory_array((size_t)raster.width * raster.height, 3);
    for (uint32_t y = 0; y < raster.height; y++)
        memcpy(raster.at + (size_t)y * raster.width * 3, drawn->samples + (ptrdiff_t)y * drawn->stride,
               (size_t)raster.width * 3);
    png_write(&raster, &png);
    report_picture(r, buffer_text(&png));
    buffer_release(&png);
    free(raster.at);
}

static void show(fz_context *ctx, fz_document *document, int number, uint32_t side, struct report *r)
{
    fz_page *page = NULL;
    fz_pixmap *drawn = NULL;
    bool done = false;
    fz_var(page);
    fz_var(drawn);
    fz_var(done);
    fz_try(ctx)
    {
        page = fz_load_page(ctx, document, number);
        drawn = draw(ctx, page, 0, (float)side - 1, MOST_DRAWN, fz_device_rgb(ctx));
        done = drawn && (uint32_t)drawn->w <= side && (uint32_t)drawn->h <= side;
        if (done)
            put_picture(drawn, r);
    }
    fz_always(ctx)
    {
        fz_drop_pixmap(ctx, drawn);
        fz_drop_page(ctx, page);
    }
    fz_catch(ctx) done = false;
    if (!done)
        report_note(r, PARSE_NO_PAGE);
}

static void page_of(struct text all, const char *media, uint32_t page, uint32_t side, struct report *r)
{
    fz_document *document = library ? open_document(library, all, media) : NULL;
    if (!document || is_locked(library, document) || page >= (uint32_t)pages_of(library, document))
        report_note(r, PARSE_NO_PAGE);
    else
        show(library, document, (int)page, side, r);
    if (document)
        fz_drop_document(library, document);
}

void document_page(struct source *s, uint32_t page, uint32_t side, struct report *r)
{
    struct text all;
    if (source_all(s, r, &all))
        page_of(all, "application/pdf", page, side, r);
}

/* ---- pictures ---- */

/* Is its size one that may be opened? Sizes that a picture says of itself are looked at before a pixel is. */
static bool fits(fz_context *ctx, struct text bytes, struct report *r)
{
    fz_buffer *buffer = NULL;
    fz_image *image = NULL;
    bool fine = false;
    fz_var(buffer);
    fz_var(image);
    fz_var(fine);
    fz_try(ctx)
    {
        buffer = fz_new_buffer_from_shared_data(ctx, (const unsigned char *)bytes.at, bytes.length);
        image = fz_new_image_from_buffer(ctx, buffer);
        fine = image->w > 0 && image->h > 0 && (uint64_t)image->w * (uint64_t)image->h <= LIMIT_PIXELS;
        report_size(r, (uint32_t)image->w, (uint32_t)image->h);
        if (!fine)
            report_note(r, PARSE_PIXELS);
    }
    fz_always(ctx)
    {
        fz_drop_image(ctx, image);
        fz_drop_buffer(ctx, buffer);
    }
    fz_catch(ctx) report_note(r, PARSE_BROKEN);
    return fine;
}

static const char *picture_kind(struct text t)
{
    static const struct {
        struct text bytes;
        const char *media;
    } kinds[] = {
        {TEXT("\xff\xd8\xff"), "image/jpeg"},
        {TEXT("\x89PNG"), "image/png"},
        {TEXT("GIF8"), "image/gif"},
        {TEXT("BM"), "image/bmp"},
        {TEXT("II*\0"), "image/tiff"},
        {TEXT("MM\0*"), "image/tiff"},
        {TEXT("\0\0\0\x0cjP  "), "image/jp2"},
        {TEXT("8BPS"), "image/vnd.adobe.photoshop"},
        {TEXT("P"), "image/x-portable-anymap"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_starts(t, kinds[i].bytes))
            return kinds[i].media;
    return "image/png";
}

void image_read(struct source *s, struct report *r)
{
    struct text all;
    unsigned drawn = 0;
    if (!source_all(s, r, &all))
        return;
    exif_read(all, r);
    if (!library || !fits(library, all, r))
        return;
    fz_document *document = open_document(library, all, picture_kind(all));
    int count = document ? pages_of(library, document) : 0;
    if (!count)
        report_note(r, PARSE_BROKEN);
    for (int i = 0; i < count && report_page(r) && !r->full; i++)
        read_page(library, document, i, &drawn, r);
    if (document)
        fz_drop_document(library, document);
}

/* The size is looked at first: a page of a picture is decoded whole. */
void image_page(struct source *s, uint32_t page, uint32_t side, struct report *r)
{
    struct text all;
    if (source_all(s, r, &all) && library && fits(library, all, r))
        page_of(all, picture_kind(all), page, side, r);
}

/* ---- WebP ---- */

static unsigned char *webp_decode(struct text all, int *width, int *height, struct report *r)
{
    const uint8_t *bytes = (const uint8_t *)all.at;
    if (!WebPGetInfo(bytes, all.length, width, height)) {
        report_note(r, PARSE_BROKEN);
        return NULL;
    }
    report_size(r, (uint32_t)*width, (uint32_t)*height);
    unsigned char *rgb = WebPDecodeRGB(bytes, all.length, width, height);
    if (!rgb)
        report_note(r, PARSE_BROKEN);
    return rgb;
}

void webp_read(struct source *s, struct report *r)
{
    struct text all;
    int width, height;
    if (!source_all(s, r, &all))
        return;
    exif_read(all, r);
    unsigned char *rgb = webp_decode(all, &width, &height, r);
    if (!rgb)
        return;
    size_t count = (size_t)width * (size_t)height;
    for (size_t i = 0; i < count; i++)
        rgb[i] = (unsigned char)((rgb[3 * i] * 77 + rgb[3 * i + 1] * 150 + rgb[3 * i + 2] * 29) >> 8);
    report_page(r);
    ocr_read(rgb, (uint32_t)width, (uint32_t)height, DOTS, r);
    WebPFree(rgb);
}

void webp_page(struct source *s, uint32_t side, struct report *r)
{
    struct text all;
    int width, height;
    if (!source_all(s, r, &all))
        return;
    unsigned char *rgb = webp_decode(all, &width, &height, r);
    if (!rgb)
        return;
    uint32_t longest = (uint32_t)(width > height ? width : height), step = (longest + side - 1) / side;
    struct raster raster = {((uint32_t)width + step - 1) / step, ((uint32_t)height + step - 1) / step, rgb};
    for (uint32_t y = 0; y < raster.height; y++) /* shrinks in place */
        for (uint32_t x = 0; x < raster.width; x++)
            memmove(rgb + ((size_t)y * raster.width + x) * 3, rgb + ((size_t)y * step * (size_t)width + x * step) * 3,
                    3);
    struct buffer png = {0};
    png_write(&raster, &png);
    report_picture(r, buffer_text(&png));
    buffer_release(&png);
    WebPFree(rgb);
}
