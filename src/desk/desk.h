/* The desk: a case in the browser of the same machine. docs/desk-api.md is what page and server say to each other. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "seal/secret.h"

#include <stdbool.h>
#include <stdint.h>

struct desk_wish {
    const char *file;
    uint16_t port;                   /* 0: one that is free */
    const char *socket;              /* a path, instead of a port; or NULL */
    uint32_t idle;                   /* seconds until the case is locked; 0: never */
    bool log_looks;                  /* each look at a record's file is written into the log */
    const struct secret *passphrase; /* to open the case with at once; or NULL */
    /* Called once the desk can be asked: with a link that lets one browser in, once. */
    void (*ready)(void *context, const char *link);
    void *context;
};

/* Serves until *stop becomes true. 0, or -1 where it cannot begin: the case is not one, the passphrase is wrong, the
 * port is taken. */
int desk_run(const struct desk_wish *wish, const volatile bool *stop, struct error *error);

#endif
