/* The desk's server: see http.h. */
#include "desk/http.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/limits.h"
#include "desk/asset.h"
#include "ops/draft.h"
#include "publish/base64.h"
#include "publish/page.h"
#include "seal/seal.h"

#include <errno.h>
#include <stdio.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum {
    HEADERS = 32 << 10,     /* bytes of one request's line and headers, and of its connection's buffers */
    BODY_SECONDS = 300,     /* in which a body has to have come; a file may take as long as it keeps coming */
    ANSWER_SECONDS = 600,   /* in which an answer has to have been read */
    QUIET_AFTER_CHANGE = 3, /* seconds in which pages ask because they were told to */
};

/* One request under way. */
struct visit {
    struct http *http;
    struct MHD_Connection *connection;
    struct exchange exchange;
    const struct route *route;
    const struct view_path *view;
    size_t expected; /* bytes of the body, counted in http->expected */
    bool begun, get;
    bool asleep, done, working, left; /* of work elsewhere; under http->lock. left: the client is gone */
    struct visit *next;               /* with a file that comes in */
};

/* One connection, from the moment it is taken. */
struct guest_connection {
    int fd;
    uint64_t late; /* when it has to have come further; 0: it may take its time */
    struct guest_connection *next;
};

struct http {
    struct MHD_Daemon *daemon;
    struct desk *desk;
    struct gatekeeper *gatekeeper;
    struct events *events;
    struct work *work;
    struct buffer policy; /* the Content-Security-Policy */
    atomic_size_t expected;
    atomic_uint_fast64_t last_asked, told; /* seconds */
    pthread_mutex_t lock;                  /* of what follows */
    struct guest_connection *guests;
    struct visit *files; /* those with a file that comes in */
    bool ending;         /* no more of them come in */
};

/* A file on its way out, or the part of it that was asked for. */
struct outgoing {
    struct evidence *file;
    uint64_t first, length;
};

/* ---- answers ---- */

static enum MHD_Result refuse(struct visit *v, unsigned status, const char *what, const char *mend);

static struct text header(struct visit *v, const char *name)
{
    return text_of(MHD_lookup_connection_value(v->connection, MHD_HEADER_KIND, name));
}

/* The page made for readers is shown inside ours as it is written, in a frame that can do nothing; its one style sheet
 * is known by its hash. */
static void write_policy(struct buffer *out)
{
    unsigned char hash[SEAL_SHA256];
    seal_sha256(text_of(page_style), hash);
    buffer_string(out, "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
    base64_add(out, (struct text){(const char *)hash, sizeof hash});
    buffer_string(out,
                  "'; img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
                  "frame-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
}

static void add_headers(const struct http *h, struct MHD_Response *r, const char *type)
{
    static const char *const always[][2] = {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Embedder-Policy", "require-corp"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy",
         "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=(), "
         "midi=(), browsing-topics=(), interest-cohort=()"},
        {"X-DNS-Prefetch-Control", "off"},
    };
    MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        MHD_add_response_header(r, always[i][0], always[i][1]);
    MHD_add_response_header(r, "Content-Security-Policy", h->policy.at);
}

static enum MHD_Result send_bytes(struct visit *v, unsigned status, const char *type, struct text body,
                                  enum MHD_ResponseMemoryMode memory)
{
    static char nothing[1];
    char *at = body.length ? (char *)(uintptr_t)body.at : nothing;
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body.length, at, body.length ? memory : MHD_RESPMEM_PERSISTENT);
    if (!r)
        return MHD_NO;
    add_headers(v->http, r, type);
    enum MHD_Result sent = MHD_queue_response(v->connection, status, r);
    MHD_destroy_response(r);
    return sent;
}

/* ---- files ---- */

static ssize_t send_piece(void *context, uint64_t at, char *out, size_t most)
{
    struct outgoing *o = context;
    size_t got = 0;
    if (at >= o->length)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (most > o->length - at)
        most = (size_t)(o->length - at);
    if (evidence_read(o->file, o->first + at, out, most, &got, NULL) || !got)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    return (ssize_t)got;
}

