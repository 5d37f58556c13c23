/* The twin of a case: what is another in it, what stays, and that nothing which a page follows from has moved. */
#include "gate/twin.h"

#include "base/file.h"
#include "bearing/bearing.h"
#include "gate/invent.h"
#include "gate/shift.h"
#include "rules/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define DAY "2031-06-01"
enum { SEEDS = 40 };

/* A case and its twin. */
struct pair {
    struct model *own, *twin;
    struct terms *own_terms, *twin_terms;
    struct buffer text; /* of the twin */
};

static struct model *take(struct text text)
{
    struct model *m = model_new();
    struct faults faults = {0};
    if (model_take(m, text, TAKE_LOG, &faults)) {
        struct buffer lines = {0};
        faults_print(&faults, "twin", &lines);
        fail_msg("%s\n%.*s", lines.at, TEXT_ARG(text));
    }
    faults_release(&faults);
    return m;
}

static void pair_open(struct pair *p, struct text text, uint64_t seed)
{
    *p = (struct pair){.own = take(text)};
    p->own_terms = terms_new(p->own, TEXT(DAY));
    twin_write(p->own, p->own_terms, seed, &p->text);
    p->twin = take(buffer_text(&p->text));
    p->twin_terms = terms_new(p->twin, TEXT(DAY));
}

static void pair_close(struct pair *p)
{
    terms_free(p->own_terms);
    terms_free(p->twin_terms);
    model_free(p->own);
    model_free(p->twin);
    buffer_release(&p->text);
}

/* A case with a word in each place that a string can stand in: those that begin with KEPT may be printed, those with
 * GONE may not. */
static const char every_place[] =
    "case \"GONE-title\"\n    language en\n"
    "voice open \"GONE-name-before\"\n    known-as \"GONE-known-before\"\n"
    "voice open \"KEPT-name\"\n    known-as \"KEPT-known\"\n    contact \"GONE-contact-open\"\n    note "
    "\"GONE-note-open\"\n"
    "voice low \"GONE-low\"\n    known-as \"GONE-alias\", \"GONE-alias2\"\n    contact \"GONE-contact\"\n    note "
    "\"GONE-note\"\n"
    "voice mid \"GONE-mid\"\nvoice bg \"GONE-bg\"\nvoice narrow \"GONE-narrow\"\nvoice held \"GONE-held\"\nvoice none "
    "\"GONE-none\"\n"
    "record pub document \"KEPT-record\"\n    file \"GONE/file-pub.pdf\"\n    by open\n    on 2030-01-05\n    url "
    "\"KEPT-url\"\n    note \"GONE-record-note\"\n"
    "record priv audio \"GONE-record\"\n    file \"GONE/file.wav\"\n    from low\n    on 2030-02-15\n    url "
    "\"GONE-url\"\n"
    "record vouched document \"GONE-vouched\"\n    by open\n    vouched-by bg\n"
    "claim c \"GONE-sentence-before\"\n"
    "claim c \"KEPT-sentence\"\n    accuses open\n    on 2029-05-05\n    place \"KEPT-place\"\n    note "
    "\"GONE-claim-note\"\n"
    "claim d \"KEPT-other\"\n"
    "claim g \"GONE-retracted\"\n"
    "say open c saw at pub p.10 \"KEPT-words\"\n    on 2030-03-03\n    note \"GONE-say-note\"\n"
    "say low c told-by open at priv 0:07 \"GONE-words-low\"\n    on 2030-04-20\n"
    "say mid c saw at priv 0:08 \"KEPT-words-mid\"\n"
    "say bg c saw at priv 0:09 \"GONE-words-bg\"\n"
    "say narrow c saw \"KEPT-words-narrow\"\nsay narrow d saw \"GONE-words-narrow\"\n"
    "say held c saw \"GONE-words-held\"\nsay none c saw \"GONE-words-none\"\ndeny mid d \"KEPT-deny\"\n"
    "infer open d from c \"KEPT-because\"\ninfer low d from c \"GONE-because\"\n"
    "terms open on-record\n    on 2030-01-20\n    at pub p.3 \"GONE-agreed\"\n"
    "terms low off-record\n    on 2030-02-10\n    as \"GONE-as-low\"\n"
    "terms mid unattributed\n    as \"GONE-as-before\"\n"
    "terms mid unattributed\n    at priv 0:30 \"GONE-agreed-mid\"\n    as \"KEPT-as\"\n"
    "terms bg background\n    as \"GONE-as-bg\"\n"
    "terms narrow unattributed\n    only c\n    as \"KEPT-as-narrow\"\n"
    "terms held on-record\n    until 2033-03-03\n    as \"GONE-as-held\"\n"
    "protect low \"GONE-detail\"\n    why \"GONE-why\"\nprotect open \"GONE-detail-open\"\n"
    "ask open c\n    on 2030-05-15\n    by 2030-06-15\n    answered 2030-06-10\n"
    "rule print people >= 1\n"
    "retract 16\n    why \"GONE-retract-why\"\n"
    "printed slug-kept \"# KEPT-draft\\n\\nKEPT-text [c low]. ![KEPT-alt](pub \\\"KEPT-caption\\\")\"\n    on "
    "2031-01-05\n    correction \"KEPT-correction\"\n"
    "attest background priv \"GONE-who\"\n    on 2031-02-05\n    note \"GONE-attest-note\"\n";

