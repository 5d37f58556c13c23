/* How fast a file comes into the vault, beside libsodium's secretstream on the same machine in the same run.
 *
 *     vault FOLDER MEGABYTES
 *
 * Makes a case in FOLDER, puts that many megabytes into it and reads them again. Prints megabytes a second of each, and
 * the most memory that was taken while the file came in. A folder in memory (/dev/shm) measures the program; one on a
 * disk, the disk, which is synced at every step. */
#include "log/inner.h"
#include "vault/vault.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct pattern {
    uint64_t left;
    char *block; /* a mebibyte that is given again and again, as the system's cache would */
};

static int give(void *context, void *at, size_t length, size_t *got, struct error *error)
{
    (void)error;
    struct pattern *p = context;
    *got = 0;
    while (*got < length && p->left) {
        size_t step = length - *got < 1 << 20 ? length - *got : 1 << 20;
        step = step < p->left ? step : (size_t)p->left;
        memcpy((char *)at + *got, p->block, step);
        *got += step;
        p->left -= step;
    }
    return 0;
}

static double secretstream(char *block)
{
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES],
        header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
    unsigned char *out = malloc(VAULT_PIECE + crypto_secretstream_xchacha20poly1305_ABYTES);
    crypto_secretstream_xchacha20poly1305_keygen(key);
    crypto_secretstream_xchacha20poly1305_init_push(&state, header, key);
    double start = now();
    for (int i = 0; i < 4096; i++)
        crypto_secretstream_xchacha20poly1305_push(&state, out, NULL, (unsigned char *)block, VAULT_PIECE, NULL, 0, 0);
    double took = now() - start;
    free(out);
    return 1024 / took;
}

static int fail(const struct error *error)
{
    fprintf(stderr, "%s: %s\n", error->where, error->what);
    return 1;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    if (count != 3 || seal_start(&error) < 0)
        return 2;
    char path[512];
    snprintf(path, sizeof path, "%s/bench.bearout", arguments[1]);
    uint64_t megabytes = strtoull(arguments[2], NULL, 10);
    struct secret *passphrase = secret_new(4);
    memcpy(secret_bytes(passphrase), "four", 4);
    const struct log_making cheap = {.cost = {1, 8}, .page = LOG_PAGE};
    unlink(path);
    struct log *log =
        log_create_as(path, passphrase, &cheap, &error) < 0 ? NULL : log_open(path, passphrase, LOG_SHARED, &error);
    if (!log)
        return fail(&error);
    struct pattern p = {megabytes << 20, malloc(1 << 20)};
    randombytes_buf(p.block, 1 << 20);
    double stream = secretstream(p.block);
    struct store *store = store_open(path, STORE_WRITE, &error);
    store_rollback(store);
    struct vault_put put = {.store = store, .case_id = log_case_id(log)};
    struct vault_stray fresh = {.key = secret_new(SEAL_KEY)};
    struct slot_id slot;
    unsigned char body[SLOT_VOICE_BODY];
    struct vault_source source = {give, &p};
    struct vault_object object;
    log_file_new(log, fresh.id, fresh.key, &slot, body);
    double start = now();
    if (vault_put_file(&put, &source, NULL, 0, &fresh, &slot, (struct text){(char *)body, sizeof body}, &object,
                       &error) < 0)
        return fail(&error);
    double in = (double)megabytes / (now() - start);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    struct vault_reader *r = vault_open(path, log_case_id(log), &fresh, log_object_name(&object.stored), &error);
    if (!r)
        return fail(&error);
    size_t got = 1;
    start = now();
    for (uint64_t at = 0; got > 0; at += got)
        if (vault_read(r, at, p.block, 1 << 20, &got, &error) < 0)
            return fail(&error);
    double out = (double)megabytes / (now() - start);
    start = now();
    for (uint64_t i = 0; i < 1000; i++)
        vault_read(r, (i * 2654435761u) % (megabytes << 20), p.block, 4096, &got, &error);
    double seek = (now() - start) / 1000;
    printf(
        "secretstream %.0f MB/s; in %.0f MB/s (%.2f of it); out %.0f MB/s; a place in it %.2f ms; most memory %ld MB\n",
        stream, in, in / stream, out, seek * 1000, used.ru_maxrss >> 10);
    vault_close(r);
    secret_free(fresh.key);
    secret_free(passphrase);
    store_free(store);
    log_close(log);
    free(p.block);
    unlink(path);
    return 0;
}
