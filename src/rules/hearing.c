/* The right of reply: see hearing.h. */
#include "rules/hearing.h"

#include "base/vector.h"

#include <time.h>

struct reached {
    uint32_t top, entry;
};

struct hearings {
    struct model *m;
    uint32_t *seen; /* by voice: the walk that met it last */
    uint32_t walk;
    const bool *answer_by; /* by voice; NULL: all */
    VECTOR(uint32_t) stack, tops;
    VECTOR(struct reached) asked, spoken;
    VECTOR(struct hearing) out;
};

struct hearings *hearings_new(struct model *m)
{
    struct hearings *h = memory_new(sizeof *h);
    h->m = m;
    h->seen = memory_array((size_t)model_voices(m) + 1, sizeof *h->seen);
    return h;
}

void hearings_free(struct hearings *h)
{
    if (!h)
        return;
    free(h->seen);
    vector_release(&h->stack);
    vector_release(&h->tops);
    vector_release(&h->asked);
    vector_release(&h->spoken);
    vector_release(&h->out);
    free(h);
}

void hearings_answer_by(struct hearings *h, const bool *voices)
{
    h->answer_by = voices;
}

static void visit(struct hearings *h, uint32_t voice)
{
    if (h->seen[voice] != h->walk)
        vector_push(&h->stack, voice);
    h->seen[voice] = h->walk;
}

/* Fills h->tops with the organisations above a voice that belong to none themselves; itself, where there is none. */
static void find_tops(struct hearings *h, uint32_t voice)
{
    h->walk++;
    h->stack.count = h->tops.count = 0;
    visit(h, voice);
    while (h->stack.count) {
        uint32_t v = h->stack.at[--h->stack.count], count;
        const struct field *of = model_attribute(h->m, SPACE_VOICE, v, FIELD_OF, &count);
        if (count == 0)
            vector_push(&h->tops, v);
        for (uint32_t i = 0; i < count; i++)
            visit(h, of[i].at);
    }
}

const uint32_t *hearings_tops(struct hearings *h, uint32_t voice, size_t *count)
{
    find_tops(h, voice);
    *count = h->tops.count;
    return h->tops.at;
}

