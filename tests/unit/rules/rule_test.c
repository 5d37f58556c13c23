/* Rules and the right of reply: which conditions hold, who counts as asked and as having answered. */
#include "opening.h"
#include "rules/rule.h"

static const char voices[] = "voice state \"The state\"\n"
                             "voice police \"The police\"\n    of state\n"
                             "voice chief \"The chief\"\n    of police\n"
                             "voice ana \"Ana\"\n"
                             "voice ben \"Ben\"\n";

static void open_more(struct opened *o, const char *more)
{
    open_texts(o, TAKE_TEXT, (const char *const[]){voices, more, NULL});
}

static bool meets(const struct opened *o, size_t rule, const char *id)
{
    struct rules *r = rules_new(o->model);
    struct row row = standing_row(bearing_graph(o->bearing), claim(o, id));
    bool met = rules_meets(r, rule, claim(o, id), &row);
    rules_free(r);
    return met;
}

static bool holds(const char *condition, const struct row *row)
{
    struct opened o;
    struct condition c;
    open_text(&o, "claim c \"So\"\n");
    struct rules *r = rules_new(o.model);
    assert_int_equal(condition_read(text_of(condition), &c), 0);
    bool held = rules_holds(r, &c, 0, row);
    rules_free(r);
    opened_close(&o);
    return held;
}

static void conditions_compare(void **state)
{
    (void)state;
    struct row row = {.measures[PEOPLE] = {2, 2}, .distance = 1, .keystone_count = 0};
    assert_true(holds("people >= 2", &row));
    assert_true(holds("people = 2", &row));
    assert_true(holds("people <= 2", &row));
    assert_false(holds("people > 2", &row));
    assert_false(holds("people < 2", &row));
    assert_false(holds("not people >= 2", &row));
    assert_true(holds("not people >= 3", &row));
    assert_true(holds("distance <= 1", &row));
    assert_true(holds("keystones = 0", &row));
    row.distance = GRAPH_NONE;
    assert_false(holds("distance <= 4294967294", &row));
    assert_false(holds("distance = 0", &row));
}

static void an_interval_must_meet_it_whole(void **state)
{
    (void)state;
    struct row row = {.measures[PEOPLE] = {1, 3}, .measures[AGAINST] = {0, 2}};
    assert_true(holds("people >= 1", &row));
    assert_false(holds("people >= 2", &row));
    assert_false(holds("not people >= 2", &row));
    assert_true(holds("people <= 3", &row));
    assert_false(holds("people = 2", &row));
    assert_false(holds("contested", &row));
    assert_false(holds("not contested", &row));
}

