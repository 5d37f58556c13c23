/* From entries and texts to units that can be found: see finding.h.
 *
 * Entries are followed in their order, so that what is added, amended, retracted or destroyed later changes only what
 * it is about. */
#include "ops/finding.h"

#include "base/clock.h"
#include "base/memory.h"
#include "ops/transcript.h"

enum {
    SLICE_ENTRIES = 64,      /* between two looks at the clock */
    SLICE_MILLISECONDS = 8,  /* that a reading of the case takes */
    PIECE = 4096,            /* bytes of a text in one unit, about */
    PIECES_AT_ONCE = 16,     /* bytes << 12 that are put in under one lock */
    TRANSCRIPT_PIECE = 1500, /* likewise of a transcript */
    DROPPED_MOST = 20000,    /* units that are found no more, until all is read anew */
};

static const enum search_kind kind_of[SPACE_COUNT] = {
    [SPACE_VOICE] = SEARCH_VOICE, [SPACE_RECORD] = SEARCH_RECORD, [SPACE_CLAIM] = SEARCH_CLAIM};
static const enum field_kind words_of[SPACE_COUNT] = {
    [SPACE_VOICE] = FIELD_NAME, [SPACE_RECORD] = FIELD_TITLE, [SPACE_CLAIM] = FIELD_SENTENCE};

/* ---- beginning and ending ---- */

static void forget_all(struct finder *f)
{
    corpus_free(f->search);
    f->search = NULL;
    for (int s = 0; s < SPACE_COUNT; s++) {
        for (size_t i = 0; i < f->ids[s].count; i++)
            free(f->ids[s].at[i]);
        vector_release(&f->ids[s]);
        vector_release(&f->of[s]);
    }
    vector_release(&f->statements);
    vector_release(&f->texts);
    vector_release(&f->states);
    vector_release(&f->marks);
    vector_release(&f->waiting);
    f->next = f->entries = f->unread = f->dropped = 0;
    f->waited = 0;
    f->settled = false;
}

int finding_restart(struct finder *f)
{
    forget_all(f);
    f->search = corpus_new(&f->error);
    f->failed = !f->search;
    if (f->search && f->only)
        corpus_only(f->search, f->only);
    return f->failed ? -1 : 0;
}

void finding_release(struct finder *f)
{
    forget_all(f);
}

/* ---- units ---- */

static uint32_t add(struct finder *f, const struct corpus_unit *u, struct text t)
{
    uint32_t unit = corpus_units(f->search);
    f->failed = f->failed || corpus_add(f->search, u, t, &f->error) != 0;
    return f->failed ? UINT32_MAX : unit;
}

static void drop(struct finder *f, uint32_t *unit)
{
    if (*unit == UINT32_MAX)
        return;
    corpus_drop(f->search, *unit);
    *unit = UINT32_MAX;
    f->dropped++;
}

static void remember_id(struct finder *f, const struct model *m, enum model_space space, uint32_t number)
{
    while (f->ids[space].count <= number)
        vector_push(&f->ids[space], NULL);
    if (f->ids[space].at[number])
        return;
    struct text id = model_id(m, space, number);
    f->ids[space].at[number] = memory_copy(id.at, id.length);
}

/* The words by which a voice, record or claim is known, as they are now. */
static void renew(struct finder *f, const struct model *m, enum model_space space, uint32_t number)
{
    struct buffer words = {0};
    if (space == SPACE_VOICE && number == MODEL_DESK)
        return;
    while (f->of[space].count <= number)
        vector_push(&f->of[space], UINT32_MAX);
    remember_id(f, m, space, number);
    drop(f, &f->of[space].at[number]);
    if (model_declared(m, space, number)) {
        notation_unescape(model_attribute_text(m, space, number, words_of[space]), &words);
        struct corpus_unit u = {.kind = kind_of[space], .subject = number};
        f->of[space].at[number] = add(f, &u, buffer_text(&words));
    }
    buffer_release(&words);
}

/* What was said, word for word, and the note on it. */
static void add_statement(struct finder *f, const struct model *m, const struct model_entry *e, uint32_t n)
{
    const struct field *claim = model_field(e, FIELD_CLAIM);
    struct buffer words = {0};
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->fields[i].kind != FIELD_WORDS && e->fields[i].kind != FIELD_BECAUSE && e->fields[i].kind != FIELD_NOTE)
            continue;
        if (words.length)
            buffer_char(&words, '\n');
        notation_unescape(model_field_text(m, &e->fields[i]), &words);
    }
    if (words.length && claim) {
        struct corpus_unit u = {.kind = SEARCH_STATEMENT, .subject = claim->at, .entry = n};
        remember_id(f, m, SPACE_CLAIM, claim->at);
        vector_push(&f->statements, (struct statement_unit){n, add(f, &u, buffer_text(&words))});
    }
    buffer_release(&words);
}

