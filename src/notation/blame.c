/* What is wrong with a line, in sentences: what was met, what was expected, the likeliest mend.
 *
 * Nothing here runs for a text without faults. All words of the notation come from the table. */
#include "notation/parsing.h"
#include "notation/values.h"

#include "base/nearest.h"

#define QUOTED 48u /* characters of a stranger's text in a message */

static const struct grammar *current_grammar(const struct parser *p)
{
    return &grammar[p->verb];
}

/* Opens a fault; false where nobody would read it. */
static bool blame_begin(struct parser *p, const char *at)
{
    p->faulty = true;
    if (p->lexer.token.kind == TOKEN_SURPLUS)
        p->overfull = true;
    if (p->hushed)
        return false;
    if (faults_full(p->faults)) {
        faults_add(p->faults, p->whole, parser_offset(p, at), "%s", "");
        return false;
    }
    buffer_clear(&p->what);
    buffer_clear(&p->mend);
    return true;
}

static bool blame_end(struct parser *p, const char *at)
{
    faults_add(p->faults, p->whole, parser_offset(p, at), "%s", p->what.at);
    if (p->mend.length)
        faults_mend(p->faults, "%s", p->mend.at);
    return false;
}

static void add_quoted(struct buffer *out, struct text t)
{
    buffer_char(out, '\'');
    text_quote(t, QUOTED, out);
    buffer_char(out, '\'');
}

/* What was met, for the start of a sentence. */
static void add_met(struct buffer *out, const struct token *t)
{
    if (t->kind == TOKEN_STRING) {
        buffer_char(out, '"');
        text_quote(lex_text(t), QUOTED, out);
        buffer_char(out, '"');
    } else if (t->kind == TOKEN_COMMA) {
        buffer_string(out, "a comma");
    } else {
        add_quoted(out, lex_text(t));
    }
}

static const char *token_start(const struct token *t)
{
    return t->kind == TOKEN_STRING ? t->at - 1 : t->at;
}

static void add_shape(struct parser *p, const struct attribute *a)
{
    buffer_string(&p->mend, "write it as: ");
    grammar_shape(current_grammar(p), a, &p->mend);
}

/* A list of alternatives: "a, b or c", one at a time. */
struct choice {
    struct buffer *out;
    struct text held;
    bool any;
    struct nearest nearest;
};

static void choice_add(struct choice *c, struct text t)
{
    if (c->held.length) {
        buffer_string(c->out, c->any ? ", " : "");
        buffer_text_add(c->out, c->held);
        c->any = true;
    }
    c->held = t;
}

static void choice_word(struct choice *c, struct text word)
{
    choice_add(c, word);
    nearest_offer(&c->nearest, word);
}

static void choice_words(struct choice *c, const struct word *words)
{
    for (; words->length; words++)
        choice_word(c, word_text(words));
}

static void choice_end(struct choice *c)
{
    if (c->held.length) {
        buffer_string(c->out, c->any ? " or " : "");
        buffer_text_add(c->out, c->held);
    }
}

static void add_nearest(struct parser *p, const struct nearest *n)
{
    if (!n->best.length || p->mend.length)
        return;
    buffer_string(&p->mend, "did you mean ");
    add_quoted(&p->mend, n->best);
    buffer_char(&p->mend, '?');
}

static void choice_value(struct choice *c, enum field_kind kind)
{
    const struct word *words = grammar_words(grammar_fields[kind].value);
    if (words)
        choice_words(c, words);
    else
        choice_add(c, text_of(grammar_fields[kind].noun));
}

static void choice_step(struct choice *c, const struct step *s)
{
    if (s->kind == FIELD_IN_PART) {
        choice_add(c, TEXT("in part"));
        nearest_offer(&c->nearest, word_text(&s->word));
    } else if (s->word.length) {
        choice_word(c, word_text(&s->word));
    } else {
        choice_value(c, (enum field_kind)s->kind);
    }
}

static bool step_required(const struct step *s)
{
    return s->times == STEP_ONE || s->times >= STEP_SUBJECT;
}

static const struct step *current_steps(const struct parser *p)
{
    return p->attribute ? p->attribute->steps : current_grammar(p)->steps;
}

