/* The model: numbers, entries, attributes, names, mentions. */
#include "taking.h"

static const char *const small = "case \"A case\"\n"
                                 "    language en\n"
                                 "voice ana \"Ana \\\"the nurse\\\"\"\n"
                                 "    of clinic\n"
                                 "    known-as \"A\", \"B\"\n"
                                 "voice clinic \"The clinic\"\n"
                                 "record r1 document \"A paper\"\n"
                                 "    by clinic\n"
                                 "    vouched-by ana\n"
                                 "claim c1 \"It happened\"\n"
                                 "    accuses clinic\n"
                                 "say ana c1 told-by clinic read r1 at r1 p.3 \"so it was\"\n"
                                 "deny clinic c1\n";

static void an_empty_model_knows_the_desk(void **state)
{
    (void)state;
    struct model *m = model_new();
    struct buffer name = {0};
    assert_int_equal(model_voices(m), 1);
    assert_int_equal(model_records(m) + model_claims(m) + model_entries(m), 0);
    assert_int_equal(model_find(m, SPACE_VOICE, TEXT("desk")), MODEL_DESK);
    assert_true(model_declared(m, SPACE_VOICE, MODEL_DESK));
    model_voice_name(m, MODEL_DESK, &name);
    assert_string_equal(name.at, "the desk");
    take(m, TAKE_TEXT, "");
    take(m, TAKE_TEXT, "# nothing but a remark\n");
    assert_int_equal(model_entries(m), 0);
    buffer_clear(&name);
    model_print(m, &name);
    assert_int_equal(name.length, 0);
    buffer_release(&name);
    model_free(m);
    model_free(NULL);
}

static void every_kind_of_id_has_its_space(void **state)
{
    (void)state;
    assert_int_equal(field_space(FIELD_VOICE), SPACE_VOICE);
    assert_int_equal(field_space(FIELD_TOLD_BY), SPACE_VOICE);
    assert_int_equal(field_space(FIELD_FROM), SPACE_VOICE);
    assert_int_equal(field_space(FIELD_GROUND_RECORD), SPACE_RECORD);
    assert_int_equal(field_space(FIELD_AT), SPACE_RECORD);
    assert_int_equal(field_space(FIELD_PREMISE), SPACE_CLAIM);
    assert_int_equal(field_space(FIELD_ONLY), SPACE_CLAIM);
    for (int kind = FIELD_LANGUAGE; kind < FIELD_KINDS; kind++)
        assert_int_equal(field_space((enum field_kind)kind), SPACE_COUNT);
}

static void the_spaces_of_ids_are_apart(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, "voice x \"A voice\"\nrecord x page \"A record\"\nclaim x \"A claim\"\n"
                                       "say x x read x\n");
    assert_attribute(m, SPACE_VOICE, "x", FIELD_NAME, "A voice");
    assert_attribute(m, SPACE_RECORD, "x", FIELD_TITLE, "A record");
    assert_attribute(m, SPACE_RECORD, "x", FIELD_RECORD_KIND, "page");
    assert_attribute(m, SPACE_CLAIM, "x", FIELD_SENTENCE, "A claim");
    model_free(m);
}

static void entries_keep_their_fields(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, small);
    assert_int_equal(model_entries(m), 7);
    struct model_entry say = model_entry(m, 5);
    assert_int_equal(say.verb, VERB_SAY);
    assert_false(say.retracted || say.is_void);
    assert_int_equal(model_field(&say, FIELD_VOICE)->at, find(m, SPACE_VOICE, "ana"));
    assert_int_equal(model_field(&say, FIELD_TOLD_BY)->at, find(m, SPACE_VOICE, "clinic"));
    assert_true(text_equal(model_field_text(m, model_field(&say, FIELD_GROUND)), TEXT("read")));
    assert_true(text_equal(model_field_text(m, model_field(&say, FIELD_LOCATOR)), TEXT("p.3")));
    assert_true(text_equal(model_field_text(m, model_field(&say, FIELD_WORDS)), TEXT("so it was")));
    assert_null(model_field(&say, FIELD_IN_PART));
    assert_int_equal(model_field_text(m, NULL).length, 0);
    struct model_entry deny = model_entry(m, 6);
    assert_int_equal(deny.verb, VERB_DENY);
    assert_int_equal(model_field_text(m, model_field(&deny, FIELD_GROUND)).length, 0);
    model_free(m);
}

static void attributes_and_names(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, small);
    uint32_t count, ana = find(m, SPACE_VOICE, "ana");
    assert_list(m, SPACE_VOICE, "ana", FIELD_OF, "clinic");
    assert_list(m, SPACE_RECORD, "r1", FIELD_BY, "clinic");
    assert_list(m, SPACE_RECORD, "r1", FIELD_VOUCHED_BY, "ana");
    assert_list(m, SPACE_CLAIM, "c1", FIELD_ACCUSES, "clinic");
    assert_non_null(model_attribute(m, SPACE_VOICE, ana, FIELD_KNOWN_AS, &count));
    assert_int_equal(count, 2);
    assert_null(model_attribute(m, SPACE_VOICE, ana, FIELD_CONTACT, &count));
    assert_int_equal(count, 0);
    struct buffer name = {0};
    model_voice_name(m, ana, &name);
    assert_string_equal(name.at, "Ana \"the nurse\"");
    buffer_release(&name);
    model_free(m);
}

