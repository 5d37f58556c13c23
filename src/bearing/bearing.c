/* The model turned into the graph: see bearing.h. */
#include "bearing/inside.h"

/* --- names and numbers --- */

struct model *bearing_model(const struct bearing *b)
{
    return b->model;
}

struct graph *bearing_graph(const struct bearing *b)
{
    return b->graph;
}

uint32_t bearing_voice(const struct bearing *b, uint32_t voice)
{
    return voice < b->voices.count ? b->voices.at[voice] : GRAPH_NONE;
}

uint32_t bearing_record(const struct bearing *b, uint32_t record)
{
    uint32_t root = record < b->sources.count ? b->sources.at[record].root : GRAPH_NONE;
    return root != GRAPH_NONE && b->origins.at[root] == (ORIGIN_RECORD | record) ? root : GRAPH_NONE;
}

void bearing_origin(const struct bearing *b, uint32_t graph_voice, uint32_t *voice, uint32_t *record)
{
    uint32_t origin = b->origins.at[graph_voice];
    *voice = origin & ORIGIN_RECORD ? MODEL_NONE : origin;
    *record = origin & ORIGIN_RECORD ? origin & ~ORIGIN_RECORD : MODEL_NONE;
}

void bearing_name(const struct bearing *b, uint32_t graph_voice, struct buffer *out)
{
    uint32_t voice, record;
    bearing_origin(b, graph_voice, &voice, &record);
    if (record != MODEL_NONE)
        buffer_text_add(out, TEXT("record:"));
    buffer_text_add(out, record != MODEL_NONE ? model_id(b->model, SPACE_RECORD, record)
                                              : model_id(b->model, SPACE_VOICE, voice));
}

uint32_t bearing_find(const struct bearing *b, struct text id)
{
    const struct text prefix = TEXT("record:");
    if (!text_starts(id, prefix))
        return bearing_voice(b, model_find(b->model, SPACE_VOICE, id));
    struct text record = {id.at + prefix.length, id.length - prefix.length};
    return bearing_record(b, model_find(b->model, SPACE_RECORD, record));
}

/* --- the graph --- */

static void add_line(void *context, uint32_t claim, const struct line *line)
{
    graph_line(context, claim, line);
}

static void add_statement(struct bearing *b, const struct model_entry *e)
{
    struct statement s = statement_read(b->model, e);
    statement_lines(b, &s, add_line, b->graph);
}

/* A group goes by the least id in it. */
static void add_same(struct bearing *b, const struct model_entry *e)
{
    for (uint32_t i = 1; i < e->count; i++) {
        if (e->fields[i].kind != FIELD_VOICE)
            continue;
        uint32_t one = graph_root(b->graph, b->voices.at[e->fields[0].at]);
        uint32_t other = graph_root(b->graph, b->voices.at[e->fields[i].at]);
        if (one == other)
            continue;
        bool first = text_compare(model_id(b->model, SPACE_VOICE, b->origins.at[one]),
                                  model_id(b->model, SPACE_VOICE, b->origins.at[other])) < 0;
        graph_same(b->graph, first ? one : other, first ? other : one);
    }
}

static void add_inference(struct bearing *b, const struct model_entry *e)
{
    uint32_t claim = model_field(e, FIELD_CLAIM)->at, voice = model_field(e, FIELD_VOICE)->at;
    b->on_line.count = 0;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_PREMISE)
            vector_push(&b->on_line, e->fields[i].at);
    /* The desk's own reasoning is no testimony. */
    graph_infer(b->graph, claim, voice == MODEL_DESK ? GRAPH_NONE : b->voices.at[voice], b->on_line.at,
                b->on_line.count);
}

static void add_contradiction(struct bearing *b, const struct model_entry *e)
{
    for (uint32_t i = 0; i < e->count; i++)
        for (uint32_t j = i + 1; j < e->count; j++)
            if (e->fields[i].kind == FIELD_CLAIM && e->fields[j].kind == FIELD_CLAIM)
                graph_contradict(b->graph, e->fields[i].at, e->fields[j].at);
}

static void add_entry(struct bearing *b, uint32_t n)
{
    struct model_entry e = model_entry(b->model, n);
    if (e.retracted || e.is_void)
        return;
    switch (e.verb) {
    case VERB_SAY:
    case VERB_DENY:
        add_statement(b, &e);
        break;
    case VERB_SAME:
        add_same(b, &e);
        break;
    case VERB_INFER:
        add_inference(b, &e);
        break;
    case VERB_CONTRADICT:
        add_contradiction(b, &e);
        break;
    case VERB_IMPUGN:
        graph_impugn(b->graph, b->voices.at[model_field(&e, FIELD_VOICE)->at], model_field(&e, FIELD_CLAIM)->at);
        break;
    default:
        break;
    }
}

