/* Keeping the graph current: whatever a text adds or changes, the rows are those of a graph built anew. */
#include "seeing.h"

/* Takes a text and updates; returns whether the graph was built anew. */
static bool grow(struct bench *b, const char *text)
{
    bench_take(b, text);
    bool anew = bearing_update(b->bearing);
    if (anew)
        standing_measure(bearing_graph(b->bearing), NULL);
    else
        standing_update(bearing_graph(b->bearing));

    struct bench other = {.model = b->model, .bearing = bearing_new(b->model)};
    struct buffer got = {0}, want = {0};
    standing_measure(bearing_graph(other.bearing), NULL);
    all_rows(b, &got);
    all_rows(&other, &want);
    assert_string_equal(got.at, want.at);
    buffer_release(&got);
    buffer_release(&want);
    bearing_free(other.bearing);
    return anew;
}

static void what_only_adds_is_appended(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x saw\nsay b y read own\n");
    assert_false(grow(&b, "say c x told-by b saw\n"));
    assert_false(grow(
        &b, "voice org \"Org\"\nvoice e \"E\"\n    of org\nvoice f \"F\"\n    of org\nsay e z saw\nsay f z saw\n"));
    assert_false(grow(&b, "claim w \"W\"\ninfer desk w from x y\ninfer f x from z\n"));
    assert_false(grow(&b, "same? a c\ncontradict x z\nimpugn b by w\ndeny d w saw\n"));
    assert_false(grow(&b, "record r page \"R\"\nsay d w read r\nsay d y read own\n"));
    bench_release(&b);
}

static void what_bears_on_nothing_is_not_built_anew(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x saw\nask a x\n");
    assert_false(grow(&b, "voice a \"Anna\"\n    note \"n\"\nclaim x \"Other\"\nrecord own\n    note \"n\"\n"));
    assert_false(grow(&b, "retract 12\n"));
    assert_false(grow(&b, "say b x saw\nretract 17\n"));
    assert_int_equal(row_of(&b, "x").measures[PEOPLE].low, 1);
    bench_release(&b);
}

static void what_changes_is_built_anew(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x saw\nsay b x saw\nsay c y read own\nsay c z read good\n");
    assert_true(grow(&b, "retract 11\n"));
    assert_int_equal(row_of(&b, "x").measures[PEOPLE].low, 1);
    assert_true(grow(&b, "record own\n    by a\n"));
    assert_lines(&b, "y", SIDE_FOR, "a c");
    assert_int_equal(bearing_find(b.bearing, TEXT("record:own")), GRAPH_NONE);
    assert_true(grow(&b, "record good\n    vouched-by a\n"));
    assert_lines(&b, "z", SIDE_FOR, "a d, c d");
    assert_true(grow(&b, "voice c\n    of d\n"));
    assert_true(grow(&b, "retract 18\n"));
    bench_release(&b);
}

static void nothing_new_changes_nothing(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x saw\n");
    assert_false(grow(&b, ""));
    bench_release(&b);
    b = bench_of("");
    assert_int_equal(graph_claims(bearing_graph(b.bearing)), 0);
    assert_ptr_equal(bearing_model(b.bearing), b.model);
    bench_release(&b);
    bearing_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_only_adds_is_appended),
        cmocka_unit_test(what_bears_on_nothing_is_not_built_anew),
        cmocka_unit_test(what_changes_is_built_anew),
        cmocka_unit_test(nothing_new_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
