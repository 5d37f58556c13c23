/* Who may come in: the one-time link, the cookie, the token, and where a request says that it comes from.
 *
 * A page of another origin in the same browser can send requests here: as a form, an image, a fetch, a frame, or
 * under a name of its own that it has pointed at this machine. It has neither cookie (SameSite=Strict) nor token,
 * its Origin and Sec-Fetch-Site are not ours, and its Host is its own. Each of these alone would do. What is secret is
 * compared in a time that does not depend on what is given. */
#ifndef DESK_GATEKEEPER_H
#define DESK_GATEKEEPER_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

struct gatekeeper;

/* `port` 0: behind a socket of the file system, where the name that the browser was given cannot be known: any port of
 * this machine is then taken for ours. */
struct gatekeeper *gatekeeper_new(uint16_t port);
void gatekeeper_free(struct gatekeeper *g); /* wipes */

/* A new link that lets one browser in, once, within LINK_SECONDS; the one before it is void. */
enum { LINK_SECONDS = 600 };
void gatekeeper_link(struct gatekeeper *g, struct buffer *url);

/* Takes the key of a link: true the first time; then *cookie is what to set. */
bool gatekeeper_admit(struct gatekeeper *g, struct text key, const char **cookie);

const char *gatekeeper_token(const struct gatekeeper *g);

/* What a request says of itself; "" where it does not. */
struct guest {
    struct text host, origin, site /* Sec-Fetch-Site */, cookies, token;
    bool opens;   /* it asks for /open: whoever has the key may come from anywhere, a file or a mail */
    bool changes; /* it needs the token */
};
enum verdict { GUEST_WELCOME, GUEST_STRANGER, GUEST_ELSEWHERE, GUEST_NO_TOKEN };
enum verdict gatekeeper_judge(const struct gatekeeper *g, const struct guest *guest);

#endif
