/* The desk: its address, its parts, and what happens by itself. See desk.h. */
#include "desk/desk.h"

#include "base/clock.h"
#include "desk/forgetful.h"
#include "desk/http.h"
#include "seal/seal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
    WORKERS = 4,
    TICK_MILLISECONDS = 150, /* how soon what others write is seen */
    AHEAD_MILLISECONDS = 4,  /* how long an answer may have to wait for work that is done ahead */
    ALIVE_SECONDS = 5,
};

struct desk {
    const struct desk_wish *wish;
    struct keeper *keeper;
    struct looks *looks; /* NULL: nobody wants them */
    struct gatekeeper *gatekeeper;
    struct events *events;
    struct work *work;
    struct http *http;
    struct session_now looked; /* what the finder was told of last */
    int listening;
    bool made_socket;
};

/* ---- what its parts ask ---- */

struct keeper *desk_keeper(struct desk *d)
{
    return d->keeper;
}

const char *desk_token(const struct desk *d)
{
    return gatekeeper_token(d->gatekeeper);
}

uint32_t desk_idle(const struct desk *d)
{
    return d->wish->idle;
}

struct looks *desk_looks(const struct desk *d)
{
    return d->looks;
}

void desk_tell(struct desk *d, const char *event, const char *data)
{
    events_tell(d->events, event, data);
}

void desk_tell_change(struct desk *d, struct session_now now)
{
    struct buffer data = {0};
    buffer_format(&data, "{\"epoch\":%u,\"revision\":%u}", now.epoch, now.revision);
    desk_tell(d, "change", data.at);
    buffer_release(&data);
}

void desk_lock(struct desk *d)
{
    if (keeper_lock(d->keeper))
        desk_tell(d, "lock", "{}");
    looks_clear(d->looks);
    http_hang_up(d->http); /* a connection that rests has the last question in its memory */
    forgetful_trim();
}

/* ---- its address ---- */

static int no_socket(const struct desk_wish *w, struct error *error)
{
    int number = errno;
    char name[32];
    snprintf(name, sizeof name, "127.0.0.1:%u", w->port);
    error_system(error, number, "serve on", w->socket ? w->socket : name);
    return error_mend(error, w->socket ? "name a path that is free, in a folder of your own"
                                       : "leave --port out to have a free one, or end what serves there");
}

/* On the loopback address alone: nobody else on the network can reach it. */
static int listen_to_port(struct desk *d, uint16_t *port, struct error *error)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(d->wish->port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    d->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1; /* a port that this program just left can be had again */
    if (d->listening < 0 || setsockopt(d->listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        bind(d->listening, (struct sockaddr *)&address, sizeof address) < 0 || listen(d->listening, 256) < 0 ||
        getsockname(d->listening, (struct sockaddr *)&address, &length) < 0)
        return no_socket(d->wish, error);
    *port = ntohs(address.sin_port);
    return 0;
}

/* For its owner alone. */
static int listen_to_path(struct desk *d, struct error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(d->wish->socket) >= sizeof address.sun_path) {
        error_set(error, ERROR_USAGE, "the path of the socket is longer than %zu bytes", sizeof address.sun_path - 1);
        return error_mend(error, "name a shorter one");
    }
    memcpy(address.sun_path, d->wish->socket, strlen(d->wish->socket));
    d->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0177);
    bool failed = d->listening < 0 || bind(d->listening, (struct sockaddr *)&address, sizeof address) < 0;
    umask(before);
    if (failed)
        return no_socket(d->wish, error);
    d->made_socket = true;
    return listen(d->listening, 256) < 0 ? no_socket(d->wish, error) : 0;
}

/* ---- what happens by itself ---- */

static void look(struct finder *f)
{
    if (f)
        finder_look(f);
}

/* Sees what others have written, and does ahead what pages will want, a little at a time so that whoever asks does not
 * wait. */
static void look_after_case(struct desk *d, uint64_t until)
{
    struct session *s = keeper_borrow(d->keeper);
    if (!s)
        return;
    bool changed = false, more = true;
    session_refresh(s, &changed, NULL);
    if (changed) {
        http_note_told(d->http);
        desk_tell_change(d, session_now(s));
    }
    struct session_now now = session_now(s);
    if (now.revision != d->looked.revision || now.epoch != d->looked.epoch)
        look(keeper_finder(d->keeper, s));
    d->looked = now;
    const volatile bool *stop = keeper_stop(d->keeper, s);
    while (more && !*stop && clock_milliseconds() < until) {
        const struct opened *o = session_enter(s);
        more = views_work(keeper_views(d->keeper, s), o, session_now(s), AHEAD_MILLISECONDS);
        session_leave(s);
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    keeper_return(d->keeper, s);
}

static void look_after(struct desk *d, const volatile bool *stop)
{
    uint64_t alive = clock_milliseconds();
    while (!*stop) {
        uint64_t now = clock_milliseconds(), next = now + TICK_MILLISECONDS;
        http_tick(d->http);
        if (d->wish->idle && now / 1000 >= http_last_asked(d->http) + d->wish->idle)
            desk_lock(d);
        look_after_case(d, next);
        if (now >= alive + ALIVE_SECONDS * 1000) {
            events_keep_alive(d->events);
            alive = now;
        }
        now = clock_milliseconds();
        if (now < next)
            nanosleep(&(struct timespec){0, (long)(next - now) * 1000000}, NULL);
    }
}

/* ---- all of it ---- */

static int begin(struct desk *d, struct error *error)
{
    uint16_t port = 0;
    struct buffer link = {0};
    if (d->wish->passphrase && keeper_unlock(d->keeper, d->wish->passphrase, error))
        return -1;
    if (d->wish->socket ? listen_to_path(d, error) : listen_to_port(d, &port, error))
        return -1;
    d->gatekeeper = gatekeeper_new(port);
    d->events = events_new();
    d->work = work_new(WORKERS);
    d->http = http_start(d->listening, d, d->gatekeeper, d->events, d->work, error);
    if (!d->http)
        return -1;
    d->listening = -1;
    gatekeeper_link(d->gatekeeper, &link);
    d->wish->ready(d->wish->context, link.at);
    seal_wipe(link.at, link.room);
    buffer_release(&link);
    return 0;
}

/* Work first, which wakes the connections that wait for it; then the streams; then the server, which may ask for work
 * to its last moment. */
static void end(struct desk *d)
{
    keeper_lock(d->keeper);
    http_break_off(d->http);
    work_end(d->work);
    if (d->events)
        events_end(d->events);
    http_free(d->http);
    work_free(d->work);
    events_free(d->events);
    gatekeeper_free(d->gatekeeper);
    keeper_free(d->keeper);
    looks_free(d->looks);
    if (d->listening >= 0)
        close(d->listening);
    if (d->made_socket)
        unlink(d->wish->socket);
}

int desk_run(const struct desk_wish *wish, const volatile bool *stop, struct error *error)
{
    struct desk d = {.wish = wish, .listening = -1, .keeper = keeper_new(wish->file)};
    if (wish->log_looks)
        d.looks = looks_new();
    forgetful_start();
    int result = begin(&d, error);
    if (result == 0)
        look_after(&d, stop);
    end(&d);
    return result;
}
