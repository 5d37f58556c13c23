/* What the parser makes of a text that is right: entries, their fields, and where they stand. */
#include "reading.h"

#include "notation/grammar.h"

#include <stdlib.h>
#include <string.h>

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

struct want {
    enum field_kind kind;
    const char *text;
};

/* The one entry of a text has these fields, in this order. */
static void assert_fields(const char *source, enum verb verb, const struct want *want, size_t count)
{
    struct faults faults = {0};
    struct parser *p = parser_new(text_of(source), &faults);
    struct entry e;
    assert_true(parser_next(p, &e));
    assert_int_equal(e.verb, verb);
    assert_false(e.faulty);
    assert_int_equal(e.count, count);
    for (size_t i = 0; i < count; i++) {
        struct text t = field_text(&e.fields[i], text_of(source));
        assert_int_equal(e.fields[i].kind, want[i].kind);
        assert_int_equal(t.length, strlen(want[i].text));
        assert_memory_equal(t.at, want[i].text, t.length);
    }
    assert_false(parser_next(p, &e));
    parser_free(p);
    assert_int_equal(faults.count, 0);
}

#define ASSERT_FIELDS(source, verb, ...)                                                                               \
    do {                                                                                                               \
        const struct want fields_[] = {__VA_ARGS__};                                                                   \
        assert_fields(source, VERB_##verb, fields_, sizeof fields_ / sizeof *fields_);                                 \
    } while (0)

static void every_entry_gives_its_fields(void **state)
{
    (void)state;
    ASSERT_FIELDS("case \"T\"\n  language uz-Cyrl", CASE, {FIELD_TITLE, "T"}, {FIELD_LANGUAGE, "uz-Cyrl"});
    ASSERT_FIELDS("voice a \"N\"\n of b, c\n known-as \"x\",\"y\"\n contact \"t\"\n note \"n\"\n amends", VOICE,
                  {FIELD_VOICE, "a"}, {FIELD_NAME, "N"}, {FIELD_OF, "b"}, {FIELD_OF, "c"}, {FIELD_KNOWN_AS, "x"},
                  {FIELD_KNOWN_AS, "y"}, {FIELD_CONTACT, "t"}, {FIELD_NOTE, "n"}, {FIELD_AMENDS, ""});
    ASSERT_FIELDS("same? a b c", SAME, {FIELD_VOICE, "a"}, {FIELD_VOICE, "b"}, {FIELD_VOICE, "c"});
    ASSERT_FIELDS("record r audio \"T\"\n file \"f\"\n by a\n vouched-by b, c\n on 2024\n from d\n url \"u\"", RECORD,
                  {FIELD_RECORD, "r"}, {FIELD_RECORD_KIND, "audio"}, {FIELD_TITLE, "T"}, {FIELD_FILE, "f"},
                  {FIELD_BY, "a"}, {FIELD_VOUCHED_BY, "b"}, {FIELD_VOUCHED_BY, "c"}, {FIELD_ON, "2024"},
                  {FIELD_FROM, "d"}, {FIELD_URL, "u"});
    ASSERT_FIELDS("claim c \"S\"\n accuses a, b\n count 3..12\n place \"p\"", CLAIM, {FIELD_CLAIM, "c"},
                  {FIELD_SENTENCE, "S"}, {FIELD_ACCUSES, "a"}, {FIELD_ACCUSES, "b"}, {FIELD_COUNT, "3..12"},
                  {FIELD_PLACE, "p"});
    ASSERT_FIELDS("infer desk c from d e \"B\"", INFER, {FIELD_VOICE, "desk"}, {FIELD_CLAIM, "c"}, {FIELD_PREMISE, "d"},
                  {FIELD_PREMISE, "e"}, {FIELD_BECAUSE, "B"});
    ASSERT_FIELDS("contradict c d", CONTRADICT, {FIELD_CLAIM, "c"}, {FIELD_CLAIM, "d"});
    ASSERT_FIELDS("impugn a by c", IMPUGN, {FIELD_VOICE, "a"}, {FIELD_CLAIM, "c"});
    ASSERT_FIELDS("terms a unattributed\n at r p.3 \"w\"\n until 2025\n only c d\n as \"s\"", TERMS, {FIELD_VOICE, "a"},
                  {FIELD_TERM, "unattributed"}, {FIELD_AT, "r"}, {FIELD_LOCATOR, "p.3"}, {FIELD_WORDS, "w"},
                  {FIELD_UNTIL, "2025"}, {FIELD_ONLY, "c"}, {FIELD_ONLY, "d"}, {FIELD_AS, "s"});
    ASSERT_FIELDS("protect a \"d\"\n why \"w\"", PROTECT, {FIELD_VOICE, "a"}, {FIELD_DETAIL, "d"}, {FIELD_WHY, "w"});
    ASSERT_FIELDS("ask a c\n by 2024-01-08\n at r s.letter\n answered 2024-01-09", ASK, {FIELD_VOICE, "a"},
                  {FIELD_CLAIM, "c"}, {FIELD_DUE, "2024-01-08"}, {FIELD_AT, "r"}, {FIELD_LOCATOR, "s.letter"},
                  {FIELD_ANSWERED, "2024-01-09"});
    ASSERT_FIELDS("rule print people>=2, not contested,any != 0", RULE, {FIELD_RULE, "print"},
                  {FIELD_CONDITION, "people>=2"}, {FIELD_CONDITION, "not contested"}, {FIELD_CONDITION, "any != 0"});
    ASSERT_FIELDS("printed the-fire \"D\\n\"\n correction \"w\"\n on 2031-03-04", PRINTED, {FIELD_ARTICLE, "the-fire"},
                  {FIELD_DRAFT, "D\\n"}, {FIELD_CORRECTION, "w"}, {FIELD_ON, "2031-03-04"});
    ASSERT_FIELDS("attest camera r.1 \"Mia\"\n on 2031\n note \"n\"", ATTEST, {FIELD_CHECK, "camera"},
                  {FIELD_RECORD, "r.1"}, {FIELD_WHO, "Mia"}, {FIELD_ON, "2031"}, {FIELD_NOTE, "n"});
    ASSERT_FIELDS("kept r.1 " HASH " 12 \"n\"\n through bob\n from ana\n on 2031", KEPT, {FIELD_RECORD, "r.1"},
                  {FIELD_HASH, HASH}, {FIELD_BYTES, "12"}, {FIELD_FILE_NAME, "n"}, {FIELD_THROUGH, "bob"},
                  {FIELD_FROM, "ana"}, {FIELD_ON, "2031"});
    ASSERT_FIELDS("derived r text " HASH " 12 \"p 1\"\n on 2031", DERIVED, {FIELD_RECORD, "r"}, {FIELD_DERIVED, "text"},
                  {FIELD_HASH, HASH}, {FIELD_BYTES, "12"}, {FIELD_MAKER, "p 1"}, {FIELD_ON, "2031"});
    ASSERT_FIELDS("proof r rfc3161 " HASH " 12\n on 2031", PROOF, {FIELD_RECORD, "r"}, {FIELD_PROOF, "rfc3161"},
                  {FIELD_HASH, HASH}, {FIELD_BYTES, "12"}, {FIELD_ON, "2031"});
    ASSERT_FIELDS("looked r given\n on 2031", LOOKED, {FIELD_RECORD, "r"}, {FIELD_LOOK, "given"}, {FIELD_ON, "2031"});
    ASSERT_FIELDS("destroy r", DESTROY, {FIELD_RECORD, "r"});
    ASSERT_FIELDS("attest jigsaw the-fire \"Mia\"\n on 2031", ATTEST, {FIELD_CHECK, "jigsaw"},
                  {FIELD_ARTICLE, "the-fire"}, {FIELD_WHO, "Mia"}, {FIELD_ON, "2031"});
    ASSERT_FIELDS("forget a\n why \"w\"", FORGET, {FIELD_VOICE, "a"}, {FIELD_WHY, "w"});
    ASSERT_FIELDS("retract 12", RETRACT, {FIELD_ENTRY_NUMBER, "12"});
}

static void a_basis_is_a_chain_and_a_ground(void **state)
{
    (void)state;
    ASSERT_FIELDS("say a c", SAY, {FIELD_VOICE, "a"}, {FIELD_CLAIM, "c"}, {FIELD_GROUND, ""});
    ASSERT_FIELDS("deny a c unstated", DENY, {FIELD_VOICE, "a"}, {FIELD_CLAIM, "c"}, {FIELD_GROUND, "unstated"});
    ASSERT_FIELDS("say a c told-by b told-by a told-by b saw", SAY, {FIELD_VOICE, "a"}, {FIELD_CLAIM, "c"},
                  {FIELD_TOLD_BY, "b"}, {FIELD_TOLD_BY, "a"}, {FIELD_TOLD_BY, "b"}, {FIELD_GROUND, "saw"});
    ASSERT_FIELDS("say a c told-by b in part", SAY, {FIELD_VOICE, "a"}, {FIELD_CLAIM, "c"}, {FIELD_TOLD_BY, "b"},
                  {FIELD_GROUND, ""}, {FIELD_IN_PART, ""});
    ASSERT_FIELDS("deny a c read r at s 0:12 \"w\"\n on 2024\n note \"n\"", DENY, {FIELD_VOICE, "a"},
                  {FIELD_CLAIM, "c"}, {FIELD_GROUND, "read"}, {FIELD_GROUND_RECORD, "r"}, {FIELD_AT, "s"},
                  {FIELD_LOCATOR, "0:12"}, {FIELD_WORDS, "w"}, {FIELD_ON, "2024"}, {FIELD_NOTE, "n"});
    ASSERT_FIELDS("say a c inspected r \"w\"", SAY, {FIELD_VOICE, "a"}, {FIELD_CLAIM, "c"}, {FIELD_GROUND, "inspected"},
                  {FIELD_GROUND_RECORD, "r"}, {FIELD_WORDS, "w"});
}

/* Ids may be words of the notation: where one stands says what it is. */
static void words_of_the_notation_are_ids_too(void **state)
{
    (void)state;
    ASSERT_FIELDS("say say claim told-by saw read in in part at at", SAY, {FIELD_VOICE, "say"}, {FIELD_CLAIM, "claim"},
                  {FIELD_TOLD_BY, "saw"}, {FIELD_GROUND, "read"}, {FIELD_GROUND_RECORD, "in"}, {FIELD_IN_PART, ""},
                  {FIELD_AT, "at"});
    ASSERT_FIELDS("infer from from from a", INFER, {FIELD_VOICE, "from"}, {FIELD_CLAIM, "from"}, {FIELD_PREMISE, "a"});
    ASSERT_FIELDS("voice forgotten", VOICE, {FIELD_VOICE, "forgotten"});
}

static void main_strings_may_be_left_to_an_earlier_entry(void **state)
{
    (void)state;
    assert_keeps("voice a\n    of b\n");
    assert_keeps("record r\nrecord r video\nrecord r \"T\"\n");
    assert_keeps("claim c\n    count 3\n");
}

static void blanks_comments_and_line_ends_mean_nothing(void **state)
{
    (void)state;
    assert_reads("", "");
    assert_reads("\n \n\t# x\r\n#y", "");
    assert_reads("say\ta  c saw#x\r\n\r\n  # between\r\n\tnote \"#\\\"# \t\"  # y\r\n   on 2024   \r\n",
                 "say a c saw\n    note \"#\\\"# \t\"\n    on 2024\n");
    assert_reads("voice a \"x\"\n of b ,c,d\nvoice b", "voice a \"x\"\n    of b, c, d\nvoice b\n");
    assert_reads("terms a background\n only c, d e", "terms a background\n    only c d e\n");
}

static void an_entry_knows_where_it_stands(void **state)
{
    (void)state;
    const char *const source = "# x\nvoice a \"N\"\n  note \"n\" # c\r\n\n # d\nsay a c";
    struct faults f = {0};
    struct parser *p = parser_new(text_of(source), &f);
    struct entry e;
    assert_true(parser_next(p, &e));
    assert_int_equal(e.at, 4);
    assert_int_equal(e.length, strlen("voice a \"N\"\n  note \"n\" # c"));
    assert_true(parser_next(p, &e));
    assert_int_equal(e.at, strlen(source) - 7);
    assert_int_equal(e.length, 7);
    assert_false(parser_next(p, &e));
    parser_free(p);
}

static void a_forgotten_string_is_marked(void **state)
{
    (void)state;
    const char *const source =
        "voice a \"N\"\n    known-as forgotten, forgotten\n    contact forgotten\n    note \"forgotten\"\n"
        "protect a forgotten\n    why forgotten\n";
    struct faults f = {0};
    struct parser *p = parser_new(text_of(source), &f);
    struct entry e;
    assert_true(parser_next(p, &e));
    assert_int_equal(e.count, 6);
    for (uint32_t i = 0; i < e.count; i++) {
        bool forgotten = e.fields[i].kind == FIELD_KNOWN_AS || e.fields[i].kind == FIELD_CONTACT;
        assert_int_equal(e.fields[i].forgotten, forgotten);
        assert_int_equal(e.fields[i].length == 0, forgotten);
    }
    assert_true(parser_next(p, &e));
    assert_true(entry_field(&e, FIELD_DETAIL)->forgotten && entry_field(&e, FIELD_WHY)->forgotten);
    parser_free(p);
    assert_keeps(source);
}

static void the_right_values_are_taken(void **state)
{
    (void)state;
    const char *const dates[] = {"0001",       "2024",       "2024-02",           "2024-02-29",
                                 "2000-02-29", "2024-12-31", "2024-02-29T23:59Z", "2024-01-01T00:00Z"};
    const char *const locators[] = {"0:00",    "00:12",   "90:00", "1:02:03",   "00:12-00:12", "59:59-1:00:00", "p.1",
                                    "p.12-14", "p.12-12", "@0+1",  "@1042+310", "s.x",         "s.Über"};
    const char *const tags[] = {"en",        "uz-Cyrl", "sl-rozaj-biske-1994", "de-CH-1996", "x-private",
                                "i-klingon", "abcdefgh"};
    struct buffer b = {0};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        buffer_clear(&b);
        buffer_format(&b, "say a c saw\n    on %s\n", dates[i]);
        assert_keeps(b.at);
    }
    for (size_t i = 0; i < sizeof locators / sizeof *locators; i++) {
        buffer_clear(&b);
        buffer_format(&b, "say a c saw at r %s\n", locators[i]);
        assert_keeps(b.at);
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        buffer_clear(&b);
        buffer_format(&b, "case \"x\"\n    language %s\n", tags[i]);
        assert_keeps(b.at);
    }
    assert_keeps("claim c\n    count 0\nclaim d\n    count 7..7\nretract 4294967295\n");
    buffer_release(&b);
}

