/* Faults: where they are, in what order they are told, how many, and how a stranger's text is quoted. */
#include "reading.h"

#include <string.h>

static void assert_quotes(struct text t, size_t most, const char *want)
{
    struct buffer out = {0};
    text_quote(t, most, &out);
    assert_string_equal(out.at ? out.at : "", want);
    buffer_release(&out);
}

static void a_place_is_a_line_and_a_character(void **state)
{
    (void)state;
    struct faults f = {0};
    struct text t = TEXT("один\nдва три\n\nx");
    const char *const at = t.at;
    faults_add(&f, t, (size_t)(strstr(at, "три") - at), "third");
    faults_add(&f, t, 0, "first");
    faults_add(&f, t, t.length, "last");
    faults_add(&f, t, (size_t)(strstr(at, "два") - at), "second");
    faults_add(&f, t, (size_t)(strstr(at, "дин") - at), "before");
    const uint32_t places[][2] = {{2, 5}, {1, 1}, {4, 2}, {2, 1}, {1, 2}};
    for (size_t i = 0; i < f.count; i++) {
        assert_int_equal(f.at[i].line, places[i][0]);
        assert_int_equal(f.at[i].column, places[i][1]);
    }
    faults_release(&f);
}

static void places_beyond_the_end_are_the_end(void **state)
{
    (void)state;
    struct faults f = {0};
    faults_add(&f, TEXT("a\nb"), 99, "x");
    assert_int_equal(f.at[0].line, 2);
    assert_int_equal(f.at[0].column, 2);
    faults_release(&f);
}

static void they_are_told_in_the_order_of_the_text(void **state)
{
    (void)state;
    struct faults f = {0};
    struct buffer out = {0};
    faults_add(&f, TEXT("a b\nc"), 4, "'%s' is wrong", "c");
    faults_mend(&f, "write '%c'", 'd');
    faults_add(&f, TEXT("a b\nc"), 2, "b");
    faults_add(&f, TEXT("a b\nc"), 0, "a");
    faults_mend(&f, "mend %d", 1);
    faults_mend(&f, "mend %d", 2);
    faults_sort(&f);
    faults_print(&f, "case.bo", &out);
    assert_string_equal(out.at, "case.bo:1:1: a; mend 2\n"
                                "case.bo:1:3: b\n"
                                "case.bo:2:1: 'c' is wrong; write 'd'\n");
    buffer_release(&out);
    faults_release(&f);
}

static void beyond_the_limit_they_are_counted(void **state)
{
    (void)state;
    struct faults f = {0};
    struct buffer out = {0};
    for (unsigned i = 0; i < LIMIT_FAULTS + 7; i++) {
        assert_int_equal(faults_full(&f), i >= LIMIT_FAULTS);
        faults_add(&f, TEXT("x"), 0, "fault %u", i);
    }
    faults_mend(&f, "for one that was not kept");
    assert_int_equal(f.count, LIMIT_FAULTS);
    assert_int_equal(f.beyond, 7);
    assert_string_equal(f.at[LIMIT_FAULTS - 1].mend, "");
    faults_print(&f, "x", &out);
    assert_non_null(strstr(out.at, "\nx: and 7 more faults, beyond the limit of 10000 that are shown\n"));
    buffer_release(&out);
    faults_release(&f);
}

static void a_mend_without_a_fault_is_nothing(void **state)
{
    (void)state;
    struct faults f = {0};
    faults_mend(&f, "x");
    assert_int_equal(f.count, 0);
    faults_release(&f);
}

static void a_quotation_shows_what_a_terminal_would_obey(void **state)
{
    (void)state;
    assert_quotes(TEXT(""), 9, "");
    assert_quotes(TEXT("Анна \"x\""), 9, "Анна \"x\"");
    assert_quotes(TEXT("a\tb\n\x1b[31m\x7f\0c"), 99, "a\\x09b\\x0A\\x1B[31m\\x7F\\x00c");
    assert_quotes(TEXT("\xc2\x9b|\xe2\x80\xae|\xef\xbb\xbf|\xe2\x80\xa8"), 99,
                  "\\xC2\\x9B|\\xE2\\x80\\xAE|\\xEF\\xBB\\xBF|\\xE2\\x80\\xA8");
    assert_quotes(TEXT("a\xff\xc3z\xed\xa0\x80"), 99, "a\\xFF\\xC3z\\xED\\xA0\\x80");
}

static void a_quotation_is_cut_between_characters(void **state)
{
    (void)state;
    assert_quotes(TEXT("абв"), 3, "абв");
    assert_quotes(TEXT("абвг"), 3, "абв…");
    assert_quotes(TEXT("абвг"), 0, "…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_a_line_and_a_character),
        cmocka_unit_test(places_beyond_the_end_are_the_end),
        cmocka_unit_test(they_are_told_in_the_order_of_the_text),
        cmocka_unit_test(beyond_the_limit_they_are_counted),
        cmocka_unit_test(a_mend_without_a_fault_is_nothing),
        cmocka_unit_test(a_quotation_shows_what_a_terminal_would_obey),
        cmocka_unit_test(a_quotation_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
