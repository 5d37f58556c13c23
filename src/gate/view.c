/* Texts to views: see view.h. Tags and bytes are here, escapes in escapes.c, encoded runs in runs.c. */
#include "gate/view.h"

#include "gate/letters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { DEPTH = 3 }; /* runs in runs in runs */

void signs_of_utf8(struct text bytes, const uint32_t *places, signs *out)
{
    const uint8_t *at = (const uint8_t *)bytes.at;
    size_t i = 0, length = bytes.length < UINT32_MAX / 2 ? bytes.length : UINT32_MAX / 2;
    vector_reserve(out, length);
    while (i < length) {
        size_t start = i;
        UChar32 c = at[i];
        if (c < 0x80)
            i++;
        else
            U8_NEXT(at, i, length, c);
        if (c < 0)
            c = at[start], i = start + 1;
        uint32_t from = places ? places[start] : (uint32_t)start, to = places ? places[i - 1] + 1 : (uint32_t)i;
        vector_push(out, (struct sign){.c = c ? c : '\n', .start = from, .end = to});
    }
}

static void put_break(signs *out, uint32_t place)
{
    vector_push(out, (struct sign){.c = 0, .start = place, .end = place});
}

/* Whether a code point stands in text that people write. */
static bool is_texty(UChar32 c)
{
    if (c < 0x80)
        return c >= ' ' ? c != 0x7f : c == '\n' || c == '\t' || c == '\r';
    return c >= 0xa0 && c < 0x20000 && u_isdefined(c) && u_charType(c) != U_PRIVATE_USE_CHAR;
}

static void put_stretch(struct text bytes, const uint32_t *places, size_t from, size_t to, signs *out)
{
    struct text stretch = {bytes.at + from, to - from};
    size_t first = out->count;
    signs_of_utf8(stretch, places ? places + from : NULL, out);
    for (size_t i = first; !places && i < out->count; i++) {
        out->at[i].start += (uint32_t)from;
        out->at[i].end += (uint32_t)from;
    }
    put_break(out, out->at[out->count - 1].end);
}

static void stretches_of_utf8(struct text bytes, const uint32_t *places, size_t least, signs *out)
{
    const uint8_t *at = (const uint8_t *)bytes.at;
    size_t from = 0;
    for (size_t i = 0; i < bytes.length;) {
        size_t start = i;
        UChar32 c = at[i];
        if (c < 0x80)
            i++;
        else
            U8_NEXT(at, i, bytes.length, c);
        if (c >= 0 && is_texty(c))
            continue;
        if (start - from >= least)
            put_stretch(bytes, places, from, start, out);
        i = start + 1;
        from = i;
    }
    if (bytes.length - from >= least)
        put_stretch(bytes, places, from, bytes.length, out);
}

/* A unit of UTF-16 that is a letter of a script known here, or what stands between such. */
static bool is_wide_letter(unsigned unit)
{
    return (unit >= ' ' && unit < 0x7f) || (unit >= 0xc0 && unit < 0x250) || (unit >= 0x400 && unit < 0x530) ||
           (unit >= 0x5d0 && unit < 0x5eb) || (unit >= 0x620 && unit < 0x6d6);
}

static void stretches_of_utf16(struct text bytes, const uint32_t *places, bool big, signs *out)
{
    enum { LEAST = 4 };
    const uint8_t *at = (const uint8_t *)bytes.at;
    size_t run = 0;
    for (size_t phase = 0; phase < 2; phase++)
        for (size_t i = phase; i <= bytes.length; i += 2) {
            unsigned unit = 0;
            if (i + 1 < bytes.length)
                unit = big ? at[i] << 8 | at[i + 1] : at[i + 1] << 8 | at[i];
            if (is_wide_letter(unit)) {
                run++;
                continue;
            }
            for (size_t k = i - 2 * run; run >= LEAST && k < i; k += 2)
                vector_push(out, (struct sign){.c = big ? at[k] << 8 | at[k + 1] : at[k + 1] << 8 | at[k],
                                               .start = places ? places[k] : (uint32_t)k,
                                               .end = (places ? places[k + 1] : (uint32_t)k + 1) + 1,
                                               .undone = UNDONE_ENCODED});
            if (run >= LEAST)
                put_break(out, out->at[out->count - 1].end);
            run = 0;
        }
}

void signs_of_stretches(struct text bytes, const uint32_t *places, size_t least, signs *out)
{
    stretches_of_utf8(bytes, places, least, out);
    stretches_of_utf16(bytes, places, false, out);
    stretches_of_utf16(bytes, places, true, out);
}

/* Tags that stand within a word without parting it. */
static const char inline_tags[] = " a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark "
                                  "nobr q rb ruby s samp small span strike strong sub sup time tspan tt u var wbr ";

/* The name of a tag in small letters, between blanks; `i` stands behind '<'. */
static void tag_name(const signs *from, size_t i, char name[14])
{
    size_t n = 0;
    name[n++] = ' ';
    if (i < from->count && from->at[i].c == '/')
        i++;
    for (; n < 12 && i < from->count; i++) {
        UChar32 c = from->at[i].c;
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            break;
        name[n++] = (char)(c | 0x20);
    }
    name[n++] = ' ';
    name[n] = '\0';
}

