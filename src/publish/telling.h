/* 'How we know' as phrases: what a finding says of its claim, the same on the page and in plain text. */
#ifndef PUBLISH_TELLING_H
#define PUBLISH_TELLING_H

#include "publish/article.h"
#include "publish/words.h"

/* What fills a slot of a phrase. */
enum slot_kind { SLOT_NONE, SLOT_TEXT, SLOT_DATE, SLOT_NUMBER };
struct slot {
    enum slot_kind kind;
    struct text text;
    uint64_t number;
};
#define SLOT_OF_TEXT(t) ((struct slot){.kind = SLOT_TEXT, .text = (t)})
#define SLOT_OF_DATE(t) ((struct slot){.kind = SLOT_DATE, .text = (t)})
#define SLOT_OF_NUMBER(n) ((struct slot){.kind = SLOT_NUMBER, .number = (n)})

struct told {
    enum word word;
    uint64_t count; /* chooses the form */
    struct slot slots[2];
};

#define TELLING_MOST 8u

enum word telling_label(const struct finding *f); /* "alleged" … */
enum word telling_ground(enum ground g);

/* The sentences about a finding's standing, in order; how many. */
size_t telling_standing(const struct finding *f, struct told out[TELLING_MOST]);

/* Of how many bearers nothing may be printed but that they are there; and the sentence for it. */
uint64_t telling_unnamed(const struct article *a, const struct finding *f);
struct told telling_unnamed_words(const struct finding *f, uint64_t unnamed);

/* Who denies it, and when. */
struct told telling_denied(const struct denial *d);

/* Who was asked, and when: one sentence; and what came of it: another. */
struct told telling_asked(const struct hearing_told *h);
struct told telling_answer(const struct hearing_told *h);

/* Quoted words without the comma, or the blank, that the sentence they were taken from put at their end. */
struct text telling_quoted(struct text words);

/* Seconds as 1:02:03 or 2:03, in plain digits. */
void telling_clock(struct buffer *out, uint32_t seconds);

#endif