/* Belonging twice is belonging; anything else said twice is a mistake. */
static void an_organisation_named_twice_counts_once(void **state)
{
    (void)state;
    assert_reads("voice a \"x\"\n of b, c, b, b\n", "voice a \"x\"\n    of b, c\n");
    struct buffer source = {0}, want = {0};
    buffer_string(&source, "voice a \"x\"\n    of o0");
    for (int i = 1; i < 100; i++)
        buffer_format(&source, ", o%d", i % 37);
    buffer_string(&want, "voice a \"x\"\n    of o0");
    for (int i = 1; i < 37; i++)
        buffer_format(&want, ", o%d", i);
    buffer_char(&want, '\n');
    assert_reads(source.at, want.at);
    buffer_release(&source);
    buffer_release(&want);
}

static void the_table_names_its_words(void **state)
{
    (void)state;
    assert_string_equal(verb_word(VERB_SAME), "same?");
    assert_null(verb_word(VERB_COUNT));
    assert_string_equal(field_word(FIELD_TOLD_BY), "told-by");
    assert_string_equal(field_word(FIELD_IN_PART), "in part");
    assert_string_equal(field_word(FIELD_DUE), "by");
    assert_null(field_word(FIELD_NAME));
    assert_null(field_word(FIELD_KINDS));
    struct buffer b = {0};
    grammar_shape(&grammar[VERB_SAY], NULL, &b);
    buffer_char(&b, '|');
    grammar_shape(&grammar[VERB_TERMS], grammar_attribute(&grammar[VERB_TERMS], TEXT("at")), &b);
    buffer_char(&b, '|');
    grammar_shape(&grammar[VERB_ATTEST], NULL, &b);
    assert_string_equal(
        b.at, "say VOICE CLAIM BASIS [in part] [at RECORD [LOCATOR]] [\"WORDS\"]|at RECORD [LOCATOR] [\"WORDS\"]"
              "|attest CHECK SUBJECT \"WHO\"");
    buffer_release(&b);
}

