/* Putting files in: see vault.h. */
#include "vault/slab.h"

#include "base/clock.h"
#include "base/memory.h"

#include <stdlib.h>
#include <time.h>

enum { PATIENCE = 60000 }; /* milliseconds for which the right to write is waited for */
enum { TURN = 4000000 }; /* nanoseconds between two writes in which others may write: they ask every few milliseconds */

/* An object on its way in. */
struct putting {
    const struct vault_put *put;
    struct slabs *slabs;
    char name[LOG_OBJECT];
    size_t name_length;
    struct secret *key;         /* the object's own */
    uint64_t have;              /* pieces that an interrupted taking left; they are compared */
    uint64_t rows;              /* in the store by now */
    const struct slot_id *slot; /* of a fresh key, until it is written */
    struct text body;
    struct log_rows *hash;
    uint64_t kept, bytes;
    uint64_t wrote; /* when the last slab was, by clock_nanoseconds(); 0: none yet */
};

static struct text name_of(const struct putting *p)
{
    return (struct text){p->name, p->name_length};
}

static int stopped(const struct vault_put *put, struct error *error)
{
    if (!put->stop || !*put->stop)
        return 0;
    error_set(error, ERROR_INTERRUPTED, "stopped; what is in by now stays");
    return error_mend(error, "take the file again: it goes on from there");
}

/* Does what an interrupted taking left begin as the file does? */
static bool fits(const struct vault_put *put, const struct vault_stray *stray, const struct slab *first)
{
    struct text name = {(const char *)stray->id, LOG_FILE}, row;
    struct head head;
    struct secret *key = piece_key(stray->key, name);
    bool same = first->pieces > 0 && store_chunk(put->store, name, 0, &row, NULL) == 1 &&
                head_open(key, put->case_id, name, row, &head) == 0 && head.piece == VAULT_PIECE &&
                store_chunk(put->store, name, 1, &row, NULL) == 1;
    struct text plain = slab_plain(first, 0);
    if (same && row.length == plain.length + SEAL_OVERHEAD) {
        struct buffer beside = {0};
        char *opened = memory_new(VAULT_PIECE);
        piece_beside(put->case_id, name, 1, &beside);
        same = seal_open(key, buffer_text(&beside), row, opened) == 0 && memcmp(opened, plain.at, plain.length) == 0;
        seal_wipe(opened, VAULT_PIECE);
        free(opened);
        buffer_release(&beside);
    } else {
        same = false;
    }
    secret_free(key);
    return same;
}

static int find_begun(struct putting *p, const struct vault_stray *strays, size_t count, const struct slab *first,
                      const struct vault_stray **found, struct error *error)
{
    *found = NULL;
    if (!count)
        return 0;
    if (store_begin_reading(p->put->store, error) < 0)
        return -1;
    for (size_t i = 0; i < count && !*found; i++)
        if (fits(p->put, &strays[i], first))
            *found = &strays[i];
    int result = 0;
    if (*found) {
        result = store_chunk_count(p->put->store, (struct text){(const char *)(*found)->id, LOG_FILE}, &p->rows, error);
        p->have = p->rows ? p->rows - 1 : 0;
    }
    store_rollback(p->put->store);
    return result;
}

/* Is piece `i` of the slab in the store already, and the same? Its hash is then filled in. */
static int compare_piece(struct putting *p, struct slab *slab, uint32_t i, bool *same, struct error *error)
{
    struct text row, plain = slab_plain(slab, i);
    struct buffer beside = {0};
    int got = store_chunk(p->put->store, name_of(p), slab->first + i, &row, error);
    if (got < 0)
        return -1;
    piece_beside(p->put->case_id, name_of(p), slab->first + i, &beside);
    char *opened = slab->sealed + (slab_sealed(slab, i).at - slab->sealed);
    *same = got == 1 && row.length == plain.length + SEAL_OVERHEAD &&
            seal_open(p->key, buffer_text(&beside), row, opened) == 0 && memcmp(opened, plain.at, plain.length) == 0;
    seal_sha256(row, slab->hashes[i]);
    seal_wipe(opened, plain.length);
    buffer_release(&beside);
    return 0;
}

/* Compares a slab with what is there; from the first piece that differs on it is sealed. */
static int compare(struct putting *p, struct slab *slab, uint32_t *same, struct error *error)
{
    bool equal = true;
    if (store_begin_reading(p->put->store, error) < 0)
        return -1;
    int result = 0;
    for (*same = 0; *same < slab->pieces && slab->first + *same <= p->have;) {
        result = compare_piece(p, slab, *same, &equal, error);
        if (result < 0 || !equal)
            break;
        p->kept += slab_plain(slab, *same).length;
        ++*same;
    }
    store_rollback(p->put->store);
    if (!equal)
        p->have = slab->first + *same - 1;
    for (uint32_t i = *same; result == 0 && i < slab->pieces; i++)
        slabs_seal_one(p->slabs, slab, i);
    return result;
}

