/* What a text must be before it is parsed: UTF-8 without control characters, in normal form C.
 *
 * One pass looks at every byte; runs of plain ASCII cost a comparison of whole blocks. Only where a
 * code point may not be in normal form (its NFC quick check, Unicode Standard Annex 15) is the stretch
 * around it given to ICU, from one character that nothing composes with to the next. */
#include "notation/notation.h"

#include "base/limits.h"
#include "base/memory.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#define BLOCK 64u
#define MARKED 0x300 /* below this code point everything is a starter in normal form */

/* Two bits for each code point of the first plane, filled as they are met. */
enum { NOT_LOOKED_UP, PLAIN, ODD };

struct scan {
    struct text source;
    struct faults *faults;
    size_t skipped; /* bytes of the byte order mark before `source` */
    size_t marks;   /* combining marks since the last starter */
    uint8_t last_class;
    bool faulty, may_compose;
    uint8_t known[0x10000 / 4];
};

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Which bytes of eight are neither printing ASCII nor a line feed or tab: none if it is 0. The high bit of
 * (byte + n) says that an ASCII byte is at least 0x80 - n; a carry comes only from a byte that is bad itself. */
static inline uint64_t odd_bytes(uint64_t eight)
{
    uint64_t above = eight | (eight + EACH(0x80 - 0x7f));
    uint64_t below = ~(eight + EACH(0x80 - 0x20));
    uint64_t tab_or_line_feed = (eight + EACH(0x80 - '\t')) & ~(eight + EACH(0x80 - ('\n' + 1)));
    return (above | (below & ~tab_or_line_feed)) & EACH(0x80);
}

static bool block_is_plain(const unsigned char *at)
{
    uint64_t odd = 0;
    for (unsigned i = 0; i < BLOCK; i += 8) {
        uint64_t eight;
        memcpy(&eight, at + i, sizeof eight);
        odd |= odd_bytes(eight);
    }
    return !odd;
}

/* A plain character is a starter, in normal form, and composes with nothing before it. */
static bool look_up_plain(UChar32 c)
{
    return u_getCombiningClass(c) == 0 && u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
}

static inline bool is_plain(uint8_t *known, UChar32 c)
{
    if (c < MARKED)
        return true;
    if (c > 0xffff)
        return look_up_plain(c);
    unsigned shift = (unsigned)(c & 3) * 2, state = known[c >> 2] >> shift & 3;
    if (state == NOT_LOOKED_UP) {
        state = look_up_plain(c) ? PLAIN : ODD;
        known[c >> 2] |= (uint8_t)(state << shift);
    }
    return state == PLAIN;
}

static void refuse_control(struct scan *s, size_t at, UChar32 c)
{
    s->faulty = true;
    if (c == 0) {
        faults_add(s->faults, s->source, at, "a NUL, byte %zu of the text; a text holds none", at + s->skipped);
        faults_mend(s->faults, "take it out, or check that this is a text in the notation at all");
    } else if (c == '\r') {
        faults_add(s->faults, s->source, at, "a carriage return without a line feed, byte %zu of the text",
                   at + s->skipped);
        faults_mend(s->faults, "end lines with a line feed, or with both");
    } else {
        faults_add(s->faults, s->source, at, "the control character U+%04X, byte %zu of the text", (unsigned)c,
                   at + s->skipped);
        faults_mend(s->faults, c == '\f' || c == 0x0b || c == 0x85 ? "put an ordinary line end there" : "take it out");
    }
}

static void refuse_encoding(struct scan *s, size_t at)
{
    s->faulty = true;
    faults_add(s->faults, s->source, at, "the byte \\x%02X, byte %zu of the text, is not valid UTF-8 here",
               (unsigned char)s->source.at[at], at + s->skipped);
    faults_mend(s->faults, "save the text as UTF-8");
}

static bool joins(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        abort();
    return !unorm2_hasBoundaryBefore(nfc, c);
}

/* Follows what joins onto a character, so that a heap of marks cannot make sorting them slow. */
static void follow_marks(struct scan *s, size_t at, UChar32 c)
{
    uint8_t class = u_getCombiningClass(c);
    if (!joins(c)) {
        s->marks = 0;
    } else if (++s->marks == LIMIT_MARKS + 1) {
        s->faulty = true;
        faults_add(s->faults, s->source, at, "a character carries more than %u combining marks (LIMIT_MARKS)",
                   LIMIT_MARKS);
        faults_mend(s->faults, "take some out");
    }
    if ((class && class < s->last_class) || u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES)
        s->may_compose = true;
    s->last_class = class;
}