static void assert_all_of(struct text in, struct text source, const char *prefix, bool there)
{
    char word[64];
    unsigned found = 0;
    for (const char *at = source.at; (at = strstr(at, prefix)); found++) {
        size_t length = strspn(at, "KEPTGONabcdefghijklmnopqrstuvwxyz0123456789-");
        assert_true(length < sizeof word);
        memcpy(word, at, length);
        word[length] = '\0';
        /* a word may be the start of another: whole words are compared */
        const char *hit = in.at;
        while ((hit = strstr(hit, word)) && strchr("abcdefghijklmnopqrstuvwxyz0123456789-", hit[length]))
            hit += length;
        if ((hit != NULL) != there)
            fail_msg("%s %s in:\n%.*s", word, there ? "is not" : "is", TEXT_ARG(in));
        at += length;
    }
    assert_true(found > 0);
}

static void what_may_be_printed_stays_and_nothing_else(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct pair p;
        pair_open(&p, text_of(every_place), seed);
        assert_all_of(buffer_text(&p.text), text_of(every_place), "KEPT", true);
        if (strstr(p.text.at, "GONE"))
            fail_msg("%s", p.text.at);
        pair_close(&p);
    }
}

static void dates_that_may_be_printed_stay(void **state)
{
    (void)state;
    static const char *const kept[] = {"2030-01-05", "2029-05-05", "2030-03-03", "2030-05-15",
                                       "2030-06-15", "2030-06-10", "2031-01-05", "2031-02-05"};
    static const char *const gone[] = {"2030-02-15", "2030-04-20", "2030-01-20", "2030-02-10", "2033-03-03"};
    struct pair p;
    pair_open(&p, text_of(every_place), 1);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (!strstr(p.text.at, kept[i]))
            fail_msg("%s is not in:\n%s", kept[i], p.text.at);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        if (strstr(p.text.at, gone[i]))
            fail_msg("%s is in:\n%s", gone[i], p.text.at);
    pair_close(&p);
}

static void assert_same_promises(const struct pair *p)
{
    for (uint32_t v = 0; v < model_voices(p->own); v++) {
        struct promise a = terms_of(p->own_terms, v), b = terms_of(p->twin_terms, v);
        assert_int_equal(a.term, b.term);
        assert_int_equal(a.entry, b.entry);
        assert_int_equal(a.unproven, b.unproven);
        assert_int_equal(a.until.length > 0, b.until.length > 0);
        assert_int_equal(a.only_count, b.only_count);
        assert_int_equal(terms_name(p->own_terms, v), terms_name(p->twin_terms, v));
        assert_int_equal(terms_described(p->own_terms, v), terms_described(p->twin_terms, v));
        for (uint32_t c = 0; c < model_claims(p->own); c++) {
            assert_int_equal(terms_facts(p->own_terms, v, c), terms_facts(p->twin_terms, v, c));
            assert_int_equal(terms_words(p->own_terms, v, c), terms_words(p->twin_terms, v, c));
        }
    }
}

