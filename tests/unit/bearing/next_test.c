/* Whom to ask next: who is a candidate, what confirming would raise, and in what order it is told. */
#include "seeing.h"

static void check(const char *entries, const char *want)
{
    struct buffer text = {0}, got = {0};
    buffer_format(&text, "%s%s", VOICES, entries);
    struct bench b = bench_of(text.at);
    size_t count;
    struct ask_whom *asks = bearing_next(b.bearing, &count);
    for (size_t i = 0; i < count; i++) {
        buffer_format(&got, "%s%.*s:", i ? "; " : "", TEXT_ARG(model_id(b.model, SPACE_VOICE, asks[i].voice)));
        for (uint32_t j = 0; j < asks[i].count; j++)
            buffer_format(&got, " %.*s to %s", TEXT_ARG(model_id(b.model, SPACE_CLAIM, asks[i].raises[j])),
                          level_word((enum level)asks[i].to[j]));
    }
    assert_string_equal(got.at ? got.at : "", want);
    bearing_asks_free(asks, count);
    bench_release(&b);
    buffer_release(&text);
    buffer_release(&got);
}

static void who_was_cited_and_never_heard(void **state)
{
    (void)state;
    check("say a x told-by b saw\n", "b: x to attested");
    check("say a x told-by b told-by c saw\n", "c: x to attested");
    check("say a x saw\n", "");
    check("", "");
}

static void who_was_heard_is_no_candidate(void **state)
{
    (void)state;
    check("say a x told-by b saw\nsay b y\n", "");
    check("say a x told-by b saw\ndeny b y\n", "");
    check("say a x told-by b saw\nsay b y in part\n", "b: x to attested");
    check("say a x told-by b saw\nsay b y\nretract 12\n", "b: x to attested");
}

static void what_is_not_firm_or_not_whole_raises_nothing(void **state)
{
    (void)state;
    check("say a x told-by b\n", "");
    check("say a x told-by b saw in part\n", "");
    check("deny a x told-by b saw\n", "");
    check("say a x told-by b saw\nretract 11\n", "");
}

static void confirming_can_bear_out(void **state)
{
    (void)state;
    check("say a x told-by b saw\nsay c x saw\n", "");
    check("say a x told-by b saw\nsay a x saw\n", "b: x to borne-out");
    check("say a x told-by b saw\nsay a x saw\ninfer desk y from x\n", "b: x to borne-out y to borne-out");
    check("say a x told-by b saw\nsay a x saw\nsame? a b\n", "");
}

static void what_was_read_keeps_its_vouchers(void **state)
{
    (void)state;
    check("say a x told-by b read by-d\nsay a x did\n", "b: x to borne-out");
    check("say a x told-by b read own\n", "");
}

static void the_chain_after_its_first_place(void **state)
{
    (void)state;
    check("say a x told-by b told-by c told-by b saw\n", "");
    check("say a x told-by c told-by b told-by c saw\nsay a y told-by b saw\n", "b: y to attested");
}

static void most_claims_first_then_by_id(void **state)
{
    (void)state;
    check("say a x told-by d saw\nsay a y told-by c saw\nsay a z told-by c saw\nsay a x told-by b saw\n",
          "c: y to attested z to attested; b: x to borne-out; d: x to borne-out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_was_cited_and_never_heard),
        cmocka_unit_test(who_was_heard_is_no_candidate),
        cmocka_unit_test(what_is_not_firm_or_not_whole_raises_nothing),
        cmocka_unit_test(confirming_can_bear_out),
        cmocka_unit_test(what_was_read_keeps_its_vouchers),
        cmocka_unit_test(the_chain_after_its_first_place),
        cmocka_unit_test(most_claims_first_then_by_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
