/* Who may come in: see gatekeeper.h. */
#include "desk/gatekeeper.h"

#include "base/clock.h"
#include "base/memory.h"
#include "seal/seal.h"

#include <stdio.h>
#include <stdlib.h>

enum { RANDOM = 32, HEX = 2 * RANDOM + 1, NAME = 32 };

struct gatekeeper {
    uint16_t port;
    char key[HEX];   /* of the link; "" once it was used */
    uint64_t key_ends; /* of the monotonic clock */
    char name[NAME]; /* of the cookie: cookies know no ports, and two desks have one each */
    char cookie[HEX];
    char token[HEX];
    char set[NAME + HEX + 64]; /* the header */
};

static void invent(char hex[HEX])
{
    unsigned char bytes[RANDOM];
    seal_random(bytes, sizeof bytes);
    for (size_t i = 0; i < RANDOM; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    seal_wipe(bytes, sizeof bytes);
}

/* Looks at every byte, whatever the first of them are. */
static bool same(const char secret[HEX], struct text given)
{
    volatile unsigned char differ = 0;
    if (given.length != HEX - 1 || !secret[0])
        return false;
    for (size_t i = 0; i < HEX - 1; i++)
        differ |= (unsigned char)(secret[i] ^ given.at[i]);
    return differ == 0;
}

struct gatekeeper *gatekeeper_new(uint16_t port)
{
    struct gatekeeper *g = memory_new(sizeof *g);
    g->port = port;
    invent(g->cookie);
    invent(g->token);
    if (port)
        snprintf(g->name, sizeof g->name, "bearout-%u", port);
    else
        snprintf(g->name, sizeof g->name, "bearout");
    snprintf(g->set, sizeof g->set, "%s=%s; Path=/; HttpOnly; SameSite=Strict", g->name, g->cookie);
    return g;
}

void gatekeeper_free(struct gatekeeper *g)
{
    if (!g)
        return;
    seal_wipe(g, sizeof *g);
    free(g);
}

void gatekeeper_link(struct gatekeeper *g, struct buffer *url)
{
    invent(g->key);
    g->key_ends = clock_seconds() + LINK_SECONDS;
    if (g->port)
        buffer_format(url, "http://127.0.0.1:%u/open?key=%s", g->port, g->key);
    else
        buffer_format(url, "http://127.0.0.1/open?key=%s", g->key);
}

bool gatekeeper_admit(struct gatekeeper *g, struct text key, const char **cookie)
{
    bool fits = same(g->key, key) && clock_seconds() < g->key_ends;
    if (!fits)
        return false;
    seal_wipe(g->key, sizeof g->key);
    *cookie = g->set;
    return true;
}

const char *gatekeeper_token(const struct gatekeeper *g)
{
    return g->token;
}

/* "127.0.0.1:PORT" or "localhost:PORT", ours; behind a socket any port, or none. */
static bool is_here(const struct gatekeeper *g, struct text host)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    for (size_t i = 0; i < 2; i++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "%s:%u", names[i], g->port);
        if (g->port && text_equal(host, text_of(wanted)))
            return true;
        size_t length = strlen(names[i]), digits = length + 1;
        if (g->port || !text_starts(host, text_of(names[i])))
            continue;
        while (digits < host.length && host.at[digits] >= '0' && host.at[digits] <= '9')
            digits++;
        if (host.length == length || (host.at[length] == ':' && digits == host.length))
            return true;
    }
    return false;
}

static bool is_own_origin(struct text origin, struct text host)
{
    static const char scheme[] = "http://";
    size_t length = sizeof scheme - 1;
    return origin.length == length + host.length && memcmp(origin.at, scheme, length) == 0 &&
           memcmp(origin.at + length, host.at, host.length) == 0;
}

/* Among cookies of other servers on this machine, whose names end as ours does, maybe. */
static bool has_cookie(const struct gatekeeper *g, struct text cookies)
{
    bool found = false;
    size_t name = strlen(g->name), at = 0;
    while (at < cookies.length) {
        while (at < cookies.length && (cookies.at[at] == ' ' || cookies.at[at] == ';'))
            at++;
        size_t end = at;
        while (end < cookies.length && cookies.at[end] != ';')
            end++;
        if (end - at > name && memcmp(cookies.at + at, g->name, name) == 0 && cookies.at[at + name] == '=')
            found |= same(g->cookie, (struct text){cookies.at + at + name + 1, end - at - name - 1});
        at = end;
    }
    return found;
}

enum verdict gatekeeper_judge(const struct gatekeeper *g, const struct guest *guest)
{
    if (!is_here(g, guest->host))
        return GUEST_ELSEWHERE;
    if (guest->opens)
        return GUEST_WELCOME; /* the key decides */
    bool own_site = !guest->site.length || text_equal(guest->site, TEXT("same-origin")) ||
                    (!guest->changes && text_equal(guest->site, TEXT("none")));
    if (!own_site || (guest->origin.length && !is_own_origin(guest->origin, guest->host)))
        return GUEST_ELSEWHERE;
    if (!has_cookie(g, guest->cookies))
        return GUEST_STRANGER;
    return guest->changes && !same(g->token, guest->token) ? GUEST_NO_TOKEN : GUEST_WELCOME;
}
