/* A few threads for what takes long: see work.h. */
#include "desk/work.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

struct task {
    void (*run)(void *context);
    void *context;
    struct task *next;
};

struct work {
    pthread_mutex_t lock;
    pthread_cond_t asked;
    struct task *first, **last;
    bool ended;
    pthread_t *threads;
    size_t count;
};

static struct task *next_task(struct work *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->ended)
        pthread_cond_wait(&w->asked, &w->lock);
    struct task *t = w->first;
    if (t) {
        w->first = t->next;
        if (!w->first)
            w->last = &w->first;
    }
    pthread_mutex_unlock(&w->lock);
    return t;
}

static void *serve(void *context)
{
    struct work *w = context;
    struct task *t;
    while ((t = next_task(w))) {
        t->run(t->context);
        free(t);
    }
    return NULL;
}

struct work *work_new(size_t threads)
{
    struct work *w = memory_new(sizeof *w);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->asked, NULL);
    w->last = &w->first;
    w->threads = memory_array(threads, sizeof *w->threads);
    for (size_t i = 0; i < threads; i++)
        w->count += pthread_create(&w->threads[i], NULL, serve, w) == 0;
    return w;
}

bool work_add(struct work *w, void (*run)(void *context), void *context)
{
    struct task *t = memory_new(sizeof *t);
    *t = (struct task){run, context, NULL};
    pthread_mutex_lock(&w->lock);
    bool taken = !w->ended;
    if (taken) {
        *w->last = t;
        w->last = &t->next;
        pthread_cond_signal(&w->asked);
    }
    pthread_mutex_unlock(&w->lock);
    if (!taken)
        free(t);
    return taken;
}

void work_end(struct work *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->ended = true;
    pthread_cond_broadcast(&w->asked);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->count; i++)
        pthread_join(w->threads[i], NULL);
    w->count = 0;
}

void work_free(struct work *w)
{
    if (!w)
        return;
    work_end(w);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->asked);
    free(w->threads);
    free(w);
}
