/* Reading, hashing and sealing ahead: see slab.h. */
#include "vault/slab.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLABS = 2 };
static const size_t SLAB = (size_t)SLAB_PIECES * VAULT_PIECE;

struct slabs {
    struct slab slabs[SLABS];
    const struct vault_source *source;
    unsigned char case_id[SEAL_PUBLIC];
    const struct secret *key;
    struct text name;
    struct seal_sha256 *sha256;
    uint64_t bytes;
    bool ended; /* the last slab that was read is the last of the file */

    /* The other thread, which is started once there is a second slab. */
    bool threaded;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t turned;
    uint64_t read, given; /* slabs that were read; that were given back */
    atomic_bool ahead;    /* the other thread seals too */
    bool quit, over;      /* told to end; has read the last slab, or failed */
    int failed;
    struct error error;
    uint64_t at; /* the slab that the caller has */
};

static int fill(struct slabs *s, struct slab *slab, uint64_t number, struct error *error)
{
    size_t got = 0, step = 1;
    slab->length = 0;
    while (slab->length < SLAB && step > 0) {
        if (s->source->read(s->source->context, slab->plain + slab->length, SLAB - slab->length, &step, error) < 0)
            return -1;
        slab->length += step;
    }
    got = slab->length;
    s->ended = got < SLAB;
    slab->first = number * SLAB_PIECES + 1;
    slab->pieces = (uint32_t)((got + VAULT_PIECE - 1) / VAULT_PIECE);
    s->bytes += got;
    atomic_store(&slab->taken, 0);
    atomic_store(&slab->done, 0);
    return 0;
}

static void hash(struct slabs *s, const struct slab *slab)
{
    seal_sha256_add(s->sha256, (struct text){slab->plain, slab->length});
}

void slabs_seal_one(struct slabs *s, struct slab *slab, uint32_t piece)
{
    struct buffer beside = {0};
    piece_beside(s->case_id, s->name, slab->first + piece, &beside);
    struct text sealed = slab_sealed(slab, piece);
    seal_close(s->key, buffer_text(&beside), slab_plain(slab, piece), slab->sealed + (sealed.at - slab->sealed));
    struct seal_sha256 *one = seal_sha256_begin();
    seal_sha256_add(one, sealed);
    seal_sha256_end(one, slab->hashes[piece]);
    buffer_release(&beside);
}

static void seal_share(struct slabs *s, struct slab *slab)
{
    uint32_t piece;
    while ((piece = atomic_fetch_add(&slab->taken, 1)) < slab->pieces) {
        slabs_seal_one(s, slab, piece);
        atomic_fetch_add(&slab->done, 1);
    }
}

/* Waits until there is room for a slab; false where there is to be none. */
static bool await_room(struct slabs *s)
{
    pthread_mutex_lock(&s->lock);
    while (!s->quit && s->read - s->given >= SLABS)
        pthread_cond_wait(&s->turned, &s->lock);
    bool go = !s->quit;
    pthread_mutex_unlock(&s->lock);
    return go;
}

static void turn(struct slabs *s, uint64_t *count, uint64_t more, bool over)
{
    pthread_mutex_lock(&s->lock);
    *count += more;
    s->over |= over;
    pthread_cond_broadcast(&s->turned);
    pthread_mutex_unlock(&s->lock);
}

static void *work(void *context)
{
    struct slabs *s = context;
    bool more = true;
    while (more && await_room(s)) {
        struct slab *slab = &s->slabs[s->read % SLABS];
        struct error error = {0};
        int failed = fill(s, slab, s->read, &error);
        more = !failed && !s->ended;
        s->failed = failed;
        s->error = error;
        turn(s, &s->read, !failed, !more);
        if (failed)
            break;
        hash(s, slab);
        if (atomic_load(&s->ahead))
            seal_share(s, slab);
    }
    return NULL;
}

struct slabs *slabs_begin(const struct vault_source *source, struct error *error)
{
    struct slabs *s = memory_new(sizeof *s);
    s->source = source;
    s->sha256 = seal_sha256_begin();
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->turned, NULL);
    s->slabs[0].plain = memory_resize(NULL, SLAB, 1);
    s->slabs[0].sealed = memory_resize(NULL, SLAB_PIECES, VAULT_PIECE + SEAL_OVERHEAD);
    if (fill(s, &s->slabs[0], 0, error) == 0) {
        s->read = 1;
        hash(s, &s->slabs[0]);
        return s;
    }
    slabs_end(s);
    return NULL;
}

const struct slab *slabs_peek(const struct slabs *s)
{
    return &s->slabs[0];
}

void slabs_key(struct slabs *s, const unsigned char *case_id, const struct secret *key, struct text name)
{
    memcpy(s->case_id, case_id, SEAL_PUBLIC);
    s->key = key;
    s->name = name;
}

static void start(struct slabs *s)
{
    if (s->threaded || s->ended)
        return;
    for (int i = 1; i < SLABS; i++) {
        s->slabs[i].plain = memory_resize(NULL, SLAB, 1);
        s->slabs[i].sealed = memory_resize(NULL, SLAB_PIECES, VAULT_PIECE + SEAL_OVERHEAD);
    }
    if (pthread_create(&s->thread, NULL, work, s) != 0)
        abort(); /* as where there is no memory: a thread needs little else */
    s->threaded = true;
}

struct slab *slabs_next(struct slabs *s, bool ahead, int *result, struct error *error)
{
    *result = 0;
    atomic_store(&s->ahead, ahead);
    if (s->at == 0) {
        s->at = 1;
        start(s);
        return &s->slabs[0];
    }
    if (!s->threaded)
        return NULL;
    turn(s, &s->given, 1, false);
    pthread_mutex_lock(&s->lock);
    while (s->read <= s->at && !s->over)
        pthread_cond_wait(&s->turned, &s->lock);
    bool last = s->read <= s->at;
    pthread_mutex_unlock(&s->lock);
    if (last && s->failed) {
        *result = -1;
        if (error)
            *error = s->error;
        return NULL;
    }
    return last ? NULL : &s->slabs[s->at++ % SLABS];
}

void slabs_seal(struct slabs *s, struct slab *slab)
{
    seal_share(s, slab);
    while (atomic_load(&slab->done) < slab->pieces)
        sched_yield();
}

uint64_t slabs_sha256(struct slabs *s, unsigned char hash_out[SEAL_SHA256])
{
    if (s->threaded)
        pthread_join(s->thread, NULL);
    s->threaded = false;
    seal_sha256_end(s->sha256, hash_out);
    s->sha256 = NULL;
    return s->bytes;
}

void slabs_end(struct slabs *s)
{
    if (!s)
        return;
    if (s->threaded) {
        pthread_mutex_lock(&s->lock);
        s->quit = true;
        pthread_cond_broadcast(&s->turned);
        pthread_mutex_unlock(&s->lock);
        pthread_join(s->thread, NULL);
    }
    unsigned char unused[SEAL_SHA256];
    if (s->sha256)
        seal_sha256_end(s->sha256, unused);
    for (int i = 0; i < SLABS; i++) {
        if (s->slabs[i].plain)
            seal_wipe(s->slabs[i].plain, SLAB);
        free(s->slabs[i].plain);
        free(s->slabs[i].sealed);
    }
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->turned);
    free(s);
}
