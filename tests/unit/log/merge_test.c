/* Copies of one case that are written to apart: whatever way they meet, all end with the same text. */
#include "small.h"

#include <stdio.h>
#include <unistd.h>

static void append_to(const char *path, const char *notation)
{
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, notation);
    log_close(log);
}

static void sync_files(const char *a, const char *b, uint64_t received, uint64_t sent)
{
    struct log *one = small_open(a, LOG_WRITE), *two = small_open(b, LOG_WRITE);
    uint64_t got, gave;
    if (log_sync(one, two, &got, &gave, &small_error) < 0)
        fail_msg("%s [%s]", small_error.what, small_error.where);
    assert_int_equal(got, received);
    assert_int_equal(gave, sent);
    assert_string_equal(small_text(one, 2), small_text(two, 3));
    log_close(one);
    log_close(two);
}

static void start_two(const char *a, const char *b)
{
    small_create(a);
    append_to(a, "voice ana \"Ana\"\n    contact \"555\"\nclaim c1 \"x\"\n");
    small_copy(a, b);
}

static void two_copies_end_with_the_same_text(void **state)
{
    (void)state;
    const char *a = small_path("a"), *b = small_path("b");
    start_two(a, b);
    append_to(a, "claim c2 \"from a\"\n");
    append_to(b, "claim c3 \"from b\"\n    note \"later\"\n");
    append_to(a, "say ana c2 saw\n");
    append_to(b, "protect ana \"the mill\"\n");
    sync_files(a, b, 2, 2);
    assert_string_equal(small_read(a, 0), small_read(b, 1));
    assert_string_equal(small_read(a, 0),
                        "voice ana \"Ana\"\n    contact \"555\"\nclaim c1 \"x\"\nclaim c2 \"from a\"\n"
                        "claim c3 \"from b\"\n    note \"later\"\nsay ana c2 saw\nprotect ana \"the mill\"\n");
    sync_files(b, a, 0, 0);
    struct log_report report;
    assert_int_equal(log_verify(a, &report, NULL), 0);
    assert_int_equal(report.devices, 2);
    assert_int_equal(report.batches, 5);
}

static void the_way_they_meet_does_not_matter(void **state)
{
    (void)state;
    const char *names[] = {"a", "b", "c"};
    /* each row: who meets whom, in turn; all three know all at the end */
    static const int meetings[][6] = {
        {0, 1, 1, 2, 0, 1}, {2, 1, 1, 0, 2, 1}, {0, 2, 2, 1, 0, 2}, {1, 0, 0, 2, 1, 0}, {2, 0, 0, 1, 2, 0}};
    char first[4096] = "";
    const char *origin[3] = {small_path("oa"), small_path("ob"), small_path("oc")};
    start_two(origin[0], origin[1]);
    small_copy(origin[0], origin[2]);
    append_to(origin[0], "claim a1 \"1\"\n");
    append_to(origin[1], "claim b1 \"1\"\nretract 2\n");
    append_to(origin[2], "claim c9 \"1\"\nretract 3\n");
    append_to(origin[1], "claim b2 \"2\"\nretract 4\n");
    append_to(origin[0], "protect ana \"two words\"\n");
    for (size_t row = 0; row < sizeof meetings / sizeof *meetings; row++) {
        for (int i = 0; i < 3; i++)
            small_copy(origin[i], small_path(names[i]));
        for (int i = 0; i < 6; i += 2) {
            struct log *one = small_open(small_path(names[meetings[row][i]]), LOG_WRITE);
            struct log *two = small_open(small_path(names[meetings[row][i + 1]]), LOG_WRITE);
            uint64_t got, gave;
            assert_int_equal(log_sync(one, two, &got, &gave, &small_error), 0);
            log_close(one);
            log_close(two);
        }
        for (int i = 0; i < 3; i++) {
            const char *text = small_read(small_path(names[i]), i);
            if (!*first)
                snprintf(first, sizeof first, "%s", text);
            assert_string_equal(text, first);
        }
    }
    assert_non_null(strstr(first, "claim b2"));
}

static void a_retraction_means_what_its_writer_saw(void **state)
{
    (void)state;
    const char *a = small_path("ra"), *b = small_path("rb");
    start_two(a, b); /* entries 1 and 2 */
    append_to(a, "claim a1 \"1\"\nclaim a2 \"2\"\nclaim a3 \"3\"\n");
    append_to(b, "claim b1 \"1\"\nclaim b2 \"2\"\nretract 4\nretract 2\n"); /* b2 and c1 */
    sync_files(a, b, 1, 1);
    assert_string_equal(small_read(a, 0), "voice ana \"Ana\"\n    contact \"555\"\nclaim c1 \"x\"\n"
                                          "claim a1 \"1\"\nclaim a2 \"2\"\nclaim a3 \"3\"\n"
                                          "claim b1 \"1\"\nclaim b2 \"2\"\nretract 7\nretract 2\n");
    append_to(a, "retract 6\n"); /* b1, in the merged order that a sees now */
    append_to(b, "claim b3 \"3\"\n");
    sync_files(b, a, 1, 1);
    assert_non_null(strstr(small_read(b, 0), "retract 6\n"));
}

static void numbers_of_several_digits_move_with_the_text(void **state)
{
    (void)state;
    const char *a = small_path("na"), *b = small_path("nb");
    start_two(a, b);
    struct buffer many = {0};
    for (int i = 0; i < 120; i++)
        buffer_format(&many, "claim m%d \"x\"\n", i);
    append_to(a, many.at);
    append_to(b, "claim b1 \"1\"\nprotect ana \"d\"\nretract 3\nprotect ana \"e\"\n");
    sync_files(a, b, 1, 1);
    assert_non_null(strstr(small_read(a, 0), "protect ana \"d\"\nretract 123\nprotect ana \"e\"\n"));
    assert_string_equal(small_read(a, 0), small_read(b, 1));
    buffer_release(&many);
}

