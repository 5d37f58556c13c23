/* The settings of a draft: `name: value` lines between two lines `---` at its very top. */
#include "gate/drafting.h"

#include "base/nearest.h"
#include "notation/values.h"

static const struct setting {
    const char *name;
    enum value value; /* VALUE_STRING: any words */
    const char *noun;
} known[] = {
    {"language", VALUE_LANGUAGE, "a language tag"},
    {"slug", VALUE_SLUG, "an article's slug"},
    {"byline", VALUE_STRING, "who wrote it"},
    {"translation-of", VALUE_SLUG, "an article's slug"},
    {"date", VALUE_DATE, "a day"},
};
enum { KNOWN = sizeof known / sizeof *known };

static struct text trim(struct text t)
{
    while (t.length && strchr(" \t", t.at[0]))
        t = (struct text){t.at + 1, t.length - 1};
    while (t.length && strchr(" \t\r", t.at[t.length - 1]))
        t.length--;
    return t;
}

/* The line at `at`, without its end; `*next` is where the next one starts. */
static struct text line_at(struct text whole, size_t at, size_t *next)
{
    const char *end = at < whole.length ? memchr(whole.at + at, '\n', whole.length - at) : NULL;
    size_t length = end ? (size_t)(end - whole.at) - at : whole.length - at;
    *next = at + length + (end ? 1 : 0);
    return (struct text){whole.at + at, length};
}

static bool is_rule(struct text line)
{
    return text_equal(trim(line), TEXT("---")) && line.at[0] == '-';
}

static size_t offset(const struct drafting *g, const char *at)
{
    return (size_t)(at - g->whole.at);
}

static const struct setting *find(struct drafting *g, struct text name)
{
    struct nearest nearest = {.word = name};
    for (int i = 0; i < KNOWN; i++) {
        if (text_equal(name, text_of(known[i].name)))
            return &known[i];
        nearest_offer(&nearest, text_of(known[i].name));
    }
    struct buffer quoted = {0};
    text_quote(name, 40, &quoted);
    faults_add(g->faults, g->whole, offset(g, name.at),
               "'%s' is not a setting of a draft; expected language, slug, byline, translation-of or date",
               quoted.at ? quoted.at : "");
    if (nearest.best.length)
        faults_mend(g->faults, "did you mean '%.*s'?", TEXT_ARG(nearest.best));
    else
        faults_mend(g->faults, "leave it out");
    buffer_release(&quoted);
    return NULL;
}

static void blame_value(struct drafting *g, const struct setting *s, struct text value, const char *fault)
{
    struct buffer quoted = {0}, mend = {0};
    text_quote(value, 60, &quoted);
    value_mend(s->value, value, &mend);
    faults_add(g->faults, g->whole, offset(g, value.at), "'%s' %s", quoted.at, fault);
    if (mend.length)
        faults_mend(g->faults, "did you mean '%s'?", mend.at);
    buffer_release(&quoted);
    buffer_release(&mend);
}

static bool is_valid(struct drafting *g, const struct setting *s, struct text value)
{
    enum { DAY = 10 };
    if (!value.length) {
        faults_add(g->faults, g->whole, offset(g, value.at), "'%s' is given without %s", s->name, s->noun);
        faults_mend(g->faults, "write it behind the colon, or leave the line out");
        return false;
    }
    const char *fault = value_fault(s->value, value);
    if (!fault && s->value == VALUE_DATE && value.length != DAY)
        fault = "is not a day; expected YYYY-MM-DD";
    if (fault)
        blame_value(g, s, value, fault);
    return !fault;
}

static void add(struct drafting *g, const struct setting *s, struct text value, uint32_t line, size_t at)
{
    for (size_t i = 0; i < g->d->settings.count; i++) {
        if (!text_equal(g->d->settings.at[i].name, text_of(s->name)))
            continue;
        faults_add(g->faults, g->whole, at, "'%s' is given twice; first on line %u", s->name,
                   g->d->settings.at[i].line);
        faults_mend(g->faults, "leave one out");
        return;
    }
    vector_push(&g->d->settings, (struct draft_setting){text_of(s->name), drafting_keep(g, value), line});
}

static void read_line(struct drafting *g, struct text line, uint32_t number)
{
    struct text words = trim(line);
    const char *colon = memchr(words.at, ':', words.length);
    if (!words.length || words.at[0] == '#')
        return;
    if (!colon) {
        faults_add(g->faults, g->whole, offset(g, words.at), "this is no setting; expected 'name: value' or '---'");
        faults_mend(g->faults, "put '---' on a line of its own where the settings end");
        return;
    }
    struct text name = trim((struct text){words.at, (size_t)(colon - words.at)});
    struct text value = trim((struct text){colon + 1, (size_t)(words.at + words.length - colon - 1)});
    const struct setting *s = find(g, name);
    if (!s)
        return;
    if (value.length > 1 && value.at[0] == '"' && value.at[value.length - 1] == '"')
        value = trim((struct text){value.at + 1, value.length - 2});
    if (is_valid(g, s, value))
        add(g, s, value, number, offset(g, words.at));
}

void settings_read(struct drafting *g)
{
    size_t next;
    struct text line = line_at(g->whole, 0, &next);
    if (!line.length || !is_rule(line))
        return;
    for (uint32_t number = 2; next < g->whole.length; number++) {
        line = line_at(g->whole, next, &next);
        if (line.length && is_rule(line)) {
            g->body = next;
            g->settings_lines = number;
            return;
        }
        read_line(g, line, number);
    }
    faults_add(g->faults, g->whole, 0, "the settings start here and do not end");
    faults_mend(g->faults, "put '---' on a line of its own behind the last of them");
    g->body = g->whole.length;
}
