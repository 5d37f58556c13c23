/* The catalogues: each says everything, and counts as its language does. */
#include "opening.h"
#include "ops/diary.h"
#include "ops/explain.h"
#include "ops/stand.h"
#include "ops/telling.h"

struct said {
    const char *name, *said[5];
};

#define WORDS(name, template) {"WORDS_" #name, {template}},
#define COUNTED(name, none, one, few, many) {"COUNTED_" #name, {none, one, few, many}},
static const struct said english[] = {
#include "ops/words_en.def"
};
static const struct said russian[] = {
#include "ops/words_ru.def"
};
#undef WORDS
#undef COUNTED

enum { ENTRIES = sizeof english / sizeof *english };

/* Which {N} a template has, a bit each. */
static unsigned holes(const char *template)
{
    unsigned found = 0;
    for (const char *c = template; (c = strchr(c, '{')); c++)
        if (c[1] >= '0' && c[1] <= '9' && c[2] == '}')
            found |= 1u << (c[1] - '0');
    return found;
}

static const struct said *named(const char *name)
{
    for (size_t i = 0; i < sizeof russian / sizeof *russian; i++)
        if (strcmp(russian[i].name, name) == 0)
            return &russian[i];
    fail_msg("words_ru.def has no %s", name);
    return NULL;
}

static void the_catalogues_say_the_same(void **state)
{
    (void)state;
    assert_int_equal(sizeof russian / sizeof *russian, ENTRIES);
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct said *other = named(english[i].name);
        for (int form = 0; form < 5; form++) {
            const char *a = english[i].said[form], *b = other->said[form];
            if (!a != !b || (a && holes(a) != holes(b)))
                fail_msg("%s is filled in otherwise: \"%s\", \"%s\"", english[i].name, a ? a : "", b ? b : "");
        }
    }
}

static void assert_counts(enum words_language language, enum counted what, uint64_t n, const char *wanted)
{
    struct buffer out = {0};
    enum words_language before = words_use(language);
    words_count(&out, what, n);
    words_use(before);
    assert_string_equal(out.at, wanted);
    buffer_release(&out);
}

