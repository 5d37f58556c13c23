/* The model: a case in memory, built from the entries of its log and from nothing else.
 *
 * Voices, records and claims are numbered from 0 in the order of their first mention; the built-in
 * voice `desk` is voice 0. Every entry that was taken is kept, in order, as an array of fields in
 * which ids are numbers; everything else here is an index over that. Texts are taken whole or not
 * at all. (`case` is a word of C, so the struct is called a model.) */
#ifndef CASE_MODEL_H
#define CASE_MODEL_H

#include "base/error.h"
#include "base/text.h"
#include "notation/notation.h"

#include <stdbool.h>
#include <stdint.h>

#define MODEL_NONE UINT32_MAX
#define MODEL_DESK 0u /* the voice that is the desk itself */

struct model;

struct model *model_new(void);
void model_free(struct model *m);

/* On how many cores model_take() may work; one unless told. The model is the same to the byte. */
void model_cores(struct model *m, unsigned cores);

/* Where a text comes from decides what is a mistake in it.
 * TAKE_TEXT: a person wrote it as one. An id that is given another NAME, TITLE, SENTENCE or KIND than the same
 *   text gave it before is taken for a copied line whose id was forgotten, and refused, unless the
 *   entry has the attribute `amends`.
 * TAKE_LOG: entries that were each taken before, perhaps by people who worked apart. Amendments
 *   need no mark. An entry that no longer fits beside the others (it would close a ring of `of`, it
 *   retracts what somebody else has since used) is kept but void: it counts for nothing, and
 *   `check` says so. A syntax error or an unknown id is still refused. */
enum take { TAKE_TEXT, TAKE_LOG };

/* Takes a text: all of it, or, where anything in it is wrong, nothing, with every fault added.
 * Copies what it keeps. An id may be used before the line that declares it, if the text or the
 * case declares it at all. Returns 0 or -1. Linear in the text, whatever the case's size, but for
 * `of` (checks the organisations for rings) and `retract` of a declaration (looks for uses). */
int model_take(struct model *m, struct text source, enum take take, struct faults *faults);

/* Space: 12 bytes an entry, 8 a field, the words and strings of the text, and about 50 an id. */

/* How many there are. Numbers below these are valid below. */
uint32_t model_voices(const struct model *m);
uint32_t model_records(const struct model *m);
uint32_t model_claims(const struct model *m);
uint32_t model_entries(const struct model *m);

/* The words and strings kept, into which fields that are not ids are offsets. Moves when more is taken. */
struct text model_text(const struct model *m);

/* Ids and numbers. find gives MODEL_NONE where there is none. */
enum model_space { SPACE_VOICE, SPACE_RECORD, SPACE_CLAIM, SPACE_COUNT };
uint32_t model_find(const struct model *m, enum model_space space, struct text id);
struct text model_id(const struct model *m, enum model_space space, uint32_t number);
/* Is it declared by an entry that counts? False once what declared it is retracted. */
bool model_declared(const struct model *m, enum model_space space, uint32_t number);
/* The declared id nearest to a word that is none: for mends. Empty where none is near. */
struct text model_nearest(const struct model *m, enum model_space space, struct text word);

/* The space of the ids in fields of a kind, or SPACE_COUNT where the field is not an id. */
enum model_space field_space(enum field_kind kind);

/* Entry `n` (from 0; people count from 1). Fields that are ids hold the number in `at`; the others
 * are offsets into model_text(). Valid until more is taken. */
struct model_entry {
    enum verb verb;
    bool retracted; /* a later `retract` names it; it counts for nothing */
    bool is_void;   /* it did not fit beside what others added (TAKE_LOG); counts for nothing */
    const struct field *fields;
    uint32_t count;
};
struct model_entry model_entry(const struct model *m, uint32_t n);

/* The first field of a kind in an entry, or NULL; and its text, "" where it has none. */
const struct field *model_field(const struct model_entry *e, enum field_kind kind);
struct text model_field_text(const struct model *m, const struct field *f);

/* The entry number that `retract` entry names, from 0. */
uint32_t model_retracted_entry(const struct model *m, const struct model_entry *retract);

/* What holds for a voice, record or claim after all amendments: the fields of one kind from the
 * newest entry, not retracted, that gives any. NULL and 0 where none does. */
const struct field *model_attribute(const struct model *m, enum model_space space, uint32_t number,
                                    enum field_kind kind, uint32_t *count);

/* The single text of an attribute (still escaped), or "". */
struct text model_attribute_text(const struct model *m, enum model_space space, uint32_t number, enum field_kind kind);

/* A voice's NAME unescaped into `out`; its id where it has none. */
void model_voice_name(const struct model *m, uint32_t voice, struct buffer *out);

/* The numbers of the entries that mention a claim, ascending (say, deny, infer, contradict, impugn, ask,
 * claim); of those a voice; of those a record. The first call indexes the whole model (linear);
 * valid until more is taken. */
const uint32_t *model_mentions(struct model *m, enum model_space space, uint32_t number, uint32_t *count);

/* Has any entry since `from` done more than add (an amendment, a retraction)? Then what was built
 * from the entries before must be built anew. */
bool model_reworked(const struct model *m, uint32_t from);

/* Prints an entry, or all of them, in the notation. The whole is a text that gives the same case: void entries are
 * left out, of several `case` there is one with what holds, and `retract` counts what is printed. */
void model_print_entry(const struct model *m, uint32_t n, struct buffer *out);
void model_print(const struct model *m, struct buffer *out);

/* Prints an entry with `instead` in the place of each string in it that is protected. */
void model_print_open(const struct model *m, uint32_t n, struct text instead, struct buffer *out);

#endif
