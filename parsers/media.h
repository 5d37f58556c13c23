/* Pictures and sounds made anew: decoded to what is seen and heard, and encoded again without anything else.
 *
 * What a file is, is told by its bytes. Pictures come out as JPEG or PNG in plain 8-bit sRGB, upright, opaque, and
 * smaller than they were; sounds as MP3. Neither holds a time, a name, a comment, a thumbnail, a profile or a byte
 * behind its end. The same bytes in give the same bytes out. docs/media.md says more. */
#ifndef PARSERS_MEDIA_H
#define PARSERS_MEDIA_H

#include "base/buffer.h"
#include "parsers/answer.h"

#include <stdint.h>

/* How much may be made of one file; media_bounds_usual() is base/limits.h. */
struct media_bounds {
    uint64_t pixels;
    uint32_t seconds;
};
struct media_bounds media_bounds_usual(void);

struct media_made {
    struct buffer bytes;
    const char *mime;
    uint32_t width, height, seconds;
};

/* MEDIA_FINE, or why not; `out` is then empty. Release out->bytes. */
enum media_refusal media_make(struct text input, const struct media_bounds *bounds, struct media_made *out);

/* Makes every library set itself up, so that none has to while in the sandbox. */
void media_warm(void);

/* One kind each; the input is known to begin as it should. */
enum media_refusal jpeg_make(struct text input, const struct media_bounds *bounds, struct media_made *out);
enum media_refusal png_make(struct text input, const struct media_bounds *bounds, struct media_made *out);
enum media_refusal webp_make(struct text input, const struct media_bounds *bounds, struct media_made *out);
enum media_refusal sound_make(struct text input, const struct media_bounds *bounds, struct media_made *out);

#endif
