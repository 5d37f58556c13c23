/* Printing: quoting and its way back, and that what is printed of any entry is read as that entry again. */
#include "reading.h"

#include "notation/grammar.h"

#include <stdlib.h>
#include <string.h>

static void assert_quoted(struct text plain, const char *quoted)
{
    struct buffer b = {0}, back = {0};
    notation_quote(plain, &b);
    assert_string_equal(b.at, quoted);
    notation_unescape((struct text){b.at + 1, b.length - 2}, &back);
    buffer_release(&back);
    buffer_release(&b);
}

static void quoting_escapes_three_signs_and_drops_controls(void **state)
{
    (void)state;
    assert_quoted(TEXT(""), "\"\"");
    assert_quoted(TEXT("a\"b\\c\nd\te"), "\"a\\\"b\\\\c\\nd\te\"");
    assert_quoted(TEXT("a\0b\r\x1b\x7f\xc2\x85z"), "\"abz\"");
    /* A mark after a line end would become one with the n of the escape. */
    assert_quoted(TEXT("a\n\xcc\x83"
                       "b"),
                  "\"a\\n\xcd\x8f\xcc\x83"
                  "b\"");
}

static void unescaping_undoes_quoting(void **state)
{
    (void)state;
    const char *const plain[] = {"", "\\", "\"", "\n", "\\n", "a\\\"\n\n\"b", "Анна сказала: «нет»\n"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        struct buffer quoted = {0}, back = {0};
        notation_quote(text_of(plain[i]), &quoted);
        notation_unescape((struct text){quoted.at + 1, quoted.length - 2}, &back);
        buffer_char(&back, '\0');
        assert_string_equal(back.at, plain[i]);
        buffer_release(&quoted);
        buffer_release(&back);
    }
}

static void conditions_have_one_spelling(void **state)
{
    (void)state;
    assert_reads("rule r people>=2,not\t asked , any  !=0,distance<  1, denied",
                 "rule r people >= 2, not asked, any != 0, "
                 "distance < 1, denied\n");
    struct buffer b = {0};
    notation_condition(TEXT("people >> 2"), &b);
    assert_string_equal(b.at, "people >> 2");
    buffer_release(&b);
}

/* A writer of random entries that follows the table, as the parser and the printer do. */
struct writer {
    struct buffer *out;
    uint64_t state;
    enum verb verb;
    unsigned ids; /* so that no id stands twice in an entry */
};

static unsigned below(struct writer *w, unsigned n)
{
    uint64_t z = w->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (unsigned)((z ^ (z >> 31)) % n);
}

static const char *one_of(struct writer *w, const char *const *list, unsigned count)
{
    return list[below(w, count)];
}

