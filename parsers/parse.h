/* Reading strangers' files: what they are, by their bytes, and what they say.
 *
 * A reader takes a source and puts what it finds into a report, as it finds it; what it cannot read it notes. It runs
 * in the sandbox, opens nothing, and may crash: what it reported by then counts. docs/parse.md says what is read. */
#ifndef PARSERS_PARSE_H
#define PARSERS_PARSE_H

#include "base/buffer.h"
#include "parsers/parse_answer.h"

#include <stdbool.h>
#include <stdint.h>

/* ---- what comes in ---- */

/* A file, read from its start; forth and back where it can be. From memory, or from standard input. */
struct source {
    struct buffer here; /* what was read of it: all of it where `whole` */
    uint64_t at;        /* where the next read begins */
    uint64_t passed;    /* where standard input stands */
    uint64_t size;      /* bytes, where it can be moved in; else 0 */
    bool whole, moves;
};
void source_memory(struct source *s, struct text bytes); /* copies */
void source_input(struct source *s);                     /* reads the first bytes */
void source_release(struct source *s);
struct text source_start(const struct source *s); /* the first bytes, at most SOURCE_START */
#define SOURCE_START (64u << 10)

size_t source_read(struct source *s, void *to, size_t most); /* 0 at the end */
bool source_move(struct source *s, uint64_t to);             /* false where it cannot be */
bool source_can_move(const struct source *s);

struct report;
/* All of it. false, and noted, where it is larger than LIMIT_PARSE_INPUT. */
bool source_all(struct source *s, struct report *r, struct text *all);

/* ---- what goes out ---- */

struct report {
    void (*put)(void *context, const void *bytes, size_t length);
    void *context;
    struct buffer text; /* that was not put yet */
    uint64_t texted;    /* bytes of text so far, pending ones too */
    uint32_t pages, facts, children;
    uint64_t given; /* bytes of children */
    uint64_t taken; /* bytes of the source that children came out of so far; 0: not known */
    bool full;      /* of text: further text is dropped */
    bool lean;      /* no more than one line end so far at the end of the text */
    char last;      /* of the text */
    uint32_t noted; /* a bit for each note */
};
void report_start(struct report *r, void (*put)(void *, const void *, size_t), void *context);
void report_end(struct report *r);
void report_release(struct report *r);

void report_media(struct report *r, const char *type);
void report_note(struct report *r, enum parse_note note);
void report_fact(struct report *r, const char *name, struct text value); /* UTF-8, cleaned here; empty: nothing */
void report_size(struct report *r, uint32_t width, uint32_t height);
void report_length(struct report *r, uint64_t milliseconds);
void report_peaks(struct report *r, const unsigned char *peaks, size_t count);
void report_picture(struct report *r, struct text png);

/* Text in UTF-8, or nearly: what is none becomes U+FFFD, control characters go, line ends become \n. */
void report_text(struct report *r, struct text t);
void report_line(struct report *r); /* ends the line, if one was begun */
void report_gap(struct report *r);  /* an empty line, where the text has begun */
bool report_page(struct report *r); /* false, and noted, where there are too many */

/* A file inside. begin: false, and noted, where there are too many. bytes: false, and noted, where they are too many:
 * the child is then ended as not whole, and nothing further should be unpacked. */
bool report_child(struct report *r, struct text name);
bool report_bytes(struct report *r, struct text bytes);
void report_close(struct report *r, bool whole);

/* Where `wanted` first stands in `t`, or NULL. */
static inline const char *text_find(struct text t, struct text wanted)
{
    return t.at ? memmem(t.at, t.length, wanted.at, wanted.length) : NULL;
}

/* ---- readers ---- */

/* Recognises and reads. */
void parse_read(struct source *s, struct report *r);

/* A picture of a page, at most `side` pixels across and down. */
void parse_page(struct source *s, uint32_t page, uint32_t side, struct report *r);

/* Makes every library set itself up, so that none has to in the sandbox. Tesseract takes half a second: without `looks`
 * it is left out, and `deferred` (which does not return) is called where it would be needed. */
void parse_warm(bool looks, void (*deferred)(void));

/* One kind each, once it is recognised. */
typedef void reader(struct source *s, struct report *r);
reader text_read, html_read, xml_read, rtf_read, mail_read, mbox_read, pdf_read, image_read, zip_read, archive_read,
    squeezed_read, film_read, webp_read;

/* Text of an unknown encoding, told by its marks or guessed: into UTF-8. false: it is no text. */
bool text_decode(struct text bytes, struct buffer *out, bool *guessed);
/* From the encoding that a file names; false: there is no such encoding. */
bool text_convert(struct text bytes, const char *encoding, struct buffer *out);

/* Is it HTML, a mail, a mailbox, by how it begins? */
bool html_begins(struct text start);
bool mail_begins(struct text start);
bool mbox_begins(struct text start);

/* A document of an office program, whose parts are in a ZIP file. */
bool office_read(struct text zip, struct report *r); /* false: it is a ZIP file, and no document */

void html_text(struct text utf8, struct report *r); /* the words of a page */

/* Pictures and pages: MuPDF. */
void document_page(struct source *s, uint32_t page, uint32_t side, struct report *r);
void image_page(struct source *s, uint32_t page, uint32_t side, struct report *r);
void webp_page(struct source *s, uint32_t side, struct report *r); /* libwebp, which MuPDF lacks */

/* Words of a picture of 8-bit grey, rows without gaps. Reports nothing where the recogniser is not installed but a
 * note. */
void ocr_read(const unsigned char *grey, uint32_t width, uint32_t height, uint32_t dots, struct report *r);
void ocr_defer(void (*deferred)(void));

void exif_read(struct text bytes, struct report *r); /* facts of a JPEG, or of a TIFF block */

void mupdf_warm(void);
void ocr_warm(void);
void mail_warm(void);
void film_warm(void);
void archive_warm(void);
void html_warm(void);
void text_warm(void);

#endif
