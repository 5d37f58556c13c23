/* The finder's thread, and its locks: see find.h. */
#include "ops/finding.h"

#include "base/memory.h"
#include "ops/evidence.h"

void finding_lock(struct finder *f)
{
    pthread_mutex_lock(&f->lock);
    while (f->asking && !f->stop)
        pthread_cond_wait(&f->wake, &f->lock);
}

static void unlock(struct finder *f)
{
    pthread_mutex_unlock(&f->lock);
}

struct finder *finder_new(const struct find_source *source, const struct query *only, struct error *error)
{
    struct finder *f = memory_new(sizeof *f);
    f->source = *source;
    f->only = only;
    f->look = true;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->wake, NULL);
    if (finding_restart(f) == 0)
        return f;
    if (error)
        *error = f->error;
    finder_free(f);
    return NULL;
}

void finder_free(struct finder *f)
{
    if (!f)
        return;
    f->stop = true;
    if (f->started) {
        pthread_mutex_lock(&f->lock);
        pthread_cond_broadcast(&f->wake);
        unlock(f);
        pthread_join(f->thread, NULL);
    }
    finding_release(f);
    pthread_cond_destroy(&f->wake);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

/* Reads a slice of the case. True when all of it was read. */
static bool read_case(struct finder *f)
{
    uint32_t epoch = 0;
    const struct opened *o = f->source.enter(f->source.context, &epoch);
    if (!o)
        return true;
    finding_lock(f);
    bool all = finding_take(f, o, epoch);
    unlock(f);
    f->source.leave(f->source.context);
    return all;
}

/* Reads the next text that waits, if there is one. */
static bool read_text(struct finder *f)
{
    struct buffer text = {0};
    struct find_pages pages = {0};
    struct finding_text next = {0};
    char *id = NULL;
    finding_lock(f);
    bool more = f->waited < f->waiting.count, any = more;
    if (any) {
        next = f->waiting.at[f->waited++];
        any = next.record != UINT32_MAX;
    }
    if (any) {
        f->states.at[next.record] &= (uint8_t) ~(4u << next.what);
        id = f->ids[SPACE_RECORD].at[next.record];
    }
    unlock(f);
    if (!any)
        return more;
    bool read = f->source.text && f->source.text(f->source.context, text_of(id), next.what, &text, &pages, NULL) == 0;
    if (read) {
        finding_put(f, next, buffer_text(&text), &pages);
    } else {
        finding_lock(f);
        f->unread++;
        unlock(f);
    }
    if (text.at)
        explicit_bzero(text.at, text.length);
    buffer_release(&text);
    free(pages.at);
    return true;
}

static bool settle(struct finder *f)
{
    finding_lock(f);
    bool more = corpus_settle(f->search);
    f->settled = !more;
    unlock(f);
    return more;
}

/* One step of reading; false when there is nothing left to do. */
static bool step(struct finder *f)
{
    finding_lock(f);
    bool look = f->look && !f->failed;
    f->look = false;
    unlock(f);
    if (look) {
        if (!read_case(f))
            finder_look(f);
        return true;
    }
    return !f->failed && (read_text(f) || (!f->only && settle(f)));
}

static void *run(void *context)
{
    struct finder *f = context;
    while (!f->stop) {
        if (step(f))
            continue;
        pthread_mutex_lock(&f->lock);
        while (!f->stop && (!f->look || f->asking))
            pthread_cond_wait(&f->wake, &f->lock);
        unlock(f);
    }
    return NULL;
}

int finder_start(struct finder *f, struct error *error)
{
    f->started = pthread_create(&f->thread, NULL, run, f) == 0;
    if (f->started)
        return 0;
    error_set(error, ERROR_IO, "cannot start to read the case for searching");
    return error_mend(error, "close other programs, and try again");
}

int finder_fill(struct finder *f, const volatile bool *stop, struct error *error)
{
    while (step(f))
        if (stop && *stop)
            return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
    if (f->failed && error)
        *error = f->error;
    return f->failed ? -1 : 0;
}

void finder_look(struct finder *f)
{
    pthread_mutex_lock(&f->lock);
    f->look = true;
    pthread_cond_broadcast(&f->wake);
    unlock(f);
}

/* ---- where the case is from ---- */

/* Nothing is there to be read where the file was taken anew or destroyed since; what is missing is an error. */
static int read_evidence(const struct opened *o, struct text id, enum find_text what, struct buffer *out,
                         struct find_pages *pages, struct error *error)
{
    const char *kind = what == FIND_TEXT ? "text" : "transcript";
    uint32_t record = model_find(o->model, SPACE_RECORD, id);
    evidence_pages starts = {0};
    if (record == MODEL_NONE || evidence_derived_entry(o->model, record, kind) == MODEL_NONE)
        return 0;
    if (evidence_derived(o, record, kind, out, error) != 1)
        return -1;
    evidence_take_pages(out, &starts);
    pages->at = memory_array(starts.count ? starts.count : 1, sizeof *pages->at);
    for (size_t i = 0; i < starts.count; i++)
        pages->at[pages->count++] = (size_t)starts.at[i];
    vector_release(&starts);
    return 0;
}

static const struct opened *enter_session(void *context, uint32_t *epoch)
{
    const struct opened *o = session_enter(context);
    *epoch = o ? session_now(context).epoch : 0;
    return o;
}

static void leave_session(void *context)
{
    session_leave(context);
}

static int session_text(void *context, struct text record, enum find_text what, struct buffer *out,
                        struct find_pages *pages, struct error *error)
{
    const struct opened *o = session_enter(context);
    int result = read_evidence(o, record, what, out, pages, error);
    session_leave(context);
    return result;
}

struct find_source find_source_session(struct session *s)
{
    return (struct find_source){.enter = enter_session, .leave = leave_session, .text = session_text, .context = s};
}

static const struct opened *enter_opened(void *context, uint32_t *epoch)
{
    *epoch = 1;
    return context;
}

static void leave_opened(void *context)
{
    (void)context;
}

static int opened_text(void *context, struct text record, enum find_text what, struct buffer *out,
                       struct find_pages *pages, struct error *error)
{
    return read_evidence(context, record, what, out, pages, error);
}

struct find_source find_source_opened(const struct opened *o)
{
    return (struct find_source){
        .enter = enter_opened, .leave = leave_opened, .text = opened_text, .context = (void *)o};
}
