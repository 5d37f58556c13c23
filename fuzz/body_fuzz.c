/* Whatever a page might send to the desk: bodies of every change, against a small case that is kept open. The first
 * byte says which change. */
#include "desk/exchange.h"
#include "log/inner.h"
#include "seal/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct keeper *keeper;

struct keeper *desk_keeper(struct desk *d)
{
    (void)d;
    return keeper;
}

const char *desk_token(const struct desk *d)
{
    (void)d;
    return "token";
}

uint32_t desk_idle(const struct desk *d)
{
    (void)d;
    return 0;
}

struct looks *desk_looks(const struct desk *d)
{
    (void)d;
    return NULL;
}

void desk_tell(struct desk *d, const char *event, const char *data)
{
    (void)d, (void)event, (void)data;
}

void desk_tell_change(struct desk *d, struct session_now now)
{
    (void)d, (void)now;
}

void desk_lock(struct desk *d)
{
    (void)d;
}

static char path[64];

static void clear_up(void)
{
    unlink(path);
}

static void start(void)
{
    struct error error = {0};
    const struct log_making small = {.cost = {1, 8}, .page = 512};
    if (seal_start(&error))
        abort();
    struct secret *passphrase = secret_new(1);
    secret_bytes(passphrase)[0] = 'x';
    snprintf(path, sizeof path, "/tmp/bearout-body-fuzz-%d", (int)getpid());
    unlink(path);
    if (log_create_as(path, passphrase, &small, &error))
        abort();
    keeper = keeper_new(path);
    if (keeper_unlock(keeper, passphrase, &error))
        abort();
    secret_free(passphrase);
    atexit(clear_up);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const changes[])(struct exchange *) = {answer_check, answer_reveal, answer_draft_keep, answer_take};
    if (!keeper)
        start();
    if (size == 0)
        return 0;
    struct exchange x = {.session = keeper_borrow(keeper)};
    buffer_add(&x.body, data + 1, size - 1);
    changes[data[0] % 4](&x);
    if (!x.answer.length)
        abort(); /* everything is answered */
    keeper_return(keeper, x.session);
    buffer_release(&x.body);
    buffer_release(&x.answer);
    return 0;
}
