/* The gate: a case and drafts go in; an article comes out, or a list of refusals and nothing else.
 *
 * The one way by which anything of a case can leave. Five checks: standing, terms, secrets, the swap, the crowd
 * (docs/gate.md). The article is made only after all of them passed. */
#ifndef GATE_GATE_H
#define GATE_GATE_H

#include "bearing/bearing.h"
#include "gate/draft.h"
#include "publish/site.h"

/* A picture or a sound of the case, ready to leave: decoded and encoded anew, no metadata. */
struct media_ready {
    struct buffer bytes; /* "" where `transcript_only` */
    char mime[24];       /* image/jpeg image/png audio/mpeg */
    uint32_t width, height, seconds;
};
/* Reads the file of a record and makes it ready. -1 and an error otherwise. `ask` is of the case it was opened
 * with; the twin of the swap gives the same bytes under other names. */
struct media_source {
    int (*ready)(void *context, struct text record_id, struct media_ready *out, struct error *error);
    void *context;
};

enum gate_check {
    CHECK_DRAFT,
    CHECK_STANDING,
    CHECK_TERMS,
    CHECK_SECRETS,
    CHECK_SWAP,
    CHECK_CROWD,
    CHECK_MEDIA,
    CHECK_ATTESTATION
};

struct refusal {
    enum gate_check check;
    bool warning;          /* told, but does not hold the page back */
    uint32_t line, column; /* of the draft; 0 where it is not about a place in it */
    struct text sentence;  /* of the draft, or "" */
    struct text what;      /* the promise or the rule that is broken, in words that hold no secret */
    struct text mend;
};

struct gate_request {
    const struct bearing *bearing; /* measured; its model must not grow meanwhile */
    struct text source;            /* the draft */
    struct text slug;              /* its name where the draft gives none */
    struct text as_of;             /* YYYY-MM-DD */
    struct media_source media;
    struct text correction;    /* what is put right, where an article of that slug is out and this one differs; or "" */
    const struct text *beside; /* the drafts that go out with it for the first time */
    size_t beside_count;
};

struct gate_answer {
    struct article article;          /* only where nothing was refused */
    VECTOR(struct refusal) refusals; /* in order of the draft, warnings among them */
    VECTOR(char *) kept;
    struct text translation_of; /* the slug of the article that this is in another language, or "" */
    bool refused;
};

/* Checks one draft and makes its article: checks 1 to 3 and 5. Linear in the case and in the draft. */
void gate_article(const struct gate_request *request, struct gate_answer *out);
void gate_answer_release(struct gate_answer *a);

/* Likewise all drafts of a publication, which have one bearing and one day, at the price of one index of the case; and
 * ties translations to each other. */
void gate_articles(const struct gate_request *requests, size_t count, struct gate_answer *answers);

/* The site of articles that were all let out, in the order of the answers. */
void gate_make(const struct gate_answer *answers, size_t count, const struct site_options *options, struct site *out);

/* Checks a made site: every byte for secrets (3), and the swap (4): makes the case's twin, passes the same drafts
 * through gate_article() and site_make(), and compares. Adds refusals to `out`. */
void gate_site(const struct gate_request *requests, size_t count, const struct site *site,
               const struct site_options *options, struct gate_answer *out);

const char *gate_check_word(enum gate_check c); /* "standing" … */

#endif