static void end_piece(void *context)
{
    struct outgoing *o = context;
    evidence_close(o->file);
    free(o);
}

/* "bytes=FIRST-", "bytes=FIRST-LAST" or "bytes=-COUNT"; anything else asks for all. False where there is no such part.
 */
static bool read_range(struct text range, uint64_t bytes, uint64_t *first, uint64_t *length)
{
    *first = 0;
    *length = bytes;
    if (!text_starts(range, TEXT("bytes=")) || memchr(range.at, ',', range.length))
        return true;
    char *end;
    const char *at = range.at + 6;
    bool suffix = *at == '-';
    uint64_t from = strtoull(suffix ? at + 1 : at, &end, 10);
    if (suffix) {
        *first = from < bytes ? bytes - from : 0;
        *length = bytes - *first;
        return from > 0 && bytes > 0;
    }
    if (end == at || *end != '-')
        return true;
    uint64_t last = end[1] ? strtoull(end + 1, NULL, 10) : bytes - 1;
    if (from >= bytes || last < from)
        return false;
    *first = from;
    *length = (last < bytes ? last : bytes - 1) - from + 1;
    return true;
}

static enum MHD_Result send_file(struct visit *v)
{
    struct exchange *x = &v->exchange;
    struct text range = header(v, MHD_HTTP_HEADER_RANGE);
    uint64_t bytes = evidence_bytes(x->file), first, length;
    if (!read_range(range, bytes, &first, &length)) {
        evidence_close(x->file);
        x->file = NULL;
        return refuse(v, MHD_HTTP_RANGE_NOT_SATISFIABLE, "the file has no such part", "ask for one within it");
    }
    bool part = length != bytes;
    struct outgoing *o = memory_new(sizeof *o);
    *o = (struct outgoing){x->file, first, length};
    x->file = NULL;
    struct MHD_Response *r = MHD_create_response_from_callback(length, VAULT_PIECE, send_piece, o, end_piece);
    if (!r) {
        end_piece(o);
        return MHD_NO;
    }
    char said[96];
    snprintf(said, sizeof said, "bytes %llu-%llu/%llu", (unsigned long long)first,
             (unsigned long long)(first + length - 1), (unsigned long long)bytes);
    add_headers(v->http, r, x->type);
    MHD_add_response_header(r, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
    if (part)
        MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_RANGE, said);
    if (x->saved)
        MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_DISPOSITION, "attachment");
    enum MHD_Result sent = MHD_queue_response(v->connection, part ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK, r);
    MHD_destroy_response(r);
    return sent;
}

static enum MHD_Result send_exchange(struct visit *v)
{
    struct exchange *x = &v->exchange;
    if (x->file)
        return send_file(v);
    struct text body = buffer_text(&x->answer);
    x->answer = (struct buffer){0}; /* the response frees it */
    return send_bytes(v, x->status ? x->status : MHD_HTTP_OK, x->type ? x->type : "application/json", body,
                      MHD_RESPMEM_MUST_FREE);
}

static enum MHD_Result refuse(struct visit *v, unsigned status, const char *what, const char *mend)
{
    exchange_refuse(&v->exchange, status, what, mend);
    return send_exchange(v);
}

static enum MHD_Result send_asset(struct visit *v, const struct asset *a)
{
    return send_bytes(v, MHD_HTTP_OK, asset_type(a), a->content, MHD_RESPMEM_PERSISTENT);
}

/* ---- coming in ---- */

static struct text asked_key(struct visit *v)
{
    return text_of(MHD_lookup_connection_value(v->connection, MHD_GET_ARGUMENT_KIND, "key"));
}

/* The page that it leads to is asked for by this one, so that the cookie, which no other site can make a browser send,
 * goes with it. */
