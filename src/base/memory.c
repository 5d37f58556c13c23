/* Memory that is there or ends the program: see memory.h. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void (*exhausted)(void) = abort;

void memory_on_exhaustion(void (*handler)(void))
{
    exhausted = handler;
}

static void *checked(void *memory)
{
    if (!memory) {
        exhausted();
        abort();
    }
    return memory;
}

/* Asks for large pages under a large block, whole ones of it: what is walked at random then misses the
 * processor's page tables hundreds of times less, and filling it faults as much less. Only a hint. */
static void *large(void *memory, size_t bytes)
{
    const uintptr_t page = 2u << 20;
    if (bytes >= 2 * page) {
        uintptr_t start = ((uintptr_t)memory + page - 1) & ~(page - 1);
        uintptr_t end = ((uintptr_t)memory + bytes) & ~(page - 1);
        madvise((void *)start, end - start, MADV_HUGEPAGE);
    }
    return memory;
}

void *memory_new(size_t size)
{
    return large(checked(calloc(1, size ? size : 1)), size);
}

void *memory_array(size_t count, size_t size)
{
    void *memory = checked(calloc(count ? count : 1, size ? size : 1));
    return large(memory, count * size);
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        checked(NULL);
    return large(checked(realloc(old, bytes ? bytes : 1)), bytes);
}

char *memory_copy(const char *at, size_t length)
{
    char *copy = memory_new(length + 1);
    if (length)
        memcpy(copy, at, length);
    return copy;
}
