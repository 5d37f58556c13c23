/* What pages are told without asking: see events.h. */
#include "desk/events.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum { WAITING = 64 << 10, BLOCK = 4096 }; /* bytes */

struct stream {
    struct events *events;
    struct MHD_Connection *connection;
    struct buffer waiting;
    bool asleep;
    struct stream *next;
};

struct events {
    pthread_mutex_t lock;
    struct stream *streams;
    unsigned count;
    bool ended;
};

struct events *events_new(void)
{
    struct events *e = memory_new(sizeof *e);
    pthread_mutex_init(&e->lock, NULL);
    return e;
}

void events_free(struct events *e)
{
    if (!e)
        return;
    pthread_mutex_destroy(&e->lock);
    free(e);
}

/* Called by the server when it can send; sleeping is asked for under the lock, so that no waking is missed. */
static ssize_t send_waiting(void *context, uint64_t at, char *out, size_t most)
{
    struct stream *s = context;
    (void)at;
    ssize_t sent = 0;
    pthread_mutex_lock(&s->events->lock);
    if (s->waiting.length) {
        size_t n = s->waiting.length < most ? s->waiting.length : most;
        memcpy(out, s->waiting.at, n);
        memmove(s->waiting.at, s->waiting.at + n, s->waiting.length - n);
        s->waiting.length -= n;
        sent = (ssize_t)n;
    } else if (s->events->ended) {
        sent = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->asleep = true;
        MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&s->events->lock);
    return sent;
}

static void end_stream(void *context)
{
    struct stream *s = context;
    struct events *e = s->events;
    pthread_mutex_lock(&e->lock);
    for (struct stream **p = &e->streams; *p; p = &(*p)->next)
        if (*p == s) {
            *p = s->next;
            break;
        }
    e->count--;
    pthread_mutex_unlock(&e->lock);
    buffer_release(&s->waiting);
    free(s);
}

struct MHD_Response *events_listen(struct events *e, struct MHD_Connection *connection)
{
    struct stream *s = memory_new(sizeof *s);
    *s = (struct stream){.events = e, .connection = connection};
    buffer_string(&s->waiting, "retry: 1000\n\n");
    pthread_mutex_lock(&e->lock);
    bool room = e->count < LISTENERS && !e->ended;
    if (room) {
        s->next = e->streams;
        e->streams = s;
        e->count++;
    }
    pthread_mutex_unlock(&e->lock);
    if (!room) {
        buffer_release(&s->waiting);
        free(s);
        return NULL;
    }
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, send_waiting, s, end_stream);
    if (!r)
        end_stream(s);
    return r;
}

static void wake(struct stream *s)
{
    if (s->asleep)
        MHD_resume_connection(s->connection);
    s->asleep = false;
}

static void add_to_all(struct events *e, const char *text)
{
    size_t length = strlen(text);
    pthread_mutex_lock(&e->lock);
    for (struct stream *s = e->streams; s; s = s->next) {
        if (s->waiting.length + length > WAITING)
            continue;
        buffer_add(&s->waiting, text, length);
        wake(s);
    }
    pthread_mutex_unlock(&e->lock);
}

void events_tell(struct events *e, const char *event, const char *data)
{
    struct buffer text = {0};
    buffer_format(&text, "event: %s\ndata: %s\n\n", event, data);
    add_to_all(e, text.at);
    buffer_release(&text);
}

void events_keep_alive(struct events *e)
{
    add_to_all(e, ":\n\n");
}

void events_end(struct events *e)
{
    pthread_mutex_lock(&e->lock);
    e->ended = true;
    for (struct stream *s = e->streams; s; s = s->next)
        wake(s);
    pthread_mutex_unlock(&e->lock);
}
