/* An article as plain text: for a terminal, a short message, a slow line. UTF-8, lines of 72 characters. */
#ifndef PUBLISH_PLAIN_H
#define PUBLISH_PLAIN_H

#include "publish/page.h"

void plain_write(const struct article *a, const struct page_site *site, struct buffer *out);

#endif
