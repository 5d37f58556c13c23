/* The serialiser: what is text stays text, what is not on the list is not written. */
#include "publish/base64.h"
#include "publish/html.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct buffer out;

static struct html begun(void)
{
    struct html h;
    buffer_clear(&out);
    html_begin(&h, &out);
    return h;
}

static int end(void **state)
{
    (void)state;
    buffer_release(&out);
    return 0;
}

/* What a text becomes between tags, and between quotes. */
static void becomes(struct text t, const char *wanted)
{
    struct html h = begun();
    html_open(&h, HTML_EM);
    html_attribute(&h, HTML_AT_CLASS, t);
    html_text(&h, t);
    html_close(&h, HTML_EM);
    struct buffer whole = {0};
    buffer_format(&whole, "<!doctype html><em class=\"%s\">%s</em>", wanted, wanted);
    assert_string_equal(out.at, whole.at);
    buffer_release(&whole);
}

static void text_is_escaped(void **state)
{
    (void)state;
    becomes(TEXT("plain"), "plain");
    becomes(TEXT("<b>\"&amp;'"), "&lt;b&gt;&quot;&amp;amp;'");
    becomes(TEXT("-->]]></script>"), "--&gt;]]&gt;&lt;/script&gt;");
    becomes(TEXT("الف\u200cب"), "الف\u200cب");
    becomes(TEXT(""), "");
}

static void what_is_no_character_is_replaced(void **state)
{
    (void)state;
    becomes(TEXT("a\tb\nc\rd"), "a b c d");
    becomes(TEXT("\x01\x1b\x7f"), "\ufffd\ufffd\ufffd");
    becomes((struct text){"a\0b", 3}, "a\ufffdb");
    becomes(TEXT("\xff\xc3"), "\ufffd\ufffd");
    becomes(TEXT("\xed\xa0\x80"), "\ufffd\ufffd\ufffd"); /* half of a surrogate pair */
    becomes(TEXT("\xc0\xbc"), "\ufffd\ufffd");           /* an overlong '<' */
    becomes(TEXT("\xc2\x85\xef\xbf\xbf\xef\xb7\x90"), "\ufffd\ufffd\ufffd");
    becomes(TEXT("\xe2\x80\xae\xe2\x81\xa6"), "\ufffd\ufffd"); /* turns what follows round */
}

static void addresses_of_the_site_are_plain_or_encoded(void **state)
{
    (void)state;
    struct html h = begun();
    html_open(&h, HTML_A);
    html_inward(&h, HTML_AT_HREF, TEXT("../a-1/index.html#k\" x=\"&\xd1\x8f:?"));
    html_close(&h, HTML_A);
    assert_string_equal(out.at, "<!doctype html><a href=\"../a-1/index.html#k%22%20x%3D%22%26%D1%8F%3A%3F\"></a>");
}

static void addresses_of_others_are_https_or_nothing(void **state)
{
    (void)state;
    static const char *const refused[] = {"javascript:alert(1)", "data:text/html,x", "//a.example",    "/etc", "",
                                          " https://a.example",  "HTTPS:x",          "ftp://a.example"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct html h = begun();
        html_open(&h, HTML_A);
        assert_false(html_outward(&h, text_of(refused[i])));
        html_close(&h, HTML_A);
        assert_string_equal(out.at, "<!doctype html><a></a>");
    }
    struct html h = begun();
    html_open(&h, HTML_A);
    assert_true(html_outward(&h, TEXT("https://a.example/%20?b=\"&c=< \xd1\x8f#d")));
    html_close(&h, HTML_A);
    assert_string_equal(out.at, "<!doctype html><a href=\"https://a.example/%20?b=%22&amp;c=%3C%20%D1%8F#d\" "
                                "rel=\"noreferrer noopener\"></a>");
}

static void data_blocks_cannot_be_ended_from_inside(void **state)
{
    (void)state;
    struct html h = begun();
    html_data_block(&h, TEXT("{\"a\":\"</script><!--&\"}"));
    assert_string_equal(out.at, "<!doctype html>\n<script type=\"application/ld+json\">"
                                "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}</script>");
}

static void xml_ends_what_has_no_end(void **state)
{
    (void)state;
    struct html h;
    buffer_clear(&out);
    html_begin_xml(&h, &out);
    html_open(&h, HTML_FEED);
    html_open(&h, HTML_LINK);
    html_set(&h, HTML_AT_REL, "self");
    html_open(&h, HTML_ID);
    html_string(&h, "a");
    html_close(&h, HTML_ID);
    html_close(&h, HTML_FEED);
    html_end(&h);
    assert_string_equal(
        out.at, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed>\n<link rel=\"self\"/>\n<id>a</id></feed>\n");
    h = begun();
    html_open(&h, HTML_BR);
    html_end(&h);
    assert_string_equal(out.at, "<!doctype html>\n<br>\n");
}

static void base64_is_that_of_the_standard(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buffer b = {0};
        base64_add(&b, text_of(pairs[i][0]));
        assert_true(text_equal(buffer_text(&b), text_of(pairs[i][1])));
        buffer_release(&b);
    }
}

/* ---- broken invariants ---- */

/* Whether it ends the program. */
static bool aborts(void (*run)(struct html *))
{
    pid_t child = fork();
    if (child == 0) {
        struct html h = begun();
        signal(SIGABRT, SIG_DFL);
        run(&h);
        _exit(0);
    }
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void closed_out_of_order(struct html *h)
{
    html_open(h, HTML_P);
    html_open(h, HTML_EM);
    html_close(h, HTML_P);
}

static void left_open(struct html *h)
{
    html_open(h, HTML_P);
    html_end(h);
}

static void attribute_behind_text(struct html *h)
{
    html_open(h, HTML_P);
    html_string(h, "a");
    html_set(h, HTML_AT_CLASS, "b");
}

static void address_as_plain_attribute(struct html *h)
{
    html_open(h, HTML_A);
    html_set(h, HTML_AT_HREF, "javascript:alert(1)");
}

static void data_of_a_strange_kind(struct html *h)
{
    html_open(h, HTML_IMG);
    html_data(h, HTML_AT_SRC, TEXT("text/html\" x=\""), TEXT(""));
}

static void in_order(struct html *h)
{
    html_open(h, HTML_P);
    html_close(h, HTML_P);
    html_end(h);
}

static void a_broken_invariant_ends_the_program(void **state)
{
    (void)state;
    assert_true(aborts(closed_out_of_order));
    assert_true(aborts(left_open));
    assert_true(aborts(attribute_behind_text));
    assert_true(aborts(address_as_plain_attribute));
    assert_true(aborts(data_of_a_strange_kind));
    assert_false(aborts(in_order));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(what_is_no_character_is_replaced),
        cmocka_unit_test(addresses_of_the_site_are_plain_or_encoded),
        cmocka_unit_test(addresses_of_others_are_https_or_nothing),
        cmocka_unit_test(data_blocks_cannot_be_ended_from_inside),
        cmocka_unit_test(xml_ends_what_has_no_end),
        cmocka_unit_test(base64_is_that_of_the_standard),
        cmocka_unit_test(a_broken_invariant_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
