/* Views to words: see words.h. */
#include "gate/words.h"

#include <string.h>
#include <unicode/uchar.h>

uint64_t key_of_bytes(const void *bytes, size_t length, uint64_t seed)
{
    const uint8_t *at = bytes;
    uint64_t sum = (seed + 1) * 0x9e3779b97f4a7c15;
    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ at[i]) * 0x100000001b3;
        sum ^= sum >> 29;
    }
    sum *= 0xbf58476d1ce4e5b9;
    sum ^= sum >> 32;
    return sum ? sum : 1;
}

uint64_t letters_key(const struct letters *l)
{
    return key_of_bytes(l->at, l->count, l->script);
}

/* What a letter is written as where writers do not bother: NULL: itself. */
static const char *bare(enum script s, const char *letter)
{
    static const struct {
        uint8_t script;
        char from[3], to[3];
    } same[] = {
        {SCRIPT_LATIN, "'", ""},   {SCRIPT_CYRILLIC, "ё", "е"}, {SCRIPT_ARABIC, "آ", "ا"}, {SCRIPT_ARABIC, "أ", "ا"},
        {SCRIPT_ARABIC, "إ", "ا"}, {SCRIPT_ARABIC, "ى", "ي"},   {SCRIPT_ARABIC, "ئ", "ي"}, {SCRIPT_ARABIC, "ؤ", "و"},
        {SCRIPT_ARABIC, "ة", "ه"}, {SCRIPT_ARABIC, "ء", ""},    {SCRIPT_HEBREW, "'", ""},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (same[i].script == s && strcmp(same[i].from, letter) == 0)
            return same[i].to;
    return s == SCRIPT_LATIN && (unsigned char)letter[0] == 0xcc ? "" : NULL;
}

void letters_plain(const struct letters *from, struct letters *plain)
{
    *plain = (struct letters){.script = from->script};
    for (uint8_t i = 0; i < from->count; i++) {
        const char *as = bare((enum script)from->script, letter_name((enum script)from->script, from->at[i]));
        if (as)
            letters_spell(plain, as);
        else
            plain->at[plain->count++] = from->at[i];
    }
}

static bool is_apostrophe(UChar32 c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018;
}

/* Reads one word's signs; gives it its letters and keys. */
static void word_make(const signs *s, struct word *w)
{
    UChar32 points[LETTERS_MOST], small[LETTERS_MOST];
    uint8_t digits[LETTERS_MOST];
    size_t n = 0, digit_count = 0;
    bool disguised;
    for (uint32_t i = w->first; i < w->first + w->count && n < LETTERS_MOST; i++) {
        UChar32 c = s->at[i].c;
        w->undone |= i == w->first ? s->at[i].undone & UNDONE_ENCODED : s->at[i].undone;
        w->undone |= s->at[i].undone & UNDONE_WHOLE;
        if (u_charDigitValue(c) >= 0)
            digits[digit_count++] = (uint8_t)u_charDigitValue(c);
        small[n] = u_tolower(c);
        points[n++] = c;
    }
    w->raw = key_of_bytes(small, n * sizeof *small, 79);
    letters_read(points, n, &w->letters, &disguised);
    letters_plain(&w->letters, &w->plain);
    w->flags |= (disguised ? WORD_DISGUISED : 0) | (digit_count ? WORD_DIGITS : 0);
    if (w->plain.count)
        w->key = letters_key(&w->plain);
    else if (digit_count)
        w->key = key_of_bytes(digits, digit_count, 77);
    else
        w->key = key_of_bytes(points, n * sizeof *points, 78);
}

/* Letters made to look like others: small capitals, circled, of phonetics and of formulas. */
static bool is_odd_letter(UChar32 c)
{
    return (c >= 0x250 && c < 0x2b0) || (c >= 0x1d00 && c < 0x1dc0) || (c >= 0x2100 && c < 0x2190) ||
           (c >= 0x2460 && c < 0x2500) || (c >= 0xa720 && c < 0xa800) || (c >= 0xff00 && c < 0xff60) || c >= 0x1d400;
}

/* How it is written: capitals, all of them, or none to be had. */
static void see_case(const signs *s, struct word *w)
{
    unsigned upper = 0, lower = 0, other = 0, odd = 0;
    for (uint32_t i = w->first; i < w->first + w->count; i++) {
        UChar32 c = s->at[i].c;
        odd += is_odd_letter(c);
        if (u_isUUppercase(c) || u_istitle(c))
            upper++;
        else if (u_isULowercase(c))
            lower++;
        else if (u_isalpha(c))
            other++;
    }
    UChar32 first = s->at[w->first].c;
    if (!upper && !lower && other)
        w->flags |= WORD_CASELESS;
    else if (u_isUUppercase(first) || u_istitle(first))
        w->flags |= WORD_CAPITAL;
    if (upper > 1 && !lower)
        w->flags |= WORD_OPENS;
    if (odd)
        w->flags |= WORD_DISGUISED;
    if (u_isULowercase(first) && u_isUUppercase(s->at[w->first + w->count - 1].c))
        w->flags |= WORD_TURNED;
}

static bool ends_sentence(UChar32 c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 || c == 0x61f || c == 0x6d4 || c == 0x3002;
}

static bool is_technical(UChar32 c)
{
    return c == '@' || c == '#' || c == '_' || c == '/' || c == '=' || c == '\\';
}

/* What parts a word from the one before: the signs from `from` to `to`. */
static void see_gap(const signs *s, uint32_t from, uint32_t to, struct word *w)
{
    bool blank = false, stop = false, quote = false;
    unsigned lines = 0;
    w->gap = GAP_SIGN;
    for (uint32_t i = from; i < to; i++) {
        UChar32 c = s->at[i].c;
        if (c == 0)
            w->gap = GAP_BREAK;
        lines += c == '\n';
        stop |= ends_sentence(c) || lines > 1;
        blank |= c != 0 && u_isUWhiteSpace(c);
        quote |= c == '"' || c == 0x201c || c == 0xab || c == 0x201e || c == 0x2014 || c == 0x2013;
    }
    if (from == 0 || w->gap == GAP_BREAK || (stop && blank) || quote)
        w->flags |= WORD_OPENS;
    if (w->gap != GAP_BREAK)
        w->gap = stop && blank ? GAP_STOP : blank ? GAP_BLANK : to - from > 2 ? GAP_BLANK : GAP_SIGN;
    if (to > from && is_technical(s->at[to - 1].c))
        w->flags |= WORD_TECHNICAL;
}

/* Marks all words of a run without blanks as technical where one is, or where a point stands between them. */
static void spread_technical(const signs *s, word_list *out)
{
    for (size_t i = 0; i < out->count;) {
        size_t end = i + 1;
        bool technical = out->at[i].flags & (WORD_TECHNICAL | WORD_DIGITS);
        for (; end < out->count && out->at[end].gap == GAP_SIGN; end++) {
            UChar32 before = s->at[out->at[end].first - 1].c;
            technical |= (out->at[end].flags & (WORD_TECHNICAL | WORD_DIGITS)) || before == '.' || before == '@';
        }
        uint32_t behind = out->at[end - 1].first + out->at[end - 1].count;
        technical |= behind < s->count && is_technical(s->at[behind].c);
        for (; i < end; i++)
            out->at[i].flags |= technical ? WORD_TECHNICAL : 0;
    }
}

void words_read(const struct view *v, word_list *out)
{
    const signs *s = &v->signs;
    size_t first_word = out->count;
    uint32_t behind = 0;
    for (uint32_t i = 0; i < s->count;) {
        if (!letter_in_word(s->at[i].c) || is_apostrophe(s->at[i].c)) {
            i++;
            continue;
        }
        uint32_t end = i + 1, last = i + 1;
        for (; end < s->count && letter_in_word(s->at[end].c); end++)
            if (!is_apostrophe(s->at[end].c))
                last = end + 1;
        struct word w = {.first = i, .count = last - i, .start = s->at[i].start, .end = s->at[last - 1].end};
        word_make(s, &w);
        see_case(s, &w);
        see_gap(s, behind, i, &w);
        if (v->markup)
            w.flags |= WORD_TECHNICAL;
        vector_push(out, w);
        behind = last;
        i = end;
    }
    if (out->count > first_word && !first_word)
        spread_technical(s, out);
}
