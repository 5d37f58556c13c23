/* What was found, put so that it can be shown: see find.h. */
#include "ops/finding.h"

#include "base/json.h"
#include "base/memory.h"
#include "ops/telling.h"

enum { PASSAGE = 260 /* bytes, about */ };

struct answering {
    struct finder *f;
    const struct plan *plan;
    struct find_answer *out;
    VECTOR(struct passage_hit) marks;
    struct buffer pool;
    VECTOR(size_t) titles, passages; /* offsets into the pool, by hit */
};

static const struct space_of {
    uint8_t known; /* 1: a space */
    enum model_space space;
} spaces[SEARCH_KINDS] = {
    [SEARCH_CLAIM] = {1, SPACE_CLAIM},   [SEARCH_STATEMENT] = {1, SPACE_CLAIM}, [SEARCH_VOICE] = {1, SPACE_VOICE},
    [SEARCH_RECORD] = {1, SPACE_RECORD}, [SEARCH_TEXT] = {1, SPACE_RECORD},     [SEARCH_TRANSCRIPT] = {1, SPACE_RECORD},
};

/* The words by which the subject of a unit is known. */
static struct text title_of(const struct finder *f, const struct corpus_unit *u)
{
    const finding_units *of = &f->of[spaces[u->kind].space];
    uint32_t unit = u->subject < of->count ? of->at[u->subject] : UINT32_MAX;
    return unit == UINT32_MAX ? TEXT("") : corpus_text(f->search, unit);
}

/* The line of a transcript that a byte of its unit is in. */
static const struct finding_mark *mark_of(const struct finder *f, uint32_t unit, size_t offset)
{
    size_t low = 0, count = f->marks.count;
    while (count) {
        size_t half = count / 2;
        const struct finding_mark *m = &f->marks.at[low + half];
        if (m->unit < unit || (m->unit == unit && m->offset <= offset)) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low && f->marks.at[low - 1].unit == unit ? &f->marks.at[low - 1] : NULL;
}

/* Where in a record's text, or in a recording, the first word found is. */
static void place_hit(const struct answering *a, uint32_t unit, const struct passage *p, struct find_hit *hit)
{
    const struct corpus_unit *u = corpus_unit(a->f->search, unit);
    struct passage_hit first = p->hits.count ? p->hits.at[0] : (struct passage_hit){0};
    hit->seconds = -1;
    hit->page = u->page;
    hit->in_text = u->kind == SEARCH_TEXT || u->kind == SEARCH_TRANSCRIPT;
    hit->at = u->at + first.start;
    hit->length = first.length;
    const struct finding_mark *m = u->kind == SEARCH_TRANSCRIPT ? mark_of(a->f, unit, first.start) : NULL;
    if (m) {
        hit->at = m->at + (first.start - m->offset);
        hit->seconds = (double)m->start / 1000;
    }
}

static void put_passage(struct answering *a, const struct passage *p, struct text t, struct find_hit *hit)
{
    hit->before = p->start > 0;
    hit->after = p->end < t.length;
    hit->mark = (uint32_t)a->marks.count;
    hit->marks = (uint32_t)p->hits.count;
    for (size_t i = 0; i < p->hits.count; i++)
        vector_push(&a->marks, (struct passage_hit){p->hits.at[i].start - p->start, p->hits.at[i].length});
    hit->passage.length = p->end - p->start;
    vector_push(&a->passages, a->pool.length);
    buffer_text_add(&a->pool, (struct text){t.at + p->start, p->end - p->start});
}

static void put_hit(struct answering *a, uint32_t unit, struct find_hit *hit)
{
    const struct finder *f = a->f;
    const struct corpus_unit *u = corpus_unit(f->search, unit);
    struct text t = corpus_text(f->search, unit), title = title_of(f, u);
    struct passage p;
    const char *id = f->ids[spaces[u->kind].space].at[u->subject];
    hit->kind = u->kind;
    memcpy(hit->id, id, strlen(id) + 1);
    hit->entry = u->kind == SEARCH_STATEMENT ? u->entry + 1 : 0;
    hit->title.length = title.length;
    vector_push(&a->titles, a->pool.length);
    buffer_text_add(&a->pool, title);
    passage_find(a->plan, t, PASSAGE, &p);
    place_hit(a, unit, &p, hit);
    put_passage(a, &p, t, hit);
    vector_release(&p.hits);
}

/* Copies what was found, so that it outlasts the lock. */
static void put_hits(struct answering *a, const struct corpus_answer *found)
{
    struct find_answer *out = a->out;
    out->hits = memory_array(found->count ? found->count : 1, sizeof *out->hits);
    out->count = found->count;
    out->total = found->total;
    buffer_string(&a->pool, "");
    for (size_t i = 0; i < found->count; i++)
        put_hit(a, found->at[i].unit, &out->hits[i]);
    for (size_t i = 0; i < found->count; i++) {
        out->hits[i].title.at = a->pool.at + a->titles.at[i];
        out->hits[i].passage.at = a->pool.at + a->passages.at[i];
    }
    out->marks = a->marks.at;
    out->pool = a->pool.at;
    vector_release(&a->titles);
    vector_release(&a->passages);
}

/* How far the reading is: a text of a record is as much work as some thousand entries. */
static void put_progress(const struct finder *f, struct find_answer *out)
{
    const uint64_t of_text = 1000;
    out->done = f->next + f->waited * of_text;
    out->of = f->entries + f->waiting.count * of_text;
    out->ready = !f->look && f->next == f->entries && f->waited == f->waiting.count && (f->settled || f->only);
    out->of += out->of == out->done && !out->ready;
    out->unread = f->unread;
}

int finder_find(struct finder *f, const struct query *q, unsigned kinds, size_t most, struct find_answer *out,
                struct error *error)
{
    struct corpus_answer found;
    *out = (struct find_answer){0};
    __atomic_add_fetch(&f->asking, 1, __ATOMIC_SEQ_CST);
    pthread_mutex_lock(&f->lock);
    int result = -1;
    if (f->failed) {
        *error = f->error;
    } else {
        result = corpus_find(f->search, q, kinds, most, &found, error);
        struct answering a = {.f = f, .plan = &found.plan, .out = out};
        if (!result)
            put_hits(&a, &found);
        put_progress(f, out);
        corpus_answer_release(&found);
    }
    __atomic_sub_fetch(&f->asking, 1, __ATOMIC_SEQ_CST);
    pthread_cond_broadcast(&f->wake);
    pthread_mutex_unlock(&f->lock);
    return result;
}

void find_answer_release(struct find_answer *a)
{
    free(a->hits);
    free(a->marks);
    free(a->pool);
    *a = (struct find_answer){0};
}

/* ---- kinds ---- */

static const struct {
    const char *word;
    unsigned kinds;
} kind_words[] = {
    {"claims", 1u << SEARCH_CLAIM},
    {"statements", 1u << SEARCH_STATEMENT},
    {"voices", 1u << SEARCH_VOICE},
    {"records", 1u << SEARCH_RECORD | 1u << SEARCH_TEXT | 1u << SEARCH_TRANSCRIPT},
    {"transcripts", 1u << SEARCH_TRANSCRIPT},
};

static unsigned kind_of_word(struct text word)
{
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++) {
        struct text known = text_of(kind_words[i].word);
        if (text_equal(word, known) || text_equal(word, (struct text){known.at, known.length - 1}))
            return kind_words[i].kinds;
    }
    return 0;
}

