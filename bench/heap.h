/* What the program has on the heap, to the byte: for saying what a structure costs.
 *
 * Counts by standing between the program and the C library (the linker's --wrap), so only what this program
 * and its libraries' sources allocate is counted, not what other shared libraries do. One thread. */
#ifndef BENCH_HEAP_H
#define BENCH_HEAP_H

#include <stddef.h>

size_t heap_now(void);
size_t heap_peak(void); /* the most since the last heap_mark() */
void heap_mark(void);

#endif
