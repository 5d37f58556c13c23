/* Voices: the list, and one of them, without anything that is protected. */
#include "desk/view_inside.h"

#include "gate/terms.h"
#include "ops/next.h"
#include "ops/stand.h"

enum { MOST_LISTED = 200 };

enum voice_filter { FILTER_HEARD, FILTER_UNHEARD, FILTER_KEYSTONE, FILTER_ACCUSED, FILTER_SECRET, FILTER_NONE };

static bool passes(enum voice_filter filter, const struct voice_facts *f)
{
    bool heard = f->says || f->denies;
    switch (filter) {
    case FILTER_HEARD:
        return heard;
    case FILTER_UNHEARD:
        return !heard && f->cited;
    case FILTER_KEYSTONE:
        return f->keystone;
    case FILTER_ACCUSED:
        return f->accused;
    case FILTER_SECRET:
        return f->secrets;
    default:
        return true;
    }
}

/* ---- sorted ---- */

struct voice_key {
    struct text name; /* of a copy: the model's may be escaped */
    uint32_t number, voice;
};

static int by_number(const void *a, const void *b)
{
    const struct voice_key *x = a, *y = b;
    if (x->number != y->number)
        return x->number > y->number ? -1 : 1;
    return x->voice < y->voice ? -1 : x->voice > y->voice;
}

static int by_name(const void *a, const void *b)
{
    const struct voice_key *x = a, *y = b;
    size_t n = x->name.length < y->name.length ? x->name.length : y->name.length;
    int order = n ? strncasecmp(x->name.at, y->name.at, n) : 0;
    if (order)
        return order;
    if (x->name.length != y->name.length)
        return x->name.length < y->name.length ? -1 : 1;
    return x->voice < y->voice ? -1 : x->voice > y->voice;
}

/* Sorted once for each state of the case, when it is first asked for. */
static const uint32_t *voice_order(const struct view_request *q, enum voice_sort sort)
{
    struct views *v = q->views;
    if (sort == VOICE_SORT_COUNT)
        return NULL;
    if (v->voice_orders[sort])
        return v->voice_orders[sort];
    struct voice_key *keys = memory_array(v->voices.count + 1, sizeof *keys);
    for (uint32_t i = 0; i < v->voices.count; i++) {
        struct text name = model_attribute_text(q->o->model, SPACE_VOICE, i, FIELD_NAME);
        const struct voice_facts *f = &v->voices.at[i];
        keys[i] = (struct voice_key){name, sort == VOICE_SORT_SAYS ? f->says + f->denies : f->keystone, i};
    }
    qsort(keys, v->voices.count, sizeof *keys, sort == VOICE_SORT_NAME ? by_name : by_number);
    v->voice_orders[sort] = memory_array(v->voices.count + 1, sizeof **v->voice_orders);
    for (size_t i = 0; i < v->voices.count; i++)
        v->voice_orders[sort][i] = keys[i].voice;
    free(keys);
    return v->voice_orders[sort];
}

/* ---- a voice ---- */

static void put_voice_members(const struct view_request *q, struct buffer *out, uint32_t voice)
{
    const struct voice_facts *f = &q->views->voices.at[voice];
    struct promise p = terms_of(views_terms(q), voice);
    put_id(out, q->o->model, SPACE_VOICE, voice);
    json_text_field(out, "term", text_of(term_word(p.term)));
    json_bool_field(out, "termRecorded", p.entry != MODEL_NONE);
    json_field(out, "until", p.until);
    json_bool_field(out, "heard", f->says || f->denies);
    json_number_field(out, "says", f->says);
    json_number_field(out, "denies", f->denies);
    json_number_field(out, "cited", f->cited);
    json_number_field(out, "keystone", f->keystone);
}

