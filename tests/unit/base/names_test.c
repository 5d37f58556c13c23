/* Names to numbers: distinct ids get the next number, through growth, collisions and cutting back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/names.h"

struct id {
    char at[80];
};

static struct text id_of(struct id *id, const char *format, unsigned n)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    return (struct text){id->at, (size_t)snprintf(id->at, sizeof id->at, format, n)};
#pragma GCC diagnostic pop
}

static const char *const shapes[] = {"v%u", "%08u", "a-long-name-of-a-voice-%u", "%09u"};
enum { SHAPES = sizeof shapes / sizeof *shapes, MANY = 20000 };

static unsigned series; /* other ids for every round of a test */

static struct text nth(struct id *id, unsigned i)
{
    return id_of(id, shapes[i % SHAPES], i + series * 1000003);
}

static void fill(struct names *n, unsigned from, unsigned to)
{
    struct id id;
    for (unsigned i = from; i < to; i++)
        assert_int_equal(names_intern(n, nth(&id, i)), i);
}

static void assert_holds(const struct names *n, unsigned count)
{
    struct id id;
    assert_int_equal(n->count, count);
    for (unsigned i = 0; i < count; i++) {
        struct text want = nth(&id, i);
        assert_int_equal(names_find(n, want), i);
        assert_true(text_equal(names_text(n, i), want));
    }
}

static void numbers_follow_first_sight(void **state)
{
    (void)state;
    struct names n;
    names_init(&n);
    assert_int_equal(names_find(&n, TEXT("ana")), NAMES_NONE);
    assert_int_equal(names_intern(&n, TEXT("ana")), 0);
    assert_int_equal(names_intern(&n, TEXT("officer")), 1);
    assert_int_equal(names_intern(&n, TEXT("ana")), 0);
    assert_int_equal(names_find(&n, TEXT("officer")), 1);
    assert_int_equal(names_find(&n, TEXT("office")), NAMES_NONE);
    names_release(&n);
    assert_null(n.slots);
}

static void likenesses_are_kept_apart(void **state)
{
    (void)state;
    static const char *const alike[] = {"a",
                                        "a.",
                                        "aa",
                                        "aaaaaaaa",
                                        "aaaaaaaaa",
                                        "aaaaaaaab",
                                        "aaaaaaa",
                                        "aaaaaaaaaaaaaaaa",
                                        "aaaaaaaaaaaaaaaaa",
                                        "baaaaaaaa",
                                        "aaaaaaaaaaaaaaab"};
    struct names n;
    names_init(&n);
    for (uint32_t i = 0; i < sizeof alike / sizeof *alike; i++)
        assert_int_equal(names_intern(&n, text_of(alike[i])), i);
    for (uint32_t i = 0; i < sizeof alike / sizeof *alike; i++)
        assert_int_equal(names_find(&n, text_of(alike[i])), i);
    /* A NUL in a short id is a byte like any other: its key is that of the id without it. */
    assert_int_equal(names_find(&n, TEXT("a\0")), NAMES_NONE);
    names_release(&n);
}

static void growth_keeps_every_number(void **state)
{
    (void)state;
    struct names n;
    names_init(&n);
    fill(&n, 0, MANY);
    assert_holds(&n, MANY);
    assert_true(n.count <= n.mask / 2 + 1);
    names_release(&n);
}

static void cutting_takes_back_the_newest_alone(void **state)
{
    (void)state;
    struct names n;
    struct id id;
    names_init(&n);
    fill(&n, 0, MANY);
    for (unsigned left = MANY; left > 0; left = left / 3) {
        names_cut(&n, left);
        assert_holds(&n, left);
        for (unsigned i = left; i < MANY; i++)
            assert_int_equal(names_find(&n, nth(&id, i)), NAMES_NONE);
    }
    names_cut(&n, 5);
    names_cut(&n, 0);
    assert_int_equal(n.count + n.pooled, 0);
    fill(&n, 0, 1000);
    names_cut(&n, 600);
    fill(&n, 600, MANY);
    assert_holds(&n, MANY);
    names_release(&n);
}