static void assert_same_row(const struct row *a, const struct row *b)
{
    assert_memory_equal(a->measures, b->measures, sizeof a->measures);
    assert_int_equal(a->distance, b->distance);
    assert_int_equal(a->level, b->level);
    assert_int_equal(a->keystone_count, b->keystone_count);
}

static void assert_same_standing(const struct pair *p)
{
    struct bearing *a = bearing_new(p->own), *b = bearing_new(p->twin);
    struct rules *own = rules_new(p->own), *twin = rules_new(p->twin);
    assert_int_equal(standing_measure(bearing_graph(a), NULL), 0);
    assert_int_equal(standing_measure(bearing_graph(b), NULL), 0);
    for (uint32_t c = 0; c < model_claims(p->own); c++) {
        struct row x = standing_row(bearing_graph(a), c), y = standing_row(bearing_graph(b), c);
        assert_same_row(&x, &y);
        for (size_t r = 0; r < rules_count(own); r++)
            assert_int_equal(rules_meets(own, r, c, &x), rules_meets(twin, r, c, &y));
    }
    rules_free(own);
    rules_free(twin);
    bearing_free(a);
    bearing_free(b);
}

static void assert_same_shape(const struct pair *p)
{
    assert_int_equal(model_voices(p->own), model_voices(p->twin));
    assert_int_equal(model_records(p->own), model_records(p->twin));
    assert_int_equal(model_claims(p->own), model_claims(p->twin));
    assert_int_equal(model_entries(p->own), model_entries(p->twin));
    for (uint32_t n = 0; n < model_entries(p->own); n++) {
        assert_int_equal(model_entry(p->own, n).verb, model_entry(p->twin, n).verb);
        assert_int_equal(model_entry(p->own, n).retracted, model_entry(p->twin, n).retracted);
        assert_int_equal(model_entry(p->own, n).is_void, model_entry(p->twin, n).is_void);
    }
}

static void assert_equivalent(struct text text)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct pair p;
        pair_open(&p, text, seed);
        assert_same_shape(&p);
        assert_same_promises(&p);
        assert_same_standing(&p);
        pair_close(&p);
    }
}

static void all_that_a_page_follows_from_is_the_same(void **state)
{
    (void)state;
    struct buffer example = {0};
    assert_equivalent(text_of(every_place));
    assert_int_equal(file_read(EXAMPLE, 1 << 20, &example, NULL), 0);
    assert_equivalent(buffer_text(&example));
    buffer_release(&example);
}

static void terms_follow_each_other_as_before(void **state)
{
    (void)state;
    /* The same description twice is no loosening; another one is; a later day is none, an earlier one is. */
    assert_equivalent(TEXT("voice a \"A\"\nvoice b \"B\"\nvoice d \"D\"\nvoice e \"E\"\nclaim c \"C\"\n"
                           "terms a unattributed\n    as \"one\"\nterms a unattributed\n    as \"one\"\n"
                           "terms b unattributed\n    as \"one\"\nterms b unattributed\n    as \"two\"\n"
                           "terms d on-record\n    until 2031-07\nterms d on-record\n    until 2031-06-30\n"
                           "terms e on-record\n    until 2031-05-31\nterms e on-record\n    until 2031-06-01\n"));
}

static void an_answer_stays_on_its_side_of_the_question(void **state)
{
    (void)state;
    assert_equivalent(TEXT("voice a \"A\"\nvoice b \"B\"\nclaim c \"C\"\n    accuses a\nclaim d \"D\"\n    accuses b\n"
                           "rule print answered\nask a c\n    on 2031-03-10\nask b d\n    on 2031-03-10\n"
                           "deny a c\n    on 2031-03-08\ndeny b d\n    on 2031-03-12\n"));
}

static void what_a_log_made_void_stays_void(void **state)
{
    (void)state;
    struct pair p;
    pair_open(&p, TEXT("voice a \"A\"\n    of b\nvoice b \"B\"\n    of a\nvoice a\n    contact \"x\"\nvoice a \"Z\"\n"),
              3);
    assert_same_shape(&p);
    pair_close(&p);
}

