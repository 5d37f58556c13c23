/* Rows as JSON: every key, sorted, in the form that `stand --json` promises. */
#include "seeing.h"

static void a_claim_nobody_speaks_of(void **state)
{
    (void)state;
    struct bench b = bench_of("claim x \"X\"\n");
    assert_json(&b, "x",
                "{\"against\":0,\"any\":0,\"cautious\":0,\"claim\":\"x\",\"denied\":false,\"distance\":null,"
                "\"keystones\":[],\"parties\":0,\"people\":0,\"standing\":\"unheard\",\"unquestioned\":0}\n");
    bench_release(&b);
}

static void every_key_in_its_place(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES "say a x told-by c saw\nsay b x told-by c saw\nsay d x\ndeny d x saw\n"
                                     "same? a b\nclaim q \"Q\"\nsay d q saw\nimpugn a by q\n");
    assert_json(&b, "x",
                "{\"against\":1,\"any\":2,\"cautious\":1,\"claim\":\"x\",\"denied\":true,\"distance\":1,"
                "\"keystones\":[\"c\"],\"parties\":1,\"people\":1,\"standing\":\"alleged\",\"unquestioned\":1}\n");
    bench_release(&b);
}

static void keystones_are_sorted_by_the_bytes_of_their_names(void **state)
{
    (void)state;
    struct bench b =
        bench_of("voice zz \"Z\"\nvoice recorder \"R\"\nvoice record.x \"R\"\nvoice record \"R\"\nvoice v10 \"V\"\n"
                 "voice v2 \"V\"\nrecord r-1 page \"R\"\nclaim x \"X\"\n"
                 "say zz x told-by recorder told-by v2 told-by record told-by v10 told-by record.x read r-1\n");
    struct buffer out = {0};
    struct row row = row_of(&b, "x");
    bearing_row_json(b.bearing, 0, &row, &out);
    assert_non_null(strstr(out.at, "\"keystones\":[\"record\",\"record.x\",\"record:r-1\",\"recorder\",\"v10\",\"v2\","
                                   "\"zz\"],"));
    buffer_release(&out);
    bench_release(&b);
}

static void many_keystones(void **state)
{
    (void)state;
    struct buffer text = {0}, want = {0}, out = {0};
    for (unsigned i = 100; i < 200; i++)
        buffer_format(&text, "voice v%u \"V\"\n", i);
    buffer_string(&text, "claim x \"X\"\nsay v100 x");
    for (unsigned i = 199; i > 100; i--)
        buffer_format(&text, " told-by v%u", i);
    buffer_string(&text, " saw\n");
    for (unsigned i = 100; i < 200; i++)
        buffer_format(&want, "%s\"v%u\"", i > 100 ? "," : "\"keystones\":[", i);
    buffer_string(&want, "],\"parties\":1");
    struct bench b = bench_of(text.at);
    struct row row = row_of(&b, "x");
    bearing_row_json(b.bearing, 0, &row, &out);
    assert_non_null(strstr(out.at, want.at));
    assert_int_equal(out.at[out.length - 1], '\n');
    bench_release(&b);
    buffer_release(&text);
    buffer_release(&want);
    buffer_release(&out);
}

static void intervals_and_large_numbers(void **state)
{
    (void)state;
    struct bench b = bench_of(VOICES);
    struct row row = {.level = LEVEL_BORNE_OUT, .denied = true, .distance = 4294967294u};
    row.measures[PEOPLE] = (struct interval){2, 4294967295u};
    row.measures[ANY] = (struct interval){1000, 1000};
    struct buffer out = {0};
    buffer_string(&out, "before ");
    bearing_row_json(b.bearing, claim_of(&b, "y"), &row, &out);
    assert_string_equal(out.at, "before {\"against\":0,\"any\":1000,\"cautious\":0,\"claim\":\"y\",\"denied\":true,"
                                "\"distance\":4294967294,\"keystones\":[],\"parties\":0,\"people\":[2,4294967295],"
                                "\"standing\":\"borne-out\",\"unquestioned\":0}\n");
    buffer_release(&out);
    bench_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_claim_nobody_speaks_of),
        cmocka_unit_test(every_key_in_its_place),
        cmocka_unit_test(keystones_are_sorted_by_the_bytes_of_their_names),
        cmocka_unit_test(many_keystones),
        cmocka_unit_test(intervals_and_large_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