/* Tokens that are wrong anywhere. */
static bool blame_broken(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    switch ((enum token_kind)t->kind) {
    case TOKEN_OPEN:
        buffer_string(&p->what, "a string is left open; it ends on its own line");
        buffer_string(&p->mend, "close it with '\"', and write \\n where a line ends in it");
        return true;
    case TOKEN_ESCAPE: {
        size_t length = 1;
        while (length < 4 && ((unsigned char)t->at[length + 1] & 0xc0) == 0x80)
            length++;
        add_quoted(&p->what, (struct text){t->at, length + 1});
        buffer_string(&p->what, " is not an escape; expected \\\", \\\\ or \\n");
        buffer_string(&p->mend, "write \\\\ for a backslash");
        return true;
    }
    case TOKEN_GLUED:
        buffer_string(&p->what, "a blank is missing between a string and what stands beside it");
        buffer_string(&p->mend, "put a blank there, or write \\\" for a quotation mark in a string");
        return true;
    case TOKEN_SURPLUS:
        buffer_format(&p->what, "the entry has more than %u words (LIMIT_WORDS)", LIMIT_WORDS);
        buffer_string(&p->mend, "split it into several");
        return true;
    default:
        return false;
    }
}

/* The line ends where `s` should stand. */
static void add_missing(struct parser *p, const struct step *s, enum field_kind kind, bool with_word)
{
    add_quoted(&p->what, word_text(p->lead));
    buffer_string(&p->what, " lacks ");
    if (with_word && s->word.length) {
        add_quoted(&p->what, word_text(&s->word));
        buffer_string(&p->what, " and ");
    }
    buffer_string(&p->what, grammar_fields[kind].noun);
    const struct word *words = grammar_words(grammar_fields[kind].value);
    if (words) {
        struct choice c = {.out = &p->what};
        buffer_string(&p->what, ": ");
        choice_words(&c, words);
        choice_end(&c);
    }
    add_shape(p, p->attribute);
}

/* A word of this entry that stands too late, or an attribute on the entry's own line. */
static void add_order(struct parser *p, const struct token *t)
{
    for (const struct step *s = current_steps(p); s < p->from && s->times != STEP_END; s++) {
        bool known = lex_is(t, &s->word);
        for (const struct word *w = grammar_words(grammar_fields[s->kind].value); w && w->length; w++)
            known |= lex_is(t, w);
        if (known && !p->mend.length) {
            buffer_string(&p->mend, "the order is: ");
            grammar_shape(current_grammar(p), p->attribute, &p->mend);
        }
    }
    if (!p->mend.length && !p->attribute && t->kind == TOKEN_WORD && grammar_attribute(current_grammar(p), lex_text(t)))
        buffer_string(&p->mend, "put it on a line of its own, indented");
}

static void add_list_mend(struct parser *p, const struct token *t)
{
    if (p->from == current_steps(p))
        return;
    unsigned times = p->from[-1].times;
    if (times == STEP_COMMAS && t->kind != TOKEN_COMMA)
        buffer_string(&p->mend, "put a comma before it");
    else if (t->kind == TOKEN_COMMA)
        buffer_string(&p->mend,
                      times == STEP_BLANKS || times == STEP_PAIR ? "put blanks alone between them" : "leave it out");
}

static void add_quote_mend(struct parser *p, const struct token *t, enum field_kind kind)
{
    if (t->kind == TOKEN_WORD && !p->mend.length && grammar_fields[kind].value == VALUE_STRING)
        buffer_string(&p->mend, "put it in quotation marks");
}

/* The steps that could take the current token: from `s`, up to one that has to be there. */
static const struct step *next_possible(const struct parser *p, const struct step *s)
{
    if (s > p->from && step_required(s - 1))
        return NULL;
    while (s->times == STEP_FOLLOWS && s != p->from)
        s++;
    return s->times == STEP_END ? NULL : s;
}

/* What is wrong with a token that no step can take, up to the list of what could stand there. */
static const char *misfit(const struct parser *p, const struct token *t)
{
    unsigned before = p->from == current_steps(p) ? STEP_END : p->from[-1].times;
    if (t->kind == TOKEN_COMMA && (before == STEP_BLANKS || before == STEP_PAIR))
        return " stands in a list that has blanks alone between its parts";
    if (!next_possible(p, p->from))
        return " is too much: the line is complete without it";
    for (const struct step *s = p->from; t->kind == TOKEN_WORD && (s = next_possible(p, s)); s++)
        if (s->times == STEP_GROUND)
            return " is not a way of knowing; expected ";
    return " does not fit here; expected ";
}

