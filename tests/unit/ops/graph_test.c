/* The picture: what is in it, that it is sound XML, and that nothing from a case gets out of its text. */
#include "opening.h"
#include "ops/graph.h"
#include "ops/layers.h"

static void draw(const char *text, const char *id, struct buffer *out)
{
    struct opened o;
    open_text(&o, text);
    buffer_clear(out);
    graph_svg(&o, claim(&o, id), out);
    opened_close(&o);
}

static size_t times(const struct buffer *out, const char *part)
{
    size_t count = 0;
    for (const char *at = out->at; (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

/* Every element is closed in its turn, and every & starts one of the four entities. */
static void assert_sound(const struct buffer *svg)
{
    int depth = 0;
    for (const char *at = svg->at; (at = strpbrk(at, "<&")); at++) {
        if (*at == '&')
            assert_true(!strncmp(at, "&amp;", 5) || !strncmp(at, "&lt;", 4) || !strncmp(at, "&gt;", 4) ||
                        !strncmp(at, "&quot;", 6));
        else if (at[1] == '/')
            depth--;
        else if (strchr(at, '>')[-1] != '/')
            depth++;
        assert_true(depth >= 0);
    }
    assert_int_equal(depth, 0);
}

static void the_lines_are_drawn(void **state)
{
    (void)state;
    struct buffer out = {0}, again = {0};
    static const char text[] =
        "voice ana \"Ana\"\nvoice ben \"Ben\"\nvoice officer \"An officer\"\nvoice boss \"The boss\"\n"
        "claim order \"Ordered\"\nsay ana order told-by officer saw\n"
        "say ben order told-by officer saw\ndeny boss order\n";
    draw(text, "order", &out);
    assert_sound(&out);
    assert_int_equal(times(&out, "An officer</text>"), 1);
    assert_int_equal(times(&out, "the claim hangs on this"), 1);
    assert_int_equal(times(&out, "class=\"edge no bare\""), 2);
    assert_has(&out, "<title id=\"title\">Ordered</title>");
    assert_has(&out, "It hangs on an officer (officer). It is denied.");
    assert_has(&out, "prefers-color-scheme:dark");
    assert_lacks(&out, "<script");
    assert_lacks(&out, "href");
    draw(text, "order", &again);
    assert_string_equal(out.at, again.at);
    buffer_release(&out);
    buffer_release(&again);
}

static void nothing_of_the_case_is_markup(void **state)
{
    (void)state;
    struct buffer out = {0};
    draw(
        "voice ana \"</text><script>alert(1)</script>&amp;\"\nclaim c \"\\\"><svg onload=x>\xEF\xBF\xBE\xE2\x80\xAE\"\n"
        "say ana c saw\n",
        "c", &out);
    assert_sound(&out);
    assert_lacks(&out, "<script");
    assert_lacks(&out, "<svg onload");
    assert_lacks(&out, "\xEF\xBF\xBE");
    assert_lacks(&out, "\xE2\x80\xAE");
    buffer_release(&out);
}

static void crowds_are_counted(void **state)
{
    (void)state;
    struct buffer text = {0}, out = {0};
    buffer_string(&text, "claim c \"So\"\nvoice key \"The key\"\n");
    for (int i = 0; i < 300; i++)
        buffer_format(&text, "voice v%d \"Voice %d\"\nsay v%d c told-by key saw\n", i, i, i);
    draw(text.at, "c", &out);
    assert_sound(&out);
    assert_has(&out, "+289 more");
    assert_int_equal(times(&out, "the claim hangs on this"), 1);
    assert_true(times(&out, "<rect") < 40);
    buffer_release(&text);
    buffer_release(&out);
}

static void rings_and_long_chains_end(void **state)
{
    (void)state;
    struct buffer text = {0}, out = {0};
    draw("voice ana \"Ana\"\nclaim a \"A\"\nclaim b \"B\"\ninfer desk a from b\ninfer desk b from a\nsay ana b saw\n",
         "a", &out);
    assert_sound(&out);
    buffer_string(&text, "claim c \"So\"\nvoice v0 \"V\"\n");
    for (int i = 1; i <= 100; i++)
        buffer_format(&text, "voice v%d \"V\"\n", i);
    buffer_string(&text, "say v0 c");
    for (int i = 1; i <= 100; i++)
        buffer_format(&text, " told-by v%d", i);
    buffer_string(&text, " saw\n");
    draw(text.at, "c", &out);
    assert_sound(&out);
    assert_has(&out, "… and further voices");
    draw("claim alone \"Nobody says so\"\n", "alone", &out);
    assert_sound(&out);
    buffer_release(&text);
    buffer_release(&out);
}

static void layers_uncross_and_keep_apart(void **state)
{
    (void)state;
    struct layers *l = layers_new(3, 10);
    uint32_t a = layers_node(l, 0, 20), b = layers_node(l, 0, 20), c = layers_node(l, 1, 20), d = layers_node(l, 1, 20),
             e = layers_node(l, 2, 20);
    layers_edge(l, a, d);
    layers_edge(l, b, c);
    uint32_t far = layers_edge(l, b, e);
    layers_edge(l, d, e);
    int32_t height = layers_arrange(l);
    struct bend bends[2];
    assert_true((layers_middle(l, a) < layers_middle(l, b)) == (layers_middle(l, d) < layers_middle(l, c)));
    assert_true(abs(layers_middle(l, c) - layers_middle(l, d)) >= 30);
    assert_int_equal(layers_bends(l, far, bends, 2), 1);
    assert_int_equal(bends[0].column, 1);
    assert_true(height >= 50);
    layers_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lines_are_drawn),
        cmocka_unit_test(nothing_of_the_case_is_markup),
        cmocka_unit_test(crowds_are_counted),
        cmocka_unit_test(rings_and_long_chains_end),
        cmocka_unit_test(layers_uncross_and_keep_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
