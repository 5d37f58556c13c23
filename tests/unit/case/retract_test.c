/* Retracting, and what a log forgives that a person's text does not. */
#include "taking.h"

static const char *const base = "voice ana \"Ana\"\n"
                                "claim c1 \"C\"\n"
                                "say ana c1 saw\n"
                                "record r1 page \"R\"\n"
                                "forget ana\n";

static void retracting_marks_the_entry(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, base);
    take(m, TAKE_TEXT, "retract 3\n    why \"mistaken\"\n");
    struct model_entry retract = model_entry(m, 5);
    assert_int_equal(model_retracted_entry(m, &retract), 2);
    assert_true(model_entry(m, 2).retracted);
    assert_false(retract.retracted || retract.is_void);
    assert_true(model_reworked(m, 5));
    assert_false(model_reworked(m, 6));
    model_free(m);
}

static void it_works_within_one_text(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, "voice ana \"Ana\"\nclaim c1 \"C\"\nsay ana c1 saw\nretract 3\nretract 1\n");
    assert_true(model_entry(m, 2).retracted);
    assert_false(model_declared(m, SPACE_VOICE, find(m, SPACE_VOICE, "ana")));
    assert_true(model_declared(m, SPACE_CLAIM, find(m, SPACE_CLAIM, "c1")));
    REFUSES(m, TAKE_TEXT, "say ana c1 saw\n", {1, 5, "voice 'ana' is no longer declared: entry 1", "declare it again"});
    REFUSES(m, TAKE_TEXT, "voice ana\n    note \"back\"\n", {1, 7, "voice 'ana' has no name", ""});
    take(m, TAKE_TEXT, "say ana c1 saw\nvoice ana \"Another Ana\"\n");
    assert_attribute(m, SPACE_VOICE, "ana", FIELD_NAME, "Another Ana");
    model_free(m);
}

static void what_cannot_be_retracted(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, base);
    REFUSES(m, TAKE_TEXT, "retract 7\n", {1, 9, "no such entry before this one, which is entry 6", ""});
    REFUSES(m, TAKE_TEXT, "retract 6\n", {1, 9, "no such entry before", ""});
    REFUSES(m, TAKE_TEXT, "retract 99999999999999999999999\n", {1, 9, "", ""});
    REFUSES(m, TAKE_TEXT, "retract 4294967295\n", {1, 9, "no such entry before", ""});
    REFUSES(m, TAKE_TEXT, "retract 5\n", {1, 9, "entry 5 is a 'forget', which cannot be undone", ""});
    REFUSES(m, TAKE_TEXT, "retract 3\nretract 3\n", {2, 9, "entry 3 is retracted already", ""});
    take(m, TAKE_TEXT, "retract 3\n");
    REFUSES(m, TAKE_TEXT, "retract 6\n", {1, 9, "entry 6 is a 'retract', which cannot be undone", ""});
    model_free(m);
}

static void a_declaration_in_use_stays(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, base);
    REFUSES(m, TAKE_TEXT, "retract 1\nretract 2\n",
            {1, 9, "entry 1 declares voice 'ana', which entry 3 uses", "entry 3 first"},
            {2, 9, "entry 2 declares claim 'c1', which entry 3 uses", ""});
    take(m, TAKE_TEXT, "retract 4\n");
    assert_false(model_declared(m, SPACE_RECORD, find(m, SPACE_RECORD, "r1")));
    REFUSES(m, TAKE_TEXT, "retract 3\nretract 2\nretract 1\n", {3, 9, "voice 'ana', which entry 5 uses", ""});
    take(m, TAKE_TEXT, "retract 3\nretract 2\n");
    model_free(m);
}

static void an_amendment_uses_what_it_amends(void **state)
{
    (void)state;
    struct model *m =
        taken(TAKE_TEXT, "voice ana \"Ana\"\nvoice ana\n    note \"N\"\nvoice eva \"Eva\"\nvoice eva \"Ewa\"\n"
                         "    amends\n");
    REFUSES(m, TAKE_TEXT, "retract 1\n", {1, 9, "which entry 2 uses", ""});
    take(m, TAKE_TEXT, "retract 3\n");
    assert_attribute(m, SPACE_VOICE, "eva", FIELD_NAME, "Ewa");
    take(m, TAKE_TEXT, "retract 1\nretract 2\n");
    model_free(m);
}

static void a_retraction_that_brings_back_a_ring(void **state)
{
    (void)state;
    const char *text = "voice a \"A\"\n    of b\nvoice b \"B\"\nvoice c \"C\"\nvoice a\n    of c\nvoice b\n    of a\n";
    struct model *m = taken(TAKE_TEXT, text);
    REFUSES(m, TAKE_TEXT, "claim x \"X\"\nretract 4\n", {2, 9, "a ring of 'of': 'a' is of 'b' is of 'a'", ""});
    take(m, TAKE_LOG, "claim x \"X\"\nretract 4\n");
    assert_true(model_entry(m, 6).is_void);
    assert_false(model_entry(m, 3).retracted);
    assert_list(m, SPACE_VOICE, "a", FIELD_OF, "c");
    take(m, TAKE_TEXT, "retract 5\nretract 4\n");
    assert_list(m, SPACE_VOICE, "a", FIELD_OF, "b");
    model_free(m);
}

static void a_log_amends_without_a_mark(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_LOG, "case \"One\"\ncase \"Two\"\nclaim c1 \"One\"\nclaim c1 \"Two\"\n");
    assert_attribute(m, SPACE_CLAIM, "c1", FIELD_SENTENCE, "Two");
    model_free(m);
}

