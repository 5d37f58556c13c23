/* iconv() by ICU, for the libraries in this process that convert encodings (GMime, libarchive, libxml2).
 *
 * The C library's own loads a module from a file for each encoding, which the sandbox forbids. A program's functions
 * come before the C library's, so these are found in its place. */
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>

enum { MOST = 32 /* bytes of one character, with what switches to it */ };

struct pair {
    UConverter *from, *to;
};

/* "UTF-8//TRANSLIT" and the like. */
static UConverter *open_one(const char *name, UErrorCode *status)
{
    char plain[64];
    size_t length = strcspn(name, "/");
    if (length >= sizeof plain)
        return NULL;
    memcpy(plain, name, length);
    plain[length] = '\0';
    return ucnv_open(length ? plain : "UTF-8", status);
}

iconv_t iconv_open(const char *to, const char *from)
{
    UErrorCode status = U_ZERO_ERROR;
    struct pair *p = calloc(1, sizeof *p);
    if (!p)
        return (iconv_t)-1;
    p->from = open_one(from, &status);
    p->to = open_one(to, &status);
    if (p->from && p->to && U_SUCCESS(status))
        ucnv_setToUCallBack(p->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    if (p->from && p->to && U_SUCCESS(status)) {
        return p;
    }
    ucnv_close(p->from);
    ucnv_close(p->to);
    free(p);
    errno = EINVAL;
    return (iconv_t)-1;
}

int iconv_close(iconv_t which)
{
    struct pair *p = which;
    ucnv_close(p->from);
    ucnv_close(p->to);
    free(p);
    return 0;
}

/* The next character, in the other encoding. 0 bytes: there is none; -1 and errno. `*at` moves only over a whole one.
 */
static int take_one(struct pair *p, const char **at, const char *end, char room[MOST])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar both[2];
    int32_t count = 0;
    const char *next = *at;
    UChar32 c = ucnv_getNextUChar(p->from, &next, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) {
        *at = end;
        return 0;
    }
    if (U_FAILURE(status)) {
        errno = status == U_TRUNCATED_CHAR_FOUND ? EINVAL : EILSEQ;
        ucnv_resetToUnicode(p->from);
        return -1;
    }
    U16_APPEND_UNSAFE(both, count, c);
    int32_t length = ucnv_fromUChars(p->to, room, MOST, both, count, &status);
    if (U_FAILURE(status) || length > MOST) {
        errno = EILSEQ;
        return -1;
    }
    *at = next;
    return length;
}

/* As the C library's: a character is put out whole or is still to be taken in. */
size_t iconv(iconv_t which, char **in, size_t *in_left, char **out, size_t *out_left)
{
    struct pair *p = which;
    char room[MOST];
    if (!in || !*in) {
        ucnv_reset(p->from);
        ucnv_reset(p->to);
        return 0;
    }
    const char *at = *in, *end = *in + *in_left;
    int length = 0;
    bool fits = true;
    while (at < end && fits) {
        const char *before = at;
        length = take_one(p, &at, end, room);
        fits = length >= 0 && (size_t)length <= *out_left;
        if (length > 0 && fits) {
            memcpy(*out, room, (size_t)length);
            *out += length;
            *out_left -= (size_t)length;
        } else if (length > 0) {
            at = before;
            errno = E2BIG;
        }
    }
    *in = (char *)(uintptr_t)at;
    *in_left = (size_t)(end - at);
    return fits ? 0 : (size_t)-1;
}
