/* Parsing a text on one core while its entries are added on another: a ring of handfuls lies between them, which one
 * fills and the other empties, each in order, so that the model is the same to the byte as on one core. */
#include "case/taking.h"

#include "base/memory.h"

#include <pthread.h>

enum { RING = 64 }; /* handfuls */

struct ahead {
    struct text text;
    struct faults faults; /* the parser's own */
    struct handful ring[RING];
    /* What both look at, under the lock. */
    pthread_mutex_t lock;
    pthread_cond_t turned;
    uint64_t filled, emptied; /* handfuls, counted from the start */
    bool ended;
};

bool handful_fill(struct handful *h, struct parser *parser)
{
    struct entry e;
    h->count = 0;
    h->fields.count = 0;
    while (h->count < HANDFUL && parser_next(parser, &e)) {
        vector_reserve(&h->fields, e.count);
        if (e.count)
            memcpy(h->fields.at + h->fields.count, e.fields, e.count * sizeof *e.fields);
        h->fields.count += e.count;
        h->entries[h->count++] = e;
    }
    return h->count > 0;
}

/* Tells the other side of one more handful. A ring that is neither full nor empty
 * has nobody waiting at it, so a signal is sent at its ends alone. */
static void turn(struct ahead *a, uint64_t *counter, bool ended)
{
    pthread_mutex_lock(&a->lock);
    ++*counter;
    a->ended |= ended;
    uint64_t between = a->filled - a->emptied;
    if (between <= 1 || between >= RING - 1 || ended)
        pthread_cond_signal(&a->turned);
    pthread_mutex_unlock(&a->lock);
}

static void *parse(void *context)
{
    struct ahead *a = context;
    struct parser *parser = parser_new(a->text, &a->faults);
    for (bool more = true; more;) {
        pthread_mutex_lock(&a->lock);
        while (a->filled - a->emptied == RING)
            pthread_cond_wait(&a->turned, &a->lock);
        struct handful *h = &a->ring[a->filled % RING];
        pthread_mutex_unlock(&a->lock);
        more = handful_fill(h, parser) && !a->faults.count;
        turn(a, &a->filled, !more);
    }
    parser_free(parser);
    return NULL;
}

/* The oldest handful that is filled, when there is one; NULL at the end. */
static struct handful *next(struct ahead *a)
{
    pthread_mutex_lock(&a->lock);
    while (a->filled == a->emptied && !a->ended)
        pthread_cond_wait(&a->turned, &a->lock);
    struct handful *h = a->filled == a->emptied ? NULL : &a->ring[a->emptied % RING];
    pthread_mutex_unlock(&a->lock);
    return h;
}

int taking_ahead(struct taking *t)
{
    struct ahead *a = memory_new(sizeof *a);
    a->text = t->text;
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->turned, NULL);
    pthread_t thread;
    int result = pthread_create(&thread, NULL, parse, a) ? -1 : 0;
    if (result == 0) {
        for (struct handful *h = next(a); h; h = next(a)) {
            taking_add(t, h);
            turn(a, &a->emptied, false);
        }
        pthread_join(thread, NULL);
        result = a->faults.count ? -1 : 0;
    }
    for (unsigned i = 0; i < RING; i++)
        vector_release(&a->ring[i].fields);
    faults_release(&a->faults);
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->turned);
    free(a);
    return result;
}
