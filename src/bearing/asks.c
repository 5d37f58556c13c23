/* Whom to ask about one claim: the voices cited by what it rests on, and never heard.
 *
 * Only what they would say about the claim, or about a premise below it, can raise it; so only these statements are
 * looked at, and the case may be of any size. */
#include "bearing/inside.h"

#include <stdlib.h>

enum { MOST_CLAIMS = 64, MOST_VOICES = 64, MOST_ENTRIES = 1024 };

/* What is near the claim. */
struct near {
    struct bearing *b;
    uint32_t claims[MOST_CLAIMS], claim_count;
    uint32_t voices[MOST_VOICES], voice_count;
    VECTOR(uint32_t) entries; /* the firm statements on these claims that tell what another said */
};

/* Adds a number to a few, once; false where there is no room. */
static void add_once(uint32_t *at, uint32_t *count, uint32_t most, uint32_t number)
{
    for (uint32_t i = 0; i < *count; i++)
        if (at[i] == number)
            return;
    if (*count < most)
        at[(*count)++] = number;
}

static bool is_heard(struct model *m, uint32_t voice)
{
    uint32_t count;
    const uint32_t *entries = model_mentions(m, SPACE_VOICE, voice, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(m, entries[i]);
        if ((e.verb == VERB_SAY || e.verb == VERB_DENY) && !e.retracted && !e.is_void &&
            model_field(&e, FIELD_VOICE)->at == voice && !model_field(&e, FIELD_IN_PART))
            return true;
    }
    return false;
}

static void look_at(struct near *n, uint32_t claim, uint32_t entry)
{
    struct model_entry e = model_entry(n->b->model, entry);
    if (e.retracted || e.is_void)
        return;
    if (e.verb == VERB_INFER && model_field(&e, FIELD_CLAIM)->at == claim)
        for (uint32_t i = 0; i < e.count; i++)
            if (e.fields[i].kind == FIELD_PREMISE)
                add_once(n->claims, &n->claim_count, MOST_CLAIMS, e.fields[i].at);
    if (e.verb != VERB_SAY || n->entries.count >= MOST_ENTRIES)
        return;
    struct statement s = statement_read(n->b->model, &e);
    if (s.in_part || s.ground == GROUND_BARE || !s.told)
        return;
    vector_push(&n->entries, entry);
    for (uint32_t i = 0; i < s.told; i++)
        if (n->voice_count < MOST_VOICES)
            add_once(n->voices, &n->voice_count, MOST_VOICES, s.chain[i].at);
}

static void look_around(struct near *n)
{
    for (uint32_t c = 0; c < n->claim_count; c++) {
        uint32_t count, claim = n->claims[c];
        const uint32_t *entries = model_mentions(n->b->model, SPACE_CLAIM, claim, &count);
        for (uint32_t i = 0; i < count; i++)
            look_at(n, claim, entries[i]);
    }
}

/* ---- trying ---- */

struct trying {
    VECTOR(struct extra_line) lines;
    VECTOR(size_t) starts;
    VECTOR(uint32_t) voices;
    int64_t effort; /* for all voices together */
    uint32_t claim;
    enum level to;
    bool raised;
};

static void keep_line(void *context, uint32_t claim, const struct line *line)
{
    struct trying *t = context;
    vector_push(&t->starts, t->voices.count);
    for (size_t i = 0; i < line->count; i++)
        vector_push(&t->voices, line->voices[i]);
    vector_push(&t->lines, (struct extra_line){.claim = claim, .hops = line->hops, .count = line->count});
}

static void note_raise(void *context, uint32_t claim, enum level to)
{
    struct trying *t = context;
    if (claim != t->claim)
        return;
    t->raised = true;
    t->to = to;
}

/* What a voice would say by confirming what is told in its name. */
static void confirm(struct near *n, struct trying *t, uint32_t voice)
{
    for (size_t k = 0; k < n->entries.count; k++) {
        struct model_entry e = model_entry(n->b->model, n->entries.at[k]);
        struct statement s = statement_read(n->b->model, &e);
        uint32_t i = 0;
        while (i < s.told && s.chain[i].at != voice)
            i++;
        if (i == s.told)
            continue;
        s.speaker = voice;
        s.chain += i + 1;
        s.told -= i + 1;
        statement_lines(n->b, &s, keep_line, t);
    }
}

static void try_voice(struct near *n, struct trying *t, uint32_t voice)
{
    t->lines.count = t->starts.count = t->voices.count = 0;
    t->raised = false;
    confirm(n, t, voice);
    for (size_t i = 0; i < t->lines.count; i++)
        t->lines.at[i].voices = t->voices.at + t->starts.at[i];
    if (t->lines.count)
        standing_if(n->b->graph, t->lines.at, t->lines.count, &t->effort, note_raise, t);
}

static int by_level(const void *left, const void *right, void *context)
{
    const struct ask_one *a = left, *b = right;
    const struct model *m = context;
    if (a->to != b->to)
        return a->to > b->to ? -1 : 1;
    return text_compare(model_id(m, SPACE_VOICE, a->voice), model_id(m, SPACE_VOICE, b->voice));
}

struct ask_one *bearing_asks_of(struct bearing *b, uint32_t claim, size_t *count)
{
    struct near n = {.b = b, .claims = {claim}, .claim_count = 1};
    struct trying t = {.claim = claim, .effort = standing_effort(b->graph)};
    VECTOR(struct ask_one) found = {0};
    look_around(&n);
    for (uint32_t i = 0; i < n.voice_count; i++) {
        if (is_heard(b->model, n.voices[i]))
            continue;
        try_voice(&n, &t, n.voices[i]);
        if (t.raised)
            vector_push(&found, (struct ask_one){n.voices[i], t.to});
    }
    if (found.count)
        qsort_r(found.at, found.count, sizeof *found.at, by_level, b->model);
    vector_release(&n.entries);
    vector_release(&t.lines);
    vector_release(&t.starts);
    vector_release(&t.voices);
    *count = found.count;
    return found.at;
}
