/* Standing for people and programs: the rows of a case, the table, and what would stand without some voices.
 *
 * All need an opened case with measured rows. The order of the table: contested claims first, then
 * denied ones, then the others; within these from unheard up to borne out, then fewest people first, then
 * in the order of the case. */
#ifndef OPS_STAND_H
#define OPS_STAND_H

#include "base/vector.h"
#include "ops/layout.h"
#include "ops/open.h"

/* Takes a piece of a long answer: about a mebibyte, the last one less. Not 0 stops it: nothing
 * further is handed over, and that number is the answer. */
typedef int stand_sink(void *context, struct text piece);

/* Numbers of claims that a person named; all where count is 0. -1 for one that there is none of,
 * with the nearest as mend. *claims is yours. */
int stand_find_claims(const struct opened *o, const char *const *ids, size_t count, uint32_t **claims,
                      struct error *error);

/* Numbers (of the graph) of the voices of a list "ana,record:r1". -1 for an empty or unknown one. Yours. */
int stand_find_voices(const struct opened *o, const char *list, uint32_t **voices, size_t *count, struct error *error);

/* The oracle's rows: of all claims in order, or of those named (count > 0). 0, or what the sink gave. */
int stand_json(const struct opened *o, const uint32_t *claims, size_t count, stand_sink *sink, void *context);

/* The rows that standing_without() gives, kept, since a row lasts for its call alone. In the order of the claims. */
struct stand_change {
    uint32_t claim;
    struct row after; /* its keystones are kept, too */
    size_t first;
};
struct stand_changes {
    VECTOR(struct stand_change) rows;
    VECTOR(uint32_t) keystones;
};
void stand_changes_find(struct stand_changes *c, const struct opened *o, const uint32_t *voices, size_t count);
void stand_changes_release(struct stand_changes *c);
/* The change of a claim, or NULL where it stays as it is. */
const struct stand_change *stand_changes_of(const struct stand_changes *c, uint32_t claim);

/* The rows as they would be were these voices wrong throughout; unchanged ones too, in order. */
int stand_json_without(const struct opened *o, const uint32_t *claims, size_t count, const uint32_t *voices,
                       size_t voice_count, stand_sink *sink, void *context);

/* The table of all claims, or of those named, with what the rules allow and a legend. */
void stand_table(const struct opened *o, const uint32_t *claims, size_t count, const struct screen *screen,
                 struct buffer *out);

/* The claims that would change were these voices wrong, before and after; then those that would not. */
void stand_without(const struct opened *o, const uint32_t *claims, size_t count, const uint32_t *voices,
                   size_t voice_count, const struct screen *screen, struct buffer *out);

/* "1 person", "3 people, maybe 2", "3 people, 1 party": how much a claim rests on, in figures for a table. */
void stand_figures(const struct row *row, struct buffer *out);

#endif
