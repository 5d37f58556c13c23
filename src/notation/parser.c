/* Lines to entries, along the table of grammar.h: see notation.h. */
#include "notation/parsing.h"
#include "notation/values.h"

#include "base/memory.h"

#include <stdlib.h>

static inline uint32_t verb_slot(uint64_t key, size_t length)
{
    return (uint32_t)((key * UINT64_C(0x9e3779b97f4a7c15) + length) >> 58) % VERB_SLOTS;
}

struct parser *parser_new(struct text prepared, struct faults *faults)
{
    struct parser *p = memory_new(sizeof *p);
    p->whole = prepared;
    p->faults = faults;
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        const struct word *w = &grammar[v].word;
        uint32_t slot = verb_slot(lex_key(w->text, w->length, w->text + sizeof w->text), w->length);
        while (p->verbs[slot])
            slot = (slot + 1) % VERB_SLOTS;
        p->verbs[slot] = (uint8_t)(v + 1);
    }
    return p;
}

void parser_free(struct parser *p)
{
    if (!p)
        return;
    free(p->tail);
    free(p->fields);
    buffer_release(&p->what);
    buffer_release(&p->mend);
    free(p);
}

static enum verb find_verb(const struct parser *p, const struct token *t)
{
    if (t->kind != TOKEN_WORD)
        return VERB_COUNT;
    for (uint32_t slot = verb_slot(t->key, t->length); p->verbs[slot]; slot = (slot + 1) % VERB_SLOTS)
        if (lex_is(t, &grammar[p->verbs[slot] - 1].word))
            return (enum verb)(p->verbs[slot] - 1);
    return VERB_COUNT;
}

/* Copies a last line that has no end to where it has one. */
static void end_last_line(struct parser *p)
{
    p->tail = memory_new(p->line_length + 1 + sizeof(uint64_t));
    memcpy(p->tail, p->line, p->line_length);
    p->tail[p->line_length] = '\n';
    p->line = p->tail;
    p->lexer.readable = p->tail + p->line_length + 1 + sizeof(uint64_t);
}

/* Points at the next line that is not empty and reads its first token; false at the text's end. */
static bool open_line(struct parser *p)
{
    while (p->next < p->whole.length) {
        if (p->whole.at[p->next] == '\n') {
            p->next++;
            p->line_number++;
            continue;
        }
        const char *line = p->whole.at + p->next, *end = memchr(line, '\n', p->whole.length - p->next);
        size_t length = end ? (size_t)(end - line) : p->whole.length - p->next;
        p->line = line;
        p->line_at = p->next;
        p->line_number++;
        p->next += (uint32_t)length + (end != NULL);
        p->line_length = (uint32_t)(line[length - 1] == '\r' ? length - 1 : length);
        p->lexer.readable = p->whole.at + p->whole.length;
        p->too_long = length > LIMIT_LINE;
        p->indented = lex_classes[(unsigned char)*line] == LEX_BLANK;
        p->lexer.token.kind = TOKEN_END;
        if (!p->indented || p->overfull)
            p->lexer.words = 0;
        if (p->too_long)
            return p->opened = true;
        if (!end)
            end_last_line(p);
        p->lexer.at = p->line;
        lex_next(&p->lexer);
        if (p->lexer.token.kind != TOKEN_END)
            return p->opened = true;
    }
    return p->opened = false;
}

/* LIMIT_WORDS bounds it: a word gives one field at most, and a statement one more, of its ground. */
static void grow_fields(struct parser *p)
{
    p->room = p->room * 2 + 64;
    p->fields = memory_resize(p->fields, p->room, sizeof *p->fields);
}

static inline void add_field(struct parser *p, enum field_kind kind, struct text t)
{
    if (p->count == p->room)
        grow_fields(p);
    p->fields[p->count++] = (struct field){
        .at = parser_offset(p, t.at), .length = (uint32_t)t.length & 0xffffff, .kind = (unsigned)kind & 0x7f};
}

static inline bool take_id(struct parser *p, enum field_kind kind)
{
    if (!lex_is_id(&p->lexer.token))
        return blame_wanted(p, kind);
    add_field(p, kind, lex_text(&p->lexer.token));
    lex_next(&p->lexer);
    return true;
}

