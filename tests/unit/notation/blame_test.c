/* What a person is told of each kind of fault: the place, what was met, what was expected, the likeliest mend; one
 * fault for a line, and none that follows from another. */
#include "reading.h"

#include <string.h>

struct told {
    const char *source, *report;
};

static void assert_told(const struct told *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_faults(text_of(cases[i].source), cases[i].report);
}

#define ASSERT_TOLD(cases) assert_told(cases, sizeof cases / sizeof *cases)

/* What a line may start with. */
static void a_line_that_starts_no_entry_is_told_what_does(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"voise ana \"Ana\"\n"
         "    of mill\n"
         "    frobnicate\n"
         "say ana c saw\n",
         "x:1:1: 'voise' does not start an entry; expected case, voice, same?, record, claim, say, deny, infer, "
         "contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract; did you mean 'voice'?\n"},
        {"saw ana c1 saw\n",
         "x:1:1: 'saw' does not start an entry; expected case, voice, same?, record, claim, say, deny, infer, "
         "contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract; did you mean 'say'?\n"},
        {"frobnicate x\n"
         "    of y\n",
         "x:1:1: 'frobnicate' does not start an entry; expected case, voice, same?, record, claim, say, deny, infer, "
         "contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract\n"},
        {"\"case\" x\n",
         "x:1:1: \"case\" does not start an entry; expected case, voice, same?, record, claim, say, "
         "deny, infer, contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract\n"},
        {"Voice ana \"Ana\"\n",
         "x:1:1: 'Voice' does not start an entry; expected case, voice, same?, record, claim, say, deny, infer, "
         "contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract; did you mean 'voice'?\n"},
        {", x\n",
         "x:1:1: a comma does not start an entry; expected case, voice, same?, record, claim, say, deny, "
         "infer, contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract\n"},
        {"1.2 x\n",
         "x:1:1: '1.2' does not start an entry; expected case, voice, same?, record, claim, say, deny, "
         "infer, contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, looked, "
         "forget, destroy or retract\n"},
        {"of mill\n", "x:1:1: 'of' is an attribute, and stands where an entry starts; expected case, voice, same?, "
                      "record, claim, say, deny, infer, contradict, impugn, terms, protect, ask, rule, printed, "
                      "attest, kept, derived, proof, looked, "
                      "forget, destroy or retract; indent it under its voice\n"},
        {"on 2020\n"
         "    note \"x\"\n",
         "x:1:1: 'on' is an attribute, and stands where an entry starts; expected case, voice, same?, record, claim, "
         "say, deny, infer, contradict, impugn, terms, protect, ask, rule, printed, attest, kept, derived, proof, "
         "looked, "
         "forget, destroy or retract; indent "
         "it under its "
         "record, claim, say, deny, terms, ask, printed, attest, kept, derived, proof or looked\n"},
    };
    ASSERT_TOLD(cases);
}

/* Attributes are indented, entries are not. */
static void a_line_that_starts_in_the_wrong_column_is_told_so(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"    of mill\n"
         "    of mill\n"
         "voice a \"A\"\n",
         "x:1:5: an indented line belongs to the entry above it, and there is none; put it under its voice\n"},
        {"   frobnicate\n", "x:1:4: an indented line belongs to the entry above it, and there is none; start the line "
                            "without a blank if it is an entry\n"},
        {"  claim c \"x\"\n"
         "    count 2\n",
         "x:1:3: 'claim' starts an entry, and stands indented like an attribute; start the line with it, without a "
         "blank\n"},
        {"voice a \"A\"\n"
         "    claim c \"x\"\n"
         "    count 2\n",
         "x:2:5: 'claim' starts an entry, and stands indented like an attribute; start the line with it, without a "
         "blank\n"},
        {"voice a \"A\"\n"
         "of mill\n",
         "x:2:1: 'of' is an attribute, and stands where an entry starts; indent it\n"},
        {"voice a \"A\"\n"
         "    of mill\n"
         "of mill\n",
         "x:3:1: 'of' is an attribute, and stands where an entry starts; indent it\n"},
    };
    ASSERT_TOLD(cases);
}

