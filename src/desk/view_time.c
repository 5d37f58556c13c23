/* What is said to have happened, in the order of its dates; and what the desk did on which day. */
#include "desk/view_inside.h"

#include <time.h>

/* ---- what happened ---- */

/* A date is its first eight bytes put into a number: years, months and days order as they should. */
struct event {
    char on[24];
    uint32_t number; /* claim, record or entry */
    uint8_t kind;
};

enum event_kind { EVENT_CLAIM, EVENT_RECORD, EVENT_STATEMENT };

struct timeline {
    VECTOR(struct event) events;
};

void timeline_free(struct timeline *t)
{
    if (!t)
        return;
    vector_release(&t->events);
    free(t);
}

static void add_event(struct timeline *t, struct text on, enum event_kind kind, uint32_t number)
{
    if (!on.length)
        return;
    struct event e = {.kind = (uint8_t)kind, .number = number};
    memcpy(e.on, on.at, on.length < sizeof e.on - 1 ? on.length : sizeof e.on - 1);
    vector_push(&t->events, e);
}

static int by_date(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    int order = strcmp(x->on, y->on);
    if (order)
        return order;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Made when it is first asked for. */
static const struct timeline *timeline_of(const struct view_request *q)
{
    struct views *v = q->views;
    const struct model *m = q->o->model;
    if (v->timeline)
        return v->timeline;
    struct timeline *t = v->timeline = memory_new(sizeof *t);
    for (uint32_t c = 0; c < model_claims(m); c++)
        add_event(t, model_attribute_text(m, SPACE_CLAIM, c, FIELD_ON), EVENT_CLAIM, c);
    for (uint32_t r = 0; r < model_records(m); r++)
        add_event(t, model_attribute_text(m, SPACE_RECORD, r, FIELD_ON), EVENT_RECORD, r);
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if ((e.verb == VERB_SAY || e.verb == VERB_DENY) && entry_counts(&e))
            add_event(t, model_field_text(m, model_field(&e, FIELD_ON)), EVENT_STATEMENT, n);
    }
    if (t->events.count)
        qsort(t->events.at, t->events.count, sizeof *t->events.at, by_date);
    return t;
}

static uint32_t claim_of(const struct model *m, const struct event *e)
{
    if (e->kind == EVENT_CLAIM)
        return e->number;
    struct model_entry entry = model_entry(m, e->number);
    return model_field(&entry, FIELD_CLAIM)->at;
}

static void put_event(const struct view_request *q, struct buffer *out, const struct event *e)
{
    static const char *const kinds[] = {"claim", "record", "statement"};
    const struct model *m = q->o->model;
    json_open(out, '{');
    json_text_field(out, "on", text_of(e->on));
    json_text_field(out, "kind", text_of(kinds[e->kind]));
    if (e->kind == EVENT_RECORD) {
        json_text_field(out, "id", model_id(m, SPACE_RECORD, e->number));
        put_attribute(out, m, "sentence", SPACE_RECORD, e->number, FIELD_TITLE);
    } else {
        put_id(out, m, SPACE_CLAIM, claim_of(m, e));
        put_attribute(out, m, "place", SPACE_CLAIM, claim_of(m, e), FIELD_PLACE);
    }
    if (e->kind == EVENT_STATEMENT) {
        struct model_entry entry = model_entry(m, e->number);
        json_number_field(out, "entry", (uint64_t)e->number + 1);
        json_key(out, "voice");
        put_voice(out, m, model_field(&entry, FIELD_VOICE)->at);
    }
    json_close(out, '}');
}