static void drop_statement(struct finder *f, uint32_t entry)
{
    size_t low = 0, count = f->statements.count;
    while (count) {
        size_t half = count / 2;
        if (f->statements.at[low + half].entry < entry) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    if (low < f->statements.count && f->statements.at[low].entry == entry)
        drop(f, &f->statements.at[low].unit);
}

static uint8_t *state_of(struct finder *f, uint32_t record)
{
    while (f->states.count <= record)
        vector_push(&f->states, 0);
    return &f->states.at[record];
}

/* Linear in the texts, and rare: a text is seldom derived twice. */
static void drop_text(struct finder *f, uint32_t record, enum find_text what)
{
    uint8_t *state = state_of(f, record);
    if (!(*state & 1u << what))
        return;
    *state &= (uint8_t) ~(1u << what);
    for (size_t i = 0; i < f->texts.count; i++) {
        struct text_units *r = &f->texts.at[i];
        if (r->record != record || r->what != what)
            continue;
        for (uint32_t k = 0; k < r->count; k++)
            corpus_drop(f->search, r->first + k);
        f->dropped += r->count;
        r->count = 0;
    }
}

/* ---- entries ---- */

/* A text that was derived from a record's file: it waits to be read, once. */
static void await_text(struct finder *f, const struct model *m, const struct model_entry *e)
{
    const struct field *record = model_field(e, FIELD_RECORD), *derived = model_field(e, FIELD_DERIVED);
    struct text what = derived ? model_field_text(m, derived) : TEXT("");
    bool transcript = text_equal(what, TEXT("transcript"));
    if (!record || (!transcript && !text_equal(what, TEXT("text"))))
        return;
    struct finding_text t = {record->at, transcript ? FIND_TRANSCRIPT : FIND_TEXT};
    uint8_t *state = state_of(f, t.record);
    if (*state & 4u << t.what)
        return;
    *state |= (uint8_t)(4u << t.what);
    remember_id(f, m, SPACE_RECORD, t.record);
    vector_push(&f->waiting, t);
}

/* The file of a record is gone, and so must be what it said: from memory too. False where some of it is in the index.
 */
static bool forget_text(struct finder *f, const struct model_entry *e)
{
    const struct field *record = model_field(e, FIELD_RECORD);
    uint8_t *state = record ? state_of(f, record->at) : NULL;
    if (!state || !*state)
        return true;
    if (*state & 3)
        return false;
    for (size_t i = f->waited; i < f->waiting.count; i++)
        if (f->waiting.at[i].record == record->at)
            f->waiting.at[i].record = UINT32_MAX;
    *state = 0;
    return true;
}

/* What an entry that no longer holds said. */
static void take_back(struct finder *f, const struct model *m, uint32_t n)
{
    struct model_entry e = model_entry(m, n);
    if (e.verb == VERB_VOICE)
        renew(f, m, SPACE_VOICE, model_field(&e, FIELD_VOICE)->at);
    else if (e.verb == VERB_RECORD)
        renew(f, m, SPACE_RECORD, model_field(&e, FIELD_RECORD)->at);
    else if (e.verb == VERB_CLAIM)
        renew(f, m, SPACE_CLAIM, model_field(&e, FIELD_CLAIM)->at);
    else
        drop_statement(f, n);
}

/* False where all has to be read anew. */
static bool take_entry(struct finder *f, const struct model *m, uint32_t n)
{
    struct model_entry e = model_entry(m, n);
    if (e.is_void || (e.retracted && e.verb != VERB_RETRACT))
        return true;
    switch (e.verb) {
    case VERB_VOICE:
        renew(f, m, SPACE_VOICE, model_field(&e, FIELD_VOICE)->at);
        break;
    case VERB_RECORD:
        renew(f, m, SPACE_RECORD, model_field(&e, FIELD_RECORD)->at);
        break;
    case VERB_CLAIM:
        renew(f, m, SPACE_CLAIM, model_field(&e, FIELD_CLAIM)->at);
        break;
    case VERB_SAY:
    case VERB_DENY:
    case VERB_INFER:
        add_statement(f, m, &e, n);
        break;
    case VERB_RETRACT:
        if (!e.retracted && model_retracted_entry(m, &e) < n)
            take_back(f, m, model_retracted_entry(m, &e));
        break;
    case VERB_DERIVED:
        await_text(f, m, &e);
        break;
    case VERB_DESTROY:
        return forget_text(f, &e);
    default:
        break;
    }
    return true;
}

bool finding_take(struct finder *f, const struct opened *o, uint32_t epoch)
{
    const struct model *m = o->model;
    uint64_t end = clock_nanoseconds() + SLICE_MILLISECONDS * UINT64_C(1000000);
    bool anew = epoch != f->epoch || model_entries(m) < f->next || f->dropped > DROPPED_MOST;
    f->epoch = epoch;
    if (anew && f->next && finding_restart(f))
        return true;
    f->entries = model_entries(m);
    while (f->next < f->entries && !f->failed && !f->stop) {
        if (!take_entry(f, m, f->next)) {
            if (finding_restart(f))
                return true;
            f->entries = model_entries(m);
            continue;
        }
        f->settled = false;
        if (++f->next % SLICE_ENTRIES == 0 && clock_nanoseconds() > end)
            return false;
    }
    return true;
}

/* ---- texts of records ---- */

/* Where a piece that begins at `from` ends, at `end` at most: behind a line, or else a blank, or else a character. */
static size_t piece_end(struct text t, size_t from, size_t end)
{
    size_t at = from + PIECE, least = from + PIECE / 2;
    if (end - from <= PIECE + PIECE / 4)
        return end;
    for (size_t i = at; i > least; i--)
        if (t.at[i - 1] == '\n')
            return i;
    for (size_t i = at; i > least; i--)
        if (t.at[i - 1] == ' ')
            return i;
    while (at > least && ((unsigned char)t.at[at] & 0xc0) == 0x80)
        at--;
    return at;
}

struct putting {
    struct finder *f;
    struct finding_text what;
    size_t bytes; /* put in under the lock that is held now */
};

static bool goes_on(const struct putting *p)
{
    return !p->f->failed && !p->f->stop;
}

/* Lets others in, after so and so much. */
static void breathe(struct putting *p, size_t bytes)
{
    p->bytes += bytes;
    if (p->bytes < (size_t)PIECES_AT_ONCE << 12)
        return;
    p->bytes = 0;
    pthread_mutex_unlock(&p->f->lock);
    finding_lock(p->f);
}

static void put_piece(struct putting *p, struct text t, uint32_t page, uint64_t at)
{
    struct corpus_unit u = {.kind = p->what.what == FIND_TEXT ? SEARCH_TEXT : SEARCH_TRANSCRIPT,
                            .subject = p->what.record,
                            .page = page,
                            .at = at};
    uint32_t unit = add(p->f, &u, t);
    struct text_units *last = p->f->texts.count ? &p->f->texts.at[p->f->texts.count - 1] : NULL;
    if (last && last->record == p->what.record && last->what == p->what.what && last->first + last->count == unit)
        last->count++;
    else if (unit != UINT32_MAX)
        vector_push(&p->f->texts, (struct text_units){p->what.record, unit, 1, p->what.what});
}

static void put_text(struct putting *p, struct text t, const struct find_pages *pages)
{
    for (size_t page = 0; page <= pages->count && goes_on(p); page++) {
        size_t from = page ? pages->at[page - 1] : 0, end = page < pages->count ? pages->at[page] : t.length;
        end = end < t.length ? end : t.length;
        while (from < end && goes_on(p)) {
            size_t to = piece_end(t, from, end);
            put_piece(p, (struct text){t.at + from, to - from}, (uint32_t)page, from);
            breathe(p, to - from);
            from = to;
        }
    }
}

static void put_transcript(struct putting *p, struct text source)
{
    struct transcript t;
    struct faults faults = {0};
    struct buffer piece = {0};
    if (transcript_read(source, &t, &faults))
        p->f->unread++;
    for (size_t i = 0; i < t.lines.count && goes_on(p);) {
        size_t first = i;
        for (; i < t.lines.count && (i == first || piece.length < TRANSCRIPT_PIECE); i++) {
            const struct transcript_line *l = &t.lines.at[i];
            struct finding_mark mark = {corpus_units(p->f->search), (uint32_t)piece.length, l->at, l->start};
            vector_push(&p->f->marks, mark);
            buffer_text_add(&piece, transcript_text(&t, l));
            buffer_char(&piece, '\n');
        }
        put_piece(p, buffer_text(&piece), 0, t.lines.at[first].at);
        breathe(p, piece.length);
        buffer_clear(&piece);
    }
    if (piece.at)
        explicit_bzero(piece.at, piece.room);
    buffer_release(&piece);
    transcript_release(&t);
    faults_release(&faults);
}

void finding_put(struct finder *f, struct finding_text what, struct text t, const struct find_pages *pages)
{
    finding_lock(f);
    struct putting p = {.f = f, .what = what};
    drop_text(f, what.record, what.what);
    if (what.what == FIND_TEXT)
        put_text(&p, t, pages);
    else
        put_transcript(&p, t);
    *state_of(f, what.record) |= (uint8_t)(1u << what.what);
    f->settled = false;
    pthread_mutex_unlock(&f->lock);
}
