/* The vault: what goes in comes out, by ranges too; interrupted, damaged, moved about and destroyed. */
#include "../log/small.h"

#include "vault/vault.h"

#include <stdio.h>

enum { SIZE = 40 * VAULT_PIECE + 70000 }; /* more than a slab, and not a whole number of pieces */

static unsigned char *content;

static int start(void **state)
{
    content = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        content[i] = (unsigned char)(i * 2654435761u >> 13);
    return small_start(state);
}

static int end(void **state)
{
    free(content);
    return small_end(state);
}

static struct store *open_store(const char *path)
{
    struct store *s = store_open(path, STORE_WRITE, &small_error);
    assert_non_null(s);
    store_rollback(s);
    return s;
}

/* A source that raises `stop` once so many bytes were read. */
struct stopping {
    struct vault_text text;
    size_t after;
    volatile bool stop;
};

static int read_and_stop(void *context, void *at, size_t length, size_t *got, struct error *error)
{
    struct stopping *s = context;
    struct vault_source inner = vault_source_of(&s->text);
    int result = inner.read(inner.context, at, length, got, error);
    s->stop |= SIZE - s->text.rest.length > s->after;
    return result;
}

/* Puts `bytes` of the content in, under record `r`, and enters it. */
static int put(struct log *log, const struct vault_stray *strays, size_t count, size_t after, struct vault_object *out)
{
    struct store *store = open_store(log_path(log));
    struct stopping source = {{{(const char *)content, SIZE}}, after, false};
    struct vault_source reads = {read_and_stop, &source};
    struct vault_put to = {.store = store, .case_id = log_case_id(log), .stop = &source.stop};
    struct vault_stray fresh = {.key = secret_new(SEAL_KEY)};
    struct slot_id slot;
    unsigned char body[SLOT_VOICE_BODY];
    log_file_new(log, fresh.id, fresh.key, &slot, body);
    int result = vault_put_file(&to, &reads, strays, count, &fresh, &slot,
                                (struct text){(const char *)body, sizeof body}, out, &small_error);
    secret_free(fresh.key);
    store_free(store);
    return result;
}

static void enter(struct log *log, const struct vault_object *object)
{
    struct buffer entry = {0};
    buffer_string(&entry, "record r document \"R\"\nkept r ");
    for (int i = 0; i < 32; i++)
        buffer_format(&entry, "%02x", object->sha256[i]);
    buffer_format(&entry, " %llu \"name\"\n    on 2031\n", (unsigned long long)object->bytes);
    log_file_adopt(log, TEXT("r"), object->stored.name);
    log_file_vouch(log, &object->stored);
    assert_int_equal(log_append(log, buffer_text(&entry), &small_error), 0);
    buffer_release(&entry);
}

static struct vault_stray key_of(struct log *log, const unsigned char *id)
{
    struct vault_stray key = {.key = secret_new(SEAL_KEY)};
    memcpy(key.id, id, LOG_FILE);
    struct store *store = open_store(log_path(log));
    assert_int_equal(log_file_key(log, store, key.id, key.key, &small_error), 1);
    store_free(store);
    return key;
}

static struct vault_reader *reader_of(struct log *log, const unsigned char *id, struct error *error)
{
    struct vault_stray key = key_of(log, id);
    struct vault_reader *r =
        vault_open(log_path(log), log_case_id(log), &key, (struct text){(const char *)id, LOG_FILE}, error);
    secret_free(key.key);
    return r;
}

static const char *made(const char *name, struct vault_object *object)
{
    const char *path = small_path(name);
    small_create(path);
    struct log *log = small_open(path, LOG_SHARED);
    assert_int_equal(put(log, NULL, 0, SIZE_MAX, object), 0);
    enter(log, object);
    log_close(log);
    return path;
}

static void ranges_come_out_as_they_went_in(void **state)
{
    (void)state;
    struct vault_object object;
    struct log *log = small_open(made("a.bearout", &object), LOG_SHARED);
    static const size_t places[][2] = {{0, 1},
                                       {0, SIZE},
                                       {VAULT_PIECE - 1, 2},
                                       {VAULT_PIECE, VAULT_PIECE},
                                       {SIZE - 1, 10},
                                       {SIZE, 1},
                                       {SIZE + 5, 1},
                                       {12345, 3 * VAULT_PIECE},
                                       {7, 0},
                                       {SIZE - 70001, 70001}};
    unsigned char *out = malloc(SIZE);
    struct vault_reader *r = reader_of(log, object.stored.name, &small_error);
    assert_non_null(r);
    assert_int_equal(vault_bytes(r), SIZE);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t got, at = places[i][0], length = places[i][1], there = at < SIZE ? SIZE - at : 0;
        assert_int_equal(vault_read(r, at, out, length, &got, &small_error), 0);
        assert_int_equal(got, length < there ? length : there);
        assert_memory_equal(out, content + at, got);
    }
    vault_close(r);
    free(out);
    log_close(log);
    struct log_report report;
    assert_int_equal(log_verify(small_path("a.bearout"), &report, &small_error), 0);
    assert_int_equal(report.files, 1);
    assert_int_equal(report.unfinished, 0);
}

