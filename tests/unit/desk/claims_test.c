/* Lists of claims, and one claim: on the example, and on what nobody would write. */
#include "asking.h"

static void lists_all(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claims"), 0);
    assert_int_equal(number_at(a, "total"), 18);
    assert_int_equal(number_at(a, "matching"), 18);
    assert_int_equal(length_at(a, "claims"), 18);
    assert_int_equal(number_at(a, "summary.borne-out"), 8);
    assert_int_equal(number_at(a, "summary.attested"), 4);
    assert_int_equal(number_at(a, "summary.alleged"), 5);
    assert_int_equal(number_at(a, "summary.unheard"), 1);
    assert_int_equal(number_at(a, "summary.denied"), 9);
    assert_int_equal(number_at(a, "summary.contested"), 6);
    assert_int_equal(number_at(a, "summary.fact"), 7);
    assert_int_equal(number_at(a, "summary.allegation"), 6);
    assert_int_equal(number_at(a, "summary.not-yet"), 5);
    assert_string_equal(string_at(a, "claims.0.id"), "boarded");
    close_asked(a);
}

static void filters_and_sorts(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claims?level=unheard"), 0);
    assert_int_equal(number_at(a, "matching"), 1);
    assert_string_equal(string_at(a, "claims.0.id"), "tape");
    assert_int_equal(ask(a, "/api/claims?denial=contested&print=fact"), 0);
    assert_int_equal(number_at(a, "matching"), 3);
    assert_int_equal(ask(a, "/api/claims?sort=standing&limit=1"), 0);
    assert_string_equal(string_at(a, "claims.0.id"), "tape");
    assert_int_equal(number_at(a, "matching"), 18);
    assert_int_equal(ask(a, "/api/claims?sort=-standing&limit=1"), 0);
    assert_string_equal(string_at(a, "claims.0.level"), "borne-out");
    assert_int_equal(ask(a, "/api/claims?sort=newest&limit=1"), 0);
    assert_string_equal(string_at(a, "claims.0.id"), "deliberate");
    assert_int_equal(ask(a, "/api/claims?offset=17"), 0);
    assert_int_equal(length_at(a, "claims"), 1);
    assert_string_equal(string_at(a, "claims.0.id"), "hidden");
    assert_int_equal(ask(a, "/api/claims?offset=18"), 0);
    assert_int_equal(length_at(a, "claims"), 0);
    assert_int_equal(ask(a, "/api/claims?offset=99999999999999999999&limit=99999999999"), 0);
    assert_int_equal(length_at(a, "claims"), 0);
    close_asked(a);
}

static void finds_words(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claims?q=GANG"), 0);
    assert_int_equal(number_at(a, "matching"), 1);
    assert_string_equal(string_at(a, "claims.0.id"), "gangways");
    assert_int_equal(ask(a, "/api/claims?q=the fire guard"), 0);
    assert_int_equal(number_at(a, "matching"), 2);
    assert_int_equal(ask(a, "/api/claims?q=toll-n"), 0);
    assert_int_equal(number_at(a, "matching"), 1);
    assert_int_equal(ask(a, "/api/claims?q=nobody-says-this"), 0);
    assert_int_equal(number_at(a, "matching"), 0);
    assert_int_equal(ask(a, "/api/claims?q=..."), 0);
    assert_int_equal(number_at(a, "matching"), 18);
    close_asked(a);
}

static void refuses_what_makes_no_sense(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claims?limit=-1"), -1);
    assert_int_equal(a->error.code, ERROR_INPUT);
    assert_int_equal(ask(a, "/api/claims?level=high"), -1);
    assert_non_null(strstr(a->error.mend, "unheard, alleged, attested or borne-out"));
    assert_int_equal(ask(a, "/api/claims?sort=size"), -1);
    assert_int_equal(ask(a, "/api/claims?without=captian"), -1);
    assert_int_equal(a->error.code, ERROR_MISSING);
    assert_string_equal(a->error.mend, "did you mean 'captain'?");
    assert_int_equal(ask(a, "/api/claim?id=dors"), -1);
    assert_int_equal(a->error.code, ERROR_MISSING);
    assert_string_equal(a->error.mend, "did you mean 'doors'?");
    assert_int_equal(ask(a, "/api/claim"), -1);
    close_asked(a);
}

static void shows_what_if(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claims?without=captain&q=order&sort=standing"), 0);
    assert_string_equal(string_at(a, "claims.0.id"), "order");
    assert_int_equal(number_at(a, "claims.0.people.0"), 1);
    assert_int_equal(number_at(a, "claims.0.was.people.0"), 2);
    assert_int_equal(ask(a, "/api/claims?without=captain,boarder&level=unheard"), 0);
    assert_int_equal(number_at(a, "matching"), 2);
    assert_int_equal(ask(a, "/api/claims?level=unheard"), 0); /* and nothing is left of it */
    assert_int_equal(number_at(a, "matching"), 1);
    close_asked(a);
}

