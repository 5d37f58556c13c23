/* Words as they are looked for, questions, and what is found: in several scripts, and with what is typed wrongly. */
#include "search/query.h"
#include "search/corpus.h"

#include "base/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* cmocka after the headers that it needs */
#include <cmocka.h>
#include <unicode/utf8.h>

/* ---- words ---- */

static void fold_all(struct text t, struct buffer *out)
{
    struct fold f = fold_of(t);
    struct fold_word w;
    while (fold_next(&f, &w)) {
        buffer_string(out, out->length ? "|" : "");
        buffer_text_add(out, fold_text(&w));
        assert_true(w.start < w.end && w.end <= t.length);
    }
}

static void words_are(const char *text, const char *expected)
{
    struct buffer out = {0};
    buffer_string(&out, "");
    fold_all(text_of(text), &out);
    assert_string_equal(out.at ? out.at : "", expected);
    buffer_release(&out);
}

static void words_are_folded(void **state)
{
    (void)state;
    words_are("The Kittiwake burned.", "the|kittiwake|burned");
    words_are("ÉCLAIR éclair e\u0301clair", "eclair|eclair|eclair");
    words_are("Straße Łódź Ærø İstanbul ısı", "strasse|lodz|aero|istanbul|isi");
    words_are("ﬁre Ｆｕｌｌ ½ ①", "fire|full");
    words_are("Ёжик ёлка Йод Їжак", "ежик|елка|йод|їжак");
    words_are("أحمد آحمد احمد مدرسةُ", "احمد|احمد|احمد|مدرسه");
    words_are("کتاب كتاب ۱۲۳ ١٢٣", "كتاب|كتاب|123|123");
    words_are("שָׁלוֹם שלום", "שלומ|שלומ");
    words_are("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ|σισυφοσ");
    words_are("東京 タワー", "東|京|タ|ワ|ー");
    words_are("김철수가", "김|철|수|가");
    words_are("हिन्दी", "हिन्दी");
    words_are("O'Brien's dog's don't l'homme oʻzbek o'zbek м'я", "obrien|s|dog|s|don|t|l|homme|ozbek|ozbek|мя");
    words_are("a\u00adb\u200dc x\xff"
              "y",
              "abc|x|y");
    words_are("p.12 3.5 re-read_it", "p|12|3|5|re|read|it");
    words_are("", "");
    words_are(" .,; ", "");
}

/* Whatever a character is folded to is folded to itself. */
static void what_is_folded_stays(void **state)
{
    (void)state;
    for (UChar32 c = 1; c < 0x33480; c++) {
        char at[4];
        int32_t length = 0;
        struct buffer once = {0}, twice = {0};
        if (U_IS_SURROGATE(c))
            continue;
        U8_APPEND_UNSAFE(at, length, c);
        fold_all((struct text){at, (size_t)length}, &once);
        fold_all(buffer_text(&once), &twice);
        if (!text_equal(buffer_text(&once), buffer_text(&twice)))
            fail_msg("U+%04X: %s, %s", (unsigned)c, once.at, twice.at ? twice.at : "");
        buffer_release(&once);
        buffer_release(&twice);
    }
}

static void long_words_are_cut(void **state)
{
    (void)state;
    struct buffer t = {0};
    for (int i = 0; i < 1000; i++)
        buffer_string(&t, "жж");
    struct fold f = fold_of(buffer_text(&t));
    struct fold_word w;
    assert_true(fold_next(&f, &w));
    assert_int_equal(w.length, FOLD_MOST);
    assert_int_equal(w.end, t.length);
    assert_false(fold_next(&f, &w));
    buffer_release(&t);
}

/* ---- questions ---- */

static void is_refused(const char *typed, const char *what)
{
    struct query q;
    struct error error = {0};
    int result = query_read(text_of(typed), false, &q, &error);
    query_release(&q);
    if (result != -1)
        fail_msg("taken: %s", typed);
    if (!strstr(error.what, what))
        fail_msg("%s: %s", typed, error.what);
    assert_true(error.mend[0]);
}

