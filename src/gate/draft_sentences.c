/* Where sentences end: ICU's break iterator of the language, and then what it gets wrong in newspapers: initials, ranks
 * and titles, "he asked" behind a question, a mark that opens a quotation left behind. ICU's own list of abbreviations
 * (ss=standard) is not asked: it lacks "Dr." and "Gen.", and has words that end sentences ("Go.").
 * When in doubt a sentence ends: then it is asked for a citation once too often, not once too seldom. */
#include "gate/drafting.h"

#include "base/memory.h"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utext.h>

#include <stdio.h>

/* --- rules of languages --- */

enum ending { NEVER_ENDS, MAY_END, BEFORE_NUMBER };
struct abbreviation {
    const char *language, *word;
    enum ending ending;
};
static const struct abbreviation abbreviations[] = {
#define NEVER(language, word) {language, word, NEVER_ENDS},
#define MAYBE(language, word) {language, word, MAY_END},
#define NUMBER(language, word) {language, word, BEFORE_NUMBER},
#include "gate/abbreviations.def"
#undef NEVER
#undef MAYBE
#undef NUMBER
};

static const struct {
    const char *language, *word;
} starters[] = {
#define STARTER(language, word) {language, word},
#include "gate/starters.def"
#undef STARTER
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Is `tag` of this language: "en" of "en" and "en-GB"? */
static bool is_language(struct text tag, const char *language)
{
    size_t n = strlen(language);
    return tag.length >= n && !memcmp(tag.at, language, n) && (tag.length == n || tag.at[n] == '-' || tag.at[n] == '_');
}

/* Languages that write the fifth as "5.". */
static bool counts_with_stops(struct text tag)
{
    static const char *const those[] = {"de", "da", "nb", "nn", "no", "fi", "cs", "sk", "pl",
                                        "hu", "sl", "hr", "sr", "bs", "lv", "et", "tr", "az"};
    for (size_t i = 0; i < COUNT(those); i++)
        if (is_language(tag, those[i]))
            return true;
    return false;
}

void sentences_open(struct drafting *g)
{
    char tag[64], locale[ULOC_FULLNAME_CAPACITY] = "";
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    snprintf(tag, sizeof tag, "%.*s", TEXT_ARG(g->language));
    uloc_forLanguageTag(tag, locale, sizeof locale, &parsed, &status);
    bool known = U_SUCCESS(status);
    status = U_ZERO_ERROR;
    g->breaks = ubrk_open(UBRK_SENTENCE, known ? locale : "", NULL, 0, &status);
    if (U_FAILURE(status))
        g->breaks = NULL;
}

void sentences_close(struct drafting *g)
{
    if (g->breaks)
        ubrk_close(g->breaks);
    g->breaks = NULL;
}

/* --- signs --- */

static size_t trimmed(struct text t, size_t start, size_t end)
{
    while (end > start) {
        size_t before = end;
        if (!u_isUWhiteSpace(sign_before(t, &before)))
            break;
        end = before;
    }
    return end;
}

static bool has_words(struct text t, size_t start, size_t end)
{
    UChar32 c;
    while (start < end) {
        U8_NEXT(t.at, start, end, c);
        if (c >= 0 && u_isalnum(c))
            return true;
    }
    return false;
}

/* The first letter or digit from `at` on, past marks, dashes and blanks; 0 where none is near. */
static UChar32 first_letter(struct text t, size_t at, size_t *where)
{
    enum { NEAR = 256 };
    UChar32 c = 0;
    for (size_t end = t.length - at < NEAR ? t.length : at + NEAR; at < end;) {
        *where = at;
        U8_NEXT(t.at, at, t.length, c);
        if (c >= 0 && u_isalnum(c))
            return c;
    }
    return 0;
}

/* --- whether two parts are one sentence --- */

/* The last word before `end`, without its stop; "" where it does not end in one. Blanks are part of "z. B". */
static struct text last_word(struct text t, size_t start, size_t end)
{
    size_t at = end;
    if (sign_before(t, &at) != '.')
        return TEXT("");
    size_t first = at;
    while (first > start) {
        size_t before = first;
        UChar32 c = sign_before(t, &before);
        if (!u_isalnum(c) && c != '.' && c != '-' && c != 0x02bb && u_charType(c) != U_NON_SPACING_MARK)
            break;
        first = before;
    }
    return (struct text){t.at + first, at - first};
}

static bool is_starter(struct drafting *g, struct text t, size_t at)
{
    size_t end = at;
    for (UChar32 c = sign_at(t, end); c && u_isalpha(c); c = sign_at(t, end))
        U8_FWD_1(t.at, end, t.length);
    struct text word = {t.at + at, end - at};
    for (size_t i = 0; i < COUNT(starters); i++)
        if (is_language(g->language, starters[i].language) && text_equal(word, text_of(starters[i].word)))
            return true;
    return false;
}

/* "A", "U.S", "J.-P": capitals one by one. */
static bool is_initials(struct text word)
{
    size_t i = 0, letters = 0;
    UChar32 c;
    while (i < word.length) {
        U8_NEXT(word.at, i, word.length, c);
        if (c == '.' || c == '-')
            letters = 0;
        else if (++letters > 1 || !u_isUUppercase(c))
            return false;
    }
    return word.length > 0;
}

static bool is_short_number(struct text word)
{
    bool digits = word.length > 0 && word.length <= 2;
    for (size_t i = 0; i < word.length; i++)
        digits &= word.at[i] >= '0' && word.at[i] <= '9';
    return digits;
}

/* "г" of "2005 г.", but not of "г. Ташкент". */
static bool is_unit(struct text t, size_t start, struct text word)
{
    size_t at = trimmed(t, start, (size_t)(word.at - t.at)), letter = 0;
    U8_FWD_1(word.at, letter, word.length);
    return letter == word.length && at > start && u_isdigit(sign_before(t, &at));
}

/* The abbreviation, as it stands in the list or with a capital. */
static const struct abbreviation *find_abbreviation(struct text language, struct text word)
{
    char small[32];
    UChar32 first = sign_at(word, 0);
    size_t capital = 0, length = 0;
    U8_FWD_1(word.at, capital, word.length);
    U8_APPEND_UNSAFE(small, length, u_tolower(first));
    if (word.length > sizeof small - 8)
        return NULL;
    memcpy(small + length, word.at + capital, word.length - capital);
    struct text lower = {small, length + word.length - capital};
    for (size_t i = 0; i < COUNT(abbreviations); i++) {
        struct text listed = text_of(abbreviations[i].word);
        if (is_language(language, abbreviations[i].language) && (text_equal(word, listed) || text_equal(lower, listed)))
            return &abbreviations[i];
    }
    return NULL;
}

/* Does an abbreviation stand before `next`, so that the sentence goes on? */
static bool is_abbreviated(struct drafting *g, struct text t, size_t start, size_t stop, size_t next)
{
    struct text word = last_word(t, start, stop);
    if (!word.length)
        return false;
    if (is_short_number(word))
        return counts_with_stops(g->language);
    const struct abbreviation *a = find_abbreviation(g->language, word);
    if (!a)
        return is_initials(word) && !is_starter(g, t, next);
    if (a->ending == BEFORE_NUMBER)
        return u_isdigit(sign_at(t, next));
    return !is_unit(t, start, word) && (a->ending == NEVER_ENDS || !is_starter(g, t, next));
}

/* 谁干的？”他问。 */
static bool goes_on_in_han(struct text t, size_t end)
{
    size_t at = end;
    UChar32 last = sign_before(t, &at);
    bool closes = last == 0x201d || last == 0x2019 || last == 0x300d || last == 0x300f;
    UChar32 next = sign_at(t, end), before = closes ? sign_before(t, &at) : 0;
    return (before == 0xff1f || before == 0xff01 || before == 0x3002) &&
           u_getIntPropertyValue(next, UCHAR_IDEOGRAPHIC) > 0;
}

/* Do the parts [start, end) and [end, …) belong together? */
static bool goes_on(struct drafting *g, struct text t, size_t start, size_t end)
{
    size_t stop = trimmed(t, start, end), next = end;
    UChar32 letter = first_letter(t, end, &next);
    if (!letter || !has_words(t, start, stop))
        return true;
    return u_isULowercase(letter) || is_abbreviated(g, t, start, stop, next) || (stop == end && goes_on_in_han(t, end));
}

/* --- what ICU does not see --- */

/* Brackets and marks that open belong to what follows them. */
static size_t before_openers(struct text t, const struct quotes *q, size_t start, size_t end)
{
    for (;;) {
        size_t at = end, low = 0, high = q->openers.count;
        UChar32 c = sign_before(t, &at);
        while (high - low > 1) {
            size_t middle = (low + high) / 2;
            if (q->openers.at[middle] <= at)
                low = middle;
            else
                high = middle;
        }
        bool opens = u_charType(c) == U_START_PUNCTUATION || (q->openers.count && q->openers.at[low] == at);
        if (at <= start || end <= start || !opens)
            return end;
        end = at;
    }
}

static bool is_quoted(const struct quotes *q, size_t at, size_t *i)
{
    while (*i < q->words.count && q->words.at[*i].end <= at)
        ++*i;
    return *i < q->words.count && q->words.at[*i].start <= at;
}

/* Signs behind which a sentence ends before a capital, though ICU sees none there: "…", and ". —". */
static bool ends_before_capital(struct text t, size_t at, size_t *next)
{
    UChar32 c = sign_at(t, at);
    size_t before = at, dash = at;
    if (c == 0x2026) {
        U8_FWD_1(t.at, *next, t.length);
    } else if (c == 0x2013 || c == 0x2014) {
        if (sign_before(t, &before) != ' ' || sign_before(t, &before) != '.')
            return false;
        U8_FWD_1(t.at, dash, t.length);
        *next = dash;
    } else {
        return false;
    }
    if (sign_at(t, *next) != ' ')
        return false;
    ++*next;
    return u_isUUppercase(sign_at(t, *next));
}

/* Where in [start, end) a sentence ends that ICU does not see, outside quotations; or `end`. */
static size_t unseen_end(struct text t, const struct quotes *q, size_t *quoted, size_t start, size_t end)
{
    for (size_t at = start; at < end;) {
        const char *sign = memchr(t.at + at, 0xe2, end - at);
        if (!sign)
            return end;
        size_t from = (size_t)(sign - t.at), next = from;
        if (from > start && ends_before_capital(t, from, &next) && next < end && !is_quoted(q, from, quoted))
            return t.at[from + 2] == (char)0xa6 ? next : from;
        at = from + 1;
    }
    return end;
}

static void add_end(struct drafting *g, struct text t, sentence_ends *ends, size_t end)
{
    size_t start = ends->count > 1 ? ends->at[ends->count - 2] : 0;
    if (ends->count && goes_on(g, t, start, ends->at[ends->count - 1]))
        ends->count--;
    vector_push(ends, (uint32_t)end);
}

void sentences_find(struct drafting *g, struct text t, const struct quotes *q, sentence_ends *ends)
{
    UErrorCode status = U_ZERO_ERROR;
    ends->count = 0;
    UText *text = utext_openUTF8(NULL, t.at, (int64_t)t.length, &status);
    if (g->breaks)
        ubrk_setUText(g->breaks, text, &status);
    size_t start = 0, quoted = 0;
    bool more = g->breaks && U_SUCCESS(status) && t.length;
    for (int32_t next = more ? ubrk_first(g->breaks) : 0; more;) {
        next = ubrk_next(g->breaks);
        more = next != UBRK_DONE && (size_t)next < t.length;
        size_t end = more ? before_openers(t, q, start, (size_t)next) : t.length;
        for (size_t part; (part = unseen_end(t, q, &quoted, start, end)) < end; start = part)
            add_end(g, t, ends, part);
        if (end > start)
            add_end(g, t, ends, end);
        start = end;
    }
    if (!ends->count || ends->at[ends->count - 1] < t.length)
        vector_push(ends, (uint32_t)t.length);
    utext_close(text);
}
