/* Writing JSON: commas, and texts that want to get out. */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_text(struct text t, const char *expected)
{
    struct buffer out = {0};
    json_text(&out, t);
    assert_string_equal(out.at, expected);
    buffer_release(&out);
}

static void puts_commas(void **state)
{
    (void)state;
    struct buffer out = {0};
    json_open(&out, '{');
    json_key(&out, "list");
    json_open(&out, '[');
    json_number(&out, 0);
    json_bool(&out, true);
    json_none(&out);
    json_open(&out, '{');
    json_close(&out, '}');
    json_open(&out, '[');
    json_close(&out, ']');
    json_text(&out, TEXT("["));
    json_text(&out, TEXT(""));
    json_close(&out, ']');
    json_field(&out, "left-out", TEXT(""));
    json_text_field(&out, "empty", TEXT(""));
    json_number_field(&out, "n", UINT64_MAX);
    json_bool_field(&out, "b", false);
    json_close(&out, '}');
    assert_string_equal(out.at, "{\"list\":[0,true,null,{},[],\"[\",\"\"],\"empty\":\"\",\"n\":18446744073709551615,"
                                "\"b\":false}");
    buffer_char(&out, '\n');
    json_open(&out, '{');
    assert_int_equal(out.at[out.length - 2], '\n'); /* a line of its own */
    buffer_release(&out);
}

static void escapes(void **state)
{
    (void)state;
    assert_text(TEXT("a \"b\" \\ c"), "\"a \\\"b\\\" \\\\ c\"");
    assert_text(TEXT("\n\t\x01\x7f"), "\"\\u000a\\u0009\\u0001\\u007f\"");
    assert_text((struct text){"a\0b", 3}, "\"a\\u0000b\"");
    assert_text(TEXT("</script><!--"), "\"\\u003c/script\\u003e\\u003c!--\"");
    assert_text(TEXT("\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u2028\\u2029\"");
    assert_text(TEXT("\xE2\x80\xAEСлово 語 😀"), "\"\xE2\x80\xAEСлово 語 😀\""); /* turning marks are JSON */
}

static void mends_what_is_no_utf_8(void **state)
{
    (void)state;
    assert_text(TEXT("\x80"), "\"\xEF\xBF\xBD\"");
    assert_text(TEXT("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");                 /* a long '/' */
    assert_text(TEXT("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""); /* half a pair */
    assert_text(TEXT("a\xE2\x82"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");               /* cut off */
    assert_text((struct text){"\xF0\x9F\x98\x80", 3}, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_text(TEXT("\xF4\x90\x80\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_text(TEXT("\xE2\x22"), "\"\xEF\xBF\xBD\\\"\""); /* a quotation mark is not swallowed */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_commas),
        cmocka_unit_test(escapes),
        cmocka_unit_test(mends_what_is_no_utf_8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
