/* The tables of words: complete, with the slots they should have; plurals, dates, languages. */
#include "publish/dates.h"
#include "publish/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Which slots a phrase has: 1, 2, or both (3). */
static int slots_of(const char *phrase)
{
    int slots = 0, slot;
    struct text literal;
    while (words_piece(&phrase, &literal, &slot))
        slots |= slot;
    return slots;
}

static void every_table_has_every_phrase(void **state)
{
    (void)state;
    const struct words *english = words_table(0);
    assert_string_equal(english->language, "en");
    for (size_t t = 0; words_table(t); t++)
        for (int w = 0; w < WORD_COUNT; w++) {
            const char *phrase = words_table(t)->phrases[w][PLURAL_OTHER];
            if (!phrase || !*phrase)
                fail_msg("%s has no phrase %d", words_table(t)->language, w);
            if (slots_of(phrase) != slots_of(english->phrases[w][PLURAL_OTHER]))
                fail_msg("%s, phrase %d: other slots: %s", words_table(t)->language, w, phrase);
        }
}

static void every_notice_has_regions_and_advice(void **state)
{
    (void)state;
    static const char *const needed[] = {"en", "ru", "uz", "uz-Cyrl", "be", "fa", "zh", "ar"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        assert_string_equal(notice_of(text_of(needed[i]))->language, needed[i]);
    for (size_t i = 0; notice_table(i); i++) {
        const struct notice *n = notice_table(i);
        size_t regions = 0;
        for (size_t k = 0; k < n->count; k++) {
            regions += n->lines[k].kind == NOTICE_REGION;
            assert_true(strlen(n->lines[k].words) > 40);
        }
        assert_int_equal(regions, 5);
        assert_int_equal(n->count, 8);
        assert_int_equal(strlen(n->dated), 7);
    }
}

static void forms(const char *language, const char *counts, const char *wanted)
{
    const struct words *w = words_of(text_of(language));
    assert_string_equal(w->language, language);
    for (; *counts; wanted++) {
        char *end;
        uint64_t n = strtoul(counts, &end, 10);
        int form = (int)w->plural(n);
        if ("z12fmo"[form] != *wanted)
            fail_msg("%s, %llu: %c, not %c", language, (unsigned long long)n, "z12fmo"[form], *wanted);
        counts = *end ? end + 1 : end;
    }
}

/* From the examples of CLDR. */
static void counting_follows_the_language(void **state)
{
    (void)state;
    forms("en", "0 1 2 11 21 101", "o1oooo");
    forms("ru", "0 1 2 4 5 11 12 14 20 21 22 25 101 111 112 122", "m1ffmmmmm1fm1mmf");
    forms("be", "1 3 5 11 13 21", "1fmmm1");
    forms("ar", "0 1 2 3 10 11 99 100 102 103 110 111", "z12ffmmooffm");
    forms("fa", "0 1 2 10", "11oo");
    forms("zh", "0 1 2", "ooo");
    forms("uz", "1 2", "1o");
    assert_non_null(strstr(words_phrase(words_of(TEXT("ru")), WORD_SLIDES, 3), "снимка"));
    assert_non_null(strstr(words_phrase(words_of(TEXT("ar")), WORD_SLIDES, 2), "صورتان"));
}

static void dated(const char *language, const char *date, const char *wanted)
{
    struct buffer b = {0};
    words_date(words_of(text_of(language)), text_of(date), &b);
    assert_string_equal(b.at ? b.at : "", wanted);
    buffer_release(&b);
}

static void dates_are_written_as_the_language_does(void **state)
{
    (void)state;
    dated("en", "2031-03-04", "4 March 2031");
    dated("en", "2031-03", "March 2031");
    dated("en", "2031", "2031");
    dated("en", "2031-03-04T16:30Z", "4 March 2031, 16:30 UTC");
    dated("ru", "2031-03-04", "4 марта 2031 года");
    dated("ru", "2031-03", "03.2031");
    dated("be", "2031-10-04", "4 кастрычніка 2031 года");
    dated("uz", "2031-03-04", "2031-yil 4-mart");
    dated("uz-Cyrl", "2031-03-04", "2031 йил 4 март");
    dated("zh-Hans", "2031-03-04", "2031年3月4日");
    dated("ar", "2031-03-04", "4 مارس 2031");
    dated("fa", "2025-03-21", "۱ فروردین ۱۴۰۴ (۲۱ مارس ۲۰۲۵)");
    dated("fa", "2025-03", "مارس ۲۰۲۵");
    /* whatever is no date is left as it is */
    dated("en", "", "");
    dated("en", "in spring", "in spring");
    dated("en", "2031-13-04", "2031-13-04");
    dated("en", "2031-03-99", "2031-03-99");
    dated("en", "2031-03-04T1", "2031-03-04T1");
    dated("en", "2031-03-04T16:30Zx", "2031-03-04T16:30Zx");
    dated("fa", "2031-00-04", "2031-00-04");
    dated("en", "2031-00", "2031-00");
    dated("en", "2031-03-00", "2031-03-00");
    dated("en", "203", "203");
    dated("en", "2031-3", "2031-3");
}

/* New years that are on record, and leap years 1399 and 1403. */
static void the_iranian_calendar_is_right(void **state)
{
    (void)state;
    static const int known[][6] = {
        {2021, 3, 20, 1399, 12, 30}, {2021, 3, 21, 1400, 1, 1},   {2025, 3, 20, 1403, 12, 30},
        {2025, 3, 21, 1404, 1, 1},   {1979, 2, 11, 1357, 11, 22}, {2000, 1, 1, 1378, 10, 11},
        {2024, 3, 20, 1403, 1, 1},   {2026, 9, 22, 1405, 6, 31},  {2026, 9, 23, 1405, 7, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int y, m, d;
        assert_true(date_to_solar_hijri(known[i][0], known[i][1], known[i][2], &y, &m, &d));
        assert_int_equal(y, known[i][3]);
        assert_int_equal(m, known[i][4]);
        assert_int_equal(d, known[i][5]);
    }
}

static void languages_are_told_apart(void **state)
{
    (void)state;
    assert_string_equal(words_of(TEXT("uz-Cyrl-UZ"))->language, "uz-Cyrl");
    assert_string_equal(words_of(TEXT("UZ-latn"))->language, "uz");
    assert_string_equal(words_of(TEXT("ENG"))->language, "en");
    assert_string_equal(words_of(TEXT("gsw"))->language, "en");
    assert_string_equal(words_of(TEXT(""))->language, "en");
    static const char *const rtl[] = {"fa", "ar-EG", "he", "uz-Arab", "ku-Arab-IQ", "ckb", "UR"};
    static const char *const ltr[] = {"en", "uz", "fa-Latn", "az-Cyrl", "art", "", "ru"};
    for (size_t i = 0; i < 7; i++) {
        assert_true(language_is_rtl(text_of(rtl[i])));
        assert_false(language_is_rtl(text_of(ltr[i])));
    }
    assert_string_equal(language_name(TEXT("uz-Cyrl")), "Ўзбекча");
    assert_string_equal(language_name(TEXT("tlh")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_has_every_phrase),  cmocka_unit_test(every_notice_has_regions_and_advice),
        cmocka_unit_test(counting_follows_the_language), cmocka_unit_test(dates_are_written_as_the_language_does),
        cmocka_unit_test(the_iranian_calendar_is_right), cmocka_unit_test(languages_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