static inline size_t scan_character(struct scan *s, size_t at)
{
    const char *bytes = s->source.at;
    size_t start = at, length = s->source.length;
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    if (c < 0) {
        refuse_encoding(s, start);
        return at;
    }
    if (c < MARKED) {
        bool control = c < 0x20 ? c != '\n' && c != '\t' && !(c == '\r' && at < length && bytes[at] == '\n')
                                : c >= 0x7f && c <= 0x9f;
        if (control)
            refuse_control(s, start, c);
        s->marks = s->last_class = 0;
    } else if (is_plain(s->known, c)) {
        s->marks = s->last_class = 0;
    } else {
        follow_marks(s, start, c);
    }
    return at;
}

static void scan_all(struct scan *s)
{
    const unsigned char *bytes = (const unsigned char *)s->source.at;
    for (size_t at = 0; at < s->source.length;) {
        size_t left = s->source.length - at;
        if (left >= BLOCK && block_is_plain(bytes + at)) {
            s->marks = s->last_class = 0;
            at += BLOCK;
            continue;
        }
        for (size_t stop = at + (left < BLOCK ? left : BLOCK); at < stop;)
            at = scan_character(s, at);
    }
}

/* Adds the normal form of a stretch, by way of the UTF-16 that ICU works on. */
static void normalise_stretch(struct text t, struct buffer *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t room = (int32_t)t.length + 1, units = 0, normal_units = 0, bytes = 0;
    UChar *wide = memory_array((size_t)room, sizeof *wide);
    u_strFromUTF8(wide, room, &units, t.at, (int32_t)t.length, &status);
    size_t normal_room = (size_t)units * 3 + 1; /* no code point grows by more in normal form C */
    UChar *normal = memory_array(normal_room, sizeof *normal);
    normal_units = unorm2_normalize(nfc, wide, units, normal, (int32_t)normal_room, &status);
    buffer_reserve(out, (size_t)normal_units * 3 + 1);
    u_strToUTF8(out->at + out->length, normal_units * 3 + 1, &bytes, normal, normal_units, &status);
    if (U_FAILURE(status))
        abort();
    out->length += (size_t)bytes;
    free(wide);
    free(normal);
}

/* The end of the plain ASCII, if any, that starts at `at`. */
static size_t skip_ascii(struct text t, size_t at)
{
    while (t.length - at >= BLOCK && block_is_plain((const unsigned char *)t.at + at))
        at += BLOCK;
    return at;
}

/* Writes the normal form of valid UTF-8: a stretch starts where nothing joins onto what is before it. */
static void normalise(struct text t, uint8_t *known, struct buffer *out)
{
    size_t copied = 0, start = 0; /* `start`: of the last character that does not join */
    bool odd = false;             /* is there anything in the stretch from `start` to look at? */
    for (size_t at = 0; at < t.length;) {
        size_t here = skip_ascii(t, at), last = here > at ? here - 1 : here;
        UChar32 c = 'a';
        if (last == here)
            U8_NEXT(t.at, here, t.length, c);
        bool plain = is_plain(known, c);
        if (plain || !joins(c)) {
            if (odd) {
                buffer_add(out, t.at + copied, start - copied);
                normalise_stretch((struct text){t.at + start, at - start}, out);
                copied = at;
            }
            start = last;
            odd = false;
        }
        odd |= !plain;
        at = here;
    }
    if (odd) {
        buffer_add(out, t.at + copied, start - copied);
        normalise_stretch((struct text){t.at + start, t.length - start}, out);
        copied = t.length;
    }
    buffer_add(out, t.at + copied, t.length - copied);
}

static int over_limit(struct faults *faults, struct text t)
{
    faults_add(faults, t, 0, "the text has %zu bytes, more than the limit of %llu (LIMIT_TEXT)", t.length,
               (unsigned long long)LIMIT_TEXT);
    faults_mend(faults, "add it in parts");
    return -1;
}

static bool refuse_wide(struct text t, struct faults *faults)
{
    if (!text_starts(t, TEXT("\xff\xfe")) && !text_starts(t, TEXT("\xfe\xff")))
        return false;
    faults_add(faults, t, 0, "the text starts like UTF-16, byte 0; expected UTF-8");
    faults_mend(faults, "save the text as UTF-8");
    return true;
}

int notation_prepare(struct text source, struct buffer *scratch, struct text *ready, struct faults *faults)
{
    if (source.length > LIMIT_TEXT)
        return over_limit(faults, source);
    if (refuse_wide(source, faults))
        return -1;
    struct scan s = {.source = source, .faults = faults};
    if (text_starts(source, TEXT("\xef\xbb\xbf"))) {
        s.skipped = 3;
        s.source = (struct text){source.at + 3, source.length - 3};
    }
    scan_all(&s);
    if (s.faulty)
        return -1;
    *ready = s.source;
    if (!s.may_compose)
        return 0;
    buffer_clear(scratch);
    normalise(s.source, s.known, scratch);
    *ready = buffer_text(scratch);
    return ready->length > LIMIT_TEXT ? over_limit(faults, *ready) : 0;
}
