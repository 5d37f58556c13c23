/* Which entry gives which lines, at what distance: the table of docs/standing.md, row by row. */
#include "seeing.h"

static void check(const char *entries, const char *lines, const char *against, uint32_t distance)
{
    struct buffer text = {0};
    buffer_format(&text, "%s%s", VOICES, entries);
    struct bench b = bench_of(text.at);
    assert_lines(&b, "x", SIDE_FOR, lines);
    assert_lines(&b, "x", SIDE_AGAINST, against);
    assert_int_equal(row_of(&b, "x").distance, distance);
    bench_release(&b);
    buffer_release(&text);
}

static void what_a_voice_saw_did_or_inspected(void **state)
{
    (void)state;
    check("say a x saw\n", "a", "", 0);
    check("say a x did\n", "a", "", 0);
    check("say a x inspected good\n", "a", "", 0);
}

static void what_it_was_told(void **state)
{
    (void)state;
    check("say a x told-by b saw\n", "a b", "", 1);
    check("say a x told-by c told-by b did\n", "a b c", "", 2);
    check("say a x told-by a saw\n", "a", "", 1);
}

static void what_nobody_says_how(void **state)
{
    (void)state;
    check("say a x\n", "a?", "", GRAPH_NONE);
    check("say a x unstated\n", "a?", "", GRAPH_NONE);
    check("say a x told-by b\n", "a b?", "", GRAPH_NONE);
}

static void what_was_read(void **state)
{
    (void)state;
    check("say a x read by-d\n", "a d", "", 1);
    check("say a x told-by b read by-d\n", "a b d", "", 2);
    check("say d x read by-d\n", "d", "", 1);
    check("say a x read own\n", "a record:own", "", 1);
    check("say a x read good\n", "a d, b d, c d", "", 0);
    check("say a x told-by b read good\n", "b d, c d", "", 0);
}

static void in_part_gives_none(void **state)
{
    (void)state;
    check("say a x saw in part\n", "", "", GRAPH_NONE);
    check("say a x read good in part\ndeny b x saw in part\n", "", "", GRAPH_NONE);
}

static void denials_are_lines_against(void **state)
{
    (void)state;
    check("deny a x saw\n", "", "a", GRAPH_NONE);
    check("deny a x told-by b\n", "", "a b?", GRAPH_NONE);
    check("deny a x read good\n", "", "a d, b d, c d", GRAPH_NONE);
}

static void inferences(void **state)
{
    (void)state;
    check("say a y saw\nsay b y saw\nsay c z told-by d saw\ninfer desk x from y z\n", "a c d, b c d", "", 1);
    check("say a y saw\ninfer b x from y\n", "a b", "", 0);
    check("say a y\ninfer b x from y\n", "a b?", "", GRAPH_NONE);
    check("infer desk x from y\ninfer desk y from x\n", "", "", GRAPH_NONE);
}

static void what_does_not_count(void **state)
{
    (void)state;
    check("say a x saw\nsay b x saw\nretract 11\n", "b", "", 0);
    check("ask a x\nterms a background\n    only x\nprotect a \"p\"\nclaim x\n    note \"n\"\n", "", "", GRAPH_NONE);
}

static void the_desk_speaks_as_a_voice(void **state)
{
    (void)state;
    check("say desk x saw\n", "desk", "", 0);
    check("say a x told-by desk saw\n", "a desk", "", 1);
}

/* The speaker's own line keeps its own distance, for when the voucher is left out. */
static void take_row(void *context, uint32_t claim, const struct row *row)
{
    (void)claim;
    *(struct row *)context = *row;
}

static void distance_without_the_voucher(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "record one page \"One\"\n    by d\n    vouched-by b\n"
                                     "say a x told-by c read one\n");
    assert_int_equal(row_of(&b, "x").distance, 0);
    uint32_t without = bearing_find(b.bearing, TEXT("b"));
    struct row row = {.distance = 77};
    standing_without(bearing_graph(b.bearing), &without, 1, take_row, &row);
    assert_int_equal(row.distance, 2);
    bench_release(&b);
}

