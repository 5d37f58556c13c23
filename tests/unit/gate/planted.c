/* Ways to plant a name: see planted.h. */
#include "planted.h"

#include <stdio.h>
#include <string.h>
#include <unicode/utf8.h>

struct points {
    UChar32 at[64];
    unsigned count;
};

static struct points points_of(const char *s)
{
    struct points p = {.count = 0};
    for (int32_t i = 0, length = (int32_t)strlen(s); i < length && p.count < 64; p.count++)
        U8_NEXT(s, i, length, p.at[p.count]);
    return p;
}

static void put(struct buffer *out, UChar32 c)
{
    char bytes[U8_MAX_LENGTH];
    int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, c);
    buffer_add(out, bytes, (size_t)n);
}

static void put_reversed(struct buffer *out, const char *s)
{
    struct points p = points_of(s);
    for (unsigned i = p.count; i > 0; i--)
        put(out, p.at[i - 1]);
}

static void put_parted(struct buffer *out, const char *s, const char *in_the_middle)
{
    struct points p = points_of(s);
    for (unsigned i = 0; i < p.count; i++) {
        if (i == p.count / 2)
            buffer_string(out, in_the_middle);
        put(out, p.at[i]);
    }
}

static void put_spaced(struct buffer *out, const char *s, char between)
{
    struct points p = points_of(s);
    for (unsigned i = 0; i < p.count; i++) {
        if (i)
            buffer_char(out, between);
        put(out, p.at[i]);
    }
}

static void put_bytes(struct buffer *out, const char *s, const char *format)
{
    for (; *s; s++) {
        char one[8];
        snprintf(one, sizeof one, format, (unsigned char)*s);
        buffer_string(out, one);
    }
}

static void put_points(struct buffer *out, const char *s, bool entities)
{
    struct points p = points_of(s);
    for (unsigned i = 0; i < p.count; i++)
        if (entities)
            buffer_format(out, i % 2 ? "&#%d;" : "&#x%x;", p.at[i]);
        else
            buffer_format(out, "\\u%04x", p.at[i]);
}

/* The whole name in base64 behind `before` other bytes, so that its letters fall into other groups. */
static void put_base64(struct buffer *out, const struct invented *name, int script, const char *before)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buffer plain = {0};
    buffer_string(&plain, before);
    invented_full(name, script, &plain);
    for (size_t i = 0; i < plain.length; i += 3) {
        const unsigned char *at = (const unsigned char *)plain.at + i;
        size_t left = plain.length - i;
        unsigned bits = (unsigned)at[0] << 16 | (left > 1 ? (unsigned)at[1] << 8 : 0) | (left > 2 ? at[2] : 0);
        buffer_char(out, letters[bits >> 18]);
        buffer_char(out, letters[bits >> 12 & 63]);
        buffer_char(out, left > 1 ? letters[bits >> 6 & 63] : '=');
        buffer_char(out, left > 2 ? letters[bits & 63] : '=');
    }
    buffer_release(&plain);
}

/* Letters of the other alphabet that look the same, or digits; false where none was put in. */
static bool put_alike(struct buffer *out, const char *s, bool digits)
{
    static const UChar32 alike[][2] = {{'a', 0x430}, {'o', 0x43e}, {'e', 0x435},
                                       {0x430, 'a'}, {0x43e, 'o'}, {0x435, 'e'}};
    static const UChar32 numbers[][2] = {{'a', '4'}, {'o', '0'}, {'e', '3'}, {'i', '1'}, {'s', '5'}, {'t', '7'}};
    struct points p = points_of(s);
    bool any = false;
    for (unsigned i = 0; i < p.count; i++) {
        UChar32 c = p.at[i];
        for (unsigned k = 0; k < 6; k++) {
            const UChar32 *pair = digits ? numbers[k] : alike[k];
            if (p.at[i] == pair[0])
                c = pair[1], any = true;
        }
        put(out, c);
    }
    return any;
}

static void put_small(struct buffer *out, const char *s)
{
    struct points p = points_of(s);
    put(out, p.at[0] + 32);
    for (unsigned i = 1; i < p.count; i++)
        put(out, p.at[i]);
}

static void put_case(struct buffer *out, const char *s, int script)
{
    if (script == IN_ARABIC || script == IN_HEBREW)
        buffer_string(out, script == IN_ARABIC ? "و" : "ו");
    buffer_string(out, s);
    if (script == IN_LATIN || script == IN_CYRILLIC)
        buffer_string(out, script == IN_LATIN ? "'s" : "у");
}

static void put_initials(struct buffer *out, const struct invented *name, int script)
{
    put(out, points_of(name->given[script]).at[0]);
    buffer_string(out, ". ");
    put(out, points_of(name->family[script]).at[0]);
    buffer_string(out, "., a nurse");
}

