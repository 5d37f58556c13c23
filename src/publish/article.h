/* What the gate let out: all that a page can be made of.
 *
 * The page writer's only input. It cannot hold a case, a voice's id or a secret: a voice is here only as what may be
 * printed of it, and a measure only as a number. All text is plain (no markup, no escapes), NFC, and was
 * matched against the case's secrets before it came here. Everything points into memory that the article owns
 * (article_keep()). Order is the order of the draft; nothing is sorted by anything that is not printed. */
#ifndef PUBLISH_ARTICLE_H
#define PUBLISH_ARTICLE_H

#include "base/buffer.h"
#include "base/text.h"
#include "base/vector.h"

#include <stdbool.h>
#include <stdint.h>

#define ARTICLE_NONE UINT32_MAX

/* A run of words that look alike. */
enum { SPAN_EMPHASIS = 1, SPAN_STRONG = 2, SPAN_BREAK = 4 /* a line ends behind it */ };
struct span {
    struct text text;
    struct text href; /* an outward link (https: or http: only), or "" */
    uint32_t finding; /* set on the last span of a sentence that rests on a finding: its number, else ARTICLE_NONE */
    uint8_t style;    /* SPAN_… */
};

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,    /* `level` 2 to 4 */
    BLOCK_PULL_QUOTE, /* spans; `attribution` may be "" */
    BLOCK_ITEM,       /* of a list; neighbours with one `level` belong together; `ordered` */
    BLOCK_PICTURES,   /* `first` and `count` into pictures: one is a figure, more are a slide show */
    BLOCK_SOUND,      /* `first` into sounds */
};
struct block {
    enum block_kind kind;
    uint8_t level;
    bool ordered;
    uint32_t first, count; /* into spans, pictures or sounds */
    struct text attribution;
};

struct picture {
    struct text name;  /* in the site: "picture-1.jpg", by position alone */
    struct text bytes; /* decoded and encoded anew */
    uint32_t width, height;
    struct text alt, caption; /* alt is never "" */
};

struct transcript_line {
    uint32_t second;     /* from the start, ARTICLE_NONE where not known */
    struct text speaker; /* as may be printed; may be "" */
    struct text words;
};

struct sound {
    struct text name, bytes, mime; /* bytes "" where only the transcript may go out */
    struct text caption;
    uint32_t seconds;           /* 0: not known */
    uint32_t first_line, lines; /* into transcript */
};

/* How somebody knows, as far as it may be told. */
enum ground { GROUND_SAW, GROUND_DID, GROUND_INSPECTED, GROUND_READ, GROUND_UNSTATED, GROUND_TOLD };
struct bearer {
    struct text who; /* the name or the description that may be printed; "" where nothing may */
    enum ground ground;
    struct text words; /* quoted in the article, else "" */
};

struct denial {
    struct text who;
    struct text words; /* "" where it gave none that may be printed */
    struct text on;    /* date, or "" */
};

struct hearing_told {
    struct text who;
    struct text on;       /* asked; date or "" */
    struct text answered; /* date; "-" where it answered and the date is not known; "" where no answer came */
};

/* 'How we know': one claim that the article rests on, once however often it is cited. */
enum finding_form { FINDING_FACT, FINDING_ALLEGED };
enum finding_level { FINDING_ALLEGED_ONLY, FINDING_ATTESTED, FINDING_BORNE_OUT };
struct finding {
    struct text sentence; /* the claim in the desk's words */
    struct text on;       /* when it is said to have happened, or "" */
    enum finding_form form;
    enum finding_level level;
    uint32_t people_low,
        people_high; /* who would all have to be wrong, counted without what may not be counted aloud */
    uint32_t parties;
    uint32_t hops; /* between those who were there and us: 0 first hand; ARTICLE_NONE: not known */
    bool inferred; /* in part concluded from other claims */
    uint32_t first_bearer, bearers;
    uint32_t more_bearers; /* further ones of whom nothing may be printed but that they are there */
    uint32_t first_denial, denials;
    uint32_t first_hearing, hearings;
};

struct correction {
    struct text on, what;
};

struct translation {
    struct text language, slug, headline;
};

struct article {
    struct text slug;     /* a-z, 0-9 and '-': names its file */
    struct text language; /* a BCP 47 tag: "en", "uz-Cyrl", "fa" */
    struct text headline, standfirst;
    struct text byline;             /* or "" */
    struct text published, changed; /* dates, YYYY-MM-DD; changed "" where it never was */
    VECTOR(struct block) blocks;
    VECTOR(struct span) spans;
    VECTOR(struct picture) pictures;
    VECTOR(struct sound) sounds;
    VECTOR(struct transcript_line) transcript;
    VECTOR(struct finding) findings;
    VECTOR(struct bearer) bearers;
    VECTOR(struct denial) denials;
    VECTOR(struct hearing_told) hearings;
    VECTOR(struct correction) corrections;   /* oldest first */
    VECTOR(struct translation) translations; /* the same article in other languages */
    VECTOR(char *) kept;
};

/* A copy that lives as long as the article. */
struct text article_keep(struct article *a, struct text t);
void article_release(struct article *a);

#endif
