/* Buffers: what is added is there, in order, with a NUL behind it, however they grow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"

static void an_empty_buffer_holds_nothing(void **state)
{
    (void)state;
    struct buffer b = {0};
    assert_null(b.at);
    assert_int_equal(buffer_text(&b).length, 0);
    buffer_clear(&b);
    assert_int_equal(b.length, 0);
    buffer_add(&b, NULL, 0);
    assert_int_equal(b.length, 0);
    assert_int_equal(b.at[0], '\0');
    buffer_release(&b);
    assert_null(b.at);
}

static void every_way_of_adding_appends(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_char(&b, 'a');
    assert_string_equal(b.at, "a");
    buffer_string(&b, "bc");
    buffer_text_add(&b, TEXT("d\0e"));
    buffer_format(&b, "<%s %d>", "f", -7);
    buffer_number(&b, 0);
    buffer_number(&b, UINT64_MAX);
    const char want[] = "abcd\0e<f -7>018446744073709551615";
    assert_int_equal(b.length, sizeof want - 1);
    assert_memory_equal(b.at, want, sizeof want);
    buffer_release(&b);
}

static void growth_keeps_what_was_there(void **state)
{
    (void)state;
    struct buffer b = {0};
    for (int i = 0; i < 100000; i++)
        buffer_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.length, 100000);
    assert_true(b.room > b.length);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(b.at[i], 'a' + i % 26);
    assert_int_equal(b.at[b.length], '\0');
    buffer_release(&b);
}

static void reserve_makes_room_for_the_nul_too(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_reserve(&b, 1000);
    assert_true(b.room >= 1001);
    char *before = b.at;
    for (int i = 0; i < 1000; i++)
        buffer_char(&b, 'x');
    assert_ptr_equal(b.at, before);
    buffer_release(&b);
}

static void clearing_keeps_the_memory(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_string(&b, "something");
    char *before = b.at;
    buffer_clear(&b);
    assert_int_equal(b.length, 0);
    assert_string_equal(b.at, "");
    buffer_string(&b, "other");
    assert_ptr_equal(b.at, before);
    assert_string_equal(b.at, "other");
    buffer_release(&b);
}

static void a_long_format_is_not_cut(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_format(&b, "%5000d", 1);
    assert_int_equal(b.length, 5000);
    assert_int_equal(b.at[4999], '1');
    buffer_format(&b, "%s", "");
    assert_int_equal(b.length, 5000);
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_holds_nothing), cmocka_unit_test(every_way_of_adding_appends),
        cmocka_unit_test(growth_keeps_what_was_there),   cmocka_unit_test(reserve_makes_room_for_the_nul_too),
        cmocka_unit_test(clearing_keeps_the_memory),     cmocka_unit_test(a_long_format_is_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
