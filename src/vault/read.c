/* Reading ranges of an object: see vault.h. */
#include "vault/inside.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

struct vault_reader {
    struct store *store;
    struct secret *key;
    unsigned char case_id[SEAL_PUBLIC];
    char name[LOG_OBJECT];
    size_t name_length;
    struct head head;
    struct buffer beside;
    uint64_t open_piece; /* whose bytes are in `plain`; 0: none */
    char *plain;
};

static struct text name_of(const struct vault_reader *r)
{
    return (struct text){r->name, r->name_length};
}

static int damaged(const struct vault_reader *r, struct error *error, const char *what)
{
    error_set(error, ERROR_DAMAGED, "the case file is damaged: %s", what);
    error_where(error, "%s", store_path(r->store));
    return error_mend(error, "take a copy or a backup of it: 'bearout sync' fetches what this one lacks");
}

/* The connection is open, and so is its transaction. */
static int read_head(struct vault_reader *r, struct error *error)
{
    struct text row;
    int got = store_chunk(r->store, name_of(r), 0, &row, error);
    if (got < 0)
        return -1;
    if (got == 1 && head_open(r->key, r->case_id, name_of(r), row, &r->head) < 0)
        return damaged(r, error, "the first row of a file cannot be opened with its key");
    if (got == 1 && r->head.bytes != HEAD_UNFINISHED)
        return 0;
    error_set(error, ERROR_MISSING,
              got ? "a file has not come in whole yet" : "the file is not in this copy of the case");
    return error_mend(error, got ? "take it again" : "sync with the copy that has it");
}

struct vault_reader *vault_open(const char *path, const unsigned char *case_id, const struct vault_stray *file,
                                struct text name, struct error *error)
{
    assert(name.length <= LOG_OBJECT);
    struct vault_reader *r = memory_new(sizeof *r);
    memcpy(r->case_id, case_id, SEAL_PUBLIC);
    memcpy(r->name, name.at, name.length);
    r->name_length = name.length;
    r->key = piece_key(file->key, name);
    r->store = store_open(path, STORE_READ, error);
    int result = r->store ? read_head(r, error) : -1;
    if (r->store)
        store_rollback(r->store);
    if (result == 0)
        r->plain = memory_new(r->head.piece);
    if (result == 0)
        return r;
    vault_close(r);
    return NULL;
}

uint64_t vault_bytes(const struct vault_reader *r)
{
    return r->head.bytes;
}

const unsigned char *vault_sha256(const struct vault_reader *r)
{
    return r->head.sha256;
}

static size_t length_of(const struct vault_reader *r, uint64_t piece)
{
    uint64_t before = (piece - 1) * r->head.piece, left = r->head.bytes - before;
    return (size_t)(left < r->head.piece ? left : r->head.piece);
}

static int open_piece(struct vault_reader *r, uint64_t piece, struct error *error)
{
    struct text row;
    if (r->open_piece == piece)
        return 0;
    int got = store_chunk(r->store, name_of(r), piece, &row, error);
    if (got < 0)
        return -1;
    if (got == 0)
        return damaged(r, error, "a piece of a file is missing");
    r->open_piece = 0;
    piece_beside(r->case_id, name_of(r), piece, &r->beside);
    if (row.length != length_of(r, piece) + SEAL_OVERHEAD ||
        seal_open(r->key, buffer_text(&r->beside), row, r->plain) < 0)
        return damaged(r, error, "a piece of a file cannot be opened with its key");
    r->open_piece = piece;
    return 0;
}

int vault_read(struct vault_reader *r, uint64_t offset, void *at, size_t length, size_t *got, struct error *error)
{
    *got = 0;
    if (offset >= r->head.bytes || !length)
        return 0;
    if (length > r->head.bytes - offset)
        length = (size_t)(r->head.bytes - offset);
    int result = store_begin_reading(r->store, error);
    while (result == 0 && *got < length) {
        uint64_t place = offset + *got, piece = place / r->head.piece + 1;
        size_t skip = (size_t)(place % r->head.piece), step;
        result = open_piece(r, piece, error);
        if (result < 0)
            break;
        step = length_of(r, piece) - skip;
        step = step < length - *got ? step : length - *got;
        memcpy((char *)at + *got, r->plain + skip, step);
        *got += step;
    }
    store_rollback(r->store);
    return result;
}

void vault_close(struct vault_reader *r)
{
    if (!r)
        return;
    store_free(r->store);
    secret_free(r->key);
    buffer_release(&r->beside);
    if (r->plain)
        seal_wipe(r->plain, r->head.piece);
    free(r->plain);
    free(r);
}