static void what_is_forgotten_stays_so(void **state)
{
    (void)state;
    struct pair p;
    pair_open(&p, TEXT("voice a \"A\"\n    known-as forgotten\n    contact forgotten\nprotect a forgotten\nforget a\n"),
              3);
    assert_non_null(strstr(p.text.at, "known-as forgotten"));
    assert_non_null(strstr(p.text.at, "contact forgotten"));
    pair_close(&p);
}

/* By what else could two voices be told apart: each of these has to come out both ways. */
static void order_length_and_number_of_secrets_change(void **state)
{
    (void)state;
    bool swapped = false, kept = false, longer = false, shorter = false, more = false, fewer = false;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct pair p;
        uint32_t count;
        pair_open(&p,
                  TEXT("voice ana \"Ana Lind\"\n    known-as \"x\", \"y\"\n    note \"n\"\nvoice bea \"Bea Lund\"\n"),
                  seed);
        struct text a = model_id(p.twin, SPACE_VOICE, 1), b = model_id(p.twin, SPACE_VOICE, 2);
        struct text name = model_attribute_text(p.twin, SPACE_VOICE, 1, FIELD_NAME);
        *(text_compare(a, b) > 0 ? &swapped : &kept) = true;
        *(name.length > 8 ? &longer : &shorter) = true;
        assert_int_not_equal(name.length, 8);
        model_attribute(p.twin, SPACE_VOICE, 1, FIELD_KNOWN_AS, &count);
        more |= count > 2;
        model_attribute(p.twin, SPACE_VOICE, 1, FIELD_NOTE, &count);
        fewer |= count == 0;
        pair_close(&p);
    }
    assert_true(swapped && kept && longer && shorter && more && fewer);
}

static void no_name_stands_twice_in_a_list(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_string(&text, "voice a \"A\"\n    known-as \"0\"");
    for (unsigned i = 1; i < 3000; i++)
        buffer_format(&text, ", \"%u\"", i);
    buffer_string(&text, "\n");
    assert_equivalent(buffer_text(&text));
    buffer_release(&text);
}

static void one_seed_gives_one_twin(void **state)
{
    (void)state;
    struct pair a, b, c;
    pair_open(&a, text_of(every_place), 7);
    pair_open(&b, text_of(every_place), 7);
    pair_open(&c, text_of(every_place), 8);
    assert_string_equal(a.text.at, b.text.at);
    assert_string_not_equal(a.text.at, c.text.at);
    pair_close(&a);
    pair_close(&b);
    pair_close(&c);
}

static void assert_draft(const struct pair *p, const char *draft, const char *format)
{
    struct buffer out = {0}, expected = {0};
    for (const char *at = format; *at; at++) {
        if (*at == 'C')
            buffer_text_add(&expected, model_id(p->twin, SPACE_CLAIM, 0));
        else if (*at == 'D')
            buffer_text_add(&expected, model_id(p->twin, SPACE_CLAIM, 1));
        else if (*at == 'V')
            buffer_text_add(&expected, model_id(p->twin, SPACE_VOICE, 1));
        else if (*at == 'R')
            buffer_text_add(&expected, model_id(p->twin, SPACE_RECORD, 0));
        else
            buffer_char(&expected, *at);
    }
    twin_draft(p->own, 5, text_of(draft), &out);
    assert_string_equal(out.at, expected.at);
    buffer_release(&out);
    buffer_release(&expected);
}

static void drafts_cite_the_twin(void **state)
{
    (void)state;
    struct pair p;
    pair_open(&p, TEXT("voice ana \"A\"\nrecord pic image \"P\"\nclaim c4 \"S\"\nclaim c5 \"T\"\n"), 5);
    assert_draft(&p, "so [c4]. and [c4 ana]", "so [C]. and [C V]");
    assert_draft(&p, "so [c4\nana][c5].[desk]", "so [C\nV][D].[desk]");
    assert_draft(&p, "so [c4 desk] [c4, c5]", "so [C desk] [C, D]");
    assert_draft(&p, "![c4 here](pic \"c4 ana pic\") ![x](<pic>)", "![c4 here](R \"c4 ana pic\") ![x](<R>)");
    /* What is no citation is read by people, and stays. */
    assert_draft(&p, "c4 ana [ana] [c4](https://a.example/pic) [c4 \\[c4\\] [c9] [c4 (ana)]",
                 "c4 ana [ana] [c4](https://a.example/pic) [c4 \\[c4\\] [c9] [c4 (ana)]");
    assert_draft(&p, "[c4", "[c4");
    assert_draft(&p, "![](", "![](");
    pair_close(&p);
}