static void add_unexpected(struct parser *p, const struct token *t)
{
    struct choice c = {.out = &p->what, .nearest = {.word = lex_text(t)}};
    const struct step *first = next_possible(p, p->from);
    const char *phrase = misfit(p, t);
    add_met(&p->what, t);
    buffer_string(&p->what, phrase);
    if (strstr(phrase, "expected")) {
        for (const struct step *s = first; s && (s = next_possible(p, s)); s++)
            choice_step(&c, s);
        choice_end(&c);
    }
    add_list_mend(p, t);
    add_order(p, t);
    if (t->kind == TOKEN_WORD)
        add_nearest(p, &c.nearest);
    if (!first || next_possible(p, first + 1))
        return;
    if (!p->mend.length && first->word.length) {
        buffer_string(&p->mend, "put ");
        add_quoted(&p->mend, word_text(&first->word));
        buffer_string(&p->mend, " before it");
    }
    add_quote_mend(p, t, (enum field_kind)first->kind);
}

bool blame_token(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    const char *at = token_start(t);
    if (!blame_begin(p, at))
        return false;
    if (blame_broken(p))
        return blame_end(p, at);
    if (t->kind == TOKEN_END) {
        const struct step *s = p->from;
        while (!step_required(s) && s[1].times != STEP_END)
            s++;
        add_missing(p, s, (enum field_kind)s->kind, true);
    } else {
        add_unexpected(p, t);
    }
    return blame_end(p, at);
}

/* What an id would be if its capitals were small. */
static void add_id_mend(struct parser *p, struct text word)
{
    char small[LIMIT_ID];
    if (word.length > sizeof small)
        return;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        unsigned class = lex_classes[(unsigned char)small[i]];
        if (class & LEX_NO_ID || (!i && class & LEX_NO_START))
            return;
    }
    add_nearest(p, &(struct nearest){.best = {small, word.length}});
}

static void add_wrong_id(struct parser *p, const struct token *t, const char *noun)
{
    if (t->length > LIMIT_ID && !(t->class & LEX_NO_ID)) {
        buffer_format(&p->what, "an id of %zu bytes is longer than the limit of %u (LIMIT_ID)", t->length, LIMIT_ID);
        buffer_string(&p->mend, "take a shorter one");
        return;
    }
    add_quoted(&p->what, lex_text(t));
    buffer_format(&p->what, " is not %s; expected small letters a-z, digits, '.', '_' and '-', a letter or digit first",
                  noun);
    add_id_mend(p, lex_text(t));
}

static void add_wrong_word(struct parser *p, const struct token *t, enum field_kind kind)
{
    const struct grammar_field *f = &grammar_fields[kind];
    const struct word *words = grammar_words(f->value);
    struct choice c = {.out = &p->what, .nearest = {.word = lex_text(t)}};
    add_quoted(&p->what, lex_text(t));
    buffer_format(&p->what, words ? " is not %s; expected " : " stands where %s should", f->noun);
    if (!words) {
        buffer_string(&p->mend, kind == FIELD_IN_PART ? "write in part" : "");
        add_quote_mend(p, t, kind);
        return;
    }
    choice_words(&c, words);
    choice_end(&c);
    add_nearest(p, &c.nearest);
}

bool blame_wanted(struct parser *p, enum field_kind kind)
{
    const struct token *t = &p->lexer.token;
    const struct grammar_field *f = &grammar_fields[kind];
    const char *at = token_start(t);
    if (!blame_begin(p, at))
        return false;
    if (blame_broken(p))
        return blame_end(p, at);
    if (t->kind == TOKEN_END) {
        add_missing(p, p->from, kind, false);
    } else if (t->kind != TOKEN_WORD) {
        add_met(&p->what, t);
        buffer_format(&p->what, " stands where %s should", f->noun);
        buffer_string(&p->mend, t->kind == TOKEN_COMMA ? "leave it out" : "write it without quotation marks");
    } else if (f->value == VALUE_ID) {
        add_wrong_id(p, t, f->noun);
    } else {
        add_wrong_word(p, t, kind);
    }
    return blame_end(p, at);
}

bool blame_value(struct parser *p, enum field_kind kind, const char *fault)
{
    const struct token *t = &p->lexer.token;
    if (!blame_begin(p, t->at))
        return false;
    add_quoted(&p->what, lex_text(t));
    buffer_char(&p->what, ' ');
    buffer_string(&p->what, fault);
    add_order(p, t);
    size_t start = p->mend.length;
    if (!start) {
        buffer_string(&p->mend, "did you mean '");
        size_t empty = p->mend.length;
        value_mend(grammar_fields[kind].value, lex_text(t), &p->mend);
        if (p->mend.length == empty)
            buffer_clear(&p->mend);
        else
            buffer_string(&p->mend, "'?");
    }
    return blame_end(p, t->at);
}

