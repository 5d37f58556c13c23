/* What is open: whom to ask, what was asked, what is odd, and what went out. */
#include "desk/view_inside.h"

#include "desk/view_ahead.h"
#include "gate/draft.h"
#include "ops/check.h"
#include "ops/next.h"

#include <stdio.h>

enum { MOST_ASKS = 200, MOST_CLAIMS = 50, MOST_THROUGH = 8, MOST_ROWS = 500 };

/* ---- questions ---- */

/* All `ask` entries that hold: overdue ones first, then open ones, then answered ones; of these the newest first. */
static const uint32_t *questions_of(const struct view_request *q, size_t *count)
{
    struct views *v = q->views;
    char day[sizeof v->questions_day];
    snprintf(day, sizeof day, "%.*s", TEXT_ARG(q->today));
    if (!v->questions_found || strcmp(day, v->questions_day) != 0) {
        memcpy(v->questions_day, day, sizeof day);
        struct model *m = q->o->model;
        struct hearings *h = rules_hearings(v->rules);
        VECTOR(uint8_t) states = {0};
        VECTOR(uint32_t) asks = {0};
        for (uint32_t n = model_entries(m); n-- > 0;) {
            struct model_entry e = model_entry(m, n);
            if (e.verb != VERB_ASK || !entry_counts(&e))
                continue;
            vector_push(&asks, n);
            vector_push(&states, (uint8_t)hearings_question(h, n, q->today));
        }
        v->questions.count = 0;
        for (uint8_t state = QUESTION_OVERDUE; state <= QUESTION_ANSWERED; state++) {
            for (size_t i = 0; i < asks.count; i++)
                if (states.at[i] == state)
                    vector_push(&v->questions, asks.at[i]);
            if (state == QUESTION_OVERDUE)
                v->overdue = v->questions.count;
        }
        vector_release(&asks);
        vector_release(&states);
        v->questions_found = true;
    }
    *count = v->questions.count;
    return v->questions.at;
}

int view_questions(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t offset, limit;
    size_t count;
    if (view_number(q, "offset", 0, &offset, error) || view_number(q, "limit", MOST_ROWS, &limit, error))
        return -1;
    limit = limit > MOST_ROWS ? MOST_ROWS : limit;
    const uint32_t *all = questions_of(q, &count);
    json_open(out, '{');
    json_number_field(out, "total", count);
    json_key(out, "questions");
    json_open(out, '[');
    for (size_t i = offset; i < count && i - offset < limit; i++)
        put_question(q, out, all[i]);
    json_close(out, ']');
    json_close(out, '}');
    return 0;
}

/* ---- next ---- */

static void put_raises(const struct view_request *q, struct buffer *out, const struct ask_whom *ask)
{
    struct graph *g = bearing_graph(q->o->bearing);
    json_key(out, "raises");
    json_open(out, '[');
    for (uint32_t i = 0; i < ask->count && i < MOST_CLAIMS; i++) {
        json_open(out, '{');
        put_id(out, q->o->model, SPACE_CLAIM, ask->raises[i]);
        json_text_field(out, "from", text_of(level_word(standing_row(g, ask->raises[i]).level)));
        json_text_field(out, "to", text_of(level_word((enum level)ask->to[i])));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_number_field(out, "raisesTotal", ask->count);
}

static void put_ask(const struct view_request *q, struct buffer *out, const struct ask_whom *ask)
{
    uint32_t who[MOST_THROUGH];
    size_t count = next_citing(q->o->model, ask->voice, who, MOST_THROUGH);
    json_open(out, '{');
    json_key(out, "voice");
    put_voice(out, q->o->model, ask->voice);
    put_raises(q, out, ask);
    json_key(out, "through");
    json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        put_voice(out, q->o->model, who[i]);
    json_close(out, ']');
    json_close(out, '}');
}

struct unheard {
    uint32_t voice, claim;
};

static int by_voice(const void *a, const void *b)
{
    const struct unheard *x = a, *y = b;
    if (x->voice != y->voice)
        return x->voice < y->voice ? -1 : 1;
    return x->claim < y->claim ? -1 : x->claim > y->claim;
}

/* Who is accused and was not asked, each with the claims. */
static void put_hearing(const struct view_request *q, struct buffer *out)
{
    VECTOR(struct unheard) all = {0};
    struct hearings *h = rules_hearings(q->views->rules);
    for (uint32_t claim = 0; claim < model_claims(q->o->model); claim++) {
        uint32_t count;
        const struct hearing *hearings = hearings_of(h, claim, &count);
        for (uint32_t i = 0; i < count; i++)
            if (hearings[i].ask == MODEL_NONE)
                vector_push(&all, (struct unheard){hearings[i].voice, claim});
    }
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_voice);
    json_key(out, "hearing");
    json_open(out, '[');
    for (size_t i = 0, voices = 0; i < all.count && voices < MOST_ASKS; voices++) {
        uint32_t voice = all.at[i].voice, put = 0;
        json_open(out, '{');
        json_key(out, "voice");
        put_voice(out, q->o->model, voice);
        json_key(out, "claims");
        json_open(out, '[');
        for (; i < all.count && all.at[i].voice == voice; i++)
            if (put++ < MOST_CLAIMS)
                put_claim_name(out, q->o->model, all.at[i].claim);
        json_close(out, ']');
        json_number_field(out, "claimsTotal", put);
        json_close(out, '}');
    }
    json_close(out, ']');
    vector_release(&all);
}

