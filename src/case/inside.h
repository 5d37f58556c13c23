/* What the files of src/case share and nobody else sees.
 *
 * Entries and fields are two flat arrays: an entry's fields run from its `first` to the next entry's.
 * The entries that declare one id are chained through `link`, newest first. Whatever a text changes
 * is undone by walking its entries backwards (case/take.c), so every change to what was there
 * before must be one that undo() there knows of. */
#ifndef CASE_INSIDE_H
#define CASE_INSIDE_H

#include "base/buffer.h"
#include "base/names.h"
#include "base/vector.h"
#include "case/model.h"

struct slot {
    uint32_t first; /* its first field */
    uint32_t link;  /* a declaration: the one before it of the same id; a `retract`: the entry it
                       retracts; MODEL_NONE where there is none */
    uint8_t verb;
    bool retracted, is_void;
    bool complete; /* a declaration that gives all that a first one must */
};

struct declared {
    uint32_t newest;   /* the newest entry that declares it, or MODEL_NONE */
    uint32_t complete; /* how many complete declarations are not retracted; `desk` counts as one */
};

/* The entries that mention an id, where more came after the index was made. */
struct patch {
    uint32_t *at;
    size_t count, room;
};

struct space {
    struct names names;
    VECTOR(struct declared) ids; /* by number; as many as names */
    uint32_t undeclared;         /* ids whose `complete` is 0 */
    struct {
        uint32_t *starts, *entries;   /* NULL until asked for */
        uint32_t ids, covered;        /* ids that have a start; entries that are in */
        uint32_t *patched;            /* by id: 1 + its patch, 0: none; as many as `patch_room` */
        uint32_t patch_room, added;   /* how many entries were put into patches */
        VECTOR(struct patch) patches; /* whole lists of ids that entries mentioned since */
    } mentions;
};

struct model {
    struct buffer text;
    VECTOR(struct slot) slots;
    VECTOR(struct field) fields;
    struct space spaces[SPACE_COUNT];
    unsigned cores;    /* to take a text on */
    uint32_t reworked; /* one past the newest entry that amends or retracts; 0 where none does */
};

/* model.c */
uint32_t slot_end(const struct model *m, uint32_t entry); /* one past its last field */
/* The space that a verb declares ids in, or SPACE_COUNT. */
enum model_space verb_declares(enum verb verb);
/* The number of the id that an entry declares, or MODEL_NONE; *space is set where there is one. */
uint32_t slot_declares(const struct model *m, uint32_t entry, enum model_space *space);
const char *space_word(enum model_space space); /* "voice" … */
/* Is a field one of those that the verb's line cannot do without when an id is new? */
bool verb_requires(enum verb verb, enum field_kind kind);
static inline bool slot_counts(const struct slot *s)
{
    return !s->retracted && !s->is_void;
}
/* The entry that gives what model_attribute() answers, or MODEL_NONE. */
uint32_t attribute_entry(const struct model *m, enum model_space space, uint32_t number, enum field_kind kind);
void model_forget_mentions(struct model *m);

/* rings.c: calls `each` for a ring of `of` at a time, at most LIMIT_RINGS of them: each member belongs to the next, the
 * last to the first. Returns whether there was any. */
bool rings_find(const struct model *m, void (*each)(void *context, const uint32_t *voices, size_t count),
                void *context);

#endif
