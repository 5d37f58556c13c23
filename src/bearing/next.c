/* Whom to ask: the voices cited but never heard, by what each would raise by confirming.
 *
 * Confirming is saying oneself what was cited of one, on the basis that the rest of the chain gives.
 * An index from voices to the statements that cite them keeps the whole linear in what is cited. */
#include "bearing/inside.h"

#include <stdlib.h>

/* The statements (entries) that cite each voice. */
struct citations {
    uint32_t *starts; /* by voice, and one more */
    uint32_t *entries;
};

/* Lines made ahead of standing_if(), their voices end to end. */
struct extras {
    struct bearing *bearing;
    VECTOR(struct extra_line) lines;
    VECTOR(size_t) starts;
    VECTOR(uint32_t) voices;
};

struct raising {
    VECTOR(uint32_t) claims;
    VECTOR(uint8_t) to;
};

static bool is_statement(const struct model_entry *e)
{
    return (e->verb == VERB_SAY || e->verb == VERB_DENY) && !e->retracted && !e->is_void;
}

static bool *heard_voices(const struct model *m)
{
    bool *heard = memory_array(model_voices(m), sizeof *heard);
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if (!is_statement(&e))
            continue;
        struct statement s = statement_read(m, &e);
        if (!s.in_part)
            heard[s.speaker] = true;
    }
    return heard;
}

/* Counts the firm `say`s that cite each voice not heard, into starts[voice + 2]; or, given
 * `entries`, puts them at starts[voice + 1]++. */
static void sweep_citations(const struct model *m, const bool *heard, uint32_t *last, uint32_t *starts,
                            uint32_t *entries)
{
    memset(last, 0xff, model_voices(m) * sizeof *last);
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if (e.verb != VERB_SAY || !is_statement(&e))
            continue;
        struct statement s = statement_read(m, &e);
        if (s.in_part || s.ground == GROUND_BARE)
            continue;
        for (uint32_t i = 0; i < s.told; i++) {
            uint32_t voice = s.chain[i].at;
            if (heard[voice] || last[voice] == n)
                continue;
            last[voice] = n;
            if (entries)
                entries[starts[voice + 1]++] = n;
            else
                starts[voice + 2]++;
        }
    }
}

static struct citations cite(const struct model *m)
{
    uint32_t voices = model_voices(m), *last = memory_array(voices, sizeof *last);
    struct citations c = {.starts = memory_array((size_t)voices + 2, sizeof *c.starts)};
    bool *heard = heard_voices(m);
    sweep_citations(m, heard, last, c.starts, NULL);
    for (uint32_t v = 0; v < voices; v++)
        c.starts[v + 2] += c.starts[v + 1];
    c.entries = memory_array(c.starts[voices + 1], sizeof *c.entries);
    sweep_citations(m, heard, last, c.starts, c.entries);
    free(heard);
    free(last);
    return c;
}

static void keep_line(void *context, uint32_t claim, const struct line *line)
{
    struct extras *x = context;
    vector_push(&x->starts, x->voices.count);
    vector_reserve(&x->voices, line->count);
    memcpy(x->voices.at + x->voices.count, line->voices, line->count * sizeof *line->voices);
    x->voices.count += line->count;
    vector_push(&x->lines, (struct extra_line){.claim = claim, .hops = line->hops, .count = line->count});
}

/* What `voice` would say by confirming a statement that cites it. */
static void confirm(struct extras *x, uint32_t voice, uint32_t entry)
{
    struct model_entry e = model_entry(x->bearing->model, entry);
    struct statement s = statement_read(x->bearing->model, &e);
    uint32_t i = 0;
    while (s.chain[i].at != voice)
        i++;
    s.speaker = voice;
    s.chain += i + 1;
    s.told -= i + 1;
    statement_lines(x->bearing, &s, keep_line, x);
}

static void raise_claim(void *context, uint32_t claim, enum level to)
{
    struct raising *r = context;
    vector_push(&r->claims, claim);
    vector_push(&r->to, (uint8_t)to);
}

static struct ask_whom ask_voice(struct extras *x, const struct citations *c, uint32_t voice, int64_t *effort)
{
    x->lines.count = x->starts.count = x->voices.count = 0;
    for (uint32_t i = c->starts[voice]; i < c->starts[voice + 1]; i++)
        confirm(x, voice, c->entries[i]);
    for (size_t i = 0; i < x->lines.count; i++)
        x->lines.at[i].voices = x->voices.at + x->starts.at[i];
    struct raising r = {0};
    if (x->lines.count)
        standing_if(x->bearing->graph, x->lines.at, x->lines.count, effort, raise_claim, &r);
    return (struct ask_whom){voice, r.claims.at, r.to.at, (uint32_t)r.claims.count};
}

static void ask_release(struct ask_whom *ask)
{
    free(ask->raises);
    free(ask->to);
}

/* qsort() passes no context; ids are looked up ahead. */
struct ranked {
    struct ask_whom ask;
    struct text id;
};

static int by_rank(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->ask.count != b->ask.count)
        return a->ask.count > b->ask.count ? -1 : 1;
    return text_compare(a->id, b->id);
}

struct asking {
    struct citations citations;
    struct extras extras;
    int64_t effort;
    uint32_t next, voices; /* the voice that comes next; how many there are */
    VECTOR(struct ask_whom) found;
};

struct asking *asking_new(const struct bearing *b)
{
    struct asking *a = memory_new(sizeof *a);
    a->citations = cite(b->model);
    a->voices = model_voices(b->model);
    a->effort = standing_effort(b->graph); /* for all voices together */
    return a;
}

bool asking_step(struct asking *a, struct bearing *b, uint32_t voices)
{
    a->extras.bearing = b;
    for (; voices && a->next < a->voices; a->next++) {
        if (a->citations.starts[a->next] == a->citations.starts[a->next + 1])
            continue;
        voices--;
        struct ask_whom ask = ask_voice(&a->extras, &a->citations, a->next, &a->effort);
        if (ask.count)
            vector_push(&a->found, ask);
        else
            ask_release(&ask);
    }
    return a->next < a->voices;
}

struct ask_whom *asking_found(const struct asking *a, const struct model *m, size_t *count)
{
    struct ranked *ranked = memory_array(a->found.count + 1, sizeof *ranked);
    struct ask_whom *asks = memory_array(a->found.count + 1, sizeof *asks);
    *count = a->found.count;
    for (size_t i = 0; i < *count; i++)
        ranked[i] = (struct ranked){a->found.at[i], model_id(m, SPACE_VOICE, a->found.at[i].voice)};
    qsort(ranked, *count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < *count; i++)
        asks[i] = ranked[i].ask;
    free(ranked);
    return asks;
}

void asking_free(struct asking *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->found.count; i++)
        ask_release(&a->found.at[i]);
    vector_release(&a->found);
    vector_release(&a->extras.lines);
    vector_release(&a->extras.starts);
    vector_release(&a->extras.voices);
    free(a->citations.starts);
    free(a->citations.entries);
    free(a);
}

struct ask_whom *bearing_next(struct bearing *b, size_t *count)
{
    struct asking *a = asking_new(b);
    while (asking_step(a, b, UINT32_MAX))
        ;
    struct ask_whom *asks = asking_found(a, b->model, count);
    a->found.count = 0; /* they are the caller's now */
    asking_free(a);
    return asks;
}

void bearing_asks_free(struct ask_whom *asks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ask_release(&asks[i]);
    free(asks);
}
