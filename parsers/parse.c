/* What a file is, by its bytes, and who reads it: see parse.h. */
#include "parsers/parse.h"

#include <string.h>

struct kind {
    size_t at;
    struct text bytes;
    const char *media; /* NULL: the reader says */
    reader *read;
};

static void unknown_read(struct source *s, struct report *r)
{
    (void)s;
    report_note(r, PARSE_UNKNOWN);
}

/* How kinds of files begin. The first row that fits decides. */
static const struct kind kinds[] = {
    {0, TEXT("%PDF-"), "application/pdf", pdf_read},
    {0, TEXT("PK\3\4"), NULL, zip_read},
    {0, TEXT("PK\5\6"), NULL, zip_read},
    {0, TEXT("{\\rtf"), "application/rtf", rtf_read},
    {0, TEXT("\xff\xd8\xff"), "image/jpeg", image_read},
    {0, TEXT("\x89PNG\r\n\x1a\n"), "image/png", image_read},
    {0, TEXT("GIF87a"), "image/gif", image_read},
    {0, TEXT("GIF89a"), "image/gif", image_read},
    {0, TEXT("II*\0"), "image/tiff", image_read},
    {0, TEXT("MM\0*"), "image/tiff", image_read},
    {0, TEXT("8BPS"), "image/vnd.adobe.photoshop", image_read},
    {0, TEXT("\0\0\0\x0cjP  "), "image/jp2", image_read},
    {8, TEXT("WEBP"), "image/webp", webp_read},
    {4, TEXT("ftyphei"), "image/heic", unknown_read},
    {4, TEXT("ftypmif1"), "image/heif", unknown_read},
    {4, TEXT("ftypavif"), "image/avif", unknown_read},
    {4, TEXT("ftyp"), NULL, film_read},
    {4, TEXT("moov"), NULL, film_read},
    {4, TEXT("mdat"), NULL, film_read},
    {8, TEXT("WAVE"), NULL, film_read},
    {8, TEXT("AVI "), NULL, film_read},
    {8, TEXT("AIFF"), NULL, film_read},
    {8, TEXT("AIFC"), NULL, film_read},
    {0, TEXT("fLaC"), NULL, film_read},
    {0, TEXT("OggS"), NULL, film_read},
    {0, TEXT("ID3"), NULL, film_read},
    {0, TEXT("\x1a\x45\xdf\xa3"), NULL, film_read},
    {0, TEXT("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), NULL, film_read}, /* ASF */
    {0, TEXT("#!AMR"), NULL, film_read},
    {0, TEXT("FLV\1"), NULL, film_read},
    {0, TEXT("caff"), NULL, film_read},
    {0, TEXT(".snd"), NULL, film_read},
    {0, TEXT("\0\0\1\xba"), NULL, film_read}, /* MPEG */
    {0, TEXT("\0\0\1\xb3"), NULL, film_read},
    {0, TEXT("7z\xbc\xaf\x27\x1c"), "application/x-7z-compressed", archive_read},
    {0, TEXT("Rar!\x1a\7"), "application/vnd.rar", archive_read},
    {0, TEXT("MSCF\0\0\0\0"), "application/vnd.ms-cab-compressed", archive_read},
    {257, TEXT("ustar"), "application/x-tar", archive_read},
    {0, TEXT("!<arch>\n"), "application/x-archive", archive_read},
    {0, TEXT("070701"), "application/x-cpio", archive_read},
    {0, TEXT("070707"), "application/x-cpio", archive_read},
    {32769, TEXT("CD001"), "application/x-iso9660-image", archive_read},
    {0, TEXT("\x1f\x8b"), "application/gzip", squeezed_read},
    {0, TEXT("BZh"), "application/x-bzip2", squeezed_read},
    {0,
     TEXT("\xfd"
          "7zXZ\0"),
     "application/x-xz", squeezed_read},
    {0, TEXT("\x28\xb5\x2f\xfd"), "application/zstd", squeezed_read},
    {0, TEXT("\x04\x22\x4d\x18"), "application/x-lz4", squeezed_read},
    {0, TEXT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage", unknown_read},
    {0,
     TEXT("\x7f"
          "ELF"),
     "application/x-elf", unknown_read},
    {0, TEXT("SQLite format 3\0"), "application/vnd.sqlite3", unknown_read},
};

static const struct kind html = {0, TEXT(""), "text/html", html_read};
static const struct kind xml = {0, TEXT(""), "text/xml", xml_read};
static const struct kind mail = {0, TEXT(""), "message/rfc822", mail_read};
static const struct kind mbox = {0, TEXT(""), "application/mbox", mbox_read};
static const struct kind sound = {0, TEXT(""), NULL, film_read};
static const struct kind bitmap = {0, TEXT(""), "image/bmp", image_read};
static const struct kind anymap = {0, TEXT(""), "image/x-portable-anymap", image_read};
static const struct kind text = {0, TEXT(""), NULL, text_read};

static bool begins(struct text start, const struct kind *kind)
{
    return start.length >= kind->at &&
           text_starts((struct text){start.at + kind->at, start.length - kind->at}, kind->bytes);
}

/* MPEG sound without a tag in front begins with eleven bits set, then a layer or, for AAC, none. */
static bool is_mpeg_sound(struct text t)
{
    const unsigned char *at = (const unsigned char *)t.at;
    if (t.length < 4 || at[0] != 0xff || (at[1] & 0xe0) != 0xe0)
        return false;
    return (at[1] & 0xf6) == 0xf0 ||
           ((at[1] & 0x18) != 0x08 && (at[1] & 0x06) != 0 && (at[2] & 0xf0) != 0xf0 && (at[2] & 0x0c) != 0x0c);
}

/* "BM", the file's size, four zeros: two letters alone could be a word's. */
static bool is_bitmap(struct text t)
{
    return text_starts(t, TEXT("BM")) && t.length > 26 && memcmp(t.at + 6, "\0\0\0\0", 4) == 0;
}

static bool is_anymap(struct text t)
{
    return t.length > 8 && t.at[0] == 'P' && t.at[1] >= '1' && t.at[1] <= '6' && (t.at[2] == '\n' || t.at[2] == ' ') &&
           (t.at[3] == '#' || (t.at[3] >= '0' && t.at[3] <= '9'));
}

static const struct kind *recognise(struct text start)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (begins(start, &kinds[i]))
            return &kinds[i];
    if (is_bitmap(start))
        return &bitmap;
    if (is_anymap(start))
        return &anymap;
    if (html_begins(start))
        return &html;
    if (text_starts(start, TEXT("<?xml")) || text_starts(start, TEXT("\xef\xbb\xbf<?xml")))
        return &xml;
    if (mbox_begins(start))
        return &mbox;
    if (mail_begins(start))
        return &mail;
    if (is_mpeg_sound(start) && !text_starts(start, TEXT("\xff\xfe"))) /* that is the mark of UTF-16 */
        return &sound;
    return &text;
}

/* A file that is two at once: another kind's beginning where readers look for it. */
static bool is_two(struct text start, const struct kind *kind)
{
    struct text further = {start.at + 1, start.length ? start.length - 1 : 0};
    bool pdf = kind->read != pdf_read && kind->read != text_read && kind->read != archive_read &&
               kind->read != squeezed_read && kind->read != mail_read && kind->read != mbox_read;
    return (pdf &&
            text_find((struct text){further.at, further.length < 1024 ? further.length : 1024}, TEXT("%PDF-1."))) ||
           (kind->read == pdf_read && text_find(further, TEXT("PK\3\4")));
}

/* What is read whole may have a ZIP's directory at its end, behind something else. */
static bool ends_as_zip(const struct source *s, const struct kind *kind)
{
    size_t tail = s->here.length < 66000 ? s->here.length : 66000;
    return s->whole && kind->read != zip_read && kind->read != archive_read && kind->read != squeezed_read &&
           kind->read != mail_read && kind->read != mbox_read && tail > 22 &&
           memmem(s->here.at + s->here.length - tail, tail, "PK\5\6\0\0\0\0", 8);
}

void parse_read(struct source *s, struct report *r)
{
    struct text start = source_start(s);
    if (!start.length) {
        report_note(r, PARSE_EMPTY);
        return;
    }
    const struct kind *kind = recognise(start);
    if (kind->media)
        report_media(r, kind->media);
    if (is_two(start, kind))
        report_note(r, PARSE_TWO_KINDS);
    kind->read(s, r);
    if (ends_as_zip(s, kind))
        report_note(r, PARSE_TWO_KINDS);
}

void parse_page(struct source *s, uint32_t page, uint32_t side, struct report *r)
{
    const struct kind *kind = recognise(source_start(s));
    if (kind->read == pdf_read)
        document_page(s, page, side, r);
    else if (kind->read == image_read)
        image_page(s, page, side, r);
    else if (kind->read == webp_read && page == 0)
        webp_page(s, side, r);
    else
        report_note(r, PARSE_NO_PAGE);
}

void parse_warm(bool looks, void (*deferred)(void))
{
    text_warm();
    html_warm();
    mail_warm();
    archive_warm();
    mupdf_warm();
    film_warm();
    if (looks)
        ocr_warm();
    else
        ocr_defer(deferred);
}
