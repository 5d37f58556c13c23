/* Pictures and sound for the browser tests: real files, made from nothing. */
#ifndef TESTS_BROWSER_PICTURE_H
#define TESTS_BROWSER_PICTURE_H

#include "base/buffer.h"

/* A harbour at night, as a PNG with a palette; `seed` moves the moon and the masts. */
void picture_draw(uint32_t seed, uint32_t width, uint32_t height, struct buffer *out);

/* A tone of some seconds, as a WAV file. */
void sound_draw(uint32_t seconds, struct buffer *out);

#endif