bool blame_condition(struct parser *p, struct text condition)
{
    struct condition_parts parts = condition_split(condition);
    const char *at = parts.met.at;
    if (!blame_begin(p, at))
        return false;
    struct choice c = {.out = &p->what, .nearest = {.word = parts.met}};
    if (parts.met.length)
        add_quoted(&p->what, parts.met);
    else
        buffer_string(&p->what, "the end of the condition");
    buffer_char(&p->what, ' ');
    buffer_string(&p->what, parts.fault);
    if (parts.unknown) {
        buffer_string(&p->what, "; expected ");
        choice_words(&c, grammar_measures);
        choice_words(&c, grammar_flags);
        choice_end(&c);
        add_nearest(p, &c.nearest);
    }
    return blame_end(p, at);
}

static const char *field_start(const struct parser *p, const struct field *f)
{
    return p->line + (f->at - p->line_at);
}

bool blame_twice(struct parser *p, const struct field *again)
{
    const char *at = field_start(p, again);
    if (!blame_begin(p, at))
        return false;
    add_quoted(&p->what, field_text(again, p->whole));
    buffer_string(&p->what, " stands twice in one list");
    buffer_string(&p->mend, "leave it out here, or name the one that was meant");
    return blame_end(p, at);
}

bool blame_itself(struct parser *p, const struct field *premise)
{
    const char *at = field_start(p, premise);
    if (!blame_begin(p, at))
        return false;
    add_quoted(&p->what, field_text(premise, p->whole));
    buffer_string(&p->what, " is inferred from itself");
    buffer_string(&p->mend, "leave it out here, or name the claim that was meant");
    return blame_end(p, at);
}

bool blame_alone(struct parser *p, enum field_kind kind)
{
    const char *at = p->lexer.token.at;
    if (!blame_begin(p, at))
        return false;
    add_quoted(&p->what, word_text(&current_grammar(p)->word));
    buffer_format(&p->what, " lacks %s: it joins two or more", grammar_fields[kind].noun);
    add_shape(p, NULL);
    return blame_end(p, at);
}

bool blame_long_line(struct parser *p)
{
    if (!blame_begin(p, p->line))
        return false;
    buffer_format(&p->what, "the line has %u bytes, more than the limit of %u (LIMIT_LINE)", p->line_length,
                  LIMIT_LINE);
    buffer_string(&p->mend, "split it into several");
    return blame_end(p, p->line);
}

/* "voice, record and claim": the verbs that have an attribute of this name; how many. */
static size_t add_verbs_with(struct buffer *out, struct text name, const char *last)
{
    size_t count = 0, shown = 0;
    for (unsigned v = 0; v < VERB_COUNT; v++)
        count += grammar_attribute(&grammar[v], name) != NULL;
    for (unsigned v = 0; v < VERB_COUNT && out; v++) {
        if (!grammar_attribute(&grammar[v], name))
            continue;
        shown++;
        buffer_string(out, shown == 1 ? "" : shown == count ? last : ", ");
        buffer_string(out, grammar[v].word.text);
    }
    return count;
}

bool blame_stray_line(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    const char *at = token_start(t);
    if (!blame_begin(p, at))
        return false;
    buffer_string(&p->what, "an indented line belongs to the entry above it, and there is none");
    if (t->kind == TOKEN_WORD && add_verbs_with(NULL, lex_text(t), "")) {
        buffer_string(&p->mend, "put it under its ");
        add_verbs_with(&p->mend, lex_text(t), " or ");
    } else {
        buffer_string(&p->mend, "start the line without a blank if it is an entry");
    }
    return blame_end(p, at);
}

bool blame_indented_verb(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    if (!blame_begin(p, t->at))
        return false;
    add_quoted(&p->what, lex_text(t));
    buffer_string(&p->what, " starts an entry, and stands indented like an attribute");
    buffer_string(&p->mend, "start the line with it, without a blank");
    return blame_end(p, t->at);
}

bool blame_unindented(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    if (!blame_begin(p, t->at))
        return false;
    add_quoted(&p->what, lex_text(t));
    buffer_string(&p->what, " is an attribute, and stands where an entry starts");
    buffer_string(&p->mend, "indent it");
    return blame_end(p, t->at);
}

