/* What a person's text must be: each rule that it can break, its place, its mend; and that a text
 * with a fault leaves the model as it was (refuse() in taking.h looks at all of it, every time). */
#include "taking.h"

static void ids_must_be_declared(void **state)
{
    (void)state;
    TEXT_REFUSES("voice ana \"Ana\"\n"
                 "claim c11 \"It happened\"\n"
                 "say ana c12 told-by anna saw\n"
                 "say ana c11 read paper\n",
                 {3, 9, "claim 'c12' is not declared", "did you mean 'c11'?"},
                 {3, 21, "voice 'anna' is not declared", "did you mean 'ana'?"},
                 {4, 18, "record 'paper' is not declared", "declare it: record paper"});
}

static void every_field_with_an_id_is_looked_at(void **state)
{
    (void)state;
    TEXT_REFUSES("voice v \"V\"\n    of o1\n"
                 "record r page \"R\"\n    by o2\n    vouched-by o3\n    from o4\n"
                 "claim c \"C\"\n    accuses o5\n"
                 "same? v o6\n"
                 "say v c at r1\n"
                 "infer o7 c from d1\n"
                 "contradict c d2\n"
                 "impugn o8 by d3\n"
                 "terms o9 background\n    only d4\n    at r2\n"
                 "protect o10 \"x\"\n"
                 "ask v d5\n"
                 "forget o11\n",
                 {2, 8, "voice 'o1'", ""}, {4, 8, "voice 'o2'", ""}, {5, 16, "voice 'o3'", ""},
                 {6, 10, "voice 'o4'", ""}, {8, 13, "voice 'o5'", ""}, {9, 9, "voice 'o6'", ""},
                 {10, 12, "record 'r1'", ""}, {11, 7, "voice 'o7'", ""}, {11, 17, "claim 'd1'", ""},
                 {12, 14, "claim 'd2'", ""}, {13, 8, "voice 'o8'", ""}, {13, 14, "claim 'd3'", ""},
                 {14, 7, "voice 'o9'", ""}, {15, 10, "claim 'd4'", ""}, {16, 8, "record 'r2'", ""},
                 {17, 9, "voice 'o10'", ""}, {18, 7, "claim 'd5'", ""}, {19, 8, "voice 'o11'", ""});
}

static void an_id_may_be_used_before_its_line(void **state)
{
    (void)state;
    model_free(taken(TAKE_TEXT, "say ana c1 read r1\nask ana c1\nclaim c1 \"C\"\nvoice ana \"Ana\"\n    of org\n"
                                "voice org \"Org\"\nrecord r1 page \"R\"\n"));
}

static void a_first_declaration_gives_all(void **state)
{
    (void)state;
    TEXT_REFUSES("voice ana\n    note \"who?\"\nclaim c1\nrecord r1\nrecord r2 page\nsay ana c1 read r1\n",
                 {1, 7, "voice 'ana' has no name", "first declared"}, {3, 7, "claim 'c1' has no sentence", ""},
                 {4, 8, "record 'r1' has no kind", ""}, {5, 8, "record 'r2' has no title", ""});
}

static void a_copied_line_is_noticed(void **state)
{
    (void)state;
    TEXT_REFUSES("claim c1 \"One\"\nclaim c2 \"Two\"\nclaim c1 \"Three\"\n",
                 {3, 7, "claim 'c1' is already \"One\" in this text", "'amends'"});
    TEXT_REFUSES("voice v \"One\"\nvoice v \"Two\"\n", {2, 7, "voice 'v' is already \"One\"", "another id"});
    TEXT_REFUSES("record r page \"One\"\nrecord r page \"Two\"\n", {2, 8, "record 'r' is already \"One\"", ""});
    TEXT_REFUSES("record r page \"One\"\nrecord r video \"One\"\n", {2, 8, "record 'r' is already \"page\"", ""});
    struct model *m =
        taken(TAKE_TEXT, "claim c1 \"One\"\nclaim c1 \"One\"\n    note \"again\"\nclaim c1\n    place \"P\"\n"
                         "claim c1 \"Two\"\n    amends\n");
    assert_attribute(m, SPACE_CLAIM, "c1", FIELD_SENTENCE, "Two");
    assert_attribute(m, SPACE_CLAIM, "c1", FIELD_NOTE, "again");
    REFUSES(m, TAKE_TEXT, "claim c1 \"Three\"\nclaim c1 \"Four\"\n", {2, 7, "already \"Three\"", ""});
    take(m, TAKE_TEXT, "claim c1 \"Three\"\n");
    assert_attribute(m, SPACE_CLAIM, "c1", FIELD_SENTENCE, "Three");
    model_free(m);
}

static void only_what_is_declared_can_be_amended(void **state)
{
    (void)state;
    TEXT_REFUSES("claim c1 \"One\"\n    amends\n", {1, 7, "claim 'c1' is not declared yet", "leave out 'amends'"});
}

static void the_desk_is_not_declared(void **state)
{
    (void)state;
    TEXT_REFUSES("voice desk \"Us\"\n", {1, 7, "'desk' is the desk itself", "another id"});
    model_free(taken(TAKE_TEXT, "claim c \"C\"\nclaim d \"D\"\nsay desk c saw\ninfer desk d from c\n"));
}

