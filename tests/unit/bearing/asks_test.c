/* Whom to ask about one claim: the same as asking of the whole case. */
#include "seeing.h"

#include "bearing/bearing.h"

static const char text[] = "claim a \"A\"\nclaim b \"B\"\nclaim c \"C\"\nclaim d \"D\"\n"
                           "voice v1 \"1\"\nvoice v2 \"2\"\nvoice v3 \"3\"\nvoice v4 \"4\"\nvoice v5 \"5\"\n"
                           "say v1 a told-by v2 told-by v3 saw\nsay v1 b told-by v3 did\nsay v4 b saw\n"
                           "infer desk c from a b\ninfer desk a from c\nsay v5 d told-by v4 saw\n"
                           "say v2 d told-by v5 unstated\nsay v4 d told-by v2 saw in part\n"
                           "deny v1 c told-by v3 saw\n";

static void agrees_with_the_whole(void **state)
{
    (void)state;
    struct model *m = model_new();
    struct faults faults = {0};
    assert_int_equal(model_take(m, text_of(text), TAKE_TEXT, &faults), 0);
    struct bearing *b = bearing_new(m);
    assert_int_equal(standing_measure(bearing_graph(b), NULL), 0);
    size_t all, total = 0;
    struct ask_whom *asks = bearing_next(b, &all);
    for (uint32_t claim = 0; claim < model_claims(m); claim++) {
        size_t count, expected = 0;
        struct ask_one *ones = bearing_asks_of(b, claim, &count);
        for (size_t i = 0; i < all; i++)
            for (uint32_t k = 0; k < asks[i].count; k++) {
                if (asks[i].raises[k] != claim)
                    continue;
                bool found = false;
                for (size_t n = 0; n < count; n++)
                    found |= ones[n].voice == asks[i].voice && (uint8_t)ones[n].to == asks[i].to[k];
                assert_true(found);
                expected++;
            }
        assert_int_equal(count, expected);
        total += count;
        free(ones);
    }
    assert_int_equal(total, 2);
    bearing_asks_free(asks, all);
    bearing_free(b);
    model_free(m);
    faults_release(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_the_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
