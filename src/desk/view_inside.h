/* What the files of the views share. */
#ifndef DESK_VIEW_INSIDE_H
#define DESK_VIEW_INSIDE_H

#include "base/json.h"
#include "base/vector.h"
#include "desk/view.h"
#include "desk/view_words.h"
#include "ops/telling.h"
#include "rules/rule.h"

enum print { PRINT_NOT_YET, PRINT_ALLEGATION, PRINT_FACT, PRINT_COUNT };
enum denial { DENIAL_NONE, DENIAL_DENIED, DENIAL_CONTESTED, DENIAL_COUNT };

/* A claim as lists are filtered and sorted by it. */
struct claim_facts {
    uint64_t seen; /* of its row: another number, another row */
    uint32_t touched, statements, denials, people;
    uint8_t level, print, denial;
};

/* Level, print and denial in one byte. */
enum { CODES = 64 };
uint8_t claim_code(const struct claim_facts *f);

/* By what claims are sorted. The order of the case needs no list. */
enum claim_sort { SORT_STANDING, SORT_PEOPLE, SORT_NEWEST, SORT_COUNT, SORT_CASE = SORT_COUNT };

/* A voice as lists are filtered and sorted by it. */
struct voice_facts {
    uint32_t says, denies, cited, keystone, secrets;
    bool accused;
};

struct record_facts {
    uint32_t statements;
};

enum voice_sort { VOICE_SORT_NAME, VOICE_SORT_KEYSTONE, VOICE_SORT_SAYS, VOICE_SORT_COUNT };

/* Whom to ask, and without whom most falls: found a piece at a time (view_ahead.c). */
struct ahead;

struct views {
    uint32_t epoch, revision; /* that all this is of */
    const struct opened *o;   /* whose rules these are */
    struct rules *rules;
    uint64_t change; /* how often what is here became another */
    VECTOR(struct claim_facts) claims;
    VECTOR(struct voice_facts) voices;
    VECTOR(struct record_facts) records;
    uint32_t *orders[SORT_COUNT];
    VECTOR(uint8_t) codes;                    /* by claim: claim_code() */
    uint32_t by_code[CODES];                  /* how many claims have it */
    uint32_t *voice_orders[VOICE_SORT_COUNT]; /* NULL until asked for */
    struct terms *terms;                      /* of that reading and day; NULL until asked for */
    char terms_day[16];
    struct timeline *timeline;  /* NULL until asked for (view_time.c) */
    struct buffer days;         /* JSON: what was done on each; empty until asked for */
    VECTOR(uint32_t) questions; /* entries; until found they are of an earlier state (view_open.c) */
    size_t overdue;             /* how many of them */
    bool questions_found;
    char questions_day[16];
    struct word_index *words[SPACE_COUNT];
    const struct model *mentions_of; /* the reading of which these spaces are indexed (model_mentions()) */
    unsigned mentions_known;
    struct ahead *ahead;
    VECTOR(uint32_t) scratch;
};

/* view_index.c: makes all of it current. */
void views_refresh(struct views *v, const struct opened *o, struct session_now now);
void claim_facts_of_row(struct views *v, uint32_t claim, const struct row *row, struct claim_facts *f);
uint64_t claim_key(enum claim_sort sort, const struct claim_facts *f);

/* An order of `count` claims with those in `changed` (new ones too) put where what they are `now` belongs. Yours. */
uint32_t *order_moved(const struct views *v, enum claim_sort sort, const uint32_t *order, uint32_t count,
                      const uint32_t *changed, size_t changed_count, const struct claim_facts *now);

/* Puts the words of at most so many further voices, records or claims into their index; are there more? */
bool views_put_words(struct views *v, const struct model *m, enum model_space space, uint32_t most);

/* What was promised to each voice, as of today. */
struct terms *views_terms(const struct view_request *q);

/* Which of them hold the words of a query: as word_index_find(). */
const uint64_t *views_find(struct views *v, const struct model *m, enum model_space space, struct text query);

static inline bool found_has(const uint64_t *found, uint32_t n)
{
    return !found || (found[n / 64] >> n % 64 & 1);
}

/* ---- parameters ---- */

enum { VIEW_USUAL = 50, VIEW_MOST = 500 };

/* `offset` and `limit` of a request: -1 where they are no numbers. A limit beyond VIEW_MOST is cut. */
struct page {
    uint32_t offset, limit;
};
int view_page(const struct view_request *q, struct page *page, struct error *error);
int view_number(const struct view_request *q, const char *name, uint32_t usual, uint32_t *number, struct error *error);

/* Which of `count` words (NULL: none) a parameter is; *which is `count` where it is not given. -1 for another word. */
int view_choice(const struct view_request *q, const char *name, const char *const *words, unsigned count,
                unsigned *which, struct error *error);

/* The number of the id in a parameter; -1 with the nearest as the mend. */
int view_id(const struct view_request *q, const char *name, enum model_space space, uint32_t *number,
            struct error *error);
int view_unknown(const struct opened *o, enum model_space space, struct text id, struct error *error);

/* ---- what is written in many answers ---- */

/* A string of the case as the value of a member, unescaped; nothing where it is empty. */
void put_string(struct buffer *out, const struct model *m, const char *name, const struct field *f);
void put_word(struct buffer *out, const struct model *m, const char *name, const struct field *f);
void put_attribute(struct buffer *out, const struct model *m, const char *name, enum model_space space, uint32_t number,
                   enum field_kind kind);

/* {"id","name"}, of a case's voice and of the graph's; {"id","sentence"}; {"id","title"}. */
void put_voice(struct buffer *out, const struct model *m, uint32_t voice);
void put_graph_voice(struct buffer *out, const struct opened *o, uint32_t voice);
void put_claim_name(struct buffer *out, const struct model *m, uint32_t claim);
void put_record_name(struct buffer *out, const struct model *m, uint32_t record);

/* The members of a claim's name, into an object that is open. */
void put_id(struct buffer *out, const struct model *m, enum model_space space, uint32_t number);

/* A list of the voices in an attribute. */
void put_voices_of(struct buffer *out, const struct model *m, const char *name, enum model_space space, uint32_t number,
                   enum field_kind kind);

/* CLAIM; `now`, where not NULL, is the row that `row` is compared with. */
void put_claim(const struct view_request *q, struct buffer *out, uint32_t claim, const struct row *row,
               const struct row *was);
void put_claim_members(const struct view_request *q, struct buffer *out, uint32_t claim, const struct row *row);

/* Where something stands: "record" and "locator". */
void put_place(struct buffer *out, const struct model *m, const struct model_entry *e);

/* "graph", and how many statements are not drawn in it. */
void put_graph(const struct view_request *q, struct buffer *out, uint32_t claim);

/* STATEMENT, of a say, deny or infer; QUESTION, of an ask. */
void put_statement(const struct view_request *q, struct telling *t, struct buffer *out, uint32_t entry);
void put_question(const struct view_request *q, struct buffer *out, uint32_t entry);

/* Of RECORD: "held" and "text"; "evidence", where there is a file. */
void put_held(const struct view_request *q, struct buffer *out, uint32_t record);
void put_evidence(const struct view_request *q, struct buffer *out, uint32_t record);

void timeline_free(struct timeline *t);

/* Does an entry hold? */
static inline bool entry_counts(const struct model_entry *e)
{
    return !e->retracted && !e->is_void;
}

extern view view_claims, view_without, view_weakest, view_claim, view_voices, view_voice, view_records, view_record,
    view_record_text, view_record_peaks, view_timeline, view_next, view_questions, view_diary, view_odd, view_articles,
    view_names;

#endif
