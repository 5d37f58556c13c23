/* The case that files are taken into: opened so that others can write in between, and cleared of leftovers. */
#include "ops/taking.h"

#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { TRIES = 6000, PAUSE = 10 }; /* a minute, 10 ms apart */

struct take_file {
    struct opened opened;
    uint64_t generation;
    bool stale;
};

static int read_again(struct take_file *f, struct error *error)
{
    struct buffer text = {0};
    struct faults faults = {0};
    struct model *model = model_new();
    int result = log_text(f->opened.log, &text, error);
    if (result == 0 && model_take(model, buffer_text(&text), TAKE_LOG, &faults) < 0)
        result = error_set(error, ERROR_INPUT, "the entries of '%s' do not fit together", f->opened.name);
    if (result == 0) {
        struct model *old = f->opened.model;
        f->opened.model = model;
        model = old;
        f->generation = log_generation(f->opened.log);
        f->stale = false;
    }
    model_free(model);
    faults_release(&faults);
    seal_wipe(text.at, text.room);
    buffer_release(&text);
    return result;
}

static int hold(struct log *log, struct error *error)
{
    struct timespec pause = {.tv_nsec = PAUSE * 1000000L};
    struct error found = {0};
    int result = -1;
    for (int i = 0; i < TRIES; i++) {
        found = (struct error){0};
        result = log_hold(log, &found);
        if (result == 0 || found.code != ERROR_BUSY)
            break;
        nanosleep(&pause, NULL);
    }
    if (result < 0 && error)
        *error = found;
    return result;
}

static const struct opened *file_begin(void *context, struct error *error)
{
    struct take_file *f = context;
    if (hold(f->opened.log, error) < 0)
        return NULL;
    if ((f->stale || log_generation(f->opened.log) != f->generation) && read_again(f, error) < 0) {
        log_rest(f->opened.log);
        return NULL;
    }
    return &f->opened;
}

static int file_append(void *context, struct text notation, struct error *error)
{
    struct take_file *f = context;
    struct faults faults = {0};
    int result = model_take(f->opened.model, notation, TAKE_TEXT, &faults);
    if (result < 0 && faults.count) {
        error_set(error, ERROR_INPUT, "%s", faults.at[0].what);
        error_mend(error, "%s", faults.at[0].mend ? faults.at[0].mend : "");
    }
    faults_release(&faults);
    if (result == 0)
        result = log_append(f->opened.log, notation, error);
    f->stale = result < 0;
    return result;
}

static void file_end(void *context)
{
    struct take_file *f = context;
    log_rest(f->opened.log);
}

struct take_file *take_open(const char *file, const struct passphrase_source *passphrase, const volatile bool *stop,
                            struct take_case *into, struct error *error)
{
    struct take_file *f = memory_new(sizeof *f);
    if (!ops_is_case(file)) {
        struct stat info;
        if (stat(file, &info) < 0) {
            error_system(error, errno, "open", file);
        } else {
            error_set(error, ERROR_INPUT, "'%s' is not a case file", file);
            error_mend(error, "make a case with 'bearout new'");
        }
        free(f);
        return NULL;
    }
    if (ops_open(file, LOG_SHARED, OPEN_MODEL, passphrase, stop, &f->opened, error) < 0) {
        take_close(f);
        return NULL;
    }
    f->generation = log_generation(f->opened.log);
    *into = (struct take_case){file_begin, file_append, file_end, f};
    return f;
}

const struct opened *take_opened(const struct take_file *f)
{
    return &f->opened;
}

void take_close(struct take_file *f)
{
    if (!f)
        return;
    opened_close(&f->opened);
    free(f);
}

/* Names of what nobody owns. */
static int list_strays(struct taking_files *t, const struct log *log, struct buffer *names, struct error *error)
{
    struct buffer name = {0};
    int got = store_begin_reading(t->store, error);
    while (got >= 0 && (got = store_chunk_name(t->store, buffer_text(&name), &name, error)) == 1)
        if (log_file_owner(log, buffer_text(&name)) == LOG_STRAY) {
            buffer_char(names, (char)name.length);
            buffer_text_add(names, buffer_text(&name));
        }
    store_rollback(t->store);
    buffer_release(&name);
    return got;
}

int ops_take_clear(const struct take_case *into, uint64_t *cleared, struct error *error)
{
    struct taking_files t = {.into = into};
    struct buffer names = {0};
    *cleared = 0;
    int result = taking_begin(&t, into, error);
    const struct opened *o = result == 0 ? into->begin(into->context, error) : NULL;
    if (o)
        result = list_strays(&t, o->log, &names, error);
    if (o)
        into->end(into->context);
    result = o ? result : -1;
    for (size_t at = 0; result == 0 && at < names.length; at += 1 + (unsigned char)names.at[at], ++*cleared)
        result = vault_clear(t.store, (struct text){names.at + at + 1, (unsigned char)names.at[at]}, error);
    if (result == 0 && names.length) {
        VECTOR(struct slot_id) ids = {0};
        VECTOR(struct text) texts = {0};
        for (size_t at = 0; at < names.length; at += 1 + (unsigned char)names.at[at])
            vector_push(&ids, log_file_slot((const unsigned char *)names.at + at + 1));
        for (size_t i = 0; i < ids.count; i++)
            vector_push(&texts, slot_id_text(&ids.at[i]));
        result = store_begin(t.store, NULL, error);
        if (result == 0)
            result = store_slots_destroy(t.store, texts.at, texts.count, error);
        if (result == 0)
            result = store_commit(t.store, error);
        vector_release(&ids);
        vector_release(&texts);
    }
    buffer_release(&names);
    taking_end(&t);
    return result;
}
