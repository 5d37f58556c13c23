/* Finding in a case: what is found, where; keeping up with what changes; and asking while it is read. */
#include "ops/find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* cmocka after the headers that it needs */
#include <cmocka.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define DERIVED HASH " 10 \"a parser\"\n    on 2031-04-01\n"

static const char CASE[] = "case \"Harbour\"\n"
                           "voice crane \"A crane driver\"\n"
                           "    known-as \"Zebulon\"\n"
                           "    contact \"zebulon by the bridge\"\n"
                           "    note \"zebulon is afraid\"\n"
                           "record talk audio \"First talk\"\n"
                           "record log document \"The watch log\"\n"
                           "claim doors \"The doors were chained from outside\"\n"
                           "claim fuel \"Diesel was poured on the deck\"\n"
                           "say crane doors saw at talk 00:01 \"I saw the chains on the doors myself\"\n"
                           "say crane fuel saw\n"
                           "    note \"He was sure about the diesel\"\n"
                           "protect crane \"zebulon\"\n"
                           "derived talk transcript " DERIVED "derived log text " DERIVED;

/* A case whose records have texts. */
struct desk {
    struct opened o;
    const char *texts[2][2]; /* by record: talk, log; by enum find_text */
    uint32_t epoch;
    unsigned reads;
    pthread_mutex_t lock;
    size_t pages[3];
};

static const struct opened *enter(void *context, uint32_t *epoch)
{
    struct desk *d = context;
    pthread_mutex_lock(&d->lock);
    *epoch = d->epoch;
    return &d->o;
}

static void leave(void *context)
{
    pthread_mutex_unlock(&((struct desk *)context)->lock);
}

static int text_of_record(void *context, struct text record, enum find_text what, struct buffer *out,
                          struct find_pages *pages, struct error *error)
{
    struct desk *d = context;
    const char *t = d->texts[text_equal(record, TEXT("log"))][what];
    d->reads++;
    if (!t)
        return error_set(error, ERROR_MISSING, "there is no such text");
    buffer_string(out, t);
    if (what == FIND_TEXT) {
        pages->at = malloc(sizeof d->pages);
        memcpy(pages->at, d->pages, sizeof d->pages);
        pages->count = 3;
    }
    return 0;
}

static void take(struct desk *d, const char *text)
{
    struct faults faults = {0};
    pthread_mutex_lock(&d->lock);
    int result = model_take(d->o.model, text_of(text), TAKE_LOG, &faults);
    pthread_mutex_unlock(&d->lock);
    if (result)
        fail_msg("%s: %s", text, faults.at[0].what);
    faults_release(&faults);
}

static void desk_open(struct desk *d, const char *text)
{
    *d = (struct desk){.epoch = 1, .o = {.name = "case", .model = model_new()}};
    pthread_mutex_init(&d->lock, NULL);
    d->texts[0][FIND_TRANSCRIPT] = "WEBVTT\n\n00:01.000 --> 00:02.000\nit was a cold night\n\n"
                                   "00:12.500 --> 00:14.000\n<v Ana>the yakhta was &amp; is gone\n";
    d->texts[1][FIND_TEXT] =
        "Page one says nothing.\nOn page two Вадим Лесной wrote of a fire.\nPage three, fire again.\n";
    d->pages[0] = 0;
    d->pages[1] = (size_t)(strstr(d->texts[1][FIND_TEXT], "On page") - d->texts[1][FIND_TEXT]);
    d->pages[2] = (size_t)(strstr(d->texts[1][FIND_TEXT], "Page three") - d->texts[1][FIND_TEXT]);
    take(d, text);
}

static void desk_close(struct desk *d)
{
    opened_close(&d->o);
    pthread_mutex_destroy(&d->lock);
}

static struct find_source source_of(struct desk *d)
{
    return (struct find_source){enter, leave, text_of_record, d};
}

/* "claim doors|record log p2 @34+4 …": kinds, ids and places, best first. */
static void ask(struct finder *f, const char *typed, unsigned kinds, struct buffer *out)
{
    static const char *const names[] = {"claim", "statement", "voice", "record", "text", "transcript"};
    struct query q;
    struct find_answer a;
    struct error error = {0};
    buffer_clear(out);
    buffer_string(out, "");
    assert_int_equal(query_read(text_of(typed), false, &q, &error), 0);
    assert_int_equal(finder_find(f, &q, kinds, 20, &a, &error), 0);
    for (size_t i = 0; i < a.count; i++) {
        const struct find_hit *h = &a.hits[i];
        buffer_format(out, "%s%s %s", i ? "|" : "", names[h->kind], h->id);
        if (h->entry)
            buffer_format(out, " #%u", h->entry);
        if (h->page)
            buffer_format(out, " p%u", h->page);
        if (h->in_text)
            buffer_format(out, " @%llu+%llu", (unsigned long long)h->at, (unsigned long long)h->length);
        if (h->seconds >= 0)
            buffer_format(out, " %.1fs", h->seconds);
    }
    find_answer_release(&a);
    query_release(&q);
}

