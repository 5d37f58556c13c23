/* Vectors and the memory under them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "base/vector.h"

static void pushing_keeps_order_through_growth(void **state)
{
    (void)state;
    VECTOR(uint32_t) v = {0};
    for (uint32_t i = 0; i < 10000; i++)
        vector_push(&v, i * 3);
    assert_int_equal(v.count, 10000);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(v.at[i], i * 3);
    vector_release(&v);
    assert_null(v.at);
    assert_int_equal(v.count + v.room, 0);
}

static void reserve_changes_no_count_and_holds_still(void **state)
{
    (void)state;
    struct pair {
        int a, b;
    };
    VECTOR(struct pair) v = {0};
    vector_reserve(&v, 500);
    assert_int_equal(v.count, 0);
    assert_true(v.room >= 500);
    void *before = v.at;
    for (int i = 0; i < 500; i++)
        vector_push(&v, (struct pair){i, -i});
    assert_ptr_equal(v.at, before);
    assert_int_equal(v.at[499].b, -499);
    vector_release(&v);
}

static void arrays_are_zeroed_and_copies_end(void **state)
{
    (void)state;
    char *array = memory_array(100, 3);
    for (int i = 0; i < 300; i++)
        assert_int_equal(array[i], 0);
    free(array);
    char *copy = memory_copy("abcdef", 3);
    assert_string_equal(copy, "abc");
    free(copy);
    copy = memory_copy(NULL, 0);
    assert_string_equal(copy, "");
    free(copy);
}

static void large_arrays_are_zeroed_each_time(void **state)
{
    (void)state;
    const size_t size = (5u << 20) + 3;
    for (int round = 0; round < 3; round++) {
        unsigned char *array = memory_array(size, 1);
        for (size_t i = 0; i < size; i++)
            assert_true(array[i] == 0);
        memset(array, 0xff, size);
        free(array);
    }
}

/* Across every kind of block that memory is taken from, up and down. */
static void resizing_keeps_what_is_there(void **state)
{
    (void)state;
    uint32_t *at = NULL;
    size_t count = 0;
    for (size_t next = 1000; next < 3000000; next = next * 5 / 3) {
        at = memory_resize(at, next, sizeof *at);
        for (; count < next; count++)
            at[count] = (uint32_t)count * 7;
    }
    for (; count > 10; count /= 3) {
        at = memory_resize(at, count, sizeof *at);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(at[i], (uint32_t)i * 7);
    }
    free(at);
}

static jmp_buf gave_up;

static void give_up(void)
{
    longjmp(gave_up, 1);
}

static void exhaustion_calls_the_handler(void **state)
{
    (void)state;
    memory_on_exhaustion(give_up);
    volatile bool returned = false;
    if (setjmp(gave_up) == 0) {
        free(memory_resize(NULL, SIZE_MAX / 2, 4));
        returned = true;
    }
    if (setjmp(gave_up) == 0) {
        free(memory_array(SIZE_MAX / 2, 4));
        returned = true;
    }
    assert_false(returned);
    memory_on_exhaustion(abort);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pushing_keeps_order_through_growth),
        cmocka_unit_test(reserve_changes_no_count_and_holds_still),
        cmocka_unit_test(arrays_are_zeroed_and_copies_end),
        cmocka_unit_test(large_arrays_are_zeroed_each_time),
        cmocka_unit_test(resizing_keeps_what_is_there),
        cmocka_unit_test(exhaustion_calls_the_handler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
