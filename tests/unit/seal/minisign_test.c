/* Signatures in minisign's format: taken by minisign itself, the same every time, and with nothing told beside. */
#include "seal/minisign.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/bearout-minisign-XXXXXX";

static int start(void **state)
{
    (void)state;
    return seal_start(NULL) < 0 || !mkdtemp(folder) || chdir(folder) < 0 ? -1 : 0;
}

static int end(void **state)
{
    (void)state;
    unlink("SHA256SUMS");
    unlink("SHA256SUMS.minisig");
    unlink("minisign.pub");
    return rmdir(folder);
}

static struct secret *seed_of(unsigned char first)
{
    struct secret *seed = secret_new(SEAL_KEY);
    memset(secret_bytes(seed), 7, SEAL_KEY);
    secret_bytes(seed)[0] = first;
    return seed;
}

static void save(const char *name, struct text content)
{
    assert_int_equal(file_write(name, content, NULL), 0);
}

static void say_skipped(void)
{
    print_message("# there is no minisign to ask\n");
}

/* What minisign says to what stands in the folder: its exit status, 127 where there is no minisign. */
static int minisign_says(void)
{
    int status = system("minisign -Vm SHA256SUMS -p minisign.pub >/dev/null 2>&1");
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void sign_all(struct text content, struct buffer *signature, struct buffer *key)
{
    struct secret *seed = seed_of(1);
    minisign_sign(seed, content, signature);
    minisign_public(seed, key);
    secret_free(seed);
    save("SHA256SUMS", content);
    save("SHA256SUMS.minisig", buffer_text(signature));
    save("minisign.pub", buffer_text(key));
}

static void minisign_takes_it_and_sees_every_change(void **state)
{
    (void)state;
    static const char content[] = "0123  index.html\n4567  kittiwake/index.html\n";
    struct buffer signature = {0}, key = {0};
    sign_all(TEXT("0123  index.html\n4567  kittiwake/index.html\n"), &signature, &key);
    int said = minisign_says();
    if (said != 127) {
        assert_int_equal(said, 0);
        for (size_t i = 0; i < sizeof content - 1; i += 7) {
            char changed[sizeof content];
            memcpy(changed, content, sizeof content);
            changed[i] ^= 1;
            save("SHA256SUMS", (struct text){changed, sizeof content - 1});
            assert_int_not_equal(minisign_says(), 0);
        }
        save("SHA256SUMS", (struct text){content, sizeof content - 1});
        for (size_t i = 80; i + 4 < signature.length; i += 13) {
            char old = signature.at[i];
            signature.at[i] = old == 'A' ? 'B' : 'A';
            save("SHA256SUMS.minisig", buffer_text(&signature));
            assert_int_not_equal(minisign_says(), 0);
            signature.at[i] = old;
        }
        save("SHA256SUMS.minisig", buffer_text(&signature));
        assert_int_equal(minisign_says(), 0);
    }
    buffer_release(&signature);
    buffer_release(&key);
    if (said == 127)
        say_skipped();
}

static void an_empty_file_can_be_signed(void **state)
{
    (void)state;
    struct buffer signature = {0}, key = {0};
    sign_all(TEXT(""), &signature, &key);
    int said = minisign_says();
    buffer_release(&signature);
    buffer_release(&key);
    if (said == 127)
        say_skipped();
    else
        assert_int_equal(said, 0);
}

static void somebody_elses_key_does_not_do(void **state)
{
    (void)state;
    struct buffer signature = {0}, key = {0};
    sign_all(TEXT("a"), &signature, &key);
    struct secret *other = seed_of(2);
    buffer_clear(&key);
    minisign_public(other, &key);
    save("minisign.pub", buffer_text(&key));
    int said = minisign_says();
    secret_free(other);
    buffer_release(&signature);
    buffer_release(&key);
    if (said == 127)
        say_skipped();
    else
        assert_int_not_equal(said, 0);
}

static void the_same_content_gives_the_same_bytes(void **state)
{
    (void)state;
    struct buffer a = {0}, b = {0};
    struct secret *seed = seed_of(1);
    minisign_sign(seed, TEXT("it was so"), &a);
    minisign_sign(seed, TEXT("it was so"), &b);
    assert_true(text_equal(buffer_text(&a), buffer_text(&b)));
    secret_free(seed);
    buffer_release(&a);
    buffer_release(&b);
}

static void the_comments_are_fixed(void **state)
{
    (void)state;
    struct buffer signature = {0}, key = {0};
    struct secret *seed = seed_of(1);
    minisign_sign(seed, TEXT("it was so"), &signature);
    minisign_public(seed, &key);
    secret_free(seed);
    assert_true(
        text_starts(buffer_text(&signature), TEXT("untrusted comment: verify with minisign and the public key of "
                                                  "this publication\nRU")));
    assert_non_null(strstr(signature.at, "\ntrusted comment: signed by this publication\n"));
    assert_null(strstr(signature.at, "timestamp"));
    assert_null(strstr(signature.at, "file"));
    assert_true(text_starts(buffer_text(&key), TEXT("untrusted comment: public key of this publication\nRW")));
    buffer_release(&signature);
    buffer_release(&key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minisign_takes_it_and_sees_every_change),
        cmocka_unit_test(an_empty_file_can_be_signed),
        cmocka_unit_test(somebody_elses_key_does_not_do),
        cmocka_unit_test(the_same_content_gives_the_same_bytes),
        cmocka_unit_test(the_comments_are_fixed),
    };
    return cmocka_run_group_tests(tests, start, end);
}
