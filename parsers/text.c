/* Plain text: its encoding told by a mark at its start, by being UTF-8, or guessed by ICU. See parse.h. */
#include "parsers/parse.h"

#include <limits.h>
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/udata.h>
#include <unicode/utf8.h>

enum { GUESSED_FROM = 64 << 10, LEAST_SURE = 10 };

/* Nothing is ever looked for in a file: all that ICU knows is in its library. */
void text_warm(void)
{
    static const char *const encodings[] = {"UTF-8",        "UTF-16LE",     "UTF-16BE",     "UTF-32LE",
                                            "windows-1252", "windows-1251", "windows-1256", "KOI8-R"};
    UErrorCode status = U_ZERO_ERROR;
    struct buffer out = {0};
    bool guessed;
    udata_setFileAccess(UDATA_NO_FILES, &status);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        text_convert(TEXT("a"), encodings[i], &out);
    text_decode(TEXT("\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?"), &out, &guessed);
    buffer_release(&out);
}

bool text_convert(struct text bytes, const char *encoding, struct buffer *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(encoding, &status), *to = ucnv_open("UTF-8", &status);
    const char *at = bytes.at, *end = bytes.at + bytes.length;
    UChar pivot[1024], *first = pivot, *last = pivot;
    char room[4096];
    bool fine = U_SUCCESS(status);
    for (UBool start = true; fine; start = false) {
        char *put = room;
        status = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &put, room + sizeof room, &at, end, pivot, &first, &last, pivot + 1024, start, true,
                       &status);
        buffer_add(out, room, (size_t)(put - room));
        if (status != U_BUFFER_OVERFLOW_ERROR)
            break;
    }
    ucnv_close(from);
    ucnv_close(to);
    return fine;
}

static bool is_utf8(struct text t)
{
    while (t.length) {
        int32_t i = 0, length = t.length < INT32_MAX ? (int32_t)t.length : INT32_MAX;
        for (UChar32 c = 0; i < length;) {
            U8_NEXT((const uint8_t *)t.at, i, length, c);
            if (c < 0)
                return false;
        }
        t = (struct text){t.at + i, t.length - (size_t)i};
    }
    return true;
}

/* Text has few control characters; what is not text has many, and zeros. */
static bool is_text(struct text t)
{
    size_t odd = 0;
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.at[i];
        odd += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1b;
        if (!c && t.length < 64)
            return false;
    }
    return odd <= t.length / 200;
}

/* ICU's guess, where it is sure enough; NULL else. */
static const char *guess(UCharsetDetector *detector, struct text t)
{
    UErrorCode status = U_ZERO_ERROR;
    ucsdet_setText(detector, t.at, t.length < GUESSED_FROM ? (int32_t)t.length : GUESSED_FROM, &status);
    const UCharsetMatch *match = ucsdet_detect(detector, &status);
    if (U_FAILURE(status) || !match || ucsdet_getConfidence(match, &status) < LEAST_SURE)
        return NULL;
    return ucsdet_getName(match, &status);
}

/* UTF-16 without a mark: every second byte of most texts is zero. */
static const char *sixteen(struct text t)
{
    size_t even = 0, odd = 0, length = t.length < 4096 ? t.length & ~(size_t)1 : 4096;
    for (size_t i = 0; i < length; i += 2) {
        even += t.at[i] == 0;
        odd += t.at[i + 1] == 0;
    }
    if (length >= 8 && odd > length / 4 && !even)
        return "UTF-16LE";
    return length >= 8 && even > length / 4 && !odd ? "UTF-16BE" : NULL;
}

static bool decode_guessed(struct text bytes, struct buffer *out)
{
    const char *encoding = sixteen(bytes);
    if (!encoding && !is_text(bytes))
        return false;
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = encoding ? NULL : ucsdet_open(&status);
    if (detector && U_SUCCESS(status))
        encoding = guess(detector, bytes);
    bool done = text_convert(bytes, encoding ? encoding : "windows-1252", out);
    ucsdet_close(detector);
    return done;
}

bool text_decode(struct text bytes, struct buffer *out, bool *guessed)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t mark = 0;
    *guessed = false;
    const char *marked =
        ucnv_detectUnicodeSignature(bytes.at, bytes.length < 4 ? (int32_t)bytes.length : 4, &mark, &status);
    if (U_SUCCESS(status) && marked)
        return text_convert((struct text){bytes.at + mark, bytes.length - (size_t)mark}, marked, out);
    if (is_utf8(bytes) && is_text(bytes)) {
        buffer_text_add(out, bytes);
        return true;
    }
    *guessed = true;
    return decode_guessed(bytes, out);
}

void text_read(struct source *s, struct report *r)
{
    struct text all;
    struct buffer text = {0};
    bool guessed;
    if (!source_all(s, r, &all)) {
        report_media(r, "text/plain");
        return;
    }
    if (text_decode(all, &text, &guessed)) {
        report_media(r, "text/plain");
        if (guessed)
            report_note(r, PARSE_GUESSED);
        report_text(r, buffer_text(&text));
    } else {
        report_media(r, "application/octet-stream");
        report_note(r, PARSE_UNKNOWN);
    }
    buffer_release(&text);
}
