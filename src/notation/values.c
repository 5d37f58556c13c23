/* The words that stand for values: see values.h. */
#include "notation/values.h"

#include <stdlib.h>

#define DIGITS 18u /* in a number: fits 64 bits */

/* Reads as many digits as there are, at most DIGITS; returns how many. */
static size_t take_number(struct text *t, uint64_t *n)
{
    size_t i = 0;
    for (*n = 0; i < t->length && i < DIGITS && t->at[i] >= '0' && t->at[i] <= '9'; i++)
        *n = *n * 10 + (uint64_t)(t->at[i] - '0');
    *t = (struct text){t->at + i, t->length - i};
    return i;
}

static bool take_text(struct text *t, struct text literal)
{
    if (!text_starts(*t, literal))
        return false;
    *t = (struct text){t->at + literal.length, t->length - literal.length};
    return true;
}

/* Exactly two digits, at most `most`. */
static bool take_two(struct text *t, uint64_t least, uint64_t most, uint64_t *n)
{
    struct text before = *t;
    return take_number(t, n) == 2 && before.length >= 2 && *n >= least && *n <= most;
}

static bool is_leap(uint64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint64_t days_in(uint64_t year, uint64_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static const char date_form[] =
    "is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MMZ (in universal time)";

static const char *date_fault(struct text t)
{
    uint64_t year, month, day, hour, minute;
    if (take_number(&t, &year) != 4)
        return date_form;
    if (!t.length)
        return NULL;
    if (!take_text(&t, TEXT("-")) || !take_two(&t, 0, 99, &month))
        return date_form;
    if (month < 1 || month > 12)
        return "is not a date: months go from 01 to 12";
    if (!t.length)
        return NULL;
    if (!take_text(&t, TEXT("-")) || !take_two(&t, 0, 99, &day))
        return date_form;
    if (day < 1 || day > days_in(year, month))
        return "is not a day of the calendar";
    if (!t.length)
        return NULL;
    if (!take_text(&t, TEXT("T")) || !take_two(&t, 0, 99, &hour) || !take_text(&t, TEXT(":")) ||
        !take_two(&t, 0, 99, &minute) || !text_equal(t, TEXT("Z")))
        return date_form;
    return hour > 23 || minute > 59 ? "is not a time of day: they go from 00:00 to 23:59" : NULL;
}

/* `2008-9-3` and `2008/09/03` have one likely meaning; the rest does not. */
static void date_mend(struct text t, struct buffer *out)
{
    uint64_t part[3] = {0};
    size_t parts = 0;
    struct text rest = t;
    for (;;) {
        size_t digits = take_number(&rest, &part[parts]);
        if (digits < 1 || digits > (parts ? 2u : 4u) || (!parts && digits != 4))
            return;
        if (++parts == 3 || !rest.length || !strchr("-/.", rest.at[0]))
            break;
        rest = (struct text){rest.at + 1, rest.length - 1};
    }
    if (rest.length || parts < 2 || part[1] < 1 || part[1] > 12 ||
        (parts == 3 && (part[2] < 1 || part[2] > days_in(part[0], part[1]))))
        return;
    size_t start = out->length;
    buffer_format(out, "%04u-%02u", (unsigned)part[0], (unsigned)part[1]);
    if (parts == 3)
        buffer_format(out, "-%02u", (unsigned)part[2]);
    if (text_equal((struct text){out->at + start, out->length - start}, t))
        out->length = start;
}

static const char locator_form[] =
    "is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or p.12-14), "
    "bytes (@1042+310) or a section (s.NAME)";

/* `M:SS` or `H:MM:SS`, in seconds. */
static bool take_time(struct text *t, uint64_t *seconds)
{
    uint64_t first, second, third;
    size_t digits = take_number(t, &first);
    if (digits < 1 || digits > 4 || !take_text(t, TEXT(":")) || !take_two(t, 0, 59, &second))
        return false;
    *seconds = first * 60 + second;
    if (!take_text(t, TEXT(":")))
        return true;
    if (!take_two(t, 0, 59, &third))
        return false;
    *seconds = *seconds * 60 + third;
    return true;
}

static const char *time_fault(struct text t)
{
    uint64_t from, to;
    if (!take_time(&t, &from))
        return locator_form;
    if (!t.length)
        return NULL;
    if (!take_text(&t, TEXT("-")) || !take_time(&t, &to) || t.length)
        return locator_form;
    return to < from ? "runs backwards; expected the earlier time first" : NULL;
}

static const char *page_fault(struct text t)
{
    uint64_t from, to;
    if (!take_number(&t, &from))
        return locator_form;
    if (from && !t.length)
        return NULL;
    if (!from)
        return "is not a place in a record: pages count from 1";
    if (!take_text(&t, TEXT("-")) || !take_number(&t, &to) || t.length)
        return locator_form;
    return to < from ? "runs backwards; expected the earlier page first" : NULL;
}

static const char *byte_fault(struct text t)
{
    uint64_t from, length;
    if (!take_number(&t, &from) || !take_text(&t, TEXT("+")) || !take_number(&t, &length) || t.length)
        return locator_form;
    return length ? NULL : "is not a place in a record: its length is nothing";
}

static const char *locator_fault(struct text t)
{
    if (take_text(&t, TEXT("p.")))
        return page_fault(t);
    if (take_text(&t, TEXT("@")))
        return byte_fault(t);
    if (take_text(&t, TEXT("s.")))
        return t.length ? NULL : locator_form;
    return time_fault(t);
}

static const char *count_fault(struct text t)
{
    static const char form[] = "is not a count; expected N or N..M";
    uint64_t from, to;
    if (!take_number(&t, &from))
        return form;
    if (!t.length)
        return NULL;
    if (!take_text(&t, TEXT("..")) || !take_number(&t, &to) || t.length)
        return form;
    return to < from ? "runs backwards; expected the smaller number first" : NULL;
}

static const char *number_fault(struct text t)
{
    uint64_t n;
    if (!take_number(&t, &n) || t.length)
        return "is not the number of an entry; expected digits";
    if (!n)
        return "is not the number of an entry: they count from 1";
    return n > UINT32_MAX ? "is larger than the number of any entry" : NULL;
}

static bool is_slug_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static const char *slug_fault(struct text t)
{
    bool fits = t.length && t.length <= LIMIT_ID && t.at[0] != '-';
    for (size_t i = 0; i < t.length; i++)
        fits &= is_slug_sign(t.at[i]);
    if (fits)
        return NULL;
    return t.length > LIMIT_ID ? "is not an article's slug: it has more than 64 bytes (LIMIT_ID)"
                               : "is not an article's slug; expected small letters a-z, digits and '-', a letter or "
                                 "digit first";
}

/* Small letters for capitals, '-' for other signs between words. */
static void slug_mend(struct text t, struct buffer *out)
{
    size_t start = out->length;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        buffer_char(out, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : strchr("_./+", c) ? '-' : c));
    }
    if (slug_fault((struct text){out->at + start, out->length - start}))
        out->length = start;
}

