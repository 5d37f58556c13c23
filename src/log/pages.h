/* Large pages for large buffers: a fresh buffer of a hundred megabytes is tens of thousands of page faults
 * otherwise, which on a virtual machine take longer than deciphering what goes into it. */
#ifndef LOG_PAGES_H
#define LOG_PAGES_H

#include <stdint.h>
#include <sys/mman.h>

/* Advice about what has not been touched yet; harmless for any size, and where the system has no large pages. */
static inline void pages_large(char *at, size_t length)
{
    const uintptr_t page = 2u << 20;
    uintptr_t from = ((uintptr_t)at + page - 1) & ~(page - 1), to = ((uintptr_t)at + length) & ~(page - 1);
    if (at && to > from)
        madvise(at + (from - (uintptr_t)at), to - from, MADV_HUGEPAGE);
}

#endif
