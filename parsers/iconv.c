/* iconv() by ICU, for the libraries in this process that convert encodings (GMime, libarchive, libxml2).
 *
 * The C library's own loads a module from a file for each encoding, which the sandbox forbids. A program's functions
 * come before the C library's, so these are found in its place. */
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

enum { PIVOT = 512 };

struct pair {
    UConverter *from, *to;
    UChar pivot[PIVOT], *first, *last;
    bool fresh;
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
        p->first = p->last = p->pivot;
        p->fresh = true;
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

size_t iconv(iconv_t which, char **in, size_t *in_left, char **out, size_t *out_left)
{
    struct pair *p = which;
    UErrorCode status = U_ZERO_ERROR;
    if (!in || !*in) {
        ucnv_reset(p->from);
        ucnv_reset(p->to);
        p->first = p->last = p->pivot;
        p->fresh = true;
        return 0;
    }
    const char *at = *in;
    char *put = *out;
    ucnv_convertEx(p->to, p->from, &put, *out + *out_left, &at, *in + *in_left, p->pivot, &p->first, &p->last,
                   p->pivot + PIVOT, p->fresh, true, &status);
    p->fresh = false;
    *in_left -= (size_t)(at - *in);
    *out_left -= (size_t)(put - *out);
    *in = (char *)(uintptr_t)at;
    *out = put;
    if (status == U_BUFFER_OVERFLOW_ERROR)
        errno = E2BIG;
    else if (status == U_TRUNCATED_CHAR_FOUND)
        errno = EINVAL;
    else if (U_FAILURE(status))
        errno = EILSEQ;
    return U_FAILURE(status) ? (size_t)-1 : 0;
}
