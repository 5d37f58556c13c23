/* Words to what they may be forms of: see endings.h. */
#include "gate/endings.h"

#include <pthread.h>
#include <string.h>

struct rule {
    uint8_t script;
    const char *from, *to;
    uint8_t least;
    float cost;
    struct letters cut, put; /* `from` and `to` as letters */
};

#define ENDING(script, from, to, least, cost)                                                                          \
    {SCRIPT_##script, from, to, least, (float)(cost) / 10, {.count = 0}, {.count = 0}},
#define PREFIX(script, letters, least, cost)
#define SAME(script, from, to)
static struct rule endings[] = {
#include "gate/endings.def"
};
#undef ENDING
#undef PREFIX
#define ENDING(script, from, to, least, cost)
#define PREFIX(script, letters, least, cost)                                                                           \
    {SCRIPT_##script, letters, "", least, (float)(cost) / 10, {.count = 0}, {.count = 0}},
static struct rule prefixes[] = {
#include "gate/endings.def"
};
#undef PREFIX
#undef SAME
#define PREFIX(script, letters, least, cost)
#define SAME(script, from, to) {SCRIPT_##script, from, to, 3, 0, {.count = 0}, {.count = 0}},
static struct rule names[] = {
#include "gate/endings.def"
};
#undef ENDING
#undef PREFIX
#undef SAME

#define COUNT(array) (sizeof(array) / sizeof *(array))

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void spell_rules(struct rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rules[i].cut.script = rules[i].put.script = rules[i].script;
        letters_spell(&rules[i].cut, rules[i].from);
        letters_spell(&rules[i].put, rules[i].to);
    }
}

static void spell_all(void)
{
    spell_rules(endings, COUNT(endings));
    spell_rules(prefixes, COUNT(prefixes));
    spell_rules(names, COUNT(names));
}

static bool letters_equal(const struct letters *a, const struct letters *b)
{
    return a->script == b->script && a->count == b->count && memcmp(a->at, b->at, a->count) == 0;
}

static void put(struct base *out, unsigned *count, const struct letters *l, float cost)
{
    for (unsigned i = 0; i < *count; i++)
        if (letters_equal(&out[i].letters, l)) {
            out[i].cost = cost < out[i].cost ? cost : out[i].cost;
            return;
        }
    if (*count < BASES_MOST)
        out[(*count)++] = (struct base){*l, cost};
}

static void put_endings(const struct rule *rules, size_t rule_count, const struct letters *word, float cost,
                        struct base *out, unsigned *count)
{
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *r = &rules[i];
        uint8_t cut = r->cut.count;
        if (r->script != word->script || word->count < cut + r->least ||
            memcmp(word->at + word->count - cut, r->cut.at, cut) != 0)
            continue;
        struct letters l = *word;
        l.count -= cut;
        for (uint8_t k = 0; k < r->put.count && l.count < LETTERS_MOST; k++)
            l.at[l.count++] = r->put.at[k];
        put(out, count, &l, cost + r->cost);
    }
}

static void put_prefixes(const struct letters *word, struct base *out, unsigned *count)
{
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        const struct rule *r = &prefixes[i];
        uint8_t cut = r->cut.count;
        if (r->script != word->script || word->count < cut + r->least || memcmp(word->at, r->cut.at, cut) != 0)
            continue;
        struct letters l = {.script = word->script, .count = (uint8_t)(word->count - cut)};
        memcpy(l.at, word->at + cut, l.count);
        put(out, count, &l, r->cost);
    }
}

/* What stands before an apostrophe, where that parts an ending: "Yakubov's", "Yakubov'un". */
static void put_possessor(const struct letters *full, struct base *out, unsigned *count)
{
    enum { LEAST = 3, MOST_BEHIND = 5 };
    struct letters l = {.script = full->script};
    for (uint8_t i = 0; full->script == SCRIPT_LATIN && i < full->count; i++) {
        const char *name = letter_name(SCRIPT_LATIN, full->at[i]);
        if (name[0] == '\'' && l.count >= LEAST && full->count - i - 1 <= MOST_BEHIND) {
            put(out, count, &l, 0);
            return;
        }
        if (name[0] != '\'' && (unsigned char)name[0] != 0xcc)
            l.at[l.count++] = full->at[i];
    }
}

unsigned bases_read(const struct letters *word, const struct letters *full, struct base out[BASES_MOST])
{
    unsigned count = 0;
    pthread_once(&once, spell_all);
    put(out, &count, word, 0);
    if (full)
        put_possessor(full, out, &count);
    put_endings(endings, COUNT(endings), word, 0, out, &count);
    put_prefixes(word, out, &count);
    return count;
}

unsigned bases_of_name(const struct letters *name, struct base out[BASES_MOST])
{
    unsigned count = 0;
    pthread_once(&once, spell_all);
    put(out, &count, name, 0);
    put_endings(names, COUNT(names), name, 0, out, &count);
    return count;
}
