/* The tables of words and notices, and finding the one for a language. */
#include "publish/words.h"

#include "publish/dates.h"

/* ---- plural rules: CLDR 42, cardinal, whole numbers ---- */

static enum plural plural_none(uint64_t n)
{
    (void)n;
    return PLURAL_OTHER;
}

static enum plural plural_one(uint64_t n) /* English, Uzbek */
{
    return n == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural plural_persian(uint64_t n)
{
    return n <= 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural plural_east_slavic(uint64_t n)
{
    if (n % 10 == 1 && n % 100 != 11)
        return PLURAL_ONE;
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? PLURAL_FEW : PLURAL_MANY;
}

static enum plural plural_arabic(uint64_t n)
{
    if (n <= 2)
        return n == 0 ? PLURAL_ZERO : n == 1 ? PLURAL_ONE : PLURAL_TWO;
    if (n % 100 >= 3 && n % 100 <= 10)
        return PLURAL_FEW;
    return n % 100 >= 11 ? PLURAL_MANY : PLURAL_OTHER;
}

/* ---- the tables ---- */

#define WORD(id, other) [WORD_##id] = {[PLURAL_OTHER] = other},
#define ONE_OTHER(id, one, other) [WORD_##id] = {[PLURAL_ONE] = one, [PLURAL_OTHER] = other},
#define SLAVIC(id, one, few, many)                                                                                     \
    [WORD_##id] = {[PLURAL_ONE] = one, [PLURAL_FEW] = few, [PLURAL_MANY] = many, [PLURAL_OTHER] = many},
#define ARABIC(id, zero, one, two, few, many, other)                                                                   \
    [WORD_##id] = {[PLURAL_ZERO] = zero, [PLURAL_ONE] = one,   [PLURAL_TWO] = two,                                     \
                   [PLURAL_FEW] = few,   [PLURAL_MANY] = many, [PLURAL_OTHER] = other},

#define TABLE(name) static const char *name[WORD_COUNT][PLURAL_COUNT]
TABLE(english) = {
#include "publish/words/en.def"
};
TABLE(russian) = {
#include "publish/words/ru.def"
};
TABLE(belarusian) = {
#include "publish/words/be.def"
};
TABLE(uzbek) = {
#include "publish/words/uz.def"
};
TABLE(uzbek_cyrillic) = {
#include "publish/words/uz_cyrl.def"
};
TABLE(persian) = {
#include "publish/words/fa.def"
};
TABLE(arabic) = {
#include "publish/words/ar.def"
};
TABLE(chinese) = {
#include "publish/words/zh.def"
};

#define MONTHS(name) static const char *const name##_months[]
MONTHS(english) = {"January", "February", "March",     "April",   "May",      "June",
                   "July",    "August",   "September", "October", "November", "December"};
MONTHS(russian) = {"января",  "февраля",  "марта",   "апреля", "мая",     "июня", "июля",
                   "августа", "сентября", "октября", "ноября", "декабря", "года"};
MONTHS(belarusian) = {"студзеня", "лютага",  "сакавіка",    "красавіка", "мая",    "чэрвеня", "ліпеня",
                      "жніўня",   "верасня", "кастрычніка", "лістапада", "снежня", "года"};
MONTHS(uzbek) = {"yanvar", "fevral", "mart",    "aprel",  "may",    "iyun",
                 "iyul",   "avgust", "sentabr", "oktabr", "noyabr", "dekabr"};
MONTHS(uzbek_cyrillic) = {"январь", "февраль", "март",     "апрель",  "май",    "июнь",
                          "июль",   "август",  "сентябрь", "октябрь", "ноябрь", "декабрь"};
MONTHS(persian) = {"ژانویه",  "فوریه",  "مارس",   "آوریل",  "مه",      "ژوئن",     "ژوئیه", "اوت",
                   "سپتامبر", "اکتبر",  "نوامبر", "دسامبر", "فروردین", "اردیبهشت", "خرداد", "تیر",
                   "مرداد",   "شهریور", "مهر",    "آبان",   "آذر",     "دی",       "بهمن",  "اسفند"};
MONTHS(arabic) = {"يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
                  "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};

static const struct words tables[] = {
    {"en", plural_one, date_day_month_year, NULL, english_months, english},
    {"ru", plural_east_slavic, date_day_month_year_god, NULL, russian_months, russian},
    {"be", plural_east_slavic, date_day_month_year_god, NULL, belarusian_months, belarusian},
    {"uz", plural_one, date_uzbek, NULL, uzbek_months, uzbek},
    {"uz-Cyrl", plural_one, date_uzbek_cyrillic, NULL, uzbek_cyrillic_months, uzbek_cyrillic},
    {"fa", plural_persian, date_persian, "۰۱۲۳۴۵۶۷۸۹", persian_months, persian},
    {"ar", plural_arabic, date_day_month_year, NULL, arabic_months, arabic},
    {"zh", plural_none, date_chinese, NULL, NULL, chinese},
};
#define TABLES (sizeof tables / sizeof *tables)

/* ---- notices: each file is read twice, for its lines and for its heads ---- */

#define NOTICE(language, title, intro, advice, dated)
#define REGION(name, words) {NOTICE_REGION, name, words},
#define ADVICE(words) {NOTICE_ADVICE, "", words},
#define LINES(name) static const struct notice_line lines_##name[]
LINES(en) = {
#include "publish/notices/en.def"
};
LINES(ru) = {
#include "publish/notices/ru.def"
};
LINES(be) = {
#include "publish/notices/be.def"
};
LINES(uz) = {
#include "publish/notices/uz.def"
};
LINES(uz_cyrl) = {
#include "publish/notices/uz_cyrl.def"
};
LINES(fa) = {
#include "publish/notices/fa.def"
};
LINES(ar) = {
#include "publish/notices/ar.def"
};
LINES(zh) = {
#include "publish/notices/zh.def"
};
#undef NOTICE
#undef REGION
#undef ADVICE

#define NOTICE(language, title, intro, advice, dated)                                                                  \
    {                                                                                                                  \
        language, title, intro, advice, dated,
#define REGION(name, words)
#define ADVICE(words)
#define WITH(name)                                                                                                     \
    lines_##name, sizeof lines_##name / sizeof *lines_##name                                                           \
    }                                                                                                                  \
    ,
/* clang-format off */
static const struct notice notices[] = {
#include "publish/notices/en.def"
    WITH(en)
#include "publish/notices/ru.def"
    WITH(ru)
#include "publish/notices/be.def"
    WITH(be)
#include "publish/notices/uz.def"
    WITH(uz)
#include "publish/notices/uz_cyrl.def"
    WITH(uz_cyrl)
#include "publish/notices/fa.def"
    WITH(fa)
#include "publish/notices/ar.def"
    WITH(ar)
#include "publish/notices/zh.def"
    WITH(zh)
};
/* clang-format on */
#define NOTICES (sizeof notices / sizeof *notices)

/* ---- finding ---- */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool words_match(const char *table, struct text language)
{
    size_t n = strlen(table);
    if (language.length < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (lower(language.at[i]) != lower(table[i]))
            return false;
    return language.length == n || language.at[n] == '-';
}

const struct words *words_of(struct text language)
{
    const struct words *best = NULL;
    for (size_t i = 0; i < TABLES; i++)
        if (words_match(tables[i].language, language) && (!best || strlen(tables[i].language) > strlen(best->language)))
            best = &tables[i];
    return best ? best : &tables[0];
}

const struct notice *notice_of(struct text language)
{
    const struct notice *best = NULL;
    for (size_t i = 0; i < NOTICES; i++)
        if (words_match(notices[i].language, language) &&
            (!best || strlen(notices[i].language) > strlen(best->language)))
            best = &notices[i];
    return best ? best : &notices[0];
}

const struct words *words_table(size_t i)
{
    return i < TABLES ? &tables[i] : NULL;
}

const struct notice *notice_table(size_t i)
{
    return i < NOTICES ? &notices[i] : NULL;
}

const char *words_phrase(const struct words *w, enum word word, uint64_t count)
{
    const char *form = w->phrases[word][w->plural(count)];
    return form ? form : w->phrases[word][PLURAL_OTHER];
}

bool words_piece(const char **phrase, struct text *literal, int *slot)
{
    const char *at = *phrase;
    if (!*at)
        return false;
    if (at[0] == '{' && (at[1] == '1' || at[1] == '2') && at[2] == '}') {
        *slot = at[1] - '0';
        *phrase = at + 3;
        return true;
    }
    size_t n = 1 + strcspn(at + 1, "{");
    *slot = 0;
    *literal = (struct text){at, n};
    *phrase = at + n;
    return true;
}
