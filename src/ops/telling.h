/* Telling a person about a case: how voices, claims, records and bases are named in a sentence.
 *
 * Every function gives a text that is clean for a terminal (ops/layout.h). It is borrowed and lasts
 * until TELLING_LASTS further ones were made, so that a sentence can be put together from several.
 * Nothing protected (known-as, contact, note, protect) is ever told by these. */
#ifndef OPS_TELLING_H
#define OPS_TELLING_H

#include "bearing/bearing.h"
#include "ops/words.h"

#define TELLING_LASTS 24

struct telling {
    struct model *m;
    const struct bearing *b; /* may be NULL: then there are no voices of the graph to tell of */
    struct buffer made[TELLING_LASTS];
    unsigned next;
    uint32_t *introduced; /* voices whose id was given already */
    size_t introduced_count, introduced_room;
};

void telling_init(struct telling *t, struct model *m, const struct bearing *b);
void telling_release(struct telling *t);

/* From here on ids are given anew. */
void telling_afresh(struct telling *t);

/* An empty buffer to put something together in; buffer_text() of it lasts as all others do. */
struct buffer *telling_room(struct telling *t);

/* The name of a voice within a sentence: "a senior officer". */
struct text tell_name(struct telling *t, uint32_t voice);
/* A voice within a sentence: "a senior officer (officer)" at the first mention, "a senior officer" later. */
struct text tell_voice(struct telling *t, uint32_t voice);
/* Likewise a voice of the graph, which may be a record that stands for itself. */
struct text tell_graph_voice(struct telling *t, uint32_t voice);
/* 'order' */
struct text tell_claim(struct telling *t, uint32_t claim);
/* "Interview, part 1" (interview-1) */
struct text tell_record(struct telling *t, uint32_t record);
/* The id of a voice, of a graph's voice; of a claim. */
struct text tell_id(struct telling *t, enum model_space space, uint32_t number);
struct text tell_graph_id(struct telling *t, uint32_t voice);

/* "a, b and c": at most `most`, then "and 5 others". */
typedef struct text tell_one(struct telling *t, uint32_t number);
struct text tell_list(struct telling *t, tell_one *one, const uint32_t *numbers, size_t count, size_t most);

/* Ascending. */
void numbers_sort(uint32_t *numbers, size_t count);

/* A string of the case, unescaped; a word of it, as it is. "" where the field is NULL. */
struct text tell_string(struct telling *t, const struct field *f);
struct text tell_word(struct telling *t, const struct field *f);

/* A term, or what was derived from a file, as a person calls it; any other word as the notation has it. */
struct text tell_code(const struct telling *t, const struct field *f);

/* The string of an attribute: a claim's SENTENCE, a record's TITLE… */
struct text tell_attribute(struct telling *t, enum model_space space, uint32_t number, enum field_kind kind);

struct text tell_count(struct telling *t, enum counted what, uint64_t n);
struct text tell_number(struct telling *t, uint64_t n);

/* How the voice of a `say` knows, in a sentence without its stop: "Ana was told by an officer, who
 * took part". Of a `deny`: "The president denies it and has not said how the president knows". */
struct text tell_basis(struct telling *t, const struct model_entry *e);

/* Where and in which words: “…” (“Interview, part 1” (interview-1), 00:12-00:31; 2008-07). "" where neither is given.
 */
struct text tell_source(struct telling *t, const struct model_entry *e);

#endif