static bool take_string(struct parser *p, enum field_kind kind)
{
    static const struct word forgotten = {"forgotten", 9};
    const struct token *t = &p->lexer.token;
    if (t->kind == TOKEN_STRING) {
        add_field(p, kind, lex_text(t));
    } else if (lex_is(t, &forgotten) && field_protected(p->verb, kind)) {
        add_field(p, kind, (struct text){t->at, 0});
        p->fields[p->count - 1].forgotten = 1;
    } else {
        return blame_wanted(p, kind);
    }
    lex_next(&p->lexer);
    return true;
}

/* One of a set of words. */
static bool take_member(struct parser *p, enum field_kind kind, const struct word *words)
{
    for (; words->length; words++) {
        if (lex_is(&p->lexer.token, words)) {
            add_field(p, kind, lex_text(&p->lexer.token));
            lex_next(&p->lexer);
            return true;
        }
    }
    return blame_wanted(p, kind);
}

/* A condition: the words up to a comma or the end of the line. */
static bool take_condition(struct parser *p)
{
    struct token *t = &p->lexer.token;
    if (t->kind != TOKEN_WORD)
        return blame_wanted(p, FIELD_CONDITION);
    struct text condition = {t->at, 0};
    for (; t->kind == TOKEN_WORD; lex_next(&p->lexer))
        condition.length = (size_t)(t->at + t->length - condition.at);
    if (condition_split(condition).fault)
        return blame_condition(p, condition);
    add_field(p, FIELD_CONDITION, condition);
    return true;
}

/* No value: the word was all; but `in` needs its `part`. */
static bool take_nothing(struct parser *p, enum field_kind kind)
{
    static const struct word part = {"part", 4};
    if (kind == FIELD_IN_PART) {
        if (!lex_is(&p->lexer.token, &part))
            return blame_wanted(p, kind);
        lex_next(&p->lexer);
    }
    add_field(p, kind, (struct text){p->line, 0});
    return true;
}

static bool take_word(struct parser *p, enum field_kind kind, enum value value)
{
    if (p->lexer.token.kind != TOKEN_WORD)
        return blame_wanted(p, kind);
    const char *fault = value_fault(value, lex_text(&p->lexer.token));
    if (fault)
        return blame_value(p, kind, fault);
    add_field(p, kind, lex_text(&p->lexer.token));
    lex_next(&p->lexer);
    return true;
}

static bool take_rare_value(struct parser *p, enum field_kind kind, enum value value)
{
    switch (value) {
    case VALUE_STRING:
        return take_string(p, kind);
    case VALUE_NONE:
        return take_nothing(p, kind);
    case VALUE_CONDITION:
        return take_condition(p);
    case VALUE_RECORD_KIND:
    case VALUE_TERM:
    case VALUE_CHECK:
    case VALUE_DERIVED:
    case VALUE_PROOF:
    case VALUE_LOOK:
        return take_member(p, kind, grammar_words(value));
    default:
        return take_word(p, kind, value);
    }
}

static inline bool take_value(struct parser *p, enum field_kind kind)
{
    enum value value = grammar_fields[kind].value;
    return value == VALUE_ID ? take_id(p, kind) : take_rare_value(p, kind, value);
}

/* Takes the word in front of a value. */
static inline void take_lead(struct parser *p, const struct word *w)
{
    p->lead = w;
    lex_next(&p->lexer);
}

static bool take_ground(struct parser *p, const struct step *s)
{
    struct token *t = &p->lexer.token;
    for (const struct word *w = grammar_words(VALUE_GROUND); w->length; w++) {
        if (!lex_is(t, w))
            continue;
        add_field(p, FIELD_GROUND, lex_text(t));
        take_lead(p, w);
        p->from = s + 1;
        return !grammar_ground_has_record(word_text(w)) || take_id(p, FIELD_GROUND_RECORD);
    }
    add_field(p, FIELD_GROUND, (struct text){t->at, 0});
    return true;
}

struct member {
    struct text text;
    struct field *field;
};

static int by_text(const void *left, const void *right)
{
    const struct member *a = left, *b = right;
    int order = text_compare(a->text, b->text);
    return order ? order : (a->field > b->field) - (a->field < b->field);
}

static int by_field(const void *left, const void *right)
{
    const struct member *a = left, *b = right;
    return (a->field > b->field) - (a->field < b->field);
}

static struct text list_text(const struct parser *p, const struct field *f)
{
    return field_text(f, p->whole);
}

/* A member that stands in its list already. Belonging to an organisation twice is belonging to it: that one is
 * dropped. Everything else is a slip of the pen that changes what is said. */
static bool meet_again(struct parser *p, struct field *again)
{
    if (again->kind != FIELD_OF)
        return blame_twice(p, again);
    again->kind = FIELD_KINDS;
    return true;
}

