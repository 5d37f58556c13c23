/* Inside the parser: what parser.c, which reads, shares with blame.c, which says what is wrong.
 *
 * A line gets one fault at most: after it the rest of the line is left alone, and the next line is
 * read as if nothing had happened. */
#ifndef NOTATION_PARSING_H
#define NOTATION_PARSING_H

#include "notation/lexer.h"

#define VERB_SLOTS 64u

struct parser {
    struct text whole;
    struct faults *faults;
    struct lexer lexer;

    /* The current line; its first token is read when it is opened. */
    const char *line;     /* its first byte, in `whole` or in `tail` */
    uint32_t line_at;     /* the offset of that byte in `whole` */
    uint32_t line_length; /* without its end */
    uint32_t line_number;
    uint32_t next; /* the offset of the next line */
    bool opened;   /* there is a current line, and no entry has taken it yet */
    bool indented; /* it starts with a blank */
    bool too_long; /* it is over LIMIT_LINE, and not read */
    char *tail;    /* a copy of a last line without an end, with one */

    /* The current entry. */
    enum verb verb;
    const struct attribute *attribute; /* of the current line; NULL on the entry's first */
    const struct step *from;           /* the first step that could take the current token */
    const struct word *lead;           /* the last word of the notation that was taken */
    bool faulty;
    bool overfull;                      /* it has more than LIMIT_WORDS words: the rest of it is left alone */
    bool guessed;                       /* its verb is not what was written, but the nearest to it */
    bool hushed;                        /* the current line has its fault already */
    uint32_t given[GRAMMAR_ATTRIBUTES]; /* the line of each attribute, or 0 */
    struct field *fields;
    uint32_t count, room;

    uint8_t verbs[VERB_SLOTS]; /* by hash: verb + 1, or 0 */
    struct buffer what, mend;
};

/* Each adds one fault, marks the entry faulty, and returns false, so that a caller can say
 * `return blame_…`. Where the list of faults is full they only count. */

/* The current token cannot be taken: by p->from or any step up to the next that has to be there. */
bool blame_token(struct parser *p);
/* The current token is no value of this kind, which has to be there; is one, but a wrong one. */
bool blame_wanted(struct parser *p, enum field_kind kind);
bool blame_value(struct parser *p, enum field_kind kind, const char *fault);
bool blame_condition(struct parser *p, struct text condition);
/* Fields that must differ do not: the one at `again` has the text of an earlier one. */
bool blame_twice(struct parser *p, const struct field *again);
bool blame_itself(struct parser *p, const struct field *premise);
bool blame_alone(struct parser *p, enum field_kind kind);

/* Lines. */
bool blame_long_line(struct parser *p);
bool blame_stray_line(struct parser *p);
bool blame_indented_verb(struct parser *p);
bool blame_unindented(struct parser *p);
bool blame_repeated(struct parser *p, uint32_t first_line);
bool blame_attribute(struct parser *p);
/* The entry at this offset of the whole text lacks an attribute. */
bool blame_needed(struct parser *p, uint32_t at, const struct attribute *a);
/* An unknown verb; the likeliest one, or VERB_COUNT. */
enum verb blame_verb(struct parser *p);

static inline uint32_t parser_offset(const struct parser *p, const char *at)
{
    return p->line_at + (uint32_t)(at - p->line);
}

#endif