static void a_log_makes_void_what_others_overtook(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_LOG, "voice ana \"Ana\"\n" /* 1 */
                                      "claim c1 \"C\"\n"    /* 2 */
                                      "say ana c1 saw\n"    /* 3 */
                                      "retract 3\n"         /* 4 */
                                      "retract 3\n"         /* 5: twice */
                                      "retract 1\n"         /* 6: 7 uses it */
                                      "say ana c1 did\n"    /* 7 */
                                      "retract 4\n"         /* 8: a retract */
                                      "retract 50\n"        /* 9: not there */
                                      "voice x \"X\"\n"     /* 10 */
                                      "    of y\n"
                                      "voice y \"Y\"\n" /* 11 */
                                      "voice y\n"       /* 12: closes a ring */
                                      "    of x\n"
                                      "    note \"N\"\n");
    static const bool void_wanted[] = {false, false, false, false, true, true, false, true, true, false, false, true};
    for (uint32_t n = 0; n < 12; n++)
        assert_int_equal(model_entry(m, n).is_void, void_wanted[n]);
    for (uint32_t n = 0; n < 12; n++)
        assert_int_equal(model_entry(m, n).retracted, n == 2);
    assert_attribute(m, SPACE_VOICE, "ana", FIELD_NAME, "Ana");
    assert_list(m, SPACE_VOICE, "x", FIELD_OF, "y");
    assert_list(m, SPACE_VOICE, "y", FIELD_OF, "");
    assert_attribute(m, SPACE_VOICE, "y", FIELD_NOTE, "");
    model_free(m);
}

/* Retracting Ana is void since Eva, who is of Ana's, cannot be retracted herself. */
static void void_retractions_are_followed_up(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_LOG, "voice ana \"Ana\"\nvoice eva \"Eva\"\n    of ana\nclaim c \"C\"\n"
                                      "retract 2\nretract 1\nsay eva c saw\n");
    assert_true(model_entry(m, 3).is_void);
    assert_true(model_entry(m, 4).is_void);
    assert_true(model_declared(m, SPACE_VOICE, find(m, SPACE_VOICE, "ana")));
    assert_list(m, SPACE_VOICE, "eva", FIELD_OF, "ana");
    model_free(m);
}

static void several_rings_in_a_log(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_LOG, "voice a \"A\"\nvoice b \"B\"\nvoice c \"C\"\n"
                                      "voice a\n    of b, c\n"
                                      "voice b\n    of c\n"
                                      "voice c\n    of a, b\n"
                                      "voice b\n    of b\n");
    assert_false(model_entry(m, 3).is_void);
    assert_false(model_entry(m, 4).is_void);
    assert_true(model_entry(m, 5).is_void);
    assert_true(model_entry(m, 6).is_void);
    assert_list(m, SPACE_VOICE, "b", FIELD_OF, "c");
    model_free(m);
}

static void a_log_still_refuses_what_nothing_declares(void **state)
{
    (void)state;
    struct model *m = model_new();
    REFUSES(m, TAKE_LOG, "voice ana \"Ana\"\nclaim c \"C\"\nsay anna c saw\nvoice eva\n",
            {3, 5, "voice 'anna' is not declared", "did you mean 'ana'?"}, {4, 7, "voice 'eva' has no name", ""});
    REFUSES(m, TAKE_LOG, "say ana c saww\n", {1, 5, "", ""}, {1, 9, "", ""}, {1, 11, "", ""});
    model_free(m);
}

/* A log that grew text by text reads the same when it is taken in one. */
static void a_log_in_one_is_the_log_in_pieces(void **state)
{
    (void)state;
    static const char *const pieces[] = {"case \"A\"\nvoice ana \"Ana\"\nclaim c1 \"C\"\nsay ana c1 saw\n",
                                         "retract 4\nretract 2\n",
                                         "voice ana \"Another\"\n    of org\nvoice org \"Org\"\nsay ana c1 did\n",
                                         "claim c1 \"D\"\nvoice ana\n    of desk\n",
                                         "voice org\n    of ana\n",
                                         "case \"B\"\nretract 10\nask org c1\n"};
    struct model *grown = model_new();
    struct buffer whole = {0}, one = {0}, other = {0};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        take(grown, TAKE_TEXT, pieces[i]);
        buffer_string(&whole, pieces[i]);
    }
    struct model *at_once = taken(TAKE_LOG, whole.at);
    see(grown, &one);
    see(at_once, &other);
    assert_string_equal(one.at, other.at);
    buffer_release(&whole);
    buffer_release(&one);
    buffer_release(&other);
    model_free(grown);
    model_free(at_once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retracting_marks_the_entry),
        cmocka_unit_test(it_works_within_one_text),
        cmocka_unit_test(what_cannot_be_retracted),
        cmocka_unit_test(a_declaration_in_use_stays),
        cmocka_unit_test(an_amendment_uses_what_it_amends),
        cmocka_unit_test(a_retraction_that_brings_back_a_ring),
        cmocka_unit_test(a_log_amends_without_a_mark),
        cmocka_unit_test(a_log_makes_void_what_others_overtook),
        cmocka_unit_test(void_retractions_are_followed_up),
        cmocka_unit_test(several_rings_in_a_log),
        cmocka_unit_test(a_log_still_refuses_what_nothing_declares),
        cmocka_unit_test(a_log_in_one_is_the_log_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
