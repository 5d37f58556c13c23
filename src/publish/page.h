/* One article as a page of HTML. */
#ifndef PUBLISH_PAGE_H
#define PUBLISH_PAGE_H

#include "publish/article.h"

void page_write(const struct article *a, struct buffer *out);

#endif