static void drop_marked(struct parser *p, uint32_t first)
{
    uint32_t kept = first;
    for (uint32_t i = first; i < p->count; i++)
        if (p->fields[i].kind != FIELD_KINDS)
            p->fields[kept++] = p->fields[i];
    p->count = kept;
}

/* As all_differ(), for lists in which comparing every pair would be slow. */
static bool all_differ_sorted(struct parser *p, struct field *list, uint32_t count)
{
    struct member *members = memory_array(count, sizeof *members);
    uint32_t twice = 0;
    for (uint32_t i = 0; i < count; i++)
        members[i] = (struct member){list_text(p, &list[i]), &list[i]};
    qsort(members, count, sizeof *members, by_text);
    struct text last = members[0].text;
    for (uint32_t i = 1; i < count; i++) {
        if (text_equal(members[i].text, last) && !members[i].field->forgotten)
            members[twice++] = members[i];
        else
            last = members[i].text;
    }
    qsort(members, twice, sizeof *members, by_field);
    bool differ = true;
    for (uint32_t i = 0; i < twice; i++)
        differ &= meet_again(p, members[i].field);
    free(members);
    return differ;
}

/* Nothing stands twice in a list. */
static bool all_differ(struct parser *p, struct field *list, uint32_t count)
{
    if (count > 16)
        return all_differ_sorted(p, list, count);
    bool differ = true;
    for (uint32_t i = 1; i < count; i++) {
        struct text t = list_text(p, &list[i]);
        for (uint32_t j = 0; j < i; j++) {
            if (text_equal(t, list_text(p, &list[j])) && !list[i].forgotten) {
                differ &= meet_again(p, &list[i]);
                break;
            }
        }
    }
    return differ;
}

/* A claim is not inferred from itself. */
static bool premises_apart(struct parser *p, const struct field *list, uint32_t count)
{
    const struct field *claim = list - 1;
    while (claim > p->fields && claim->kind != FIELD_CLAIM)
        claim--;
    struct text id = list_text(p, claim);
    bool apart = true;
    for (uint32_t i = 0; i < count && apart; i++)
        if (text_equal(id, list_text(p, &list[i])))
            apart = blame_itself(p, &list[i]);
    return apart;
}

static bool take_list(struct parser *p, const struct step *s)
{
    const struct token *t = &p->lexer.token;
    uint32_t first = p->count;
    bool more = true;
    while (more) {
        if (!take_value(p, (enum field_kind)s->kind))
            return false;
        p->from = s + 1;
        bool comma = t->kind == TOKEN_COMMA && (s->times == STEP_COMMAS || s->times == STEP_EITHER);
        if (comma) {
            p->from = s;
            lex_next(&p->lexer);
        }
        more = comma || (s->times != STEP_COMMAS && t->kind == TOKEN_WORD);
    }
    struct field *list = p->fields + first;
    uint32_t count = p->count - first;
    if (s->times == STEP_PAIR && count < 2)
        return t->kind == TOKEN_END ? blame_alone(p, (enum field_kind)s->kind) : blame_token(p);
    bool apart = s->kind != FIELD_PREMISE || premises_apart(p, list, count);
    bool differ = s->kind == FIELD_CONDITION || all_differ(p, list, count);
    if (s->kind == FIELD_OF)
        drop_marked(p, first);
    return differ && apart;
}

/* Can an optional step without a word in front take the current token? */
static bool step_begins(const struct parser *p, const struct step *s)
{
    const struct token *t = &p->lexer.token;
    if (grammar_fields[s->kind].value != VALUE_STRING)
        return t->kind == TOKEN_WORD;
    static const struct word forgotten = {"forgotten", 9};
    return t->kind == TOKEN_STRING || (field_protected(p->verb, (enum field_kind)s->kind) && lex_is(t, &forgotten));
}

