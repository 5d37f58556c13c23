/* Runs one of Bearout's own helpers: a program that is given one open file and answers with bytes.
 *
 * The helper gets no argument but, where it has several ways, one word that says which; no environment but a fixed one
 * that keeps libraries to one thread; no other descriptor; and the root as its folder. It is given up on, and
 * ended, when it takes too long or says too much. What it answers is for the caller to judge. */
#ifndef OPS_HELPER_H
#define OPS_HELPER_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum helper_end {
    HELPER_DONE,    /* it ended by itself and well */
    HELPER_FAILED,  /* it crashed, was ended by its sandbox, or said that it failed */
    HELPER_SLOW,    /* it took more than `seconds` and was ended */
    HELPER_TALKED,  /* it said more than `most` bytes and was ended */
    HELPER_STOPPED, /* `*stop` became true, and it was ended */
    HELPER_ABSENT,  /* it could not be started */
};

/* Runs `program` with the descriptor `input` as its standard input; its answer is added to `out`. Never returns while
 * it still runs. */
enum helper_end helper_run(const char *program, int input, uint32_t seconds, size_t most, const volatile bool *stop,
                           struct buffer *out);

/* The same for an answer that is too large to be held, taken in pieces as it comes. */
struct helper_task {
    const char *program;
    const char *way; /* the one argument, or NULL */
    int input;
    uint32_t seconds;
    const volatile bool *stop;                     /* may be NULL */
    int (*take)(void *context, struct text bytes); /* -1: enough, end it: HELPER_TALKED */
    void *context;
};
enum helper_end helper_stream(const struct helper_task *task);

/* Where a helper is: beside the running program, where it was installed, or in the folder it was built in. 0, or -1 and
 * a sentence. */
int helper_find(const char *name, struct buffer *path, struct error *error);

#endif
