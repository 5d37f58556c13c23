/* The files of the page, src/desk/web/, which are a part of the program: nothing is read from a disk. */
#ifndef DESK_ASSET_H
#define DESK_ASSET_H

#include "base/text.h"

struct asset {
    const char *path; /* "/views/claim.js" */
    struct text content;
};

extern const struct asset assets[]; /* ended by a path NULL; made by scripts/embed.c */

/* The file of a path ("/" is the page itself), or NULL. */
const struct asset *asset_find(struct text path);

/* Its media type, by its name. */
const char *asset_type(const struct asset *a);

#endif
