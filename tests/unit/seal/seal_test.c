/* Sealing, signing, hashing, padding: what goes in comes out, and nothing else does. */
#include "seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int start(void **state)
{
    (void)state;
    return seal_start(NULL);
}

static void what_is_sealed_opens_with_its_key_alone(void **state)
{
    (void)state;
    struct secret *key = seal_key_new(), *other = seal_key_new();
    char sealed[11 + SEAL_OVERHEAD], plain[11];
    seal_close(key, TEXT("beside"), TEXT("the village"), sealed);
    assert_int_equal(seal_open(key, TEXT("beside"), (struct text){sealed, sizeof sealed}, plain), 0);
    assert_memory_equal(plain, "the village", 11);
    assert_int_equal(seal_open(other, TEXT("beside"), (struct text){sealed, sizeof sealed}, plain), -1);
    assert_memory_equal(plain, "\0\0\0\0\0\0\0\0\0\0\0", 11);
    assert_int_equal(seal_open(key, TEXT("besides"), (struct text){sealed, sizeof sealed}, plain), -1);
    secret_free(key);
    secret_free(other);
}

static void every_changed_bit_of_a_seal_is_seen(void **state)
{
    (void)state;
    struct secret *key = seal_key_new();
    char sealed[3 + SEAL_OVERHEAD], plain[3];
    seal_close(key, TEXT(""), TEXT("abc"), sealed);
    for (size_t bit = 0; bit < 8 * sizeof sealed; bit++) {
        sealed[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(seal_open(key, TEXT(""), (struct text){sealed, sizeof sealed}, plain), -1);
        sealed[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t length = 0; length < sizeof sealed; length++)
        assert_int_equal(seal_open(key, TEXT(""), (struct text){sealed, length}, plain), -1);
    secret_free(key);
}

static void the_same_text_is_never_sealed_to_the_same_bytes(void **state)
{
    (void)state;
    struct secret *key = seal_key_new();
    char one[3 + SEAL_OVERHEAD], two[3 + SEAL_OVERHEAD];
    seal_close(key, TEXT(""), TEXT("abc"), one);
    seal_close(key, TEXT(""), TEXT("abc"), two);
    assert_memory_not_equal(one, two, sizeof one);
    secret_free(key);
}

static void a_signature_holds_for_its_message_and_signer(void **state)
{
    (void)state;
    struct secret *seed = seal_key_new(), *other_seed = seal_key_new();
    unsigned char public_key[SEAL_PUBLIC], other[SEAL_PUBLIC], signature[SEAL_SIGNATURE];
    struct secret *signer = seal_signer(seed, public_key);
    secret_free(seal_signer(other_seed, other));
    seal_sign(signer, TEXT("it was so"), signature);
    assert_true(seal_signed(public_key, TEXT("it was so"), signature));
    assert_false(seal_signed(public_key, TEXT("it was not"), signature));
    assert_false(seal_signed(other, TEXT("it was so"), signature));
    signature[0] ^= 1;
    assert_false(seal_signed(public_key, TEXT("it was so"), signature));
    secret_free(seed);
    secret_free(other_seed);
    secret_free(signer);
}

static void a_hash_is_of_the_joined_parts(void **state)
{
    (void)state;
    /* BLAKE2b-256 of "abc": RFC 7693's algorithm with a 32-byte digest */
    static const unsigned char known[SEAL_HASH] = {0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72, 0x31, 0x71, 0xef,
                                                   0x3f, 0xee, 0x98, 0x57, 0x9b, 0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb,
                                                   0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19};
    unsigned char hash[SEAL_HASH];
    seal_hash((struct text[]){TEXT("abc")}, 1, hash);
    assert_memory_equal(hash, known, SEAL_HASH);
    seal_hash((struct text[]){TEXT("a"), TEXT(""), TEXT("bc")}, 3, hash);
    assert_memory_equal(hash, known, SEAL_HASH);
}

static void a_passphrase_gives_one_key_for_one_salt(void **state)
{
    (void)state;
    struct secret *passphrase = secret_new(5);
    memcpy(secret_bytes(passphrase), "amber", 5);
    unsigned char salt[SEAL_SALT] = {1}, other_salt[SEAL_SALT] = {2};
    const struct seal_cost cheap = {1, 8};
    struct secret *a = seal_from_passphrase(passphrase, salt, cheap, NULL);
    struct secret *b = seal_from_passphrase(passphrase, salt, cheap, NULL);
    struct secret *c = seal_from_passphrase(passphrase, other_salt, cheap, NULL);
    assert_memory_equal(secret_view(a), secret_view(b), SEAL_KEY);
    assert_memory_not_equal(secret_view(a), secret_view(c), SEAL_KEY);
    secret_free(a);
    secret_free(b);
    secret_free(c);
    secret_free(passphrase);
}

static void costs_out_of_bounds_are_not_allowed(void **state)
{
    (void)state;
    assert_true(seal_cost_allowed(seal_cost_usual()));
    assert_false(seal_cost_allowed((struct seal_cost){0, 1024}));
    assert_false(seal_cost_allowed((struct seal_cost){1, 0}));
    assert_false(seal_cost_allowed((struct seal_cost){UINT32_MAX, 1024}));
    assert_false(seal_cost_allowed((struct seal_cost){1, UINT32_MAX}));
}

static void padding_never_shortens_and_adds_at_most_an_eighth(void **state)
{
    (void)state;
    size_t different = 0, before = 0;
    for (size_t length = 0; length < 200000; length++) {
        size_t padded = seal_padded(length);
        assert_true(padded >= length);
        assert_true(padded - length <= length * 12 / 100);
        assert_true(padded >= before);
        different += padded != before;
        before = padded;
    }
    assert_true(different < 600);
    assert_int_equal(seal_padded(9), 10); /* the example of the paper */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_opens_with_its_key_alone),
        cmocka_unit_test(every_changed_bit_of_a_seal_is_seen),
        cmocka_unit_test(the_same_text_is_never_sealed_to_the_same_bytes),
        cmocka_unit_test(a_signature_holds_for_its_message_and_signer),
        cmocka_unit_test(a_hash_is_of_the_joined_parts),
        cmocka_unit_test(a_passphrase_gives_one_key_for_one_salt),
        cmocka_unit_test(costs_out_of_bounds_are_not_allowed),
        cmocka_unit_test(padding_never_shortens_and_adds_at_most_an_eighth),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
