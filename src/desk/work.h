/* A few threads for what takes long, so that what is quick never waits for it. */
#ifndef DESK_WORK_H
#define DESK_WORK_H

#include <stdbool.h>
#include <stddef.h>

struct work;

struct work *work_new(size_t threads);

/* Runs `run(context)` on one of the threads, in the order of asking as far as there are threads. From any thread.
 * False, and nothing is run, once work_end() was called. */
bool work_add(struct work *w, void (*run)(void *context), void *context);

/* Waits until all that was added is done, and ends the threads. */
void work_end(struct work *w);

/* No thread may add any more. */
void work_free(struct work *w);

#endif
