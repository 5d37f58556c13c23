/* The desk's server: libmicrohttpd on one thread, which answers at once what is quick, and lets connections sleep while
 * others work for them.
 *
 * What always holds: no byte of a body is read before the gatekeeper has let its request in; every answer carries
 * the headers that keep a browser from letting others see it, storing it, or running anything that is not ours;
 * sizes, times and numbers are bounded (base/limits.h). */
#ifndef DESK_HTTP_H
#define DESK_HTTP_H

#include "desk/events.h"
#include "desk/exchange.h"
#include "desk/gatekeeper.h"
#include "desk/work.h"

struct http;

/* Serves on the listening socket `fd`, which it takes over. All others are borrowed. NULL and an error. */
struct http *http_start(int fd, struct desk *desk, struct gatekeeper *gatekeeper, struct events *events,
                        struct work *work, struct error *error);

/* Closes connections that are late with what they have to say; call it several times a second. */
void http_tick(struct http *h);

/* When somebody last asked for something, but for what pages ask by themselves; seconds of the monotonic clock. */
uint64_t http_last_asked(const struct http *h);

/* Lets connections that rest end within a moment: their memory holds what came over them last. */
void http_hang_up(struct http *h);

/* Pages were told of a change that somebody else made: what they ask for in the next moments is not what a person asks.
 */
void http_note_told(struct http *h);

/* Files that are coming in break off, now and from now on, so that whoever takes them in does not wait for more. */
void http_break_off(struct http *h);

/* Ends. Whoever works for a connection has to have ended before (work_end()), and events too. */
void http_free(struct http *h);

#endif
