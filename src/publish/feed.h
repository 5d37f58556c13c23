/* The feed of a site: Atom (RFC 4287).
 *
 * Links are relative, so that it is right wherever the site stands. Ids are urn:uuid, made of an article's slug (RFC
 * 9562, version 8) or of the publication's name, so that they stay the same when the site moves. Times are the dates of
 * the articles. */
#ifndef PUBLISH_FEED_H
#define PUBLISH_FEED_H

#include "publish/page.h"

void feed_write(const struct page_site *site, struct buffer *out);

#endif
