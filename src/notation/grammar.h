/* The table of the notation: every verb, what follows it on its line, and its attributes.
 *
 * The parser and the printer both walk this table and know no word of their own; messages, help and
 * completion take their words from it. What a step's value looks like is in grammar_fields, by the
 * kind of the field that it gives. To add an attribute, add a line here (and a kind in notation.h). */
#ifndef NOTATION_GRAMMAR_H
#define NOTATION_GRAMMAR_H

#include "notation/notation.h"

/* A word of the notation, padded with NULs so that its first eight bytes can be compared as one. */
struct word {
    char text[15];
    uint8_t length; /* 0: no word */
};

/* What a value looks like. */
enum value {
    VALUE_ID,
    VALUE_STRING,
    VALUE_NONE, /* the word in front is all there is */
    VALUE_GROUND,
    VALUE_RECORD_KIND,
    VALUE_TERM,
    VALUE_DATE,
    VALUE_LOCATOR,
    VALUE_COUNT,
    VALUE_LANGUAGE,
    VALUE_NUMBER,
    VALUE_CONDITION,
    VALUE_CHECK,
    VALUE_SLUG,
    VALUE_HASH,
    VALUE_SIZE,
    VALUE_DERIVED,
    VALUE_PROOF,
    VALUE_LOOK,
};

enum times {
    STEP_END,     /* no step: the end of the list */
    STEP_ONE,     /* has to be there */
    STEP_MAYBE,   /* may be there */
    STEP_FOLLOWS, /* may be there if the step before it was */
    STEP_CHAIN,   /* any number, each with the word in front */
    STEP_GROUND,  /* may be left out, and gives a field all the same; a record follows some grounds */
    STEP_SUBJECT, /* has to be there: a record's id or an article's slug, as the check before it says */
    STEP_BLANKS,  /* a list: one or more, blanks between */
    STEP_PAIR,    /* a list: two or more, blanks between */
    STEP_COMMAS,  /* a list: one or more, commas between */
    STEP_EITHER,  /* a list: one or more, blanks or commas between; printed with blanks */
};

struct step {
    struct word word; /* stands in front of the value; of length 0 where nothing does */
    uint8_t kind;     /* enum field_kind */
    uint8_t times;    /* enum times */
};

#define GRAMMAR_STEPS 8
#define GRAMMAR_ATTRIBUTES 8

/* Its first step's word is its name. */
struct attribute {
    struct step steps[4];
};

struct grammar {
    struct word word;
    const char *meaning; /* for help: a phrase */
    struct step steps[GRAMMAR_STEPS + 1];
    struct attribute attributes[GRAMMAR_ATTRIBUTES + 1]; /* up to the one without a first step */
};

struct grammar_field {
    struct word word;        /* as field_word() gives it */
    const char *placeholder; /* in the shape of an entry: VOICE; NULL: not shown there */
    const char *noun;        /* in messages: "a voice's id" */
    enum value value;
};

extern const struct grammar grammar[VERB_COUNT];
extern const struct grammar_field grammar_fields[FIELD_KINDS];

/* The kind of an attribute that an entry cannot be without; 0 (FIELD_VOICE): none. */
extern const uint8_t grammar_needs[VERB_COUNT];

/* The words a value is one of, up to a word of length 0; NULL where it is not one of a set. */
const struct word *grammar_words(enum value v);

/* Measures and flags of a condition, likewise. */
extern const struct word grammar_measures[], grammar_flags[];

/* Does a ground name a record after it? */
bool grammar_ground_has_record(struct text ground);

/* Is a check about a record, or else about an article? */
bool grammar_check_has_record(struct text check);

/* What the subject of a check is: FIELD_RECORD or FIELD_ARTICLE. */
static inline enum field_kind grammar_subject(struct text check)
{
    return grammar_check_has_record(check) ? FIELD_RECORD : FIELD_ARTICLE;
}

/* The attribute of a verb with this name; the one that a field of this kind starts. NULL: none. */
const struct attribute *grammar_attribute(const struct grammar *g, struct text name);
const struct attribute *grammar_attribute_of(const struct grammar *g, enum field_kind kind);

/* "say VOICE CLAIM BASIS [in part] …", and likewise of an attribute. */
void grammar_shape(const struct grammar *g, const struct attribute *a, struct buffer *out);

static inline struct text word_text(const struct word *w)
{
    return (struct text){w->text, w->length};
}

#endif
