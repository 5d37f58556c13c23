/* Whether bytes are a picture or a sound and nothing else, to the last byte.
 *
 * The second look at what the sandboxed process made: were a decoder taken over by what it read, it still could put
 * nothing into a file but picture and sound. Only what our own encoders write is let through: no comment, no
 * application segment but JFIF's, no thumbnail, no tag, no chunk of text, nothing behind the end. */
#ifndef OPS_SHAPE_H
#define OPS_SHAPE_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* Each linear; any bytes will do. */
bool shape_is_jpeg(struct text bytes, uint32_t width, uint32_t height);
bool shape_is_png(struct text bytes, uint32_t width, uint32_t height);
bool shape_is_mp3(struct text bytes);

#endif