int view_voices(const struct view_request *q, struct buffer *out, struct error *error)
{
    static const char *const filters[] = {"heard", "unheard", "keystone", "accused", "secret"};
    static const char *const sorts[] = {"name", "keystone", "says", "order"};
    unsigned filter, sort;
    struct page page;
    if (view_page(q, &page, error) || view_choice(q, "filter", filters, FILTER_NONE, &filter, error) ||
        view_choice(q, "sort", sorts, 4, &sort, error))
        return -1;
    const struct views *v = q->views;
    const uint64_t *found = views_find(q->views, q->o->model, SPACE_VOICE, view_parameter(q, "q"));
    const uint32_t *order = voice_order(q, sort < VOICE_SORT_COUNT ? (enum voice_sort)sort : VOICE_SORT_COUNT);
    uint32_t matching = 0;
    json_open(out, '{');
    json_number_field(out, "total", v->voices.count - 1);
    json_key(out, "voices");
    json_open(out, '[');
    for (uint32_t i = 0; i < v->voices.count; i++) {
        uint32_t voice = order ? order[i] : i;
        if (voice == MODEL_DESK || !passes((enum voice_filter)filter, &v->voices.at[voice]) || !found_has(found, voice))
            continue;
        if (matching >= page.offset && matching - page.offset < page.limit) {
            json_open(out, '{');
            put_voice_members(q, out, voice);
            json_number_field(out, "secrets", v->voices.at[voice].secrets);
            json_close(out, '}');
        }
        matching++;
    }
    json_close(out, ']');
    json_number_field(out, "matching", matching);
    json_close(out, '}');
    return 0;
}

/* ---- one voice ---- */

struct entries {
    const uint32_t *at;
    uint32_t count;
};

static void put_same(const struct view_request *q, struct buffer *out, uint32_t voice, struct entries entries)
{
    uint32_t put = 0;
    json_key(out, "same");
    json_open(out, '[');
    for (uint32_t i = 0; i < entries.count; i++) {
        struct model_entry e = model_entry(q->o->model, entries.at[i]);
        for (uint32_t f = 0; f < e.count && e.verb == VERB_SAME && entry_counts(&e); f++)
            if (e.fields[f].kind == FIELD_VOICE && e.fields[f].at != voice && put++ < MOST_LISTED)
                put_voice(out, q->o->model, e.fields[f].at);
    }
    json_close(out, ']');
}

static void put_term(const struct view_request *q, struct buffer *out, uint32_t entry, enum term *before)
{
    const struct model *m = q->o->model;
    struct model_entry e = model_entry(m, entry);
    enum term term = TERM_OFF_RECORD;
    while (term < TERM_ON_RECORD &&
           !text_equal(model_field_text(m, model_field(&e, FIELD_TERM)), text_of(term_word(term))))
        term++;
    bool proven = model_field(&e, FIELD_AT) && (model_field(&e, FIELD_LOCATOR) || model_field(&e, FIELD_WORDS));
    bool loosens = term > *before;
    json_open(out, '{');
    json_number_field(out, "entry", (uint64_t)entry + 1);
    json_text_field(out, "term", text_of(term_word(term)));
    put_word(out, m, "on", model_field(&e, FIELD_ON));
    put_word(out, m, "until", model_field(&e, FIELD_UNTIL));
    json_key(out, "only");
    json_open(out, '[');
    for (uint32_t f = 0; f < e.count; f++)
        if (e.fields[f].kind == FIELD_ONLY)
            put_claim_name(out, m, e.fields[f].at);
    json_close(out, ']');
    put_string(out, m, "as", model_field(&e, FIELD_AS));
    put_place(out, m, &e);
    put_string(out, m, "words", model_field(&e, FIELD_WORDS));
    json_bool_field(out, "loosens", loosens);
    json_bool_field(out, "needsPlace", loosens && !proven);
    json_close(out, '}');
    *before = term;
}

