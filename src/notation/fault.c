/* The faults of a text: see fault.h. */
#include "notation/fault.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

void faults_release(struct faults *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->at[i].what);
        free(f->at[i].mend);
    }
    free(f->at);
    *f = (struct faults){0};
}

static uint32_t characters(const char *at, const char *end)
{
    uint32_t n = 0;
    for (; at < end; at++)
        n += ((unsigned char)*at & 0xc0) != 0x80;
    return n;
}

static uint32_t line_ends(const char *at, const char *end)
{
    uint32_t n = 0;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        n++;
        at++;
    }
    return n;
}

/* Moves `seen` to `offset`, from where it is. */
static void find_place(struct faults *f, struct text whole, size_t offset)
{
    if (!whole.length)
        whole.at = ""; /* where nothing is, a place may have no address */
    if (offset > whole.length)
        offset = whole.length;
    if (!f->seen.text || f->seen.text != whole.at || f->seen.offset > whole.length) {
        f->seen.text = whole.at;
        f->seen.offset = 0;
        f->seen.line = f->seen.column = 1;
    }
    const char *from = whole.at + f->seen.offset, *to = whole.at + offset;
    bool back = to < from;
    uint32_t ends = back ? line_ends(to, from) : line_ends(from, to);
    f->seen.line = back ? f->seen.line - ends : f->seen.line + ends;
    f->seen.offset = offset;
    if (!ends) {
        f->seen.column = back ? f->seen.column - characters(to, from) : f->seen.column + characters(from, to);
        return;
    }
    const char *start = memrchr(whole.at, '\n', offset);
    f->seen.column = 1 + characters(start ? start + 1 : whole.at, to);
}

__attribute__((format(printf, 1, 0))) static char *formatted(const char *format, va_list args)
{
    char *sentence = NULL;
    if (vasprintf(&sentence, format, args) < 0)
        abort();
    return sentence;
}

void faults_add(struct faults *f, struct text whole, size_t offset, const char *what_format, ...)
{
    if (faults_full(f)) {
        f->beyond++;
        return;
    }
    if (f->count == f->room) {
        f->room = f->room + f->room / 2 + 16;
        f->at = memory_resize(f->at, f->room, sizeof *f->at);
    }
    find_place(f, whole, offset);
    va_list args;
    va_start(args, what_format);
    f->at[f->count++] = (struct fault){f->seen.line, f->seen.column, formatted(what_format, args), memory_copy("", 0)};
    va_end(args);
}

void faults_mend(struct faults *f, const char *format, ...)
{
    if (!f->count || f->beyond)
        return;
    va_list args;
    va_start(args, format);
    free(f->at[f->count - 1].mend);
    f->at[f->count - 1].mend = formatted(format, args);
    va_end(args);
}

static int by_place(const void *left, const void *right)
{
    const struct fault *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

void faults_sort(struct faults *f)
{
    if (f->count)
        qsort(f->at, f->count, sizeof *f->at, by_place);
}

void faults_print(const struct faults *f, const char *name, struct buffer *out)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct fault *fault = &f->at[i];
        buffer_string(out, name);
        buffer_format(out, ":%u:%u: ", fault->line, fault->column);
        buffer_string(out, fault->what);
        if (*fault->mend) {
            buffer_string(out, "; ");
            buffer_string(out, fault->mend);
        }
        buffer_char(out, '\n');
    }
    if (f->beyond) {
        buffer_string(out, name);
        buffer_format(out, ": and %zu more faults, beyond the limit of %u that are shown\n", f->beyond, LIMIT_FAULTS);
    }
}

/* Signs that a terminal would obey, or that no eye sees: controls, the marks that turn text round, joiners. */
static bool is_hidden(UChar32 c)
{
    return c < 0x20 || (c >= 0x7f && (u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR || c == 0x2028 || c == 0x2029));
}

void text_quote(struct text t, size_t most, struct buffer *out)
{
    size_t at = 0;
    for (size_t shown = 0; at < t.length; shown++) {
        if (shown == most) {
            buffer_string(out, "…");
            return;
        }
        size_t start = at;
        UChar32 c;
        U8_NEXT(t.at, at, t.length, c);
        if (c >= 0 && !is_hidden(c)) {
            buffer_add(out, t.at + start, at - start);
            continue;
        }
        for (; start < at; start++)
            buffer_format(out, "\\x%02X", (unsigned char)t.at[start]);
    }
}