static void bad_questions_are_answered(void **state)
{
    (void)state;
    is_refused("", "no word");
    is_refused("  *** ", "no word");
    is_refused("\"the quay", "not closed");
    is_refused("\"\"", "no words between");
    is_refused("“ … ”", "no words between");
    is_refused("a*", "one letter");
    is_refused("NEAR quay", "between two words");
    is_refused("quay NEAR", "between two words");
    is_refused("OR quay", "between two words");
    is_refused("quay OR", "between two words");
    is_refused("quay OR OR fire", "between two words");
    is_refused("quay NEAR/0 fire", "number");
    is_refused("quay NEAR/x fire", "number");
    is_refused("quay NEAR/99999999999 fire", "number");
    is_refused("-quay", "only words to leave out");
    is_refused("fire OR -quay", "left out");
    is_refused("-quay OR fire", "left out");
    is_refused("fire NEAR -quay", "left out");
    is_refused("-fire NEAR quay", "left out");
    is_refused("\xff\xfe", "UTF-8");
    struct buffer many = {0};
    for (int i = 0; i < 70; i++)
        buffer_string(&many, "ab ");
    is_refused(many.at, "more words");
    for (int i = 0; i < 2000; i++)
        buffer_string(&many, "ab ");
    is_refused(many.at, "4096");
    buffer_release(&many);
}

static void what_is_being_typed_is_taken(void **state)
{
    (void)state;
    static const char *const typed[] = {"\"the quay", "quay NEAR", "quay OR", "q", "ki", "\"", "fire \""};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct query q;
        struct error error = {0};
        if (query_read(text_of(typed[i]), true, &q, &error) && strcmp(typed[i], "\"") != 0)
            fail_msg("%s: %s", typed[i], error.what);
        query_release(&q);
    }
}

/* ---- finding ---- */

static const struct {
    enum search_kind kind;
    const char *text;
} units[] = {
    /* 0 */ {SEARCH_CLAIM, "The fire was set by the Guard"},
    /* 1 */
    {SEARCH_TEXT,
     "The fire began on the quay. A fire of this size, the harbour master wrote, is a fire that somebody set."},
    /* 2 */ {SEARCH_TEXT, "Вадим Лесной сказал, что видел Вадима на причале той ночью, незадолго до пожара."},
    /* 3 */ {SEARCH_TEXT, "قال ابراهيم إن السفينة احترقت"},
    /* 4 */ {SEARCH_TEXT, "אמר אברהם כי הספינה נשרפה"},
    /* 5 */ {SEARCH_VOICE, "A crane driver on the night shift"},
    /* 6 */ {SEARCH_STATEMENT, "The captain stood beside the telephone."},
    /* 7 */ {SEARCH_TRANSCRIPT, "and then the yakhta, the yacht, you know, the yak, was gone"},
    /* 8 */ {SEARCH_TEXT, "Vadim Lesnoy, a docker, was not on the quay that night."},
    /* 9 */ {SEARCH_RECORD, "Report of the official inquiry"},
    /* 10 */ {SEARCH_TEXT, "東京港の火災について 김철수가 말했다"},
    /* 11 */ {SEARCH_TEXT, "Zażółć gęślą jaźń; der Straßenbahnfahrer"},
};
enum { UNITS = sizeof units / sizeof *units };

static struct corpus *made(const struct query *only)
{
    struct error error = {0};
    struct corpus *s = corpus_new(&error);
    assert_non_null(s);
    if (only)
        corpus_only(s, only);
    for (uint32_t i = 0; i < UNITS; i++) {
        struct corpus_unit u = {.kind = units[i].kind, .subject = i};
        assert_int_equal(corpus_add(s, &u, text_of(units[i].text), &error), 0);
    }
    return s;
}

