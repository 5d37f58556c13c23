/* Secrets in locked, guarded memory: see secret.h. */
#include "seal/secret.h"

#include "base/memory.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct secret {
    unsigned char *at;
    size_t length;
};

int seal_start(struct error *error)
{
    if (sodium_init() < 0)
        return error_set(error, ERROR_IO, "the system gives no random numbers, without which nothing can be sealed");
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return error_set(error, ERROR_IO, "the system does not let core dumps be forbidden");
    return 0;
}

struct secret *secret_new(size_t length)
{
    struct secret *s = memory_new(sizeof *s);
    s->length = length;
    s->at = sodium_malloc(length ? length : 1);
    if (!s->at)
        abort();
    sodium_memzero(s->at, length);
    return s;
}

void secret_free(struct secret *s)
{
    if (!s)
        return;
    sodium_free(s->at);
    free(s);
}

unsigned char *secret_bytes(struct secret *s)
{
    return s->at;
}

const unsigned char *secret_view(const struct secret *s)
{
    return s->at;
}

size_t secret_length(const struct secret *s)
{
    return s->length;
}

void secret_shorten(struct secret *s, size_t length)
{
    assert(length <= s->length);
    sodium_memzero(s->at + length, s->length - length);
    s->length = length;
}
