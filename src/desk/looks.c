/* Looks at records: see looks.h. */
#include "desk/looks.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/vector.h"
#include "ops/taking.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct looks {
    pthread_mutex_t lock;
    VECTOR(char *) seen;
};

struct looks *looks_new(void)
{
    struct looks *l = memory_new(sizeof *l);
    *l = (struct looks){.lock = PTHREAD_MUTEX_INITIALIZER};
    return l;
}

static void forget_all(struct looks *l)
{
    for (size_t i = 0; i < l->seen.count; i++)
        free(l->seen.at[i]);
    l->seen.count = 0;
}

void looks_free(struct looks *l)
{
    if (!l)
        return;
    forget_all(l);
    vector_release(&l->seen);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

void looks_clear(struct looks *l)
{
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    forget_all(l);
    pthread_mutex_unlock(&l->lock);
}

static bool is_seen(const struct looks *l, struct text record)
{
    for (size_t i = 0; i < l->seen.count; i++)
        if (text_equal(text_of(l->seen.at[i]), record))
            return true;
    return false;
}

static int write_down(struct session *s, struct text record, struct error *error)
{
    struct buffer entry = {0};
    struct session_taken taken = {0};
    taking_looked(record, "opened", &entry);
    int result = session_take(s, buffer_text(&entry), 0, &taken, error);
    session_taken_release(&taken);
    buffer_release(&entry);
    return result;
}

int looks_note(struct looks *l, struct session *s, struct text record, struct error *error)
{
    int result = 0;
    pthread_mutex_lock(&l->lock);
    if (!is_seen(l, record)) {
        result = write_down(s, record, error);
        if (result == 0)
            vector_push(&l->seen, memory_copy(record.at, record.length));
    }
    pthread_mutex_unlock(&l->lock);
    return result;
}
