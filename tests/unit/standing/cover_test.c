/* The hitting set solver against exhaustive search, and what it says when it is cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "standing/cover.h"

#define PLENTY (INT64_C(1) << 40)
#define UNITS 12

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* Size of a smallest subset of UNITS units that meets every set, sets given as bits. */
static uint32_t exhaustive(const uint32_t *sets, uint32_t count)
{
    uint32_t best = UNITS;
    for (uint32_t chosen = 0; chosen < 1u << UNITS; chosen++) {
        bool all = true;
        for (uint32_t i = 0; all && i < count; i++)
            all = sets[i] & chosen;
        uint32_t size = (uint32_t)__builtin_popcount(chosen);
        if (all && size < best)
            best = size;
    }
    return count ? best : 0;
}

static void add_bits(struct cover *c, uint32_t bits, uint32_t scale)
{
    uint32_t units[UNITS], count = 0;
    for (uint32_t u = 0; u < UNITS; u++)
        if (bits >> u & 1)
            units[count++] = u * scale;
    cover_set(c, units, count);
}

static void assert_touches_all(const struct cover *c, const uint32_t *sets, uint32_t count, uint32_t scale,
                               uint32_t size)
{
    uint32_t chosen_count, bits = 0;
    const uint32_t *chosen = cover_chosen(c, &chosen_count);
    assert_int_equal(chosen_count, size);
    for (uint32_t i = 0; i < chosen_count; i++)
        bits |= 1u << chosen[i] / scale;
    for (uint32_t i = 0; i < count; i++)
        assert_true(sets[i] & bits);
}

static void nothing_needs_nobody(void **state)
{
    (void)state;
    struct cover *c = cover_new();
    int64_t work = PLENTY;
    cover_begin(c);
    struct interval size = cover_solve(c, 0, &work);
    assert_int_equal(size.low, 0);
    assert_int_equal(size.high, 0);
    cover_free(c);
}

static void agrees_with_exhaustive_search(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct cover *c = cover_new();
    for (int round = 0; round < 3000; round++) {
        uint32_t sets[24], count = 1 + next_random(&seed) % 24, scale = 1 + next_random(&seed) % 1000;
        int64_t work = PLENTY;
        cover_begin(c);
        for (uint32_t i = 0; i < count; i++) {
            sets[i] = 0;
            for (uint32_t left = 1 + next_random(&seed) % 4; left > 0; left--)
                sets[i] |= 1u << next_random(&seed) % UNITS;
            add_bits(c, sets[i], scale);
        }
        struct interval size = cover_solve(c, 0, &work);
        assert_int_equal(size.low, size.high);
        assert_int_equal(size.high, exhaustive(sets, count));
        assert_touches_all(c, sets, count, scale, size.high);
    }
    cover_free(c);
}

static void a_unit_given_twice_counts_once(void **state)
{
    (void)state;
    struct cover *c = cover_new();
    int64_t work = PLENTY;
    cover_begin(c);
    cover_set(c, (uint32_t[]){3, 3}, 2);
    cover_set(c, (uint32_t[]){4, 4, 3}, 3);
    cover_set(c, (uint32_t[]){5, 4}, 2);
    struct interval size = cover_solve(c, 0, &work);
    assert_int_equal(size.low, 2);
    assert_int_equal(size.high, 2);
    cover_free(c);
}

/* All triples of blocks of five voices: three a block. Without work there is still an honest interval. */
static void cut_off_it_gives_an_interval_that_holds_the_answer(void **state)
{
    (void)state;
    struct cover *c = cover_new();
    for (int64_t work = 0; work < 1 << 20; work = work * 4 + 1) {
        int64_t left = work;
        cover_begin(c);
        for (uint32_t block = 0; block < 4; block++)
            for (uint32_t x = 0; x < 5; x++)
                for (uint32_t y = x + 1; y < 5; y++)
                    for (uint32_t z = y + 1; z < 5; z++)
                        cover_set(c, (uint32_t[]){5 * block + x, 5 * block + y, 5 * block + z}, 3);
        struct interval size = cover_solve(c, 0, &left);
        assert_true(size.low <= 12 && 12 <= size.high);
        uint32_t count;
        cover_chosen(c, &count);
        assert_int_equal(count, size.high);
    }
    cover_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_needs_nobody),
        cmocka_unit_test(agrees_with_exhaustive_search),
        cmocka_unit_test(a_unit_given_twice_counts_once),
        cmocka_unit_test(cut_off_it_gives_an_interval_that_holds_the_answer),
    };
    return cmocka_run_group_tests_name("cover", tests, NULL, NULL);
}
