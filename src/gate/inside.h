/* What the files of the gate share: what is made once for all drafts of a publication, and what is known of the draft
 * that is being checked. Each check is a file; gate.c calls them in their order. */
#ifndef GATE_INSIDE_H
#define GATE_INSIDE_H

#include "gate/aloud.h"
#include "gate/gate.h"
#include "gate/secrets.h"
#include "rules/rule.h"

/* Owners of secrets that are no voice's. */
#define OWNER_NOBODY UINT32_MAX

/* ---- what all drafts share ---- */

struct gate {
    const struct bearing *bearing;
    struct model *m;
    struct text as_of;
    struct terms *terms;
    struct rules *rules;
    struct secrets *secrets; /* NULL for a twin, whose secrets nobody has */
    struct aloud *aloud;
    VECTOR(uint32_t) printed, attested; /* the entries that count */
    struct buffer titles;               /* public names and titles, folded, a line each; made when first asked for */
    VECTOR(char *) kept;
};

void gate_init(struct gate *g, const struct bearing *bearing, struct text as_of, bool with_secrets);
void gate_release(struct gate *g);
void gate_check(struct gate *g, const struct gate_request *request, struct gate_answer *out);

/* As gate_articles(), for a twin: nobody has its secrets, so they are not looked for. */
void gate_articles_of_twin(const struct gate_request *requests, size_t count, struct gate_answer *answers);

/* A string of the case without its escapes, kept as long as the gate. */
struct text gate_string(struct gate *g, const struct field *f);

/* What a page may call a voice: its name, the description that was agreed, or "". `claim` is what it is named beside,
 * or MODEL_NONE. */
struct text gate_name(struct gate *g, uint32_t voice, uint32_t claim);

/* May its denial be told as such: by its terms, or because it stands accused and this is its answer? */
bool gate_may_deny(const struct gate *g, uint32_t voice, uint32_t claim);

/* Is it anything but on record and no subject: somebody to protect? */
bool gate_protects(const struct gate *g, uint32_t voice);

/* The index of what must not come out of this case. Yours. */
struct secrets *secrets_of_case(struct gate *g);

/* ---- one draft ---- */

/* A citation, looked up. */
struct cited {
    uint32_t claim, voice; /* MODEL_NONE: [desk], not there; as fact */
    uint32_t say, deny;    /* the voice's statements on the claim, the last with words before others; MODEL_NONE */
    bool sound;            /* nothing was refused of it so far */
};

/* A claim that the draft rests on. */
struct used {
    uint32_t claim, citation; /* the first */
    bool as_fact, denied;     /* cited so; some denial of it is cited */
    bool told;                /* cited in any other way than by a denial */
};

struct checking {
    struct gate *gate;
    struct model *m;
    const struct gate_request *request;
    struct gate_answer *out;
    struct draft draft;
    unsigned char *kinds; /* by sentence: enum draft_kind of its block */
    bool *runs_on;        /* by sentence: its quotation goes on in the next, whose citations it has */
    struct text slug, language;
    VECTOR(struct cited) cited; /* by citation of the draft */
    VECTOR(struct used) used;   /* in order of first citation */
    uint32_t *used_as;          /* by claim: 1 + its number in `used`; 0 */
    uint32_t newest_printed;    /* entry of this slug; MODEL_NONE */
    bool is_out;                /* and that is this very draft */
};

/* A place in the draft. Line 0: none. */
struct place {
    uint32_t line, column;
    struct text sentence;
};
struct place place_of_sentence(const struct checking *c, size_t sentence);
struct place place_of_citation(const struct checking *c, size_t sentence, size_t citation);
/* Of the first citation of a claim. */
struct place place_of_used(const struct checking *c, const struct used *u);

/* Adds a refusal; then its mend. What they say may quote the draft and the case: what is secret in it is taken out at
 * the end (refusals_settle()). */
void refuse(struct checking *c, enum gate_check check, struct place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void warn(struct checking *c, enum gate_check check, struct place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void refuse_mend(struct checking *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds one about no draft: of a whole site. */
void refuse_site(struct gate_answer *out, enum gate_check check, struct text what, struct text mend);

/* Takes secrets out of all texts of the refusals and puts them in the order of the draft. */
void refusals_settle(struct gate *g, struct gate_answer *out);

struct text answer_keep(struct gate_answer *out, const char *at, size_t length);

/* Where sentences are: the block kinds differ in what they must cite. */
enum draft_kind kind_of_sentence(const struct checking *c, size_t sentence);

/* ---- the checks ---- */

void check_citations(struct checking *c); /* looks them up, and what they may be by terms */
void check_standing(struct checking *c);
void check_quotations(struct checking *c);
void check_secrets(struct checking *c);
void check_media(struct checking *c);
void check_attestations(struct checking *c);
void check_crowd(struct checking *c);

/* What a made article says that is not the draft's own words: names, claims, words of the case. */
void check_composed(struct checking *c);

/* Does a recorded attestation cover this: by check and record, or by check and article? */
bool is_attested_record(const struct checking *c, const char *check, uint32_t record);
bool is_attested_article(const struct checking *c, const char *check);

/* Makes out->article of what was checked. */
void compose(struct checking *c);

/* Of a picture or a sound that may go out: whether its bytes may, or only what is said in it. */
enum media_way { MEDIA_REFUSED, MEDIA_PICTURE, MEDIA_SOUND, MEDIA_TRANSCRIPT };
enum media_way media_way(struct checking *c, const struct draft_media *media, uint32_t *record);

/* The statements made at a record whose words may be quoted, by their second; the entry of each. Yours. */
struct heard {
    uint32_t entry, second; /* ARTICLE_NONE: not known */
};
typedef VECTOR(struct heard) heard_list;
void media_heard(const struct checking *c, uint32_t record, heard_list *out);

/* Words for comparing: lower case, without marks, one blank between. Appends to `out`. */
void words_fold(struct text t, struct buffer *out);

#endif
