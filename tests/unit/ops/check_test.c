/* What is odd: each kind by a case that has it, and by one that only looks like it. */
#include "opening.h"
#include "ops/check.h"
#include "ops/next.h"
#include "ops/show.h"

static size_t count_of(const struct checked *c, enum odd odd)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        count += c->findings[i].odd == odd;
    return count;
}

static void assert_odd(const char *text, enum odd odd, size_t times)
{
    struct opened o;
    struct checked c;
    open_text(&o, text);
    check_case(&o, TEXT("2022-06-01"), &c);
    if (count_of(&c, odd) != times)
        fail_msg("%zu times, not %zu: %s", count_of(&c, odd), times, text);
    checked_release(&c);
    opened_close(&o);
}

static void each_kind_is_found(void **state)
{
    (void)state;
    static const char a[] = "voice ana \"Ana\"\nvoice ben \"Ben\"\nclaim c \"So\"\nrecord r page \"A page\"\n";
    static const struct {
        enum odd odd;
        size_t times;
        const char *more;
    } cases[] = {
        {ODD_VOICE_UNUSED, 1, "say ana c saw\nterms ben off-record\n"},
        {ODD_VOICE_UNUSED, 0, "say ana c told-by ben saw\n"},
        {ODD_VOICE_UNUSED, 0, "say ana c saw\nask ben c\n"},
        {ODD_CLAIM_UNMADE, 1, "say ana c saw in part\n"},
        {ODD_CLAIM_UNMADE, 1, "deny ana c saw\n"},
        {ODD_CLAIM_UNMADE, 0, "say ana c saw\n"},
        {ODD_SAYS_AND_DENIES, 1, "say ana c saw\ndeny ana c saw\nsay ana c did\n"},
        {ODD_SAYS_AND_DENIES, 0, "say ana c saw\ndeny ben c saw\n"},
        {ODD_CHAIN_TWICE, 1, "say ana c told-by ben told-by ana saw\n"},
        {ODD_CHAIN_TWICE, 0, "say ana c told-by ben saw\n"},
        {ODD_UNSTATED, 2, "say ana c\ndeny ben c unstated\n"},
        {ODD_UNSTATED, 0, "say ana c read r\n"},
        {ODD_NAME_TWICE, 1, "voice other \"ANÁ\"\n"},
        {ODD_NAME_TWICE, 1, "voice eve \"Eve\"\n    known-as \"Ben\"\n"},
        {ODD_NAME_TWICE, 1, "voice one \"Margaret\"\nvoice two \"Margret\"\n"},
        {ODD_NAME_TWICE, 0, "voice one \"Witness 1\"\nvoice two \"Witness 2\"\n"},
        {ODD_ID_TWICE, 1, "voice officer \"X\"\nvoice oficer \"Y\"\n"},
        {ODD_ID_TWICE, 0, "record interview-1 page \"X\"\nrecord interview-2 page \"Y\"\n"},
        {ODD_DECLARED_ANEW, 1, "claim c \"Not so\"\n    amends\n"},
        {ODD_DECLARED_ANEW, 0, "claim c \"So\"\n"},
        {ODD_TERMS_LOOSENED, 1, "terms ana off-record\nterms ana on-record\n"},
        {ODD_TERMS_LOOSENED, 0, "terms ana off-record\nterms ana on-record\n    at r p.1\n"},
        {ODD_TERMS_LOOSENED, 0, "terms ana on-record\nterms ana background\n"},
        {ODD_NOT_ASKED, 1, "claim d \"Else\"\n    accuses ben\n"},
        {ODD_NOT_ASKED, 0, "claim d \"Else\"\n    accuses ben\nask ben d\n"},
        {ODD_OVERDUE, 1, "ask ben c\n    by 2022-05-31\n"},
        {ODD_OVERDUE, 0, "ask ben c\n    by 2022-06-01\n"},
        {ODD_RECORD_UNUSED, 1, "say ana c saw\n"},
        {ODD_RECORD_UNUSED, 0, "say ana c saw at r\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer text = {0};
        buffer_string(&text, a);
        buffer_string(&text, cases[i].more);
        assert_odd(text.at, cases[i].odd, cases[i].times);
        buffer_release(&text);
    }
}

static void what_merging_left_void_is_told(void **state)
{
    (void)state;
    struct opened o;
    struct checked c;
    open_texts(&o, TAKE_LOG,
               (const char *const[]){"voice a \"A\"\n    of b\nvoice b \"B\"\n", "voice b \"B\"\n    of a\n", NULL});
    check_case(&o, TEXT("2022-06-01"), &c);
    assert_int_equal(count_of(&c, ODD_VOID), 1);
    assert_int_equal(c.findings[c.count - 1].odd == ODD_VOID ? c.findings[c.count - 1].entry : 2, 2);
    checked_release(&c);
    opened_close(&o);
}

static void it_is_told_with_entries_and_mends(void **state)
{
    (void)state;
    struct opened o;
    struct checked c;
    struct buffer out = {0};
    open_text(
        &o,
        "voice ana \"Ana\"\n    known-as \"Hidden\"\nvoice ben \"Hidden\"\nclaim c \"So\"\nsay ana c\nsay ben c saw\n");
    check_case(&o, TEXT("2022-06-01"), &c);
    check_tell(&c, &o, &plain, &out);
    assert_has(&out, "No errors in five entries (two voices, one claim). This is odd:");
    assert_has(&out, "- entry 4: 'ana' says 'c'.");
    assert_has(&out, "Ask them.");
    buffer_clear(&out);
    check_json(&c, &out);
    assert_has(&out, "{\"entry\":4,\"odd\":\"unstated\",\"what\":\"'ana' says 'c'.\"}\n");
    checked_release(&c);
    opened_close(&o);
    open_text(&o, "");
    check_case(&o, TEXT("2022-06-01"), &c);
    buffer_clear(&out);
    check_tell(&c, &o, &plain, &out);
    assert_has(&out, "Nothing is odd.");
    checked_release(&c);
    buffer_release(&out);
    opened_close(&o);
}

static void whom_to_ask_is_told_in_sentences(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    struct screen wide = {.width = 1000};
    open_text(&o, "voice ana \"Ana\"\nvoice officer \"An officer\"\nvoice boss \"The boss\"\n"
                  "claim order \"Ordered\"\n    accuses boss\nclaim fire \"Fired\"\n"
                  "say ana order told-by officer did\nsay ana fire told-by officer saw\n"
                  "claim late \"Late\"\nask boss late\n    by 2022-01-01\n");
    next_json(&o, &out);
    assert_string_equal(out.at, "{\"ask\":\"officer\",\"raises\":[\"order\",\"fire\"]}\n");
    buffer_clear(&out);
    next_sentences(&o, TEXT("2022-06-01"), &wide, &out);
    assert_has(
        &out, "Ask an officer (officer): if that voice confirms what Ana has from it, 'order' and 'fire' would rise to "
              "attested.");
    assert_has(&out, "The boss (boss) is accused by 'order' and has not been asked.");
    assert_has(&out, "The boss (boss) was asked about 'late'; the answer was due by 2022-01-01.");
    opened_close(&o);
    open_text(&o, "claim c \"So\"\n");
    buffer_clear(&out);
    next_sentences(&o, TEXT("2022-06-01"), &wide, &out);
    assert_has(&out, "Nobody who is cited and not heard");
    buffer_release(&out);
    opened_close(&o);
}

static void secrets_are_shown_on_request_alone(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    struct error error = {0};
    open_text(&o, "case \"A title\"\nvoice x \"A nurse\"\n    known-as \"Marker-1\"\n    contact \"Marker-2\"\n"
                  "    note \"Marker-3\"\nprotect x \"Marker-4\"\nclaim x \"A claim\"\nsay x x saw\n");
    show_case(&o, &plain, &out);
    assert_int_equal(show_id(&o, "x", false, &plain, &out, &error), 0);
    assert_lacks(&out, "Marker");
    assert_has(&out, "A title");
    assert_has(&out, "Four protected details; --secrets shows them.");
    assert_has(&out, "voice x");
    assert_has(&out, "claim x");
    buffer_clear(&out);
    assert_int_equal(show_id(&o, "x", true, &plain, &out, &error), 0);
    assert_has(&out, "Marker-1");
    assert_has(&out, "Marker-2");
    assert_has(&out, "Marker-3");
    assert_has(&out, "Marker-4");
    assert_int_equal(show_id(&o, "zzz", true, &plain, &out, &error), -1);
    assert_int_equal(error.code, ERROR_MISSING);
    buffer_release(&out);
    opened_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_found),
        cmocka_unit_test(what_merging_left_void_is_told),
        cmocka_unit_test(it_is_told_with_entries_and_mends),
        cmocka_unit_test(whom_to_ask_is_told_in_sentences),
        cmocka_unit_test(secrets_are_shown_on_request_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
