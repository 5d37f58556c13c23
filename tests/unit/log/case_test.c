/* A case file's life: made, opened, added to, read; and every way it can be refused. */
#include "small.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ENTRIES[] = "case \"The bridge\"\n"
                              "voice ana \"Ana\"\n"
                              "    known-as \"Nadia \\\"N\\\"\", \"N. N.\"\n"
                              "    contact \"555\"\n"
                              "    note \"met twice\"\n"
                              "claim c1 \"It fell\"\n"
                              "say ana c1 saw\n"
                              "protect ana \"the village\"\n"
                              "    why \"few live there\"\n";

static void what_was_added_is_read_again(void **state)
{
    (void)state;
    const char *path = small_path("a");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    assert_string_equal(small_text(log, 0), "");
    small_append(log, ENTRIES);
    assert_string_equal(small_text(log, 0), ENTRIES);
    small_append(log, "claim c2 \"It was old\"\n");
    log_close(log);
    char both[1024];
    snprintf(both, sizeof both, "%sclaim c2 \"It was old\"\n", ENTRIES);
    assert_string_equal(small_read(path, 0), both);
}

static void batches_tell_who_and_which_entries(void **state)
{
    (void)state;
    const char *path = small_path("b");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, ENTRIES);
    small_append(log, "claim c2 \"x\"\nclaim c3 \"y\"\n");
    size_t count;
    const struct log_batch *batches = log_batches(log, &count);
    assert_int_equal(count, 2);
    assert_int_equal(batches[0].sequence, 1);
    assert_int_equal(batches[0].first_entry, 0);
    assert_int_equal(batches[0].entries, 5);
    assert_int_equal(batches[1].sequence, 2);
    assert_int_equal(batches[1].first_entry, 5);
    assert_int_equal(batches[1].entries, 2);
    assert_string_equal(batches[0].device, batches[1].device);
    assert_true(batches[0].time > UINT64_C(1600000000000));
    log_close(log);
}

static void a_device_goes_on_with_its_chain(void **state)
{
    (void)state;
    const char *path = small_path("c");
    small_create(path);
    for (int i = 0; i < 3; i++) {
        struct log *log = small_open(path, LOG_WRITE);
        small_append(log, "claim c1 \"x\"\n");
        log_close(log);
    }
    struct log_report report;
    assert_int_equal(log_verify(path, &report, NULL), 0);
    assert_int_equal(report.devices, 1);
    assert_int_equal(report.batches, 3);
}

static void comments_and_blank_lines_between_entries_are_not_kept(void **state)
{
    (void)state;
    const char *path = small_path("d");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "# to self\n\nclaim c1 \"x\"\r\n\r\n# more\r\nclaim c2 \"y\"");
    assert_string_equal(small_text(log, 0), "claim c1 \"x\"\nclaim c2 \"y\"\n");
    small_append(log, "# nothing but this\n");
    size_t count;
    log_batches(log, &count);
    assert_int_equal(count, 1);
    log_close(log);
}

static void a_text_with_mistakes_is_not_taken_and_not_quoted(void **state)
{
    (void)state;
    const char *path = small_path("e");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "claim c1 \"x\"\n");
    const char *bad[] = {"claim c2 \"y\"\nclaim c3 \"open secretword\n",
                         "secretword\n",
                         "claim \xff\n",
                         "retract 7\n",
                         "retract 99999999999999999999999\n",
                         "claim c9 \"z\"\nretract 3\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error error = {0};
        assert_int_equal(log_append(log, text_of(bad[i]), &error), -1);
        assert_int_equal(error.code, ERROR_INPUT);
        assert_null(strstr(error.what, "secretword"));
        assert_string_equal(small_text(log, 0), "claim c1 \"x\"\n");
    }
    small_append(log, "claim c4 \"after\"\nretract 2\n");
    log_close(log);
    assert_string_equal(small_read(path, 0), "claim c1 \"x\"\nclaim c4 \"after\"\nretract 2\n");
}

