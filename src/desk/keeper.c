/* Keeps the case of a desk: see keeper.h. */
#include "desk/keeper.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

/* An open case, and how many are at work on it. */
struct held {
    struct session *session;
    struct views *views;
    struct finder *finder;
    struct find_source source;
    unsigned borrowed;
    volatile bool stop; /* locked: it is closed when nobody has it */
    struct held *next;
};

struct keeper {
    const char *file;
    pthread_mutex_t lock;    /* of all below */
    pthread_mutex_t opening; /* one at a time: each takes 256 MiB */
    struct held *open;       /* NULL: none */
    struct held *all;
};

struct keeper *keeper_new(const char *file)
{
    struct keeper *k = memory_new(sizeof *k);
    k->file = file;
    pthread_mutex_init(&k->lock, NULL);
    pthread_mutex_init(&k->opening, NULL);
    return k;
}

void keeper_free(struct keeper *k)
{
    if (!k)
        return;
    keeper_lock(k);
    pthread_mutex_destroy(&k->lock);
    pthread_mutex_destroy(&k->opening);
    free(k);
}

const char *keeper_file(const struct keeper *k)
{
    return k->file;
}

enum keeper_state keeper_state(struct keeper *k)
{
    struct stat info;
    pthread_mutex_lock(&k->lock);
    bool open = k->open != NULL;
    pthread_mutex_unlock(&k->lock);
    return open ? CASE_OPEN : lstat(k->file, &info) == 0 ? CASE_LOCKED : CASE_NONE;
}

static void held_free(struct held *h)
{
    if (!h)
        return;
    finder_free(h->finder);
    views_free(h->views);
    session_close(h->session);
    free(h);
}

/* Takes it out of the list where nobody needs it any more; the caller frees it, without the lock. */
static struct held *take_out(struct keeper *k, struct held *h)
{
    if (h->borrowed || !h->stop)
        return NULL;
    for (struct held **p = &k->all; *p; p = &(*p)->next)
        if (*p == h) {
            *p = h->next;
            break;
        }
    return h;
}

bool keeper_lock(struct keeper *k)
{
    struct held *done = NULL;
    pthread_mutex_lock(&k->lock);
    struct held *h = k->open;
    if (h) {
        h->stop = true;
        k->open = NULL;
        done = take_out(k, h);
    }
    pthread_mutex_unlock(&k->lock);
    held_free(done);
    return h != NULL;
}

struct session *keeper_borrow(struct keeper *k)
{
    pthread_mutex_lock(&k->lock);
    if (k->open)
        k->open->borrowed++;
    struct session *s = k->open ? k->open->session : NULL;
    pthread_mutex_unlock(&k->lock);
    return s;
}

static struct held *held_of(struct keeper *k, const struct session *s)
{
    struct held *h = k->all;
    while (h && h->session != s)
        h = h->next;
    return h;
}

void keeper_return(struct keeper *k, struct session *s)
{
    pthread_mutex_lock(&k->lock);
    struct held *h = held_of(k, s);
    h->borrowed--;
    struct held *done = take_out(k, h);
    pthread_mutex_unlock(&k->lock);
    held_free(done);
}

struct views *keeper_views(struct keeper *k, struct session *s)
{
    pthread_mutex_lock(&k->lock);
    struct views *views = held_of(k, s)->views;
    pthread_mutex_unlock(&k->lock);
    return views;
}

struct finder *keeper_finder(struct keeper *k, struct session *s)
{
    pthread_mutex_lock(&k->lock);
    struct finder *finder = held_of(k, s)->finder;
    pthread_mutex_unlock(&k->lock);
    return finder;
}

const volatile bool *keeper_stop(struct keeper *k, struct session *s)
{
    pthread_mutex_lock(&k->lock);
    const volatile bool *stop = &held_of(k, s)->stop;
    pthread_mutex_unlock(&k->lock);
    return stop;
}

static int open_case(struct keeper *k, const struct secret *passphrase, struct error *error)
{
    struct held *h = memory_new(sizeof *h);
    h->session = session_open(k->file, passphrase, &h->stop, error);
    if (!h->session) {
        free(h);
        return -1;
    }
    h->views = views_new();
    h->source = find_source_session(h->session);
    h->finder = finder_new(&h->source, NULL, NULL);
    if (h->finder && finder_start(h->finder, NULL)) {
        finder_free(h->finder);
        h->finder = NULL;
    }
    pthread_mutex_lock(&k->lock);
    bool spare = k->open != NULL; /* somebody else was as quick */
    if (!spare) {
        h->next = k->all;
        k->all = k->open = h;
    }
    pthread_mutex_unlock(&k->lock);
    if (spare)
        held_free(h);
    return 0;
}

int keeper_unlock(struct keeper *k, const struct secret *passphrase, struct error *error)
{
    pthread_mutex_lock(&k->opening);
    int result = open_case(k, passphrase, error);
    pthread_mutex_unlock(&k->opening);
    return result;
}

int keeper_create(struct keeper *k, const struct secret *passphrase, struct error *error)
{
    pthread_mutex_lock(&k->opening);
    int result = log_create(k->file, passphrase, error);
    if (!result)
        result = open_case(k, passphrase, error);
    pthread_mutex_unlock(&k->opening);
    return result;
}