int view_next(const struct view_request *q, struct buffer *out, struct error *error)
{
    size_t count, questions;
    (void)error;
    bool ready;
    const struct ask_whom *asks = ahead_asks(q, &count, &ready);
    json_open(out, '{');
    json_bool_field(out, "ready", ready);
    json_key(out, "ask");
    json_open(out, '[');
    for (size_t i = 0; i < count && i < MOST_ASKS; i++)
        put_ask(q, out, &asks[i]);
    json_close(out, ']');
    put_hearing(q, out);
    const uint32_t *all = questions_of(q, &questions);
    json_key(out, "overdue");
    json_open(out, '[');
    for (size_t i = 0; i < q->views->overdue && i < MOST_ASKS; i++)
        put_question(q, out, all[i]);
    json_close(out, ']');
    json_close(out, '}');
    return 0;
}

/* ---- what is odd ---- */

int view_odd(const struct view_request *q, struct buffer *out, struct error *error)
{
    struct checked c = {0};
    uint32_t limit;
    if (view_number(q, "limit", MOST_ROWS, &limit, error))
        return -1;
    check_case(q->o, q->today, &c);
    json_open(out, '{');
    json_number_field(out, "total", c.count);
    json_key(out, "odd");
    json_open(out, '[');
    for (size_t i = 0; i < c.count && i < limit; i++) {
        const struct finding *f = &c.findings[i];
        json_open(out, '{');
        json_text_field(out, "kind", text_of(odd_word(f->odd)));
        if (f->entry != MODEL_NONE)
            json_number_field(out, "entry", (uint64_t)f->entry + 1);
        json_text_field(out, "what", (struct text){c.texts.at + f->at, f->length});
        json_text_field(out, "mend", odd_mend(f->odd));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
    checked_release(&c);
    return 0;
}

/* ---- articles ---- */

struct article_seen {
    struct text slug;
    uint32_t newest, versions;
};

/* The newest version first. */
static void find_articles(const struct model *m, struct article_seen **out, size_t *count)
{
    VECTOR(struct article_seen) all = {0};
    for (uint32_t n = model_entries(m); n-- > 0;) {
        struct model_entry e = model_entry(m, n);
        if (e.verb != VERB_PRINTED || !entry_counts(&e))
            continue;
        struct text slug = model_field_text(m, model_field(&e, FIELD_ARTICLE));
        size_t i = 0;
        while (i < all.count && !text_equal(all.at[i].slug, slug))
            i++;
        if (i == all.count)
            vector_push(&all, (struct article_seen){slug, n, 0});
        all.at[i].versions++;
    }
    *out = all.at;
    *count = all.count;
}

/* Does it say as fact what the rules let nobody print as fact any more, or give as said what nobody may be quoted on?
 */
static bool draft_breaks(const struct view_request *q, const struct draft *d)
{
    struct graph *g = bearing_graph(q->o->bearing);
    for (size_t i = 0; i < d->citations.count; i++) {
        const struct citation *c = &d->citations.at[i];
        if (!c->claim.length)
            continue;
        uint32_t claim = c->claim.length <= LIMIT_ID ? model_find(q->o->model, SPACE_CLAIM, c->claim) : MODEL_NONE;
        if (claim == MODEL_NONE)
            return true;
        struct row row = standing_row(g, claim);
        bool fact = rules_meets(q->views->rules, RULE_PRINT, claim, &row);
        if (!fact && (!c->voice.length || !rules_meets(q->views->rules, RULE_ALLEGE, claim, &row)))
            return true;
    }
    return false;
}

static void put_article(const struct view_request *q, struct buffer *out, const struct article_seen *a)
{
    const struct model *m = q->o->model;
    struct model_entry e = model_entry(m, a->newest);
    struct buffer source = {0};
    struct draft d = {0};
    struct faults faults = {0};
    notation_unescape(model_field_text(m, model_field(&e, FIELD_DRAFT)), &source);
    int faulty = draft_read(buffer_text(&source), TEXT(""), &d, &faults);
    struct text title = a->slug;
    for (size_t i = d.blocks.count; i-- > 0;)
        if (d.blocks.at[i].kind == DRAFT_HEADLINE && d.blocks.at[i].count)
            title = d.sentences.at[d.blocks.at[i].first].text;
    json_open(out, '{');
    json_text_field(out, "slug", a->slug);
    json_text_field(out, "title", title);
    put_word(out, m, "on", model_field(&e, FIELD_ON));
    json_number_field(out, "versions", a->versions);
    json_bool_field(out, "breaks", !faulty && draft_breaks(q, &d));
    json_close(out, '}');
    draft_release(&d);
    faults_release(&faults);
    buffer_release(&source);
}

int view_articles(const struct view_request *q, struct buffer *out, struct error *error)
{
    struct article_seen *all;
    size_t count;
    (void)error;
    find_articles(q->o->model, &all, &count);
    json_open(out, '{');
    json_key(out, "articles");
    json_open(out, '[');
    for (size_t i = 0; i < count && i < MOST_ROWS; i++)
        put_article(q, out, &all[i]);
    json_close(out, ']');
    json_close(out, '}');
    free(all);
    return 0;
}