static void finds(struct finder *f, const char *typed, const char *expected)
{
    struct buffer out = {0};
    ask(f, typed, SEARCH_ALL, &out);
    if (strcmp(out.at, expected) != 0)
        fail_msg("%s: '%s', not '%s'", typed, out.at, expected);
    buffer_release(&out);
}

static void fill(struct finder *f)
{
    assert_int_equal(finder_fill(f, NULL, NULL), 0);
}

static void all_kinds_are_found(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, CASE);
    struct find_source source = source_of(&d);
    struct finder *f = finder_new(&source, NULL, NULL);
    fill(f);
    finds(f, "doors", "claim doors|statement doors #7");
    finds(f, "diesel", "claim fuel|statement fuel #8");
    finds(f, "crane", "voice crane");
    finds(f, "watch", "record log");
    finds(f, "yakhta", "transcript talk @88+6 12.5s");
    assert_int_equal(strncmp(d.texts[0][FIND_TRANSCRIPT] + 88, "yakhta", 6), 0);
    finds(f, "vadim", "text log p2 @35+10");
    finds(f, "fire", "text log p3 @88+4|text log p2 @70+4");
    finds(f, "Ana", "");
    finds(f, "zebulon", "");
    desk_close(&d);
    finder_free(f);
}

static void what_changes_is_followed(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, CASE);
    struct find_source source = source_of(&d);
    struct finder *f = finder_new(&source, NULL, NULL);
    fill(f);
    take(&d, "claim doors \"The gates were locked\"\n    amends\n");
    finder_look(f);
    fill(f);
    finds(f, "gates", "claim doors");
    finds(f, "chained", "");
    take(&d, "retract 7\n");
    finder_look(f);
    fill(f);
    finds(f, "chains", "");
    take(&d, "retract 12\n");
    finder_look(f);
    fill(f);
    finds(f, "chained", "claim doors");
    finds(f, "gates", "");
    assert_int_equal(d.reads, 2);
    d.texts[1][FIND_TEXT] = "Quite another text.";
    take(&d, "derived log text " DERIVED);
    finder_look(f);
    fill(f);
    finds(f, "fire", "");
    finds(f, "another", "text log p1 @6+7");
    assert_int_equal(d.reads, 3);
    d.epoch++;
    finder_look(f);
    fill(f);
    finds(f, "another", "text log p1 @6+7");
    finds(f, "chained", "claim doors");
    take(&d, "destroy log\n");
    d.texts[1][FIND_TEXT] = NULL;
    finder_look(f);
    fill(f);
    finds(f, "another", "");
    finds(f, "yakhta", "transcript talk @88+6 12.5s");
    finds(f, "watch", "record log");
    desk_close(&d);
    finder_free(f);
}

static void one_question_alone_is_answered(void **state)
{
    (void)state;
    struct desk d;
    struct query q;
    desk_open(&d, CASE);
    struct find_source source = source_of(&d);
    assert_int_equal(query_read(TEXT("vadim OR diesel"), false, &q, NULL), 0);
    struct finder *f = finder_new(&source, &q, NULL);
    fill(f);
    finds(f, "vadim OR diesel", "claim fuel|statement fuel #8|text log p2 @35+10");
    finder_free(f);
    query_release(&q);
    desk_close(&d);
}

static void texts_that_cannot_be_read_are_counted(void **state)
{
    (void)state;
    struct desk d;
    struct query q;
    struct find_answer a;
    desk_open(&d, CASE);
    d.texts[1][FIND_TEXT] = NULL;
    struct find_source source = source_of(&d);
    struct finder *f = finder_new(&source, NULL, NULL);
    fill(f);
    assert_int_equal(query_read(TEXT("fire"), false, &q, NULL), 0);
    assert_int_equal(finder_find(f, &q, SEARCH_ALL, 20, &a, NULL), 0);
    assert_int_equal(a.unread, 1);
    assert_true(a.ready);
    find_answer_release(&a);
    query_release(&q);
    finder_free(f);
    desk_close(&d);
}

/* Asked all the while from two threads, while a case is read and grows. */
static volatile bool asking;

