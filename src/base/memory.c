/* Memory that is there or ends the program: see memory.h. */
#include "base/memory.h"

#include <stdbool.h>
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

/* Large blocks ask for large pages, whole ones inside them: what is walked at random then misses the processor's page
 * tables hundreds of times less, and filling it faults as much less. Only a hint. */
static const uintptr_t PAGE = 2u << 20;

static bool is_large(size_t bytes)
{
    return bytes >= 2 * PAGE;
}

static void *large(void *memory, size_t bytes)
{
    if (is_large(bytes)) {
        uintptr_t start = ((uintptr_t)memory + PAGE - 1) & ~(PAGE - 1);
        uintptr_t end = ((uintptr_t)memory + bytes) & ~(PAGE - 1);
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
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - PAGE)
        checked(NULL);
    if (!is_large(bytes))
        return checked(calloc(1, bytes ? bytes : 1));
    /* Starting on a page, all of it lies in large ones. */
    void *memory = large(checked(aligned_alloc(PAGE, (bytes + PAGE - 1) & ~(PAGE - 1))), bytes);
    return memset(memory, 0, bytes);
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
