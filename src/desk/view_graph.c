/* The picture of a claim as nodes and edges, for the page to lay out: what speaks for it, and what speaks against it.
 */
#include "desk/view_inside.h"

#include "ops/picture.h"

static const char *const kinds[] = {
    [PICTURE_CLAIM] = "claim", [PICTURE_AGAINST] = "claim",   [PICTURE_INFERENCE] = "inference",
    [PICTURE_VOICE] = "voice", [PICTURE_HOPS] = "more",       [PICTURE_SAW] = "ground",
    [PICTURE_DID] = "ground",  [PICTURE_UNSTATED] = "ground", [PICTURE_THING] = "thing",
    [PICTURE_PAPER] = "paper", [PICTURE_MORE] = "more",
};

struct numbering {
    uint32_t *ids; /* by node: as the page knows it */
    uint32_t next;
};

static void put_label(struct buffer *out, const struct model *m, enum model_space space, uint32_t number,
                      enum field_kind kind)
{
    size_t before = out->length;
    if (space == SPACE_VOICE && number == MODEL_DESK)
        json_text_field(out, "label", words_text(WORDS_DESK));
    else
        put_attribute(out, m, "label", space, number, kind);
    if (out->length == before)
        json_text_field(out, "label", model_id(m, space, number));
}

static void put_claim_node(struct buffer *out, const struct picture *p, uint32_t claim)
{
    struct row row = standing_row(bearing_graph(p->o->bearing), claim);
    put_label(out, p->m, SPACE_CLAIM, claim, FIELD_SENTENCE);
    json_text_field(out, "sub", text_of(level_word(row.level)));
    json_text_field(out, "claim", model_id(p->m, SPACE_CLAIM, claim));
}

static void put_voice_node(struct buffer *out, const struct model *m, uint32_t voice)
{
    put_label(out, m, SPACE_VOICE, voice, FIELD_NAME);
    json_text_field(out, "voice", model_id(m, SPACE_VOICE, voice));
}

static void put_record_node(struct buffer *out, const struct picture *p, uint32_t record, enum words sub)
{
    uint32_t count;
    const struct field *by = model_attribute(p->m, SPACE_RECORD, record, FIELD_BY, &count);
    put_label(out, p->m, SPACE_RECORD, record, FIELD_TITLE);
    json_text_field(out, "sub", words_text(sub));
    json_text_field(out, "record", model_id(p->m, SPACE_RECORD, record));
    if (by) /* it is right or wrong with its author */
        json_text_field(out, "voice", model_id(p->m, SPACE_VOICE, by->at));
}

static void put_inference_node(struct buffer *out, const struct model *m, uint32_t entry)
{
    struct model_entry e = model_entry(m, entry);
    put_voice_node(out, m, model_field(&e, FIELD_VOICE)->at);
    json_text_field(out, "sub", words_text(WORDS_DRAWN_CONCLUDED));
    json_number_field(out, "entry", (uint64_t)entry + 1);
}

/* A crowd that is not drawn, or the rest of a chain. */
static void put_more(struct buffer *out, const struct picture_node *n)
{
    struct buffer label = {0}, number = {0};
    buffer_number(&number, n->hidden);
    if (n->kind == PICTURE_MORE)
        words_say(&label, DRAWN_MORE, buffer_text(&number));
    else
        buffer_text_add(&label, words_text(WORDS_DRAWN_HOPS));
    json_text_field(out, "label", buffer_text(&label));
    json_number_field(out, "hidden", n->hidden);
    buffer_release(&label);
    buffer_release(&number);
}

static void put_node(struct buffer *out, const struct picture *p, const struct picture_node *n)
{
    static const struct {
        const char *code;
        enum words label;
    } grounds[] = {[PICTURE_SAW] = {"saw", WORDS_DRAWN_SAW},
                   [PICTURE_DID] = {"did", WORDS_DRAWN_DID},
                   [PICTURE_UNSTATED] = {"unstated", WORDS_DRAWN_UNSTATED}};
    switch (n->kind) {
    case PICTURE_CLAIM:
    case PICTURE_AGAINST:
        put_claim_node(out, p, n->number);
        break;
    case PICTURE_INFERENCE:
        put_inference_node(out, p->m, n->number);
        break;
    case PICTURE_VOICE:
        put_voice_node(out, p->m, n->number);
        break;
    case PICTURE_THING:
        put_record_node(out, p, n->number, WORDS_DRAWN_THING);
        break;
    case PICTURE_PAPER:
        put_record_node(out, p, n->number, WORDS_DRAWN_PAPER);
        break;
    case PICTURE_MORE:
    case PICTURE_HOPS:
        put_more(out, n);
        break;
    default:
        json_text_field(out, "label", words_text(grounds[n->kind].label));
        json_text_field(out, "ground", text_of(grounds[n->kind].code));
    }
}

/* The nodes of a side that are shown. The claim itself is the same node on both. */
static void put_nodes(struct buffer *out, const struct picture *p, struct numbering *n, bool against)
{
    n->ids = memory_array(p->nodes.count + 1, sizeof *n->ids);
    for (uint32_t i = 0; i < p->nodes.count; i++) {
        const struct picture_node *node = &p->nodes.at[i];
        if (node->shown != i || node->kind == PICTURE_AGAINST)
            continue;
        n->ids[i] = n->next++;
        json_open(out, '{');
        json_number_field(out, "id", n->ids[i]);
        json_number_field(out, "column", node->column);
        json_text_field(out, "kind", text_of(kinds[node->kind]));
        put_node(out, p, node);
        json_bool_field(out, "keystone", node->keystone);
        json_text_field(out, "side", against ? TEXT("against") : TEXT("for"));
        json_close(out, '}');
    }
}

static void put_edges(struct buffer *out, const struct picture *p, const struct numbering *n)
{
    for (size_t i = 0; i < p->edges.count; i++) {
        json_open(out, '{');
        json_number_field(out, "from", n->ids[p->edges.at[i].from]);
        json_number_field(out, "to", n->ids[p->edges.at[i].to]);
        json_bool_field(out, "bare", p->edges.at[i].bare);
        json_close(out, '}');
    }
}

void put_graph(const struct view_request *q, struct buffer *out, uint32_t claim)
{
    struct picture sides[2];
    struct numbering numbers[2] = {0};
    picture_for(&sides[0], q->o, claim);
    picture_against(&sides[1], q->o, claim);
    json_key(out, "graph");
    json_open(out, '{');
    json_key(out, "nodes");
    json_open(out, '[');
    put_nodes(out, &sides[0], &numbers[0], false);
    numbers[1].next = numbers[0].next;
    put_nodes(out, &sides[1], &numbers[1], true);
    json_close(out, ']');
    json_key(out, "edges");
    json_open(out, '[');
    for (int i = 0; i < 2; i++)
        put_edges(out, &sides[i], &numbers[i]); /* what speaks against it hangs from the claim: node 0 */
    json_close(out, ']');
    json_close(out, '}');
    if (sides[0].in_part + sides[1].in_part)
        json_number_field(out, "notDrawn", (uint64_t)sides[0].in_part + sides[1].in_part);
    for (int i = 0; i < 2; i++) {
        picture_release(&sides[i]);
        free(numbers[i].ids);
    }
}