static void an_attribute_belongs_to_its_verb_and_stands_there_once(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"voice a \"A\"\n"
         "    knwon-as \"X\"\n"
         "    accuses b\n"
         "    of b\n"
         "    of c\n"
         "    note \"x\"\n"
         "    note \"y\"\n",
         "x:2:5: 'knwon-as' is not an attribute of voice; expected of, known-as, contact, note or amends; did you mean "
         "'known-as'?\n"
         "x:3:5: 'accuses' is an attribute of claim, not of voice; expected of, known-as, contact, note or amends; put "
         "it under its claim\n"
         "x:5:5: 'of' is given twice in one entry; first on line 4; put all of them into one list\n"
         "x:7:5: 'note' is given twice in one entry; first on line 6; leave one out\n"},
        {"same? a b\n"
         "    note \"x\"\n"
         "    x\n",
         "x:2:5: 'note' is an attribute of voice, record, claim, say, deny, attest, kept and looked, not of same?, "
         "which has none; "
         "put it under its voice, record, claim, say, deny, attest, kept or looked\n"
         "x:3:5: 'x' is not an attribute of same?, which has none\n"},
        {"case \"x\"\n"
         "    on 2024\n",
         "x:2:5: 'on' is an attribute of record, claim, say, deny, terms, ask, printed, attest, kept, derived, proof and looked, not of case; "
         "expected language; put "
         "it under its record, claim, say, deny, terms, ask, printed, attest, kept, derived, proof or looked\n"},
        {"voice a \"A\"\n"
         "    \"x\"\n",
         "x:2:5: \"x\" is not an attribute of voice; expected of, known-as, contact, note or amends\n"},
        {"retract 1\n"
         "    amends\n",
         "x:2:5: 'amends' is an attribute of voice, record and claim, not of retract; expected why; put it under its "
         "voice, record or claim\n"},
    };
    ASSERT_TOLD(cases);
}

static void a_basis_is_one_of_a_few_words(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"say ana c4 swa\n", "x:1:12: 'swa' is not a way of knowing; expected told-by, saw, did, inspected, read, "
                             "unstated, in part, at or the words in quotation marks; did you mean 'saw'?\n"},
        {"say ana c4 told-by\n", "x:1:19: 'told-by' lacks a voice's id; write it as: say VOICE CLAIM BASIS [in part] "
                                 "[at RECORD [LOCATOR]] [\"WORDS\"]\n"},
        {"say ana c4 told-by bob tld-by cid saw\n",
         "x:1:24: 'tld-by' is not a way of knowing; expected told-by, saw, did, inspected, read, unstated, in part, at "
         "or the words in quotation marks; did you mean 'told-by'?\n"},
        {"say ana c4 read\n", "x:1:16: 'read' lacks a record's id; write it as: say VOICE CLAIM BASIS [in part] [at "
                              "RECORD [LOCATOR]] [\"WORDS\"]\n"},
        {"say ana c4 read \"x\"\n",
         "x:1:17: \"x\" stands where a record's id should; write it without quotation marks\n"},
        {"say ana c4 saw did\n",
         "x:1:16: 'did' does not fit here; expected in part, at or the words in quotation marks; the order is: say "
         "VOICE CLAIM BASIS [in part] [at RECORD [LOCATOR]] [\"WORDS\"]\n"},
        {"say ana c4 saw told-by bob\n",
         "x:1:16: 'told-by' does not fit here; expected in part, at or the words in quotation marks; the order is: say "
         "VOICE CLAIM BASIS [in part] [at RECORD [LOCATOR]] [\"WORDS\"]\n"},
        {"say ana c4 in prt\n", "x:1:15: 'prt' stands where the word 'part' should; write in part\n"},
        {"say ana c4 at r1 in part\n",
         "x:1:18: 'in' is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or "
         "p.12-14), bytes (@1042+310) or a section (s.NAME); the order is: say VOICE CLAIM BASIS [in part] [at RECORD "
         "[LOCATOR]] [\"WORDS\"]\n"},
        {"say ana c4 saw on 2020\n", "x:1:16: 'on' does not fit here; expected in part, at or the words in quotation "
                                     "marks; put it on a line of its own, indented\n"},
        {"say ana c4 saw \"x\" \"y\"\n", "x:1:20: \"y\" is too much: the line is complete without it\n"},
        {"say ana c4 saw \"x\" at r1\n", "x:1:20: 'at' is too much: the line is complete without it; the order is: say "
                                         "VOICE CLAIM BASIS [in part] [at RECORD [LOCATOR]] [\"WORDS\"]\n"},
        {"say ana c4 saw,\n",
         "x:1:15: a comma does not fit here; expected in part, at or the words in quotation marks; leave it out\n"},
    };
    ASSERT_TOLD(cases);
}

