/* A batch's payload: what is encoded is decoded, and nothing cut short or out of place is. */
#include "log/payload.h"
#include "seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const unsigned char one[PAYLOAD_DEVICE] = {1}, two[PAYLOAD_DEVICE] = {2};
static const char sealed[SEAL_OVERHEAD + 3];

static void fill(struct payload_draft *d)
{
    *d = (struct payload_draft){.time = UINT64_C(0x0123456789abcdef), .entries = 2};
    payload_add_head(d, &(struct payload_head){one, 7});
    payload_add_head(d, &(struct payload_head){two, 1});
    payload_add_string(d, &(struct payload_string){12, TEXT("ana"), TEXT("0123456789abcdef"), {sealed, sizeof sealed}});
    payload_add_forget(d, &(struct payload_forget){13, TEXT("ben")});
    payload_add_retract(d, &(struct payload_retract){21, 1, 5});
    buffer_string(&d->text, "protect ana \nretract 5\n");
}

static void what_is_encoded_is_decoded(void **state)
{
    (void)state;
    struct payload_draft d;
    struct buffer bytes = {0};
    struct payload p;
    fill(&d);
    payload_encode(&d, &bytes);
    assert_int_equal(bytes.length, seal_padded(bytes.length));
    assert_int_equal(payload_decode(buffer_text(&bytes), &p), 0);
    assert_int_equal(p.time, UINT64_C(0x0123456789abcdef));
    assert_int_equal(p.entries, 2);
    assert_true(text_equal(p.text, buffer_text(&d.text)));
    struct payload_head h;
    assert_true(payload_next_head(&p.heads, &h));
    assert_memory_equal(h.device, one, PAYLOAD_DEVICE);
    assert_int_equal(h.sequence, 7);
    assert_true(payload_next_head(&p.heads, &h));
    assert_false(payload_next_head(&p.heads, &h));
    struct payload_string s;
    assert_true(payload_next_string(&p.strings, &s));
    assert_int_equal(s.at, 12);
    assert_true(text_equal(s.voice, TEXT("ana")));
    assert_true(text_equal(s.slot, TEXT("0123456789abcdef")));
    assert_int_equal(s.sealed.length, sizeof sealed);
    assert_false(payload_next_string(&p.strings, &s));
    struct payload_forget f;
    assert_true(payload_next_forget(&p.forgets, &f));
    assert_true(text_equal(f.voice, TEXT("ben")));
    struct payload_retract r;
    assert_true(payload_next_retract(&p.retracts, &r));
    assert_int_equal(r.number, 5);
    payload_draft_release(&d);
    buffer_release(&bytes);
}

static void what_is_cut_short_is_not(void **state)
{
    (void)state;
    struct payload_draft d;
    struct buffer bytes = {0};
    struct payload p;
    fill(&d);
    payload_encode(&d, &bytes);
    size_t inner = 4 + (unsigned char)bytes.at[0] + 256 * (size_t)(unsigned char)bytes.at[1];
    for (size_t length = 0; length < inner; length++)
        assert_int_equal(payload_decode((struct text){bytes.at, length}, &p), -1);
    assert_int_equal(payload_decode((struct text){bytes.at, inner}, &p), 0);
    payload_draft_release(&d);
    buffer_release(&bytes);
}

static void refused(void (*spoil)(struct payload_draft *d))
{
    struct payload_draft d;
    struct buffer bytes = {0};
    struct payload p;
    fill(&d);
    spoil(&d);
    payload_encode(&d, &bytes);
    assert_int_equal(payload_decode(buffer_text(&bytes), &p), -1);
    payload_draft_release(&d);
    buffer_release(&bytes);
}

static void heads_out_of_order(struct payload_draft *d)
{
    payload_add_head(d, &(struct payload_head){one, 1});
}

static void head_before_the_first(struct payload_draft *d)
{
    static const unsigned char three[PAYLOAD_DEVICE] = {3};
    payload_add_head(d, &(struct payload_head){three, 0});
}

static void string_behind_the_text(struct payload_draft *d)
{
    payload_add_string(d, &(struct payload_string){99, TEXT("ana"), TEXT("0123456789abcdef"), {sealed, sizeof sealed}});
}

static void string_before_another(struct payload_draft *d)
{
    payload_add_string(d, &(struct payload_string){3, TEXT("ana"), TEXT("0123456789abcdef"), {sealed, sizeof sealed}});
}

static void string_without_a_seal(struct payload_draft *d)
{
    payload_add_string(d, &(struct payload_string){12, TEXT("ana"), TEXT("0123456789abcdef"), {sealed, 39}});
}

static void number_inside_another(struct payload_draft *d)
{
    payload_add_retract(d, &(struct payload_retract){21, 1, 5});
}

static void number_nought(struct payload_draft *d)
{
    payload_add_retract(d, &(struct payload_retract){22, 1, 0});
}

static void number_behind_the_text(struct payload_draft *d)
{
    payload_add_retract(d, &(struct payload_retract){22, 9, 1});
}

static void voice_without_a_name(struct payload_draft *d)
{
    payload_add_forget(d, &(struct payload_forget){1, TEXT("")});
}

static void half_a_row(struct payload_draft *d)
{
    d->strings.length -= 5;
}

static void more_entries_than_bytes(struct payload_draft *d)
{
    d->entries = 1000;
}

static void no_line_end(struct payload_draft *d)
{
    buffer_string(&d->text, "claim");
}

static void tables_that_cannot_be_are_refused(void **state)
{
    (void)state;
    refused(heads_out_of_order);
    refused(head_before_the_first);
    refused(string_behind_the_text);
    refused(string_before_another);
    refused(string_without_a_seal);
    refused(number_inside_another);
    refused(number_nought);
    refused(number_behind_the_text);
    refused(voice_without_a_name);
    refused(half_a_row);
    refused(more_entries_than_bytes);
    refused(no_line_end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_encoded_is_decoded),
        cmocka_unit_test(what_is_cut_short_is_not),
        cmocka_unit_test(tables_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