static enum MHD_Result open_link(struct visit *v)
{
    static const struct text page = {
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Bearout</title><a href=\"/\">The desk</a>\n",
        93};
    static const struct text used = {"This link was used, or is too old. Let 'bearout desk' print another.\n", 69};
    const char *cookie = NULL;
    bool admitted = gatekeeper_admit(v->http->gatekeeper, asked_key(v), &cookie);
    struct text body = admitted ? page : used;
    body.length = strlen(body.at);
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body.length, (char *)(uintptr_t)body.at, MHD_RESPMEM_PERSISTENT);
    if (!r)
        return MHD_NO;
    add_headers(v->http, r, admitted ? "text/html; charset=utf-8" : "text/plain; charset=utf-8");
    if (admitted) {
        MHD_add_response_header(r, MHD_HTTP_HEADER_SET_COOKIE, cookie);
        MHD_add_response_header(r, MHD_HTTP_HEADER_REFRESH, "0; url=/");
    }
    enum MHD_Result sent = MHD_queue_response(v->connection, admitted ? MHD_HTTP_OK : MHD_HTTP_FORBIDDEN, r);
    MHD_destroy_response(r);
    return sent;
}

static enum MHD_Result turn_away(struct visit *v, enum verdict verdict)
{
    static const struct {
        unsigned status;
        const char *what, *mend;
    } words[] = {
        [GUEST_STRANGER] = {MHD_HTTP_UNAUTHORIZED, "this browser has not been let in",
                            "open the link that 'bearout desk' prints"},
        [GUEST_ELSEWHERE] = {MHD_HTTP_FORBIDDEN, "this request comes from somewhere else than the desk's own page",
                             "open the link that 'bearout desk' prints"},
        [GUEST_NO_TOKEN] = {MHD_HTTP_FORBIDDEN, "a change without the desk's token", "load the page again"},
    };
    return refuse(v, words[verdict].status, words[verdict].what, words[verdict].mend);
}

static enum MHD_Result judge(struct visit *v, const char *method, struct text path, bool *answered)
{
    struct guest guest = {
        .host = header(v, MHD_HTTP_HEADER_HOST),
        .origin = header(v, MHD_HTTP_HEADER_ORIGIN),
        .site = header(v, "Sec-Fetch-Site"),
        .cookies = header(v, MHD_HTTP_HEADER_COOKIE),
        .token = header(v, "X-Bearout"),
        .opens = strcmp(method, MHD_HTTP_METHOD_GET) == 0 && text_equal(path, TEXT("/open")),
        .changes = strcmp(method, MHD_HTTP_METHOD_POST) == 0,
    };
    enum verdict verdict = gatekeeper_judge(v->http->gatekeeper, &guest);
    *answered = verdict != GUEST_WELCOME || guest.opens;
    if (verdict != GUEST_WELCOME)
        return turn_away(v, verdict);
    return guest.opens ? open_link(v) : MHD_YES;
}

/* ---- what is asked for ---- */

/* UTF-8 without NUL, as the desk's parts may rely on. */
static bool is_clean(const char *at, size_t length)
{
    struct text rest = {at, length};
    while (rest.length) {
        unsigned char c = (unsigned char)rest.at[0];
        size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
        if (n == 0 || n > rest.length || c == 0)
            return false;
        for (size_t i = 1; i < n; i++)
            if (((unsigned char)rest.at[i] & 0xc0) != 0x80)
                return false;
        unsigned char second = n > 2 ? (unsigned char)rest.at[1] : 0x90;
        if ((c == 0xe0 && second < 0xa0) || (c == 0xed && second >= 0xa0) || (c == 0xf0 && second < 0x90) ||
            (c == 0xf4 && second >= 0x90))
            return false;
        rest = (struct text){rest.at + n, rest.length - n};
    }
    return true;
}

