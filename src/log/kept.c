/* What is kept beside the log: a draft half written, a form half filled. See log.h.
 *
 * A slot each, sealed under a key that is made from the case's for this alone. Its id is a keyed hash of the name, so
 * that it tells nothing and can be found again; the name itself is sealed with the content, and sizes are padded. */
#include "log/inner.h"

#include "base/limits.h"
#include "log/wire.h"

#include <assert.h>

enum { ID = 16 };

static struct secret *kept_key(const struct log *log)
{
    return seal_derive(log->key, TEXT("bearout kept 1"));
}

static struct slot_id kept_id(const struct secret *key, struct text name)
{
    struct secret *hash = seal_derive(key, name);
    struct slot_id id = slot_id(SLOT_KEPT, (struct text){(const char *)secret_view(hash), ID});
    secret_free(hash);
    return id;
}

static void context(const struct log *log, struct text id, struct buffer *out)
{
    buffer_string(out, "bearout kept 1");
    buffer_add(out, log->state.case_id, SEAL_PUBLIC);
    buffer_text_add(out, id);
}

/* u8 length, name, u32 length, content, and zeros up to the padded length. */
static void seal_kept(const struct log *log, const struct secret *key, const struct slot_id *id, struct text name,
                      struct text content, struct buffer *out)
{
    struct buffer plain = {0}, beside = {0};
    size_t padded = seal_padded(1 + name.length + 4 + content.length);
    buffer_reserve(&plain, padded + 1); /* at once: a buffer that grows leaves copies behind */
    wire_add_counted(&plain, name, 1);
    wire_add_counted(&plain, content, 4);
    while (plain.length < padded)
        buffer_char(&plain, '\0');
    context(log, slot_id_text(id), &beside);
    buffer_reserve(out, plain.length + SEAL_OVERHEAD);
    seal_close(key, buffer_text(&beside), buffer_text(&plain), out->at + out->length);
    out->length += plain.length + SEAL_OVERHEAD;
    seal_wipe(plain.at, plain.room);
    buffer_release(&plain);
    buffer_release(&beside);
}

static int damaged(const struct log *log, struct error *error)
{
    error_set(error, ERROR_DAMAGED, "the case file is damaged: a draft that is kept in it is not as it was written");
    error_where(error, "%s, among its keys", store_path(log->store));
    return error_mend(error, "take a copy or a backup of it; the log itself is whole");
}

/* Opens a slot into `plain`, which *name and *content borrow from. */
static int open_kept(const struct log *log, const struct secret *key, struct store_slot slot, struct buffer *plain,
                     struct text *name, struct text *content)
{
    struct text body;
    buffer_clear(plain);
    if (slot_body(slot, &body) < 0 || body.length < SEAL_OVERHEAD + 1)
        return -1;
    struct buffer beside = {0};
    context(log, slot.id, &beside);
    buffer_reserve(plain, body.length);
    int result = seal_open(key, buffer_text(&beside), body, plain->at);
    buffer_release(&beside);
    plain->length = result < 0 ? 0 : body.length - SEAL_OVERHEAD;
    struct wire w = {.rest = buffer_text(plain)};
    *name = wire_counted(&w, 1);
    *content = wire_counted(&w, 4);
    return result < 0 || w.broken ? -1 : 0;
}

struct kept_walk {
    struct log *log;
    void (*each)(void *context, struct text name, struct text content);
    void *context;
};

static int walk(const struct kept_walk *walk, struct error *error)
{
    struct secret *key = kept_key(walk->log);
    struct buffer plain = {0};
    struct store_slot slot;
    struct text rest, name, content;
    int got;
    store_slots(walk->log->store);
    while ((got = store_slots_next(walk->log->store, &slot, error)) == 1) {
        if (!slot_is(slot.id, SLOT_KEPT, &rest))
            continue;
        if (open_kept(walk->log, key, slot, &plain, &name, &content) < 0) {
            got = damaged(walk->log, error);
            break;
        }
        walk->each(walk->context, name, content);
    }
    store_slots(walk->log->store);
    if (plain.at)
        seal_wipe(plain.at, plain.room);
    buffer_release(&plain);
    secret_free(key);
    return got;
}

