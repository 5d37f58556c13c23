/* Every view on the example: JSON, without a secret, whatever is asked of it. */
#include "asking.h"

static void with_harbour(void (*test)(struct asked *a))
{
    struct asked *a = open_harbour();
    test(a);
    close_asked(a);
}

/* Strings of the example that are protected, and stand nowhere else in it. */
static const char *const secrets[] = {"Edrin Vosk",
                                      "Maro Illin",
                                      "Tessa Vosk",
                                      "Bram Oddy",
                                      "Harrowgate",
                                      "Osk Perrin",
                                      "never by telephone",
                                      "under a handle",
                                      "It may be",
                                      "insurer",
                                      "one nurse had its key",
                                      "few officers were"};

static void assert_keeps_secrets(const struct asked *a, const char *address)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        assert_non_null(strstr(harbour, secrets[i]));
        if (strstr(a->out.at, secrets[i]))
            fail_msg("'%s' in the answer to %s", secrets[i], address);
    }
}

static void ask_safely(struct asked *a, const char *address)
{
    if (ask(a, address) == 0)
        assert_keeps_secrets(a, address);
}

static void ask_all(struct asked *a)
{
    static const char *const odd[] = {"",
                                      "?q=e",
                                      "?q=%22",
                                      "?q=</script>",
                                      "?limit=0",
                                      "?limit=1",
                                      "?offset=100000",
                                      "?limit=x",
                                      "?id=lieutenant",
                                      "?id=order",
                                      "?id=tape",
                                      "?id=ward-list",
                                      "?id=",
                                      "?id=nobody",
                                      "?filter=secret",
                                      "?sort=name",
                                      "?sort=keystone",
                                      "?voices=captain",
                                      "?voices=",
                                      "?voices=captain,,",
                                      "?without=,",
                                      "?q=Vosk",
                                      "?q=linen room",
                                      "?q=\xff\xfe",
                                      "?before=0",
                                      "?before=20",
                                      "?space=voice&q=l",
                                      "?space=all",
                                      "?id=desk",
                                      "?q=\xE2\x80\xAE",
                                      "?q=A\x01\n"};
    char address[128];
    for (const struct view_path *p = view_paths; p->path; p++)
        for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
            snprintf(address, sizeof address, "%s%s", p->path, odd[i]);
            ask_safely(a, address);
        }
    for (uint32_t n = 0; n < model_claims(a->o.model); n++) {
        snprintf(address, sizeof address, "/api/claim?id=%.*s", TEXT_ARG(model_id(a->o.model, SPACE_CLAIM, n)));
        assert_int_equal(ask(a, address), 0);
        assert_keeps_secrets(a, address);
    }
    for (uint32_t n = 0; n < model_voices(a->o.model); n++) {
        snprintf(address, sizeof address, "/api/voice?id=%.*s", TEXT_ARG(model_id(a->o.model, SPACE_VOICE, n)));
        assert_int_equal(ask(a, address), 0);
        assert_keeps_secrets(a, address);
    }
    for (uint32_t n = 0; n < model_records(a->o.model); n++) {
        snprintf(address, sizeof address, "/api/record?id=%.*s", TEXT_ARG(model_id(a->o.model, SPACE_RECORD, n)));
        assert_int_equal(ask(a, address), 0);
        assert_keeps_secrets(a, address);
    }
}

static void answers_in_json(void **state)
{
    (void)state;
    with_harbour(ask_all);
}

/* The answer in a language, of views that were asked in others before. Yours. */
static char *answered_in(struct asked *a, enum words_language language, const char *address)
{
    a->language = language;
    assert_int_equal(ask(a, address), 0);
    assert_int_equal(words_use(WORDS_ENGLISH), WORDS_ENGLISH); /* put back with the answer */
    a->language = WORDS_ENGLISH;
    return memory_copy(a->out.at, a->out.length);
}

