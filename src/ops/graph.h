/* The picture of a claim: an SVG that stands alone.
 *
 * The claim is at the left; who says so, and from whom they have it, in columns by hop; the ground of
 * each at the right; inferences lead to the claims they are made from. A voice that could bring the claim down alone is
 * marked in words and by its border. What speaks against it stands below, apart. Crowded columns are
 * cut to the most telling nodes and '+N more'. The same case gives the same bytes. No script, no
 * reference to anything outside; light and dark by the reader's own setting; every text escaped. */
#ifndef OPS_GRAPH_H
#define OPS_GRAPH_H

#include "ops/open.h"

/* Needs measured rows. */
void graph_svg(const struct opened *o, uint32_t claim, struct buffer *out);

#endif
