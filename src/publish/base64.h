/* Base64 as in RFC 4648, section 4: for data: addresses and for the hash of the style sheet. */
#ifndef PUBLISH_BASE64_H
#define PUBLISH_BASE64_H

#include "base/buffer.h"

/* Appends the bytes in base64, padded, without line ends. Linear. */
void base64_add(struct buffer *out, struct text bytes);

#endif
