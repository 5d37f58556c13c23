/* The desk's rules: see rule.h. */
#include "rules/rule.h"

#include "base/names.h"
#include "base/vector.h"

struct held_rule {
    struct text name;
    uint32_t entry;
    size_t first, count; /* in conditions */
};

struct rules {
    struct hearings *hearings;
    VECTOR(struct condition) conditions;
    VECTOR(struct held_rule) rules; /* by number in `names` */
    struct names names;
    VECTOR(char *) spellings; /* of the conditions: a rule may be written `people>=2` */
};

static struct text next_word(struct text *t)
{
    size_t i = 0, end;
    while (i < t->length && t->at[i] == ' ')
        i++;
    for (end = i; end < t->length && t->at[end] != ' ';)
        end++;
    struct text word = {t->at + i, end - i};
    *t = (struct text){t->at + end, t->length - end};
    return word;
}

static int read_subject(struct text word, unsigned *subject)
{
    static const char *const others[] = {"distance", "keystones", "asked", "answered", "denied", "contested"};
    for (unsigned s = 0; s < RULE_SUBJECTS; s++) {
        const char *name = s < MEASURE_COUNT ? measure_word((enum measure)s) : others[s - MEASURE_COUNT];
        if (text_equal(word, text_of(name))) {
            *subject = s;
            return 0;
        }
    }
    return -1;
}

static int read_relation(struct text word, enum rule_relation *relation)
{
    static const char *const relations[] = {"=", ">", "<", ">=", "<=", "!="};
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (text_equal(word, text_of(relations[i]))) {
            *relation = (enum rule_relation)i;
            return 0;
        }
    return -1;
}

static int read_number(struct text word, uint32_t *number)
{
    uint64_t n = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] < '0' || word.at[i] > '9')
            return -1;
        if (n <= UINT32_MAX)
            n = n * 10 + (uint64_t)(word.at[i] - '0');
    }
    *number = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
    return word.length ? 0 : -1;
}

int condition_read(struct text t, struct condition *out)
{
    *out = (struct condition){.text = t};
    struct text word = next_word(&t);
    if (text_equal(word, TEXT("not"))) {
        out->negated = true;
        word = next_word(&t);
    }
    if (read_subject(word, &out->subject))
        return -1;
    if (out->subject < RULE_ASKED) {
        if (read_relation(next_word(&t), &out->relation) || read_number(next_word(&t), &out->number))
            return -1;
    }
    return next_word(&t).length ? -1 : 0;
}

/* The rule of that name, new and last where there is none. */
static struct held_rule *named(struct rules *r, struct text name)
{
    uint32_t number = names_intern(&r->names, name);
    if (number == r->rules.count)
        vector_push(&r->rules, (struct held_rule){.name = name});
    return &r->rules.at[number];
}

/* What cannot be read never holds: a rule that nobody understands lets nothing through. */
static void add_condition(struct rules *r, struct text written)
{
    struct condition c;
    struct buffer spelling = {0};
    notation_condition(written, &spelling);
    vector_push(&r->spellings, memory_copy(spelling.at, spelling.length));
    struct text t = {r->spellings.at[r->spellings.count - 1], spelling.length};
    buffer_release(&spelling);
    if (condition_read(t, &c))
        c = (struct condition){.subject = RULE_SUBJECTS, .text = t};
    vector_push(&r->conditions, c);
}

static void set_default(struct rules *r, struct text name, const char *const *conditions)
{
    struct held_rule *rule = named(r, name);
    *rule = (struct held_rule){name, MODEL_NONE, r->conditions.count, 0};
    for (; *conditions; conditions++, rule->count++)
        add_condition(r, text_of(*conditions));
}

static void set_from_entry(struct rules *r, const struct model *m, uint32_t n, const struct model_entry *e)
{
    struct held_rule *rule = named(r, model_field_text(m, model_field(e, FIELD_RULE)));
    *rule = (struct held_rule){rule->name, n, r->conditions.count, 0};
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_CONDITION) {
            add_condition(r, model_field_text(m, &e->fields[i]));
            rule->count++;
        }
}

