/* Memory that is wiped when it is freed: see forgetful.h. M_PERTURB of glibc's mallopt() would do the same, but does
 * not reach what a thread keeps for its next allocation. */
#include "desk/forgetful.h"

#include "base/watched.h"

#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GLIBC__) && !WATCHED

enum { MAPPED = 128 << 10 }; /* bytes from which an allocation is a mapping of its own: the system wipes those */

extern void __libc_free(void *at);
extern void *__libc_realloc(void *at, size_t length);

static bool wiping;

void forgetful_start(void)
{
    mallopt(M_MMAP_THRESHOLD, MAPPED); /* and so it stays, where it would grow otherwise */
    wiping = true;
}

void free(void *at)
{
    if (at && wiping) {
        size_t length = malloc_usable_size(at);
        if (length < MAPPED)
            explicit_bzero(at, length);
    }
    __libc_free(at);
}

/* One that moves would leave its old bytes behind. */
void *realloc(void *at, size_t length)
{
    size_t old = at && wiping ? malloc_usable_size(at) : 0;
    if (!at || !wiping || !length || old >= MAPPED)
        return __libc_realloc(at, length);
    if (length <= old && length >= old / 2)
        return at;
    void *fresh = malloc(length);
    if (!fresh)
        return NULL;
    memcpy(fresh, at, old < length ? old : length);
    free(at);
    return fresh;
}

#else

void forgetful_start(void)
{
}

#endif

void forgetful_trim(void)
{
    malloc_trim(0);
}
