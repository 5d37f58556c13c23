/* What machines read of a page: JSON-LD in the words of schema.org, a NewsArticle and one ClaimReview a finding. */
#ifndef PUBLISH_DATA_H
#define PUBLISH_DATA_H

#include "publish/site.h"
#include "publish/words.h"

/* Appends one JSON text. Ratings run from 1 (alleged) to 3 (borne out). */
void data_write(const struct article *a, const struct site_options *site, const struct words *words,
                struct buffer *out);

#endif
