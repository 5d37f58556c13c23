/* Small cases in a folder of their own: for the tests of the log. */
#ifndef TEST_LOG_SMALL_H
#define TEST_LOG_SMALL_H

#include "log/inner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

extern char small_folder[64]; /* made by small_start(), emptied and removed by small_end() */
extern struct error small_error;

int small_start(void **state);
int small_end(void **state);

/* A path in the folder, in memory that stays. */
const char *small_path(const char *name);
const struct secret *small_passphrase(void);

/* Makes a case with the cheapest passphrase and pages of 512 bytes. */
void small_create(const char *path);
struct log *small_open(const char *path, enum log_mode mode);
void small_append(struct log *log, const char *notation);

/* All its text, in memory that lives until the next call with another `which` (0 to 3). */
const char *small_text(struct log *log, int which);

/* That text, through opening, and checking that opening and verifying work. */
const char *small_read(const char *path, int which);

void small_copy(const char *from, const char *to);     /* to a new file */
void small_put_back(const char *from, const char *to); /* into the file that is there */
void small_load(const char *path, struct buffer *out);
void small_save(const char *path, struct text content); /* in place */

/* Is `needle` in the file's bytes? */
bool small_holds(const char *path, const void *needle, size_t length);

/* How many files the folder holds; and removes them. */
int small_files(void);
void small_empty(void);

/* Opening fails with this code. The error is in small_error. */
void small_refused(const char *path, enum log_mode mode, enum error_code code);

#endif