static bool take_steps(struct parser *p, const struct step *s)
{
    const struct token *t = &p->lexer.token;
    bool taken = false; /* the last step */
    p->from = s;
    p->lead = p->attribute ? &s->word : &grammar[p->verb].word;
    for (; s->times != STEP_END; s++) {
        bool begins = s->word.length ? lex_is(t, &s->word) : true;
        switch ((enum times)s->times) {
        case STEP_CHAIN:
            while (lex_is(t, &s->word)) {
                take_lead(p, &s->word);
                if (!take_id(p, (enum field_kind)s->kind))
                    return false;
                p->from = s;
            }
            continue;
        case STEP_GROUND:
            if (!take_ground(p, s))
                return false;
            continue;
        case STEP_SUBJECT:
            if (!take_value(p, grammar_subject(list_text(p, &p->fields[p->count - 1]))))
                return false;
            p->from = s + 1;
            continue;
        case STEP_FOLLOWS:
        case STEP_MAYBE:
            begins = begins && (taken || s->times == STEP_MAYBE) && (s->word.length || step_begins(p, s));
            taken = begins;
            if (!begins)
                continue;
            break;
        default:
            break;
        }
        if (!begins)
            return blame_token(p);
        if (s->word.length)
            take_lead(p, &s->word);
        if (s->times >= STEP_BLANKS ? !take_list(p, s) : !take_value(p, (enum field_kind)s->kind))
            return false;
        p->from = s + 1;
    }
    return t->kind == TOKEN_END || blame_token(p);
}

/* The attribute of the current entry that the current line's first word names, or NULL. */
static const struct attribute *find_attribute(const struct parser *p)
{
    const struct token *t = &p->lexer.token;
    for (const struct attribute *a = grammar[p->verb].attributes; a->steps[0].times != STEP_END; a++)
        if (lex_is(t, &a->steps[0].word))
            return a;
    return NULL;
}

static void read_attribute(struct parser *p, const struct attribute *a)
{
    uint32_t *given = &p->given[a - grammar[p->verb].attributes];
    if (*given) {
        blame_repeated(p, *given);
        return;
    }
    *given = p->line_number;
    p->attribute = a;
    take_steps(p, a->steps);
    p->attribute = NULL;
}

/* Takes the current line if it belongs to the entry. */
static bool read_entry_line(struct parser *p)
{
    if (p->too_long)
        return p->indented && (p->overfull || !blame_long_line(p));
    if (!p->indented && find_verb(p, &p->lexer.token) != VERB_COUNT)
        return false;
    const struct attribute *a = find_attribute(p);
    if (!a && (!p->indented || find_verb(p, &p->lexer.token) != VERB_COUNT))
        return false;
    if (p->overfull)
        return true;
    p->hushed = !p->indented && !blame_unindented(p);
    if (a)
        read_attribute(p, a);
    else if (!p->guessed)
        blame_attribute(p);
    p->hushed = false;
    return true;
}

/* Leaves out the attributes of what was no entry. */
static void skip_attributes(struct parser *p)
{
    while (open_line(p) && p->indented && (p->too_long || find_verb(p, &p->lexer.token) == VERB_COUNT))
        ;
}

static void begin_entry(struct parser *p)
{
    p->faulty = p->overfull = p->guessed = p->hushed = false;
    p->count = 0;
    p->lexer.words = 1;
    p->attribute = NULL;
    memset(p->given, 0, sizeof p->given);
}

/* The verb of the current line, as it is or as it must have been meant; false: it starts no entry. */
static bool read_verb(struct parser *p)
{
    if (p->too_long)
        return blame_long_line(p);
    p->verb = find_verb(p, &p->lexer.token);
    if (p->verb != VERB_COUNT) {
        if (p->indented)
            blame_indented_verb(p);
        return true;
    }
    if (p->indented)
        return blame_stray_line(p);
    p->verb = blame_verb(p);
    return p->guessed = p->hushed = p->verb != VERB_COUNT;
}

/* An entry with an attribute that cannot be left out has it. */
static void find_needed(struct parser *p, uint32_t at)
{
    const struct grammar *g = &grammar[p->verb];
    const struct attribute *a = grammar_attribute_of(g, (enum field_kind)grammar_needs[p->verb]);
    if (!p->given[a - g->attributes])
        blame_needed(p, at, a);
}

bool parser_next(struct parser *p, struct entry *out)
{
    if (!p->opened && !open_line(p))
        return false;
    for (begin_entry(p); !read_verb(p); begin_entry(p)) {
        skip_attributes(p);
        if (!p->opened)
            return false;
    }
    uint32_t at = p->line_at, end;
    lex_next(&p->lexer);
    take_steps(p, grammar[p->verb].steps);
    p->hushed = false;
    do
        end = p->line_at + p->line_length;
    while (open_line(p) && read_entry_line(p));
    if (grammar_needs[p->verb] && !p->faulty)
        find_needed(p, at);
    *out = (struct entry){p->verb, p->faulty, at, end - at, p->fields, p->count};
    return true;
}