static void a_large_text_is_cut_into_batches_and_comes_back_whole(void **state)
{
    (void)state;
    const char *path = small_path("f");
    const struct log_making making = {.cost = {1, 8}};
    assert_int_equal(log_create_as(path, small_passphrase(), &making, NULL), 0);
    struct buffer large = {0};
    for (int i = 0; i < 60000; i++) {
        buffer_format(&large, "claim c%d \"Claim number %d of a large import\"\n", i, i);
        if (i % 1000 == 999)
            buffer_format(&large, "retract %d\n", i - 500);
        if (i % 5000 == 0)
            buffer_format(&large, "protect v%d \"detail %d\"\n", i, i);
    }
    struct log *log = small_open(path, LOG_WRITE);
    assert_int_equal(log_append(log, buffer_text(&large), &small_error), 0);
    size_t count;
    log_batches(log, &count);
    assert_true(count >= 3);
    log_close(log);
    assert_string_equal(small_read(path, 0), large.at);
    buffer_release(&large);
}

static void reading_writes_nothing(void **state)
{
    (void)state;
    const char *path = small_path("g");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, ENTRIES);
    log_close(log);
    struct buffer before = {0}, after = {0};
    struct stat was, is;
    int files = small_files();
    small_load(path, &before);
    stat(path, &was);
    small_read(path, 0);
    log = small_open(path, LOG_SALVAGE);
    assert_int_equal(log_salvaged(log).length, 0);
    assert_string_equal(small_text(log, 0), ENTRIES);
    log_close(log);
    log_close(small_open(path, LOG_WRITE));
    stat(path, &is);
    small_load(path, &after);
    assert_int_equal(was.st_mtim.tv_nsec, is.st_mtim.tv_nsec);
    assert_int_equal(before.length, after.length);
    assert_memory_equal(before.at, after.at, before.length);
    assert_int_equal(small_files(), files);
    buffer_release(&before);
    buffer_release(&after);
}

static void one_writer_at_a_time_and_readers_beside(void **state)
{
    (void)state;
    const char *path = small_path("h");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_refused(path, LOG_WRITE, ERROR_BUSY);
    small_append(log, "claim c1 \"x\"\n");
    small_refused(path, LOG_WRITE, ERROR_BUSY);
    assert_string_equal(small_read(path, 0), "claim c1 \"x\"\n");
    small_append(log, "claim c2 \"y\"\n");
    log_close(log);
    log_close(small_open(path, LOG_WRITE));
}

static void a_wrong_passphrase_is_one_sentence(void **state)
{
    (void)state;
    const char *path = small_path("i");
    small_create(path);
    struct secret *wrong = secret_new(14);
    memcpy(secret_bytes(wrong), "amber and salv", 14);
    assert_null(log_open(path, wrong, LOG_READ, &small_error));
    assert_int_equal(small_error.code, ERROR_PASSPHRASE);
    assert_string_equal(small_error.what, "this is not the passphrase of the case");
    secret_shorten(wrong, 0);
    assert_null(log_open(path, wrong, LOG_READ, &small_error));
    assert_int_equal(small_error.code, ERROR_USAGE);
    assert_int_equal(log_create(small_path("none"), wrong, &small_error), -1);
    assert_int_equal(access(small_path("none"), F_OK), -1);
    secret_free(wrong);
}