static int by_top(const void *a, const void *b)
{
    const struct reached *x = a, *y = b;
    if (x->top != y->top)
        return x->top < y->top ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Which voices an entry reached, as the organisations they speak for. */
static void note(struct hearings *h, bool ask, uint32_t voice, uint32_t entry)
{
    find_tops(h, voice);
    for (size_t i = 0; i < h->tops.count; i++) {
        struct reached r = {h->tops.at[i], entry};
        if (ask)
            vector_push(&h->asked, r);
        else
            vector_push(&h->spoken, r);
    }
}

static void collect(struct hearings *h, uint32_t claim)
{
    h->asked.count = h->spoken.count = 0;
    uint32_t count;
    const uint32_t *mentions = model_mentions(h->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(h->m, mentions[i]);
        if (e.retracted || e.is_void || (e.verb != VERB_ASK && e.verb != VERB_SAY && e.verb != VERB_DENY))
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at;
        if (e.verb == VERB_ASK || !h->answer_by || h->answer_by[voice])
            note(h, e.verb == VERB_ASK, voice, mentions[i]);
    }
    if (h->asked.count)
        qsort(h->asked.at, h->asked.count, sizeof *h->asked.at, by_top);
    if (h->spoken.count)
        qsort(h->spoken.at, h->spoken.count, sizeof *h->spoken.at, by_top);
}

/* The first of `count` sorted ones with that top; `count` where there is none. */
static size_t first_of(const struct reached *at, size_t count, uint32_t top)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (at[middle].top < top)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Did `later` come after `ask`: by date where both have one, else by its place in the log? */
static bool since(const struct model *m, uint32_t ask, uint32_t later)
{
    struct model_entry a = model_entry(m, ask), b = model_entry(m, later);
    const struct field *asked = model_field(&a, FIELD_ON), *spoke = model_field(&b, FIELD_ON);
    if (!asked || !spoke)
        return later > ask;
    struct text from = model_field_text(m, asked), to = model_field_text(m, spoke);
    size_t known = from.length < to.length ? from.length : to.length; /* a month may stand against a day */
    int order = memcmp(from.at, to.at, known);
    return order < 0 || (order == 0 && (from.length == to.length || later > ask));
}

static void find_answer(struct hearings *h, struct hearing *hearing, uint32_t top)
{
    struct model_entry ask = model_entry(h->m, hearing->ask);
    if (model_field(&ask, FIELD_ANSWERED))
        hearing->answer = hearing->ask;
    for (size_t i = first_of(h->spoken.at, h->spoken.count, top); i < h->spoken.count && h->spoken.at[i].top == top;
         i++)
        if (since(h->m, hearing->ask, h->spoken.at[i].entry))
            hearing->answer = h->spoken.at[i].entry;
}

static struct hearing hear(struct hearings *h, uint32_t voice)
{
    struct hearing best = {voice, MODEL_NONE, MODEL_NONE};
    find_tops(h, voice);
    for (size_t t = 0; t < h->tops.count; t++) {
        uint32_t top = h->tops.at[t];
        for (size_t i = first_of(h->asked.at, h->asked.count, top); i < h->asked.count && h->asked.at[i].top == top;
             i++) {
            struct hearing next = {voice, h->asked.at[i].entry, MODEL_NONE};
            find_answer(h, &next, top);
            bool answers = next.answer != MODEL_NONE, answered = best.answer != MODEL_NONE;
            if (best.ask == MODEL_NONE || answers > answered || (answers == answered && next.ask > best.ask))
                best = next;
        }
    }
    return best;
}

const struct hearing *hearings_of(struct hearings *h, uint32_t claim, uint32_t *count)
{
    uint32_t accused;
    const struct field *accuses = model_attribute(h->m, SPACE_CLAIM, claim, FIELD_ACCUSES, &accused);
    h->out.count = 0;
    *count = accused;
    if (accused == 0)
        return h->out.at;
    collect(h, claim);
    for (uint32_t i = 0; i < accused; i++) {
        struct hearing one = hear(h, accuses[i].at);
        vector_push(&h->out, one);
    }
    return h->out.at;
}

bool hearings_asked(struct hearings *h, uint32_t claim)
{
    uint32_t count;
    const struct hearing *all = hearings_of(h, claim, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i].ask == MODEL_NONE)
            return false;
    return true;
}

bool hearings_answered(struct hearings *h, uint32_t claim)
{
    uint32_t count;
    const struct hearing *all = hearings_of(h, claim, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i].answer == MODEL_NONE)
            return false;
    return true;
}

struct text hearings_today(char room[TODAY_ROOM])
{
    time_t now = time(NULL);
    struct tm day;
    gmtime_r(&now, &day);
    return (struct text){room, strftime(room, TODAY_ROOM, "%Y-%m-%d", &day)};
}

/* Did anybody for whom it was put answer an `ask`? */
static bool answered(struct hearings *h, uint32_t ask)
{
    struct model_entry e = model_entry(h->m, ask);
    struct hearing hearing = {0, ask, MODEL_NONE};
    if (model_field(&e, FIELD_ANSWERED))
        return true;
    collect(h, model_field(&e, FIELD_CLAIM)->at);
    find_tops(h, model_field(&e, FIELD_VOICE)->at);
    for (size_t t = 0; t < h->tops.count; t++)
        find_answer(h, &hearing, h->tops.at[t]);
    return hearing.answer != MODEL_NONE;
}

enum question hearings_question(struct hearings *h, uint32_t ask, struct text today)
{
    struct model_entry e = model_entry(h->m, ask);
    if (answered(h, ask))
        return QUESTION_ANSWERED;
    const struct field *due = model_field(&e, FIELD_DUE);
    if (!due)
        return QUESTION_OPEN;
    struct text by = model_field_text(h->m, due);
    size_t known = by.length < today.length ? by.length : today.length; /* a year is over when the next has begun */
    return memcmp(by.at, today.at, known) < 0 ? QUESTION_OVERDUE : QUESTION_OPEN;
}

bool hearings_overdue(struct hearings *h, uint32_t ask, struct text today)
{
    struct model_entry e = model_entry(h->m, ask);
    if (e.verb != VERB_ASK || e.retracted || e.is_void || !model_field(&e, FIELD_DUE))
        return false;
    return hearings_question(h, ask, today) == QUESTION_OVERDUE;
}
