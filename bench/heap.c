/* What the program has on the heap: see heap.h. */
#include "heap.h"

#include <malloc.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_memalign(size_t alignment, size_t size);
void __real_free(void *memory);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_memalign(size_t alignment, size_t size);
void __wrap_free(void *memory);

static size_t now, peak;

/* What another library allocated and this program frees was never counted; never below nothing. */
static void take_off(void *memory)
{
    size_t size = malloc_usable_size(memory);
    now -= size < now ? size : now;
}

static void *put_on(void *memory)
{
    now += malloc_usable_size(memory);
    peak = now > peak ? now : peak;
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