/* Where a table is small and full, many ids probe past others, and round its end. */
static void small_tables_survive_growth_and_cuts(void **state)
{
    (void)state;
    for (series = 0; series < 1000; series++) {
        struct names n;
        names_init(&n);
        fill(&n, 0, 140);
        assert_holds(&n, 140);
        for (unsigned left = 140; left > 0; left -= 7) {
            names_cut(&n, left);
            assert_holds(&n, left);
        }
        fill(&n, 7, 140);
        assert_holds(&n, 140);
        names_release(&n);
    }
    series = 0;
}

/* Ids that end in numbers: near each other and far apart, padded and not, in any order, of more heads than have a
 * series. */
static void numbered_ids_in_any_order(void **state)
{
    (void)state;
    static const char *const heads[] = {"v%u", "%u",  "v%06u", "w-%u", "x%08u", "longhead%u", "longerhead%u",
                                        "a%u", "b%u", "c%u",   "d%u",  "e%u",   "v0%u",       "v%u9"};
    enum { HEADS = sizeof heads / sizeof *heads, STEP = 7919, NUMBERS = 10007, FAR = 60000007 };
    static uint32_t expected[HEADS][NUMBERS];
    struct names n;
    struct id id;
    names_init(&n);
    memset(expected, 0xff, sizeof expected);
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < NUMBERS * HEADS; i++) {
            unsigned head = i % HEADS, number = (unsigned)((uint64_t)i * STEP % NUMBERS);
            if (round == 0 && number % 3 == 0)
                continue;
            struct text text = id_of(&id, heads[head], number % 50 == 1 ? FAR + number : number);
            uint32_t found = names_find(&n, text);
            /* Another head may give the same text: then it has that one's number. */
            if (found == NAMES_NONE)
                assert_int_equal(expected[head][number], NAMES_NONE);
            uint32_t given = names_intern(&n, text);
            assert_int_equal(given, found == NAMES_NONE ? n.count - 1 : found);
            assert_true(text_equal(names_text(&n, given), text));
            assert_true(expected[head][number] == NAMES_NONE || expected[head][number] == given);
            expected[head][number] = given;
        }
    }
    assert_true(n.hashed > 0 && n.hashed < n.count);
    names_cut(&n, 1000);
    for (unsigned i = 0; i < NUMBERS * HEADS; i++) {
        unsigned head = i % HEADS, number = i / HEADS;
        struct text text = id_of(&id, heads[head], number % 50 == 1 ? FAR + number : number);
        uint32_t before = expected[head][number];
        assert_int_equal(names_find(&n, text), before < 1000 ? before : NAMES_NONE);
    }
    names_release(&n);
}

static void lengths_at_the_edge(void **state)
{
    (void)state;
    char long_id[256];
    memset(long_id, 'x', sizeof long_id);
    struct names n;
    names_init(&n);
    struct text most = {long_id, 255}, over = {long_id, 256}, none = {NULL, 0};
    assert_int_equal(names_intern(&n, most), 0);
    assert_int_equal(names_text(&n, 0).length, 255);
    assert_int_equal(names_find(&n, most), 0);
    assert_int_equal(names_find(&n, over), NAMES_NONE);
    assert_int_equal(names_intern(&n, none), 1);
    assert_int_equal(names_find(&n, none), 1);
    names_release(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_first_sight),
        cmocka_unit_test(likenesses_are_kept_apart),
        cmocka_unit_test(growth_keeps_every_number),
        cmocka_unit_test(cutting_takes_back_the_newest_alone),
        cmocka_unit_test(small_tables_survive_growth_and_cuts),
        cmocka_unit_test(numbered_ids_in_any_order),
        cmocka_unit_test(lengths_at_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
