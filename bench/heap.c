/* What the program has on the heap: see heap.h. */
#include "heap.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_memalign(size_t alignment, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *memory);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_memalign(size_t alignment, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *memory);

static _Atomic size_t now, peak; /* threads allocate, too; a peak that two reach at once may be missed by a block */

/* What another library allocated and this program frees was never counted; never below nothing. */
static void take_off(void *memory)
{
    size_t size = malloc_usable_size(memory);
    size_t before = now;
    while (!atomic_compare_exchange_weak(&now, &before, before - (size < before ? size : before)))
        ;
}

static void *put_on(void *memory)
{
    size_t size = malloc_usable_size(memory), after = atomic_fetch_add(&now, size) + size;
    if (after > peak)
        peak = after;
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return put_on(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return put_on(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    take_off(old);
    return put_on(__real_realloc(old, size));
}

void *__wrap_memalign(size_t alignment, size_t size)
{
    return put_on(__real_memalign(alignment, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return put_on(__real_aligned_alloc(alignment, size));
}

void __wrap_free(void *memory)
{
    take_off(memory);
    __real_free(memory);
}

size_t heap_now(void)
{
    return now;
}

size_t heap_peak(void)
{
    return peak;
}

void heap_mark(void)
{
    peak = now;
}