static void numbers_take_their_forms(void **state)
{
    (void)state;
    static const struct {
        uint64_t n;
        const char *claims, *people;
    } rows[] = {
        {0, "ни одного утверждения", "никто"},
        {1, "1 утверждение", "1 человек"},
        {2, "2 утверждения", "2 человека"},
        {4, "4 утверждения", "4 человека"},
        {5, "5 утверждений", "5 человек"},
        {10, "10 утверждений", "10 человек"},
        {11, "11 утверждений", "11 человек"},
        {12, "12 утверждений", "12 человек"},
        {14, "14 утверждений", "14 человек"},
        {20, "20 утверждений", "20 человек"},
        {21, "21 утверждение", "21 человек"},
        {22, "22 утверждения", "22 человека"},
        {25, "25 утверждений", "25 человек"},
        {100, "100 утверждений", "100 человек"},
        {101, "101 утверждение", "101 человек"},
        {111, "111 утверждений", "111 человек"},
        {112, "112 утверждений", "112 человек"},
        {1024, "1024 утверждения", "1024 человека"},
        {UINT64_C(1000000000001), "1000000000001 утверждение", "1000000000001 человек"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_counts(WORDS_RUSSIAN, COUNTED_CLAIM, rows[i].n, rows[i].claims);
        assert_counts(WORDS_RUSSIAN, COUNTED_PERSON, rows[i].n, rows[i].people);
    }
    assert_counts(WORDS_RUSSIAN, COUNTED_OTHER, 3, "ещё 3");
    assert_counts(WORDS_ENGLISH, COUNTED_PERSON, 0, "nobody");
    assert_counts(WORDS_ENGLISH, COUNTED_PERSON, 1, "one person");
    assert_counts(WORDS_ENGLISH, COUNTED_PERSON, 2, "two people");
    assert_counts(WORDS_ENGLISH, COUNTED_PERSON, 11, "11 people");
    assert_counts(WORDS_ENGLISH, COUNTED_PERSON, 21, "21 people");
}

static void figures_take_the_form_of_the_last(void **state)
{
    (void)state;
    struct buffer out = {0};
    words_use(WORDS_RUSSIAN);
    words_figures(&out, COUNTED_PERSON, (struct interval){3, 5});
    words_figures(&out, COUNTED_PARTY, (struct interval){1, 2});
    words_use(WORDS_ENGLISH);
    words_figures(&out, COUNTED_PERSON, (struct interval){1, 1});
    words_figures(&out, COUNTED_PERSON, (struct interval){3, 5});
    assert_string_equal(out.at, "3–5 человек1–2 стороны1 person3–5 people");
    buffer_release(&out);
}

static void assert_begins(const char *given, const char *wanted)
{
    struct buffer out = {0};
    buffer_string(&out, "x");
    buffer_string(&out, given);
    words_begin(&out, 1);
    assert_string_equal(out.at + 1, wanted);
    buffer_release(&out);
}

static void sentences_begin_as_they_should(void **state)
{
    (void)state;
    assert_begins("ask her", "Ask her");
    assert_begins("спросить", "спросить"); /* a name in an English sentence stays as it is written */
    assert_begins("", "");
    words_use(WORDS_RUSSIAN);
    assert_begins("спросить", "Спросить");
    assert_begins("ёлка", "Ёлка");
    assert_begins("ürün", "Ürün");
    assert_begins("ana так говорит", "Ana так говорит");
    assert_begins("Уже", "Уже");
    assert_begins("«а»", "«а»");
    assert_begins("ŉ", "ŉ"); /* no one letter is its capital */
    assert_begins("ı", "ı"); /* its capital is shorter */
    assert_begins("\xd1", "\xd1");
    assert_begins("", "");
    words_use(WORDS_ENGLISH);
}

static void names_stand_as_they_are_written(void **state)
{
    (void)state;
    struct buffer out = {0};
    words_within(TEXT("The captain"), &out);
    words_use(WORDS_RUSSIAN);
    words_within(TEXT("The captain"), &out);
    words_within(TEXT("Бывшая служащая"), &out);
    for (size_t i = 0; i < 3; i++)
        buffer_text_add(&out, words_between(i, 3));
    words_use(WORDS_ENGLISH);
    assert_string_equal(out.at, "the captainThe captainБывшая служащая,  и ");
    buffer_release(&out);
}

static void the_first_known_language_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *list;
        enum words_language language;
    } rows[] = {
        {"", WORDS_ENGLISH},
        {"ru", WORDS_RUSSIAN},
        {"RU-ru,ru;q=0.9,en;q=0.8", WORDS_RUSSIAN},
        {"uz, ru;q=0.7, en;q=0.5", WORDS_RUSSIAN},
        {"en-GB,ru", WORDS_ENGLISH},
        {"rus", WORDS_ENGLISH},
        {"rue-UA", WORDS_ENGLISH},
        {"*", WORDS_ENGLISH},
        {",,;q=ru, ,", WORDS_ENGLISH},
        {"de; q=0.5 , \tru", WORDS_RUSSIAN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(words_accepted(text_of(rows[i].list)), rows[i].language);
}

static const char story[] = "voice ana \"Бывшая служащая\"\nvoice ben \"Второй механик\"\nvoice head \"Директор\"\n"
                            "record log document \"Журнал смены\"\n"
                            "claim doors \"Двери были заперты\"\n    accuses head\n"
                            "claim keys \"Ключи были у сторожа\"\n"
                            "say ana doors saw\n"
                            "say ben doors told-by ana told-by head\n"
                            "say ben doors read log\n"
                            "say ben doors\n"
                            "deny head doors\n"
                            "infer desk doors from keys \"Так выходит\"\n"
                            "terms ana off-record\n";

static void told(void *context, enum explain_section section, enum explain_shape shape, struct text text)
{
    (void)section, (void)shape;
    buffer_text_add(context, text);
    buffer_char(context, '\n');
}

static void assert_no_latin(const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            fail_msg("English in:\n%s", text);
}

static void a_claim_is_explained(void **state)
{
    (void)state;
    struct opened o;
    struct buffer out = {0};
    open_text(&o, story);
    struct rules *rules = rules_new(o.model);
    words_use(WORDS_RUSSIAN);
    explain_sentences(&o, rules, claim(&o, "doors"), EXPLAIN_ALL, told, &out);
    words_use(WORDS_ENGLISH);
    assert_has(&out, "Бывшая служащая (ana) знает об этом как прямой свидетель.\n");
    assert_has(&out,
               "Второй механик (ben) говорит со слов: Бывшая служащая, а этот источник — со слов: Директор (head); "
               "откуда знает последний источник (Директор), никто не сказал.\n");
    assert_has(&out, "Второй механик знает об этом из прочитанного: «Журнал смены» (log).\n");
    assert_has(&out, "Второй механик так говорит и не объясняет, откуда это известно.\n");
    assert_has(&out, "Директор это отрицает и не объясняет, откуда это известно.\n");
    assert_has(&out, "Редакция делает этот вывод из: «keys» (никто не говорил).\n");
    assert_has(&out, "Ещё не спросили: Директор.\n");
    assert_no_latin(out.at);
    rules_free(rules);
    buffer_release(&out);
    opened_close(&o);
}

static void the_diary_is_told(void **state)
{
    (void)state;
    struct opened o;
    struct telling t;
    struct buffer out = {0}, again = {0};
    open_text(&o, story);
    telling_init(&t, o.model, o.bearing);
    for (int russian_first = 1; russian_first >= 0; russian_first--) {
        words_use(russian_first ? WORDS_RUSSIAN : WORDS_ENGLISH);
        for (uint32_t n = 0; n < model_entries(o.model); n++) {
            telling_afresh(&t);
            diary_sentence(&t, n, russian_first ? &out : &again);
            buffer_char(russian_first ? &out : &again, '\n');
        }
    }
    assert_has(&out, "Среди голосов: Бывшая служащая (ana).\n");
    assert_has(&out, "Среди утверждений «doors»: «Двери были заперты»\n");
    assert_has(&out, "Об утверждении «doors»: Бывшая служащая знает об этом как прямой свидетель.\n");
    assert_has(&out, "Бывшая служащая (ana) говорит на условиях: не для печати.\n");
    assert_no_latin(out.at);
    assert_has(&again, "On 'doors': Бывшая служащая saw or heard it happen.\n");
    assert_has(&again, "Бывшая служащая (ana) speaks off-record.\n");
    telling_release(&t);
    buffer_release(&out);
    buffer_release(&again);
    opened_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogues_say_the_same),
        cmocka_unit_test(numbers_take_their_forms),
        cmocka_unit_test(figures_take_the_form_of_the_last),
        cmocka_unit_test(sentences_begin_as_they_should),
        cmocka_unit_test(names_stand_as_they_are_written),
        cmocka_unit_test(the_first_known_language_is_taken),
        cmocka_unit_test(a_claim_is_explained),
        cmocka_unit_test(the_diary_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