/* The units found, best first: "1 8"; "!" and what was said where it was refused. */
static void ask(struct corpus *s, const char *typed, unsigned kinds, struct buffer *out)
{
    struct query q;
    struct error error = {0};
    struct corpus_answer a;
    buffer_string(out, "");
    if (query_read(text_of(typed), false, &q, &error)) {
        buffer_format(out, "!%s", error.what);
    } else {
        if (corpus_find(s, &q, kinds, 100, &a, &error))
            buffer_format(out, "!%s", error.what);
        assert_int_equal(a.count, a.total);
        for (size_t i = 0; i < a.count; i++)
            buffer_format(out, i ? " %u" : "%u", a.at[i].unit);
        corpus_answer_release(&a);
    }
    query_release(&q);
}

static const char *const questions[][2] = {
    {"fire", "0 1"},
    {"FIRE", "0 1"},
    {"fire quay", "1"},
    {"quay", "8 1"},
    {"quay -fire", "8"},
    {"fire OR telephone", "0 6 1"},
    {"\"set by the guard\"", "0"},
    {"\"guard the by\"", ""},
    {"yak*", "7"},
    {"yak", "7"},
    {"\"was go*\"", "7"},
    {"size NEAR/2 quay", ""},
    {"size NEAR/5 quay", "1"},
    {"fire NEAR began NEAR quay", "1"},
    {"vadim", "8 2"},
    {"Вадим", "2 8"},
    {"\"vadim lesnoy\"", "8 2"},
    {"\"Вадим Лесной\"", "2 8"},
    {"vadim NEAR/4 lesnoy", "8 2"},
    {"ibrahim", "3"},
    {"avraham", "4"},
    {"إبراهيم", "3"},
    {"אַבְרָהָם", "4"},
    {"東京", "10"},
    {"京東", ""},
    {"김철수", "10"},
    {"zazolc gesla", "11"},
    {"strassenbahn*", "11"},
    {"inquiry", "9"},
    {"nosuchword", ""},
    {"near", ""},
    {"or", ""},
    {"AND", "7"},
    {"crane-driver", "5"},
    {"t:fire", ""},
    {"fire)", "0 1"},
    {"fire ^ + {quay}", "1"},
};

static void ask_all(bool alone)
{
    struct corpus *all = alone ? NULL : made(NULL);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct buffer out = {0};
        struct query q;
        struct corpus *s = all;
        assert_int_equal(query_read(text_of(questions[i][0]), false, &q, NULL), 0);
        if (alone)
            s = made(&q);
        ask(s, questions[i][0], SEARCH_ALL, &out);
        if (strcmp(out.at, questions[i][1]) != 0)
            fail_msg("%s: '%s', not '%s'", questions[i][0], out.at, questions[i][1]);
        buffer_release(&out);
        if (alone)
            corpus_free(s);
        query_release(&q);
    }
    corpus_free(all);
}

static void questions_find_what_they_should(void **state)
{
    (void)state;
    ask_all(false);
}

static void one_question_alone_finds_the_same(void **state)
{
    (void)state;
    ask_all(true);
}

static void kinds_and_dropped_units_are_left_out(void **state)
{
    (void)state;
    struct corpus *s = made(NULL);
    struct buffer out = {0};
    ask(s, "fire", 1u << SEARCH_TEXT, &out);
    assert_string_equal(out.at, "1");
    buffer_clear(&out);
    corpus_drop(s, 0);
    ask(s, "fire", SEARCH_ALL, &out);
    assert_string_equal(out.at, "1");
    buffer_release(&out);
    corpus_free(s);
}