static void what_is_no_condition_is_refused(void **state)
{
    (void)state;
    struct condition c;
    static const char *const bad[] = {"",           "not",         "people",          "people >=",  "people >= two",
                                      "peple >= 2", "people => 2", "people >= 2 now", "asked >= 1", "not not asked"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(condition_read(text_of(bad[i]), &c), -1);
}

static void the_defaults_are_there(void **state)
{
    (void)state;
    struct opened o;
    open_more(&o, "claim c \"So\"\nclaim d \"Or so\"\nclaim e \"Else\"\n"
                  "say ana c saw\nsay ben c saw\nsay ana d unstated\n");
    assert_true(meets(&o, RULE_PRINT, "c"));
    assert_false(meets(&o, RULE_PRINT, "d"));
    assert_true(meets(&o, RULE_ALLEGE, "d"));
    assert_false(meets(&o, RULE_ALLEGE, "e"));
    opened_close(&o);
}

static void the_last_rule_of_a_name_holds(void **state)
{
    (void)state;
    struct opened o;
    open_more(
        &o, "claim c \"So\"\nsay ana c saw\nrule front people >= 2\nrule print people >= 5\nrule print people >= 1\n");
    assert_true(meets(&o, RULE_PRINT, "c"));
    assert_false(meets(&o, 2, "c"));
    struct rules *r = rules_new(o.model);
    assert_int_equal(rules_count(r), 3);
    assert_true(text_equal(rules_at(r, 2).name, TEXT("front")));
    assert_int_equal(rules_at(r, RULE_ALLEGE).entry, MODEL_NONE);
    rules_free(r);
    opened_close(&o);
}

static void a_rule_may_be_written_without_blanks(void **state)
{
    (void)state;
    struct opened o;
    open_more(&o, "claim c \"So\"\nsay ana c saw\nrule print people>=1,  not   contested\nrule allege people>=2\n");
    assert_true(meets(&o, RULE_PRINT, "c"));
    assert_false(meets(&o, RULE_ALLEGE, "c"));
    opened_close(&o);
}

static void a_retracted_rule_gives_way(void **state)
{
    (void)state;
    struct opened o;
    open_texts(
        &o, TAKE_TEXT,
        (const char *const[]){"voice ana \"Ana\"\nclaim c \"So\"\nsay ana c saw\nrule print people >= 1\n", NULL});
    assert_true(meets(&o, RULE_PRINT, "c"));
    opened_close(&o);
    open_texts(&o, TAKE_TEXT,
               (const char *const[]){"voice ana \"Ana\"\nclaim c \"So\"\nsay ana c saw\nrule print people >= 1\n",
                                     "retract 4\n", NULL});
    assert_false(meets(&o, RULE_PRINT, "c"));
    opened_close(&o);
}

static bool asked(const char *more, bool *answered)
{
    struct opened o;
    open_more(&o, more);
    struct hearings *h = hearings_new(o.model);
    bool result = hearings_asked(h, claim(&o, "c"));
    *answered = hearings_answered(h, claim(&o, "c"));
    hearings_free(h);
    opened_close(&o);
    return result;
}

static void one_of_its_organisation_may_be_asked(void **state)
{
    (void)state;
    bool answered;
    assert_true(asked("claim c \"So\"\n", &answered));
    assert_true(answered);
    assert_false(asked("claim c \"So\"\n    accuses chief\n", &answered));
    assert_false(asked("claim c \"So\"\n    accuses chief\nask ana c\n", &answered));
    assert_true(asked("claim c \"So\"\n    accuses chief\nask state c\n", &answered));
    assert_false(answered);
    assert_true(asked("claim c \"So\"\n    accuses state\nask chief c\n", &answered));
    assert_false(asked("claim c \"So\"\n    accuses chief, ana\nask state c\n", &answered));
    assert_false(asked("claim c \"So\"\n    accuses chief\nclaim d \"Else\"\nask chief d\n", &answered));
}

static void an_answer_comes_after_the_question(void **state)
{
    (void)state;
    bool answered;
    asked("claim c \"So\"\n    accuses chief\ndeny police c\nask chief c\n", &answered);
    assert_false(answered);
    asked("claim c \"So\"\n    accuses chief\nask chief c\ndeny police c\n", &answered);
    assert_true(answered);
    asked("claim c \"So\"\n    accuses chief\nask chief c\n    on 2020-02-01\ndeny police c\n    on 2020-01-31\n",
          &answered);
    assert_false(answered);
    asked("claim c \"So\"\n    accuses chief\nask chief c\n    answered 2020-02-01\n", &answered);
    assert_true(answered);
    asked("claim c \"So\"\n    accuses chief\nask chief c\ndeny ana c\n", &answered);
    assert_false(answered);
}

static void a_day_must_have_passed(void **state)
{
    (void)state;
    struct opened o;
    open_more(&o, "claim c \"So\"\nask chief c\n    by 2020-02-01\nask chief c\n    by 2020-02\nask chief c\n");
    struct hearings *h = hearings_new(o.model);
    uint32_t first = model_entries(o.model) - 3;
    assert_false(hearings_overdue(h, first, TEXT("2020-02-01")));
    assert_true(hearings_overdue(h, first, TEXT("2020-02-02")));
    assert_false(hearings_overdue(h, first + 1, TEXT("2020-02-29")));
    assert_true(hearings_overdue(h, first + 1, TEXT("2020-03-01")));
    assert_false(hearings_overdue(h, first + 2, TEXT("2099-01-01")));
    hearings_free(h);
    opened_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_compare),
        cmocka_unit_test(an_interval_must_meet_it_whole),
        cmocka_unit_test(what_is_no_condition_is_refused),
        cmocka_unit_test(the_defaults_are_there),
        cmocka_unit_test(the_last_rule_of_a_name_holds),
        cmocka_unit_test(a_rule_may_be_written_without_blanks),
        cmocka_unit_test(a_retracted_rule_gives_way),
        cmocka_unit_test(one_of_its_organisation_may_be_asked),
        cmocka_unit_test(an_answer_comes_after_the_question),
        cmocka_unit_test(a_day_must_have_passed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
