/* The stretch of a text that shows best why it was found, and where in it the words are. */
#ifndef SEARCH_PASSAGE_H
#define SEARCH_PASSAGE_H

#include "base/vector.h"
#include "search/plan.h"

struct passage_hit {
    size_t start, length; /* bytes of the whole text */
};

struct passage {
    size_t start, end;               /* bytes of the whole text; between words */
    VECTOR(struct passage_hit) hits; /* within it, ascending, apart */
};

/* `most`: about how many bytes it may have. A text without any of the words gives its beginning. Linear in the text.
 * Release the hits. */
void passage_find(const struct plan *plan, struct text t, size_t most, struct passage *out);

#endif