static void add_voices(struct bearing *b)
{
    uint32_t from = (uint32_t)b->voices.count, to = model_voices(b->model);
    for (uint32_t v = from; v < to; v++) {
        vector_push(&b->voices, graph_voice(b->graph));
        vector_push(&b->origins, v);
    }
    for (uint32_t v = from; v < to; v++) {
        uint32_t count;
        const struct field *of = model_attribute(b->model, SPACE_VOICE, v, FIELD_OF, &count);
        for (uint32_t i = 0; i < count; i++)
            graph_of(b->graph, b->voices.at[v], b->voices.at[of[i].at]);
    }
}

static void add_sources(struct bearing *b)
{
    for (uint32_t r = (uint32_t)b->sources.count; r < model_records(b->model); r++) {
        uint32_t count;
        const struct field *by = model_attribute(b->model, SPACE_RECORD, r, FIELD_BY, &count);
        bool vouched = model_attribute(b->model, SPACE_RECORD, r, FIELD_VOUCHED_BY, &count);
        vector_push(&b->sources, (struct source){by ? by->at : MODEL_NONE, GRAPH_NONE, vouched});
    }
}

enum { AHEAD = 24 }; /* entries */

/* Fetches what an entry that will soon be added names: a large case would wait for memory at every one of its
 * statements. */
static void fetch(const struct bearing *b, uint32_t n)
{
    struct model_entry e = model_entry(b->model, n);
    for (uint32_t i = 0; i < e.count; i++) {
        uint32_t at = e.fields[i].at;
        if ((e.fields[i].kind == FIELD_VOICE || e.fields[i].kind == FIELD_TOLD_BY) && at < b->voices.count)
            __builtin_prefetch(&b->voices.at[at]);
        else if (e.fields[i].kind == FIELD_GROUND_RECORD && at < b->sources.count)
            __builtin_prefetch(&b->sources.at[at]);
    }
}

/* Adds what the model has and the graph has not. Records are looked up whole, so one may be
 * declared after what was read in it. */
static void grow(struct bearing *b)
{
    add_voices(b);
    add_sources(b);
    while (graph_claims(b->graph) < model_claims(b->model))
        graph_claim(b->graph);
    for (uint32_t to = model_entries(b->model); b->entries < to; b->entries++) {
        if (b->entries + AHEAD < to)
            fetch(b, b->entries + AHEAD);
        add_entry(b, b->entries);
    }
}

static void empty(struct bearing *b)
{
    graph_free(b->graph);
    b->graph = graph_new();
    b->voices.count = b->sources.count = b->origins.count = 0;
    b->entries = 0;
}

struct bearing *bearing_new(struct model *m)
{
    struct bearing *b = memory_new(sizeof *b);
    b->model = m;
    b->graph = graph_new();
    grow(b);
    vector_trim(&b->voices);
    vector_trim(&b->sources);
    vector_trim(&b->origins);
    graph_trim(b->graph);
    return b;
}

void bearing_free(struct bearing *b)
{
    if (!b)
        return;
    graph_free(b->graph);
    vector_release(&b->voices);
    vector_release(&b->sources);
    vector_release(&b->origins);
    vector_release(&b->on_line);
    free(b);
}

/* Does any of these fields bear on standing? The other attributes only describe. */
static bool bears(const struct model_entry *e)
{
    switch (e->verb) {
    case VERB_VOICE:
        return model_field(e, FIELD_OF);
    case VERB_RECORD:
        return model_field(e, FIELD_BY) || model_field(e, FIELD_VOUCHED_BY);
    case VERB_SAME:
    case VERB_SAY:
    case VERB_DENY:
    case VERB_INFER:
    case VERB_CONTRADICT:
    case VERB_IMPUGN:
        return true;
    default:
        return false;
    }
}

/* Does an entry change what the graph has from the entries before it? */
static bool reworks(const struct bearing *b, uint32_t n)
{
    struct model_entry e = model_entry(b->model, n);
    if (e.is_void)
        return false;
    if (e.verb == VERB_RETRACT) {
        uint32_t target = model_retracted_entry(b->model, &e);
        struct model_entry retracted = model_entry(b->model, target);
        return target < b->entries && bears(&retracted);
    }
    bool old = (e.verb == VERB_VOICE && model_field(&e, FIELD_VOICE)->at < b->voices.count) ||
               (e.verb == VERB_RECORD && model_field(&e, FIELD_RECORD)->at < b->sources.count);
    return old && bears(&e);
}

bool bearing_update(struct bearing *b)
{
    bool anew = false;
    if (model_reworked(b->model, b->entries))
        for (uint32_t n = b->entries; n < model_entries(b->model) && !anew; n++)
            anew = reworks(b, n);
    if (anew)
        empty(b);
    grow(b);
    return anew;
}
