/* What pages are told without asking: server-sent events, one stream for each that listens. */
#ifndef DESK_EVENTS_H
#define DESK_EVENTS_H

#include <microhttpd.h>

struct events;

struct events *events_new(void);
void events_free(struct events *e); /* every stream has ended by then */

/* A new stream as the body of a response to `connection`, which sleeps while there is nothing to tell. NULL: too many
 * listen. */
enum { LISTENERS = 64 };
struct MHD_Response *events_listen(struct events *e, struct MHD_Connection *connection);

/* Tells all. A stream whose reader takes nothing misses what does not fit; it is told that the case is another, once it
 * reads again, by the next event. From any thread. */
void events_tell(struct events *e, const char *event, const char *data);

/* A comment, so that a connection that died is noticed and one that lives is kept. */
void events_keep_alive(struct events *e);

/* Ends all streams; no other begins. */
void events_end(struct events *e);

#endif