struct rules *rules_new(struct model *m)
{
    static const char *const print[] = {"cautious >= 2", "parties >= 2", "asked", NULL};
    static const char *const allege[] = {"any >= 1", "asked", NULL};
    struct rules *r = memory_new(sizeof *r);
    r->hearings = hearings_new(m);
    names_init(&r->names);
    set_default(r, TEXT("print"), print);
    set_default(r, TEXT("allege"), allege);
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if (e.verb == VERB_RULE && !e.retracted && !e.is_void)
            set_from_entry(r, m, n, &e);
    }
    return r;
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    hearings_free(r->hearings);
    vector_release(&r->conditions);
    vector_release(&r->rules);
    names_release(&r->names);
    for (size_t i = 0; i < r->spellings.count; i++)
        free(r->spellings.at[i]);
    vector_release(&r->spellings);
    free(r);
}

size_t rules_count(const struct rules *r)
{
    return r->rules.count;
}

struct rule rules_at(const struct rules *r, size_t rule)
{
    const struct held_rule *h = &r->rules.at[rule];
    return (struct rule){h->name, h->entry, r->conditions.at + h->first, h->count};
}

struct hearings *rules_hearings(const struct rules *r)
{
    return r->hearings;
}

static bool compares(enum rule_relation relation, struct interval n, uint32_t number)
{
    switch (relation) {
    case RULE_IS:
        return n.low == number && n.high == number;
    case RULE_MORE:
        return n.low > number;
    case RULE_LESS:
        return n.high < number;
    case RULE_AT_LEAST:
        return n.low >= number;
    case RULE_AT_MOST:
        return n.high <= number;
    default:
        return n.high < number || n.low > number;
    }
}

/* `not people >= 2` with people known as 1 to 3 does not hold either: not all of it is below. */
static bool compares_not(enum rule_relation relation, struct interval n, uint32_t number)
{
    static const enum rule_relation turned[] = {RULE_IS_NOT, RULE_AT_MOST, RULE_AT_LEAST,
                                                RULE_LESS,   RULE_MORE,    RULE_IS};
    return compares(turned[relation], n, number);
}

static bool flag(const struct rules *r, unsigned subject, uint32_t claim, const struct row *row)
{
    if (subject == RULE_ASKED)
        return hearings_asked(r->hearings, claim);
    if (subject == RULE_ANSWERED)
        return hearings_answered(r->hearings, claim);
    return row->denied;
}

bool rules_holds(const struct rules *r, const struct condition *c, uint32_t claim, const struct row *row)
{
    if (c->subject >= RULE_SUBJECTS)
        return false;
    if (c->subject >= RULE_ASKED && c->subject != RULE_CONTESTED)
        return flag(r, c->subject, claim, row) != c->negated;
    enum rule_relation relation = c->relation;
    uint32_t number = c->number;
    struct interval n = {row->keystone_count, row->keystone_count};
    if (c->subject < MEASURE_COUNT) {
        n = row->measures[c->subject];
    } else if (c->subject == RULE_DISTANCE) {
        n = (struct interval){row->distance, row->distance}; /* GRAPH_NONE is beyond all numbers */
    } else if (c->subject == RULE_CONTESTED) {
        n = row->measures[AGAINST];
        relation = RULE_AT_LEAST;
        number = 1;
    }
    return c->negated ? compares_not(relation, n, number) : compares(relation, n, number);
}

bool rules_meets(const struct rules *r, size_t rule, uint32_t claim, const struct row *row)
{
    const struct held_rule *h = &r->rules.at[rule];
    for (size_t i = 0; i < h->count; i++)
        if (!rules_holds(r, &r->conditions.at[h->first + i], claim, row))
            return false;
    return true;
}