static void what_was_interrupted_goes_on(void **state)
{
    (void)state;
    const char *path = small_path("b.bearout");
    small_create(path);
    struct log *log = small_open(path, LOG_SHARED);
    struct vault_object object;
    assert_int_equal(put(log, NULL, 0, 1, &object), -1);
    assert_int_equal(small_error.code, ERROR_INTERRUPTED);
    struct store *store = open_store(path);
    struct buffer name = {0};
    assert_int_equal(store_chunk_name(store, TEXT(""), &name, &small_error), 1);
    store_free(store);
    struct log_report report;
    assert_int_equal(log_verify(path, &report, &small_error), 0);
    assert_int_equal(report.unfinished, 1);
    struct vault_stray stray = key_of(log, (const unsigned char *)name.at);
    assert_int_equal(put(log, &stray, 1, SIZE_MAX, &object), 0);
    assert_int_equal(object.kept, 40 * VAULT_PIECE);
    assert_memory_equal(object.stored.name, stray.id, LOG_FILE);
    /* and where what is there differs further on, what is the same stays */
    content[10 * VAULT_PIECE + 3] ^= 1;
    assert_int_equal(put(log, &stray, 1, SIZE_MAX, &object), 0);
    assert_int_equal(object.kept, 10 * VAULT_PIECE);
    content[10 * VAULT_PIECE + 3] ^= 1;
    secret_free(stray.key);
    assert_int_equal(put(log, NULL, 0, SIZE_MAX, &object), 0);
    enter(log, &object);
    struct vault_reader *r = reader_of(log, object.stored.name, &small_error);
    assert_non_null(r);
    vault_close(r);
    log_close(log);
    buffer_release(&name);
}

static void damage_is_seen_with_the_passphrase_and_without(void **state)
{
    (void)state;
    struct vault_object object;
    const char *path = made("c.bearout", &object);
    struct text name = log_object_name(&object.stored), row;
    struct log *log = small_open(path, LOG_SHARED);
    struct store *store = open_store(path);
    struct buffer first = {0};
    assert_int_equal(store_begin(store, NULL, &small_error), 0);
    assert_int_equal(store_chunk(store, name, 1, &row, &small_error), 1);
    buffer_text_add(&first, row);
    assert_int_equal(store_chunk_put(store, name, 2, buffer_text(&first), &small_error),
                     0); /* one in another's place */
    assert_int_equal(store_commit(store, &small_error), 0);
    store_free(store);
    struct log_report report;
    struct error error = {0};
    assert_int_equal(log_verify(path, &report, &error), -1);
    assert_int_equal(error.code, ERROR_DAMAGED);
    struct vault_reader *r = reader_of(log, object.stored.name, &error);
    char out[64];
    size_t got;
    assert_int_equal(vault_read(r, 3, out, 8, &got, &small_error), 0);
    assert_int_equal(vault_read(r, VAULT_PIECE + 3, out, 8, &got, &error), -1);
    assert_int_equal(error.code, ERROR_DAMAGED);
    vault_close(r);
    buffer_release(&first);
    log_close(log);
}

static void a_copy_gets_files_by_syncing_and_loses_those_that_are_destroyed(void **state)
{
    (void)state;
    struct vault_object object;
    const char *path = small_path("d.bearout"), *other = small_path("e.bearout");
    small_create(path);
    small_copy(path, other);
    struct log *log = small_open(path, LOG_SHARED);
    assert_int_equal(put(log, NULL, 0, SIZE_MAX, &object), 0);
    enter(log, &object);
    log_close(log);
    struct log *a = small_open(path, LOG_WRITE), *b = small_open(other, LOG_WRITE);
    uint64_t received, sent;
    assert_int_equal(log_sync(a, b, &received, &sent, &small_error), 0);
    log_close(b);
    struct vault_reader *r = NULL;
    b = small_open(other, LOG_SHARED);
    r = reader_of(b, object.stored.name, &small_error);
    assert_non_null(r);
    vault_close(r);
    log_close(b);
    assert_int_equal(log_append(a, TEXT("destroy r\n"), &small_error), 0);
    assert_int_equal(log_sweep_files(a, &small_error), 0);
    b = small_open(other, LOG_WRITE);
    assert_int_equal(log_sync(a, b, &received, &sent, &small_error), 0);
    log_close(a);
    log_close(b);
    struct store *store = open_store(other);
    uint64_t rows;
    unsigned char id[LOG_FILE];
    assert_int_equal(store_chunk_count(store, log_object_name(&object.stored), &rows, &small_error), 0);
    assert_int_equal(rows, 0);
    store_free(store);
    b = small_open(other, LOG_READ);
    assert_int_equal(log_record_key(b, TEXT("r"), 0, id), 0);
    assert_non_null(strstr(small_text(b, 0), "forgotten"));
    log_close(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_come_out_as_they_went_in),
        cmocka_unit_test(what_was_interrupted_goes_on),
        cmocka_unit_test(damage_is_seen_with_the_passphrase_and_without),
        cmocka_unit_test(a_copy_gets_files_by_syncing_and_loses_those_that_are_destroyed),
    };
    return cmocka_run_group_tests(tests, start, end);
}