static void *ask_on(void *context)
{
    struct buffer out = {0};
    while (asking) {
        ask(context, "water OR vadim", SEARCH_ALL, &out);
        usleep(500);
    }
    buffer_release(&out);
    return NULL;
}

static bool is_ready(struct finder *f, uint64_t *total)
{
    struct query q;
    struct find_answer a;
    assert_int_equal(query_read(TEXT("water"), false, &q, NULL), 0);
    assert_int_equal(finder_find(f, &q, SEARCH_ALL, 5, &a, NULL), 0);
    bool ready = a.ready;
    assert_true(a.done <= a.of);
    *total = a.total;
    find_answer_release(&a);
    query_release(&q);
    return ready;
}

static void wait_for(struct finder *f, uint64_t expected)
{
    uint64_t total = 0;
    for (int i = 0; i < 60000 && !is_ready(f, &total); i++)
        usleep(1000);
    assert_int_equal(total, expected);
}

static void questions_are_answered_while_it_reads(void **state)
{
    (void)state;
    struct desk d;
    struct buffer much = {0}, long_text = {0};
    pthread_t askers[2];
    desk_open(&d, CASE);
    for (int i = 0; i < 3000; i++)
        buffer_format(&much, "claim c%d \"Water number %d\"\n", i, i);
    for (int i = 0; i < 20000; i++)
        buffer_format(&long_text, "line %d of the fire\n", i);
    take(&d, much.at);
    d.texts[1][FIND_TEXT] = long_text.at;
    struct find_source source = source_of(&d);
    struct finder *f = finder_new(&source, NULL, NULL);
    asking = true;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&askers[i], NULL, ask_on, f), 0);
    assert_int_equal(finder_start(f, NULL), 0);
    wait_for(f, 3000);
    take(&d, "claim more \"Still more water\"\n");
    finder_look(f);
    wait_for(f, 3001);
    asking = false;
    for (int i = 0; i < 2; i++)
        pthread_join(askers[i], NULL);
    finder_free(f);
    f = finder_new(&source, NULL, NULL); /* ended in the middle */
    assert_int_equal(finder_start(f, NULL), 0);
    usleep(20000);
    finder_free(f);
    buffer_release(&much);
    buffer_release(&long_text);
    desk_close(&d);
}

static void answers_are_told(void **state)
{
    (void)state;
    struct desk d;
    struct query q;
    struct find_answer a;
    struct buffer out = {0};
    desk_open(&d, CASE);
    struct find_source source = source_of(&d);
    struct finder *f = finder_new(&source, NULL, NULL);
    fill(f);
    assert_int_equal(query_read(TEXT("yakhta"), false, &q, NULL), 0);
    assert_int_equal(finder_find(f, &q, SEARCH_ALL, 20, &a, NULL), 0);
    find_json(&a, &out);
    assert_string_equal(
        out.at, "{\"ready\":true,\"progress\":[2011,2011],\"total\":1,\"hits\":[{\"kind\":\"transcript\",\"id\":"
                "\"talk\",\"title\":\"First talk\",\"at\":88,\"length\":6,\"seconds\":12.500,\"passage\":[{\"text\":"
                "\"it was a cold night\\u000athe \",\"hit\":false},{\"text\":\"yakhta\",\"hit\":true},{\"text\":"
                "\" was & is gone\\u000a\",\"hit\":false}]}]}");
    find_answer_release(&a);
    query_release(&q);
    buffer_release(&out);
    finder_free(f);
    desk_close(&d);
}

static void kinds_are_named(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(find_kinds(TEXT("claims"), &error), 1u << SEARCH_CLAIM);
    assert_int_equal(find_kinds(TEXT("claim,voice"), &error), 1u << SEARCH_CLAIM | 1u << SEARCH_VOICE);
    assert_int_equal(find_kinds(TEXT("records"), &error),
                     1u << SEARCH_RECORD | 1u << SEARCH_TEXT | 1u << SEARCH_TRANSCRIPT);
    assert_int_equal(find_kinds(TEXT("secrets"), &error), 0);
    assert_int_equal(find_kinds(TEXT(""), &error), 0);
    assert_int_equal(find_kinds(TEXT("claims,"), &error), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_are_found),
        cmocka_unit_test(what_changes_is_followed),
        cmocka_unit_test(one_question_alone_is_answered),
        cmocka_unit_test(texts_that_cannot_be_read_are_counted),
        cmocka_unit_test(questions_are_answered_while_it_reads),
        cmocka_unit_test(answers_are_told),
        cmocka_unit_test(kinds_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