static void one_title_a_text(void **state)
{
    (void)state;
    TEXT_REFUSES("case \"One\"\ncase \"Two\"\n", {2, 1, "has a title already", "keep one"});
    struct model *m = taken(TAKE_TEXT, "case \"One\"\n");
    take(m, TAKE_TEXT, "case \"Two\"\n");
    model_free(m);
}

static void rings_of_organisations(void **state)
{
    (void)state;
    TEXT_REFUSES("voice a \"A\"\n    of a\n", {2, 8, "a ring of 'of': 'a' is of 'a'", "take out"});
    TEXT_REFUSES("voice a \"A\"\n    of b\nvoice b \"B\"\n    of c, d\nvoice d \"D\"\nvoice c \"C\"\n    of d, a\n",
                 {7, 11, "'c' is of 'a' is of 'b' is of 'c'", ""});
    struct model *m =
        taken(TAKE_TEXT, "voice a \"A\"\n    of b\nvoice b \"B\"\nvoice c \"C\"\n    of b\nvoice d \"D\"\n"
                         "    of a, c\n");
    REFUSES(m, TAKE_TEXT, "voice b\n    of d\n", {2, 8, "'b' is of 'd' is of 'a' is of 'b'", ""},
            {2, 8, "'b' is of 'd' is of 'c' is of 'b'", ""});
    take(m, TAKE_TEXT, "voice a\n    of c\n");
    REFUSES(m, TAKE_TEXT, "voice c\n    of a\n", {2, 8, "'c' is of 'a' is of 'c'", ""});
    take(m, TAKE_TEXT, "voice x \"X\"\nvoice a\n    of x\nvoice c\n    of a\n");
    model_free(m);
}

static void a_deep_chain_of_organisations_is_no_ring(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (unsigned i = 0; i < 100000; i++)
        buffer_format(&text, "voice v%u \"V\"\n    of v%u\n", i, i + 1);
    buffer_string(&text, "voice v100000 \"V\"\n");
    struct model *m = taken(TAKE_TEXT, text.at);
    REFUSES(m, TAKE_TEXT, "voice v100000\n    of v0\n",
            {2, 8,
             "'v100000' is of 'v0' is of 'v1' is of 'v2' is of 'v3' is of 'v4' is of 'v5' is of 'v6' is of … 99993",
             ""});
    model_free(m);
    buffer_release(&text);
}

static void a_contradiction_has_its_limit(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (unsigned i = 0; i < 101; i++)
        buffer_format(&text, "claim c%u \"C\"\n", i);
    buffer_string(&text, "contradict");
    for (unsigned i = 0; i < 100; i++)
        buffer_format(&text, " c%u", i);
    buffer_char(&text, '\n');
    model_free(taken(TAKE_TEXT, text.at));
    text.length--;
    buffer_string(&text, " c100\n");
    TEXT_REFUSES(text.at, {102, 1, "101 claims in one 'contradict', where at most 100", ""});
    buffer_release(&text);
}

static void syntax_and_meaning_are_told_together(void **state)
{
    (void)state;
    TEXT_REFUSES("voice ana \"Ana\"\n    off ana\nclaim c1 \"C\"\nsay ana c2 saw\nsay anna c1 saww\n", {2, 5, "", ""},
                 {4, 9, "claim 'c2' is not declared", "'c1'"}, {5, 5, "voice 'anna' is not declared", ""},
                 {5, 13, "", ""});
}

/* What a check looked at is a record that there is; an article's slug is free. */
static void what_was_attested_is_there(void **state)
{
    (void)state;
    TEXT_REFUSES("record photo image \"P\"\nattest camera photos \"Mia\"\n    on 2031\n",
                 {2, 15, "record 'photos' is not declared", "did you mean 'photo'?"});
    struct model *m = taken(TAKE_TEXT, "record photo image \"P\"\nattest camera photo \"Mia\"\n    on 2031-03-04\n"
                                       "attest style the-fire \"Mia\"\n    on 2031-03-04\n"
                                       "printed the-fire \"# A\\n\\nB\"\n    on 2031-03-05\n");
    struct model_entry camera = model_entry(m, 1), style = model_entry(m, 2);
    assert_int_equal(model_field(&camera, FIELD_RECORD)->at, model_find(m, SPACE_RECORD, TEXT("photo")));
    assert_true(text_equal(model_field_text(m, model_field(&style, FIELD_ARTICLE)), TEXT("the-fire")));
    uint32_t count;
    assert_int_equal(model_mentions(m, SPACE_RECORD, 0, &count)[1], 1);
    assert_int_equal(count, 2);
    model_free(m);
}

static void what_a_faulty_line_declares_is_known(void **state)
{
    (void)state;
    struct faults faults = {0};
    struct model *m = model_new();
    assert_int_equal(model_take(m, TEXT("voice ana \"Ana\nclaim c1 \"C\"\nsay ana c1 saw\n"), TAKE_TEXT, &faults), -1);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.at[0].line, 1);
    faults_release(&faults);
    model_free(m);
}

