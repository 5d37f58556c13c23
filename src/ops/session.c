/* A case kept open: see session.h. */
#include "ops/session.h"

#include "base/vector.h"
#include "ops/change.h"

#include <malloc.h>
#include <pthread.h>
#include <time.h>

enum {
    TRIES = 20,             /* for the right to write, */
    TRY_MILLISECONDS = 100, /* this far apart, besides what SQLite waits */
    CHECKED_WHOLE = 50000, /* entries of a case for which a check measures what would change: it has to be read again */
};

/* The case as it was read up to a batch. */
struct reading {
    struct model *model; /* NULL: it has to be read anew */
    struct bearing *bearing;
    VECTOR(struct log_batch) seen;
    size_t forgotten; /* log_forgotten() then */
};

struct session {
    char *file;
    struct log *log;
    const volatile bool *stop;
    pthread_mutex_t writing; /* who holds it may change log and `back` */
    pthread_mutex_t looking; /* and this one too, to change what those in front see: log, `front`, `now` */
    struct reading front, back;
    struct opened opened; /* borrows from `front` and `log` */
    uint64_t generation;  /* log_generation() when `front` was last compared with the log */
    struct session_now now;
    struct opened work;
    bool work_writes;
};

/* ---- a reading ---- */

static void reading_release(struct reading *r)
{
    bearing_free(r->bearing);
    model_free(r->model);
    vector_release(&r->seen);
    *r = (struct reading){0};
}

static int stopped(const struct session *s, struct error *error)
{
    return s->stop && *s->stop ? error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed") : 0;
}

static int does_not_fit(const struct session *s, struct error *error)
{
    error_set(error, ERROR_INPUT, "the entries of '%s' do not fit together", s->file);
    return error_mend(error, "it was written by another version of Bearout, or by another program");
}

/* Is what was read still what the log begins with, word for word? */
static bool is_beginning(const struct reading *r, struct log *log, bool *same_numbers)
{
    size_t count;
    const struct log_batch *now = log_batches(log, &count);
    *same_numbers = r->seen.count <= count;
    for (size_t i = 0; *same_numbers && i < r->seen.count; i++)
        *same_numbers = now[i].sequence == r->seen.at[i].sequence && strcmp(now[i].device, r->seen.at[i].device) == 0;
    return *same_numbers && r->model && r->forgotten == log_forgotten(log);
}

static void note_seen(struct reading *r, struct log *log)
{
    size_t count;
    const struct log_batch *now = log_batches(log, &count);
    r->seen.count = 0;
    vector_reserve(&r->seen, count + 1);
    if (count)
        memcpy(r->seen.at, now, count * sizeof *now);
    r->seen.count = count;
    r->forgotten = log_forgotten(log);
}

static int take_log(struct session *s, struct reading *r, size_t from, struct error *error)
{
    struct buffer text = {0};
    struct faults faults = {0};
    int result = log_text_from(s->log, from, &text, error);
    if (!result && model_take(r->model, buffer_text(&text), TAKE_LOG, &faults))
        result = does_not_fit(s, error);
    faults_release(&faults);
    buffer_release(&text);
    return result;
}

static int read_anew(struct session *s, struct reading *r, struct error *error)
{
    bearing_free(r->bearing);
    model_free(r->model);
    r->bearing = NULL;
    r->model = model_new();
    int result = take_log(s, r, 0, error);
    if (!result)
        result = stopped(s, error);
    if (!result) {
        r->bearing = bearing_new(r->model);
        standing_cores(bearing_graph(r->bearing), 2);
        if (standing_measure(bearing_graph(r->bearing), s->stop))
            result = error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
    }
    if (result) {
        reading_release(r);
        return -1;
    }
    note_seen(r, s->log);
    return 0;
}

static int read_more(struct session *s, struct reading *r, struct error *error)
{
    size_t count;
    log_batches(s->log, &count);
    if (count == r->seen.count)
        return 0;
    if (take_log(s, r, r->seen.count, error) || change_measure(r->bearing, s->stop, error))
        return -1;
    note_seen(r, s->log);
    return 0;
}

/* Brings a reading to where the log is. *renumbered: entries that it had may have other numbers now. */
static int follow(struct session *s, struct reading *r, bool *renumbered, struct error *error)
{
    bool same_numbers, beginning = is_beginning(r, s->log, &same_numbers);
    *renumbered = !same_numbers;
    if (beginning && read_more(s, r, NULL) == 0)
        return 0;
    return read_anew(s, r, error);
}

