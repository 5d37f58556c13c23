/* A whole site: which files, what hostile words do, the same bytes twice, and finding a difference. */
#include "articles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct site_options options = {.name = TEXT("The Desk"), .single_file = true};

static void make(struct article *a, size_t count, struct site *out)
{
    const struct article *all[2];
    for (size_t i = 0; i < count; i++)
        all[i] = a + i;
    site_make(all, count, &options, out);
}

static void the_files_of_a_site(void **state)
{
    (void)state;
    static const char *const names[] = {"SHA256SUMS",          "feed.xml",
                                        "ferry/article.txt",   "ferry/index.html",
                                        "ferry/one-file.html", "ferry/picture-1.jpg",
                                        "ferry/picture-2.png", "ferry/sound-1.mp3",
                                        "index.html"};
    struct article a;
    struct site s;
    article_fill(&a, TEXT("words"));
    make(&a, 1, &s);
    assert_int_equal(s.files.count, sizeof names / sizeof *names);
    for (size_t i = 0; i < s.files.count; i++)
        assert_string_equal(s.files.at[i].name, names[i]);
    assert_non_null(strstr(site_text(&s, "SHA256SUMS"), "  ferry/picture-2.png\n"));
    site_release(&s);
    article_release(&a);
}

static void a_site_of_nothing_has_an_index_and_a_feed(void **state)
{
    (void)state;
    struct site s;
    site_make(NULL, 0, &(struct site_options){0}, &s);
    assert_int_equal(s.files.count, 3);
    assert_non_null(strstr(site_text(&s, "index.html"), "Nothing has been published here yet."));
    site_release(&s);
}

/* Words that would like to be markup, an attribute, a script, a comment, an entity, JSON, CDATA. */
static void hostile_words_stay_words(void **state)
{
    (void)state;
    struct article good, bad;
    struct site plain, hostile;
    article_fill(&good, TEXT("words"));
    article_fill(&bad, TEXT("</script><script>alert(1)</script><!--\" onload=\"x\\'\x01\xff]]>&lt;</title></style>"));
    make(&good, 1, &plain);
    make(&bad, 1, &hostile);
    assert_int_equal(plain.files.count, hostile.files.count);
    for (size_t i = 0; i < plain.files.count; i++) {
        const char *name = plain.files.at[i].name;
        const char *a = site_text(&plain, name), *b = site_text(&hostile, name);
        assert_string_equal(hostile.files.at[i].name, name);
        if (!strstr(name, ".html") && !strstr(name, ".xml"))
            continue;
        assert_int_equal(count_of(a, "<"), count_of(b, "<"));
        assert_int_equal(count_of(a, "</script>"), count_of(b, "</script>"));
        assert_int_equal(count_of(b, "\" onload"), count_of(b, "--\\\" onload")); /* in JSON alone, and escaped */
        assert_null(strstr(b, "<!--"));
        assert_null(strchr(b, '\x01'));
        assert_null(strchr(b, '\xff'));
    }
    site_release(&plain);
    site_release(&hostile);
    article_release(&good);
    article_release(&bad);
}

static void the_same_articles_give_the_same_bytes(void **state)
{
    (void)state;
    struct article a, b;
    struct site one, two;
    struct buffer where = {0};
    article_fill(&a, TEXT("words"));
    article_fill(&b, TEXT("words"));
    make(&a, 1, &one);
    make(&b, 1, &two);
    assert_false(site_differs(&one, &two, &where));
    assert_int_equal(where.length, 0);
    site_release(&one);
    site_release(&two);
    article_release(&a);
    article_release(&b);
}

