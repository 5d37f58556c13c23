/* Files between two copies of a case, a piece at a time: see inner.h.
 *
 * Rows are copied as they stand and say themselves, by their device's signature, whether they are whole; so the slot
 * that holds it comes last, in the transaction of the last rows. Where it is interrupted the next sync goes on. */
#include "log/inner.h"

static const uint64_t STEP = 16 << 20; /* bytes between two commits */

static bool is_signed_for(struct store *store, struct text name)
{
    struct slot_id id = slot_id(SLOT_FILE, name);
    struct store_slot slot;
    return store_slot(store, slot_id_text(&id), &slot, NULL) == 1;
}

/* Copies rows from `row` on, up to STEP bytes and, at the end, the signature: 1 where there is more, 0, or -1. */
static int copy_step(struct log *to, struct log *from, struct text name, uint64_t *row, uint64_t count,
                     struct error *error)
{
    uint64_t bytes = 0;
    while (*row < count && bytes < STEP) {
        struct text cipher;
        int got = store_chunk(from->store, name, *row, &cipher, error);
        if (got < 0 || (got == 1 && store_chunk_put(to->store, name, *row, cipher, error) < 0))
            return -1;
        bytes += got == 1 ? cipher.length : 0;
        ++*row;
    }
    if (*row < count)
        return 1;
    struct slot_id id = slot_id(SLOT_FILE, name);
    struct store_slot slot;
    int got = store_slot(from->store, slot_id_text(&id), &slot, error);
    return got == 1 ? store_slot_put(to->store, slot, error) : got;
}

static int begin_both(struct log *to, struct log *from, struct error *error)
{
    return log_begin(to, error) < 0 || log_begin(from, error) < 0 ? -1 : 0;
}

static int pull_file(struct log *to, struct log *from, struct text name, struct error *error)
{
    uint64_t count = 0, have = 0;
    if (store_chunk_count(from->store, name, &count, error) < 0 || store_chunk_count(to->store, name, &have, error) < 0)
        return -1;
    uint64_t row = have > 1 ? have - 1 : 0; /* the last one may be of an older row 0 alone */
    int more = 1;
    while (more == 1) {
        more = copy_step(to, from, name, &row, count, error);
        if (more < 0 || store_commit(to->store, error) < 0 || begin_both(to, from, error) < 0)
            return -1;
    }
    return more;
}

static bool is_wanted(struct log *to, struct log *from, struct text name)
{
    return log_file_owner(to, name) == LOG_OWNED && is_signed_for(from->store, name) && !is_signed_for(to->store, name);
}

int log_sync_files(struct log *to, struct log *from, uint64_t *files, struct error *error)
{
    struct buffer name = {0};
    int got = 0, result = begin_both(to, from, error);
    while (result == 0 && (got = store_chunk_name(from->store, buffer_text(&name), &name, error)) == 1) {
        if (!is_wanted(to, from, buffer_text(&name)))
            continue;
        result = pull_file(to, from, buffer_text(&name), error);
        *files += name.length == LOG_FILE;
    }
    buffer_release(&name);
    return result < 0 || got < 0 ? -1 : 0;
}

static int cut_some(struct log *log, struct text name, bool *more, struct error *error)
{
    uint64_t count = 0, cut = 0;
    int result = store_chunk_count(log->store, name, &count, error);
    for (; result == 0 && count > 0 && cut < STEP / (1 << 18); cut++)
        result = store_chunk_cut(log->store, name, --count, error);
    *more = count > 0;
    return result;
}

int log_cut_object(struct log *log, struct text name, struct error *error)
{
    bool more = true;
    while (more) {
        if (log_begin(log, error) < 0 || cut_some(log, name, &more, error) < 0 || store_commit(log->store, error) < 0)
            return -1;
    }
    return log_begin(log, error);
}

int log_sweep_files(struct log *log, struct error *error)
{
    struct buffer name = {0};
    VECTOR(struct slot_id) ids = {0};
    int got = 0, result = log_begin(log, error);
    while (result == 0 && (got = store_chunk_name(log->store, buffer_text(&name), &name, error)) == 1)
        if (log_file_owner(log, buffer_text(&name)) == LOG_DESTROYED) {
            vector_push(&ids, slot_id(SLOT_FILE, buffer_text(&name)));
            result = log_cut_object(log, buffer_text(&name), error);
        }
    struct text *texts = memory_array(ids.count, sizeof *texts);
    for (size_t i = 0; i < ids.count; i++)
        texts[i] = slot_id_text(&ids.at[i]);
    if (result == 0 && got == 0 && ids.count)
        result = store_slots_destroy(log->store, texts, ids.count, error);
    if (result == 0 && got == 0 && ids.count)
        result = store_commit(log->store, error);
    store_rollback(log->store);
    if (log->mode == LOG_WRITE)
        log_begin(log, NULL);
    free(texts);
    vector_release(&ids);
    buffer_release(&name);
    return result < 0 || got < 0 ? -1 : 0;
}