/* ---- the two of them ---- */

static void show(struct session *s)
{
    s->opened.log = s->log;
    s->opened.model = s->front.model;
    s->opened.bearing = s->front.bearing;
    s->now.revision = model_entries(s->front.model);
}

/* The reading behind, which is up to date, comes to the front; the other one follows. */
static void swap(struct session *s, bool renumbered)
{
    pthread_mutex_lock(&s->looking);
    struct reading old = s->front;
    s->front = s->back;
    s->back = old;
    s->now.epoch += renumbered;
    show(s);
    pthread_mutex_unlock(&s->looking);
}

/* Whoever looks at the log, or at the model's numbers for it, does so between session_enter() and session_leave(). */
static int refresh_log(struct session *s, struct error *error)
{
    pthread_mutex_lock(&s->looking);
    struct error found = {0};
    int result = log_refresh(s->log, &found);
    pthread_mutex_unlock(&s->looking);
    if (result == 0 || found.code == ERROR_BUSY)
        return 0;
    if (error)
        *error = found;
    return -1;
}

/* Makes what others wrote visible, where the log has it. */
static int catch_up(struct session *s, bool *changed, struct error *error)
{
    bool same_numbers, renumbered;
    size_t count;
    log_batches(s->log, &count);
    *changed = false;
    if (s->generation == log_generation(s->log) && count == s->front.seen.count)
        return 0;
    s->generation = log_generation(s->log);
    *changed = !is_beginning(&s->front, s->log, &same_numbers) || count != s->front.seen.count;
    if (!*changed)
        return 0;
    bool numbers_moved = !same_numbers;
    if (follow(s, &s->back, &renumbered, error))
        return -1;
    swap(s, numbers_moved);
    follow(s, &s->back, &renumbered, NULL);
    return 0;
}

static int refresh(struct session *s, bool *changed, struct error *error)
{
    *changed = false;
    if (refresh_log(s, error) < 0)
        return -1;
    return catch_up(s, changed, error);
}

static int hold(struct session *s, struct error *error)
{
    struct error found = {0};
    for (int i = 0; i < TRIES; i++) {
        pthread_mutex_lock(&s->looking);
        found = (struct error){0};
        int result = log_hold(s->log, &found);
        pthread_mutex_unlock(&s->looking);
        if (result == 0)
            return 0;
        if (found.code != ERROR_BUSY || (s->stop && *s->stop))
            break;
        nanosleep(&(struct timespec){0, TRY_MILLISECONDS * 1000000L}, NULL);
    }
    if (error)
        *error = found;
    return -1;
}

static int append(struct session *s, struct text notation, struct error *error)
{
    pthread_mutex_lock(&s->looking);
    int result = log_append(s->log, notation, error);
    pthread_mutex_unlock(&s->looking);
    return result;
}

/* ---- opening and looking ---- */

struct session *session_open(const char *file, const struct secret *passphrase, const volatile bool *stop,
                             struct error *error)
{
    struct log *log = log_open(file, passphrase, LOG_SHARED, error);
    if (!log)
        return NULL;
    struct session *s = memory_new(sizeof *s);
    s->file = memory_copy(file, strlen(file));
    s->log = log;
    s->stop = stop;
    s->now.epoch = 1;
    s->generation = log_generation(log);
    s->opened.name = s->file;
    pthread_mutex_init(&s->writing, NULL);
    pthread_mutex_init(&s->looking, NULL);
    if (read_anew(s, &s->front, error) < 0) {
        session_close(s);
        return NULL;
    }
    show(s);
    return s;
}

void session_close(struct session *s)
{
    if (!s)
        return;
    reading_release(&s->front);
    reading_release(&s->back);
    log_close(s->log);
    pthread_mutex_destroy(&s->writing);
    pthread_mutex_destroy(&s->looking);
    free(s->file);
    free(s);
    malloc_trim(0); /* what was freed goes back to the system, which gives it to nobody unwiped */
}

const struct opened *session_enter(struct session *s)
{
    pthread_mutex_lock(&s->looking);
    return &s->opened;
}

void session_leave(struct session *s)
{
    pthread_mutex_unlock(&s->looking);
}

const struct opened *session_opened(const struct session *s)
{
    return &s->opened;
}

struct session_now session_now(const struct session *s)
{
    return s->now;
}