static void what_is_there_is_not_overwritten(void **state)
{
    (void)state;
    const char *path = small_path("j");
    small_save(path, TEXT("mine"));
    int files = small_files();
    const struct log_making making = {.cost = {1, 8}};
    assert_int_equal(log_create_as(path, small_passphrase(), &making, &small_error), -1);
    assert_int_equal(small_error.code, ERROR_EXISTS);
    assert_int_equal(log_create_as(small_path("no/such/folder"), small_passphrase(), &making, &small_error), -1);
    assert_int_equal(small_error.code, ERROR_MISSING);
    assert_true(small_holds(path, "mine", 4));
    assert_int_equal(small_files(), files);
    struct stat info;
    small_create(small_path("k"));
    stat(small_path("k"), &info);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void what_is_no_case_is_refused(void **state)
{
    (void)state;
    char noise[4096];
    memset(noise, 'n', sizeof noise);
    small_save(small_path("empty"), TEXT(""));
    small_save(small_path("text"), TEXT("voice ana \"Ana\"\n"));
    small_save(small_path("noise"), (struct text){noise, sizeof noise});
    for (int mode = LOG_READ; mode <= LOG_SALVAGE; mode++) {
        small_refused(small_path("missing"), (enum log_mode)mode, ERROR_MISSING);
        small_refused(small_folder, (enum log_mode)mode, ERROR_INPUT);
        assert_non_null(strstr(small_error.what, "is a folder"));
        small_refused(small_path("empty"), (enum log_mode)mode, ERROR_INPUT);
        assert_non_null(strstr(small_error.what, "is empty"));
        small_refused(small_path("text"), (enum log_mode)mode, ERROR_INPUT);
        small_refused(small_path("noise"), (enum log_mode)mode, ERROR_INPUT);
    }
    small_refused("/dev/null", LOG_READ, ERROR_INPUT);
}

static void patched(const char *path, size_t at, unsigned char byte)
{
    struct buffer bytes = {0};
    small_load(small_path("whole"), &bytes);
    bytes.at[at] = (char)byte;
    small_save(path, buffer_text(&bytes));
    buffer_release(&bytes);
}

static void other_formats_are_told_apart(void **state)
{
    (void)state;
    const char *path = small_path("other");
    small_create(small_path("whole"));
    patched(path, 63, 2); /* user_version */
    small_refused(path, LOG_READ, ERROR_VERSION);
    patched(path, 63, 0);
    small_refused(path, LOG_READ, ERROR_DAMAGED);
    patched(path, 68, 'b'); /* application_id */
    small_refused(path, LOG_READ, ERROR_INPUT);
    patched(path, 19, 2); /* write-ahead logging, which would write beside it */
    small_refused(path, LOG_READ, ERROR_DAMAGED);
    assert_int_equal(access(small_path("other-wal"), F_OK), -1);
    assert_int_equal(access(small_path("other-shm"), F_OK), -1);
}

static void a_file_cut_short_anywhere_is_refused(void **state)
{
    (void)state;
    const char *path = small_path("l");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, ENTRIES);
    small_append(log, "claim c2 \"y\"\n");
    log_close(log);
    struct buffer whole = {0};
    small_load(path, &whole);
    assert_true(whole.length > 10 * 512);
    for (size_t length = 0; length < whole.length; length += length % 512 ? 1 : 511) {
        small_save(path, (struct text){whole.at, length});
        small_refused(path, LOG_READ, length < 512 ? ERROR_INPUT : ERROR_DAMAGED);
        small_refused(path, LOG_WRITE, length < 512 ? ERROR_INPUT : ERROR_DAMAGED);
        struct log_report report;
        assert_int_equal(log_verify(path, &report, &small_error), -1);
    }
    buffer_release(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_read_again),
        cmocka_unit_test(batches_tell_who_and_which_entries),
        cmocka_unit_test(a_device_goes_on_with_its_chain),
        cmocka_unit_test(comments_and_blank_lines_between_entries_are_not_kept),
        cmocka_unit_test(a_text_with_mistakes_is_not_taken_and_not_quoted),
        cmocka_unit_test(a_large_text_is_cut_into_batches_and_comes_back_whole),
        cmocka_unit_test(reading_writes_nothing),
        cmocka_unit_test(one_writer_at_a_time_and_readers_beside),
        cmocka_unit_test(a_wrong_passphrase_is_one_sentence),
        cmocka_unit_test(what_is_there_is_not_overwritten),
        cmocka_unit_test(what_is_no_case_is_refused),
        cmocka_unit_test(other_formats_are_told_apart),
        cmocka_unit_test(a_file_cut_short_anywhere_is_refused),
    };
    return cmocka_run_group_tests(tests, small_start, small_end);
}