/* Nobody else may be putting the same object in. */
static int check_alone(struct putting *p, struct error *error)
{
    uint64_t rows = 0;
    if (store_chunk_count(p->put->store, name_of(p), &rows, error) < 0)
        return -1;
    if (rows == p->rows)
        return 0;
    error_set(error, ERROR_BUSY, "another program is taking this file into the case, or has just cleared it away");
    return error_mend(error, "wait for it to end, and take the file again");
}

static int write_head(struct putting *p, const struct head *head, struct error *error)
{
    unsigned char row[HEAD_ROW], hash[SEAL_SHA256];
    head_close(p->key, p->put->case_id, name_of(p), head, row);
    seal_sha256((struct text){(const char *)row, HEAD_ROW}, hash);
    if (head->bytes != HEAD_UNFINISHED)
        log_rows_add(p->hash, hash);
    return store_chunk_put(p->put->store, name_of(p), 0, (struct text){(const char *)row, HEAD_ROW}, error);
}

static int cut_from(struct putting *p, uint64_t row, struct error *error)
{
    while (p->rows > row)
        if (store_chunk_cut(p->put->store, name_of(p), --p->rows, error) < 0)
            return -1;
    return 0;
}

static int write_rows(struct putting *p, const struct slab *slab, uint32_t from, struct error *error)
{
    struct head head = {.piece = VAULT_PIECE, .bytes = HEAD_UNFINISHED};
    if (check_alone(p, error) < 0)
        return -1;
    if (p->slot && slot_write(p->put->store, p->slot, p->body, error) < 0)
        return -1;
    p->slot = NULL;
    if (p->rows == 0 && write_head(p, &head, error) < 0)
        return -1;
    p->rows = p->rows ? p->rows : 1;
    if (from < slab->pieces && cut_from(p, slab->first + from, error) < 0)
        return -1;
    for (uint32_t i = from; i < slab->pieces; i++) {
        if (store_chunk_put(p->put->store, name_of(p), slab->first + i, slab_sealed(slab, i), error) < 0)
            return -1;
        p->rows = slab->first + i + 1;
    }
    return 0;
}

/* Gives others their turn. Most of it has passed with sealing, where that takes longer than the disk. */
static void pause_for_others(const struct putting *p)
{
    uint64_t since = clock_nanoseconds() - p->wrote;
    struct timespec pause = {.tv_nsec = TURN - (long)since};
    if (p->wrote && since < TURN)
        nanosleep(&pause, NULL);
}

static int write_slab(struct putting *p, const struct slab *slab, uint32_t from, struct error *error)
{
    pause_for_others(p);
    store_patience(p->put->store, PATIENCE);
    int result = store_begin(p->put->store, NULL, error);
    if (result == 0)
        result = write_rows(p, slab, from, error);
    if (result == 0)
        result = store_commit(p->put->store, error);
    store_rollback(p->put->store);
    p->wrote = clock_nanoseconds();
    return result;
}

static void told(struct putting *p, const struct slab *slab)
{
    for (uint32_t i = 0; i < slab->pieces; i++)
        log_rows_add(p->hash, slab->hashes[i]);
    p->bytes += slab->length;
    if (p->put->progress)
        p->put->progress(p->put->context, p->bytes);
}

static int put_slabs(struct putting *p, struct slab *slab, struct error *error)
{
    int result = 0;
    while (result == 0 && slab) {
        uint32_t same = 0;
        if (slab->first <= p->have)
            result = compare(p, slab, &same, error);
        else
            slabs_seal(p->slabs, slab);
        if (result == 0 && (same < slab->pieces || p->slot || !p->rows))
            result = write_slab(p, slab, same, error);
        if (result < 0)
            return -1;
        told(p, slab);
        result = stopped(p->put, error);
        if (result == 0)
            slab = slabs_next(p->slabs, slab->first + slab->pieces > p->have, &result, error);
    }
    return result;
}