bool blame_repeated(struct parser *p, uint32_t first_line)
{
    const struct token *t = &p->lexer.token;
    if (!blame_begin(p, t->at))
        return false;
    const struct attribute *a = grammar_attribute(current_grammar(p), lex_text(t));
    add_quoted(&p->what, lex_text(t));
    buffer_format(&p->what, " is given twice in one entry; first on line %u", first_line);
    buffer_string(&p->mend, a && a->steps[0].times >= STEP_BLANKS ? "put all of them into one list" : "leave one out");
    return blame_end(p, t->at);
}

bool blame_attribute(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    const char *at = token_start(t);
    if (!blame_begin(p, at))
        return false;
    if (blame_broken(p))
        return blame_end(p, at);
    const struct grammar *g = current_grammar(p);
    struct choice c = {.out = &p->what, .nearest = {.word = lex_text(t)}};
    bool elsewhere = t->kind == TOKEN_WORD && add_verbs_with(NULL, lex_text(t), "");
    add_met(&p->what, t);
    if (elsewhere) {
        buffer_string(&p->what, " is an attribute of ");
        add_verbs_with(&p->what, lex_text(t), " and ");
        buffer_format(&p->what, ", not of %s", g->word.text);
    } else {
        buffer_format(&p->what, " is not an attribute of %s", g->word.text);
    }
    const struct attribute *a = g->attributes;
    buffer_string(&p->what, a->steps[0].times != STEP_END ? "; expected " : ", which has none");
    for (; a->steps[0].times != STEP_END; a++)
        choice_word(&c, word_text(&a->steps[0].word));
    choice_end(&c);
    if (t->kind != TOKEN_WORD)
        return blame_end(p, at);
    if (elsewhere) {
        buffer_string(&p->mend, "put it under its ");
        add_verbs_with(&p->mend, lex_text(t), " or ");
        return blame_end(p, at);
    }
    for (unsigned v = 0; v < VERB_COUNT; v++)
        nearest_offer(&c.nearest, word_text(&grammar[v].word));
    add_nearest(p, &c.nearest);
    return blame_end(p, at);
}

bool blame_needed(struct parser *p, uint32_t at, const struct attribute *a)
{
    p->faulty = true;
    buffer_clear(&p->what);
    buffer_clear(&p->mend);
    add_quoted(&p->what, word_text(&current_grammar(p)->word));
    buffer_string(&p->what, " lacks ");
    add_quoted(&p->what, word_text(&a->steps[0].word));
    buffer_format(&p->what, " and %s", grammar_fields[a->steps[0].kind].noun);
    buffer_string(&p->mend, "put under it, indented: ");
    grammar_shape(current_grammar(p), a, &p->mend);
    faults_add(p->faults, p->whole, at, "%s", p->what.at);
    faults_mend(p->faults, "%s", p->mend.at);
    return false;
}

static void add_verb_mend(struct parser *p, const struct token *t, const struct nearest *n)
{
    if (text_starts(lex_text(t), TEXT("\xef\xbb\xbf"))) {
        buffer_string(&p->mend, "take out the byte order mark before it");
    } else if (add_verbs_with(NULL, lex_text(t), "")) {
        buffer_string(&p->mend, "indent it under its ");
        add_verbs_with(&p->mend, lex_text(t), " or ");
    } else {
        add_nearest(p, n);
    }
}

enum verb blame_verb(struct parser *p)
{
    const struct token *t = &p->lexer.token;
    const char *at = token_start(t);
    struct nearest n = {.word = t->kind == TOKEN_WORD ? lex_text(t) : TEXT("")};
    enum verb likeliest = VERB_COUNT;
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        nearest_offer(&n, word_text(&grammar[v].word));
        if (n.best.at == grammar[v].word.text)
            likeliest = (enum verb)v;
    }
    bool attribute = t->kind == TOKEN_WORD && add_verbs_with(NULL, lex_text(t), "");
    if (attribute)
        likeliest = VERB_COUNT;
    if (!blame_begin(p, at))
        return likeliest;
    if (!blame_broken(p)) {
        struct choice c = {.out = &p->what};
        add_met(&p->what, t);
        buffer_string(&p->what, attribute ? " is an attribute, and stands where an entry starts; expected "
                                          : " does not start an entry; expected ");
        for (unsigned v = 0; v < VERB_COUNT; v++)
            choice_word(&c, word_text(&grammar[v].word));
        choice_end(&c);
        if (t->kind == TOKEN_WORD)
            add_verb_mend(p, t, &n);
    }
    blame_end(p, at);
    return likeliest;
}
