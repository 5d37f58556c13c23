/* The key that signs what a case publishes: the same for every copy and device, another one for every case. */
#include "small.h"

#include "seal/minisign.h"

static struct buffer key_of(const char *path, enum log_mode mode)
{
    struct buffer key = {0};
    struct log *log = small_open(path, mode);
    struct secret *seed = log_publisher(log, &small_error);
    assert_non_null(seed);
    minisign_public(seed, &key);
    secret_free(seed);
    log_close(log);
    return key;
}

static void append_to(const char *path, const char *notation)
{
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, notation);
    log_close(log);
}

static void every_copy_and_device_signs_with_one_key(void **state)
{
    (void)state;
    const char *a = small_path("a"), *b = small_path("b");
    small_create(a);
    struct buffer fresh = key_of(a, LOG_READ);
    append_to(a, "claim c1 \"x\"\n");
    small_copy(a, b);
    append_to(b, "claim c2 \"y\"\n");
    struct buffer first = key_of(a, LOG_WRITE), second = key_of(b, LOG_READ), salvaged = key_of(b, LOG_SALVAGE);
    assert_true(text_equal(buffer_text(&fresh), buffer_text(&first)));
    assert_true(text_equal(buffer_text(&fresh), buffer_text(&second)));
    assert_true(text_equal(buffer_text(&fresh), buffer_text(&salvaged)));
    buffer_release(&fresh);
    buffer_release(&first);
    buffer_release(&second);
    buffer_release(&salvaged);
}

static void another_case_signs_with_another_key(void **state)
{
    (void)state;
    small_create(small_path("c"));
    small_create(small_path("d"));
    struct buffer c = key_of(small_path("c"), LOG_READ), d = key_of(small_path("d"), LOG_READ);
    assert_false(text_equal(buffer_text(&c), buffer_text(&d)));
    buffer_release(&c);
    buffer_release(&d);
}

static void the_file_does_not_hold_it(void **state)
{
    (void)state;
    const char *path = small_path("e");
    small_create(path);
    struct log *log = small_open(path, LOG_WRITE);
    small_append(log, "claim c1 \"x\"\n");
    struct secret *seed = log_publisher(log, &small_error);
    unsigned char public_key[SEAL_PUBLIC];
    secret_free(seal_signer(seed, public_key));
    log_close(log);
    assert_false(small_holds(path, secret_view(seed), SEAL_KEY));
    assert_false(small_holds(path, public_key, SEAL_PUBLIC));
    secret_free(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_copy_and_device_signs_with_one_key),
        cmocka_unit_test(another_case_signs_with_another_key),
        cmocka_unit_test(the_file_does_not_hold_it),
    };
    return cmocka_run_group_tests(tests, small_start, small_end);
}
