/* Secrets: their length, their wiping, and what seal_start() forbids. */
#include "seal/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cmocka.h>

static int start(void **state)
{
    (void)state;
    return seal_start(NULL);
}

static void starts_zeroed_and_knows_its_length(void **state)
{
    (void)state;
    struct secret *s = secret_new(100);
    assert_int_equal(secret_length(s), 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(secret_view(s)[i], 0);
    secret_free(s);
}

static void shortening_wipes_what_is_cut_off(void **state)
{
    (void)state;
    struct secret *s = secret_new(16);
    memcpy(secret_bytes(s), "a passphrase now", 16);
    secret_shorten(s, 4);
    assert_int_equal(secret_length(s), 4);
    assert_memory_equal(secret_view(s), "a pa\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    secret_free(s);
}

static void none_is_fine(void **state)
{
    (void)state;
    secret_free(NULL);
    struct secret *empty = secret_new(0);
    assert_int_equal(secret_length(empty), 0);
    secret_free(empty);
}

static void no_core_is_dumped_and_no_debugger_let_in(void **state)
{
    (void)state;
    struct rlimit core;
    assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
    assert_int_equal(core.rlim_cur, 0);
    assert_int_equal(core.rlim_max, 0);
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_zeroed_and_knows_its_length),
        cmocka_unit_test(shortening_wipes_what_is_cut_off),
        cmocka_unit_test(none_is_fine),
        cmocka_unit_test(no_core_is_dumped_and_no_debugger_let_in),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
