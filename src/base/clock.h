/* A clock for waiting and for bounds on time: it only goes forward, and says nothing about the day. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Nanoseconds since some moment of the past. */
static inline uint64_t clock_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static inline uint64_t clock_milliseconds(void)
{
    return clock_nanoseconds() / 1000000;
}

static inline uint64_t clock_seconds(void)
{
    return clock_nanoseconds() / 1000000000;
}

#endif