/* Reading opens a transaction where there is none, and leaves none behind. */
static int begin_reading(struct log *log, bool *ours, struct error *error)
{
    *ours = !store_begun(log->store);
    return *ours ? store_begin_reading(log->store, error) : 0;
}

int log_kept_each(struct log *log, void (*each)(void *context, struct text name, struct text content), void *context,
                  struct error *error)
{
    bool ours;
    if (begin_reading(log, &ours, error) < 0)
        return -1;
    int result = walk(&(struct kept_walk){log, each, context}, error);
    if (ours)
        store_rollback(log->store);
    return result;
}

int log_kept(struct log *log, struct text name, struct buffer *out, struct error *error)
{
    bool ours;
    if (begin_reading(log, &ours, error) < 0)
        return -1;
    struct secret *key = kept_key(log);
    struct slot_id id = kept_id(key, name);
    struct buffer plain = {0};
    struct store_slot slot;
    struct text said, content;
    int got = store_slot(log->store, slot_id_text(&id), &slot, error);
    if (got == 1 && open_kept(log, key, slot, &plain, &said, &content) < 0)
        got = damaged(log, error);
    else if (got == 1)
        buffer_text_add(out, content);
    if (ours)
        store_rollback(log->store);
    if (plain.at)
        seal_wipe(plain.at, plain.room);
    buffer_release(&plain);
    secret_free(key);
    return got < 0 ? -1 : 0;
}

static int check_size(struct text name, struct text content, struct error *error)
{
    assert(name.length > 0 && name.length <= LIMIT_KEPT_NAME);
    if (content.length <= LIMIT_KEPT)
        return 0;
    error_set(error, ERROR_LIMIT, "a draft of %zu bytes is larger than what can be kept, %u", content.length,
              LIMIT_KEPT);
    return error_mend(error, "keep it in two pieces");
}

static void count_one(void *context, struct text name, struct text content)
{
    (void)name, (void)content;
    ++*(size_t *)context;
}

static int check_count(struct log *log, struct error *error)
{
    size_t count = 0;
    if (walk(&(struct kept_walk){log, count_one, &count}, error) < 0)
        return -1;
    if (count < LIMIT_KEPTS)
        return 0;
    error_set(error, ERROR_LIMIT, "%u drafts are kept already, as many as a case may", LIMIT_KEPTS);
    return error_mend(error, "clear one that is done with");
}

static int write_kept(struct log *log, struct text name, struct text content, struct error *error)
{
    struct secret *key = kept_key(log);
    struct slot_id id = kept_id(key, name);
    struct text gone = slot_id_text(&id);
    struct store_slot old;
    struct buffer body = {0};
    int had = store_slot(log->store, gone, &old, error), result = had;
    if (had == 1 && !content.length) {
        result = store_slots_destroy(log->store, &gone, 1, error);
    } else if (had >= 0 && content.length) {
        result = had ? 0 : check_count(log, error);
        seal_kept(log, key, &id, name, content, &body);
        if (result == 0)
            result = slot_write(log->store, &id, buffer_text(&body), error);
    }
    buffer_release(&body);
    secret_free(key);
    return result < 0 ? -1 : 0;
}

int log_keep(struct log *log, struct text name, struct text content, struct error *error)
{
    assert(log->mode == LOG_WRITE || log->mode == LOG_SHARED);
    if (check_size(name, content, error) < 0 || log_begin(log, error) < 0)
        return -1;
    int result = write_kept(log, name, content, error);
    if (result == 0)
        result = store_commit(log->store, error);
    store_rollback(log->store);
    if (log->mode == LOG_WRITE)
        log_begin(log, NULL);
    return result;
}
