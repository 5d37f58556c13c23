/* Rows of the three tables in and out: see store.h. */
#include "store/inner.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/vector.h"

#include <assert.h>
#include <string.h>

static bool is_blob(sqlite3_stmt *row, int column, int least, int most)
{
    if (sqlite3_column_type(row, column) != SQLITE_BLOB)
        return false;
    int length = sqlite3_column_bytes(row, column);
    return length >= least && length <= most;
}

static struct text blob(sqlite3_stmt *row, int column)
{
    const char *at = sqlite3_column_blob(row, column);
    return (struct text){at, (size_t)sqlite3_column_bytes(row, column)};
}

static int bind(sqlite3_stmt *to, int parameter, const void *at, size_t length)
{
    return sqlite3_bind_blob64(to, parameter, length ? at : "", length, SQLITE_STATIC);
}

static int batch_of_row(const struct store *s, sqlite3_stmt *row, struct store_batch *out, struct error *error)
{
    if (!is_blob(row, 0, STORE_DEVICE, STORE_DEVICE) || sqlite3_column_type(row, 1) != SQLITE_INTEGER ||
        !is_blob(row, 2, STORE_DEVICE, STORE_DEVICE) || !is_blob(row, 3, 0, (int)LIMIT_BATCH) ||
        !is_blob(row, 4, STORE_SIGNATURE, STORE_SIGNATURE) || sqlite3_column_int64(row, 1) < 1)
        return store_damaged(s, error, "a row of its log is not a batch");
    *out = (struct store_batch){
        .device = sqlite3_column_blob(row, 0),
        .sequence = (uint64_t)sqlite3_column_int64(row, 1),
        .prev = sqlite3_column_blob(row, 2),
        .cipher = blob(row, 3),
        .signature = sqlite3_column_blob(row, 4),
    };
    return 1;
}

/* A row of a statement that is under way: 1, 0 or -1. */
static int step(struct store *s, sqlite3_stmt *statement, struct error *error)
{
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        return 1;
    sqlite3_reset(statement);
    return rc == SQLITE_DONE ? 0 : store_fail(s, rc, "read", error);
}

static void rewind_statement(struct store *s, enum statement which)
{
    if (s->prepared[which])
        sqlite3_reset(s->prepared[which]);
}

void store_batches(struct store *s)
{
    rewind_statement(s, BATCHES);
}

int store_batches_next(struct store *s, struct store_batch *out, struct error *error)
{
    sqlite3_stmt *rows = s->prepared[BATCHES] ? s->prepared[BATCHES] : store_statement(s, BATCHES, error);
    int got = rows ? step(s, rows, error) : -1;
    return got == 1 ? batch_of_row(s, rows, out, error) : got;
}

int store_batch(struct store *s, const unsigned char *device, uint64_t sequence, struct store_batch *out,
                struct error *error)
{
    sqlite3_stmt *one = store_statement(s, BATCH_ONE, error);
    if (!one)
        return -1;
    bind(one, 1, device, STORE_DEVICE);
    sqlite3_bind_int64(one, 2, (sqlite3_int64)sequence);
    int got = step(s, one, error);
    return got == 1 ? batch_of_row(s, one, out, error) : got;
}

int store_batch_add(struct store *s, const struct store_batch *b, struct error *error)
{
    sqlite3_stmt *add = store_statement(s, BATCH_ADD, error);
    if (!add)
        return -1;
    bind(add, 1, b->device, STORE_DEVICE);
    sqlite3_bind_int64(add, 2, (sqlite3_int64)b->sequence);
    bind(add, 3, b->prev, STORE_DEVICE);
    bind(add, 4, b->cipher.at, b->cipher.length);
    bind(add, 5, b->signature, STORE_SIGNATURE);
    return store_run(s, BATCH_ADD, "write to", error);
}

static int slot_of_row(const struct store *s, sqlite3_stmt *row, struct store_slot *out, struct error *error)
{
    if (!is_blob(row, 0, 1, STORE_SLOT_ID) || !is_blob(row, 1, 0, (int)LIMIT_SLOT))
        return store_damaged(s, error, "a row of its keys is not a slot");
    *out = (struct store_slot){blob(row, 0), blob(row, 1)};
    return 1;
}

void store_slots(struct store *s)
{
    rewind_statement(s, SLOTS);
}

int store_slots_next(struct store *s, struct store_slot *out, struct error *error)
{
    sqlite3_stmt *rows = s->prepared[SLOTS] ? s->prepared[SLOTS] : store_statement(s, SLOTS, error);
    int got = rows ? step(s, rows, error) : -1;
    return got == 1 ? slot_of_row(s, rows, out, error) : got;
}

int store_slot(struct store *s, struct text id, struct store_slot *out, struct error *error)
{
    sqlite3_stmt *one = store_statement(s, SLOT_ONE, error);
    if (!one)
        return -1;
    bind(one, 1, id.at, id.length);
    int got = step(s, one, error);
    return got == 1 ? slot_of_row(s, one, out, error) : got;
}

int store_slot_put(struct store *s, struct store_slot slot, struct error *error)
{
    assert(slot.id.length <= STORE_SLOT_ID && slot.wrapped.length <= LIMIT_SLOT);
    sqlite3_stmt *put = store_statement(s, SLOT_PUT, error);
    if (!put)
        return -1;
    bind(put, 1, slot.id.at, slot.id.length);
    bind(put, 2, slot.wrapped.at, slot.wrapped.length);
    return store_run(s, SLOT_PUT, "write to", error);
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

struct kept_slot {
    size_t at, id, wrapped; /* where in the bytes, and two lengths */
};

struct kept {
    struct buffer bytes;
    VECTOR(struct kept_slot) slots;
};

/* Reads all slots but those of the sorted ids. Both go up by bytes, so one pass does. */
static int keep_others(struct store *s, const struct text *gone, size_t count, struct kept *kept, struct error *error)
{
    struct store_slot slot;
    size_t next = 0;
    int got;
    store_slots(s);
    while ((got = store_slots_next(s, &slot, error)) == 1) {
        while (next < count && text_compare(gone[next], slot.id) < 0)
            next++;
        if (next < count && text_equal(gone[next], slot.id))
            continue;
        size_t at = kept->bytes.length;
        buffer_text_add(&kept->bytes, slot.id);
        buffer_text_add(&kept->bytes, slot.wrapped);
        vector_push(&kept->slots, (struct kept_slot){at, slot.id.length, slot.wrapped.length});
    }
    return got;
}

int store_slots_destroy(struct store *s, const struct text *ids, size_t count, struct error *error)
{
    struct kept kept = {0};
    struct text *sorted = memory_array(count, sizeof *sorted);
    if (count)
        memcpy(sorted, ids, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_bytes);
    int result = keep_others(s, sorted, count, &kept, error);
    if (result == 0)
        result = store_run(s, SLOT_CLEAR, "write to", error);
    for (size_t i = 0; result == 0 && i < kept.slots.count; i++) {
        const char *at = kept.bytes.at + kept.slots.at[i].at;
        size_t id = kept.slots.at[i].id;
        struct store_slot slot = {{at, id}, {at + id, kept.slots.at[i].wrapped}};
        result = store_slot_put(s, slot, error);
    }
    free(sorted);
    vector_release(&kept.slots);
    buffer_release(&kept.bytes);
    return result;
}
