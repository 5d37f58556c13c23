/* A stretch of bytes that somebody else owns: the one way this program passes text about.
 *
 * A `struct text` is borrowed, need not end in a NUL, and may hold any bytes. It lives as long as
 * what it points into. The empty text is {NULL, 0} or any pointer with a length of 0. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct text {
    const char *at;
    size_t length;
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})

/* For printf: printf("%.*s", TEXT_ARG(t)). A text longer than INT_MAX is cut there. */
#define TEXT_ARG(t) (int)((t).length > 0x7fffffff ? 0x7fffffff : (t).length), ((t).at ? (t).at : "")

static inline struct text text_of(const char *s)
{
    return (struct text){s, s ? strlen(s) : 0};
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

/* Order by bytes, which for UTF-8 is the order of code points: <0, 0, >0. */
static inline int text_compare(struct text a, struct text b)
{
    size_t n = a.length < b.length ? a.length : b.length;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    if (order)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

static inline bool text_starts(struct text t, struct text prefix)
{
    return t.length >= prefix.length && (prefix.length == 0 || memcmp(t.at, prefix.at, prefix.length) == 0);
}

#endif