static void claims_are_numbered_as_they_are_first_spoken_of(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, "voice v \"V\"\n"
                                       "ask v late\n"
                                       "terms v background\n    only late, h\n"
                                       "say v a in part\n"
                                       "deny v b\n"
                                       "infer v d from e c\n"
                                       "contradict g f\n"
                                       "impugn v by h\n"
                                       "claim i \"I\"\n"
                                       "claim a \"A\"\nclaim b \"B\"\nclaim c \"C\"\nclaim d \"D\"\nclaim e \"E\"\n"
                                       "claim late \"L\"\nclaim f \"F\"\nclaim g \"G\"\nclaim h \"H\"\n");
    static const char *const order[] = {"a", "b", "d", "e", "c", "g", "f", "h", "i", "late"};
    assert_int_equal(model_claims(m), 10);
    for (uint32_t i = 0; i < 10; i++)
        assert_true(text_equal(model_id(m, SPACE_CLAIM, i), text_of(order[i])));
    struct model_entry ask = model_entry(m, 1), terms = model_entry(m, 2);
    assert_int_equal(model_field(&ask, FIELD_CLAIM)->at, find(m, SPACE_CLAIM, "late"));
    const struct field *only = model_field(&terms, FIELD_ONLY);
    assert_int_equal(only[0].at, find(m, SPACE_CLAIM, "late"));
    assert_int_equal(only[1].at, find(m, SPACE_CLAIM, "h"));
    model_free(m);
}

static void a_second_text_goes_on_counting(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, small);
    take(m, TAKE_TEXT, "voice boris \"Boris\"\nclaim c2 \"It did not\"\nsay boris c2 saw\nsay ana c2 saw\n");
    assert_int_equal(find(m, SPACE_CLAIM, "c2"), 1);
    assert_int_equal(find(m, SPACE_VOICE, "boris"), 3);
    assert_int_equal(model_entries(m), 11);
    assert_attribute(m, SPACE_VOICE, "boris", FIELD_NAME, "Boris");
    assert_attribute(m, SPACE_VOICE, "clinic", FIELD_NAME, "The clinic");
    assert_false(model_reworked(m, 0));
    model_free(m);
}

static void assert_mentions(struct model *m, enum model_space space, const char *id, const char *want)
{
    uint32_t count;
    struct buffer got = {0};
    const uint32_t *entries = model_mentions(m, space, find(m, space, id), &count);
    for (uint32_t i = 0; i < count; i++)
        buffer_format(&got, "%s%u", i ? " " : "", entries[i] + 1);
    assert_string_equal(got.at ? got.at : "", want);
    buffer_release(&got);
}

static void mentions_are_each_entry_once(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, small);
    assert_mentions(m, SPACE_CLAIM, "c1", "5 6 7");
    assert_mentions(m, SPACE_VOICE, "ana", "2 4 6");
    assert_mentions(m, SPACE_VOICE, "clinic", "2 3 4 5 6 7");
    assert_mentions(m, SPACE_RECORD, "r1", "4 6");
    assert_mentions(m, SPACE_VOICE, "desk", "");
    take(m, TAKE_TEXT, "ask clinic c1\nclaim c2 \"C\"\ninfer desk c2 from c1\nterms ana background\n    only c2\n");
    assert_mentions(m, SPACE_CLAIM, "c1", "5 6 7 8 10");
    assert_mentions(m, SPACE_CLAIM, "c2", "9 10 11");
    assert_mentions(m, SPACE_VOICE, "desk", "10");
    model_free(m);
}

static void the_nearest_is_a_declared_one(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, small);
    assert_true(text_equal(model_nearest(m, SPACE_VOICE, TEXT("clinc")), TEXT("clinic")));
    assert_int_equal(model_nearest(m, SPACE_CLAIM, TEXT("clinc")).length, 0);
    take(m, TAKE_TEXT, "voice odd-name \"O\"\n");
    take(m, TAKE_TEXT, "retract 8\n");
    assert_int_equal(model_nearest(m, SPACE_VOICE, TEXT("odd-nam")).length, 0);
    model_free(m);
}

static void amendments_replace_what_they_give(void **state)
{
    (void)state;
    struct model *m = taken(TAKE_TEXT, small);
    take(m, TAKE_TEXT, "voice union \"The union\"\nvoice ana\n    of union\n    note \"moved\"\n");
    assert_true(model_reworked(m, 7));
    assert_true(model_reworked(m, 8));
    assert_false(model_reworked(m, 9));
    assert_list(m, SPACE_VOICE, "ana", FIELD_OF, "union");
    assert_attribute(m, SPACE_VOICE, "ana", FIELD_NAME, "Ana \\\"the nurse\\\"");
    assert_attribute(m, SPACE_VOICE, "ana", FIELD_NOTE, "moved");
    take(m, TAKE_TEXT, "claim c1 \"It happened twice\"\n");
    assert_attribute(m, SPACE_CLAIM, "c1", FIELD_SENTENCE, "It happened twice");
    assert_list(m, SPACE_CLAIM, "c1", FIELD_ACCUSES, "clinic");
    take(m, TAKE_TEXT, "retract 9\nretract 10\n");
    assert_list(m, SPACE_VOICE, "ana", FIELD_OF, "clinic");
    assert_attribute(m, SPACE_VOICE, "ana", FIELD_NOTE, "");
    assert_attribute(m, SPACE_CLAIM, "c1", FIELD_SENTENCE, "It happened");
    assert_true(model_reworked(m, 10));
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_model_knows_the_desk),
        cmocka_unit_test(every_kind_of_id_has_its_space),
        cmocka_unit_test(the_spaces_of_ids_are_apart),
        cmocka_unit_test(entries_keep_their_fields),
        cmocka_unit_test(attributes_and_names),
        cmocka_unit_test(claims_are_numbered_as_they_are_first_spoken_of),
        cmocka_unit_test(a_second_text_goes_on_counting),
        cmocka_unit_test(mentions_are_each_entry_once),
        cmocka_unit_test(the_nearest_is_a_declared_one),
        cmocka_unit_test(amendments_replace_what_they_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