/* The place of `what` at or behind `i`; the count where it is nowhere. */
static size_t find_signs(const signs *from, size_t i, const char *what)
{
    size_t length = strlen(what);
    for (; i + length <= from->count; i++) {
        size_t k = 0;
        while (k < length && (from->at[i + k].c | (what[k] >= 'a' ? 0x20 : 0)) == what[k])
            k++;
        if (k == length)
            return i;
    }
    return from->count;
}

/* Whether what is looked for was found to be nowhere behind an earlier place: keeps parting linear. */
struct missing {
    bool tag_end, comment_end, raw_end[2];
};

static bool opens_tag(const signs *from, size_t i)
{
    UChar32 c = i + 1 < from->count && from->at[i].c == '<' ? from->at[i + 1].c : 0;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
}

static size_t find_end(const signs *from, size_t i, const char *what, bool *nowhere)
{
    if (*nowhere)
        return from->count;
    size_t end = find_signs(from, i, what);
    *nowhere = end == from->count;
    return end;
}

static void copy_signs(const signs *from, size_t start, size_t end, signs *to)
{
    vector_reserve(to, end - start + 1);
    if (end > start)
        memcpy(to->at + to->count, from->at + start, (end - start) * sizeof *to->at);
    to->count += end - start;
    put_break(to, end ? from->at[end - 1].end : 0);
}

/* Takes one tag or comment at `i`; the place behind it, or `i` where it never ends. */
static size_t take_tag(const signs *from, size_t i, signs *prose, signs *markup, struct missing *missing, bool *joins)
{
    char name[14];
    bool comment =
        i + 3 < from->count && from->at[i + 1].c == '!' && from->at[i + 2].c == '-' && from->at[i + 3].c == '-';
    size_t end =
        comment ? find_end(from, i + 4, "-->", &missing->comment_end) : find_end(from, i + 1, ">", &missing->tag_end);
    if (end == from->count)
        return i;
    tag_name(from, i + 1, name);
    copy_signs(from, i + 1, end, markup);
    end += comment ? 3 : 1;
    if (comment || strstr(inline_tags, name)) {
        *joins = true;
        return end;
    }
    put_break(prose, from->at[i].start);
    bool script = strcmp(name, " script ") == 0;
    if (from->at[i + 1].c == '/' || (!script && strcmp(name, " style ") != 0))
        return end;
    size_t close = find_end(from, end, script ? "</script" : "</style", &missing->raw_end[script]);
    copy_signs(from, end, close, markup);
    return close;
}

void signs_part(const signs *from, signs *prose, signs *markup)
{
    struct missing missing = {0};
    bool joins = false;
    for (size_t i = 0; i < from->count;) {
        if (opens_tag(from, i)) {
            size_t behind = take_tag(from, i, prose, markup, &missing, &joins);
            if (behind > i) {
                i = behind;
                continue;
            }
        }
        vector_push(prose, from->at[i]);
        if (joins)
            prose->at[prose->count - 1].undone |= UNDONE_MARKUP;
        joins = false;
        i++;
    }
}

static void put_view(views *out, signs *s, bool markup, bool torn, unsigned depth);

/* Decoded runs are views of their own, and may hold tags and runs again. */
static void put_runs(views *out, const signs *s, unsigned depth)
{
    signs found = {0};
    signs_of_runs(s, &found);
    if (!found.count) {
        vector_release(&found);
        return;
    }
    signs prose = {0}, markup = {0};
    signs_part(&found, &prose, &markup);
    vector_release(&found);
    put_view(out, &prose, false, true, depth + 1);
    put_view(out, &markup, true, true, depth + 1);
}

static void put_view(views *out, signs *s, bool markup, bool torn, unsigned depth)
{
    signs_undo(s);
    if (depth < DEPTH)
        put_runs(out, s, depth);
    signs_drop_runs(s);
    vector_push(out, (struct view){.signs = {s->at, s->count, s->room}, .markup = markup, .torn = torn});
}

static void put_views(views *out, signs *all, bool torn)
{
    signs prose = {0}, markup = {0};
    signs_part(all, &prose, &markup);
    put_view(out, &prose, false, torn, 0);
    put_view(out, &markup, true, torn, 0);
}

void views_of_text(struct text t, views *out)
{
    signs all = {0};
    signs_of_utf8(t, NULL, &all);
    put_views(out, &all, false);
    vector_release(&all);
}

/* Text has no NUL, and hardly a byte that is not UTF-8. */
static bool is_text(struct text bytes)
{
    const uint8_t *at = (const uint8_t *)bytes.at;
    size_t strange = 0, look = bytes.length < (1u << 20) ? bytes.length : (1u << 20);
    for (size_t i = 0; i < look;) {
        UChar32 c = at[i];
        if (c < 0x80)
            i++;
        else
            U8_NEXT(at, i, look, c);
        strange += c < 0 || (c < ' ' && c != '\n' && c != '\r' && c != '\t');
        if (c == 0)
            return false;
    }
    return strange * 50 <= look;
}

void views_of_bytes(struct text bytes, views *out)
{
    enum { LEAST = 4 };
    signs all = {0};
    bool text = is_text(bytes);
    if (bytes.length > UINT32_MAX / 2)
        bytes.length = UINT32_MAX / 2;
    if (text)
        signs_of_utf8(bytes, NULL, &all);
    else
        signs_of_stretches(bytes, NULL, LEAST, &all);
    put_views(out, &all, !text);
    vector_release(&all);
}

void views_release(views *v)
{
    for (size_t i = 0; i < v->count; i++)
        vector_release(&v->at[i].signs);
    vector_release(v);
}
