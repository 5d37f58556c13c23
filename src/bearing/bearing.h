/* What bears on what: the model of a case turned into the graph that standing measures.
 *
 * Claims have the same numbers in both. Voices of the graph are the case's voices and, besides
 * them, each record that has no author and was read: it stands for itself, as `record:ID`. This is
 * the only place that knows which entry gives which lines (docs/standing.md, "Lines"). */
#ifndef BEARING_BEARING_H
#define BEARING_BEARING_H

#include "case/model.h"
#include "standing/standing.h"

struct bearing;

/* Builds the graph of all that the model holds. Borrows the model. Linear. Rows are not measured yet. */
struct bearing *bearing_new(struct model *m);
void bearing_free(struct bearing *b);

/* Brings the graph up to date after the model took more: by appending where the model only grew
 * (then standing_update() suffices), else by building it anew (then standing_measure() is due).
 * Returns true where it was built anew. */
bool bearing_update(struct bearing *b);

struct model *bearing_model(const struct bearing *b);
struct graph *bearing_graph(const struct bearing *b);

/* The graph's number of a case's voice, or of a record that stands for itself (GRAPH_NONE where it
 * is not in the graph). */
uint32_t bearing_voice(const struct bearing *b, uint32_t voice);
uint32_t bearing_record(const struct bearing *b, uint32_t record);

/* The way back: exactly one of *voice and *record is set, the other MODEL_NONE. */
void bearing_origin(const struct bearing *b, uint32_t graph_voice, uint32_t *voice, uint32_t *record);

/* The id of a voice of the graph: "ana", "record:r1"; and the other way, GRAPH_NONE where there is none. */
void bearing_name(const struct bearing *b, uint32_t graph_voice, struct buffer *out);
uint32_t bearing_find(const struct bearing *b, struct text id);

/* A row as `bearout stand --json` prints it: one JSON object and a line's end, keys sorted, no blanks,
 * keystones sorted by id; a measure that is an interval is printed as [low,high]. */
void bearing_row_json(const struct bearing *b, uint32_t claim, const struct row *row, struct buffer *out);

/* The voices cited but never heard, each with the claims whose standing it would raise by confirming
 * what is cited of it: most claims first, then by id. Needs current rows. Yours: bearing_asks_free(). */
struct ask_whom {
    uint32_t voice;   /* of the case */
    uint32_t *raises; /* claims, in order of number */
    uint8_t *to;      /* enum level that each would rise to */
    uint32_t count;
};
struct ask_whom *bearing_next(struct bearing *b, size_t *count);
void bearing_asks_free(struct ask_whom *asks, size_t count);

/* Of one claim: the voices cited and never heard whose confirming would raise it, to the highest level first, then by
 * id. Costs what the claim rests on: of very much, only the nearest is tried. Yours, free(). */
struct ask_one {
    uint32_t voice; /* of the case */
    enum level to;
};
struct ask_one *bearing_asks_of(struct bearing *b, uint32_t claim, size_t *count);

/* The same as bearing_next() a piece at a time, for a case that must be looked at meanwhile; it must not change. asking_step() tries so
 * many further voices: false once all were tried. The graph may be another one of the same case at each step. What was
 * found so far is in the order of bearing_next(): the list is yours to free(), what is in it stays the asking's. */
struct asking;
struct asking *asking_new(const struct bearing *b); /* linear */
bool asking_step(struct asking *a, struct bearing *b, uint32_t voices);
struct ask_whom *asking_found(const struct asking *a, const struct model *m, size_t *count);
void asking_free(struct asking *a); /* NULL is fine */

#endif