int session_refresh(struct session *s, bool *changed, struct error *error)
{
    bool is_other = false;
    if (changed)
        *changed = false;
    if (pthread_mutex_trylock(&s->writing) != 0)
        return 0; /* a writer is at work, and looks for himself */
    int result = refresh(s, &is_other, error);
    pthread_mutex_unlock(&s->writing);
    if (changed)
        *changed = is_other;
    return result;
}

/* ---- changing ---- */

static void list_changes(const struct reading *r, const uint8_t *before, uint32_t claims_before,
                         struct session_taken *out)
{
    VECTOR(struct session_change) list = {0};
    struct change_walk walk = {.bearing = r->bearing, .before = before, .before_count = claims_before};
    struct change c;
    while (change_next(&walk, &c)) {
        out->change_total++;
        if (list.count == SESSION_CHANGES)
            continue;
        struct session_change named = {.is_new = c.is_new, .from = c.from, .to = c.to};
        struct text id = model_id(r->model, SPACE_CLAIM, c.claim);
        memcpy(named.claim, id.at, id.length < LIMIT_ID ? id.length : LIMIT_ID);
        vector_push(&list, named);
    }
    out->changes = list.at;
    out->change_count = list.count;
}

/* Takes the text into the reading behind. Where it has faults nothing is touched; else that reading runs ahead of the
 * log. */
static int try_text(struct session *s, struct text text, struct session_taken *out, struct error *error)
{
    bool renumbered;
    struct reading *r = &s->back;
    if (follow(s, r, &renumbered, error))
        return -1;
    uint32_t claims_before = model_claims(r->model);
    uint8_t *before = change_levels(r->bearing);
    out->first = model_entries(r->model);
    int result = 0;
    if (model_take(r->model, text, TAKE_TEXT, &out->faults)) {
        result = error_set(error, ERROR_INPUT, "the text has faults");
    } else {
        out->entries = model_entries(r->model) - out->first;
        result = change_measure(r->bearing, s->stop, error);
        if (!result)
            list_changes(r, before, claims_before, out);
        else
            reading_release(r);
    }
    free(before);
    return result;
}

/* The log keeps the entries as the model prints them: no comments, one spelling. */
static int record(struct session *s, const struct session_taken *t, struct error *error)
{
    struct buffer notation = {0};
    for (uint32_t n = t->first; n < t->first + t->entries; n++)
        model_print_entry(s->back.model, n, &notation);
    int result = stopped(s, error);
    if (!result && t->entries)
        result = append(s, buffer_text(&notation), error);
    buffer_release(&notation);
    return result;
}

static void forget_trial(struct session *s, struct session_taken *out)
{
    reading_release(&s->back);
    free(out->changes);
    out->changes = NULL;
    out->change_count = out->change_total = 0;
}

/* With the right to write: brings what stands behind to the front, once it is in the log. */
static int take_held(struct session *s, struct session_taken *out, struct error *error)
{
    bool renumbered;
    size_t forgotten = log_forgotten(s->log);
    if (record(s, out, error)) {
        forget_trial(s, out);
        return -1;
    }
    if (forgotten == log_forgotten(s->log))
        note_seen(&s->back, s->log);
    else
        reading_release(&s->back); /* a voice was forgotten: what its key guarded must go from memory too */
    int failed = follow(s, &s->back, &renumbered, error);
    if (!failed)
        swap(s, false);
    follow(s, &s->back, &renumbered, NULL);
    return failed;
}

/* 1: others have written since the text was tried. */
static int take_once(struct session *s, struct text text, uint32_t epoch, struct session_taken *out,
                     struct error *error)
{
    bool changed;
    if (epoch && epoch != s->now.epoch) {
        out->conflict = true;
        error_set(error, ERROR_INPUT,
                  "others have added to the case, and numbers of entries are no longer what they were");
        return error_mend(error, "look at it again, and do it anew");
    }
    if (try_text(s, text, out, error))
        return -1;
    if (out->entries == 0)
        return 0;
    uint64_t generation = log_generation(s->log);
    if (hold(s, error) < 0) {
        forget_trial(s, out);
        return -1;
    }
    int result;
    if (generation == log_generation(s->log)) {
        result = take_held(s, out, error);
        log_rest(s->log);
    } else {
        log_rest(s->log);
        forget_trial(s, out);
        result = catch_up(s, &changed, error) ? -1 : 1;
    }
    return result;
}

