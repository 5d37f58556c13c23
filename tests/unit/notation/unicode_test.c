/* What a text must be before it is parsed, wherever in it something else stands: UTF-8, no controls, normal form C. */
#include "reading.h"

#include <stdlib.h>
#include <string.h>

static void assert_ready(struct text source, struct text want)
{
    struct faults f = {0};
    struct buffer scratch = {0};
    struct text ready = {0};
    assert_int_equal(notation_prepare(source, &scratch, &ready, &f), 0);
    assert_int_equal(f.count, 0);
    assert_int_equal(ready.length, want.length);
    if (want.length)
        assert_memory_equal(ready.at, want.at, want.length);
    buffer_release(&scratch);
}

static void what_is_in_order_is_not_copied(void **state)
{
    (void)state;
    const struct text texts[] = {
        TEXT(""), TEXT("case \"x\"\r\n\tlanguage en\n"),
        TEXT("voice a \"Анна, 안나, 阿娜, \xc3\xa9, \xf0\x9f\x98\x80\"\n"),
        TEXT("claim c \"q\xcc\xa3 \xd7\xa9\xd6\xb8\""), /* marks that compose with nothing */
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct faults f = {0};
        struct buffer scratch = {0};
        struct text ready = {0};
        assert_int_equal(notation_prepare(texts[i], &scratch, &ready, &f), 0);
        assert_int_equal(f.count, 0);
        assert_int_equal(ready.length, texts[i].length);
        if (i < 3)
            assert_ptr_equal(ready.at, texts[i].at);
        buffer_release(&scratch);
    }
}

static void one_byte_order_mark_is_dropped(void **state)
{
    (void)state;
    assert_ready(TEXT("\xef\xbb\xbf"), TEXT(""));
    assert_ready(TEXT("\xef\xbb\xbf"
                      "case"),
                 TEXT("case"));
    assert_reads("\xef\xbb\xbf"
                 "case \"x\"\n",
                 "case \"x\"\n");
    assert_faults(
        TEXT("\xef\xbb\xbf\xef\xbb\xbf"
             "forget a\n"),
        "x:1:1: '\\xEF\\xBB\\xBFforget' does not start an entry; expected case, voice, same?, record, claim, say, "
        "deny, infer, contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, forget, destroy or retract; take out the "
        "byte "
        "order mark before it\n");
}