static int finish(struct putting *p, struct vault_object *out, struct error *error)
{
    struct head head = {.piece = VAULT_PIECE};
    head.bytes = slabs_sha256(p->slabs, head.sha256);
    uint64_t pieces = (head.bytes + VAULT_PIECE - 1) / VAULT_PIECE;
    store_patience(p->put->store, PATIENCE);
    int result = store_begin(p->put->store, NULL, error);
    if (result == 0)
        result = check_alone(p, error);
    if (result == 0)
        result = cut_from(p, pieces + 1, error);
    if (result == 0)
        result = write_head(p, &head, error);
    if (result == 0)
        result = store_commit(p->put->store, error);
    store_rollback(p->put->store);
    *out = (struct vault_object){.bytes = head.bytes, .kept = p->kept};
    memcpy(out->stored.name, p->name, p->name_length);
    out->stored.name_length = (uint8_t)p->name_length;
    out->stored.rows = pieces + 1;
    memcpy(out->sha256, head.sha256, SEAL_SHA256);
    log_rows_end(p->hash, out->stored.hash);
    p->hash = NULL;
    return result;
}

static void use_name(struct putting *p, const void *name, size_t length, const struct secret *file_key)
{
    memcpy(p->name, name, length);
    p->name_length = length;
    p->key = piece_key(file_key, name_of(p));
    slabs_key(p->slabs, p->put->case_id, p->key, name_of(p));
}

static void release(struct putting *p)
{
    unsigned char unused[SEAL_SHA256];
    slabs_end(p->slabs); /* its thread seals with the key */
    secret_free(p->key);
    if (p->hash)
        log_rows_end(p->hash, unused);
}

int vault_put_file(const struct vault_put *put, const struct vault_source *source, const struct vault_stray *strays,
                   size_t stray_count, const struct vault_stray *fresh, const struct slot_id *slot, struct text body,
                   struct vault_object *out, struct error *error)
{
    struct putting p = {.put = put, .hash = log_rows_begin()};
    const struct vault_stray *begun = NULL;
    struct slab *first = NULL;
    int result = -1;
    p.slabs = slabs_begin(source, error);
    if (p.slabs)
        result = find_begun(&p, strays, stray_count, slabs_peek(p.slabs), &begun, error);
    if (result == 0) {
        const struct vault_stray *file = begun ? begun : fresh;
        p.slot = begun ? NULL : slot;
        p.body = body;
        use_name(&p, file->id, LOG_FILE, file->key);
        first = slabs_next(p.slabs, p.have == 0, &result, error);
    }
    if (result == 0)
        result = put_slabs(&p, first, error);
    if (result == 0)
        result = finish(&p, out, error);
    release(&p);
    return result;
}

static int text_read(void *context, void *at, size_t length, size_t *got, struct error *error)
{
    (void)error;
    struct vault_text *text = context;
    *got = length < text->rest.length ? length : text->rest.length;
    if (*got)
        memcpy(at, text->rest.at, *got);
    text->rest = (struct text){text->rest.at + *got, text->rest.length - *got};
    return 0;
}

struct vault_source vault_source_of(struct vault_text *text)
{
    return (struct vault_source){text_read, text};
}

int vault_put_beside(const struct vault_put *put, const struct vault_stray *file, struct text content,
                     struct vault_object *out, struct error *error)
{
    struct putting p = {.put = put, .hash = log_rows_begin()};
    struct vault_text text = {content};
    struct vault_source source = vault_source_of(&text);
    unsigned char sha256[SEAL_SHA256], name[LOG_OBJECT];
    seal_sha256(content, sha256);
    vault_name_beside(file, sha256, name);
    int result = -1;
    p.slabs = slabs_begin(&source, error);
    if (p.slabs) {
        use_name(&p, name, LOG_OBJECT, file->key);
        result = store_begin_reading(put->store, error);
    }
    if (result == 0)
        result = store_chunk_count(put->store, name_of(&p), &p.rows, error);
    store_rollback(put->store);
    p.have = p.rows ? p.rows - 1 : 0;
    if (result == 0)
        result = put_slabs(&p, slabs_next(p.slabs, p.have == 0, &result, error), error);
    if (result == 0)
        result = finish(&p, out, error);
    release(&p);
    return result;
}

int vault_clear(struct store *store, struct text name, struct error *error)
{
    uint64_t rows = 1;
    while (rows > 0) {
        store_patience(store, PATIENCE);
        if (store_begin(store, NULL, error) < 0 || store_chunk_count(store, name, &rows, error) < 0)
            return -1;
        for (uint32_t cut = 0; rows > 0 && cut < SLAB_PIECES; cut++)
            if (store_chunk_cut(store, name, --rows, error) < 0)
                return -1;
        if (store_commit(store, error) < 0)
            return -1;
    }
    return 0;
}