int session_take(struct session *s, struct text text, uint32_t epoch, struct session_taken *out, struct error *error)
{
    bool changed;
    *out = (struct session_taken){0};
    pthread_mutex_lock(&s->writing);
    int result = refresh(s, &changed, error);
    if (!result)
        do
            result = take_once(s, text, epoch, out, error);
        while (result == 1);
    if (result < 0)
        refresh_log(s, NULL); /* a write that failed half way has left the log to be loaded anew */
    out->now = s->now;
    pthread_mutex_unlock(&s->writing);
    return result;
}

/* Where reading a large case again would take too long only faults are looked for: a last line that is
 * none makes the model give the text back as it was. */
static int check_faults(struct session *s, struct text text, struct session_taken *out, struct error *error)
{
    static const char wrong[] = "\n}\n";
    bool renumbered;
    struct buffer longer = {0};
    if (follow(s, &s->back, &renumbered, error))
        return -1;
    uint32_t lines = 2;
    for (size_t i = 0; i < text.length; i++)
        lines += text.at[i] == '\n';
    out->first = model_entries(s->back.model);
    out->unmeasured = true;
    buffer_reserve(&longer, text.length + sizeof wrong);
    buffer_text_add(&longer, text);
    buffer_string(&longer, wrong);
    model_take(s->back.model, buffer_text(&longer), TAKE_TEXT, &out->faults);
    if (out->faults.count && out->faults.at[out->faults.count - 1].line == lines) {
        struct fault *last = &out->faults.at[--out->faults.count];
        free(last->what);
        free(last->mend);
    }
    buffer_release(&longer);
    return out->faults.count ? error_set(error, ERROR_INPUT, "the text has faults") : 0;
}

int session_check(struct session *s, struct text text, struct session_taken *out, struct error *error)
{
    bool changed;
    *out = (struct session_taken){0};
    pthread_mutex_lock(&s->writing);
    int result = refresh(s, &changed, error);
    bool large = s->now.revision > CHECKED_WHOLE;
    if (!result)
        result = large ? check_faults(s, text, out, error) : try_text(s, text, out, error);
    if (!large && !result && out->entries)
        reading_release(&s->back);
    out->now = s->now;
    pthread_mutex_unlock(&s->writing);
    return result;
}

void session_taken_release(struct session_taken *t)
{
    free(t->changes);
    faults_release(&t->faults);
    *t = (struct session_taken){0};
}

/* ---- what is kept ---- */

int session_keep(struct session *s, struct text name, struct text content, struct error *error)
{
    bool changed;
    pthread_mutex_lock(&s->writing);
    int result = hold(s, error);
    if (!result) {
        result = log_keep(s->log, name, content, error);
        log_rest(s->log);
        catch_up(s, &changed, NULL);
    }
    pthread_mutex_unlock(&s->writing);
    return result;
}

int session_kept(struct session *s, struct text name, struct buffer *out, struct error *error)
{
    pthread_mutex_lock(&s->writing);
    int result = log_kept(s->log, name, out, error);
    pthread_mutex_unlock(&s->writing);
    return result;
}

int session_kept_each(struct session *s, void (*each)(void *context, struct text name, struct text content),
                      void *context, struct error *error)
{
    pthread_mutex_lock(&s->writing);
    int result = log_kept_each(s->log, each, context, error);
    pthread_mutex_unlock(&s->writing);
    return result;
}

/* ---- long work ---- */

const struct opened *session_work(struct session *s, bool write, struct error *error)
{
    bool changed, renumbered;
    pthread_mutex_lock(&s->writing);
    int result = write ? hold(s, error) : refresh_log(s, error);
    s->work_writes = write && !result;
    if (!result)
        result = catch_up(s, &changed, error);
    if (!result)
        result = follow(s, &s->back, &renumbered, error);
    if (result) {
        session_work_end(s);
        return NULL;
    }
    s->work = (struct opened){.name = s->file, .log = s->log, .model = s->back.model, .bearing = s->back.bearing};
    return &s->work;
}

int session_append(struct session *s, struct text notation, struct error *error)
{
    return append(s, notation, error);
}

void session_work_end(struct session *s)
{
    bool changed;
    if (s->work_writes)
        log_rest(s->log);
    s->work_writes = false;
    refresh_log(s, NULL);
    catch_up(s, &changed, NULL);
    pthread_mutex_unlock(&s->writing);
}
