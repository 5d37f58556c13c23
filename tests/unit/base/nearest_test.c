/* The nearest word: what is near enough, what wins, what is never offered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/nearest.h"

static struct text nearest_of(const char *word, const char *const *candidates)
{
    struct nearest n = {.word = text_of(word)};
    for (; *candidates; candidates++)
        nearest_offer(&n, text_of(*candidates));
    return n.best;
}

#define nearest(word, ...) nearest_of(word, (const char *const[]){__VA_ARGS__, NULL})
#define assert_nearest(word, want, ...) assert_true(text_equal(nearest(word, __VA_ARGS__), text_of(want)))

static void each_kind_of_slip_counts_one(void **state)
{
    (void)state;
    assert_nearest("c12", "c11", "c11");
    assert_nearest("offcer", "officer", "officer");
    assert_nearest("offficer", "officer", "officer");
    assert_nearest("ofifcer", "officer", "officer");
    struct nearest n = {.word = TEXT("ofifcer")};
    nearest_offer(&n, TEXT("officer"));
    assert_int_equal(n.distance, 1);
}

static void the_nearer_wins_and_the_first_of_equals(void **state)
{
    (void)state;
    assert_nearest("witness", "witnes", "witnss2", "witnes", "wetnes");
    assert_nearest("c12", "c11", "c11", "c13");
}

static void what_is_far_is_not_offered(void **state)
{
    (void)state;
    assert_nearest("c12", "", "d21", "claim", "c");
    assert_nearest("officer", "", "offspring");
    assert_nearest("a", "", "b", "c");
    assert_nearest("ab", "", "xy");
    assert_nearest("ab", "ac", "ac");
}

static void odd_words_do_no_harm(void **state)
{
    (void)state;
    char longest[65];
    memset(longest, 'x', sizeof longest - 1);
    longest[64] = '\0';
    assert_nearest(longest, longest, longest);
    char longer[66];
    memset(longer, 'x', sizeof longer - 1);
    longer[65] = '\0';
    assert_nearest(longer, "", longer);
    assert_nearest("", "", "a");
    assert_nearest("a", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_slip_counts_one),
        cmocka_unit_test(the_nearer_wins_and_the_first_of_equals),
        cmocka_unit_test(what_is_far_is_not_offered),
        cmocka_unit_test(odd_words_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