static void a_difference_is_found_and_not_told(void **state)
{
    (void)state;
    struct article a, b;
    struct site one, two;
    struct buffer where = {0};
    article_fill(&a, TEXT("Amber"));
    article_fill(&b, TEXT("Amber"));
    b.bearers.at[0].who = TEXT("Ombra");
    make(&a, 1, &one);
    make(&b, 1, &two);
    assert_true(site_differs(&one, &two, &where));
    assert_true(text_starts(buffer_text(&where), TEXT("ferry/article.txt, byte ")));
    assert_null(strstr(where.at, "Ombra"));
    size_t at = strtoul(where.at + 24, NULL, 10);
    assert_true(text_starts((struct text){site_text(&two, "ferry/article.txt") + at, 5}, TEXT("Ombra")));
    site_release(&two);
    /* the name of a file may be the secret itself */
    b.bearers.at[0].who = TEXT("Amber");
    b.pictures.at[0].name = TEXT("ombra.jpg");
    make(&b, 1, &two);
    buffer_clear(&where);
    assert_true(site_differs(&one, &two, &where));
    assert_null(strstr(where.at, "ombra"));
    site_release(&two);
    make(&b, 0, &two);
    buffer_clear(&where);
    assert_true(site_differs(&one, &two, &where));
    assert_string_equal(where.at, "the number of files");
    site_release(&one);
    site_release(&two);
    article_release(&a);
    article_release(&b);
    buffer_release(&where);
}

static void an_id_of_the_feed_depends_on_the_slug_alone(void **state)
{
    (void)state;
    struct article a, b;
    struct site one, two;
    article_fill(&a, TEXT("words"));
    article_fill(&b, TEXT("other words"));
    b.language = TEXT("fa");
    make(&a, 1, &one);
    make(&b, 1, &two);
    assert_int_equal(count_of(site_text(&one, "feed.xml"), "<link"), count_of(site_text(&one, "feed.xml"), "/>"));
    const char *x = strstr(strstr(site_text(&one, "feed.xml"), "<entry"), "<id>");
    const char *y = strstr(strstr(site_text(&two, "feed.xml"), "<entry"), "<id>");
    assert_memory_equal(x, y, 4 + 9 + 36);
    site_release(&two);
    b.slug = TEXT("boat");
    make(&b, 1, &two);
    y = strstr(strstr(site_text(&two, "feed.xml"), "<entry"), "<id>");
    assert_memory_not_equal(x, y, 4 + 9 + 36);
    site_release(&one);
    site_release(&two);
    article_release(&a);
    article_release(&b);
}

static void of_two_with_one_slug_the_newer_counts(void **state)
{
    (void)state;
    struct article a[2];
    struct site s;
    article_fill(&a[0], TEXT("newer"));
    article_fill(&a[1], TEXT("older"));
    make(a, 2, &s);
    assert_int_equal(s.files.count, 9);
    assert_int_equal(count_of(site_text(&s, "feed.xml"), "<entry"), 1);
    assert_null(strstr(site_text(&s, "ferry/index.html"), "older"));
    site_release(&s);
    article_release(&a[0]);
    article_release(&a[1]);
}

static void a_language_is_offered_only_where_it_is_there(void **state)
{
    (void)state;
    struct article a[2];
    struct site s;
    article_fill(&a[0], TEXT("words"));
    article_fill(&a[1], TEXT("слова"));
    make(a, 1, &s);
    assert_null(strstr(site_text(&s, "ferry/index.html"), "hreflang"));
    site_release(&s);
    a[1].slug = TEXT("nowhere");
    a[1].language = TEXT("ru");
    make(a, 2, &s);
    assert_non_null(strstr(site_text(&s, "ferry/index.html"), "<a href=\"../nowhere/index.html\" hreflang=\"ru\""));
    assert_null(strstr(site_text(&s, "ferry/one-file.html"), "hreflang"));
    site_release(&s);
    article_release(&a[0]);
    article_release(&a[1]);
}

static void one_file_needs_nothing_beside_it(void **state)
{
    (void)state;
    struct article a;
    struct site s;
    article_fill(&a, TEXT("words"));
    make(&a, 1, &s);
    const char *page = site_text(&s, "ferry/one-file.html");
    assert_null(strstr(page, "../"));
    assert_null(strstr(page, "src=\"picture"));
    assert_non_null(strstr(page, "src=\"data:image/jpeg;base64,/9j/\""));
    assert_non_null(strstr(page, "src=\"data:image/png;base64,iVBORw==\""));
    assert_non_null(strstr(page, "src=\"data:audio/mpeg;base64,SUQz\""));
    site_release(&s);
    article_release(&a);
}

