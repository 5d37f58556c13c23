/* Growing arrays of any type.
 *
 *     VECTOR(uint32_t) ids = {0};
 *     vector_push(&ids, 7);
 *     for (size_t i = 0; i < ids.count; i++) use(ids.at[i]);
 *     vector_release(&ids);
 *
 * A zeroed vector is an empty one. Growth moves `at`: keep indexes, not pointers. Amortised O(1). */
#ifndef BASE_VECTOR_H
#define BASE_VECTOR_H

#include "base/memory.h"

#include <stddef.h>
#include <stdlib.h>

#define VECTOR(type)                                                                                                   \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t count, room;                                                                                            \
    }

/* Makes room for `more` further elements without changing count. */
#define vector_reserve(v, more)                                                                                        \
    do {                                                                                                               \
        if ((v)->room - (v)->count < (size_t)(more))                                                                   \
            (v)->at = vector_grow((v)->at, (v)->count, &(v)->room, (size_t)(more), sizeof *(v)->at);                   \
    } while (0)

#define vector_push(v, ...)                                                                                            \
    do {                                                                                                               \
        vector_reserve(v, 1);                                                                                          \
        (v)->at[(v)->count++] = (__VA_ARGS__);                                                                         \
    } while (0)

/* Gives back the room that is not used. */
#define vector_trim(v)                                                                                                 \
    do {                                                                                                               \
        if ((v)->room > (v)->count && (v)->count)                                                                      \
            (v)->at = memory_trim((v)->at, (v)->room = (v)->count, sizeof *(v)->at);                                   \
    } while (0)

#define vector_release(v)                                                                                              \
    do {                                                                                                               \
        free((v)->at);                                                                                                 \
        (v)->at = NULL;                                                                                                \
        (v)->count = (v)->room = 0;                                                                                    \
    } while (0)

#define VECTOR_LARGE ((size_t)1 << 20) /* bytes */

static inline void *vector_grow(void *at, size_t count, size_t *room, size_t more, size_t size)
{
    /* By half; by an eighth once it is large: a large block is moved by changing its pages' addresses. */
    size_t want = count + more, next = *room + (*room * size < VECTOR_LARGE ? *room / 2 : *room / 8) + 8;
    *room = next > want ? next : want;
    return memory_resize(at, *room, size);
}

#endif
