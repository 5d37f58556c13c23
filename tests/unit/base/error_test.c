/* Errors: a sentence, where, the mend; and what the system said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/error.h"

static void setting_fills_and_returns_failure(void **state)
{
    (void)state;
    struct error e = {0};
    assert_int_equal(error_set(&e, ERROR_MISSING, "no voice '%s'", "ana"), -1);
    assert_int_equal(error_where(&e, "line %d", 4), -1);
    assert_int_equal(error_mend(&e, "declare %s", "it"), -1);
    assert_int_equal(e.code, ERROR_MISSING);
    assert_string_equal(e.what, "no voice 'ana'");
    assert_string_equal(e.where, "line 4");
    assert_string_equal(e.mend, "declare it");
}

static void a_new_error_forgets_the_old_place_and_mend(void **state)
{
    (void)state;
    struct error e = {0};
    error_set(&e, ERROR_IO, "one");
    error_where(&e, "here");
    error_mend(&e, "so");
    error_set(&e, ERROR_FULL, "two");
    assert_string_equal(e.what, "two");
    assert_string_equal(e.where, "");
    assert_string_equal(e.mend, "");
}

static void nobody_need_listen(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ERROR_IO, "x"), -1);
    assert_int_equal(error_where(NULL, "x"), -1);
    assert_int_equal(error_mend(NULL, "x"), -1);
    assert_int_equal(error_system(NULL, ENOENT, "open", "x"), -1);
}

static void a_long_sentence_is_cut_inside_its_room(void **state)
{
    (void)state;
    char name[2000];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct error e = {0};
    error_set(&e, ERROR_INPUT, "%s", name);
    error_where(&e, "%s", name);
    error_mend(&e, "%s", name);
    assert_int_equal(strlen(e.what), sizeof e.what - 1);
    assert_int_equal(strlen(e.where), sizeof e.where - 1);
    assert_int_equal(strlen(e.mend), sizeof e.mend - 1);
}

static void the_system_is_put_into_words(void **state)
{
    (void)state;
    static const struct {
        int number;
        enum error_code code;
    } known[] = {{ENOENT, ERROR_MISSING},
                 {ENOSPC, ERROR_FULL},
                 {EISDIR, ERROR_INPUT},
                 {EEXIST, ERROR_EXISTS},
                 {EROFS, ERROR_IO}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct error e = {0};
        assert_int_equal(error_system(&e, known[i].number, "open", "case.bo"), -1);
        assert_int_equal(e.code, known[i].code);
        assert_non_null(strstr(e.what, "cannot open 'case.bo': "));
        assert_true(*e.mend);
    }
    struct error e = {0};
    error_system(&e, EIO, "read", "x");
    assert_int_equal(e.code, ERROR_IO);
    assert_string_equal(e.mend, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_fills_and_returns_failure),
        cmocka_unit_test(a_new_error_forgets_the_old_place_and_mend),
        cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(a_long_sentence_is_cut_inside_its_room),
        cmocka_unit_test(the_system_is_put_into_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