static const char *hash_fault(struct text t)
{
    bool fits = t.length == 64;
    for (size_t i = 0; i < t.length; i++)
        fits &= (t.at[i] >= '0' && t.at[i] <= '9') || (t.at[i] >= 'a' && t.at[i] <= 'f');
    return fits ? NULL : "is not a SHA-256; expected 64 digits 0-9 and a-f";
}

static const char *size_fault(struct text t)
{
    uint64_t n;
    return !take_number(&t, &n) || t.length ? "is not a number of bytes; expected digits" : NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The form of BCP 47: subtags of one to eight letters and digits, the first of letters alone. */
static const char *language_fault(struct text t)
{
    static const char form[] = "is not a language tag; expected one like en, uz-Cyrl or pt-BR";
    size_t start = 0;
    for (size_t i = 0; i <= t.length; i++) {
        bool is_digit = i < t.length && t.at[i] >= '0' && t.at[i] <= '9';
        if (i < t.length && (is_letter(t.at[i]) || (is_digit && start)))
            continue;
        if ((i < t.length && t.at[i] != '-') || i == start || i - start > 8)
            return form;
        if (!start && i == 1 && (i == t.length || !strchr("xXiI", t.at[0])))
            return form;
        start = i + 1;
    }
    return NULL;
}

const char *value_fault(enum value v, struct text t)
{
    switch (v) {
    case VALUE_DATE:
        return date_fault(t);
    case VALUE_LOCATOR:
        return locator_fault(t);
    case VALUE_COUNT:
        return count_fault(t);
    case VALUE_NUMBER:
        return number_fault(t);
    case VALUE_LANGUAGE:
        return language_fault(t);
    case VALUE_SLUG:
        return slug_fault(t);
    case VALUE_HASH:
        return hash_fault(t);
    case VALUE_SIZE:
        return size_fault(t);
    default:
        return NULL;
    }
}

/* Swaps the ends of a range that runs backwards, where that makes it right. */
static void range_mend(enum value v, struct text t, struct text between, struct buffer *out)
{
    struct text front = v == VALUE_LOCATOR && text_starts(t, TEXT("p.")) ? TEXT("p.") : TEXT("");
    struct text inner = {t.at + front.length, t.length - front.length};
    const char *at = inner.length ? memmem(inner.at, inner.length, between.at, between.length) : NULL;
    if (!at)
        return;
    struct text from = {inner.at, (size_t)(at - inner.at)};
    struct text to = {at + between.length, inner.length - from.length - between.length};
    size_t start = out->length;
    buffer_text_add(out, front);
    buffer_text_add(out, to);
    buffer_text_add(out, between);
    buffer_text_add(out, from);
    if (value_fault(v, (struct text){out->at + start, out->length - start}))
        out->length = start;
}

/* `300-400` for `300..400`. */
static void count_mend(struct text t, struct buffer *out)
{
    const char *dash = memchr(t.at, '-', t.length);
    size_t start = out->length;
    if (!dash) {
        range_mend(VALUE_COUNT, t, TEXT(".."), out);
        return;
    }
    buffer_add(out, t.at, (size_t)(dash - t.at));
    buffer_string(out, "..");
    buffer_add(out, dash + 1, (size_t)(t.at + t.length - dash - 1));
    if (value_fault(VALUE_COUNT, (struct text){out->at + start, out->length - start}))
        out->length = start;
}

void value_mend(enum value v, struct text t, struct buffer *out)
{
    if (v == VALUE_DATE)
        date_mend(t, out);
    else if (v == VALUE_LOCATOR)
        range_mend(v, t, TEXT("-"), out);
    else if (v == VALUE_COUNT)
        count_mend(t, out);
    else if (v == VALUE_SLUG)
        slug_mend(t, out);
}

static void skip_blanks(struct text *t)
{
    while (t->length && (t->at[0] == ' ' || t->at[0] == '\t'))
        *t = (struct text){t->at + 1, t->length - 1};
}

static bool is_relation(char c)
{
    return c == '<' || c == '>' || c == '=' || c == '!';
}

/* A run of relation signs, or of anything but those and blanks. */
static struct text take_part(struct text *t, bool relation)
{
    skip_blanks(t);
    size_t i = 0;
    while (i < t->length && t->at[i] != ' ' && t->at[i] != '\t' && is_relation(t->at[i]) == relation)
        i++;
    struct text part = {t->at, i};
    *t = (struct text){t->at + i, t->length - i};
    return part;
}

static bool is_among(const struct word *words, struct text t)
{
    for (; words->length; words++)
        if (text_equal(word_text(words), t))
            return true;
    return false;
}

static struct condition_parts condition_wrong(struct condition_parts c, struct text met, const char *fault)
{
    c.met = met;
    c.fault = fault;
    return c;
}

struct condition_parts condition_split(struct text t)
{
    static const char *const relations[] = {">=", "<=", "=", ">", "<", "!="};
    struct condition_parts c = {.subject = take_part(&t, false)};
    if (text_equal(c.subject, TEXT("not"))) {
        c.negated = true;
        c.subject = take_part(&t, false);
    }
    if (is_among(grammar_flags, c.subject)) {
        skip_blanks(&t);
        return t.length ? condition_wrong(c, t, "is too much: a flag stands alone; expected a comma or the line's end")
                        : c;
    }
    c.unknown = !is_among(grammar_measures, c.subject);
    if (c.unknown)
        return condition_wrong(c, c.subject.length ? c.subject : t, "is not a measure or a flag");
    if (c.negated)
        return condition_wrong(c, c.subject, "is a measure; 'not' stands before flags alone");
    c.relation = take_part(&t, true);
    bool known = false;
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        known |= text_equal(c.relation, text_of(relations[i]));
    if (!known)
        return condition_wrong(c, c.relation.length ? c.relation : t,
                               "is not a comparison; expected >=, <=, =, >, < or !=");
    c.number = take_part(&t, false);
    struct text digits = c.number;
    uint64_t n;
    if (!take_number(&digits, &n) || digits.length || n > UINT32_MAX)
        return condition_wrong(c, c.number.length ? c.number : t,
                               "is not a number that a measure can be compared with");
    skip_blanks(&t);
    return t.length ? condition_wrong(c, t, "is too much; expected a comma or the line's end") : c;
}

void notation_condition(struct text written, struct buffer *out)
{
    struct condition_parts c = condition_split(written);
    if (c.fault) {
        buffer_text_add(out, written);
        return;
    }
    buffer_string(out, c.negated ? "not " : "");
    buffer_text_add(out, c.subject);
    if (!c.relation.length)
        return;
    buffer_char(out, ' ');
    buffer_text_add(out, c.relation);
    buffer_char(out, ' ');
    buffer_text_add(out, c.number);
}
