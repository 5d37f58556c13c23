/* Words read off pictures: Tesseract, in the languages that are installed of those that are tried.
 *
 * What it knows of them is loaded before the sandbox closes. One thread alone (OMP_THREAD_LIMIT comes with the start:
 * OpenMP reads it before main()). What it has to say goes to standard error, which Bearout's own caller sends nowhere;
 * a file for it would be opened at its first word, when none may be opened any more. */
#include "parsers/parse.h"

#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>
#include <unistd.h>

#define DATA "/usr/share/tesseract-ocr/5/tessdata"

enum { LEAST_SIDE = 24, LEAST_SURE = 30 };

static TessBaseAPI *recogniser;
static void (*later)(void);

/* "eng+rus": those that are there. */
static void languages(struct buffer *out)
{
    static const char *const tried[] = {"eng", "rus", "ara"};
    struct buffer path = {0};
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        buffer_clear(&path);
        buffer_format(&path, DATA "/%s.traineddata", tried[i]);
        if (access(path.at, R_OK) != 0)
            continue;
        if (out->length)
            buffer_char(out, '+');
        buffer_string(out, tried[i]);
    }
    buffer_release(&path);
}

void ocr_warm(void)
{
    struct buffer chosen = {0};
    languages(&chosen);
    if (!recogniser && chosen.length) {
        recogniser = TessBaseAPICreate();
        if (TessBaseAPIInit2(recogniser, DATA, chosen.at, OEM_LSTM_ONLY) != 0) {
            TessBaseAPIDelete(recogniser);
            recogniser = NULL;
        }
    }
    buffer_release(&chosen);
}

void ocr_defer(void (*deferred)(void))
{
    later = deferred;
}

void ocr_read(const unsigned char *grey, uint32_t width, uint32_t height, uint32_t dots, struct report *r)
{
    if (width < LEAST_SIDE || height < LEAST_SIDE)
        return;
    if (!recogniser && later)
        later();
    if (!recogniser) {
        report_note(r, PARSE_OCR_MISSING);
        return;
    }
    TessBaseAPISetImage(recogniser, grey, (int)width, (int)height, 1, (int)width);
    TessBaseAPISetSourceResolution(recogniser, (int)dots);
    char *words = TessBaseAPIGetUTF8Text(recogniser);
    bool sure = words && words[strspn(words, " \n\t")] && TessBaseAPIMeanTextConf(recogniser) >= LEAST_SURE;
    if (sure) {
        report_note(r, PARSE_OCR);
        report_text(r, text_of(words));
    }
    TessDeleteText(words);
    TessBaseAPIClear(recogniser);
}