static void ask_in_both(struct asked *a)
{
    static const struct {
        const char *address, *russian; /* NULL: it has no sentence, and is the same in both */
    } rows[] = {
        {"/api/claims", "2 человека, возможно, 1"},
        {"/api/claims?q=minister&sort=standing", "нужен ещё кто-то"},
        {"/api/claim?id=order", "говорит со слов: A captain of the Guard"},
        {"/api/without?voices=captain", "1 человек"},
        {"/api/voice?id=lieutenant", "знает об этом как участник событий"},
        {"/api/record?id=interview-2", "прямой свидетель"},
        {"/api/diary", "Об утверждении «"},
        {"/api/odd", "Спросите их."},
        {"/api/voices?sort=name", NULL},
        {"/api/weakest", NULL},
        {"/api/names?q=guard", NULL},
        {"/api/questions", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *first = answered_in(a, WORDS_ENGLISH, rows[i].address);
        char *russian = answered_in(a, WORDS_RUSSIAN, rows[i].address);
        char *again = answered_in(a, WORDS_ENGLISH, rows[i].address);
        assert_string_equal(first, again);
        if (!rows[i].russian)
            assert_string_equal(first, russian);
        else if (!strstr(russian, rows[i].russian) || strstr(first, rows[i].russian))
            fail_msg("%s: \"%s\" is not Russian alone in:\n%s", rows[i].address, rows[i].russian, russian);
        free(first);
        free(russian);
        free(again);
    }
}

static void answers_in_the_language_asked(void **state)
{
    (void)state;
    with_harbour(ask_in_both);
}

static void answers_of_nothing(void **state)
{
    (void)state;
    struct asked a;
    asked_open(&a, "");
    for (const struct view_path *p = view_paths; p->path; p++)
        ask(&a, p->path);
    assert_int_equal(ask(&a, "/api/diary"), 0);
    assert_int_equal(ask(&a, "/api/next"), 0);
    assert_int_equal(ask(&a, "/api/weakest"), 0);
    asked_close(&a);
}

static void check_voices(struct asked *a)
{
    assert_int_equal(ask(a, "/api/voices?sort=name&limit=2"), 0);
    assert_int_equal(number_at(a, "total"), 20);
    assert_string_equal(string_at(a, "voices.0.name"), "A captain of the Guard who was on the quay that night");
    assert_int_equal(ask(a, "/api/voices?filter=unheard"), 0);
    assert_int_equal(number_at(a, "matching"), 3);
    assert_int_equal(ask(a, "/api/voices?q=edrin"), 0); /* what is protected is not found either */
    assert_int_equal(number_at(a, "matching"), 0);
    assert_int_equal(ask(a, "/api/voice?id=lieutenant"), 0);
    assert_string_equal(string_at(a, "term"), "on-record");
    assert_int_equal(length_at(a, "terms"), 3);
    assert_false(json_is_true(value_at(a, "terms.0.needsPlace")));
    assert_true(json_is_true(value_at(a, "terms.1.loosens")));
    assert_false(json_is_true(value_at(a, "terms.1.needsPlace")));
    assert_int_equal(number_at(a, "secrets.known-as"), 2);
    assert_int_equal(number_at(a, "secrets.protect"), 1);
    assert_string_equal(string_at(a, "impugned.0.by.id"), "planted");
    assert_string_equal(string_at(a, "through.0.id"), "friend");
    assert_string_equal(string_at(a, "tells.0.id"), "captain");
    assert_string_equal(string_at(a, "rests.0.id"), "rewritten");
    assert_true(json_is_true(value_at(a, "rests.0.alone")));
    assert_int_equal(ask(a, "/api/voice?id=guard"), 0);
    assert_int_equal(length_at(a, "accused"), 7);
    assert_string_equal(string_at(a, "asked.0.state"), "answered");
    assert_int_equal(ask(a, "/api/voice?id=captian"), -1);
    assert_string_equal(a->error.mend, "did you mean 'captain'?");
}

static void tells_voices(void **state)
{
    (void)state;
    with_harbour(check_voices);
}

static void check_records(struct asked *a)
{
    assert_int_equal(ask(a, "/api/records?kind=audio"), 0);
    assert_int_equal(number_at(a, "matching"), 2);
    assert_string_equal(string_at(a, "records.0.from.id"), "lieutenant");
    assert_int_equal(number_at(a, "records.0.statements"), 3);
    assert_int_equal(ask(a, "/api/records?q=ward"), 0);
    assert_string_equal(string_at(a, "records.0.id"), "ward-list");
    assert_int_equal(ask(a, "/api/record?id=ward-list"), 0);
    assert_string_equal(string_at(a, "vouched.0.id"), "clerk");
    assert_string_equal(string_at(a, "statements.0.claim.id"), "toll-forty");
    assert_true(json_is_false(value_at(a, "held")));
    assert_int_equal(ask(a, "/api/records?kind=papyrus"), -1);
}

static void tells_records(void **state)
{
    (void)state;
    with_harbour(check_records);
}

static void check_open(struct asked *a)
{
    assert_int_equal(ask(a, "/api/next"), 0);
    assert_true(json_is_true(value_at(a, "ready")));
    assert_string_equal(string_at(a, "ask.0.voice.id"), "boarder");
    assert_string_equal(string_at(a, "ask.0.through.0.id"), "clerk");
    assert_int_equal(length_at(a, "hearing"), 3);
    assert_int_equal(length_at(a, "overdue"), 4);
    assert_int_equal(ask(a, "/api/questions"), 0);
    assert_int_equal(number_at(a, "total"), 7);
    assert_string_equal(string_at(a, "questions.0.state"), "overdue");
    assert_string_equal(string_at(a, "questions.6.state"), "answered");
    assert_int_equal(ask(a, "/api/weakest?limit=3"), 0);
    assert_string_equal(string_at(a, "voices.0.id"), "lieutenant");
    char address[64];
    snprintf(address, sizeof address, "/api/without?voices=%s", string_at(a, "voices.0.id"));
    long long falls = number_at(a, "voices.0.falls");
    assert_int_equal(ask(a, address), 0);
    assert_int_equal(number_at(a, "total"), falls);
    assert_int_equal(ask(a, "/api/odd"), 0);
    assert_true(length_at(a, "odd") > 5);
    assert_true(json_is_string(value_at(a, "odd.0.mend")));
}

static void tells_what_is_open(void **state)
{
    (void)state;
    with_harbour(check_open);
}

static void check_time(struct asked *a)
{
    assert_int_equal(ask(a, "/api/timeline"), 0);
    assert_string_equal(string_at(a, "happened.0.on"), "2019-03-14");
    assert_string_equal(string_at(a, "happened.0.id"), "boarded");
    assert_int_equal(ask(a, "/api/timeline?q=dive"), 0);
    assert_int_equal(number_at(a, "matching"), 1);
    assert_string_equal(string_at(a, "happened.0.kind"), "record");
    assert_int_equal(ask(a, "/api/diary?limit=1"), 0);
    long long total = number_at(a, "total");
    assert_int_equal(number_at(a, "batches.0.entries.0.entry"), total);
    assert_string_equal(string_at(a, "batches.0.entries.0.verb"), "rule");
    assert_int_equal(ask(a, "/api/diary?q=edrin"), 0);
    assert_int_equal(length_at(a, "batches"), 0);
    assert_int_equal(ask(a, "/api/diary?q=terms&limit=100"), 0);
    assert_int_equal(json_array_size(value_at(a, "batches.0.entries")), 17);
    assert_int_equal(ask(a, "/api/diary?q=protect"), 0);
    assert_non_null(strstr(string_at(a, "batches.0.entries.0.notation"), "[protected]"));
}

static void tells_time(void **state)
{
    (void)state;
    with_harbour(check_time);
}

static void check_names(struct asked *a)
{
    assert_int_equal(ask(a, "/api/names?q=guard&space=voice"), 0);
    assert_string_equal(string_at(a, "names.0.id"), "guard");
    assert_int_equal(ask(a, "/api/names?q=c&space=voice"), 0);
    assert_string_equal(string_at(a, "names.0.id"), "captain"); /* cited most */
    assert_int_equal(ask(a, "/api/names?q=doors"), 0);
    assert_string_equal(string_at(a, "names.0.space"), "claim");
    assert_int_equal(ask(a, "/api/names?q=tessa"), 0);
    assert_int_equal(length_at(a, "names"), 0);
    assert_int_equal(ask(a, "/api/names?space=record&limit=3"), 0);
    assert_int_equal(length_at(a, "names"), 3);
}

static void completes_names(void **state)
{
    (void)state;
    with_harbour(check_names);
}

static void check_picture(struct asked *a)
{
    assert_int_equal(ask(a, "/api/claim?id=order"), 0);
    assert_string_equal(string_at(a, "graph.nodes.0.kind"), "claim");
    size_t nodes = length_at(a, "graph.nodes"), edges = length_at(a, "graph.edges");
    assert_true(nodes > 7 && edges > 7);
    for (size_t i = 0; i < edges; i++) {
        char from[64], to[64];
        snprintf(from, sizeof from, "graph.edges.%zu.from", i);
        snprintf(to, sizeof to, "graph.edges.%zu.to", i);
        assert_in_range(number_at(a, from), 0, nodes - 1);
        assert_in_range(number_at(a, to), 1, nodes - 1);
    }
}

static void draws(void **state)
{
    (void)state;
    with_harbour(check_picture);
}

static void works_ahead(void **state)
{
    (void)state;
    struct asked a;
    asked_open(&a, harbour);
    struct session_now now = {1, model_entries(a.o.model)};
    for (int i = 0; views_work(a.views, &a.o, now, 1); i++)
        assert_true(i < 10000);
    assert_false(views_work(a.views, &a.o, now, 1));
    assert_int_equal(ask(&a, "/api/next"), 0);
    asked_more(&a, "say captain order saw\n");
    now.revision = model_entries(a.o.model);
    while (views_work(a.views, &a.o, now, 1))
        ;
    assert_int_equal(ask(&a, "/api/next"), 0);
    assert_string_not_equal(string_at(&a, "ask.0.voice.id"), "captain");
    asked_close(&a);
}

static int run(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_in_json),    cmocka_unit_test(answers_of_nothing),
        cmocka_unit_test(tells_voices),       cmocka_unit_test(tells_records),
        cmocka_unit_test(tells_what_is_open), cmocka_unit_test(tells_time),
        cmocka_unit_test(completes_names),    cmocka_unit_test(draws),
        cmocka_unit_test(works_ahead),        cmocka_unit_test(answers_in_the_language_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(int count, char **arguments)
{
    return harbour_run(count, arguments, run);
}
