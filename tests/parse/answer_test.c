/* The reader of bearout-parse's answers, against answers that lie; and a run of the helper itself, whose path is the
 * one argument. */
#include "ops/parsed.h"

#include "base/limits.h"
#include "parsers/parse_answer.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static const char *helper;

static void frame(struct buffer *b, char kind, struct text t)
{
    const char head[5] = {kind, (char)(t.length >> 24), (char)(t.length >> 16), (char)(t.length >> 8), (char)t.length};
    buffer_add(b, head, sizeof head);
    buffer_text_add(b, t);
}

/* Feeds the answer in pieces of `step` bytes. */
static int fed(struct text answer, size_t step, struct parsed *out)
{
    *out = (struct parsed){0};
    struct parsing *p = parsing_new(out, NULL, NULL);
    int result = 0;
    for (size_t at = 0; result == 0 && at < answer.length; at += step)
        result = parsing_feed(p, (struct text){answer.at + at, answer.length - at < step ? answer.length - at : step});
    parsing_free(p);
    return result;
}

static void a_right_answer_is_taken_in_pieces_of_any_size(void **state)
{
    (void)state;
    struct buffer b = {0};
    buffer_string(&b, PARSE_HEAD);
    frame(&b, PARSE_MEDIA, TEXT("application/pdf"));
    frame(&b, PARSE_PAGE, TEXT(""));
    frame(&b, PARSE_TEXT, TEXT("Die T\xc3\xbcren\n"));
    frame(&b, PARSE_PAGE, TEXT(""));
    frame(&b, PARSE_FACT, TEXT("author\0Tessa Quill"));
    frame(&b, PARSE_NOTE, TEXT("\0\0\0\x04"));
    frame(&b, PARSE_CHILD, TEXT("a.txt"));
    frame(&b, PARSE_BYTES, TEXT("one"));
    frame(&b, PARSE_CLOSE, TEXT("\1"));
    frame(&b, PARSE_END, TEXT(""));
    for (size_t step = 1; step <= b.length; step += 7) {
        struct parsed p;
        assert_int_equal(fed(buffer_text(&b), step, &p), 0);
        assert_string_equal(p.media, "application/pdf");
        assert_string_equal(p.text.at, "Die T\xc3\xbcren\n");
        assert_int_equal(p.pages.count, 2);
        assert_int_equal(p.pages.at[1], 11);
        assert_string_equal(p.facts.at[0].value, "Tessa Quill");
        assert_int_equal(p.children, 1);
        assert_non_null(strstr(p.notes.at, "larger than 256 MiB"));
        parsed_release(&p);
    }
    buffer_release(&b);
}

static void lies_end_the_reading(void **state)
{
    (void)state;
    static const struct {
        char kind;
        struct text body;
    } lies[] = {
        {PARSE_MEDIA, TEXT("text/<script>")},
        {PARSE_MEDIA, TEXT("")},
        {PARSE_TEXT, TEXT("\xff\xfe")},
        {PARSE_TEXT, TEXT("a\0b")},
        {PARSE_TEXT, TEXT("\x1b[2J")},
        {PARSE_TEXT, TEXT("half \xc3")},
        {PARSE_FACT, TEXT("author")},
        {PARSE_FACT, TEXT("Author\0x")},
        {PARSE_FACT, TEXT("author\0x\ny")},
        {PARSE_NOTE, TEXT("\0\0\0\0")},
        {PARSE_NOTE, TEXT("\0\0\xff\0")},
        {PARSE_NOTE, TEXT("\1")},
        {PARSE_SIZE, TEXT("\1\2\3")},
        {PARSE_LENGTH, TEXT("\xff\xff\xff\xff\xff\xff\xff\xff")},
        {PARSE_PAGE, TEXT("x")},
        {PARSE_BYTES, TEXT("of no child")},
        {PARSE_CLOSE, TEXT("\1")},
        {PARSE_PICTURE, TEXT("that nobody asked for")},
        {'?', TEXT("")},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        struct buffer b = {0};
        struct parsed p;
        buffer_string(&b, PARSE_HEAD);
        frame(&b, lies[i].kind, lies[i].body);
        if (fed(buffer_text(&b), 3, &p) != -1)
            fail_msg("lie %zu was believed", i);
        parsed_release(&p);
        buffer_release(&b);
    }
}