static enum MHD_Result take_parameter(void *context, enum MHD_ValueKind kind, const char *name, size_t name_length,
                                      const char *value, size_t value_length)
{
    struct exchange *x = context;
    (void)kind;
    if (!is_clean(name, name_length) || !is_clean(value ? value : "", value ? value_length : 0) ||
        x->parameters.count >= 64) {
        x->status = MHD_HTTP_BAD_REQUEST;
        return MHD_NO;
    }
    char *at = memory_resize(NULL, name_length + value_length + 2, 1);
    memcpy(at, name, name_length);
    at[name_length] = '\0';
    if (value)
        memcpy(at + name_length + 1, value, value_length);
    at[name_length + 1 + value_length] = '\0';
    vector_push(&x->parameters, (struct view_parameter){{at, name_length}, {at + name_length + 1, value_length}});
    return MHD_YES;
}

/* A view alone speaks the page's language: what changes a case, or leaves it, is the same whoever looks. */
static void run_view(struct visit *v)
{
    struct exchange *x = &v->exchange;
    struct error error = {0};
    char day[DAY_ROOM];
    ops_day(NULL, day, NULL);
    struct view_request q = {.views = keeper_views(desk_keeper(x->desk), x->session),
                             .today = text_of(day),
                             .parameters = x->parameters.at,
                             .parameter_count = x->parameters.count,
                             .language = words_accepted(header(v, MHD_HTTP_HEADER_ACCEPT_LANGUAGE))};
    q.o = session_enter(x->session);
    q.now = session_now(x->session);
    int failed = view_answer(v->view, &q, &x->answer, &error);
    session_leave(x->session);
    x->type = q.media_type;
    if (failed)
        exchange_fail(x, &error);
}

/* Answers into the exchange, on whatever thread. */
static void run(struct visit *v)
{
    struct exchange *x = &v->exchange;
    struct keeper *k = desk_keeper(x->desk);
    bool opens = v->view || (v->route->flags & ROUTE_OPEN);
    if (opens && !(x->session = keeper_borrow(k))) {
        bool none = keeper_state(k) == CASE_NONE;
        exchange_refuse(x, 423, none ? "there is no case yet" : "the desk is locked",
                        none ? "make one first" : "unlock it with the case's passphrase");
        return;
    }
    if (v->view)
        run_view(v);
    else
        v->route->run(x);
    if (x->session)
        keeper_return(k, x->session);
    x->session = NULL;
}

static void end_of_file(struct visit *v)
{
    pthread_mutex_lock(&v->http->lock);
    for (struct visit **p = &v->http->files; *p; p = &(*p)->next)
        if (*p == v) {
            *p = v->next;
            break;
        }
    pthread_mutex_unlock(&v->http->lock);
}

static void visit_free(struct visit *v)
{
    struct exchange *x = &v->exchange;
    if (x->inflow)
        end_of_file(v);
    atomic_fetch_sub(&v->http->expected, v->expected);
    for (size_t i = 0; i < x->parameters.count; i++)
        free((char *)(uintptr_t)x->parameters.at[i].name.at);
    vector_release(&x->parameters);
    if (x->body.at)
        seal_wipe(x->body.at, x->body.room);
    buffer_release(&x->body);
    buffer_release(&x->answer);
    inflow_free(x->inflow);
    evidence_close(x->file);
    free(v);
}

/* The lock is held. */
static void wake(struct visit *v)
{
    if (v->asleep)
        MHD_resume_connection(v->connection);
    v->asleep = false;
}

static void wake_visit(void *context)
{
    struct visit *v = context;
    pthread_mutex_lock(&v->http->lock);
    if (!v->left)
        wake(v);
    pthread_mutex_unlock(&v->http->lock);
}

static void run_working(void *context)
{
    struct visit *v = context;
    struct http *h = v->http;
    run(v);
    if (v->exchange.inflow)
        inflow_done(v->exchange.inflow);
    pthread_mutex_lock(&h->lock);
    v->done = true;
    bool left = v->left;
    if (!left)
        wake(v);
    pthread_mutex_unlock(&h->lock);
    if (left)
        visit_free(v);
}

/* The lock is held. False where the desk ends. */
static bool begin_work(struct visit *v)
{
    v->working = work_add(v->http->work, run_working, v);
    return v->working;
}

