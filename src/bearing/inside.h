/* What the files of src/bearing share. */
#ifndef BEARING_INSIDE_H
#define BEARING_INSIDE_H

#include "base/vector.h"
#include "bearing/bearing.h"

#define ORIGIN_RECORD (UINT32_C(1) << 31) /* set in the origin of a graph's voice that is a record */

/* Who answers for what is read in a record. */
struct source {
    uint32_t author; /* the case's voice, MODEL_NONE: the record itself */
    uint32_t root;   /* the graph's voice, GRAPH_NONE until the record is read */
    bool vouched;    /* somebody vouches for it */
};

struct bearing {
    struct model *model;
    struct graph *graph;
    uint32_t entries;              /* how many of the model's are in the graph */
    VECTOR(uint32_t) voices;       /* by the case's voice: the graph's */
    VECTOR(struct source) sources; /* by record */
    VECTOR(uint32_t) origins;      /* by the graph's voice: the case's voice, or ORIGIN_RECORD | record */
    VECTOR(uint32_t) on_line;      /* scratch */
};

/* How the end of a chain knows. */
enum ground { GROUND_BARE, GROUND_FIRSTHAND, GROUND_DOCUMENT };

/* A `say` or `deny`, or what a voice in its chain would say by confirming it. */
struct statement {
    uint32_t speaker, claim;
    const struct field *chain; /* those it was told by, in order */
    uint32_t told;
    enum ground ground;
    uint32_t record; /* where the ground is a document */
    enum line_side side;
    bool in_part;
};

struct statement statement_read(const struct model *m, const struct model_entry *e);

/* Calls `each` for every line that a statement gives its claim. Voices are the graph's, and valid
 * during the call. */
void statement_lines(struct bearing *b, const struct statement *s,
                     void (*each)(void *context, uint32_t claim, const struct line *line), void *context);

#endif