static void what_is_missing_is_told_with_the_shape(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"case\n", "x:1:5: 'case' lacks the title in quotation marks; write it as: case \"TITLE\"\n"},
        {"voice\n", "x:1:6: 'voice' lacks a voice's id; write it as: voice VOICE [\"NAME\"]\n"},
        {"say\n", "x:1:4: 'say' lacks a voice's id; write it as: say VOICE CLAIM BASIS [in part] [at RECORD [LOCATOR]] "
                  "[\"WORDS\"]\n"},
        {"say ana\n", "x:1:8: 'say' lacks a claim's id; write it as: say VOICE CLAIM BASIS [in part] [at RECORD "
                      "[LOCATOR]] [\"WORDS\"]\n"},
        {"same? a\n", "x:1:8: 'same?' lacks a voice's id: it joins two or more; write it as: same? VOICE VOICE…\n"},
        {"contradict c\n",
         "x:1:13: 'contradict' lacks a claim's id: it joins two or more; write it as: contradict CLAIM CLAIM…\n"},
        {"infer ana c1\n",
         "x:1:13: 'infer' lacks 'from' and a claim's id; write it as: infer VOICE CLAIM from CLAIM… [\"BECAUSE\"]\n"},
        {"infer ana c1 from\n",
         "x:1:18: 'from' lacks a claim's id; write it as: infer VOICE CLAIM from CLAIM… [\"BECAUSE\"]\n"},
        {"impugn ana\n", "x:1:11: 'impugn' lacks 'by' and a claim's id; write it as: impugn VOICE by CLAIM\n"},
        {"impugn ana by\n", "x:1:14: 'by' lacks a claim's id; write it as: impugn VOICE by CLAIM\n"},
        {"terms a\n", "x:1:8: 'terms' lacks a term: on-record, unattributed, background or off-record; write it as: "
                      "terms VOICE TERM\n"},
        {"protect a\n",
         "x:1:10: 'protect' lacks the detail in quotation marks; write it as: protect VOICE \"DETAIL\"\n"},
        {"printed\n", "x:1:8: 'printed' lacks an article's slug; write it as: printed ARTICLE \"DRAFT\"\n"},
        {"printed a\n",
         "x:1:10: 'printed' lacks the draft in quotation marks; write it as: printed ARTICLE \"DRAFT\"\n"},
        {"printed a \"D\"\n", "x:1:1: 'printed' lacks 'on' and a date; put under it, indented: on DATE\n"},
        {"\n\nattest hum r \"Mia\"\n    note \"n\"\n# end\nclaim c \"C\"\n",
         "x:3:1: 'attest' lacks 'on' and a date; put under it, indented: on DATE\n"},
        {"attest hum r \"Mia\"\n    onn 2031\n",
         "x:2:5: 'onn' is not an attribute of attest; expected on or note; did you mean 'on'?\n"},
        {"attest\n",
         "x:1:7: 'attest' lacks a check: background, camera, voice, hum, wording, jigsaw, guesses or style; "
         "write it as: attest CHECK SUBJECT \"WHO\"\n"},
        {"attest hum\n", "x:1:11: 'attest' lacks a record's id; write it as: attest CHECK SUBJECT \"WHO\"\n"},
        {"attest style\n", "x:1:13: 'attest' lacks an article's slug; write it as: attest CHECK SUBJECT \"WHO\"\n"},
        {"attest style a\n",
         "x:1:15: 'attest' lacks the name of who looked in quotation marks; write it as: attest CHECK SUBJECT "
         "\"WHO\"\n"},
        {"rule print\n", "x:1:11: 'rule' lacks a condition; write it as: rule NAME CONDITION[, CONDITION…]\n"},
        {"rule print asked,\n", "x:1:18: 'rule' lacks a condition; write it as: rule NAME CONDITION[, CONDITION…]\n"},
        {"retract\n", "x:1:8: 'retract' lacks the number of an entry, from 1; write it as: retract N\n"},
        {"voice a \"A\"\n"
         "    of\n"
         "    known-as \"x\",\n"
         "    note\n",
         "x:2:7: 'of' lacks an organisation's id; write it as: of VOICE[, VOICE…]\n"
         "x:3:18: 'known-as' lacks a name in quotation marks; write it as: known-as \"NAME\"[, \"NAME\"…]\n"
         "x:4:9: 'note' lacks the note in quotation marks; write it as: note \"NOTE\"\n"},
    };
    ASSERT_TOLD(cases);
}

