/* RTF: its words. An own small reader: the libraries that Debian has convert to HTML by programs, or are not kept.
 *
 * RTF is words between control words in nested groups. Groups that hold no words of the document (fonts, colours,
 * styles, pictures) are skipped; characters come as they are, as \'hh in the font's encoding, or as \uN. */
#include "parsers/parse.h"

#include "base/limits.h"
#include "base/vector.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

enum { MOST_FONTS = 4096, DEEPEST = 1024 };

struct group {
    bool skip, fonts, info;
    int font, unicode_skip;
};

struct rtf {
    struct text rest;
    struct report *report;
    struct group now;
    VECTOR(struct group) open;
    int encoding; /* Windows' number of the document's */
    int of_font[MOST_FONTS];
    int defining;        /* the font that the font table speaks of */
    int drop;            /* characters that stand in for a \u that was understood */
    int high;            /* the first half of a pair */
    struct buffer bytes; /* in an encoding, not put out yet */
    int bytes_in;
};

/* \fcharset to Windows' number. */
static int encoding_of_charset(int charset)
{
    static const int known[][2] = {{0, 1252},   {128, 932},  {129, 949},  {134, 936},  {136, 950},
                                   {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256},
                                   {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i][0] == charset)
            return known[i][1];
    return 0;
}

static void flush(struct rtf *r)
{
    struct buffer utf8 = {0}, name = {0};
    buffer_format(&name, r->bytes_in == 932 ? "windows-932" : "cp%d", r->bytes_in ? r->bytes_in : 1252);
    if (r->bytes.length && !text_convert(buffer_text(&r->bytes), name.at, &utf8))
        text_convert(buffer_text(&r->bytes), "windows-1252", &utf8);
    report_text(r->report, (struct text){utf8.at ? utf8.at : "", utf8.length});
    buffer_clear(&r->bytes);
    buffer_release(&utf8);
    buffer_release(&name);
}

static void put_byte(struct rtf *r, char c)
{
    if (r->drop) {
        r->drop--;
        return;
    }
    if (r->now.skip)
        return;
    int font = r->now.font >= 0 && r->now.font < MOST_FONTS ? r->of_font[r->now.font] : 0;
    int encoding = font ? font : r->encoding;
    if (encoding != r->bytes_in)
        flush(r);
    r->bytes_in = encoding;
    buffer_char(&r->bytes, c);
}