/* The best are kept, in order, whatever the limit. */
static void the_best_are_kept(void **state)
{
    (void)state;
    struct corpus *s = corpus_new(NULL);
    for (uint32_t i = 0; i < 3000; i++) {
        struct buffer t = {0};
        struct corpus_unit u = {.kind = i % 7 ? SEARCH_TEXT : SEARCH_CLAIM, .subject = i};
        for (uint32_t k = 0; k < i * 7919 % 31 + 1; k++)
            buffer_string(&t, k % 3 ? "water " : "fire ");
        assert_int_equal(corpus_add(s, &u, buffer_text(&t), NULL), 0);
        buffer_release(&t);
    }
    struct query q;
    struct corpus_answer all, some;
    assert_int_equal(query_read(TEXT("fire"), false, &q, NULL), 0);
    assert_int_equal(corpus_find(s, &q, SEARCH_ALL, SIZE_MAX, &all, NULL), 0);
    assert_int_equal(all.count, 3000);
    for (size_t most = 0; most < 40; most++) {
        assert_int_equal(corpus_find(s, &q, SEARCH_ALL, most, &some, NULL), 0);
        assert_int_equal(some.count, most);
        assert_int_equal(some.total, 3000);
        for (size_t i = 0; i < most; i++)
            assert_int_equal(some.at[i].unit, all.at[i].unit);
        corpus_answer_release(&some);
    }
    corpus_answer_release(&all);
    query_release(&q);
    corpus_free(s);
}

/* ---- passages ---- */

/* The passage with its hits in brackets. */
static void shown(const char *typed, const char *text, size_t most, const char *expected)
{
    struct query q;
    struct corpus_answer a;
    struct passage p;
    struct buffer out = {0};
    struct corpus *s = corpus_new(NULL);
    struct corpus_unit u = {.kind = SEARCH_TEXT};
    assert_int_equal(corpus_add(s, &u, text_of(text), NULL), 0);
    assert_int_equal(query_read(text_of(typed), false, &q, NULL), 0);
    assert_int_equal(corpus_find(s, &q, SEARCH_ALL, 10, &a, NULL), 0);
    assert_int_equal(a.count, 1);
    passage_find(&a.plan, text_of(text), most, &p);
    size_t at = p.start;
    for (size_t i = 0; i < p.hits.count; i++) {
        buffer_text_add(&out, (struct text){text + at, p.hits.at[i].start - at});
        buffer_char(&out, '[');
        buffer_text_add(&out, (struct text){text + p.hits.at[i].start, p.hits.at[i].length});
        buffer_char(&out, ']');
        at = p.hits.at[i].start + p.hits.at[i].length;
    }
    buffer_text_add(&out, (struct text){text + at, p.end - at});
    assert_string_equal(out.at, expected);
    vector_release(&p.hits);
    corpus_answer_release(&a);
    query_release(&q);
    corpus_free(s);
    buffer_release(&out);
}

static void passages_show_the_words(void **state)
{
    (void)state;
    shown("fire", "The fire began.", 100, "The [fire] began.");
    shown("vadim", "Сказал Вадим о Вадиме.", 100, "Сказал [Вадим] о [Вадиме].");
    shown("\"the quay\"", "The fire on the quay, the fire.", 100, "The fire on [the quay], the fire.");
    shown("\"the quay\" quay", "On the quay.", 100, "On [the quay].");
    shown("fire -water", "fire", 100, "[fire]");
    shown("deck fire",
          "The fire is here alone, and far away from everything else that is being looked for by us. On the deck there "
          "was a fire that nobody had seen.",
          60, "for by us. On the [deck] there was a [fire] that nobody had seen.");
    shown("zażółć", "Zażółć gęślą jaźń", 100, "[Zażółć] gęślą jaźń");
    shown("東京", "これは東京の火災です", 12, "は[東京]の");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_folded),
        cmocka_unit_test(what_is_folded_stays),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(bad_questions_are_answered),
        cmocka_unit_test(what_is_being_typed_is_taken),
        cmocka_unit_test(questions_find_what_they_should),
        cmocka_unit_test(one_question_alone_finds_the_same),
        cmocka_unit_test(kinds_and_dropped_units_are_left_out),
        cmocka_unit_test(the_best_are_kept),
        cmocka_unit_test(passages_show_the_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