#define ONE_OF(w, ...)                                                                                                 \
    one_of(w, (const char *const[]){__VA_ARGS__},                                                                      \
           (unsigned)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

static void write_blanks(struct writer *w)
{
    buffer_string(w->out, ONE_OF(w, " ", " ", "  ", "\t", " \t "));
}

static void write_string(struct writer *w, enum field_kind kind)
{
    if (field_protected(w->verb, kind) && below(w, 5) == 0) {
        buffer_string(w->out, "forgotten");
        return;
    }
    buffer_format(w->out, "\"%u", w->ids++);
    for (unsigned n = below(w, 6); n; n--)
        buffer_string(w->out, ONE_OF(w, "a", " ", "#", ",", "\\\"", "\\\\", "\\n", "\t", "é", "Якубов", "יעקב", "安",
                                     "😀", "q\xcc\xa3", "told-by", "\xe2\x80\x8b", "x\\\\n"));
    buffer_char(w->out, '"');
}

static void write_id(struct writer *w)
{
    buffer_string(w->out,
                  ONE_OF(w, "a", "v", "say", "told-by", "saw", "in", "at", "from", "not", "forgotten", "0", "x.y_z-"));
    buffer_number(w->out, w->ids++);
}

static void write_condition(struct writer *w)
{
    if (below(w, 2)) {
        buffer_string(w->out, ONE_OF(w, "", "not "));
        buffer_string(w->out, ONE_OF(w, "asked", "answered", "denied", "contested"));
        return;
    }
    buffer_string(
        w->out, ONE_OF(w, "people", "cautious", "parties", "any", "unquestioned", "against", "distance", "keystones"));
    buffer_string(w->out, ONE_OF(w, "", " ", "\t "));
    buffer_string(w->out, ONE_OF(w, ">=", "<=", "=", ">", "<", "!="));
    buffer_string(w->out, ONE_OF(w, "", " ", "  "));
    buffer_number(w->out, below(w, 20));
}

static void write_member(struct writer *w, const struct word *words)
{
    unsigned count = 0;
    while (words[count].length)
        count++;
    const struct word *word = &words[below(w, count)];
    buffer_string(w->out, word->text);
    if (words == grammar_words(VALUE_GROUND) && grammar_ground_has_record(word_text(word))) {
        write_blanks(w);
        write_id(w);
    }
}

static void write_value(struct writer *w, enum field_kind kind)
{
    enum value value = grammar_fields[kind].value;
    switch (value) {
    case VALUE_ID:
        write_id(w);
        break;
    case VALUE_STRING:
        write_string(w, kind);
        break;
    case VALUE_NONE:
        buffer_string(w->out, kind == FIELD_IN_PART ? "part" : "");
        break;
    case VALUE_DATE:
        buffer_string(w->out, ONE_OF(w, "1999", "2024-12", "2024-02-29", "2008-07-15T23:59Z"));
        break;
    case VALUE_LOCATOR:
        buffer_string(w->out, ONE_OF(w, "00:12", "1:02:03-1:02:09", "p.3", "p.12-14", "@1042+310", "s.close-to-power"));
        break;
    case VALUE_COUNT:
        buffer_string(w->out, ONE_OF(w, "0", "7", "7..7", "300..1500"));
        break;
    case VALUE_LANGUAGE:
        buffer_string(w->out, ONE_OF(w, "en", "uz-Cyrl", "pt-BR"));
        break;
    case VALUE_NUMBER:
        buffer_number(w->out, below(w, 1000) + 1);
        break;
    case VALUE_CONDITION:
        write_condition(w);
        break;
    case VALUE_SLUG:
        buffer_string(w->out, ONE_OF(w, "a", "0", "the-fire", "on", "2031-03-04"));
        break;
    case VALUE_HASH:
        buffer_string(w->out, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        break;
    case VALUE_SIZE:
        buffer_number(w->out, below(w, 1000));
        break;
    default:
        write_member(w, grammar_words(value));
    }
}

/* A check and what it is about. */
static void write_check(struct writer *w)
{
    bool record = below(w, 2);
    buffer_string(w->out, record ? ONE_OF(w, "background", "camera", "voice", "hum")
                                 : ONE_OF(w, "wording", "jigsaw", "guesses", "style"));
    write_blanks(w);
    write_value(w, record ? FIELD_RECORD : FIELD_ARTICLE);
}

static void write_worded(struct writer *w, const struct step *s)
{
    if (s->word.length) {
        buffer_string(w->out, s->word.text);
        if (grammar_fields[s->kind].value != VALUE_NONE || s->kind == FIELD_IN_PART)
            write_blanks(w);
    }
    write_value(w, (enum field_kind)s->kind);
}

static void write_list(struct writer *w, const struct step *s)
{
    write_worded(w, s);
    for (unsigned n = below(w, below(w, 20) ? 4 : 40) + (s->times == STEP_PAIR); n; n--) {
        if (s->times == STEP_COMMAS || (s->times == STEP_EITHER && below(w, 2)))
            buffer_string(w->out, ONE_OF(w, ",", ", ", " ,\t"));
        else
            write_blanks(w);
        write_value(w, (enum field_kind)s->kind);
    }
}

static void write_steps(struct writer *w, const struct step *s)
{
    bool taken = false;
    for (bool first = true; s->times != STEP_END; s++, first = false) {
        bool optional = s->times == STEP_MAYBE || s->times == STEP_FOLLOWS || s->times == STEP_GROUND;
        if ((s->times == STEP_FOLLOWS && !taken) || (optional && below(w, 2))) {
            taken = false;
            continue;
        }
        if (s->times == STEP_SUBJECT) /* its check wrote it */
            continue;
        unsigned hops = s->times == STEP_CHAIN ? below(w, 4) : 1;
        for (; hops; hops--) {
            if (!first || !s->word.length)
                write_blanks(w);
            if (s->times >= STEP_BLANKS)
                write_list(w, s);
            else if (s->kind == FIELD_CHECK)
                write_check(w);
            else
                write_worded(w, s);
        }
        taken = true;
    }
}

static void write_entry(struct writer *w, enum verb verb)
{
    const struct grammar *g = &grammar[verb];
    w->verb = verb;
    buffer_string(w->out, g->word.text);
    write_steps(w, g->steps);
    unsigned count = 0, order[GRAMMAR_ATTRIBUTES];
    for (; g->attributes[count].steps[0].times != STEP_END; count++)
        order[count] = count;
    for (unsigned left = count; left; left--) {
        unsigned i = below(w, left), chosen = order[i];
        order[i] = order[left - 1];
        bool needed = grammar_needs[verb] && g->attributes[chosen].steps[0].kind == grammar_needs[verb];
        if (!needed && below(w, 2))
            continue;
        buffer_string(w->out, ONE_OF(w, "\n ", "\n\t", " # said, \"so\"\n    ", "\r\n    ", "\n\n# x\n  "));
        write_steps(w, g->attributes[chosen].steps);
    }
    buffer_string(w->out, ONE_OF(w, "\n", " \n", "\r\n", "#\n"));
}

/* The text of a field in the one spelling that it has. */
static void add_field_text(const struct field *f, struct text whole, struct buffer *out)
{
    if (f->kind == FIELD_CONDITION)
        notation_condition(field_text(f, whole), out);
    else
        buffer_text_add(out, field_text(f, whole));
}

static void assert_same_fields(const struct entry *a, struct text a_whole, const struct entry *b, struct text b_whole)
{
    assert_int_equal(a->verb, b->verb);
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        struct buffer left = {0}, right = {0};
        assert_int_equal(a->fields[i].kind, b->fields[i].kind);
        assert_int_equal(a->fields[i].forgotten, b->fields[i].forgotten);
        add_field_text(&a->fields[i], a_whole, &left);
        add_field_text(&b->fields[i], b_whole, &right);
        assert_true(text_equal(buffer_text(&left), buffer_text(&right)));
        buffer_release(&left);
        buffer_release(&right);
    }
}

/* One entry, written somehow: printed and read it is the same entry, and printed again the same bytes. */
static void assert_round(struct text source)
{
    struct faults faults = {0};
    struct buffer scratch = {0}, scratch_again = {0}, printed = {0}, again = {0}, report = {0};
    struct text ready, ready_again;
    struct entry e, e_again;
    assert_int_equal(notation_prepare(source, &scratch, &ready, &faults), 0);
    struct parser *p = parser_new(ready, &faults);
    bool is = parser_next(p, &e);
    faults_print(&faults, source.at, &report);
    assert_string_equal(report.at ? report.at : "", "");
    assert_true(is);
    notation_print(&e, ready, &printed);
    assert_int_equal(notation_prepare(buffer_text(&printed), &scratch_again, &ready_again, &faults), 0);
    struct parser *p_again = parser_new(ready_again, &faults);
    assert_true(parser_next(p_again, &e_again));
    assert_same_fields(&e, ready, &e_again, ready_again);
    notation_print(&e_again, ready_again, &again);
    assert_string_equal(printed.at, again.at);
    assert_false(parser_next(p, &e));
    assert_false(parser_next(p_again, &e_again));
    assert_int_equal(faults.count, 0);
    parser_free(p);
    parser_free(p_again);
    buffer_release(&scratch);
    buffer_release(&scratch_again);
    buffer_release(&printed);
    buffer_release(&again);
    buffer_release(&report);
}

static void what_is_printed_is_read_as_what_it_was(void **state)
{
    (void)state;
    struct buffer b = {0};
    struct writer w = {.out = &b, .state = 7};
    for (unsigned i = 0; i < 20000; i++) {
        buffer_clear(&b);
        w.ids = 0;
        write_entry(&w, (enum verb)(i % VERB_COUNT));
        assert_round(buffer_text(&b));
    }
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoting_escapes_three_signs_and_drops_controls),
        cmocka_unit_test(unescaping_undoes_quoting),
        cmocka_unit_test(conditions_have_one_spelling),
        cmocka_unit_test(what_is_printed_is_read_as_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
