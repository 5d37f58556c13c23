/* What was promised: what each term allows, what holds when terms follow on terms, and what a loosening needs. */
#include "gate/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

/* A case with a voice `v`, claims c1 to c3 and a record `r`, and terms as given. */
struct kept {
    struct model *m;
    struct terms *t;
    uint32_t v, claims[4];
    struct promise p;
};

static struct kept keep(const char *entries, const char *as_of)
{
    struct buffer text = {0};
    struct faults faults = {0};
    struct kept k = {.m = model_new()};
    buffer_string(&text, "voice v \"A clerk\"\nvoice w \"A guard\"\nrecord r audio \"A talk\"\n"
                         "claim c1 \"One\"\nclaim c2 \"Two\"\nclaim c3 \"Three\"\n");
    buffer_string(&text, entries);
    if (model_take(k.m, buffer_text(&text), TAKE_TEXT, &faults) < 0) {
        struct buffer said = {0};
        faults_print(&faults, "text", &said);
        fail_msg("%s", said.at);
    }
    k.t = terms_new(k.m, text_of(as_of));
    k.v = model_find(k.m, SPACE_VOICE, TEXT("v"));
    for (unsigned i = 1; i <= 3; i++)
        k.claims[i] = model_find(k.m, SPACE_CLAIM, (struct text){(char[]){'c', (char)('0' + i)}, 2});
    k.p = terms_of(k.t, k.v);
    buffer_release(&text);
    return k;
}

static void done(struct kept *k)
{
    terms_free(k->t);
    model_free(k->m);
}

/* What is allowed of `v`, as letters: f facts of c1, w words on c1, n name, d description; `2` and `3` the facts
 * of c2 and c3; `!` where a loosening is unproven. */
static void allows(const char *entries, const char *as_of, const char *want)
{
    struct kept k = keep(entries, as_of);
    char met[16];
    snprintf(met, sizeof met, "%s%s%s%s%s%s%s", terms_facts(k.t, k.v, k.claims[1]) ? "f" : "",
             terms_facts(k.t, k.v, k.claims[2]) ? "2" : "", terms_facts(k.t, k.v, k.claims[3]) ? "3" : "",
             terms_words(k.t, k.v, k.claims[1]) ? "w" : "", terms_name(k.t, k.v) ? "n" : "",
             terms_described(k.t, k.v) ? "d" : "", k.p.unproven != MODEL_NONE ? "!" : "");
    if (strcmp(met, want))
        fail_msg("as of %s allows '%s', not '%s':\n%s", as_of, met, want, entries);
    done(&k);
}

#define DAY "2031-05-04"

static void each_term(void **state)
{
    (void)state;
    allows("", DAY, "");
    allows("terms v off-record\n", DAY, "");
    allows("terms v background\n", DAY, "f23");
    allows("terms v background\n as \"a clerk\"\n", DAY, "f23");
    allows("terms v unattributed\n", DAY, "f23w");
    allows("terms v unattributed\n as \"a clerk\"\n", DAY, "f23wd");
    allows("terms v unattributed\n as \"\"\n", DAY, "f23w");
    allows("terms v on-record\n", DAY, "f23wn");
    allows("terms v on-record\n as \"a clerk\"\n", DAY, "f23wnd");
    allows("terms w on-record\n", DAY, "");
}

static void the_desk(void **state)
{
    (void)state;
    struct kept k = keep("", DAY);
    assert_true(terms_name(k.t, MODEL_DESK));
    assert_true(terms_facts(k.t, MODEL_DESK, k.claims[1]));
    assert_int_equal(k.p.entry, MODEL_NONE);
    assert_int_equal(k.p.term, TERM_OFF_RECORD);
    done(&k);
}

static void held_until(void **state)
{
    (void)state;
    allows("terms v on-record\n until 2031-05-05\n", DAY, "");
    allows("terms v on-record\n until 2031-05-04\n", DAY, "f23wn");
    allows("terms v on-record\n until 2031-05-04T16:30Z\n", DAY, "");
    allows("terms v on-record\n until 2031-05-03T23:59Z\n", DAY, "f23wn");
    allows("terms v on-record\n until 2031-05\n", DAY, ""); /* until May is over */
    allows("terms v on-record\n until 2031-05\n", "2031-06-01", "f23wn");
    allows("terms v on-record\n until 2031-04\n", DAY, "f23wn");
    allows("terms v on-record\n until 2031\n", "2031-12-31", "");
    allows("terms v on-record\n until 2031\n", "2032-01-01", "f23wn");
    struct kept k = keep("terms v on-record\n until 2031-05-05\n", DAY);
    assert_true(text_equal(k.p.until, TEXT("2031-05-05")));
    done(&k);
    k = keep("terms v on-record\n until 2031-05-03\n", DAY);
    assert_true(text_equal(k.p.until, TEXT("")));
    done(&k);
}

static void narrowed(void **state)
{
    (void)state;
    allows("terms v unattributed\n only c1\n as \"a clerk\"\n", DAY, "fwd");
    allows("terms v unattributed\n only c2 c3\n", DAY, "23");
    allows("terms v on-record\n only c2\n", DAY, "2n");
}

