/* What is found out once for each state of the case: see view.h.
 *
 * After entries that only added, the claims whose row is another, or that the new entries are about, are looked at
 * again and put into their places; whatever else happened, all is found anew. */
#include "desk/view_inside.h"

#include "base/clock.h"
#include "desk/view_ahead.h"
#include "gate/terms.h"

#include <stdio.h>

struct views *views_new(void)
{
    struct views *v = memory_new(sizeof *v);
    for (int s = 0; s < SPACE_COUNT; s++)
        v->words[s] = word_index_new();
    v->ahead = ahead_new();
    return v;
}

/* Those that are made when they are asked for. */
static void forget_orders(struct views *v)
{
    for (int i = 0; i < VOICE_SORT_COUNT; i++) {
        free(v->voice_orders[i]);
        v->voice_orders[i] = NULL;
    }
    timeline_free(v->timeline);
    v->timeline = NULL;
    v->questions_found = false;
    buffer_clear(&v->days);
}

void views_free(struct views *v)
{
    if (!v)
        return;
    rules_free(v->rules);
    terms_free(v->terms);
    forget_orders(v);
    vector_release(&v->claims);
    vector_release(&v->voices);
    vector_release(&v->records);
    vector_release(&v->codes);
    vector_release(&v->scratch);
    vector_release(&v->questions);
    buffer_release(&v->days);
    for (int i = 0; i < SORT_COUNT; i++)
        free(v->orders[i]);
    for (int s = 0; s < SPACE_COUNT; s++)
        word_index_free(v->words[s]);
    ahead_free(v->ahead);
    free(v);
}

/* ---- facts ---- */

