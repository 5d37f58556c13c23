/* The notation: the one plain-text language for everything that can happen to a case.
 *
 * A parser, a printer, and one table (notation/grammar.h) that both follow; nothing else in the
 * program knows the syntax. The parser yields one entry at a time and keeps none, so that reading
 * needs no memory beyond the text itself. What an id refers to is the model's affair; what an
 * entry looks like is decided here. docs/notation.md is the manual. */
#ifndef NOTATION_NOTATION_H
#define NOTATION_NOTATION_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "notation/fault.h"

#include <stdbool.h>
#include <stdint.h>

enum verb {
    VERB_CASE,
    VERB_VOICE,
    VERB_SAME,
    VERB_RECORD,
    VERB_CLAIM,
    VERB_SAY,
    VERB_DENY,
    VERB_INFER,
    VERB_CONTRADICT,
    VERB_IMPUGN,
    VERB_TERMS,
    VERB_PROTECT,
    VERB_ASK,
    VERB_RULE,
    VERB_PRINTED,
    VERB_ATTEST,
    VERB_KEPT,
    VERB_DERIVED,
    VERB_PROOF,
    VERB_LOOKED,
    VERB_FORGET,
    VERB_DESTROY,
    VERB_RETRACT,
    VERB_COUNT,
};

/* What a field of an entry is. Its text is an id, a word or the inside of a string. */
enum field_kind {
    /* ids */
    FIELD_VOICE,         /* the voice an entry is about; several in `same?` */
    FIELD_RECORD,        /* the record that `record` declares, or that an entry is about */
    FIELD_CLAIM,         /* the claim an entry is about; several in `contradict` */
    FIELD_OF,            /* organisation (voice) */
    FIELD_BY,            /* author of a record (voice) */
    FIELD_VOUCHED_BY,    /* voice */
    FIELD_FROM,          /* who brought a record (voice) */
    FIELD_ACCUSES,       /* voice */
    FIELD_TOLD_BY,       /* voice, in the order of the chain */
    FIELD_GROUND_RECORD, /* record of `inspected` and `read` */
    FIELD_AT,            /* record where it was said, agreed or asked */
    FIELD_PREMISE,       /* claim */
    FIELD_ONLY,          /* claim */
    FIELD_THROUGH,       /* voice that a file came through */
    /* words */
    FIELD_LANGUAGE,
    FIELD_RECORD_KIND,
    FIELD_GROUND,       /* saw did inspected read unstated; always there in say and deny, empty
                           text where it was left out */
    FIELD_IN_PART,      /* no text; there or not */
    FIELD_LOCATOR,      /* follows its FIELD_AT */
    FIELD_COUNT,        /* N or N..M */
    FIELD_ON,           /* date */
    FIELD_UNTIL,        /* date */
    FIELD_DUE,          /* date; `by` of `ask` */
    FIELD_ANSWERED,     /* date */
    FIELD_TERM,         /* on-record unattributed background off-record */
    FIELD_RULE,         /* the rule's name */
    FIELD_CONDITION,    /* one condition as it was written, `people>=2`, `not contested`; its one
                           spelling is notation_condition()'s */
    FIELD_CHECK,        /* background camera voice hum wording jigsaw guesses style */
    FIELD_ARTICLE,      /* an article's slug */
    FIELD_ENTRY_NUMBER, /* of `retract` */
    FIELD_HASH,         /* SHA-256 of a file's bytes, 64 hex digits */
    FIELD_BYTES,        /* how many there are */
    FIELD_DERIVED,      /* text transcript peaks metadata */
    FIELD_PROOF,        /* rfc3161 opentimestamps */
    FIELD_LOOK,         /* opened given */
    FIELD_AMENDS,       /* no text; this entry means to replace what an earlier one of the same
                           text says: see docs/notation.md */
    /* strings, still escaped: see notation_unescape() */
    FIELD_TITLE, /* of a case or a record */
    FIELD_NAME,
    FIELD_SENTENCE,
    FIELD_WORDS, /* exact words; follows its FIELD_AT where it has one */
    FIELD_BECAUSE,
    FIELD_DETAIL,
    FIELD_KNOWN_AS,
    FIELD_CONTACT,
    FIELD_NOTE,
    FIELD_FILE,
    FIELD_URL,
    FIELD_PLACE,
    FIELD_AS,
    FIELD_WHY,
    FIELD_DRAFT,      /* the whole draft of an article that went out */
    FIELD_WHO,        /* who of the desk looked */
    FIELD_CORRECTION, /* what was wrong in an article, and is put right */
    FIELD_FILE_NAME,  /* the name a file came under */
    FIELD_MAKER,      /* what derived something: a parser and its version, or who */
    FIELD_KINDS,
};