static void tightened(void **state)
{
    (void)state;
    allows("terms v on-record\nterms v background\n", DAY, "f23");
    allows("terms v on-record\nterms v off-record\n", DAY, "");
    allows("terms v on-record\nterms v on-record\n until 2032-01-01\n", DAY, "");
    allows("terms v on-record\nterms v on-record\n only c1 c3\n", DAY, "f3wn");
    allows("terms v unattributed\n as \"a clerk\"\nterms v unattributed\n", DAY, "f23w");
    allows("terms v unattributed\n only c1 c2\nterms v unattributed\n only c2\n", DAY, "2");
}

static void loosened_without_proof(void **state)
{
    (void)state;
    allows("terms v background\nterms v on-record\n", DAY, "f23!");
    allows("terms v background\nterms v on-record\n at r\n", DAY, "f23!");
    allows("terms v background\nterms v on-record\n at r \"\"\n", DAY, "f23!");
    allows("terms v off-record\nterms v background\n", DAY, "!");
    allows("terms v on-record\n until 2032-01-01\nterms v on-record\n", DAY, "!");
    allows("terms v on-record\n until 2032-01-01\nterms v on-record\n until 2031-06-01\n", DAY, "!");
    allows("terms v on-record\n only c1\nterms v on-record\n", DAY, "fwn!");
    allows("terms v on-record\n only c1\nterms v on-record\n only c1 c2\n", DAY, "fwn!");
    allows("terms v unattributed\nterms v unattributed\n as \"a clerk\"\n", DAY, "f23w!");
}

/* A description that is not proven is not used, nor is the one that it was to replace. */
static void described_anew(void **state)
{
    (void)state;
    const char *once = "terms v unattributed\n as \"a colonel\"\nterms v unattributed\n as \"an officer\"\n";
    allows(once, DAY, "f23w!");
    allows("terms v unattributed\n as \"a colonel\"\nterms v unattributed\n as \"an officer\"\n at r 00:10\n", DAY,
           "f23wd");
    allows("terms v unattributed\n as \"a clerk\"\nterms v unattributed\n as \"a clerk\"\n", DAY, "f23wd");
}

static void loosened_with_proof(void **state)
{
    (void)state;
    allows("terms v background\nterms v on-record\n at r 00:10\n", DAY, "f23wn");
    allows("terms v background\nterms v on-record\n at r \"use my name\"\n", DAY, "f23wn");
    allows("terms v on-record\n only c1\nterms v on-record\n only c1 c2\n at r 00:10\n", DAY, "f2wn");
    allows("terms v on-record\n until 2032-01-01\nterms v on-record\n at r 00:10\n", DAY, "f23wn");
}

/* What one entry tightens holds at once, even where it loosens something else that nobody can show. */
static void both_at_once(void **state)
{
    (void)state;
    allows("terms v background\nterms v on-record\n only c1\n", DAY, "f!");
    allows("terms v background\nterms v on-record\n until 2032-01-01\n", DAY, "!");
    allows("terms v on-record\n only c1 c2\nterms v background\n only c2 c3\n", DAY, "2!");
    allows("terms v on-record\n only c1\nterms v on-record\n only c2\n", DAY, "!");
}

static void order_of_the_log(void **state)
{
    (void)state;
    /* Not of dates. */
    allows("terms v on-record\n on 2031-02-01\nterms v background\n on 2030-01-01\n", DAY, "f23");
    /* A proven one after an unproven one settles it; a tighter one, too. */
    allows("terms v background\nterms v on-record\nterms v on-record\n at r 00:10\n", DAY, "f23wn");
    allows("terms v background\nterms v on-record\nterms v off-record\n", DAY, "");
    /* Loosening little by little is loosening. */
    allows("terms v background\nterms v unattributed\nterms v on-record\n", DAY, "f23!");
    struct kept k = keep("terms v background\nterms v unattributed\nterms v on-record\n", DAY);
    assert_int_equal(k.p.entry, 6);
    assert_int_equal(k.p.unproven, 8);
    assert_string_equal(term_word(k.p.term), "background");
    done(&k);
}

/* What was held back and no longer is needs no loosening. */
static void until_has_passed(void **state)
{
    (void)state;
    allows("terms v on-record\n until 2031-01-01\nterms v on-record\n", DAY, "f23wn");
    allows("terms v on-record\n until 2031-01-01\nterms v on-record\n", "2030-12-31", "!");
}

static void retracted(void **state)
{
    (void)state;
    allows("terms v on-record\nterms v background\nretract 8\n", DAY, "f23wn");
    allows("terms v on-record\nretract 7\n", DAY, "");
    allows("terms v background\nterms v on-record\nretract 7\n", DAY, "f23wn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_term),           cmocka_unit_test(the_desk),
        cmocka_unit_test(held_until),          cmocka_unit_test(narrowed),
        cmocka_unit_test(tightened),           cmocka_unit_test(loosened_without_proof),
        cmocka_unit_test(loosened_with_proof), cmocka_unit_test(described_anew),
        cmocka_unit_test(both_at_once),        cmocka_unit_test(order_of_the_log),
        cmocka_unit_test(until_has_passed),    cmocka_unit_test(retracted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
