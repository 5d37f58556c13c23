/* The log, the newest first, each entry in a sentence and in the notation, without anything that is protected. */
#include "desk/view_inside.h"

#include "ops/diary.h"

#include <time.h>

enum { USUAL = 60 };

/* Does the entry name anything of that sort, or hold the words in a string that is not protected? */
struct sought {
    struct text words;
    const uint64_t *found[SPACE_COUNT];
};

static bool has_words(struct text t, struct text words)
{
    for (size_t i = 0; words.length && i + words.length <= t.length; i++)
        if (strncasecmp(t.at + i, words.at, words.length) == 0)
            return true;
    return false;
}

static bool is_sought(const struct model *m, const struct model_entry *e, const struct sought *s)
{
    if (!s->words.length || text_equal(s->words, text_of(verb_word(e->verb))))
        return true;
    for (uint32_t i = 0; i < e->count; i++) {
        enum field_kind kind = (enum field_kind)e->fields[i].kind;
        enum model_space space = field_space(kind);
        if (space != SPACE_COUNT) {
            if (s->found[space] && found_has(s->found[space], e->fields[i].at))
                return true;
        } else if (!field_protected(e->verb, kind) && has_words(model_field_text(m, &e->fields[i]), s->words)) {
            return true;
        }
    }
    return false;
}

static void put_entry(const struct view_request *q, struct telling *t, struct buffer *out, uint32_t n)
{
    struct model_entry e = model_entry(q->o->model, n);
    struct buffer text = {0};
    json_open(out, '{');
    json_number_field(out, "entry", (uint64_t)n + 1);
    json_text_field(out, "verb", text_of(verb_word(e.verb)));
    telling_afresh(t);
    diary_sentence(t, n, &text);
    json_text_field(out, "words", buffer_text(&text));
    buffer_clear(&text);
    model_print_open(q->o->model, n, TEXT("[protected]"), &text);
    json_text_field(out, "notation", buffer_text(&text));
    json_bool_field(out, "retracted", e.retracted);
    json_bool_field(out, "void", e.is_void);
    json_close(out, '}');
    buffer_release(&text);
}

static void put_batch_head(struct buffer *out, const struct log_batch *b)
{
    char time[40] = "";
    struct tm utc;
    time_t seconds = (time_t)(b->time / 1000);
    if (gmtime_r(&seconds, &utc))
        strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_text_field(out, "time", text_of(time));
    json_text_field(out, "device", text_of(b->device));
}

/* A batch's entries below `before` that are sought, at most *left of them. */
static void put_batch(const struct view_request *q, struct telling *t, struct buffer *out, const struct log_batch *b,
                      uint32_t before, const struct sought *s, uint32_t *left)
{
    uint32_t end = b->first_entry + b->entries;
    bool opened = false;
    end = end < before ? end : before;
    for (uint32_t n = end; n > b->first_entry && *left; n--) {
        struct model_entry e = model_entry(q->o->model, n - 1);
        if (!is_sought(q->o->model, &e, s))
            continue;
        if (!opened) {
            json_open(out, '{');
            put_batch_head(out, b);
            json_key(out, "entries");
            json_open(out, '[');
        }
        opened = true;
        put_entry(q, t, out, n - 1);
        --*left;
    }
    if (opened) {
        json_close(out, ']');
        json_close(out, '}');
    }
}

int view_diary(const struct view_request *q, struct buffer *out, struct error *error)
{
    uint32_t before, left, entries = model_entries(q->o->model);
    if (view_number(q, "before", entries + 1, &before, error) || view_number(q, "limit", USUAL, &left, error))
        return -1;
    struct sought s = {.words = view_parameter(q, "q")};
    for (int space = 0; space < SPACE_COUNT; space++)
        s.found[space] = views_find(q->views, q->o->model, (enum model_space)space, s.words);
    before = before == 0 ? 0 : before > entries ? entries : before - 1;
    left = left > VIEW_MOST ? VIEW_MOST : left;
    size_t count = 0;
    const struct log_batch *batches = q->o->log ? log_batches(q->o->log, &count) : NULL;
    struct log_batch whole = {.entries = entries}; /* a text has no log: it is one batch, of no time */
    struct telling t;
    telling_init(&t, q->o->model, q->o->bearing);
    json_open(out, '{');
    json_number_field(out, "total", entries);
    json_key(out, "batches");
    json_open(out, '[');
    for (size_t i = count; i-- > 0 && left;)
        if (batches[i].first_entry < before)
            put_batch(q, &t, out, &batches[i], before, &s, &left);
    if (!batches && entries)
        put_batch(q, &t, out, &whole, before, &s, &left);
    json_close(out, ']');
    json_close(out, '}');
    telling_release(&t);
    return 0;
}
