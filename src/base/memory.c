/* Memory that is there or ends the program: see memory.h. */
#include "base/memory.h"

#include <malloc.h>
#include <stdatomic.h>
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

/* Large blocks are made of large pages alone, so that first touching one faults, and walking it at random misses the
 * processor's page tables, hundreds of times less. A kernel without such pages loses nothing by it. */
static const size_t PAGE = 2u << 20;

/* Left to the C library for what it keeps beside a block, so that the whole mapping is large pages too. */
static const size_t KEPT = 128;

static bool is_large(size_t bytes)
{
    return bytes >= PAGE / 2;
}

/* Keeps the C library from raising what it calls large, and from giving back what it will soon ask for again. */
static void settle_library(void)
{
    static atomic_bool settled;
    if (atomic_exchange(&settled, true))
        return;
    mallopt(M_MMAP_THRESHOLD, (int)(PAGE / 2));
    mallopt(M_TRIM_THRESHOLD, (int)(16 * PAGE));
}

/* Asks for large pages in a block and in the page before it, where the C library notes its size: a mapping that is all
 * of one kind can be moved. Only a hint. */
static void *large(void *memory, size_t whole)
{
    madvise((char *)memory - PAGE, PAGE + whole, MADV_HUGEPAGE);
    return memory;
}

static size_t whole_pages(size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        checked(NULL);
    return (bytes + KEPT + PAGE - 1) & ~(PAGE - 1);
}

static void *large_new(size_t bytes)
{
    size_t whole = whole_pages(bytes);
    settle_library();
    return large(checked(memalign(PAGE, whole - KEPT)), whole);
}

/* What is in large pages already moves with its pages, uncopied. */
static void *large_resize(void *old, size_t bytes)
{
    size_t had = old ? malloc_usable_size(old) : 0, whole = whole_pages(bytes);
    if (is_large(had))
        return large(checked(realloc(old, whole - KEPT)), whole);
    void *memory = large_new(bytes);
    if (had)
        memcpy(memory, old, had);
    free(old);
    return memory;
}

void *memory_new(size_t size)
{
    return memory_array(1, size);
}

void *memory_array(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        checked(NULL);
    return is_large(bytes) ? memset(large_new(bytes), 0, bytes) : checked(calloc(1, bytes ? bytes : 1));
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        checked(NULL);
    return is_large(bytes) ? large_resize(old, bytes) : checked(realloc(old, bytes ? bytes : 1));
}

/* The rest of the last large page goes, too. */
void *memory_trim(void *old, size_t count, size_t size)
{
    return checked(realloc(old, count * size));
}

char *memory_copy(const char *at, size_t length)
{
    char *copy = memory_new(length + 1);
    if (length)
        memcpy(copy, at, length);
    return copy;
}