static void ids_are_small_letters_digits_and_three_signs(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"voice Ana \"Ana\"\n", "x:1:7: 'Ana' is not a voice's id; expected small letters a-z, digits, '.', '_' and "
                                "'-', a letter or digit first; did you mean 'ana'?\n"},
        {"voice -a \"A\"\n", "x:1:7: '-a' is not a voice's id; expected small letters a-z, digits, '.', '_' and '-', a "
                             "letter or digit first\n"},
        {"claim c? \"x\"\n", "x:1:7: 'c?' is not a claim's id; expected small letters a-z, digits, '.', '_' and '-', a "
                             "letter or digit first\n"},
        {"say ana \"c4\" saw\n", "x:1:9: \"c4\" stands where a claim's id should; write it without quotation marks\n"},
        {"say ana, c4 saw\n", "x:1:8: a comma stands where a claim's id should; leave it out\n"},
        {"voice \"A\"\n", "x:1:7: \"A\" stands where a voice's id should; write it without quotation marks\n"},
        {"voice анна \"A\"\n", "x:1:7: 'анна' is not a voice's id; expected small letters a-z, digits, '.', '_' and "
                               "'-', a letter or digit first\n"},
        {"voice aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \"A\"\n",
         "x:1:7: an id of 65 bytes is longer than the limit of 64 (LIMIT_ID); take a shorter one\n"},
    };
    ASSERT_TOLD(cases);
}

static void strings_end_on_their_line_and_know_three_escapes(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"claim c \"abc\n"
         "    note \"x\n",
         "x:1:9: a string is left open; it ends on its own line; close it with '\"', and write \\n where a line ends "
         "in it\n"
         "x:2:10: a string is left open; it ends on its own line; close it with '\"', and write \\n where a line ends "
         "in it\n"},
        {"claim c \"abc\\\n", "x:1:9: a string is left open; it ends on its own line; close it with '\"', and write "
                              "\\n where a line ends in it\n"},
        {"claim c \"a\\bc\"\n",
         "x:1:11: '\\b' is not an escape; expected \\\", \\\\ or \\n; write \\\\ for a backslash\n"},
        {"claim c \"a\\éc\"\n",
         "x:1:11: '\\é' is not an escape; expected \\\", \\\\ or \\n; write \\\\ for a backslash\n"},
        {"claim c \"a\"b\n", "x:1:12: a blank is missing between a string and what stands beside it; put a blank "
                             "there, or write \\\" for a quotation mark in a string\n"},
        {"claim c \"a\"\"b\"\n", "x:1:12: a blank is missing between a string and what stands beside it; put a blank "
                                 "there, or write \\\" for a quotation mark in a string\n"},
        {"claim c\"a\"\n", "x:1:8: a blank is missing between a string and what stands beside it; put a blank there, "
                           "or write \\\" for a quotation mark in a string\n"},
        {"claim c Foo bar\n",
         "x:1:9: 'Foo' does not fit here; expected the sentence in quotation marks; put it in quotation marks\n"},
        {"case Foo\n", "x:1:6: 'Foo' stands where the title in quotation marks should; put it in quotation marks\n"},
        {"voice a forgotten\n",
         "x:1:9: 'forgotten' does not fit here; expected the name in quotation marks; put it in quotation marks\n"},
        {"claim c \"x\"\n"
         "    note forgotten\n",
         "x:2:10: 'forgotten' stands where the note in quotation marks should; put it in quotation marks\n"},
    };
    ASSERT_TOLD(cases);
}