/* The connection sleeps meanwhile. */
static bool work_elsewhere(struct visit *v)
{
    pthread_mutex_lock(&v->http->lock);
    v->asleep = begin_work(v);
    if (v->asleep)
        MHD_suspend_connection(v->connection);
    pthread_mutex_unlock(&v->http->lock);
    return v->working;
}

static enum MHD_Result refuse_at_end(struct visit *v)
{
    return refuse(v, MHD_HTTP_SERVICE_UNAVAILABLE, "the desk is being closed", "open it again: 'bearout desk'");
}

/* The file comes in while a worker reads it. */
static bool begin_file(struct visit *v, uint64_t bytes)
{
    struct http *h = v->http;
    v->exchange.inflow = inflow_new(bytes, wake_visit, v);
    pthread_mutex_lock(&h->lock);
    bool begun = !h->ending && begin_work(v);
    if (begun) {
        v->next = h->files;
        h->files = v;
    }
    pthread_mutex_unlock(&h->lock);
    if (!begun) {
        inflow_free(v->exchange.inflow);
        v->exchange.inflow = NULL;
    }
    return begun;
}

void http_break_off(struct http *h)
{
    if (!h)
        return;
    pthread_mutex_lock(&h->lock);
    h->ending = true;
    for (struct visit *v = h->files; v; v = v->next)
        inflow_end(v->exchange.inflow);
    pthread_mutex_unlock(&h->lock);
}

static enum MHD_Result answer(struct visit *v)
{
    if (v->done)
        return send_exchange(v);
    if (v->route && (v->route->flags & ROUTE_WORK))
        return work_elsewhere(v) ? MHD_YES : refuse_at_end(v);
    run(v);
    return send_exchange(v);
}

/* A part of a file: it is taken as far as there is room, and the rest waits with its connection. */
static enum MHD_Result take_part(struct visit *v, const char *data, size_t *size)
{
    pthread_mutex_lock(&v->http->lock);
    *size -= inflow_put(v->exchange.inflow, (struct text){data, *size});
    v->asleep = *size > 0;
    if (v->asleep)
        MHD_suspend_connection(v->connection);
    pthread_mutex_unlock(&v->http->lock);
    return MHD_YES;
}

/* All of it is there; whoever takes it in may not be done. */
static enum MHD_Result end_file(struct visit *v)
{
    inflow_end(v->exchange.inflow);
    pthread_mutex_lock(&v->http->lock);
    bool done = v->done;
    v->asleep = !done;
    if (!done)
        MHD_suspend_connection(v->connection);
    pthread_mutex_unlock(&v->http->lock);
    return done ? send_exchange(v) : MHD_YES;
}

/* Anything that a person does, as far as can be told: pages ask by themselves when they have been told of a change. */
static void note_asked(struct http *h, struct text path)
{
    uint64_t now = clock_seconds();
    bool told = now < atomic_load(&h->told) + QUIET_AFTER_CHANGE;
    if (!told && !text_equal(path, TEXT("/api/events")) && !text_equal(path, TEXT("/api/session")))
        atomic_store(&h->last_asked, now);
}

void http_note_told(struct http *h)
{
    atomic_store(&h->told, clock_seconds());
}

static enum MHD_Result listen_to_events(struct visit *v)
{
    struct MHD_Response *r = events_listen(v->http->events, v->connection);
    if (!r)
        return refuse(v, MHD_HTTP_SERVICE_UNAVAILABLE, "too many windows listen to this desk", "close some of them");
    add_headers(v->http, r, "text/event-stream");
    enum MHD_Result sent = MHD_queue_response(v->connection, MHD_HTTP_OK, r);
    MHD_destroy_response(r);
    return sent;
}