static void a_refused_text_after_others_leaves_no_trace(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, "voice ana \"Ana\"\nclaim c1 \"C\"\nsay ana c1 saw\nclaim c0 \"Unused\"\n");
    for (int round = 0; round < 3; round++) {
        REFUSES(m, TAKE_TEXT,
                "voice boris \"Boris\"\nclaim c2 \"D\"\nclaim c1 \"Other\"\n    amends\nretract 3\nretract 4\nvoice "
                "ana \"Anna\"\n"
                "voice ana\n    of boris\nsay boris c2 saw\nsay eva c2 saw\nask ana c9\n",
                {11, 5, "voice 'eva' is not declared", ""}, {12, 9, "claim 'c9' is not declared", ""});
    }
    take(m, TAKE_TEXT, "voice eva \"Eva\"\nsay eva c1 saw\n");
    assert_int_equal(find(m, SPACE_VOICE, "eva"), 2);
    assert_attribute(m, SPACE_VOICE, "ana", FIELD_NAME, "Ana");
    model_free(m);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    struct faults faults = {0};
    struct model *m = model_new();
    assert_int_equal(model_take(m, TEXT("voice ana \"\xff\"\n"), TAKE_TEXT, &faults), -1);
    assert_true(faults.count > 0);
    faults_release(&faults);
    assert_int_equal(model_take(m, TEXT("voice ana \"A\0\"\n"), TAKE_TEXT, &faults), -1);
    assert_true(faults.count > 0);
    faults_release(&faults);
    assert_int_equal(model_voices(m), 1);
    model_free(m);
}

/* A text of some size, with something wrong in the line `fault`, if that is one of its lines. */
static void write_large(struct buffer *out, unsigned lines, unsigned fault, const char *wrong)
{
    buffer_string(out, "case \"Large\"\n");
    for (unsigned i = 0; i < lines; i++) {
        if (i == fault)
            buffer_string(out, wrong);
        buffer_format(out, "voice v%u \"Voice %u\"\n    note \"a\\nb\"\n", i, i);
        buffer_format(out, "claim c%u \"It happened, %u\"\n", i, i);
        buffer_format(out, "say v%u c%u told-by v%u saw\nask v%u c%u\n", i, i, (i * 7 + 1) % lines, i, lines - 1 - i);
    }
}

static void on_two_cores(unsigned fault, const char *wrong)
{
    struct buffer text = {0}, printed[2] = {{0}};
    struct faults faults[2] = {{0}};
    write_large(&text, 20000, fault, wrong);
    for (unsigned i = 0; i < 2; i++) {
        struct model *m = model_new();
        model_cores(m, i + 1);
        assert_int_equal(model_take(m, buffer_text(&text), TAKE_TEXT, &faults[i]), *wrong ? -1 : 0);
        assert_int_equal(model_take(m, TEXT("voice late \"Late\"\n"), TAKE_TEXT, &faults[i]), 0);
        model_print(m, &printed[i]);
        model_free(m);
    }
    assert_true(text_equal(buffer_text(&printed[0]), buffer_text(&printed[1])));
    assert_int_equal(faults[0].count > 0, *wrong != 0);
    assert_int_equal(faults[0].count, faults[1].count);
    for (size_t i = 0; i < faults[0].count; i++) {
        assert_int_equal(faults[0].at[i].line, faults[1].at[i].line);
        assert_string_equal(faults[0].at[i].what, faults[1].at[i].what);
        assert_string_equal(faults[0].at[i].mend, faults[1].at[i].mend);
    }
    for (unsigned i = 0; i < 2; i++) {
        buffer_release(&printed[i]);
        faults_release(&faults[i]);
    }
    buffer_release(&text);
}

static void two_cores_take_what_one_does(void **state)
{
    (void)state;
    on_two_cores(0, "");
    on_two_cores(3, "say v1 c1 sow\n");
    on_two_cores(12000, "claim c5 \"Another\"\nsay v1\nsay v7 c7 told-by nobody saw\n");
    on_two_cores(19999, "say v2 c200000 saw\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_must_be_declared),
        cmocka_unit_test(every_field_with_an_id_is_looked_at),
        cmocka_unit_test(an_id_may_be_used_before_its_line),
        cmocka_unit_test(a_first_declaration_gives_all),
        cmocka_unit_test(a_copied_line_is_noticed),
        cmocka_unit_test(only_what_is_declared_can_be_amended),
        cmocka_unit_test(the_desk_is_not_declared),
        cmocka_unit_test(one_title_a_text),
        cmocka_unit_test(rings_of_organisations),
        cmocka_unit_test(a_deep_chain_of_organisations_is_no_ring),
        cmocka_unit_test(a_contradiction_has_its_limit),
        cmocka_unit_test(syntax_and_meaning_are_told_together),
        cmocka_unit_test(what_was_attested_is_there),
        cmocka_unit_test(what_a_faulty_line_declares_is_known),
        cmocka_unit_test(a_refused_text_after_others_leaves_no_trace),
        cmocka_unit_test(two_cores_take_what_one_does),
        cmocka_unit_test(what_is_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