static void a_copy_is_a_device_of_its_own(void **state)
{
    (void)state;
    const char *a = small_path("ca"), *b = small_path("cb");
    start_two(a, b);
    append_to(b, "claim b1 \"1\"\n");
    append_to(a, "claim a1 \"1\"\n");
    struct log *log = small_open(b, LOG_READ);
    size_t count;
    const struct log_batch *batches = log_batches(log, &count);
    assert_int_equal(count, 2);
    assert_string_not_equal(batches[0].device, batches[1].device);
    assert_int_equal(batches[1].sequence, 1);
    log_close(log);
}

static void a_fork_is_refused_with_its_place(void **state)
{
    (void)state;
    const char *a = small_path("fa"), *b = small_path("fb"), *old = small_path("fo");
    start_two(a, b);
    append_to(a, "claim a1 \"1\"\n");
    small_copy(a, old);
    append_to(a, "claim a2 \"2\"\n");
    sync_files(a, b, 0, 2);
    small_put_back(old, a); /* the same file, so the same device writes its third batch again */
    append_to(a, "claim other \"2\"\n");
    struct buffer before_a = {0}, before_b = {0}, after = {0};
    small_load(a, &before_a);
    small_load(b, &before_b);
    struct log *one = small_open(a, LOG_WRITE), *two = small_open(b, LOG_WRITE);
    uint64_t got, gave;
    struct error error = {0};
    assert_int_equal(log_sync(one, two, &got, &gave, &error), -1);
    assert_int_equal(error.code, ERROR_DAMAGED);
    assert_non_null(strstr(error.what, "fork"));
    assert_non_null(strstr(error.where, "batch 3 of device"));
    log_close(one);
    log_close(two);
    small_load(a, &after);
    assert_true(text_equal(buffer_text(&before_a), buffer_text(&after)));
    small_load(b, &after);
    assert_true(text_equal(buffer_text(&before_b), buffer_text(&after)));
    buffer_release(&before_a);
    buffer_release(&before_b);
    buffer_release(&after);
}

static void two_cases_do_not_merge(void **state)
{
    (void)state;
    const char *a = small_path("xa"), *b = small_path("xb");
    small_create(a);
    small_create(b);
    struct log *one = small_open(a, LOG_WRITE), *two = small_open(b, LOG_WRITE);
    uint64_t got, gave;
    struct error error = {0};
    assert_int_equal(log_sync(one, two, &got, &gave, &error), -1);
    assert_int_equal(error.code, ERROR_INPUT);
    log_close(one);
    log_close(two);
}

static void an_anchor_finds_what_was_there(void **state)
{
    (void)state;
    const char *a = small_path("ha"), *b = small_path("hb"), *old = small_path("ho");
    struct log_report empty, early, late;
    small_create(a);
    assert_int_equal(log_verify(a, &empty, NULL), 0);
    append_to(a, "claim c1 \"x\"\n");
    small_copy(a, b);
    append_to(b, "claim b1 \"x\"\n");
    sync_files(a, b, 1, 0);
    small_copy(a, old);
    assert_int_equal(log_verify(a, &early, NULL), 0);
    append_to(a, "claim c2 \"x\"\n");
    append_to(b, "claim b2 \"x\"\n");
    sync_files(a, b, 1, 1);
    assert_int_equal(log_verify(a, &late, NULL), 0);
    assert_string_not_equal(early.anchor, late.anchor);
    assert_int_equal(log_verify_anchor(a, text_of(empty.anchor), NULL), 0);
    assert_int_equal(log_verify_anchor(a, text_of(early.anchor), NULL), 0);
    assert_int_equal(log_verify_anchor(b, text_of(early.anchor), NULL), 0);
    assert_int_equal(log_verify_anchor(b, text_of(late.anchor), NULL), 0);

    struct error error = {0};
    assert_int_equal(log_verify_anchor(old, text_of(late.anchor), &error), -1);
    assert_int_equal(error.code, ERROR_DAMAGED);
    early.anchor[0] = early.anchor[0] == '0' ? '1' : '0';
    assert_int_equal(log_verify_anchor(a, text_of(early.anchor), &error), -1);
    assert_int_equal(error.code, ERROR_DAMAGED);
    const char *wrong[] = {"", "12", "not an anchor at all, but long enough to be one, which is sixty-four signs",
                           "0000000000000000000000000000000000000000000000000000000000000000.0123456789abcdef:"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(log_verify_anchor(a, text_of(wrong[i]), &error), -1);
        assert_int_equal(error.code, ERROR_USAGE);
    }
    small_create(b);
    assert_int_equal(log_verify_anchor(b, text_of(late.anchor), &error), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_copies_end_with_the_same_text),
        cmocka_unit_test(the_way_they_meet_does_not_matter),
        cmocka_unit_test(a_retraction_means_what_its_writer_saw),
        cmocka_unit_test(numbers_of_several_digits_move_with_the_text),
        cmocka_unit_test(a_copy_is_a_device_of_its_own),
        cmocka_unit_test(a_fork_is_refused_with_its_place),
        cmocka_unit_test(two_cases_do_not_merge),
        cmocka_unit_test(an_anchor_finds_what_was_there),
    };
    return cmocka_run_group_tests(tests, small_start, small_end);
}