static void who_may_not_be_named_is_counted_and_no_more(void **state)
{
    (void)state;
    struct article a;
    struct site s;
    article_fill(&a, TEXT("words"));
    make(&a, 1, &s);
    const char *page = site_text(&s, "ferry/index.html");
    assert_non_null(strstr(page, "2 further people, of whom nothing may be said"));
    assert_null(strstr(page, "was told by others")); /* how the unnamed one knows */
    assert_null(strstr(site_text(&s, "ferry/article.txt"), "was told by others"));
    site_release(&s);
    article_release(&a);
}

static void quoted_words_lose_the_comma_of_their_sentence(void **state)
{
    (void)state;
    struct article a;
    struct site s;
    article_fill(&a, TEXT("words"));
    a.bearers.at[0].words = TEXT("we heard them, ");
    a.denials.at[0].words = TEXT(", ,");
    make(&a, 1, &s);
    assert_non_null(strstr(site_text(&s, "ferry/index.html"), "“we heard them”"));
    assert_non_null(strstr(site_text(&s, "ferry/article.txt"), "“we heard them”"));
    assert_non_null(strstr(site_text(&s, "ferry/index.html"), "“”"));
    site_release(&s);
    article_release(&a);
}

static void furniture_is_all_that_every_site_says(void **state)
{
    (void)state;
    static const char *const says[] = {"Hong Kong", "Georgia", "NewsArticle", "September", "снимка",        "Гонконг",
                                       "سپتامبر",   "شهریور",  "شخصان",       "一般",      "further people"};
    struct buffer b = {0};
    site_furniture(&b);
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        if (!strstr(b.at, says[i]))
            fail_msg("%s is not there", says[i]);
    /* a page whose article says nothing else is all in it, line by line */
    struct site s;
    struct article a;
    article_fill(&a, TEXT("0"));
    make(&a, 1, &s);
    size_t lines = 0, known = 0;
    for (const char *at = site_text(&s, "ferry/article.txt"); *at; at += strcspn(at, "\n") + 1, lines++)
        known += memmem(b.at, b.length, at, strcspn(at, "\n")) != NULL;
    assert_true(known * 2 > lines);
    site_release(&s);
    article_release(&a);
    buffer_release(&b);
}

static void a_finding_that_no_sentence_cites_is_still_told(void **state)
{
    (void)state;
    struct article a;
    struct site s;
    article_fill(&a, TEXT("words"));
    for (size_t i = 0; i < a.spans.count; i++)
        a.spans.at[i].finding = ARTICLE_NONE;
    make(&a, 1, &s);
    assert_int_equal(count_of(site_text(&s, "ferry/index.html"), "<details id=\"k1\">"), 1);
    site_release(&s);
    article_release(&a);
}

static void lines_of_plain_text_are_short(void **state)
{
    (void)state;
    struct article a;
    struct site s;
    article_fill(&a,
                 TEXT("слово за слово, и ещё одно слово, и ещё одно, и ещё, пока строка не станет длинной, и дальше"));
    make(&a, 1, &s);
    size_t column = 0;
    for (const char *at = site_text(&s, "ferry/article.txt"); *at; at++) {
        column = *at == '\n' ? 0 : column + ((*at & 0xc0) != 0x80);
        assert_true(column <= 76);
    }
    site_release(&s);
    article_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_files_of_a_site),
        cmocka_unit_test(a_site_of_nothing_has_an_index_and_a_feed),
        cmocka_unit_test(hostile_words_stay_words),
        cmocka_unit_test(the_same_articles_give_the_same_bytes),
        cmocka_unit_test(a_difference_is_found_and_not_told),
        cmocka_unit_test(an_id_of_the_feed_depends_on_the_slug_alone),
        cmocka_unit_test(of_two_with_one_slug_the_newer_counts),
        cmocka_unit_test(a_language_is_offered_only_where_it_is_there),
        cmocka_unit_test(one_file_needs_nothing_beside_it),
        cmocka_unit_test(who_may_not_be_named_is_counted_and_no_more),
        cmocka_unit_test(quoted_words_lose_the_comma_of_their_sentence),
        cmocka_unit_test(furniture_is_all_that_every_site_says),
        cmocka_unit_test(a_finding_that_no_sentence_cites_is_still_told),
        cmocka_unit_test(lines_of_plain_text_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
