/* Whole folders in one step: there is the old one or the new one, and never a half of either.
 *
 * A new folder is made beside the place where it is to stand, with everything in it synced, and then takes that place
 * at once. What a program that was killed left beside it is cleared away by the next one. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"

#include <stdbool.h>

struct folder_file {
    struct text name; /* "kittiwake/index.html": no "..", no leading slash */
    struct text content;
};

struct folder; /* one that waits beside its place */

/* Makes it. `stop` is polled between files. NULL and an error where that fails; nothing is left behind then, and `path`
 * is as it was. Files are readable for all (0644), as those of a web site are. */
struct folder *folder_new(const char *path, const struct folder_file *files, size_t count, const volatile bool *stop,
                          struct error *error);

/* Puts it in its place; an old folder there is removed. 0, or -1 and `path` is as it was. Frees `f` in either case. */
int folder_place(struct folder *f, struct error *error);

/* Removes it instead. May be NULL. */
void folder_drop(struct folder *f);

/* The files of a folder and of those in it, as "sub/name", in order; what is neither file nor folder ends in "\n",
 * which no name here has otherwise. 0 and none where there is no such folder; -1 where it cannot be read, is a file, or
 * holds more than `most`. Release with folder_names_release(). */
typedef VECTOR(char *) folder_names;
int folder_list(const char *path, size_t most, folder_names *out, struct error *error);
void folder_names_release(folder_names *names);

#endif
