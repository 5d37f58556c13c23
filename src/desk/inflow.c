/* A file that comes in over HTTP: see inflow.h. */
#include "desk/inflow.h"

#include "base/memory.h"
#include "seal/seal.h"

#include <pthread.h>
#include <stdlib.h>

enum { ROOM = 1 << 20 };

struct inflow {
    pthread_mutex_t lock;
    pthread_cond_t came;
    void (*wake)(void *context);
    void *context;
    uint64_t expected, put;
    size_t first, length; /* in the ring */
    bool waits, ended, done;
    char ring[ROOM];
};

struct inflow *inflow_new(uint64_t expected, void (*wake)(void *context), void *context)
{
    struct inflow *f = memory_new(sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->came, NULL);
    f->expected = expected;
    f->wake = wake;
    f->context = context;
    return f;
}

void inflow_free(struct inflow *f)
{
    if (!f)
        return;
    pthread_mutex_destroy(&f->lock);
    pthread_cond_destroy(&f->came);
    seal_wipe(f, sizeof *f);
    free(f);
}

static void copy_in(struct inflow *f, const char *at, size_t length)
{
    size_t last = (f->first + f->length) % ROOM, before_end = ROOM - last;
    size_t n = length < before_end ? length : before_end;
    memcpy(f->ring + last, at, n);
    memcpy(f->ring, at + n, length - n);
    f->length += length;
}

size_t inflow_put(struct inflow *f, struct text bytes)
{
    pthread_mutex_lock(&f->lock);
    size_t n = f->done ? bytes.length : ROOM - f->length;
    if (n > bytes.length)
        n = bytes.length;
    if (!f->done && n)
        copy_in(f, bytes.at, n);
    f->put += n;
    f->waits = n < bytes.length;
    pthread_cond_signal(&f->came);
    pthread_mutex_unlock(&f->lock);
    return n;
}

void inflow_end(struct inflow *f)
{
    pthread_mutex_lock(&f->lock);
    f->ended = true;
    pthread_cond_signal(&f->came);
    pthread_mutex_unlock(&f->lock);
}

/* Lets go of the lock before it wakes anybody: who is woken has a lock too, and holds it while it puts. */
static void unlock_and_wake(struct inflow *f)
{
    bool waits = f->waits;
    f->waits = false;
    pthread_mutex_unlock(&f->lock);
    if (waits)
        f->wake(f->context);
}

void inflow_done(struct inflow *f)
{
    pthread_mutex_lock(&f->lock);
    f->done = true;
    unlock_and_wake(f);
}

static size_t copy_out(struct inflow *f, char *at, size_t length)
{
    size_t before_end = ROOM - f->first, n = f->length < length ? f->length : length;
    n = n < before_end ? n : before_end;
    memcpy(at, f->ring + f->first, n);
    f->first = (f->first + n) % ROOM;
    f->length -= n;
    return n;
}

static int read_inflow(void *context, void *at, size_t length, size_t *got, struct error *error)
{
    struct inflow *f = context;
    int result = 0;
    *got = 0;
    pthread_mutex_lock(&f->lock);
    while (*got < length && result == 0) {
        while (!f->length && !f->ended)
            pthread_cond_wait(&f->came, &f->lock);
        if (!f->length)
            break;
        *got += copy_out(f, (char *)at + *got, length - *got);
        if (*got < length && f->waits) {
            unlock_and_wake(f);
            pthread_mutex_lock(&f->lock);
        }
    }
    if (*got < length && f->put != f->expected) {
        error_set(error, ERROR_IO, "the file broke off after %llu of %llu bytes", (unsigned long long)f->put,
                  (unsigned long long)f->expected);
        result = error_mend(error, "send it again: what is in already stays");
    }
    unlock_and_wake(f);
    return result;
}

struct vault_source inflow_source(struct inflow *f)
{
    return (struct vault_source){read_inflow, f};
}