static void other_normal_forms_become_normal(void **state)
{
    (void)state;
    assert_ready(TEXT("e\xcc\x81"), TEXT("\xc3\xa9"));
    assert_ready(TEXT("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), TEXT("\xed\x95\x9c")); /* jamo to a syllable */
    assert_ready(TEXT("\xe2\x84\xab"), TEXT("\xc3\x85"));                             /* ångström sign */
    assert_ready(TEXT("x\xcc\x81\xcc\xa3."), TEXT("x\xcc\xa3\xcc\x81."));             /* marks in their order */
    assert_ready(TEXT("\xcc\x81\xcc\xa3"), TEXT("\xcc\xa3\xcc\x81"));                 /* at the very start */
    assert_ready(TEXT("ae\xcc\x81\xe2\x84\xab\xe2\x84\xab-o\xcc\x82\n"), TEXT("a\xc3\xa9\xc3\x85\xc3\x85-\xc3\xb4\n"));
}

/* Wherever a letter and its mark fall in the blocks that are skipped, the answer is the same. */
static void normal_form_does_not_depend_on_the_place(void **state)
{
    (void)state;
    for (size_t before = 0; before < 140; before++) {
        struct buffer source = {0}, want = {0};
        for (size_t i = 0; i < before; i++) {
            buffer_char(&source, 'x');
            buffer_char(&want, 'x');
        }
        buffer_string(&source, "e\xcc\x81");
        buffer_string(&want, "\xc3\xa9");
        for (size_t i = 0; i < 70; i++) {
            buffer_char(&source, 'y');
            buffer_char(&want, 'y');
        }
        buffer_string(&source, "a\xcc\x80");
        buffer_string(&want, "\xc3\xa0");
        assert_ready(buffer_text(&source), buffer_text(&want));
        buffer_release(&source);
        buffer_release(&want);
    }
}

static void a_broken_byte_is_told_with_its_place(void **state)
{
    (void)state;
    const char *const broken[] = {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        for (size_t before = 0; before < 130; before += 13) {
            struct buffer source = {0}, want = {0};
            struct reading r;
            for (size_t n = 0; n < before; n++)
                buffer_char(&source, n == 20 ? '\n' : 'x');
            buffer_string(&source, broken[i]);
            read_text(&r, buffer_text(&source));
            size_t column = before > 20 ? before - 20 : before + 1;
            buffer_format(
                &want,
                "x:%d:%zu: the byte \\x%02X, byte %zu of the text, is not valid UTF-8 here; save the text as UTF-8\n",
                before > 20 ? 2 : 1, column, (unsigned char)broken[i][0], before);
            assert_memory_equal(r.report.at, want.at, want.length);
            assert_int_equal(r.prepared, -1);
            reading_release(&r);
            buffer_release(&source);
            buffer_release(&want);
        }
    }
}

static void controls_are_faults_everywhere(void **state)
{
    (void)state;
    assert_faults(
        TEXT("case \"a\0b\"\n"),
        "x:1:8: a NUL, byte 7 of the text; a text holds none; take it out, or check that this is a text in the "
        "notation at all\n");
    assert_faults(TEXT("# \x01\nсase \"\x7f\"\n\xc2\x85"),
                  "x:1:3: the control character U+0001, byte 2 of the text; take it out\n"
                  "x:2:7: the control character U+007F, byte 11 of the text; take it out\n"
                  "x:3:1: the control character U+0085, byte 14 of the text; put an ordinary line end there\n");
    assert_faults(
        TEXT("case \"a\"\rcase \"b\"\r\n\r"),
        "x:1:9: a carriage return without a line feed, byte 8 of the text; end lines with a line feed, or with both\n"
        "x:2:1: a carriage return without a line feed, byte 19 of the text; end lines with a line feed, or with "
        "both\n");
}

/* The offset counts the mark that was dropped: it is where an editor for bytes finds it. */
static void the_offset_is_that_in_the_file(void **state)
{
    (void)state;
    assert_faults(TEXT("\xef\xbb\xbfx\xff"),
                  "x:1:2: the byte \\xFF, byte 4 of the text, is not valid UTF-8 here; save the text as UTF-8\n");
}

static void wide_text_is_told_as_such(void **state)
{
    (void)state;
    const char *const want = "x:1:1: the text starts like UTF-16, byte 0; expected UTF-8; save the text as UTF-8\n";
    assert_faults(TEXT("\xff\xfe"
                       "c\0a\0"),
                  want);
    assert_faults(TEXT("\xfe\xff\0c\0a"), want);
}

static void a_heap_of_marks_is_over_a_limit(void **state)
{
    (void)state;
    struct buffer source = {0};
    buffer_string(&source, "claim c \"a");
    for (unsigned i = 0; i < LIMIT_MARKS; i++)
        buffer_string(&source, i % 2 ? "\xcc\x81" : "\xcc\xa3");
    struct reading r;
    read_text(&r, buffer_text(&source));
    assert_int_equal(r.prepared, 0);
    reading_release(&r);
    buffer_string(&source, "\xcc\x81\xcc\x81\xcc\x81\"");
    assert_faults(buffer_text(&source),
                  "x:1:75: a character carries more than 64 combining marks (LIMIT_MARKS); take some out\n");
    buffer_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_order_is_not_copied),
        cmocka_unit_test(one_byte_order_mark_is_dropped),
        cmocka_unit_test(other_normal_forms_become_normal),
        cmocka_unit_test(normal_form_does_not_depend_on_the_place),
        cmocka_unit_test(a_broken_byte_is_told_with_its_place),
        cmocka_unit_test(controls_are_faults_everywhere),
        cmocka_unit_test(the_offset_is_that_in_the_file),
        cmocka_unit_test(wide_text_is_told_as_such),
        cmocka_unit_test(a_heap_of_marks_is_over_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
