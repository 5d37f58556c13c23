/* What is in the picture of a claim: see picture.h. */
#include "ops/picture.h"

enum { MOST_CLAIMS = 16, MOST_COLUMN = 12, LAST_HOP = PICTURE_GROUND - 1 };

/* ---- nodes and edges ---- */

static bool is_keystone(const struct picture *p, uint32_t graph_voice)
{
    for (uint32_t i = 0; i < p->row.keystone_count; i++)
        if (p->row.keystones[i] == graph_voice)
            return true;
    return false;
}

/* A paper is right or wrong with its author; without one it stands for itself. */
static bool paper_is_keystone(const struct picture *p, uint32_t record)
{
    uint32_t count;
    const struct field *by = model_attribute(p->m, SPACE_RECORD, record, FIELD_BY, &count);
    return is_keystone(p, by ? bearing_voice(p->o->bearing, by->at) : bearing_record(p->o->bearing, record));
}

/* The node of a kind, number and column: there is one of each. */
static uint32_t node(struct picture *p, enum picture_kind kind, uint32_t number, uint32_t column)
{
    char key[6] = {(char)kind,           (char)column,        (char)(number & 255), (char)(number >> 8 & 255),
                   (char)(number >> 16), (char)(number >> 24)};
    uint32_t found = names_intern(&p->keys, (struct text){key, sizeof key});
    if (found < p->nodes.count)
        return found;
    struct picture_node n = {.kind = kind, .column = column, .number = number, .shown = found};
    if (kind == PICTURE_VOICE)
        n.keystone = is_keystone(p, bearing_voice(p->o->bearing, number));
    else if (kind == PICTURE_PAPER)
        n.keystone = paper_is_keystone(p, number);
    vector_push(&p->nodes, n);
    return found;
}

static void edge(struct picture *p, uint32_t from, uint32_t to, bool bare)
{
    vector_push(&p->edges, (struct picture_edge){from, to, bare});
    p->nodes.at[from].weight++;
    p->nodes.at[to].weight++;
}

/* ---- what an entry draws ---- */

static uint32_t ground_node(struct picture *p, const struct model_entry *e, bool *bare)
{
    struct text ground = model_field_text(p->m, model_field(e, FIELD_GROUND));
    const struct field *record = model_field(e, FIELD_GROUND_RECORD);
    *bare = false;
    if (text_equal(ground, TEXT("saw")))
        return node(p, PICTURE_SAW, 0, PICTURE_GROUND);
    if (text_equal(ground, TEXT("did")))
        return node(p, PICTURE_DID, 0, PICTURE_GROUND);
    if (text_equal(ground, TEXT("inspected")))
        return node(p, PICTURE_THING, record->at, PICTURE_GROUND);
    if (text_equal(ground, TEXT("read")))
        return node(p, PICTURE_PAPER, record->at, PICTURE_GROUND);
    *bare = true;
    return node(p, PICTURE_UNSTATED, 0, PICTURE_GROUND);
}

/* The next hop of a chain behind a node; what lies beyond the last column is one node. */
static uint32_t hop(struct picture *p, uint32_t from, uint32_t voice, bool bare)
{
    uint32_t column = p->nodes.at[from].column + 1;
    if (column > LAST_HOP)
        return from;
    uint32_t to = column == LAST_HOP ? node(p, PICTURE_HOPS, 0, column) : node(p, PICTURE_VOICE, voice, column);
    edge(p, from, to, bare);
    return to;
}

/* Whoever vouches for a paper carries it too. */
static void draw_vouchers(struct picture *p, uint32_t from, uint32_t paper)
{
    uint32_t count;
    const struct field *by = model_attribute(p->m, SPACE_RECORD, p->nodes.at[paper].number, FIELD_VOUCHED_BY, &count);
    for (uint32_t i = 0; i < count; i++)
        edge(p, hop(p, from, by[i].at, false), paper, false);
}

static void draw_statement(struct picture *p, uint32_t from, const struct model_entry *e)
{
    bool bare;
    if (model_field(e, FIELD_IN_PART)) {
        p->in_part++;
        return;
    }
    uint32_t ground = ground_node(p, e, &bare), at = from;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_VOICE || e->fields[i].kind == FIELD_TOLD_BY)
            at = hop(p, at, e->fields[i].at, bare);
    edge(p, at, ground, bare);
    if (p->nodes.at[ground].kind == PICTURE_PAPER)
        draw_vouchers(p, from, ground);
}

static void draw_inference(struct picture *p, uint32_t from, uint32_t entry, const struct model_entry *e)
{
    uint32_t column = p->nodes.at[from].column + 1;
    if (column + 2 > LAST_HOP || model_field(e, FIELD_CLAIM)->at != p->nodes.at[from].number)
        return;
    uint32_t inference = node(p, PICTURE_INFERENCE, entry, column);
    bool bare = false;
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->fields[i].kind != FIELD_PREMISE)
            continue;
        bool unheld = standing_row(bearing_graph(p->o->bearing), e->fields[i].at).distance == GRAPH_NONE;
        uint32_t known = (uint32_t)p->nodes.count, premise = node(p, PICTURE_CLAIM, e->fields[i].at, column + 1);
        edge(p, inference, premise, unheld);
        bare |= unheld;
        if (premise == known && p->claims.count < MOST_CLAIMS)
            vector_push(&p->claims, premise);
    }
    edge(p, from, inference, bare);
}

