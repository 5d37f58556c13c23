/* A text under test. See subject.h. */
#include "cases/subject.h"

#include "base/vector.h"

#include <stdlib.h>

/* Rows that differ, as text: those of standing_without(), in order of claim. */
struct changed_row {
    uint32_t claim;
    size_t at, length;
};
struct changed {
    const struct bearing *bearing;
    struct buffer rows;
    VECTOR(struct changed_row) at;
};

static bool subject_take(struct subject *s, struct text notation, enum take take)
{
    struct faults faults = {0};
    bool taken = model_take(s->model, notation, take, &faults) == 0;
    if (!taken) {
        buffer_clear(&s->faults);
        faults_print(&faults, "case", &s->faults);
    }
    faults_release(&faults);
    return taken;
}

int subject_open(struct subject *s, struct text notation)
{
    *s = (struct subject){.model = model_new()};
    if (!subject_take(s, notation, TAKE_TEXT))
        return -1;
    s->bearing = bearing_new(s->model);
    return standing_measure(bearing_graph(s->bearing), NULL);
}

/* The first entry of `rest` with its attributes, and the comments before it. */
static struct text entry_off(struct text *rest)
{
    size_t end = 0;
    bool begun = false;
    while (end < rest->length) {
        bool starts = rest->at[end] != ' ' && rest->at[end] != '#' && rest->at[end] != '\n';
        if (starts && begun)
            break;
        begun |= starts;
        const char *newline = memchr(rest->at + end, '\n', rest->length - end);
        end = newline ? (size_t)(newline - rest->at) + 1 : rest->length;
    }
    struct text entry = {rest->at, end};
    rest->at += end;
    rest->length -= end;
    return entry;
}

int subject_open_stepwise(struct subject *s, struct text notation)
{
    *s = (struct subject){.model = model_new()};
    s->bearing = bearing_new(s->model);
    standing_measure(bearing_graph(s->bearing), NULL);
    struct buffer pending = {0};
    while (notation.length > 0) {
        buffer_text_add(&pending, entry_off(&notation));
        if (!subject_take(s, buffer_text(&pending), TAKE_LOG))
            continue;
        buffer_clear(&pending);
        if (bearing_update(s->bearing))
            standing_measure(bearing_graph(s->bearing), NULL);
        else
            standing_update(bearing_graph(s->bearing));
    }
    int result = pending.length == 0 ? 0 : -1;
    buffer_release(&pending);
    return result;
}

void subject_close(struct subject *s)
{
    bearing_free(s->bearing);
    model_free(s->model);
    buffer_release(&s->faults);
}

void subject_stand(struct subject *s, struct buffer *out)
{
    const struct graph *g = bearing_graph(s->bearing);
    for (uint32_t c = 0; c < model_claims(s->model); c++) {
        struct row row = standing_row(g, c);
        bearing_row_json(s->bearing, c, &row, out);
    }
}

static void keep_changed(void *context, uint32_t claim, const struct row *row)
{
    struct changed *changed = context;
    size_t start = changed->rows.length;
    bearing_row_json(changed->bearing, claim, row, &changed->rows);
    vector_push(&changed->at, (struct changed_row){claim, start, changed->rows.length - start});
}

void subject_without(struct subject *s, struct text ids, struct buffer *out)
{
    VECTOR(uint32_t) voices = {0};
    while (ids.length > 0) {
        const char *comma = memchr(ids.at, ',', ids.length);
        size_t length = comma ? (size_t)(comma - ids.at) : ids.length;
        uint32_t voice = bearing_find(s->bearing, (struct text){ids.at, length});
        if (voice != GRAPH_NONE)
            vector_push(&voices, voice);
        length += comma != NULL;
        ids = (struct text){ids.at + length, ids.length - length};
    }
    struct changed changed = {.bearing = s->bearing};
    struct graph *g = bearing_graph(s->bearing);
    standing_without(g, voices.at, voices.count, keep_changed, &changed);
    for (uint32_t c = 0, next = 0; c < model_claims(s->model); c++) {
        if (next < changed.at.count && changed.at.at[next].claim == c) {
            buffer_add(out, changed.rows.at + changed.at.at[next].at, changed.at.at[next].length);
            next++;
        } else {
            struct row row = standing_row(g, c);
            bearing_row_json(s->bearing, c, &row, out);
        }
    }
    vector_release(&voices);
    vector_release(&changed.at);
    buffer_release(&changed.rows);
}

void subject_next(struct subject *s, struct buffer *out)
{
    size_t count;
    struct ask_whom *asks = bearing_next(s->bearing, &count);
    for (size_t i = 0; i < count; i++) {
        buffer_string(out, "{\"ask\":\"");
        buffer_text_add(out, model_id(s->model, SPACE_VOICE, asks[i].voice));
        buffer_string(out, "\",\"raises\":[");
        for (uint32_t k = 0; k < asks[i].count; k++) {
            buffer_string(out, k ? ",\"" : "\"");
            buffer_text_add(out, model_id(s->model, SPACE_CLAIM, asks[i].raises[k]));
            buffer_char(out, '"');
        }
        buffer_string(out, "]}\n");
    }
    bearing_asks_free(asks, count);
}

bool text_line(struct text *rest, struct text *line)
{
    if (rest->length == 0)
        return false;
    const char *newline = memchr(rest->at, '\n', rest->length);
    size_t length = newline ? (size_t)(newline - rest->at) : rest->length;
    *line = (struct text){rest->at, length};
    length += newline != NULL;
    *rest = (struct text){rest->at + length, rest->length - length};
    return true;
}
