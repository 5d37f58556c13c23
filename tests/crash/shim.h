/* A disk that fails when it is told to: a layer under SQLite for the crash tests.
 *
 * It counts every write, sync, truncation, deletion and creation. At the one it was told it ends the process, as a
 * crash or a power cut would, or begins to refuse. Under a power cut, what was written
 * and not synced is held back in memory, and lost in whole or in part. */
#ifndef TEST_CRASH_SHIM_H
#define TEST_CRASH_SHIM_H

#include <stdbool.h>

enum shim_mode {
    SHIM_COUNT,     /* nothing fails */
    SHIM_CRASH,     /* the process ends in the middle of the operation; what it wrote stands */
    SHIM_LOSE_ALL,  /* the power fails: nothing stands that was not synced */
    SHIM_LOSE_SOME, /* the power fails: some of it stands, in no order, torn at sectors */
    SHIM_FULL,      /* from here on the disk is full */
    SHIM_FAILING,   /* from here on the disk takes nothing at all */
};

/* Puts the layer in place as SQLite's default. Once, before anything is opened. */
void shim_install(void);

/* With no file open. Acts at operation `at`, counted from 1 from now on. `seed` decides what SHIM_LOSE_SOME loses. */
void shim_arm(enum shim_mode mode, long at, unsigned seed);
void shim_disarm(void); /* nothing fails any more; goes on counting */
long shim_count(void);  /* since shim_arm() */

/* Journals that were unlinked with something other than zeros in them. */
long shim_unwiped(void);

#endif