static void put_happened(const struct view_request *q, struct buffer *out, struct page page)
{
    const struct timeline *t = timeline_of(q);
    const struct model *m = q->o->model;
    struct text query = view_parameter(q, "q");
    const uint64_t *claims = views_find(q->views, m, SPACE_CLAIM, query);
    const uint64_t *records = views_find(q->views, m, SPACE_RECORD, query);
    uint32_t matching = 0;
    json_key(out, "happened");
    json_open(out, '[');
    for (size_t i = 0; i < t->events.count; i++) {
        const struct event *e = &t->events.at[i];
        if (e->kind == EVENT_RECORD ? !found_has(records, e->number) : !found_has(claims, claim_of(m, e)))
            continue;
        if (matching >= page.offset && matching - page.offset < page.limit)
            put_event(q, out, e);
        matching++;
    }
    json_close(out, ']');
    json_number_field(out, "matching", matching);
}

/* ---- the desk's own work ---- */

struct day {
    char day[16];
    uint32_t entries, said, claims, voices, records;
};

static void count_entry(struct day *d, const struct model_entry *e)
{
    d->entries++;
    d->said += e->verb == VERB_SAY || e->verb == VERB_DENY || e->verb == VERB_INFER;
    d->claims += e->verb == VERB_CLAIM;
    d->voices += e->verb == VERB_VOICE;
    d->records += e->verb == VERB_RECORD;
}

static void day_of(uint64_t milliseconds, char out[16])
{
    struct tm utc;
    time_t seconds = (time_t)(milliseconds / 1000);
    *out = '\0';
    if (gmtime_r(&seconds, &utc))
        strftime(out, 16, "%Y-%m-%d", &utc);
}

static int by_day(const void *a, const void *b)
{
    const struct day *x = a, *y = b;
    return strcmp(y->day, x->day);
}

/* One a day of work, the newest first. Batches are in the order of the log, which is nearly that of time. */
static void put_days(const struct view_request *q, struct buffer *out)
{
    VECTOR(struct day) days = {0};
    size_t count = 0, kept = 0;
    const struct log_batch *batches = q->o->log ? log_batches(q->o->log, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        struct day day = {0};
        day_of(batches[i].time, day.day);
        if (!days.count || strcmp(days.at[days.count - 1].day, day.day) != 0)
            vector_push(&days, day);
        uint32_t end = batches[i].first_entry + batches[i].entries;
        for (uint32_t n = batches[i].first_entry; n < end && n < model_entries(q->o->model); n++) {
            struct model_entry e = model_entry(q->o->model, n);
            count_entry(&days.at[days.count - 1], &e);
        }
    }
    if (days.count)
        qsort(days.at, days.count, sizeof *days.at, by_day);
    for (size_t i = 0; i < days.count; i++) {
        struct day *d = &days.at[i], *last = kept ? &days.at[kept - 1] : NULL;
        if (last && strcmp(last->day, d->day) == 0)
            *last = (struct day){.entries = last->entries + d->entries,
                                 .said = last->said + d->said,
                                 .claims = last->claims + d->claims,
                                 .voices = last->voices + d->voices,
                                 .records = last->records + d->records};
        else
            days.at[kept++] = *d;
        memcpy(days.at[kept - 1].day, d->day, sizeof d->day);
    }
    for (size_t i = 0; i < kept; i++) {
        const struct day *d = &days.at[i];
        json_open(out, '{');
        json_text_field(out, "day", text_of(d->day));
        json_number_field(out, "entries", d->entries);
        json_number_field(out, "said", d->said);
        json_number_field(out, "claims", d->claims);
        json_number_field(out, "voices", d->voices);
        json_number_field(out, "records", d->records);
        json_close(out, '}');
    }
    vector_release(&days);
}

int view_timeline(const struct view_request *q, struct buffer *out, struct error *error)
{
    struct page page;
    if (view_page(q, &page, error))
        return -1;
    struct views *v = q->views;
    if (!v->days.length) {
        json_open(&v->days, '[');
        put_days(q, &v->days);
        json_close(&v->days, ']');
    }
    json_open(out, '{');
    put_happened(q, out, page);
    json_key(out, "work");
    json_value(out);
    buffer_text_add(out, buffer_text(&v->days));
    json_close(out, '}');
    return 0;
}