static void words_of_a_set_have_their_nearest(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"record r adio \"x\"\n", "x:1:10: 'adio' is not a kind of record; expected audio, video, image, document, "
                                  "page, message or object; did you mean 'audio'?\n"},
        {"record r \"x\" audio\n", "x:1:14: 'audio' is too much: the line is complete without it; the order is: record "
                                   "RECORD [KIND] [\"TITLE\"]\n"},
        {"record r saw\n",
         "x:1:10: 'saw' is not a kind of record; expected audio, video, image, document, page, message or object\n"},
        {"attest hmu r \"Mia\"\n on 2031\n",
         "x:1:8: 'hmu' is not a check; expected background, camera, voice, hum, wording, "
         "jigsaw, guesses or style; did you mean 'hum'?\n"},
        {"attest hum a/b \"Mia\"\n on 2031\n",
         "x:1:12: 'a/b' is not a record's id; expected small letters a-z, digits, '.', '_' and '-', a letter or digit "
         "first\n"},
        {"attest style The_fire \"Mia\"\n on 2031\n",
         "x:1:14: 'The_fire' is not an article's slug; expected small letters a-z, digits and '-', a letter or digit "
         "first; did you mean 'the-fire'?\n"},
        {"printed a.html \"D\"\n on 2031\n",
         "x:1:9: 'a.html' is not an article's slug; expected small letters a-z, digits and '-', a letter or digit "
         "first; did you mean 'a-html'?\n"},
        {"printed -a \"D\"\n on 2031\n",
         "x:1:9: '-a' is not an article's slug; expected small letters a-z, digits and '-', a letter or digit first\n"},
        {"attest style a Mia\n on 2031\n",
         "x:1:16: 'Mia' stands where the name of who looked in quotation marks should; put it in quotation marks\n"},
        {"terms a on-recrod\n", "x:1:9: 'on-recrod' is not a term; expected on-record, unattributed, background or "
                                "off-record; did you mean 'on-record'?\n"},
        {"terms a \"on-record\"\n",
         "x:1:9: \"on-record\" stands where a term should; write it without quotation marks\n"},
        {"record r audio audio\n", "x:1:16: 'audio' does not fit here; expected the title in quotation marks; the "
                                   "order is: record RECORD [KIND] [\"TITLE\"]\n"},
    };
    ASSERT_TOLD(cases);
}