/* Has the claim of a node been drawn before, in another column? Rings end there. */
static bool drawn_before(const struct picture *p, size_t which)
{
    for (size_t i = 0; i < which; i++)
        if (p->nodes.at[p->claims.at[i]].number == p->nodes.at[p->claims.at[which]].number)
            return true;
    return false;
}

static void draw_claim(struct picture *p, uint32_t from)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(p->m, SPACE_CLAIM, p->nodes.at[from].number, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(p->m, mentions[i]);
        if (e.retracted || e.is_void)
            continue;
        if (e.verb == VERB_SAY)
            draw_statement(p, from, &e);
        else if (e.verb == VERB_INFER)
            draw_inference(p, from, mentions[i], &e);
    }
}

/* ---- crowds ---- */

struct ranked {
    uint32_t node, weight;
    bool keystone;
};

static int by_weight(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->keystone != y->keystone)
        return x->keystone ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static void join_column(struct picture *p, uint32_t column)
{
    VECTOR(struct ranked) ranked = {0};
    for (uint32_t i = 0; i < p->nodes.count; i++)
        if (p->nodes.at[i].column == column)
            vector_push(&ranked, (struct ranked){i, p->nodes.at[i].weight, p->nodes.at[i].keystone});
    if (ranked.count > MOST_COLUMN) {
        qsort(ranked.at, ranked.count, sizeof *ranked.at, by_weight);
        uint32_t crowd = node(p, PICTURE_MORE, 0, column);
        for (size_t i = MOST_COLUMN - 1; i < ranked.count; i++) {
            p->nodes.at[ranked.at[i].node].shown = crowd;
            p->nodes.at[crowd].hidden++;
        }
    }
    vector_release(&ranked);
}

static int by_ends(const void *a, const void *b)
{
    const struct picture_edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

/* One edge between two nodes; bare only where all were. */
static void join_edges(struct picture *p)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->edges.count; i++) {
        p->edges.at[i].from = p->nodes.at[p->edges.at[i].from].shown;
        p->edges.at[i].to = p->nodes.at[p->edges.at[i].to].shown;
    }
    if (p->edges.count)
        qsort(p->edges.at, p->edges.count, sizeof *p->edges.at, by_ends);
    for (size_t i = 0; i < p->edges.count; i++) {
        struct picture_edge *e = &p->edges.at[i], *last = kept ? &p->edges.at[kept - 1] : NULL;
        if (last && last->from == e->from && last->to == e->to)
            last->bare &= e->bare;
        else
            p->edges.at[kept++] = *e;
    }
    p->edges.count = kept;
}

static void join(struct picture *p)
{
    for (uint32_t column = 1; column < PICTURE_COLUMNS; column++)
        join_column(p, column);
    join_edges(p);
}

/* ---- both sides ---- */

static void begin(struct picture *p, const struct opened *o, uint32_t claim)
{
    *p = (struct picture){.o = o, .m = o->model};
    p->row = standing_row(bearing_graph(o->bearing), claim);
    names_init(&p->keys);
}

void picture_for(struct picture *p, const struct opened *o, uint32_t claim)
{
    begin(p, o, claim);
    uint32_t root = node(p, PICTURE_CLAIM, claim, 0);
    vector_push(&p->claims, root);
    for (size_t i = 0; i < p->claims.count; i++)
        if (!drawn_before(p, i))
            draw_claim(p, p->claims.at[i]);
    join(p);
}

void picture_against(struct picture *p, const struct opened *o, uint32_t claim)
{
    begin(p, o, claim);
    p->row.keystone_count = 0; /* whose word the claim hangs on says nothing about its denials */
    uint32_t root = node(p, PICTURE_AGAINST, claim, 0), count;
    const uint32_t *mentions = model_mentions(p->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(p->m, mentions[i]);
        if (e.retracted || e.is_void)
            continue;
        if (e.verb == VERB_DENY)
            draw_statement(p, root, &e);
        for (uint32_t f = 0; f < e.count && e.verb == VERB_CONTRADICT; f++)
            if (e.fields[f].kind == FIELD_CLAIM && e.fields[f].at != claim) {
                uint32_t other = e.fields[f].at;
                bool bare = standing_row(bearing_graph(o->bearing), other).distance == GRAPH_NONE;
                edge(p, root, node(p, PICTURE_CLAIM, other, 1), bare);
            }
    }
    join(p);
}

void picture_release(struct picture *p)
{
    names_release(&p->keys);
    vector_release(&p->nodes);
    vector_release(&p->edges);
    vector_release(&p->claims);
}