static void shifted(const char *const *dates, const bool *fixed, size_t count, uint64_t seed, struct text *out,
                    struct shifts **s)
{
    *s = shifts_new();
    for (size_t i = 0; i < count; i++)
        shifts_add(*s, text_of(dates[i]), fixed[i]);
    shifts_settle(*s, seed);
    for (size_t i = 0; i < count; i++)
        out[i] = shifts_of(*s, text_of(dates[i]));
}

static void dates_keep_their_order(void **state)
{
    (void)state;
    static const char *const dates[] = {"0001-01-01",        "2020",       "2027-07",    "2029-05-01", "2029-05-02",
                                        "2030-01-01T10:00Z", "2030-03-01", "2030-03-04", "2030-07",    "2030-07-09",
                                        "2032-12-31",        "9998-12-31"};
    static const bool fixed[] = {false, false, false, false, true, false, false, false, false, false, false, false};
    enum { COUNT = sizeof dates / sizeof *dates };
    unsigned moved[COUNT] = {0};
    for (uint64_t seed = 0; seed < 400; seed++) {
        struct text to[COUNT];
        struct shifts *s;
        shifted(dates, fixed, COUNT, seed, to, &s);
        for (size_t i = 0; i < COUNT; i++) {
            assert_int_equal(to[i].length, strlen(dates[i]));
            moved[i] += !text_equal(to[i], text_of(dates[i]));
            for (size_t j = 0; j < i; j++) {
                size_t known = to[i].length < to[j].length ? to[i].length : to[j].length;
                int before = memcmp(dates[j], dates[i], known), after = memcmp(to[j].at, to[i].at, known);
                assert_int_equal((before > 0) - (before < 0), (after > 0) - (after < 0));
            }
        }
        shifts_free(s);
    }
    assert_int_equal(moved[4], 0); /* fixed */
    assert_int_equal(moved[8], 0); /* a month lies over one of its days */
    assert_true(moved[2] > 200 && moved[10] > 200 && moved[5] > 200 && moved[1] > 100);
}

static void what_is_no_date_is_left_alone(void **state)
{
    (void)state;
    struct shifts *s = shifts_new();
    shifts_add(s, TEXT("soon"), false);
    shifts_add(s, TEXT(""), false);
    shifts_add(s, TEXT("2031-0"), false);
    shifts_settle(s, 1);
    assert_true(text_equal(shifts_of(s, TEXT("soon")), TEXT("soon")));
    assert_true(text_equal(shifts_of(s, TEXT("2031-01-01")), TEXT("2031-01-01")));
    shifts_free(s);
}

static void an_invented_path_keeps_its_ending(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct chance c = {seed};
        struct buffer out = {0};
        invent_path(&c, TEXT("talks/ana.lind/one.wav"), &out);
        assert_string_equal(out.at + out.length - 4, ".wav");
        assert_null(strstr(out.at, "ana"));
        buffer_clear(&out);
        invent_path(&c, TEXT("talks.old/ana"), &out);
        assert_null(strchr(out.at, '.'));
        buffer_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_be_printed_stays_and_nothing_else),
        cmocka_unit_test(dates_that_may_be_printed_stay),
        cmocka_unit_test(all_that_a_page_follows_from_is_the_same),
        cmocka_unit_test(terms_follow_each_other_as_before),
        cmocka_unit_test(an_answer_stays_on_its_side_of_the_question),
        cmocka_unit_test(what_a_log_made_void_stays_void),
        cmocka_unit_test(what_is_forgotten_stays_so),
        cmocka_unit_test(order_length_and_number_of_secrets_change),
        cmocka_unit_test(no_name_stands_twice_in_a_list),
        cmocka_unit_test(one_seed_gives_one_twin),
        cmocka_unit_test(drafts_cite_the_twin),
        cmocka_unit_test(dates_keep_their_order),
        cmocka_unit_test(what_is_no_date_is_left_alone),
        cmocka_unit_test(an_invented_path_keeps_its_ending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