static void contradictions_and_impugned_voices(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x saw\nsay b y saw\nsay c z saw\ncontradict x y z\nimpugn a by y\n");
    assert_int_equal(row_of(&b, "x").measures[AGAINST].low, 2);
    assert_true(row_of(&b, "x").denied);
    assert_int_equal(row_of(&b, "z").measures[AGAINST].low, 2);
    assert_int_equal(row_of(&b, "x").measures[UNQUESTIONED].low, 0);
    assert_int_equal(row_of(&b, "y").measures[UNQUESTIONED].low, 1);
    bench_release(&b);
}

static void groups_and_organisations(void **state)
{
    (void)state;
    struct bench b =
        bench_of(VOICES "voice org \"Org\"\nvoice top \"Top\"\nvoice org\n    of top\nvoice a\n    of org\n"
                        "voice b\n    of top\nsame? d c\nsame? c b\n"
                        "say a x saw\nsay b x saw\nsay b y saw\nsay c y saw\nsay d y saw\n");
    assert_int_equal(row_of(&b, "x").measures[CAUTIOUS].low, 2);
    assert_int_equal(row_of(&b, "x").measures[PARTIES].low, 1);
    assert_int_equal(row_of(&b, "y").measures[PEOPLE].low, 3);
    assert_int_equal(row_of(&b, "y").measures[CAUTIOUS].low, 1);
    struct graph *g = bearing_graph(b.bearing);
    assert_int_equal(graph_root(g, bearing_find(b.bearing, TEXT("d"))), bearing_find(b.bearing, TEXT("b")));
    bench_release(&b);
}

static void a_record_may_be_completed_after_it_was_read(void **state)
{
    (void)state;
    struct bench b = bench_of("voice a \"A\"\nvoice k \"K\"\nclaim x \"X\"\nsay a x read r\nrecord r page \"R\"\n"
                              "record r\n    by w\n    vouched-by k\nvoice w \"W\"\n");
    assert_lines(&b, "x", SIDE_FOR, "a w, k w");
    assert_int_equal(bearing_find(b.bearing, TEXT("record:r")), GRAPH_NONE);
    bench_release(&b);
}

static void names_go_both_ways(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x read own\n");
    struct buffer name = {0};
    uint32_t voice, record, own = bearing_find(b.bearing, TEXT("record:own"));
    assert_int_not_equal(own, GRAPH_NONE);
    bearing_name(b.bearing, own, &name);
    assert_string_equal(name.at, "record:own");
    bearing_origin(b.bearing, own, &voice, &record);
    assert_int_equal(voice, MODEL_NONE);
    assert_int_equal(record, model_find(b.model, SPACE_RECORD, TEXT("own")));
    assert_int_equal(bearing_record(b.bearing, record), own);
    uint32_t a = bearing_find(b.bearing, TEXT("a"));
    bearing_origin(b.bearing, a, &voice, &record);
    assert_int_equal(record, MODEL_NONE);
    assert_int_equal(bearing_voice(b.bearing, voice), a);
    assert_int_equal(bearing_find(b.bearing, TEXT("record:by-d")), GRAPH_NONE);
    assert_int_equal(bearing_find(b.bearing, TEXT("record:nothing")), GRAPH_NONE);
    assert_int_equal(bearing_find(b.bearing, TEXT("record:")), GRAPH_NONE);
    assert_int_equal(bearing_find(b.bearing, TEXT("nobody")), GRAPH_NONE);
    assert_int_equal(bearing_voice(b.bearing, MODEL_NONE), GRAPH_NONE);
    buffer_release(&name);
    bench_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_voice_saw_did_or_inspected),
        cmocka_unit_test(what_it_was_told),
        cmocka_unit_test(what_nobody_says_how),
        cmocka_unit_test(what_was_read),
        cmocka_unit_test(in_part_gives_none),
        cmocka_unit_test(denials_are_lines_against),
        cmocka_unit_test(inferences),
        cmocka_unit_test(what_does_not_count),
        cmocka_unit_test(the_desk_speaks_as_a_voice),
        cmocka_unit_test(distance_without_the_voucher),
        cmocka_unit_test(contradictions_and_impugned_voices),
        cmocka_unit_test(groups_and_organisations),
        cmocka_unit_test(a_record_may_be_completed_after_it_was_read),
        cmocka_unit_test(names_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