static enum MHD_Result begin_get(struct visit *v, struct text path)
{
    struct exchange *x = &v->exchange;
    MHD_get_connection_values_n(v->connection, MHD_GET_ARGUMENT_KIND, take_parameter, x);
    if (x->status)
        return refuse(v, MHD_HTTP_BAD_REQUEST, "the address has parameters that are not text, or too many",
                      "load the page again");
    if (text_equal(path, TEXT("/api/events")))
        return listen_to_events(v);
    v->route = route_find(path, false);
    v->view = v->route ? NULL : view_find(path);
    if (v->route || v->view)
        return answer(v);
    const struct asset *a = asset_find(path);
    return a ? send_asset(v, a)
             : refuse(v, MHD_HTTP_NOT_FOUND, "there is nothing at this address", "go to the first page");
}

static void set_late(struct visit *v, uint64_t allowed)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(v->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct guest_connection *g = info ? info->socket_context : NULL;
    if (!g)
        return;
    pthread_mutex_lock(&v->http->lock);
    g->late = allowed ? clock_seconds() + allowed : 0;
    pthread_mutex_unlock(&v->http->lock);
}

/* A body is read only where its length is known, is allowed, and fits beside all that are under way. */
static enum MHD_Result begin_post(struct visit *v, struct text path)
{
    struct text length = header(v, MHD_HTTP_HEADER_CONTENT_LENGTH), type = header(v, MHD_HTTP_HEADER_CONTENT_TYPE);
    v->route = route_find(path, true);
    if (!v->route)
        return refuse(v, MHD_HTTP_NOT_FOUND, "there is no such change", "load the page again");
    bool json = text_equal(type, TEXT("application/json")) || text_starts(type, TEXT("application/json;"));
    if (!json && !(v->route->flags & ROUTE_FILE))
        return refuse(v, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "a change is sent as application/json",
                      "load the page again");
    MHD_get_connection_values_n(v->connection, MHD_GET_ARGUMENT_KIND, take_parameter, &v->exchange);
    if (!length.length || v->exchange.status)
        return refuse(v, MHD_HTTP_LENGTH_REQUIRED, "the request does not say how long it is", "load the page again");
    uint64_t bytes = strtoull(length.at, NULL, 10);
    if (bytes > v->route->most)
        return refuse(v, MHD_HTTP_CONTENT_TOO_LARGE, "this is more than may be sent at once", "send it in parts");
    if (v->route->flags & ROUTE_FILE) {
        set_late(v, 0); /* it may be large; but between two bytes no more than LIMIT_GUEST_SECONDS pass */
        return begin_file(v, bytes) ? MHD_YES : refuse_at_end(v);
    }
    v->expected = (size_t)bytes;
    if (atomic_fetch_add(&v->http->expected, v->expected) + v->expected > LIMIT_ASKED_ALL)
        return refuse(v, MHD_HTTP_SERVICE_UNAVAILABLE, "too much is being sent at once", "try again in a moment");
    return MHD_YES;
}