/* Eight bytes: entries of a large case are kept as arrays of these. */
struct field {
    uint32_t at;            /* offset of its text in the whole text */
    uint32_t length : 24;   /* bytes */
    uint32_t kind : 7;      /* enum field_kind */
    uint32_t forgotten : 1; /* the bare word `forgotten` stands for a protected string that was
                               destroyed; the text is empty then */
};

/* One entry, valid until the next call on its parser. Fields stand in the order of the grammar:
 * first those of the line, then the attributes in the order they were written, an attribute with a
 * list as one field a member. */
struct entry {
    enum verb verb;
    bool faulty;     /* something in it is wrong and was reported; fields hold what could be read,
                        so that what it declares is known and no fault follows from a fault */
    uint32_t at;     /* offset of its first byte in the whole text */
    uint32_t length; /* bytes up to the end of its last attribute line, without the line's end */
    const struct field *fields;
    uint32_t count;
};

struct parser;

/* Checks a text as a whole before it is parsed: its size, UTF-8, control characters, and NFC.
 * `source` is as it came. *ready is `source` itself without a byte order mark, or, where `source`
 * is not NFC, its normal form in `scratch`. Returns 0, or -1 after adding faults (a text that is
 * not UTF-8 is not parsed). ASCII costs one pass at memory speed. */
int notation_prepare(struct text source, struct buffer *scratch, struct text *ready, struct faults *faults);

/* Parses a prepared text. It borrows text and faults. */
struct parser *parser_new(struct text prepared, struct faults *faults);
void parser_free(struct parser *p);

/* The next entry: true, or false at the end. Faults are added as they are met; the parser goes on
 * with the next line that starts an entry. Linear in the text. */
bool parser_next(struct parser *p, struct entry *out);

/* Prints an entry whose fields are offsets into `whole`: the verb's line, then an attribute a
 * line, each line ended. Parsing what was printed gives the same entry. */
void notation_print(const struct entry *e, struct text whole, struct buffer *out);

/* The text of a string field with its escapes undone, added to `out`; and the way back (with the
 * quotes). What is quoted must be valid UTF-8; control characters but line ends are dropped. */
void notation_unescape(struct text raw, struct buffer *out);
void notation_quote(struct text plain, struct buffer *out);

/* The one spelling of a condition, added to `out`: `people >= 2`, its words one space apart. What
 * is no condition is added as it is. */
void notation_condition(struct text written, struct buffer *out);

/* Words of the table, for messages and for show: "say", "told-by"…; NULL where there is none. */
const char *verb_word(enum verb v);
const char *field_word(enum field_kind k);

/* Is a string of this kind under this verb protected: sealed under its voice's own key in a case
 * file, and gone when the voice is forgotten? (known-as, contact and note of `voice`; all of `protect`.) The name and
 * note of `kept` are sealed under the record's key likewise, and gone when its file is destroyed. */
bool field_protected(enum verb v, enum field_kind k);

static inline struct text field_text(const struct field *f, struct text whole)
{
    return (struct text){whole.at + f->at, f->length};
}

/* The first field of a kind, or NULL. */
static inline const struct field *entry_field(const struct entry *e, enum field_kind kind)
{
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == kind)
            return &e->fields[i];
    return NULL;
}

#endif