static void values_are_looked_at(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"say a c saw\n"
         "    on 2024-02-30\n",
         "x:2:8: '2024-02-30' is not a day of the calendar\n"},
        {"say a c saw\n"
         "    on 2023-02-29\n",
         "x:2:8: '2023-02-29' is not a day of the calendar\n"},
        {"say a c saw\n"
         "    on 1900-02-29\n",
         "x:2:8: '1900-02-29' is not a day of the calendar\n"},
        {"say a c saw\n"
         "    on 2024-13-01\n",
         "x:2:8: '2024-13-01' is not a date: months go from 01 to 12\n"},
        {"say a c saw\n"
         "    on 2024-2-3\n",
         "x:2:8: '2024-2-3' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MMZ (in universal "
         "time); did you mean '2024-02-03'?\n"},
        {"say a c saw\n"
         "    on 2024/02/03\n",
         "x:2:8: '2024/02/03' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MMZ (in universal "
         "time); did you mean '2024-02-03'?\n"},
        {"say a c saw\n"
         "    on tomorrow\n",
         "x:2:8: 'tomorrow' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MMZ (in universal "
         "time)\n"},
        {"say a c saw\n"
         "    on 2024-01-01T24:00Z\n",
         "x:2:8: '2024-01-01T24:00Z' is not a time of day: they go from 00:00 to 23:59\n"},
        {"say a c saw\n"
         "    on 2024-01-01T10:00\n",
         "x:2:8: '2024-01-01T10:00' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MMZ (in "
         "universal time)\n"},
        {"say a c saw\n"
         "    on 2024-01-011\n",
         "x:2:8: '2024-01-011' is not a date; expected YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MMZ (in universal "
         "time)\n"},
        {"say a c saw\n"
         "    on \"2024\"\n",
         "x:2:8: \"2024\" stands where a date should; write it without quotation marks\n"},
        {"say a c saw\n"
         "    on 2024 2025\n",
         "x:2:13: '2025' is too much: the line is complete without it\n"},
        {"say a c saw at r 1.2\n",
         "x:1:18: '1.2' is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or "
         "p.12-14), bytes (@1042+310) or a section (s.NAME)\n"},
        {"say a c saw at r 00:60\n",
         "x:1:18: '00:60' is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or "
         "p.12-14), bytes (@1042+310) or a section (s.NAME)\n"},
        {"say a c saw at r 00:20-00:10\n",
         "x:1:18: '00:20-00:10' runs backwards; expected the earlier time first; did you mean '00:10-00:20'?\n"},
        {"say a c saw at r p.0\n", "x:1:18: 'p.0' is not a place in a record: pages count from 1\n"},
        {"say a c saw at r p.14-12\n",
         "x:1:18: 'p.14-12' runs backwards; expected the earlier page first; did you mean 'p.12-14'?\n"},
        {"say a c saw at r p.x\n",
         "x:1:18: 'p.x' is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or "
         "p.12-14), bytes (@1042+310) or a section (s.NAME)\n"},
        {"say a c saw at r @5\n",
         "x:1:18: '@5' is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or "
         "p.12-14), bytes (@1042+310) or a section (s.NAME)\n"},
        {"say a c saw at r @5+0\n", "x:1:18: '@5+0' is not a place in a record: its length is nothing\n"},
        {"say a c saw at r s.\n",
         "x:1:18: 's.' is not a place in a record; expected a time (00:12 or 1:02:03-1:02:10), pages (p.12 or "
         "p.12-14), bytes (@1042+310) or a section (s.NAME)\n"},
        {"claim c\n"
         "    count 5..2\n",
         "x:2:11: '5..2' runs backwards; expected the smaller number first; did you mean '2..5'?\n"},
        {"claim c\n"
         "    count 5-2\n",
         "x:2:11: '5-2' is not a count; expected N or N..M\n"},
        {"claim c\n"
         "    count many\n",
         "x:2:11: 'many' is not a count; expected N or N..M\n"},
        {"retract 0\n", "x:1:9: '0' is not the number of an entry: they count from 1\n"},
        {"retract x\n", "x:1:9: 'x' is not the number of an entry; expected digits\n"},
        {"retract 4294967296\n", "x:1:9: '4294967296' is larger than the number of any entry\n"},
        {"case \"x\"\n"
         "    language e_n\n",
         "x:2:14: 'e_n' is not a language tag; expected one like en, uz-Cyrl or pt-BR\n"},
        {"claim c\n"
         "    count 300-400\n",
         "x:2:11: '300-400' is not a count; expected N or N..M; did you mean '300..400'?\n"},
    };
    ASSERT_TOLD(cases);
}

static void lists_keep_to_their_separators(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"voice a \"A\"\n"
         "    of b c\n",
         "x:2:10: 'c' is too much: the line is complete without it; put a comma before it\n"},
        {"voice a \"A\"\n"
         "    of b,, c\n",
         "x:2:10: a comma stands where an organisation's id should; leave it out\n"},
        {"voice a \"A\"\n"
         "    known-as \"x\" \"y\"\n",
         "x:2:18: \"y\" is too much: the line is complete without it; put a comma before it\n"},
        {"contradict c1, c2\n",
         "x:1:14: a comma stands in a list that has blanks alone between its parts; put blanks alone between them\n"},
        {"infer a c from d, e\n",
         "x:1:17: a comma stands in a list that has blanks alone between its parts; put blanks alone between them\n"},
        {"infer a c from d e f \"x\" g\n", "x:1:26: 'g' is too much: the line is complete without it\n"},
    };
    ASSERT_TOLD(cases);
}