static void put_terms(const struct view_request *q, struct buffer *out, uint32_t voice, struct entries entries)
{
    enum term before = TERM_ON_RECORD; /* the first terms are what was agreed: they loosen nothing */
    json_key(out, "terms");
    json_open(out, '[');
    for (uint32_t i = 0; i < entries.count; i++) {
        struct model_entry e = model_entry(q->o->model, entries.at[i]);
        if (e.verb == VERB_TERMS && entry_counts(&e) && model_field(&e, FIELD_VOICE)->at == voice)
            put_term(q, out, entries.at[i], &before);
    }
    json_close(out, ']');
}

static void put_said(const struct view_request *q, struct buffer *out, uint32_t voice, struct entries entries)
{
    struct telling t;
    uint32_t met = 0;
    telling_init(&t, q->o->model, q->o->bearing);
    json_key(out, "statements");
    json_open(out, '[');
    for (uint32_t i = entries.count; i-- > 0;) { /* the newest first */
        struct model_entry e = model_entry(q->o->model, entries.at[i]);
        bool says = e.verb == VERB_SAY || e.verb == VERB_DENY || e.verb == VERB_INFER;
        if (says && entry_counts(&e) && model_field(&e, FIELD_VOICE)->at == voice && met++ < MOST_LISTED)
            put_statement(q, &t, out, entries.at[i]);
    }
    json_close(out, ']');
    json_number_field(out, "statementsTotal", met);
    telling_release(&t);
}

static bool is_keystone(const struct row *row, uint32_t graph_voice)
{
    for (uint32_t i = 0; i < row->keystone_count; i++)
        if (row->keystones[i] == graph_voice)
            return true;
    return false;
}

/* What would stand otherwise without this voice. */
static void put_rests(const struct view_request *q, struct buffer *out, uint32_t voice)
{
    struct stand_changes c;
    uint32_t graph_voice = bearing_voice(q->o->bearing, voice);
    stand_changes_find(&c, q->o, &graph_voice, 1);
    json_key(out, "rests");
    json_open(out, '[');
    for (int alone = 1; alone >= 0; alone--)
        for (size_t i = 0, put = 0; i < c.rows.count && put < MOST_LISTED; i++) {
            struct row row = standing_row(bearing_graph(q->o->bearing), c.rows.at[i].claim);
            if (is_keystone(&row, graph_voice) != alone)
                continue;
            put++;
            json_open(out, '{');
            put_id(out, q->o->model, SPACE_CLAIM, c.rows.at[i].claim);
            json_text_field(out, "level", text_of(level_word(row.level)));
            json_bool_field(out, "alone", alone);
            json_close(out, '}');
        }
    json_close(out, ']');
    json_number_field(out, "restsTotal", c.rows.count);
    stand_changes_release(&c);
}

/* Whose word it passes on: whoever comes next in a chain behind it. */
static void put_tells(const struct view_request *q, struct buffer *out, uint32_t voice, struct entries entries)
{
    uint32_t told[MOST_LISTED], count = 0;
    for (uint32_t i = 0; i < entries.count && count < MOST_LISTED; i++) {
        struct model_entry e = model_entry(q->o->model, entries.at[i]);
        if ((e.verb != VERB_SAY && e.verb != VERB_DENY) || !entry_counts(&e))
            continue;
        uint32_t before = model_field(&e, FIELD_VOICE)->at;
        for (uint32_t f = 0; f < e.count; f++) {
            if (e.fields[f].kind != FIELD_TOLD_BY)
                continue;
            bool known = before != voice;
            for (uint32_t k = 0; k < count; k++)
                known |= told[k] == e.fields[f].at;
            if (!known && count < MOST_LISTED)
                told[count++] = e.fields[f].at;
            before = e.fields[f].at;
        }
    }
    json_key(out, "tells");
    json_open(out, '[');
    for (uint32_t i = 0; i < count; i++)
        put_voice(out, q->o->model, told[i]);
    json_close(out, ']');
}

static void put_through(const struct view_request *q, struct buffer *out, uint32_t voice)
{
    uint32_t who[MOST_LISTED];
    size_t count = next_citing(q->o->model, voice, who, MOST_LISTED);
    json_key(out, "through");
    json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        put_voice(out, q->o->model, who[i]);
    json_close(out, ']');
}

