/* Text on a terminal: columns, cutting, wrapping, and what must not reach it. */
#include "opening.h"

static void columns_are_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_columns(TEXT("")), 0);
    assert_int_equal(text_columns(TEXT("abc")), 3);
    assert_int_equal(text_columns(TEXT("Якубов")), 6);
    assert_int_equal(text_columns(TEXT("e\xCC\x81")), 1);    /* e and a combining acute */
    assert_int_equal(text_columns(TEXT("新聞")), 4);         /* wide */
    assert_int_equal(text_columns(TEXT("\xE2\x80\x8D")), 0); /* zero-width joiner */
    assert_int_equal(text_columns(TEXT("\xFF\xFE")), 2);     /* no character: shown as U+FFFD each */
}

static void assert_cut(const char *text, unsigned columns, const char *expected, unsigned used)
{
    struct buffer out = {0};
    assert_int_equal(text_cut(text_of(text), columns, &out), used);
    assert_string_equal(out.length ? out.at : "", expected);
    buffer_release(&out);
}

static void cutting_keeps_letters_with_their_marks(void **state)
{
    (void)state;
    assert_cut("short", 5, "short", 5);
    assert_cut("shorter", 5, "shor…", 5);
    assert_cut("two words", 5, "two…", 4);
    assert_cut("新聞記者", 5, "新聞…", 5);
    assert_cut("新聞記者", 4, "新…", 3);
    assert_cut("e\xCC\x81"
               "e\xCC\x81",
               2,
               "e\xCC\x81"
               "e\xCC\x81",
               2);
    assert_cut("e\xCC\x81xyz", 2, "e\xCC\x81…", 2);
    assert_cut("any", 0, "", 0);
}

static void padding_fills_the_column(void **state)
{
    (void)state;
    struct buffer out = {0};
    text_pad(TEXT("新"), 4, &out);
    text_pad(TEXT("abcdef"), 3, &out);
    assert_string_equal(out.at, "新  ab…");
    buffer_release(&out);
}

static void wrapping_breaks_at_blanks(void **state)
{
    (void)state;
    struct buffer out = {0};
    text_wrap(TEXT("one two three  four"), 9, 0, 2, &out);
    assert_string_equal(out.at, "one two\n  three\n  four\n");
    buffer_clear(&out);
    text_wrap(TEXT("a-word-that-is-too-long to fit"), 8, 0, 0, &out);
    assert_string_equal(out.at, "a-word-that-is-too-long\nto fit\n");
    buffer_clear(&out);
    text_wrap(TEXT("新聞記者新聞記者"), 8, 0, 0, &out);
    assert_string_equal(out.at, "新聞記者\n新聞記者\n");
    buffer_clear(&out);
    text_wrap(TEXT("   "), 8, 0, 0, &out);
    assert_int_equal(out.length, 0);
    buffer_release(&out);
}

static void nothing_can_turn_the_line_round(void **state)
{
    (void)state;
    struct buffer out = {0};
    text_clean(TEXT("a\xE2\x80\xAE"
                    "b\xE2\x81\xA6"
                    "c\nd\xC2\x9B"),
               &out);
    assert_string_equal(out.at, "a\\u202Eb\\u2066c d\\u009B");
    buffer_clear(&out);
    text_clean(TEXT("שלום\xE2\x80\x8F"), &out); /* a mark of direction alone may stay */
    assert_string_equal(out.at, "שלום\xE2\x80\x8F");
    buffer_release(&out);
}

static void mark(struct buffer *out, enum tone tone, struct text t)
{
    buffer_format(out, "<%d:%.*s>", (int)tone, TEXT_ARG(t));
}

static void tones_are_left_out_where_nobody_paints(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct screen painted = {80, mark};
    screen_paint(&plain, &out, TONE_BAD, TEXT("x"));
    screen_paint(&painted, &out, TONE_PLAIN, TEXT("y"));
    screen_paint(&painted, &out, TONE_HEAD, TEXT("z"));
    assert_string_equal(out.at, "xy<1:z>");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_not_bytes),           cmocka_unit_test(cutting_keeps_letters_with_their_marks),
        cmocka_unit_test(padding_fills_the_column),        cmocka_unit_test(wrapping_breaks_at_blanks),
        cmocka_unit_test(nothing_can_turn_the_line_round), cmocka_unit_test(tones_are_left_out_where_nobody_paints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