static void tells_a_claim(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claim?id=order"), 0);
    assert_string_equal(string_at(a, "sentence"), "The minister ordered it by telephone");
    assert_string_equal(string_at(a, "level"), "alleged");
    assert_string_equal(string_at(a, "figures"), "2 people, maybe one");
    assert_string_equal(string_at(a, "accuses.0.id"), "minister");
    assert_int_equal(length_at(a, "for"), 3);
    assert_string_equal(string_at(a, "for.0.chain.0.id"), "captain");
    assert_string_equal(string_at(a, "for.0.words"), "The captain stood beside the telephone.");
    assert_string_equal(string_at(a, "for.0.locator"), "00:12:15");
    assert_string_equal(string_at(a, "against.0.ground"), "unstated");
    assert_string_equal(string_at(a, "questions.0.state"), "answered");
    assert_non_null(strstr(string_at(a, "explanation.0"), "is one step away. It is denied"));
    assert_string_equal(string_at(a, "rests.0"), "It has three lines:");
    assert_non_null(strstr(string_at(a, "takes.0"), "Ask an officer of the Guard who led the boarding party:"));
    assert_int_equal(length_at(a, "takes"), 3);
    assert_int_equal(length_at(a, "allows"), 3);
    assert_string_equal(string_at(a, "why"), "counted cautiously it rests on one person; it takes somebody else who "
                                             "knows it and cannot be the same person.");
    close_asked(a);
}

static void follows_the_case(void **state)
{
    (void)state;
    struct asked *a = open_harbour();
    assert_int_equal(ask(a, "/api/claims?level=unheard"), 0);
    long long before = number_at(a, "revision");
    asked_more(a, "say mother tape saw\nclaim extra \"Something Ünheard-of\"\n");
    assert_int_equal(ask(a, "/api/claims?level=unheard"), 0);
    assert_string_equal(string_at(a, "claims.0.id"), "extra");
    assert_int_equal(number_at(a, "matching"), 1);
    assert_int_equal(ask(a, "/api/claims?q=ünh"), 0);
    assert_int_equal(number_at(a, "matching"), 1);
    assert_int_equal(ask(a, "/api/claims?sort=newest&limit=2"), 0);
    assert_string_equal(string_at(a, "claims.0.id"), "extra");
    assert_string_equal(string_at(a, "claims.1.id"), "tape");
    assert_int_equal(number_at(a, "claims.1.touched"), before + 1);
    char since[64];
    snprintf(since, sizeof since, "/api/claims?since=%lld", before);
    assert_int_equal(ask(a, since), 0);
    assert_int_equal(number_at(a, "matching"), 2);
    asked_more(a, "claim extra \"Quite another sentence\"\n");
    assert_int_equal(ask(a, "/api/claims?q=ünheard"), 0);
    assert_int_equal(number_at(a, "matching"), 0);
    assert_int_equal(ask(a, "/api/claims?q=quite"), 0);
    assert_int_equal(number_at(a, "matching"), 1);
    close_asked(a);
}

/* Whatever comes in small steps must be as it is when it comes at once. */
static void grows_as_if_it_were_new(void **state)
{
    (void)state;
    static const char *const addresses[] = {"/api/claims?sort=standing", "/api/claims?sort=people",
                                            "/api/claims?sort=newest", "/api/claims?q=e"};
    static const char *const more[] = {"say nurse paid saw\n",
                                       "deny guard set inspected wreck\n",
                                       "same? nurse diver\n",
                                       "ask guard moved\n",
                                       "say guard moved did\n",
                                       "impugn docker by hidden\n",
                                       "infer desk tape from order\n",
                                       "rule print people >= 1\n",
                                       "retract 60\n"};
    struct asked *a = open_harbour();
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        asked_more(a, more[i]);
        for (size_t k = 0; k < sizeof addresses / sizeof *addresses; k++) {
            assert_int_equal(ask(a, addresses[k]), 0);
            struct buffer grown = a->out;
            a->out = (struct buffer){0};
            views_free(a->views);
            a->views = views_new();
            assert_int_equal(ask(a, addresses[k]), 0);
            assert_string_equal(grown.at, a->out.at);
            buffer_release(&grown);
        }
    }
    close_asked(a);
}

static void stays_json(void **state)
{
    (void)state;
    struct asked a;
    asked_open(&a, "voice a \"</script><b>\\\"'&\"\nvoice b \"\u202Eturned\u2066 \\n line\"\n"
                   "claim c \"</script>\\\\ \u2028 \\\"quoted\\\" 'and' <!-- \u202E\"\n  note \"<img src=x>\"\n"
                   "record r page \"`${1}`\"\n  by a\n"
                   "say a c told-by b read r at r p.1 \"\\\"<\\\\\\\"\"\ninfer b c from d \"\\n\"\nclaim d \"ещё\"\n");
    assert_int_equal(ask(&a, "/api/claims"), 0);
    assert_null(strchr(a.out.at, '<'));
    assert_string_equal(string_at(&a, "claims.0.sentence"), "</script>\\ \u2028 \"quoted\" 'and' <!-- \u202E");
    assert_int_equal(ask(&a, "/api/claim?id=c"), 0);
    assert_null(strchr(a.out.at, '<'));
    assert_string_equal(string_at(&a, "note"), "<img src=x>");
    assert_string_equal(string_at(&a, "for.0.voice.name"), "</script><b>\"'&");
    assert_int_equal(ask(&a, "/api/claim?id=</script>\"\n"), -1);
    asked_close(&a);
    asked_open(&a, "");
    assert_int_equal(ask(&a, "/api/claims?sort=standing&q=x"), 0);
    assert_int_equal(number_at(&a, "total"), 0);
    asked_close(&a);
}

static int run(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_all),        cmocka_unit_test(filters_and_sorts),
        cmocka_unit_test(finds_words),      cmocka_unit_test(refuses_what_makes_no_sense),
        cmocka_unit_test(shows_what_if),    cmocka_unit_test(tells_a_claim),
        cmocka_unit_test(follows_the_case), cmocka_unit_test(grows_as_if_it_were_new),
        cmocka_unit_test(stays_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(int count, char **arguments)
{
    return harbour_run(count, arguments, run);
}