bool planted_make(enum way way, const struct invented *name, int script, struct buffer *out)
{
    const char *given = name->given[script], *family = name->family[script];
    int other = script == IN_LATIN ? IN_CYRILLIC : IN_LATIN;
    bool cased = script == IN_LATIN || script == IN_CYRILLIC;
    size_t length = strlen(family);
    bool adjective = length > 4 && memcmp(family + length - 4, "ий", 4) == 0;
    switch (way) {
    case WAY_FULL:
        invented_full(name, script, out);
        return true;
    case WAY_FAMILY:
        buffer_string(out, family);
        return true;
    case WAY_SMALL:
        if (cased)
            put_small(out, family);
        return cased;
    case WAY_FULL_IN_OTHER:
        invented_full(name, other, out);
        return true;
    case WAY_FAMILY_IN_OTHER:
        buffer_string(out, name->family[other]);
        return true;
    case WAY_FULL_IN_ARABIC:
    case WAY_FULL_IN_HEBREW:
        invented_full(name, way == WAY_FULL_IN_ARABIC ? IN_ARABIC : IN_HEBREW, out);
        return cased;
    case WAY_CASE:
        put_case(out, family, script);
        return !adjective;
    case WAY_CASE_IN_OTHER:
        put_case(out, name->family[IN_CYRILLIC], IN_CYRILLIC);
        return script == IN_LATIN && !strstr(name->family[IN_CYRILLIC], "ский");
    case WAY_INITIALS:
        put_initials(out, name, script);
        return true;
    case WAY_GIVEN_AND_INITIAL:
        buffer_format(out, "%s ", given);
        put(out, points_of(family).at[0]);
        buffer_string(out, "., a nurse");
        return true;
    case WAY_REVERSED:
        put_reversed(out, family);
        return true;
    case WAY_SOFT_HYPHEN:
        put_parted(out, family, "\u00ad");
        return true;
    case WAY_ZERO_WIDTH:
        put_parted(out, family, "\u200b");
        return true;
    case WAY_TAG:
        put_parted(out, family, "<b>");
        return true;
    case WAY_EMPHASIS:
        put_parted(out, family, "**");
        return true;
    case WAY_PERCENT:
        put_bytes(out, family, "%%%02X");
        return true;
    case WAY_ENTITIES:
        put_points(out, family, true);
        return true;
    case WAY_ESCAPES:
        put_points(out, family, false);
        return true;
    case WAY_BASE64:
        put_base64(out, name, script, "");
        return true;
    case WAY_BASE64_LATER:
        put_base64(out, name, script, "x ");
        return true;
    case WAY_BASE64_LATER_STILL:
        buffer_string(out, "Zx"); /* letters that are of no group */
        put_base64(out, name, script, "x");
        return true;
    case WAY_HEXADECIMAL:
        put_bytes(out, family, "%02x");
        return true;
    case WAY_SPACED:
        put_spaced(out, family, ' ');
        return true;
    case WAY_HYPHENS:
        put_spaced(out, family, '-');
        return true;
    case WAY_PIECES:
        put_parted(out, family, " ");
        return true;
    case WAY_LOOKALIKE:
        return cased && put_alike(out, family, false);
    case WAY_DIGITS:
        return script == IN_LATIN && put_alike(out, family, true);
    case WAY_HANDLE:
        buffer_format(out, "@%s%s", given, family);
        return cased;
    default:
        return false;
    }
}

const char *planted_words(enum way way)
{
    static const char *const words[WAY_COUNT] = {
        [WAY_FULL] = "given and family name",
        [WAY_FAMILY] = "family name alone",
        [WAY_SMALL] = "family name in small letters",
        [WAY_FULL_IN_OTHER] = "both in another script",
        [WAY_FAMILY_IN_OTHER] = "family name in another script",
        [WAY_FULL_IN_ARABIC] = "both in Arabic",
        [WAY_FULL_IN_HEBREW] = "both in Hebrew",
        [WAY_CASE] = "family name in a case",
        [WAY_CASE_IN_OTHER] = "in a case in another script",
        [WAY_INITIALS] = "initials and role",
        [WAY_GIVEN_AND_INITIAL] = "given name, initial, role",
        [WAY_REVERSED] = "family name reversed",
        [WAY_SOFT_HYPHEN] = "soft hyphen",
        [WAY_ZERO_WIDTH] = "zero-width sign",
        [WAY_TAG] = "split by a tag",
        [WAY_EMPHASIS] = "split by emphasis",
        [WAY_PERCENT] = "percent signs",
        [WAY_ENTITIES] = "entities",
        [WAY_ESCAPES] = "escapes",
        [WAY_BASE64] = "base64",
        [WAY_BASE64_LATER] = "base64, second alignment",
        [WAY_BASE64_LATER_STILL] = "base64, third alignment",
        [WAY_HEXADECIMAL] = "hexadecimal",
        [WAY_SPACED] = "spaced letters",
        [WAY_HYPHENS] = "hyphens between letters",
        [WAY_PIECES] = "in two pieces",
        [WAY_LOOKALIKE] = "lookalike letters",
        [WAY_DIGITS] = "digits for letters",
        [WAY_HANDLE] = "as a handle",
    };
    return words[way];
}
