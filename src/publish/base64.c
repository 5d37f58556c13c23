/* Three bytes are four letters of six bits each. */
#include "publish/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct buffer *out, struct text bytes)
{
    buffer_reserve(out, bytes.length / 3 * 4 + 8);
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        uint32_t three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (k < left ? (unsigned char)bytes.at[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buffer_char(out, k > left ? '=' : letters[three >> (18 - 6 * k) & 63]);
    }
}
