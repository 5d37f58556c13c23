/* Printing: what is printed gives the same case, whatever the log allowed. */
#include "taking.h"

static void assert_prints(const struct model *m, const char *want)
{
    struct buffer out = {0}, again = {0};
    model_print(m, &out);
    assert_string_equal(out.at, want);
    struct model *other = taken(TAKE_TEXT, out.at);
    model_print(other, &again);
    assert_string_equal(again.at, want);
    model_free(other);
    buffer_release(&out);
    buffer_release(&again);
}

static void every_entry_comes_back(void **state)
{
    (void)state;
    static const char *const whole =
        "case \"A \\\"case\\\"\"\n    language en\n"
        "voice ana \"Ana\"\n    of org, org2\n    known-as \"A\", forgotten\n    contact \"C\"\n    note \"N\"\n"
        "voice org \"Org\"\n"
        "voice org2 \"Org 2\"\n"
        "same? ana org\n"
        "record r1 audio \"R\"\n    file \"a.ogg\"\n    by ana\n    vouched-by org, org2\n    on 2008-09\n    from "
        "ana\n"
        "    url \"https://example.org/\"\n    note \"N\"\n"
        "claim c1 \"C\"\n    accuses org\n    count 1..2\n    on 2004\n    place \"P\"\n    note \"N\"\n"
        "claim c2 \"D\"\n"
        "say ana c1 told-by org told-by org2 read r1 in part at r1 00:12-00:31 \"words\"\n    on 2004-01-01\n"
        "deny org c1\n"
        "infer desk c2 from c1 \"because\"\n"
        "contradict c1 c2\n"
        "impugn ana by c2\n"
        "terms ana unattributed\n    on 2004\n    at r1 p.12 \"agreed\"\n    until 2030\n    only c1 c2\n"
        "    as \"a former official\"\n"
        "protect ana \"a detail\"\n    why \"so\"\n"
        "ask org c1\n    on 2004\n    by 2005\n    at r1\n    answered 2006\n"
        "rule print people >= 2, not contested\n"
        "forget ana\n    why \"asked\"\n"
        "retract 10\n    why \"wrong\"\n";
    struct model *m = taken(TAKE_TEXT, whole);
    assert_prints(m, whole);
    struct buffer out = {0};
    for (uint32_t n = 0; n < model_entries(m); n++)
        model_print_entry(m, n, &out);
    assert_string_equal(out.at, whole);
    buffer_release(&out);
    model_free(m);
}

static void a_log_is_printed_as_a_text_must_be(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_LOG, "case \"One\"\n    language fr\n" /* 1 */
                                      "voice a \"A\"\n"                 /* 2 */
                                      "voice b \"B\"\n    of a\n"       /* 3 */
                                      "voice a\n    of b\n"             /* 4: void */
                                      "claim c \"C\"\n");               /* 5 */
    assert_true(model_entry(m, 3).is_void);
    take(m, TAKE_LOG,
         "case \"Two\"\n"        /* 6 */
         "claim c \"Other\"\n"   /* 7: amends */
         "retract 4\n"           /* 8: of what is void */
         "say a c saw\n"         /* 9 */
         "retract 9\n"           /* 10 */
         "retract 9\n"           /* 11: void */
         "claim c \"Other\"\n"); /* 12 */
    assert_prints(m, "case \"Two\"\n    language fr\n"
                     "voice a \"A\"\n"
                     "voice b \"B\"\n    of a\n"
                     "claim c \"C\"\n"
                     "claim c \"Other\"\n    amends\n"
                     "say a c saw\n"
                     "retract 6\n"
                     "claim c \"Other\"\n");
    model_free(m);
}

static void amending_back_and_forth_keeps_its_marks(void **state)
{
    (void)state;
    struct model *m =
        taken(TAKE_LOG, "claim c \"A\"\nclaim c \"B\"\nclaim c\n    note \"N\"\nclaim c \"B\"\nretract 2\n"
                        "retract 4\nclaim c \"B\"\nclaim c \"A\"\n");
    assert_prints(m, "claim c \"A\"\nclaim c \"B\"\n    amends\nclaim c\n    note \"N\"\nclaim c \"B\"\n    amends\n"
                     "retract 2\nretract 4\nclaim c \"B\"\n    amends\nclaim c \"A\"\n    amends\n");
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_comes_back),
        cmocka_unit_test(a_log_is_printed_as_a_text_must_be),
        cmocka_unit_test(amending_back_and_forth_keeps_its_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
