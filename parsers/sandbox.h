/* Nothing but bytes in and bytes out: what a process gives up before it reads what a stranger made.
 *
 * After sandbox_enter() the process can read its standard input, write its standard output and error, take and give
 * back memory, and end. Anything else (opening, connecting, starting or touching another process, making memory
 * executable) kills it at once. There is no way back. Libraries must have set themselves up before.
 *
 * Two walls, each enough by itself: Landlock (no file and no port, where the kernel has it: Linux 5.13 and newer) and
 * seccomp (a short list of system calls; required). Beside them, limits on memory, processor time and files. */
#ifndef PARSERS_SANDBOX_H
#define PARSERS_SANDBOX_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct sandbox_bounds {
    uint64_t memory; /* bytes of address space */
    uint32_t cpu;    /* seconds of processor time */
    bool moves;      /* may move in its standard input, which gives away nothing that reading does not */
    bool habits;     /* may do what libraries do by habit: lock among its own threads, ask the time */
};

/* Closes every descriptor but 0, 1 and 2, drops the environment, and does all of the below. 0, or -1 and a sentence:
 * the caller must then read nothing. */
int sandbox_enter(const struct sandbox_bounds *bounds, struct error *error);

/* Its steps, one by one, for tests that want to see each wall stand alone. */
int sandbox_limit(const struct sandbox_bounds *bounds, struct error *error); /* limits, no core dump, no debugger */
int sandbox_landlock(struct error *error);                                   /* also: no new privileges */
int sandbox_seccomp(const struct sandbox_bounds *bounds, struct error *error);

/* Landlock's version in this kernel, 0 where it has none. */
int sandbox_landlock_version(void);

#endif
