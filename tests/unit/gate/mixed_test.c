/* Words of letters that look alike: which are found, and that ordinary text of every script is left alone. */
#include "gate/mixed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_found(const char *t, size_t where)
{
    size_t at = SIZE_MAX;
    assert_true(mixed_find(text_of(t), &at));
    assert_int_equal(at, where);
}

static void a_letter_of_another_alphabet_is_found(void **state)
{
    (void)state;
    assert_found("I tri\xd0\xb5"
                 "d",
                 2);
    assert_found("It was d\xd0\xb0rk", 7);
    assert_found("\xd0\x94"
                 "a",
                 0); /* Latin a */
    assert_found("Двери бы\xd0\xbb"
                 "и зaперты",
                 20);
}

static void assert_clean(const char *t)
{
    size_t at;
    if (mixed_find(text_of(t), &at))
        fail_msg("%s: byte %zu", t, at);
}

static void ordinary_text_is_left_alone(void **state)
{
    (void)state;
    assert_clean("");
    assert_clean("The doors of hall two were locked; naïve Zoë’s façade, Đorđe, Øyvind, Łódź, 3rd, 5 °C.");
    assert_clean("Двери цеха были заперты, ёлка, Її, ўзбек, Љубав, и в 5 «А» классе.");
    assert_clean("The Russian for door is дверь, and for house it is дом: COVID-19 и ВИЧ.");
    assert_clean("Oʻzbekiston, yong‘in, Toshkent shahri.");
    assert_clean("درهای سالن دو قفل بودند، سال ۲۰۳۱");
    assert_clean("הדלתות של אולם שתיים היו נעולות");
    assert_clean("二号厅的门当晚是锁着的。 東京タワー");
    assert_clean("Οι πόρτες ήταν κλειδωμένες. 10 µm, π r², Ω.");
    assert_clean("სართულის კარი ჩაკეტილი იყო");
    assert_clean("\xff\xfe broken \xd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_of_another_alphabet_is_found),
        cmocka_unit_test(ordinary_text_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
