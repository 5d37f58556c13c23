/* Questions to expressions: see plan.h. */
#include "search/plan.h"

#include "base/vector.h"

#include <math.h>

enum { SPELLINGS_MOST = 16, PER_WORD = 4, SHORTEST_SPELT = 3, WORDS_SPELT = 6 };
static const double OTHER_SCRIPT = .4; /* what a word of another script is worth beside the one that was typed */
static const double OPEN_SHARE = .02;  /* of all units: how many a word that may go on is taken to be in */

/* The ways in which one phrase may be spelt: as typed first. */
struct spellings {
    struct text words[SPELLINGS_MOST][WORDS_SPELT];
    uint32_t count;
};

struct planning {
    const struct query *q;
    struct sounds *sounds;
    double units;
    VECTOR(struct pattern) patterns;
    VECTOR(size_t) offsets;
    VECTOR(struct text) words;
    VECTOR(char) pool;
    VECTOR(double) met; /* in how many units each word may be, in all its spellings */
    struct buffer *out;
};

static bool has_digit(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (t.at[i] >= '0' && t.at[i] <= '9')
            return true;
    return false;
}

/* The spellings of one word in other scripts, none of them itself; itself alone where it can have none. */
static uint32_t word_spellings(struct planning *p, struct text word, uint32_t most, struct text out[ALIKE_MOST])
{
    struct alike alike[ALIKE_MOST];
    if (word.length < SHORTEST_SPELT || has_digit(word)) {
        out[0] = word;
        return 1;
    }
    uint32_t count = sounds_alike(p->sounds, word, alike);
    count = count < most ? count : most;
    for (uint32_t i = 0; i < count; i++)
        out[i] = sounds_text(p->sounds, alike[i].word);
    return count;
}

static void spell(struct planning *p, const struct query_phrase *phrase, struct spellings *s)
{
    struct text each[WORDS_SPELT][ALIKE_MOST];
    uint32_t counts[WORDS_SPELT], at[WORDS_SPELT] = {0};
    bool other = false;
    s->count = 0;
    if (phrase->count > WORDS_SPELT)
        return;
    for (uint32_t i = 0; i < phrase->count; i++) {
        struct text word = p->q->words[phrase->first + i];
        counts[i] = word_spellings(p, word, phrase->count == 1 ? ALIKE_MOST : PER_WORD, each[i]);
        if (!counts[i])
            return;
        other |= !text_equal(each[i][0], word);
    }
    while (other && s->count < SPELLINGS_MOST) {
        uint32_t i = phrase->count;
        for (uint32_t k = 0; k < phrase->count; k++)
            s->words[s->count][k] = each[k][at[k]];
        s->count++;
        while (i > 0 && ++at[i - 1] == counts[i - 1])
            at[--i] = 0;
        if (i == 0)
            return;
    }
}

/* Adds a pattern and writes its words. */
static void put_pattern(struct planning *p, const struct text *words, struct pattern added)
{
    double least = p->units;
    added.first = (uint32_t)p->words.count;
    buffer_char(p->out, '"');
    for (uint32_t i = 0; i < added.count; i++) {
        double units = sounds_units(p->sounds, words[i]);
        if (added.open && i + 1 == added.count && units < p->units * OPEN_SHARE)
            units = p->units * OPEN_SHARE;
        least = units < least ? units : least;
        buffer_string(p->out, i ? " " : "");
        buffer_text_add(p->out, words[i]);
        vector_push(&p->offsets, p->pool.count);
        vector_push(&p->words, words[i]);
        for (size_t k = 0; k < words[i].length; k++)
            vector_push(&p->pool, words[i].at[k]);
    }
    buffer_string(p->out, added.open ? "\" *" : "\"");
    while (p->met.count <= added.word)
        vector_push(&p->met, 0);
    p->met.at[added.word] += least;
    vector_push(&p->patterns, added);
}

/* One way of spelling a whole term: `which` of each phrase, 0 being as it was typed. */
static void put_spelling(struct planning *p, uint32_t number, const struct spellings *all, uint32_t which)
{
    const struct query_term *t = &p->q->terms[number];
    double share = t->excluded ? 0 : which ? OTHER_SCRIPT : 1;
    buffer_string(p->out, t->count > 1 ? "NEAR(" : "");
    for (uint32_t i = 0; i < t->count; i++) {
        const struct query_phrase *phrase = &p->q->phrases[t->first + i];
        uint32_t k = which && all[i].count ? (which - 1) % all[i].count + 1 : 0;
        buffer_string(p->out, i ? " " : "");
        put_pattern(
            p, k ? all[i].words[k - 1] : p->q->words + phrase->first,
            (struct pattern){
                .count = phrase->count, .term = number, .word = t->first + i, .open = phrase->open, .share = share});
    }
    if (t->count > 1)
        buffer_format(p->out, ", %u)", t->distance);
}

/* A term with all its spellings, parted by OR. Of words near one another each has its own. */
static void put_term(struct planning *p, uint32_t number)
{
    const struct query_term *t = &p->q->terms[number];
    struct spellings *all = memory_array(t->count, sizeof *all);
    uint32_t ways = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        spell(p, &p->q->phrases[t->first + i], &all[i]);
        ways = all[i].count > ways ? all[i].count : ways;
    }
    for (uint32_t way = 0; way <= ways; way++) {
        buffer_string(p->out, way ? " OR " : "");
        put_spelling(p, number, all, way);
    }
    free(all);
}

static void put_terms(struct planning *p, bool excluded)
{
    uint32_t group = 0;
    for (uint32_t i = 0; i < p->q->term_count; i++) {
        const struct query_term *t = &p->q->terms[i];
        if (t->excluded != excluded)
            continue;
        if (!group)
            buffer_char(p->out, '(');
        else if (t->group == group || excluded)
            buffer_string(p->out, " OR ");
        else
            buffer_string(p->out, ") AND (");
        put_term(p, i);
        group = t->group;
    }
    buffer_string(p->out, group ? ")" : "");
}

static bool excludes(const struct query *q)
{
    for (size_t i = 0; i < q->term_count; i++)
        if (q->terms[i].excluded)
            return true;
    return false;
}

void plan_make(const struct query *q, struct sounds *s, uint32_t units, struct plan *out)
{
    *out = (struct plan){0};
    struct planning p = {.q = q, .sounds = s, .units = units, .out = &out->expression};
    buffer_char(p.out, '(');
    put_terms(&p, false);
    buffer_char(p.out, ')');
    if (excludes(q)) {
        buffer_string(p.out, " NOT ");
        put_terms(&p, true);
    }
    for (size_t i = 0; i < p.words.count; i++)
        p.words.at[i].at = p.pool.at + p.offsets.at[i];
    for (size_t i = 0; i < p.met.count; i++) {
        double met = p.met.at[i] < p.units ? p.met.at[i] : p.units;
        p.met.at[i] = log(1 + (p.units - met + .5) / (met + .5));
    }
    out->weights = p.met.at;
    out->weight_count = p.met.count;
    out->patterns = p.patterns.at;
    out->pattern_count = p.patterns.count;
    out->words = p.words.at;
    out->word_count = p.words.count;
    out->pool = p.pool.at;
    vector_release(&p.offsets);
}

void plan_release(struct plan *p)
{
    free(p->patterns);
    free(p->words);
    free(p->weights);
    free(p->pool);
    buffer_release(&p->expression);
    *p = (struct plan){0};
}
