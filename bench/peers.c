/* What else could answer some of it: see peers.h. */
#include "peers_inside.h"

#include "bearing/inside.h"

#include <stdlib.h>

static void list_end(struct lists *l)
{
    vector_push(&l->starts, (uint32_t)l->members.count);
}

static void see_line(void *context, uint32_t claim, const struct line *line)
{
    struct peers *p = context;
    if (line->side != SIDE_FOR || !line->firm)
        return;
    for (size_t i = 0; i < line->count; i++)
        vector_push(&p->lines.members, line->voices[i]);
    list_end(&p->lines);
    vector_push(&p->line_claim, claim);
}

static void see_inference(struct peers *p, const struct bearing *b, const struct model_entry *e)
{
    uint32_t voice = model_field(e, FIELD_VOICE)->at;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_PREMISE)
            vector_push(&p->infers.members, e->fields[i].at);
    list_end(&p->infers);
    vector_push(&p->infer_claim, model_field(e, FIELD_CLAIM)->at);
    vector_push(&p->reasoner, voice == MODEL_DESK ? GRAPH_NONE : bearing_voice(b, voice));
}

/* Turns "by item: key" around: by key, its items. */
static void turn(struct lists *out, uint32_t keys, const uint32_t *key, size_t items)
{
    for (uint32_t i = 0; i < keys + 2; i++)
        vector_push(&out->starts, 0);
    for (size_t i = 0; i < items; i++)
        out->starts.at[key[i] + 2]++;
    for (uint32_t k = 0; k < keys; k++)
        out->starts.at[k + 2] += out->starts.at[k + 1];
    vector_reserve(&out->members, items + 1);
    for (size_t i = 0; i < items; i++)
        out->members.at[out->starts.at[key[i] + 1]++] = (uint32_t)i;
    out->members.count = items;
}

/* By claim, the inferences that use it: the same turn, of each premise's inference. */
static void turn_uses(struct peers *p)
{
    VECTOR(uint32_t) owner = {0};
    for (uint32_t i = 0; i + 1 < p->infers.starts.count; i++)
        for (uint32_t k = p->infers.starts.at[i]; k < p->infers.starts.at[i + 1]; k++)
            vector_push(&owner, i);
    turn(&p->used, p->claims, p->infers.members.at, p->infers.members.count);
    for (size_t i = 0; i < p->used.members.count; i++)
        p->used.members.at[i] = owner.at[p->used.members.at[i]];
    vector_release(&owner);
}

struct peers *peers_new(struct bearing *b)
{
    struct peers *p = memory_new(sizeof *p);
    const struct model *m = bearing_model(b);
    p->voices = graph_voices(bearing_graph(b));
    p->claims = graph_claims(bearing_graph(b));
    list_end(&p->lines);
    list_end(&p->infers);
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if (e.retracted || e.is_void)
            continue;
        if (e.verb == VERB_SAY) {
            struct statement s = statement_read(m, &e);
            statement_lines(b, &s, see_line, p);
        } else if (e.verb == VERB_INFER) {
            see_inference(p, b, &e);
        }
    }
    turn(&p->by_claim, p->claims, p->line_claim.at, p->line_claim.count);
    turn(&p->concluded, p->claims, p->infer_claim.at, p->infer_claim.count);
    turn_uses(p);
    for (uint32_t v = 0; v < p->voices; v++) {
        vector_push(&p->busy, 0);
        vector_push(&p->dead, 0);
    }
    for (size_t i = 0; i < p->lines.members.count; i++)
        p->busy.at[p->lines.members.at[i]]++;
    return p;
}

static void lists_release(struct lists *l)
{
    vector_release(&l->starts);
    vector_release(&l->members);
}

void peers_free(struct peers *p)
{
    lists_release(&p->lines);
    lists_release(&p->infers);
    lists_release(&p->by_claim);
    lists_release(&p->concluded);
    lists_release(&p->used);
    vector_release(&p->line_claim);
    vector_release(&p->infer_claim);
    vector_release(&p->reasoner);
    vector_release(&p->busy);
    vector_release(&p->dead);
    free(p);
}

uint32_t peers_busy(const struct peers *p, uint32_t voice)
{
    return p->busy.at[voice];
}

/* --- one linear pass --- */

uint32_t peers_pass(const struct peers *p)
{
    bool *stands = memory_array(p->claims + 1, sizeof *stands);
    uint32_t *missing = memory_array(p->infer_claim.count + 1, sizeof *missing), standing = 0;
    VECTOR(uint32_t) waiting = {0};
    for (uint32_t l = 0; l < p->line_claim.count; l++) {
        unsigned char dead = 0;
        for each (v, &p->lines, l)
            dead |= p->dead.at[*v.at];
        if (!dead && !stands[p->line_claim.at[l]]) {
            stands[p->line_claim.at[l]] = true;
            vector_push(&waiting, p->line_claim.at[l]);
        }
    }
    for (uint32_t i = 0; i < p->infer_claim.count; i++)
        missing[i] = p->infers.starts.at[i + 1] - p->infers.starts.at[i];
    for (; standing < waiting.count; standing++)
        for each (i, &p->used, waiting.at[standing]) {
            uint32_t infer = *i.at, claim = p->infer_claim.at[infer];
            if (--missing[infer] > 0 || stands[claim])
                continue;
            if (p->reasoner.at[infer] != GRAPH_NONE && p->dead.at[p->reasoner.at[infer]])
                continue;
            stands[claim] = true;
            vector_push(&waiting, claim);
        }
    vector_release(&waiting);
    free(stands);
    free(missing);
    return standing;
}
