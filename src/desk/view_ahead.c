/* What takes too long for one answer: see view_ahead.h. Whoever asks before all is found gets what there is, after a
 * short try at finding the rest: in a case of usual size that is enough. */
#include "desk/view_ahead.h"

#include "base/clock.h"
#include "desk/view_inside.h"

enum { TRY_MILLISECONDS = 40, AT_ONCE = 8, USUAL = 20 };
enum { MOST_TRIED = 2000 }; /* of those that are used most: behind them little hangs on anybody */

/* A voice, or a record that stands for itself. */
struct candidate {
    uint32_t number;
    bool record;
    uint32_t use, falls;
};

struct ahead {
    uint64_t change; /* of the views: what this is about */
    struct asking *asking;
    bool asked;                          /* asking is done */
    struct ask_whom *asks;               /* sorted, when they were looked at last */
    VECTOR(struct candidate) candidates; /* the most used first */
    bool *organisations;                 /* by voice: others belong to it */
    size_t tried;
};

struct ahead *ahead_new(void)
{
    return memory_new(sizeof(struct ahead));
}

static void forget(struct ahead *a)
{
    asking_free(a->asking);
    free(a->asks);
    free(a->organisations);
    vector_release(&a->candidates);
    *a = (struct ahead){.change = a->change};
}

void ahead_free(struct ahead *a)
{
    if (!a)
        return;
    forget(a);
    free(a);
}

/* ---- without whom most changes ---- */

static int by_use(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->use != y->use)
        return x->use > y->use ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int by_falls(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->falls != y->falls)
        return x->falls > y->falls ? -1 : 1;
    return by_use(a, b);
}

static void find_candidates(struct ahead *a, const struct views *v, const struct opened *o)
{
    a->organisations = memory_array(v->voices.count + 1, sizeof *a->organisations);
    for (uint32_t i = 0; i < v->voices.count; i++) {
        const struct voice_facts *f = &v->voices.at[i];
        uint32_t use = f->says + f->cited, count;
        const struct field *of = model_attribute(o->model, SPACE_VOICE, i, FIELD_OF, &count);
        for (uint32_t k = 0; k < count; k++)
            a->organisations[of[k].at] = true;
        if (i != MODEL_DESK && use + f->keystone)
            vector_push(&a->candidates, (struct candidate){.number = i, .use = use});
    }
    for (uint32_t r = 0; r < v->records.count; r++)
        if (bearing_record(o->bearing, r) != GRAPH_NONE)
            vector_push(&a->candidates, (struct candidate){r, true, v->records.at[r].statements, 0});
    if (a->candidates.count)
        qsort(a->candidates.at, a->candidates.count, sizeof *a->candidates.at, by_use);
    if (a->candidates.count > MOST_TRIED)
        a->candidates.count = MOST_TRIED;
}

static void count_change(void *context, uint32_t claim, const struct row *row)
{
    (void)claim, (void)row;
    ++*(uint32_t *)context;
}

static void try_candidate(struct ahead *a, const struct opened *o)
{
    struct candidate *c = &a->candidates.at[a->tried++];
    uint32_t voice = c->record ? bearing_record(o->bearing, c->number) : bearing_voice(o->bearing, c->number);
    if (voice != GRAPH_NONE)
        standing_without(bearing_graph(o->bearing), &voice, 1, count_change, &c->falls);
}

/* ---- a piece at a time ---- */

static void begin(struct views *v, const struct opened *o)
{
    struct ahead *a = v->ahead;
    if (a->asking && a->change == v->change)
        return;
    forget(a);
    a->change = v->change;
    a->asking = asking_new(o->bearing);
    find_candidates(a, v, o);
}

static void ask_until(struct views *v, const struct opened *o, uint64_t end)
{
    begin(v, o);
    while (!v->ahead->asked && clock_milliseconds() < end)
        v->ahead->asked = !asking_step(v->ahead->asking, o->bearing, AT_ONCE);
}

static void weigh_until(struct views *v, const struct opened *o, uint64_t end)
{
    begin(v, o);
    while (v->ahead->tried < v->ahead->candidates.count && clock_milliseconds() < end)
        try_candidate(v->ahead, o);
}

bool ahead_work(struct views *v, const struct opened *o, uint64_t end)
{
    weigh_until(v, o, end);
    ask_until(v, o, end);
    return !v->ahead->asked || v->ahead->tried < v->ahead->candidates.count;
}

const struct ask_whom *ahead_asks(const struct view_request *q, size_t *count, bool *ready)
{
    struct ahead *a = q->views->ahead;
    ask_until(q->views, q->o, clock_milliseconds() + TRY_MILLISECONDS);
    free(a->asks);
    a->asks = asking_found(a->asking, q->o->model, count);
    *ready = a->asked;
    return a->asks;
}

static void put_candidate(const struct view_request *q, struct buffer *out, const struct candidate *c)
{
    uint32_t voice = c->record ? bearing_record(q->o->bearing, c->number) : bearing_voice(q->o->bearing, c->number);
    put_graph_voice(out, q->o, voice);
    out->length--; /* opens the object again */
    json_number_field(out, "falls", c->falls);
    json_bool_field(out, "people", !c->record && !q->views->ahead->organisations[c->number]);
    json_close(out, '}');
}

int view_weakest(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t limit;
    if (view_number(q, "limit", USUAL, &limit, error))
        return -1;
    struct ahead *a = q->views->ahead;
    weigh_until(q->views, q->o, clock_milliseconds() + TRY_MILLISECONDS);
    struct candidate *tried = memory_array(a->tried + 1, sizeof *tried);
    for (size_t i = 0; i < a->tried; i++)
        tried[i] = a->candidates.at[i];
    qsort(tried, a->tried, sizeof *tried, by_falls);
    json_open(out, '{');
    json_bool_field(out, "ready", a->tried == a->candidates.count);
    json_key(out, "voices");
    json_open(out, '[');
    for (size_t i = 0; i < a->tried && i < limit && tried[i].falls; i++)
        put_candidate(q, out, &tried[i]);
    json_close(out, ']');
    json_close(out, '}');
    free(tried);
    return 0;
}
