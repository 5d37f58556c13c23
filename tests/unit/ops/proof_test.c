/* Proofs of time as strangers send them: what is refused adds nothing and says how to mend it. */
#include "ops/proof.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* cmocka after the headers that it needs */
#include <cmocka.h>

static const char magic[] = "\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
static const char block[] = "\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x07";
static const char pending[] = "\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x00";

/* An OpenTimestamps file over a hash of zeros; the operations follow. */
static void begin(struct buffer *proof)
{
    static const char zeros[SEAL_SHA256];
    buffer_add(proof, magic, sizeof magic - 1);
    buffer_add(proof, "\x01\x08", 2);
    buffer_add(proof, zeros, sizeof zeros);
}

static int check(struct buffer *proof, struct buffer *told, struct error *error)
{
    static const unsigned char zeros[SEAL_SHA256];
    *error = (struct error){0};
    buffer_clear(told);
    int result = proof_check(buffer_text(proof), zeros, NULL, told, error);
    assert_true(result == 0 ? told->length > 0 : told->length == 0 && error->what[0] && error->mend[0]);
    buffer_release(proof);
    return result;
}

static void a_chain_of_operations_ends_in_what_it_says(void **state)
{
    struct buffer proof = {0}, told = {0};
    struct error error;
    (void)state;
    begin(&proof);
    buffer_add(&proof, block, sizeof block - 1);
    assert_string_equal(proof_form(buffer_text(&proof)), "opentimestamps");
    assert_int_equal(check(&proof, &told, &error), 0);
    assert_non_null(strstr(told.at, "block 7 "));
    begin(&proof);
    buffer_add(&proof, "\x08", 1);
    buffer_add(&proof, pending, sizeof pending - 1);
    assert_int_equal(check(&proof, &told, &error), 0);
    assert_non_null(strstr(told.at, "not in the chain yet"));
    buffer_release(&told);
}

/* What has no end, or a size that it has not, or goes on behind its end. */
static void what_is_not_whole_is_refused(void **state)
{
    static const struct text ends[] = {
        {"", 0},
        {"\x08", 1},
        {"\xff", 1},
        {"\xf0\x05"
         "abc",
         5},
        {"\xf0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 11},
        {"\xf1\x81\x80\x80\x80\x80\x80\x80\x80\x40", 10},
        {"\x55", 1},
        {"\x00\x05\x88\x96", 4},
        {"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x07 and more", 20},
    };
    struct buffer proof = {0}, told = {0};
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        begin(&proof);
        buffer_text_add(&proof, ends[i]);
        assert_int_equal(check(&proof, &told, &error), -1);
    }
    buffer_release(&told);
}

/* Branches within branches, a digest that grows, and more steps than anybody's chain has: all come to an end. */
static void what_grows_without_bound_is_refused(void **state)
{
    struct buffer proof = {0}, told = {0};
    struct error error;
    (void)state;
    begin(&proof);
    for (int i = 0; i < 1000; i++)
        buffer_string(&proof, "\xff\x08");
    assert_int_equal(check(&proof, &told, &error), -1);
    begin(&proof);
    for (int i = 0; i < 100; i++)
        buffer_format(&proof, "\xf0\x40%064d", i);
    buffer_add(&proof, block, sizeof block - 1);
    assert_int_equal(check(&proof, &told, &error), -1);
    begin(&proof);
    for (int i = 0; i < 200000; i++)
        buffer_char(&proof, 0x08);
    buffer_add(&proof, block, sizeof block - 1);
    assert_int_equal(check(&proof, &told, &error), -1);
    buffer_release(&told);
}

static void another_file_is_named_as_such(void **state)
{
    struct buffer proof = {0}, told = {0};
    struct error error;
    (void)state;
    begin(&proof);
    proof.at[proof.length - 1] = 1;
    buffer_add(&proof, block, sizeof block - 1);
    assert_int_equal(check(&proof, &told, &error), -1);
    assert_non_null(strstr(error.what, "another file"));
    buffer_string(&proof, "no proof at all");
    assert_null(proof_form(buffer_text(&proof)));
    assert_int_equal(check(&proof, &told, &error), -1);
    assert_int_equal(check(&proof, &told, &error), -1); /* an empty one */
    buffer_release(&told);
}

static void certificates_are_there_or_it_is_said(void **state)
{
    struct error error = {0};
    (void)state;
    assert_int_equal(proof_authority("/dev/null", &error), -1);
    assert_non_null(strstr(error.what, "holds no certificate"));
    assert_int_equal(proof_authority("/dev/null/nowhere", &error), -1);
    assert_non_null(strstr(error.what, "cannot open"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_of_operations_ends_in_what_it_says), cmocka_unit_test(what_is_not_whole_is_refused),
        cmocka_unit_test(what_grows_without_bound_is_refused),        cmocka_unit_test(another_file_is_named_as_such),
        cmocka_unit_test(certificates_are_there_or_it_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
