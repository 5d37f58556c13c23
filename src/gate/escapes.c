/* Signs that stand for others: entities, percent signs, escapes of programs and of mail; and signs that are not
 * seen. Part of view.h. */
#include "gate/view.h"

#include "gate/letters.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { ROUNDS = 3 }; /* &amp;amp;, %2525 */

/* One decoded sign; `used` signs were read; 0: none stands here. */
struct decoded {
    UChar32 c;
    size_t used;
};

static UChar32 sign_at(const signs *s, size_t i)
{
    return i < s->count ? s->at[i].c : 0;
}

static int digit(UChar32 c, int base)
{
    int value = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    return value < base ? value : -1;
}

/* Digits from `i` on, at most `most`; how many. */
static size_t number(const signs *s, size_t i, size_t most, int base, UChar32 *value)
{
    size_t n = 0;
    *value = 0;
    for (; n < most && digit(sign_at(s, i + n), base) >= 0; n++)
        *value = *value < 0x110000 ? *value * base + digit(s->at[i + n].c, base) : *value;
    return n;
}

static bool can_stand(UChar32 c)
{
    return c >= ' ' && c < 0x110000 && !(c >= 0xd800 && c < 0xe000) && c != 0x7f;
}

/* Bytes as `lead` and two hexadecimal digits each, as far as one code point goes. */
static struct decoded bytes_at(const signs *s, size_t i, const char *lead)
{
    uint8_t bytes[4] = {0};
    size_t step = strlen(lead) + 2, count = 0;
    for (; count < 4; count++) {
        UChar32 value;
        size_t k = 0, at = i + count * step;
        while (lead[k] && sign_at(s, at + k) == lead[k])
            k++;
        if (lead[k] || number(s, at + k, 2, 16, &value) != 2)
            break;
        bytes[count] = (uint8_t)value;
    }
    if (!count)
        return (struct decoded){0};
    size_t read = 0;
    UChar32 c;
    U8_NEXT(bytes, read, count, c);
    if (c < 0)
        c = bytes[0], read = 1;
    return (struct decoded){c, read * step};
}

static const struct {
    char name[9];
    uint16_t c;
} entities[] = {
#define ENTITY(name, c) {name, c},
#include "gate/entities.def"
#undef ENTITY
};

static struct decoded named(const signs *s, size_t i)
{
    char name[10];
    size_t n = 0;
    for (; n < 9; n++) {
        UChar32 c = sign_at(s, i + 1 + n);
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            break;
        name[n] = (char)c;
    }
    name[n] = '\0';
    for (size_t k = 0; n > 1 && k < sizeof entities / sizeof *entities; k++)
        if (strcmp(entities[k].name, name) == 0)
            return (struct decoded){entities[k].c, 1 + n + (sign_at(s, i + 1 + n) == ';')};
    return (struct decoded){0};
}

static struct decoded entity(const signs *s, size_t i)
{
    struct decoded d = {0};
    if (sign_at(s, i + 1) != '#')
        return named(s, i);
    bool hex = (sign_at(s, i + 2) | 0x20) == 'x';
    size_t digits = number(s, i + 2 + hex, 8, hex ? 16 : 10, &d.c);
    if (digits)
        d.used = 2 + hex + digits + (sign_at(s, i + 2 + hex + digits) == ';');
    return d;
}

/* \u0059, \u{59}, \x59, \U00000059 */
static struct decoded backslash(const signs *s, size_t i)
{
    UChar32 kind = sign_at(s, i + 1), low;
    struct decoded d = {0};
    if (kind == 'x')
        return bytes_at(s, i, "\\x");
    if (kind == 'u' && sign_at(s, i + 2) == '{') {
        size_t n = number(s, i + 3, 6, 16, &d.c);
        d.used = n && sign_at(s, i + 3 + n) == '}' ? 4 + n : 0;
    } else if (kind == 'u' && number(s, i + 2, 4, 16, &d.c) == 4) {
        d.used = 6;
        if (d.c >= 0xd800 && d.c < 0xdc00 && sign_at(s, i + 6) == '\\' && sign_at(s, i + 7) == 'u' &&
            number(s, i + 8, 4, 16, &low) == 4 && low >= 0xdc00 && low < 0xe000)
            d = (struct decoded){0x10000 + ((d.c - 0xd800) << 10) + (low - 0xdc00), 12};
    } else if (kind == 'U' && number(s, i + 2, 8, 16, &d.c) == 8) {
        d.used = 10;
    }
    return d;
}

static struct decoded decode(const signs *s, size_t i)
{
    struct decoded d = {0};
    switch (s->at[i].c) {
    case '&':
        d = entity(s, i);
        break;
    case '%':
        d = bytes_at(s, i, "%");
        break;
    case '\\':
        d = backslash(s, i);
        break;
    case '=': /* of mail: only what cannot be a number behind a sign of equality */
        d = bytes_at(s, i, "=");
        if (d.used < 6)
            d.used = 0;
        break;
    default:
        break;
    }
    if (!can_stand(d.c))
        d.used = 0;
    return d;
}

static bool decode_all(signs *s)
{
    size_t to = 0;
    bool any = false;
    for (size_t i = 0; i < s->count;) {
        struct decoded d = decode(s, i);
        if (!d.used) {
            s->at[to++] = s->at[i++];
            continue;
        }
        s->at[to++] = (struct sign){.c = d.c,
                                    .start = s->at[i].start,
                                    .end = s->at[i + d.used - 1].end,
                                    .undone = s->at[i].undone | UNDONE_ENCODED};
        i += d.used;
        any = true;
    }
    s->count = to;
    return any;
}

static bool marks_emphasis(UChar32 c)
{
    return c == '*' || c == '`' || c == '~';
}

/* Takes out what is not seen, and marks of emphasis inside a word. */
static void drop_unseen(signs *s)
{
    size_t to = 0;
    uint8_t undone = 0;
    for (size_t i = 0; i < s->count; i++) {
        UChar32 c = s->at[i].c;
        size_t behind = i;
        while (marks_emphasis(sign_at(s, behind)) && behind < i + 3)
            behind++;
        if (behind > i && to && letter_in_word(s->at[to - 1].c) && letter_in_word(sign_at(s, behind))) {
            undone |= UNDONE_MARKUP;
            i = behind - 1;
        } else if (c && letter_is_invisible(c)) {
            undone |= UNDONE_HIDDEN;
        } else {
            s->at[to] = s->at[i];
            s->at[to++].undone |= undone;
            undone = 0;
        }
    }
    s->count = to;
}

void signs_undo(signs *s)
{
    for (unsigned round = 0; round < ROUNDS && decode_all(s); round++)
        ;
    drop_unseen(s);
}