static enum MHD_Result begin(struct visit *v, const char *url, const char *method)
{
    struct text path = text_of(url);
    bool answered;
    v->begun = true;
    set_late(v, text_equal(path, TEXT("/api/events")) ? 0 : ANSWER_SECONDS);
    enum MHD_Result result = judge(v, method, path, &answered);
    if (answered)
        return result;
    note_asked(v->http, path);
    if (strcmp(method, MHD_HTTP_METHOD_GET) == 0) {
        v->get = true; /* answered when the server is sure that there is no body: the connection then lives on */
        return MHD_YES;
    }
    if (strcmp(method, MHD_HTTP_METHOD_POST) == 0) {
        set_late(v, BODY_SECONDS);
        return begin_post(v, path);
    }
    return refuse(v, MHD_HTTP_METHOD_NOT_ALLOWED, "the desk knows GET and POST alone", "load the page again");
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **visit)
{
    struct visit *v = *visit;
    (void)context, (void)version;
    v->connection = connection;
    if (!v->begun)
        return begin(v, url, method);
    if (v->exchange.inflow)
        return *size ? take_part(v, data, size) : end_file(v);
    if (*size) {
        struct buffer *body = &v->exchange.body;
        if (body->length + *size > v->expected)
            return MHD_NO;
        buffer_reserve(body, body->length ? *size : v->expected); /* at once: growing leaves copies behind */
        buffer_add(body, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (v->get && !v->done)
        return begin_get(v, text_of(url));
    set_late(v, 0);
    return answer(v);
}

/* ---- the life of requests and connections ---- */

static void *on_address(void *context, const char *address, struct MHD_Connection *connection)
{
    struct http *h = context;
    (void)address;
    struct visit *v = memory_new(sizeof *v);
    *v = (struct visit){.http = h, .connection = connection, .exchange = {.desk = h->desk}};
    return v;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **visit,
                         enum MHD_RequestTerminationCode why)
{
    struct visit *v = *visit;
    (void)context, (void)connection, (void)why;
    if (!v)
        return;
    set_late(v, LIMIT_GUEST_SECONDS); /* for the next one on this connection */
    *visit = NULL;
    if (v->exchange.inflow)
        inflow_end(v->exchange.inflow); /* a file that broke off, where it was not all there */
    pthread_mutex_lock(&v->http->lock);
    v->left = true;
    bool elsewhere = v->working && !v->done;
    pthread_mutex_unlock(&v->http->lock);
    if (!elsewhere)
        visit_free(v);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http *h = context;
    pthread_mutex_lock(&h->lock);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        struct guest_connection *g = memory_new(sizeof *g);
        *g = (struct guest_connection){info->connect_fd, clock_seconds() + LIMIT_GUEST_SECONDS, h->guests};
        h->guests = g;
        *socket_context = g;
    } else {
        for (struct guest_connection **p = &h->guests; *p; p = &(*p)->next)
            if (*p == *socket_context) {
                *p = (*p)->next;
                break;
            }
        free(*socket_context);
        *socket_context = NULL;
    }
    pthread_mutex_unlock(&h->lock);
}

/* Whoever says nothing, or a letter now and then, is shown out: a connection has so long for each of its steps. */
void http_tick(struct http *h)
{
    uint64_t now = clock_seconds();
    pthread_mutex_lock(&h->lock);
    for (struct guest_connection *g = h->guests; g; g = g->next)
        if (g->late && now >= g->late) {
            shutdown(g->fd, SHUT_RDWR);
            g->late = 0;
        }
    pthread_mutex_unlock(&h->lock);
}

void http_hang_up(struct http *h)
{
    enum { MOMENT = 1 };
    uint64_t late = clock_seconds() + MOMENT;
    pthread_mutex_lock(&h->lock);
    for (struct guest_connection *g = h->guests; g; g = g->next)
        if (!g->late || g->late > late)
            g->late = late;
    pthread_mutex_unlock(&h->lock);
}

uint64_t http_last_asked(const struct http *h)
{
    return atomic_load(&h->last_asked);
}

static void say_nothing(void *context, const char *format, va_list arguments)
{
    (void)context, (void)format, (void)arguments; /* it would say it on standard error, addresses and all */
}

struct http *http_start(int fd, struct desk *desk, struct gatekeeper *gatekeeper, struct events *events,
                        struct work *work, struct error *error)
{
    struct http *h = memory_new(sizeof *h);
    h->desk = desk;
    h->gatekeeper = gatekeeper;
    h->events = events;
    h->work = work;
    atomic_store(&h->last_asked, clock_seconds());
    pthread_mutex_init(&h->lock, NULL);
    write_policy(&h->policy);
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    h->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, h, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_LISTEN_SOCKET,
        fd, MHD_OPTION_CONNECTION_LIMIT, LIMIT_GUESTS, MHD_OPTION_CONNECTION_TIMEOUT, 2 * LIMIT_GUEST_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS, MHD_OPTION_URI_LOG_CALLBACK, on_address, h,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (h->daemon)
        return h;
    error_system(error, errno, "serve on", "the desk's address");
    http_free(h);
    return NULL;
}

void http_free(struct http *h)
{
    if (!h)
        return;
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    pthread_mutex_destroy(&h->lock);
    buffer_release(&h->policy);
    free(h);
}
