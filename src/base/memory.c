/* Memory that is there or ends the program: see memory.h. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

void *memory_new(size_t size)
{
    return checked(calloc(1, size ? size : 1));
}

void *memory_array(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        checked(NULL);
    return checked(realloc(old, bytes ? bytes : 1));
}

char *memory_copy(const char *at, size_t length)
{
    char *copy = memory_new(length + 1);
    if (length)
        memcpy(copy, at, length);
    return copy;
}