static void heads_and_lengths_are_not_believed(void **state)
{
    (void)state;
    struct parsed p;
    assert_int_equal(fed(TEXT("bearout-media 1 x"), 4, &p), -1);
    parsed_release(&p);
    assert_int_equal(fed(TEXT(PARSE_HEAD "T\xff\xff\xff\xff"), 4, &p), -1);
    parsed_release(&p);
    assert_int_equal(fed(TEXT(PARSE_HEAD "E\0\0\0\0T"), 4, &p), -1);
    parsed_release(&p);
}

/* ---- the helper ---- */

static int file_of(struct text content)
{
    int fd = memfd_create("test", MFD_CLOEXEC);
    assert_int_equal(write(fd, content.at, content.length), (ssize_t)content.length);
    return fd;
}

static void a_file_is_read(void **state)
{
    (void)state;
    struct parsed p;
    struct error error = {0};
    int fd = file_of(TEXT("They came at night.\n"));
    parsed_use(helper, 60);
    assert_int_equal(parsed_run(fd, NULL, NULL, &p, &error), 0);
    assert_true(p.whole);
    assert_string_equal(p.text.at, "They came at night.\n");
    parsed_release(&p);
    close(fd);
}

static void a_helper_that_fails_costs_a_sentence(void **state)
{
    (void)state;
    static const char *const failing[] = {"/bin/false", "/bin/cat", "/usr/bin/yes"};
    for (size_t i = 0; i < sizeof failing / sizeof *failing; i++) {
        struct parsed p;
        int fd = file_of(TEXT("x"));
        parsed_use(failing[i], 5);
        assert_int_equal(parsed_run(fd, NULL, NULL, &p, NULL), 0);
        assert_false(p.whole);
        assert_non_null(strstr(p.notes.at, "Reading it went wrong"));
        parsed_release(&p);
        close(fd);
    }
}

static int no_room(void *context, struct text name)
{
    (void)name;
    ++*(int *)context;
    return -1;
}

static void children_that_cannot_be_taken_end_it(void **state)
{
    (void)state;
    int count = 0;
    const struct parsed_children full = {no_room, NULL, NULL, &count};
    struct parsed p;
    int fd = file_of(TEXT("From a@example.org Mon Jan  1 10:00:00 2024\nFrom: a\n\nx\n"));
    parsed_use(helper, 60);
    assert_int_equal(parsed_run(fd, &full, NULL, &p, NULL), -1);
    assert_int_equal(count, 1);
    parsed_release(&p);
    close(fd);
}

static void a_page_that_is_not_there_is_a_sentence(void **state)
{
    (void)state;
    struct buffer png = {0};
    struct error error = {0};
    int fd = file_of(TEXT("They came at night.\n"));
    parsed_use(helper, 60);
    assert_int_equal(parsed_page(fd, 0, 500, NULL, &png, &error), -1);
    assert_non_null(strstr(error.what, "no such page"));
    assert_int_equal(png.length, 0);
    buffer_release(&png);
    close(fd);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_answer_is_taken_in_pieces_of_any_size),
        cmocka_unit_test(lies_end_the_reading),
        cmocka_unit_test(heads_and_lengths_are_not_believed),
        cmocka_unit_test(a_file_is_read),
        cmocka_unit_test(a_helper_that_fails_costs_a_sentence),
        cmocka_unit_test(children_that_cannot_be_taken_end_it),
        cmocka_unit_test(a_page_that_is_not_there_is_a_sentence),
    };
    helper = count > 1 ? realpath(arguments[1], NULL) : ""; /* helpers run with the root as their folder */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
