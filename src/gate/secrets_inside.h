/* The index of secrets from inside: for secrets.c, which fills it, and for what searches with it. */
#ifndef GATE_SECRETS_INSIDE_H
#define GATE_SECRETS_INSIDE_H

#include "gate/secrets.h"
#include "gate/tokens.h"

enum form {
    FORM_NAME,   /* parts in any order, near each other; some say enough alone */
    FORM_PHRASE, /* all parts in their order */
    FORM_EXACT,  /* all parts in their order and nothing between them */
};

struct part {
    uint32_t token;
    uint8_t rank; /* RANK_RARE and those of tokens.h */
};

/* Of parts alone: a given name that is not known as one. Many have it, or nobody else does. */
enum { RANK_RARE = RANK_WORD + 1 };

struct secret_entry {
    uint8_t kind, form;
    uint32_t owner, first, parts;
};

struct use {
    uint32_t token, secret, part; /* part: its place in the secret */
};

/* The last digits of a number: what comes before may be written in several ways (+998, 8, 00998). */
#define NUMBER_LEAST 7u
#define NUMBER_MOST 9u
struct number {
    uint64_t value;
    uint8_t digits, kind;
    uint32_t owner;
};

/* The first letters of a name, each as the Latin letters that it may be written with: bit 0 is a. */
#define INITIALS_MOST 4u
struct initials {
    uint32_t owner;
    uint8_t count;
    uint32_t at[INITIALS_MOST];
};

/* A day that must not come out, as YYYYMMDD. */
struct day {
    uint32_t day, owner;
};

struct role {
    uint32_t owner;
    uint64_t key;   /* of a word */
    uint16_t group; /* of known.h, or UINT16_MAX */
};

struct secrets {
    struct tokens *tokens;
    VECTOR(struct secret_entry) list;
    VECTOR(struct part) parts;
    VECTOR(struct use) uses;       /* sorted by token */
    uint32_t *first_use;           /* by token, and one behind the last */
    VECTOR(struct number) numbers; /* sorted by digits and value */
    VECTOR(struct initials) initials;
    VECTOR(struct role) roles;
    VECTOR(struct day) days;  /* sorted */
    VECTOR(uint64_t) allowed; /* keys of words; sorted */
    double need;              /* nats that a find must have: the more names, the more */
    bool ready;
};

/* One part of a secret met in a text. */
struct mark {
    uint32_t secret, part;
    uint32_t first, last; /* words */
    float value, alone;   /* nats beside other parts of the secret, and without; only of names */
    uint8_t how;
    bool exact, sure; /* sure: exact, and not chance as a common word would be */
};
typedef VECTOR(struct mark) marks;

/* What is searched at once. */
struct search {
    const struct secrets *secrets;
    const struct view *view;
    word_list words;
    marks marks;
    uint32_t *met; /* how often, by token, while marking */
    secret_finds *out;
};

/* Looks every word up and marks the parts that it may be. */
void search_mark(struct search *s);

/* Weighs marks of names and of phrases; adds what is found. */
void search_weigh(struct search *s);

int number_order(const void *a, const void *b);

/* Digits, and initials beside a role. */
void search_numbers(struct search *s);
void search_initials(struct search *s);

/* The day that words from `at` on say, as YYYYMMDD, and the last of them; 0: none. */
uint32_t date_at(const signs *all, const word_list *words, size_t at, size_t *last);
void days_sort(struct secrets *s);
void search_dates(struct search *s);

/* Whether a role of the owner stands near these words. */
bool search_role_near(const struct search *s, uint32_t first, uint32_t last, uint32_t owner);

/* Adds a find over words; nothing where chance explains it. */
void search_put(struct search *s, uint32_t first, uint32_t last, struct secret_find find);

/* The Latin letters that the first letter of a word may be written with. */
uint32_t initial_of(const struct letters *plain);

#endif