static void what_is_protected_is_so_under_its_verb_alone(void **state)
{
    (void)state;
    for (unsigned v = 0; v < VERB_COUNT; v++)
        for (unsigned k = 0; k < FIELD_KINDS; k++)
            assert_int_equal(field_protected((enum verb)v, (enum field_kind)k),
                             (v == VERB_VOICE && (k == FIELD_KNOWN_AS || k == FIELD_CONTACT || k == FIELD_NOTE)) ||
                                 (v == VERB_KEPT && (k == FIELD_FILE_NAME || k == FIELD_NOTE)) ||
                                 (v == VERB_PROTECT && (k == FIELD_DETAIL || k == FIELD_WHY)));
}

/* Texts that end anywhere at all: the last line needs no end, and nothing is read behind it. */
static void a_text_may_end_anywhere(void **state)
{
    (void)state;
    const char source[] = "voice ana \"A\\\"n\"\n    known-as \"x\", \"y\"\nsay ana c told-by bob read r at s p.1-2 "
                          "\"w\"\r\n    on 2024-01-01";
    for (size_t n = 0; n < sizeof source; n++) {
        char *exact = malloc(n ? n : 1); /* so that a sanitizer sees a step too far */
        memcpy(exact, source, n);
        struct reading r;
        read_text(&r, (struct text){exact, n});
        reading_release(&r);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_gives_its_fields),
        cmocka_unit_test(a_basis_is_a_chain_and_a_ground),
        cmocka_unit_test(words_of_the_notation_are_ids_too),
        cmocka_unit_test(main_strings_may_be_left_to_an_earlier_entry),
        cmocka_unit_test(blanks_comments_and_line_ends_mean_nothing),
        cmocka_unit_test(an_entry_knows_where_it_stands),
        cmocka_unit_test(a_forgotten_string_is_marked),
        cmocka_unit_test(the_right_values_are_taken),
        cmocka_unit_test(an_organisation_named_twice_counts_once),
        cmocka_unit_test(the_table_names_its_words),
        cmocka_unit_test(what_is_protected_is_so_under_its_verb_alone),
        cmocka_unit_test(a_text_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
