/* Texts: equality, the order of bytes, prefixes, with every kind of empty text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/text.h"

static void empty_texts_are_equal(void **state)
{
    (void)state;
    struct text none = {NULL, 0};
    assert_true(text_equal(none, TEXT("")));
    assert_int_equal(text_compare(none, TEXT("")), 0);
    assert_true(text_starts(TEXT("a"), none));
    assert_true(text_starts(none, none));
    assert_int_equal(text_of(NULL).length, 0);
}

static void equality_is_of_all_bytes(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("a\0b"), TEXT("a\0b")));
    assert_false(text_equal(TEXT("a\0b"), TEXT("a\0c")));
    assert_false(text_equal(TEXT("ab"), TEXT("abc")));
}

static void order_is_by_unsigned_bytes_then_length(void **state)
{
    (void)state;
    assert_true(text_compare(TEXT("a"), TEXT("b")) < 0);
    assert_true(text_compare(TEXT("b"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT("a"), TEXT("aa")) < 0);
    assert_true(text_compare(TEXT("aa"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT(""), TEXT("a")) < 0);
    assert_true(text_compare(TEXT("z"), TEXT("\xc3\xa9")) < 0);
    assert_true(text_compare(TEXT("v10"), TEXT("v2")) < 0);
}

static void a_prefix_is_at_the_start(void **state)
{
    (void)state;
    assert_true(text_starts(TEXT("record:r1"), TEXT("record:")));
    assert_false(text_starts(TEXT("record"), TEXT("record:")));
    assert_false(text_starts(TEXT("a record:"), TEXT("record:")));
}

static void printing_takes_length_and_bytes(void **state)
{
    (void)state;
    char out[16];
    struct text part = {"abcdef", 3}, none = {NULL, 0};
    snprintf(out, sizeof out, "<%.*s%.*s>", TEXT_ARG(part), TEXT_ARG(none));
    assert_string_equal(out, "<abc>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_texts_are_equal),
        cmocka_unit_test(equality_is_of_all_bytes),
        cmocka_unit_test(order_is_by_unsigned_bytes_then_length),
        cmocka_unit_test(a_prefix_is_at_the_start),
        cmocka_unit_test(printing_takes_length_and_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