static void put_unicode(struct rtf *r, int number)
{
    int c = number < 0 ? number + 65536 : number;
    r->drop = r->now.unicode_skip;
    if (r->now.skip || c < 0x20 || c > 0xffff)
        return;
    flush(r);
    if (c >= 0xd800 && c < 0xdc00) {
        r->high = c;
        return;
    }
    if (c >= 0xdc00 && c < 0xe000)
        c = r->high ? 0x10000 + ((r->high - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
    r->high = 0;
    char utf8[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(utf8, length, c);
    report_text(r->report, (struct text){utf8, (size_t)length});
}

static void put_sign(struct rtf *r, const char *utf8)
{
    if (r->now.skip)
        return;
    flush(r);
    report_text(r->report, text_of(utf8));
}

static const struct {
    const char *word, *sign;
} signs[] = {{"par", "\n"},     {"line", "\n"},     {"row", "\n"},      {"sect", "\n"},  {"page", "\n"},
             {"tab", "\t"},     {"cell", "\t"},     {"emdash", "—"},    {"endash", "–"}, {"lquote", "‘"},
             {"rquote", "’"},   {"ldblquote", "“"}, {"rdblquote", "”"}, {"bullet", "•"}, {"nestcell", "\t"},
             {"nestrow", "\n"}, {"emspace", " "},   {"enspace", " "}};

static const char *const wordless[] = {"fonttbl",
                                       "colortbl",
                                       "stylesheet",
                                       "pict",
                                       "object",
                                       "info",
                                       "themedata",
                                       "datastore",
                                       "listtable",
                                       "filetbl",
                                       "revtbl",
                                       "xmlnstbl",
                                       "generator",
                                       "fldinst",
                                       "listoverridetable",
                                       "latentstyles",
                                       "colorschememapping",
                                       "rsidtbl",
                                       "objdata",
                                       "bin",
                                       NULL};

static void control(struct rtf *r, const char *word, int number, bool has_number)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(word, signs[i].word) == 0)
            put_sign(r, signs[i].sign);
    for (size_t i = 0; wordless[i]; i++)
        if (strcmp(word, wordless[i]) == 0)
            r->now.skip = true;
    if (strcmp(word, "fonttbl") == 0)
        r->now.fonts = true;
    else if (strcmp(word, "ansicpg") == 0 && number > 0 && number < 70000)
        r->encoding = number;
    else if (strcmp(word, "uc") == 0)
        r->now.unicode_skip = number >= 0 && number < 16 ? number : 1;
    else if (strcmp(word, "u") == 0 && has_number)
        put_unicode(r, number);
    else if (strcmp(word, "f") == 0 && r->now.fonts)
        r->defining = number;
    else if (strcmp(word, "f") == 0)
        r->now.font = number;
    else if (strcmp(word, "fcharset") == 0 && r->now.fonts && r->defining >= 0 && r->defining < MOST_FONTS)
        r->of_font[r->defining] = encoding_of_charset(number);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static char next(struct rtf *r)
{
    char c = *r->rest.at++;
    r->rest.length--;
    return c;
}

static void take_word(struct rtf *r)
{
    char word[32];
    size_t length = 0;
    int number = 0, sign = 1;
    bool has_number = false;
    while (r->rest.length && ((*r->rest.at | 0x20) >= 'a' && (*r->rest.at | 0x20) <= 'z')) {
        char c = next(r);
        if (length < sizeof word - 1)
            word[length++] = c;
    }
    word[length] = '\0';
    if (r->rest.length && *r->rest.at == '-') {
        next(r);
        sign = -1;
    }
    while (r->rest.length && *r->rest.at >= '0' && *r->rest.at <= '9') {
        int digit = next(r) - '0';
        number = number < 100000000 ? number * 10 + digit : number;
        has_number = true;
    }
    if (r->rest.length && *r->rest.at == ' ')
        next(r);
    if (strcmp(word, "bin") == 0 && number > 0) { /* raw bytes */
        size_t skip = (size_t)number < r->rest.length ? (size_t)number : r->rest.length;
        r->rest = (struct text){r->rest.at + skip, r->rest.length - skip};
        return;
    }
    control(r, word, sign * number, has_number);
}

static void take_control(struct rtf *r)
{
    if (!r->rest.length)
        return;
    char c = *r->rest.at;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        take_word(r);
        return;
    }
    next(r);
    if (c == '\'' && r->rest.length >= 2) {
        int high = hex(r->rest.at[0]), low = hex(r->rest.at[1]);
        r->rest = (struct text){r->rest.at + 2, r->rest.length - 2};
        if (high >= 0 && low >= 0)
            put_byte(r, (char)(high << 4 | low));
    } else if (c == '*')
        r->now.skip = true;
    else if (c == '~')
        put_sign(r, "\xc2\xa0");
    else if (c == '_')
        put_sign(r, "-");
    else if (c == '\n' || c == '\r')
        put_sign(r, "\n");
    else if (strchr("\\{}", c))
        put_byte(r, c);
}

static void take_one(struct rtf *r)
{
    char c = next(r);
    if (c == '{') {
        if (r->open.count >= DEEPEST)
            report_note(r->report, PARSE_DEEP);
        else
            vector_push(&r->open, r->now);
        r->drop = 0;
    } else if (c == '}') {
        r->drop = 0;
        if (r->open.count)
            r->now = r->open.at[--r->open.count];
    } else if (c == '\\')
        take_control(r);
    else if (c != '\n' && c != '\r' && c != '\0')
        put_byte(r, c);
}

void rtf_read(struct source *s, struct report *out)
{
    struct rtf *r = memory_new(sizeof *r);
    r->report = out;
    r->encoding = 1252;
    r->now.unicode_skip = 1;
    if (source_all(s, out, &r->rest)) {
        while (r->rest.length && !out->full)
            take_one(r);
        flush(r);
        if (r->open.count)
            report_note(out, PARSE_BROKEN);
    }
    vector_release(&r->open);
    buffer_release(&r->bytes);
    free(r);
}
