/* bearout-parse's readers against hostile bytes, without the sandbox around them. The first byte chooses the reader, so
 * that each is reached, or lets the file be recognised; what is reported must be an answer that its reader takes. */
#include "ops/parsed.h"
#include "parsers/parse.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the libraries forget when a file is broken: the process ends, and all of it with it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libgmime\nleak:libarchive\nleak:libav\nleak:libexif\nleak:libxml2\nleak:fz_\nleak:pdf_\n";
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    parse_warm(false, abort);
    ocr_defer(NULL); /* no recogniser: its models are too slow for this */
    return 0;
}

static void put(void *context, const void *bytes, size_t length)
{
    if (parsing_feed(context, (struct text){bytes, length}) < 0)
        abort();
}

static reader *const readers[] = {parse_read, text_read,  html_read, xml_read,  rtf_read,     mail_read, mbox_read,
                                  pdf_read,   image_read, zip_read,  film_read, archive_read, webp_read};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct parsed out = {0};
    struct buffer png = {0};
    struct parsing *p = parsing_new(&out, NULL, &png);
    struct report report;
    struct source source;
    const size_t which = data[0] % (sizeof readers / sizeof *readers + 1);
    source_memory(&source, (struct text){(const char *)data + 1, size - 1});
    report_start(&report, put, p);
    if (which == sizeof readers / sizeof *readers)
        parse_page(&source, 0, 64, &report);
    else
        readers[which](&source, &report);
    report_end(&report);
    report_release(&report);
    source_release(&source);
    parsing_free(p);
    parsed_release(&out);
    buffer_release(&png);
    return 0;
}