/* The entries of a verb that name the voice in a field of a kind, each put by `one`. */
static void put_entries(const struct view_request *q, struct buffer *out, const char *name, uint32_t voice,
                        struct entries entries, enum verb verb, enum field_kind kind,
                        void (*one)(const struct view_request *, struct buffer *, uint32_t))
{
    uint32_t put = 0;
    json_key(out, name);
    json_open(out, '[');
    for (uint32_t i = 0; i < entries.count; i++) {
        struct model_entry e = model_entry(q->o->model, entries.at[i]);
        bool named = false;
        for (uint32_t f = 0; f < e.count; f++)
            named |= e.fields[f].kind == kind && e.fields[f].at == voice;
        if (e.verb == verb && entry_counts(&e) && named && put++ < MOST_LISTED)
            one(q, out, entries.at[i]);
    }
    json_close(out, ']');
}

static void put_impugning(const struct view_request *q, struct buffer *out, uint32_t entry)
{
    struct model_entry e = model_entry(q->o->model, entry);
    json_open(out, '{');
    json_key(out, "by");
    put_claim_name(out, q->o->model, model_field(&e, FIELD_CLAIM)->at);
    json_close(out, '}');
}

static void put_accusing(const struct view_request *q, struct buffer *out, uint32_t entry)
{
    struct model_entry e = model_entry(q->o->model, entry);
    put_claim_name(out, q->o->model, model_field(&e, FIELD_CLAIM)->at);
}

static void count_protected(const struct view_request *q, uint32_t voice, struct entries entries, uint64_t count[4])
{
    static const enum field_kind kinds[] = {FIELD_KNOWN_AS, FIELD_CONTACT, FIELD_NOTE};
    for (int k = 0; k < 3; k++) {
        uint32_t all;
        const struct field *f = model_attribute(q->o->model, SPACE_VOICE, voice, kinds[k], &all);
        for (uint32_t i = 0; i < all; i++)
            count[k] += !f[i].forgotten;
    }
    for (uint32_t i = 0; i < entries.count; i++) {
        struct model_entry e = model_entry(q->o->model, entries.at[i]);
        if (e.verb == VERB_PROTECT && entry_counts(&e) && model_field(&e, FIELD_VOICE)->at == voice)
            count[3] += !model_field(&e, FIELD_DETAIL)->forgotten;
    }
}

static void put_secrets(const struct view_request *q, struct buffer *out, uint32_t voice, struct entries entries)
{
    static const char *const names[] = {"known-as", "contact", "note", "protect"};
    uint64_t count[4] = {0};
    count_protected(q, voice, entries, count);
    json_key(out, "secrets");
    json_open(out, '{');
    for (int i = 0; i < 4; i++)
        json_number_field(out, names[i], count[i]);
    json_close(out, '}');
}

int view_voice(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t voice;
    struct entries entries;
    if (view_id(q, "id", SPACE_VOICE, &voice, error))
        return -1;
    entries.at = model_mentions(q->o->model, SPACE_VOICE, voice, &entries.count);
    json_open(out, '{');
    put_voice_members(q, out, voice);
    put_voices_of(out, q->o->model, "of", SPACE_VOICE, voice, FIELD_OF);
    put_same(q, out, voice, entries);
    put_terms(q, out, voice, entries);
    put_said(q, out, voice, entries);
    put_rests(q, out, voice);
    put_through(q, out, voice);
    put_tells(q, out, voice, entries);
    put_entries(q, out, "impugned", voice, entries, VERB_IMPUGN, FIELD_VOICE, put_impugning);
    put_entries(q, out, "accused", voice, entries, VERB_CLAIM, FIELD_ACCUSES, put_accusing);
    put_entries(q, out, "asked", voice, entries, VERB_ASK, FIELD_VOICE, put_question);
    put_secrets(q, out, voice, entries);
    json_close(out, '}');
    return 0;
}
