/* Lines written out: union, reduction, and squeezing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "standing/lines.h"

static void add(struct lines *l, bool firm, uint32_t count, const uint32_t *voices)
{
    lines_add(l, voices, count, firm);
}
#define ADD(l, firm, ...)                                                                                              \
    add(l, firm, (uint32_t)(sizeof((uint32_t[]){__VA_ARGS__}) / 4), (const uint32_t[]){__VA_ARGS__})

static void assert_words(const struct lines *l, const uint32_t *words, size_t count)
{
    assert_int_equal(l->words, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(l->at[i], words[i]);
}
#define ASSERT_WORDS(l, ...) assert_words(l, (const uint32_t[]){__VA_ARGS__}, sizeof((uint32_t[]){__VA_ARGS__}) / 4)

#define FIRM(n) ((n) << 1 | 1)
#define BARE(n) ((n) << 1)

static void a_union_has_each_voice_once(void **state)
{
    (void)state;
    struct lines l = {0};
    lines_add_union(&l, (uint32_t[]){1, 4, 9}, 3, (uint32_t[]){2, 4}, 2, true);
    ASSERT_WORDS(&l, FIRM(4), 1, 2, 4, 9);
    lines_release(&l);
}

static void a_line_that_contains_another_goes(void **state)
{
    (void)state;
    struct lines l = {0};
    ADD(&l, true, 1, 2, 3);
    ADD(&l, true, 2, 3);
    ADD(&l, true, 2, 3);
    ADD(&l, false, 3, 2 + 2);
    lines_reduce(&l);
    ASSERT_WORDS(&l, FIRM(2), 2, 3, BARE(2), 3, 4);
    assert_int_equal(l.firm, 1);
    lines_release(&l);
}

static void a_bare_line_makes_no_firm_one_needless(void **state)
{
    (void)state;
    struct lines l = {0};
    ADD(&l, false, 5);
    ADD(&l, true, 5, 6);
    ADD(&l, false, 5, 7);
    lines_reduce(&l);
    ASSERT_WORDS(&l, BARE(1), 5, FIRM(2), 5, 6);
    lines_release(&l);
}

static void a_lone_voice_makes_its_longer_lines_needless(void **state)
{
    (void)state;
    struct lines l = {0};
    unsigned char marks[10] = {0};
    uint32_t stamp[10] = {0};
    marks[8] = 4;
    ADD(&l, true, 1, 7);
    ADD(&l, true, 7);
    ADD(&l, false, 7);
    ADD(&l, true, 7);
    ADD(&l, true, 8);
    ADD(&l, true, 2, 8);
    lines_squeeze(&l, marks, 4, stamp, 1);
    ASSERT_WORDS(&l, FIRM(1), 7, FIRM(1), 8, FIRM(2), 2, 8);
    assert_int_equal(l.count, 3);
    assert_int_equal(l.firm, 3);
    assert_int_equal(stamp[7], 2);
    assert_int_equal(stamp[8], 0);
    lines_release(&l);
}

static void within_is_the_subset_relation(void **state)
{
    (void)state;
    assert_true(line_within((uint32_t[]){2, 5}, 2, (uint32_t[]){1, 2, 5}, 3));
    assert_false(line_within((uint32_t[]){2, 6}, 2, (uint32_t[]){1, 2, 5}, 3));
    assert_false(line_within((uint32_t[]){1, 2, 5}, 3, (uint32_t[]){2, 5}, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_union_has_each_voice_once),
        cmocka_unit_test(a_line_that_contains_another_goes),
        cmocka_unit_test(a_bare_line_makes_no_firm_one_needless),
        cmocka_unit_test(a_lone_voice_makes_its_longer_lines_needless),
        cmocka_unit_test(within_is_the_subset_relation),
    };
    return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