/* Nor is a claim inferred from itself. */
static void nothing_stands_twice_in_a_list(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"same? a a\n", "x:1:9: 'a' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"contradict c d c d\n",
         "x:1:16: 'c' stands twice in one list; leave it out here, or name the one that was meant\n"
         "x:1:18: 'd' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"infer a c from d e d\n",
         "x:1:20: 'd' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"infer a c from c\n",
         "x:1:16: 'c' is inferred from itself; leave it out here, or name the claim that was meant\n"},
        {"infer a c from d c d\n",
         "x:1:18: 'c' is inferred from itself; leave it out here, or name the claim that was meant\n"
         "x:1:20: 'd' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"record r\n"
         "    vouched-by a, b, a\n",
         "x:2:22: 'a' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"claim c\n"
         "    accuses a, a\n",
         "x:2:16: 'a' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"voice a\n"
         "    known-as \"x\", \"y\", \"x\"\n",
         "x:2:25: 'x' stands twice in one list; leave it out here, or name the one that was meant\n"},
        {"terms a background\n"
         "    only c c\n",
         "x:2:12: 'c' stands twice in one list; leave it out here, or name the one that was meant\n"},
    };
    ASSERT_TOLD(cases);
}

static void conditions_are_measures_and_flags(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"rule print peeple >= 2\n",
         "x:1:12: 'peeple' is not a measure or a flag; expected people, cautious, parties, any, unquestioned, against, "
         "distance, keystones, asked, answered, denied or contested; did you mean 'people'?\n"},
        {"rule print people => 2\n", "x:1:19: '=>' is not a comparison; expected >=, <=, =, >, < or !=\n"},
        {"rule print people 2\n", "x:1:19: '2' is not a comparison; expected >=, <=, =, >, < or !=\n"},
        {"rule print people\n",
         "x:1:18: the end of the condition is not a comparison; expected >=, <=, =, >, < or !=\n"},
        {"rule print people >= two\n", "x:1:22: 'two' is not a number that a measure can be compared with\n"},
        {"rule print people >= 4294967296\n",
         "x:1:22: '4294967296' is not a number that a measure can be compared with\n"},
        {"rule print not people >= 2\n", "x:1:16: 'people' is a measure; 'not' stands before flags alone\n"},
        {"rule print not\n",
         "x:1:15: the end of the condition is not a measure or a flag; expected people, cautious, parties, any, "
         "unquestioned, against, distance, keystones, asked, answered, denied or contested\n"},
        {"rule print asked >= 2\n",
         "x:1:18: '>= 2' is too much: a flag stands alone; expected a comma or the line's end\n"},
        {"rule print people >= 2 cautious >= 2\n",
         "x:1:24: 'cautious >= 2' is too much; expected a comma or the line's end\n"},
        {"rule print \"asked\"\n",
         "x:1:12: \"asked\" stands where a condition should; write it without quotation marks\n"},
        {"rule print asked, , denied\n", "x:1:19: a comma stands where a condition should; leave it out\n"},
    };
    ASSERT_TOLD(cases);
}

static void what_is_too_much_is_told_so(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"case \"A\" \"B\"\n", "x:1:10: \"B\" is too much: the line is complete without it\n"},
        {"claim c \"x\" amends\n",
         "x:1:13: 'amends' is too much: the line is complete without it; put it on a line of its own, indented\n"},
        {"claim c \"x\"\n"
         "    amends yes\n",
         "x:2:12: 'yes' is too much: the line is complete without it\n"},
        {"record r\n"
         "    by x y\n",
         "x:2:10: 'y' is too much: the line is complete without it\n"},
        {"forget a b\n", "x:1:10: 'b' is too much: the line is complete without it\n"},
        {"impugn a c1\n", "x:1:10: 'c1' does not fit here; expected by; put 'by' before it\n"},
        {"infer ana c1 c2\n", "x:1:14: 'c2' does not fit here; expected from; put 'from' before it\n"},
        {"ask a c on 2024\n",
         "x:1:9: 'on' is too much: the line is complete without it; put it on a line of its own, indented\n"},
    };
    ASSERT_TOLD(cases);
}

/* The text of so many bytes: a front, a filling, an end. */
static struct text filled(struct buffer *b, const char *front, const char *filling, size_t times, const char *end)
{
    buffer_clear(b);
    buffer_string(b, front);
    for (size_t i = 0; i < times; i++)
        buffer_string(b, filling);
    buffer_string(b, end);
    return buffer_text(b);
}