static uint64_t mix(uint64_t h, uint64_t n)
{
    h = (h ^ n) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

/* A number that tells a row from others. */
static uint64_t row_seen(const struct row *row)
{
    uint64_t h = mix((uint64_t)row->level << 1 | row->denied, row->distance);
    for (int m = 0; m < MEASURE_COUNT; m++)
        h = mix(h, (uint64_t)row->measures[m].low << 32 | row->measures[m].high);
    for (uint32_t i = 0; i < row->keystone_count; i++)
        h = mix(h, row->keystones[i]);
    return h;
}

void claim_facts_of_row(struct views *v, uint32_t claim, const struct row *row, struct claim_facts *f)
{
    f->level = (uint8_t)row->level;
    f->denial = row->measures[AGAINST].low ? DENIAL_CONTESTED : row->denied ? DENIAL_DENIED : DENIAL_NONE;
    f->people = row->measures[PEOPLE].low;
    f->print = rules_meets(v->rules, RULE_PRINT, claim, row)    ? PRINT_FACT
               : rules_meets(v->rules, RULE_ALLEGE, claim, row) ? PRINT_ALLEGATION
                                                                : PRINT_NOT_YET;
}

uint8_t claim_code(const struct claim_facts *f)
{
    return (uint8_t)(f->level | f->print << 2 | f->denial << 4);
}

uint64_t claim_key(enum claim_sort sort, const struct claim_facts *f)
{
    switch (sort) {
    case SORT_STANDING:
        return (uint64_t)f->level << 32 | f->people;
    case SORT_PEOPLE:
        return (uint64_t)f->people << 8 | f->level;
    default:
        return UINT32_MAX - f->touched;
    }
}

/* ---- what entries are about ---- */

static void touch(struct views *v, uint32_t claim, uint32_t entry)
{
    if (v->claims.at[claim].touched < entry + 1)
        v->claims.at[claim].touched = entry + 1;
    vector_push(&v->scratch, claim);
}

/* A statement among the facts of its claim, of whoever is in its chain, and of the record where it stands. */
static void count_statement(struct views *v, const struct model_entry *e)
{
    struct claim_facts *claim = &v->claims.at[model_field(e, FIELD_CLAIM)->at];
    struct voice_facts *speaker = &v->voices.at[model_field(e, FIELD_VOICE)->at];
    claim->statements += e->verb != VERB_DENY;
    claim->denials += e->verb == VERB_DENY;
    speaker->says += e->verb != VERB_DENY;
    speaker->denies += e->verb == VERB_DENY;
    uint32_t last = MODEL_NONE;
    for (uint32_t i = 0; i < e->count; i++) {
        const struct field *f = &e->fields[i];
        if (f->kind == FIELD_TOLD_BY)
            v->voices.at[f->at].cited++;
        if ((f->kind == FIELD_AT || f->kind == FIELD_GROUND_RECORD) && f->at != last)
            v->records.at[last = f->at].statements++;
    }
}

static void count_secrets(struct views *v, const struct model_entry *e)
{
    struct voice_facts *voice = &v->voices.at[model_field(e, FIELD_VOICE)->at];
    for (uint32_t i = 0; i < e->count; i++)
        voice->secrets +=
            field_protected(e->verb, e->fields[i].kind) && !e->fields[i].forgotten && e->fields[i].kind != FIELD_WHY;
}

static void read_entry(struct views *v, struct model *m, uint32_t n)
{
    struct model_entry e = model_entry(m, n), about = e;
    if (e.is_void)
        return;
    if (e.verb == VERB_RETRACT)
        about = model_entry(m, model_retracted_entry(m, &e));
    for (uint32_t i = 0; i < about.count; i++) {
        if (about.fields[i].kind == FIELD_CLAIM)
            touch(v, about.fields[i].at, n);
        if (about.fields[i].kind == FIELD_ACCUSES)
            v->voices.at[about.fields[i].at].accused = true;
    }
    if (e.retracted)
        return;
    if (e.verb == VERB_SAY || e.verb == VERB_DENY || e.verb == VERB_INFER)
        count_statement(v, &e);
    if (e.verb == VERB_VOICE || e.verb == VERB_PROTECT)
        count_secrets(v, &e);
}

/* ---- orders ---- */

struct keyed {
    uint64_t key;
    uint32_t claim;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->claim < y->claim ? -1 : x->claim > y->claim;
}

static bool comes_before(struct keyed a, struct keyed b)
{
    return by_key(&a, &b) < 0;
}

uint32_t *order_moved(const struct views *v, enum claim_sort sort, const uint32_t *order, uint32_t count,
                      const uint32_t *changed, size_t changed_count, const struct claim_facts *now)
{
    struct keyed *moved = memory_array(changed_count + 1, sizeof *moved);
    unsigned char *is_moved = memory_array(v->claims.count + 1, 1);
    uint32_t *out = memory_array((size_t)count + changed_count + 1, sizeof *out);
    size_t made = 0, next = 0;
    for (size_t i = 0; i < changed_count; i++) {
        moved[i] = (struct keyed){claim_key(sort, &now[i]), changed[i]};
        is_moved[changed[i]] = 1;
    }
    qsort(moved, changed_count, sizeof *moved, by_key);
    for (uint32_t i = 0; i < count; i++) {
        if (is_moved[order[i]])
            continue;
        struct keyed stays = {claim_key(sort, &v->claims.at[order[i]]), order[i]};
        while (next < changed_count && comes_before(moved[next], stays))
            out[made++] = moved[next++].claim;
        out[made++] = order[i];
    }
    while (next < changed_count)
        out[made++] = moved[next++].claim;
    free(moved);
    free(is_moved);
    return out;
}

static void sort_all(struct views *v)
{
    struct keyed *keyed = memory_array(v->claims.count + 1, sizeof *keyed);
    for (enum claim_sort sort = 0; sort < SORT_COUNT; sort++) {
        for (uint32_t c = 0; c < v->claims.count; c++)
            keyed[c] = (struct keyed){claim_key(sort, &v->claims.at[c]), c};
        qsort(keyed, v->claims.count, sizeof *keyed, by_key);
        free(v->orders[sort]);
        v->orders[sort] = memory_array(v->claims.count + 1, sizeof **v->orders);
        for (uint32_t c = 0; c < v->claims.count; c++)
            v->orders[sort][c] = keyed[c].claim;
    }
    free(keyed);
}

/* ---- bringing up to date ---- */

static void count_codes(struct views *v)
{
    memset(v->by_code, 0, sizeof v->by_code);
    v->codes.count = 0;
    vector_reserve(&v->codes, v->claims.count);
    for (size_t c = 0; c < v->claims.count; c++) {
        uint8_t code = claim_code(&v->claims.at[c]);
        v->codes.at[v->codes.count++] = code;
        v->by_code[code]++;
    }
}

static void grow(struct views *v, struct model *m)
{
    while (v->claims.count < model_claims(m))
        vector_push(&v->claims, (struct claim_facts){0});
    while (v->voices.count < model_voices(m))
        vector_push(&v->voices, (struct voice_facts){0});
    while (v->records.count < model_records(m))
        vector_push(&v->records, (struct record_facts){0});
}

/* Looks at every row; those that are another, and those in v->scratch, get their facts anew. Returns them, each once,
 * in v->scratch. */
static void read_rows(struct views *v, const struct opened *o)
{
    const struct graph *g = bearing_graph(o->bearing);
    unsigned char *due = memory_array(v->claims.count + 1, 1);
    for (size_t i = 0; i < v->scratch.count; i++)
        due[v->scratch.at[i]] = 1;
    for (size_t i = 0; i < v->voices.count; i++)
        v->voices.at[i].keystone = 0;
    v->scratch.count = 0;
    for (uint32_t c = 0; c < v->claims.count; c++) {
        struct row row = standing_row(g, c);
        struct claim_facts *f = &v->claims.at[c];
        uint64_t seen = row_seen(&row);
        for (uint32_t i = 0; i < row.keystone_count; i++) {
            uint32_t voice, record;
            bearing_origin(o->bearing, row.keystones[i], &voice, &record);
            if (voice != MODEL_NONE)
                v->voices.at[voice].keystone++;
        }
        if (seen == f->seen && !due[c])
            continue;
        f->seen = seen;
        claim_facts_of_row(v, c, &row, f);
        vector_push(&v->scratch, c);
    }
    free(due);
}

static void find_anew(struct views *v, const struct opened *o)
{
    struct model *m = o->model;
    v->claims.count = v->voices.count = v->records.count = v->scratch.count = 0;
    grow(v, m);
    for (uint32_t n = 0; n < model_entries(m); n++)
        read_entry(v, m, n);
    for (uint32_t c = 0; c < v->claims.count; c++)
        vector_push(&v->scratch, c);
    read_rows(v, o);
    sort_all(v);
}

static void find_added(struct views *v, const struct opened *o)
{
    struct model *m = o->model;
    uint32_t before = (uint32_t)v->claims.count;
    v->scratch.count = 0;
    grow(v, m);
    for (uint32_t c = before; c < v->claims.count; c++)
        vector_push(&v->scratch, c);
    for (uint32_t n = v->revision; n < model_entries(m); n++)
        read_entry(v, m, n);
    read_rows(v, o);
    struct claim_facts *now = memory_array(v->scratch.count + 1, sizeof *now);
    for (size_t i = 0; i < v->scratch.count; i++)
        now[i] = v->claims.at[v->scratch.at[i]];
    for (enum claim_sort sort = 0; sort < SORT_COUNT; sort++) {
        uint32_t *old = v->orders[sort];
        v->orders[sort] = order_moved(v, sort, old, before, v->scratch.at, v->scratch.count, now);
        free(old);
    }
    free(now);
}

/* Did the entries since only add, so that what was found still holds of all that they are not about? */
static bool only_added(const struct views *v, const struct model *m, struct session_now now)
{
    if (!v->revision || v->epoch != now.epoch || v->revision > model_entries(m) || model_reworked(m, v->revision))
        return false;
    for (uint32_t n = v->revision; n < model_entries(m); n++)
        if (model_entry(m, n).verb == VERB_RULE)
            return false;
    return true;
}

void views_refresh(struct views *v, const struct opened *o, struct session_now now)
{
    struct model *m = o->model;
    bool same = v->rules && v->epoch == now.epoch && v->revision == now.revision;
    if (same && v->o == o)
        return;
    rules_free(v->rules);
    terms_free(v->terms);
    v->terms = NULL;
    v->rules = rules_new(m);
    v->o = o;
    if (same)
        return;
    bool added = only_added(v, m, now);
    if (added) {
        find_added(v, o);
    } else {
        find_anew(v, o);
        for (int s = 0; s < SPACE_COUNT; s++)
            word_index_clear(v->words[s]);
    }
    count_codes(v);
    forget_orders(v);
    v->epoch = now.epoch;
    v->revision = now.revision;
    v->change++;
}

struct terms *views_terms(const struct view_request *q)
{
    struct views *v = q->views;
    char day[sizeof v->terms_day];
    snprintf(day, sizeof day, "%.*s", TEXT_ARG(q->today));
    if (v->terms && strcmp(day, v->terms_day) == 0)
        return v->terms;
    terms_free(v->terms);
    memcpy(v->terms_day, day, sizeof day);
    return v->terms = terms_new(q->o->model, text_of(v->terms_day));
}

/* ---- words ---- */

static void put_words(struct views *v, const struct model *m, enum model_space space, uint32_t item)
{
    static const enum field_kind kinds[SPACE_COUNT] = {FIELD_NAME, FIELD_TITLE, FIELD_SENTENCE};
    struct text raw = model_attribute_text(m, space, item, kinds[space]);
    struct buffer plain = {0};
    if (raw.length && memchr(raw.at, '\\', raw.length)) {
        notation_unescape(raw, &plain);
        raw = buffer_text(&plain);
    }
    word_index_put(v->words[space], item, (const struct text[]){model_id(m, space, item), raw}, 2);
    buffer_release(&plain);
}

static uint32_t size_of(const struct model *m, enum model_space space)
{
    return space == SPACE_VOICE ? model_voices(m) : space == SPACE_RECORD ? model_records(m) : model_claims(m);
}

bool views_put_words(struct views *v, const struct model *m, enum model_space space, uint32_t most)
{
    uint32_t from = word_index_count(v->words[space]), all = size_of(m, space);
    uint32_t to = all - from > most ? from + most : all;
    for (uint32_t i = from; i < to; i++)
        put_words(v, m, space, i);
    return to < all;
}

const uint64_t *views_find(struct views *v, const struct model *m, enum model_space space, struct text query)
{
    if (!query.length)
        return NULL;
    views_put_words(v, m, space, UINT32_MAX);
    return word_index_find(v->words[space], query);
}

/* Has each reading know who mentions what before it is asked, one space a call; true where one was not known yet. */
static bool views_index_mentions(struct views *v, struct model *m)
{
    uint32_t count;
    if (v->mentions_of != m)
        v->mentions_known = 0;
    v->mentions_of = m;
    if (v->mentions_known == SPACE_COUNT)
        return false;
    enum model_space space = (enum model_space)v->mentions_known++;
    if (size_of(m, space))
        model_mentions(m, space, 0, &count);
    return true;
}

bool views_work(struct views *v, const struct opened *o, struct session_now now, unsigned milliseconds)
{
    enum { AT_ONCE = 256 };
    uint64_t end = clock_milliseconds() + milliseconds;
    views_refresh(v, o, now);
    if (views_index_mentions(v, o->model) || clock_milliseconds() >= end)
        return true;
    for (int s = SPACE_COUNT - 1; s >= 0; s--)
        while (views_put_words(v, o->model, (enum model_space)s, AT_ONCE))
            if (clock_milliseconds() >= end)
                return true;
    return ahead_work(v, o, end);
}