unsigned find_kinds(struct text list, struct error *error)
{
    unsigned kinds = 0;
    for (size_t from = 0; from <= list.length;) {
        size_t end = from;
        while (end < list.length && list.at[end] != ',')
            end++;
        struct text word = {list.at + from, end - from};
        unsigned of_word = kind_of_word(word);
        if (!of_word) {
            error_set(error, ERROR_USAGE, "'%.*s' is nothing that can be searched", TEXT_ARG(word));
            error_mend(error, "write one or more of claims, statements, voices, records and transcripts, with commas");
            return 0;
        }
        kinds |= of_word;
        from = end + 1;
    }
    return kinds;
}

/* ---- for programs ---- */

static const char *const kind_names[SEARCH_KINDS] = {
    [SEARCH_CLAIM] = "claim",   [SEARCH_STATEMENT] = "statement", [SEARCH_VOICE] = "voice",
    [SEARCH_RECORD] = "record", [SEARCH_TEXT] = "record",         [SEARCH_TRANSCRIPT] = "transcript",
};

static void json_piece(struct buffer *out, struct text t, bool hit)
{
    if (!t.length)
        return;
    json_open(out, '{');
    json_text_field(out, "text", t);
    json_bool_field(out, "hit", hit);
    json_close(out, '}');
}

static void json_passage(const struct find_answer *a, const struct find_hit *h, struct buffer *out)
{
    size_t at = 0;
    json_key(out, "passage");
    json_open(out, '[');
    json_piece(out, h->before ? TEXT("…") : TEXT(""), false);
    for (uint32_t i = 0; i < h->marks; i++) {
        const struct passage_hit *m = &a->marks[h->mark + i];
        json_piece(out, (struct text){h->passage.at + at, m->start - at}, false);
        json_piece(out, (struct text){h->passage.at + m->start, m->length}, true);
        at = m->start + m->length;
    }
    json_piece(out, (struct text){h->passage.at + at, h->passage.length - at}, false);
    json_piece(out, h->after ? TEXT("…") : TEXT(""), false);
    json_close(out, ']');
}

static void json_hit(const struct find_answer *a, const struct find_hit *h, struct buffer *out)
{
    json_open(out, '{');
    json_text_field(out, "kind", text_of(kind_names[h->kind]));
    json_text_field(out, "id", text_of(h->id));
    if (h->entry)
        json_number_field(out, "entry", h->entry);
    json_text_field(out, "title", h->title);
    if (h->page)
        json_number_field(out, "page", h->page);
    if (h->in_text) {
        json_number_field(out, "at", h->at);
        json_number_field(out, "length", h->length);
    }
    if (h->seconds >= 0) {
        json_key(out, "seconds");
        json_value(out);
        buffer_format(out, "%.3f", h->seconds);
    }
    json_passage(a, h, out);
    json_close(out, '}');
}

void find_json(const struct find_answer *a, struct buffer *out)
{
    json_open(out, '{');
    json_bool_field(out, "ready", a->ready);
    json_key(out, "progress");
    json_open(out, '[');
    json_number(out, a->done);
    json_number(out, a->of);
    json_close(out, ']');
    if (a->unread)
        json_number_field(out, "unread", a->unread);
    json_number_field(out, "total", a->total);
    json_key(out, "hits");
    json_open(out, '[');
    for (size_t i = 0; i < a->count; i++)
        json_hit(a, &a->hits[i], out);
    json_close(out, ']');
    json_close(out, '}');
}