static void limits_are_told_once_by_name(void **state)
{
    (void)state;
    struct buffer b = {0};
    assert_faults(
        filled(&b, "claim c \"", "x", LIMIT_LINE, "\"\n    count many\nsay a c swa\n"),
        "x:1:1: the line has 8388618 bytes, more than the limit of 8388608 (LIMIT_LINE); split it into several\n"
        "x:3:9: 'swa' is not a way of knowing; expected told-by, saw, did, inspected, read, unstated, in part, at "
        "or the words in quotation marks; did you mean 'saw'?\n");
    assert_faults(
        filled(&b, "claim c\n    note \"", "x", LIMIT_LINE, "\"\n    count many\n"),
        "x:2:1: the line has 8388619 bytes, more than the limit of 8388608 (LIMIT_LINE); split it into several\n"
        "x:3:11: 'many' is not a count; expected N or N..M\n");
    struct reading r;
    read_text(&r, filled(&b, "say a c", " told-by v", LIMIT_WORDS, "\n    on never\nforget a\n"));
    assert_int_equal(r.faults.count, 1);
    assert_string_equal(r.faults.at[0].what, "the entry has more than 65536 words (LIMIT_WORDS)");
    assert_int_equal(r.entries, 2);
    reading_release(&r);
    read_text(&r, filled(&b, "voice a \"A\"\n", "    x\n", LIMIT_WORDS + 9, ""));
    assert_int_equal(r.faults.beyond + r.faults.count, LIMIT_WORDS - 2);
    reading_release(&r);
    buffer_release(&b);
}

static void long_lists_tell_every_repetition(void **state)
{
    (void)state;
    struct buffer b = {0};
    struct reading r;
    buffer_string(&b, "infer v c from");
    for (int i = 0; i < 20000; i++)
        buffer_format(&b, " p%d", i % 15000);
    read_text(&r, buffer_text(&b));
    assert_int_equal(r.faults.count, 5000);
    assert_string_equal(r.faults.at[0].what, "'p0' stands twice in one list");
    assert_string_equal(r.faults.at[4999].what, "'p4999' stands twice in one list");
    for (size_t i = 1; i < r.faults.count; i++)
        assert_true(r.faults.at[i].column > r.faults.at[i - 1].column);
    reading_release(&r);
    buffer_release(&b);
}

/* A million faults are counted, not told: the limit of faults bounds what they cost. */
static void a_flood_of_faults_is_counted(void **state)
{
    (void)state;
    struct buffer b = {0};
    struct reading r;
    read_text(&r, filled(&b, "", "say ana c4 swa\n", 1000000, ""));
    assert_int_equal(r.faults.count, LIMIT_FAULTS);
    assert_int_equal(r.faults.beyond, 1000000 - LIMIT_FAULTS);
    assert_int_equal(r.entries, 1000000);
    reading_release(&r);
    buffer_release(&b);
}

/* What a faulty entry declares is known all the same, so that no fault follows from it. */
static void a_faulty_entry_keeps_what_could_be_read(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, TEXT("voise ana \"Ana\"\n    of mill\nclaim c1 Foo\n    count x\nsay ana c1 told-by bob swa\nfrob "
                       "x\nforget ana\n"));
    assert_string_equal(r.printed.at,
                        "!voice ana \"Ana\"\n    of mill\n!claim c1\n!say ana c1 told-by bob\nforget ana\n");
    reading_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_starts_no_entry_is_told_what_does),
        cmocka_unit_test(a_line_that_starts_in_the_wrong_column_is_told_so),
        cmocka_unit_test(an_attribute_belongs_to_its_verb_and_stands_there_once),
        cmocka_unit_test(a_basis_is_one_of_a_few_words),
        cmocka_unit_test(what_is_missing_is_told_with_the_shape),
        cmocka_unit_test(ids_are_small_letters_digits_and_three_signs),
        cmocka_unit_test(strings_end_on_their_line_and_know_three_escapes),
        cmocka_unit_test(words_of_a_set_have_their_nearest),
        cmocka_unit_test(values_are_looked_at),
        cmocka_unit_test(lists_keep_to_their_separators),
        cmocka_unit_test(nothing_stands_twice_in_a_list),
        cmocka_unit_test(conditions_are_measures_and_flags),
        cmocka_unit_test(what_is_too_much_is_told_so),
        cmocka_unit_test(limits_are_told_once_by_name),
        cmocka_unit_test(long_lists_tell_every_repetition),
        cmocka_unit_test(a_flood_of_faults_is_counted),
        cmocka_unit_test(a_faulty_entry_keeps_what_could_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
