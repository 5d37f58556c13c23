/* One name in two scripts is known again, and two names are told apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/score.h"

static const struct {
    const char *a, *b;
} same[] =
    {
        {"shevchenko", "шевченко"}, {"yakubov", "якубов"}, {"jakubow", "якубов"}, {"katherine", "кэтрин"},
        {"abdullah", "عبدالله"},    {"hassan", "حسن"},     {"avraham", "אברהם"},  {"shlomo", "שלמה"},
        {"yakubov", "yakubov"},     {"Müller", "MULLER"},
},
  other[] = {
      {"shevchenko", "петров"}, {"yakubov", "смирнов"}, {"abdullah", "حسن"},
      {"cohen", "שלמה"},        {"hassan", "عبدالله"},  {"katherine", "якубов"},
};

static void one_name_is_known_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        double score = name_score(text_of(same[i].a), text_of(same[i].b));
        if (score < NAME_SCORE_THRESHOLD)
            print_message("# %s and %s: %.3f\n", same[i].a, same[i].b, score);
        assert_true(score >= NAME_SCORE_THRESHOLD && score <= 1);
    }
}

static void other_names_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        double score = name_score(text_of(other[i].a), text_of(other[i].b));
        if (score >= NAME_SCORE_THRESHOLD)
            print_message("# %s and %s: %.3f\n", other[i].a, other[i].b, score);
        assert_true(score < NAME_SCORE_THRESHOLD && score >= 0);
    }
}

static void the_order_of_the_two_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(name_score(text_of(same[i].a), text_of(same[i].b)) ==
                    name_score(text_of(same[i].b), text_of(same[i].a)));
}

static void other_scripts_and_no_letters_are_answered(void **state)
{
    (void)state;
    assert_true(name_score(TEXT(""), TEXT("якубов")) == 0);
    assert_true(name_score(TEXT(""), TEXT("")) == 0);
    assert_true(name_score(TEXT("გიორგი"), TEXT("გიორგი")) >= NAME_SCORE_THRESHOLD);
    assert_true(name_score(TEXT("გიორგი"), TEXT("ნინო")) < NAME_SCORE_THRESHOLD);
    assert_true(name_score(TEXT("\xff\xfe\xc3"), TEXT("якубов")) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name_is_known_again),
        cmocka_unit_test(other_names_are_told_apart),
        cmocka_unit_test(the_order_of_the_two_does_not_matter),
        cmocka_unit_test(other_scripts_and_no_letters_are_answered),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
