/* Ids and names completed as they are typed, and what a search finds. */
#include "desk/view_inside.h"

#include "ops/find.h"

enum { USUAL = 12, LOOKED_AT = 4096 };

struct candidate {
    uint64_t worth;
    uint32_t number;
    uint8_t space;
};

static bool begins(struct text t, struct text words)
{
    return t.length >= words.length && strncasecmp(t.at, words.at, words.length) == 0;
}

static uint64_t use_of(const struct views *v, enum model_space space, uint32_t n)
{
    if (space == SPACE_VOICE)
        return (uint64_t)v->voices.at[n].says + v->voices.at[n].denies + v->voices.at[n].cited;
    if (space == SPACE_RECORD)
        return v->records.at[n].statements;
    return (uint64_t)v->claims.at[n].statements + v->claims.at[n].denials;
}

/* The id itself first, then ids that begin so, then labels that do, then the others; of these what is used most. */
static uint64_t worth(const struct view_request *q, enum model_space space, uint32_t n, struct text words)
{
    static const enum field_kind kinds[SPACE_COUNT] = {FIELD_NAME, FIELD_TITLE, FIELD_SENTENCE};
    struct text id = model_id(q->o->model, space, n);
    uint64_t rank = text_equal(id, words)                                                      ? 3
                    : begins(id, words)                                                        ? 2
                    : begins(model_attribute_text(q->o->model, space, n, kinds[space]), words) ? 1
                                                                                               : 0;
    return rank << 32 | use_of(q->views, space, n);
}

static int by_worth(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    if (x->space != y->space)
        return x->space < y->space ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

struct candidates {
    VECTOR(struct candidate) all;
};

static void offer(struct candidates *c, const struct view_request *q, enum model_space space, uint32_t n,
                  struct text words)
{
    if (n != MODEL_NONE && model_declared(q->o->model, space, n))
        vector_push(&c->all, (struct candidate){worth(q, space, n, words), n, (uint8_t)space});
}

/* Of a great many only the first are weighed: whoever types on will see the others. */
static void offer_found(struct candidates *c, const struct view_request *q, enum model_space space, struct text words)
{
    uint32_t count = word_index_count(q->views->words[space]), looked = 0;
    const uint64_t *found = views_find(q->views, q->o->model, space, words);
    uint32_t exact = words.length <= LIMIT_ID ? model_find(q->o->model, space, words) : MODEL_NONE;
    offer(c, q, space, exact, words);
    for (uint32_t i = 0; found && i < count / 64 + 1 && looked < LOOKED_AT; i++)
        for (uint64_t left = found[i]; left; left &= left - 1) {
            uint32_t n = i * 64 + (uint32_t)__builtin_ctzll(left);
            looked++;
            if (n != exact)
                offer(c, q, space, n, words);
        }
}

/* Nothing was typed yet: what was touched last. */
static void offer_first(struct candidates *c, const struct view_request *q, enum model_space space, uint32_t limit)
{
    const struct views *v = q->views;
    size_t count = space == SPACE_VOICE ? v->voices.count : space == SPACE_RECORD ? v->records.count : v->claims.count;
    for (size_t i = 0; i < count && i < limit; i++)
        offer(c, q, space, space == SPACE_CLAIM ? v->orders[SORT_NEWEST][i] : (uint32_t)(count - 1 - i), TEXT("\n"));
}

int view_names(const struct view_request *q, struct buffer *out, struct error *error)
{
    static const char *const spaces[] = {"voice", "record", "claim", "all"};
    static const enum field_kind kinds[SPACE_COUNT] = {FIELD_NAME, FIELD_TITLE, FIELD_SENTENCE};
    unsigned space;
    uint32_t limit;
    if (view_choice(q, "space", spaces, 4, &space, error) || view_number(q, "limit", USUAL, &limit, error))
        return -1;
    struct candidates c = {0};
    struct text words = view_parameter(q, "q");
    limit = limit > VIEW_MOST ? VIEW_MOST : limit;
    for (unsigned s = 0; s < SPACE_COUNT; s++) {
        if (space < SPACE_COUNT && s != space)
            continue;
        views_put_words(q->views, q->o->model, (enum model_space)s, UINT32_MAX);
        if (words.length)
            offer_found(&c, q, (enum model_space)s, words);
        else
            offer_first(&c, q, (enum model_space)s, limit);
    }
    if (c.all.count)
        qsort(c.all.at, c.all.count, sizeof *c.all.at, by_worth);
    json_open(out, '{');
    json_key(out, "names");
    json_open(out, '[');
    for (size_t i = 0; i < c.all.count && i < limit; i++) {
        enum model_space s = (enum model_space)c.all.at[i].space;
        json_open(out, '{');
        json_text_field(out, "space", text_of(spaces[s]));
        json_text_field(out, "id", model_id(q->o->model, s, c.all.at[i].number));
        put_attribute(out, q->o->model, "label", s, c.all.at[i].number, kinds[s]);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
    vector_release(&c.all);
    return 0;
}
