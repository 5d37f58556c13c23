/* From measures to phrases. */
#include "publish/telling.h"

enum word telling_label(const struct finding *f)
{
    static const enum word labels[] = {WORD_ALLEGED, WORD_ATTESTED, WORD_BORNE_OUT};
    return labels[f->level];
}

enum word telling_ground(enum ground g)
{
    static const enum word words[] = {WORD_SAW, WORD_DID, WORD_INSPECTED, WORD_READ, WORD_UNSTATED, WORD_TOLD};
    return words[g];
}

static struct told told(enum word word)
{
    return (struct told){.word = word};
}

static struct told counted(enum word word, uint64_t n)
{
    return (struct told){word, n, {SLOT_OF_NUMBER(n)}};
}

static struct told people(const struct finding *f)
{
    if (!f->people_high)
        return told(WORD_WRONG_NONE);
    if (f->people_low == f->people_high)
        return counted(WORD_WRONG, f->people_high);
    return (struct told){
        WORD_WRONG_RANGE, f->people_high, {SLOT_OF_NUMBER(f->people_low), SLOT_OF_NUMBER(f->people_high)}};
}

static struct told hops(const struct finding *f)
{
    if (f->hops == ARTICLE_NONE)
        return told(WORD_HOPS_UNKNOWN);
    return f->hops ? counted(WORD_HOPS, f->hops) : told(WORD_FIRST_HAND);
}

size_t telling_standing(const struct finding *f, struct told out[TELLING_MOST])
{
    static const enum word says[] = {WORD_SAYS_ALLEGED, WORD_SAYS_ATTESTED, WORD_SAYS_BORNE_OUT};
    size_t n = 0;
    if (f->on.length)
        out[n++] = (struct told){WORD_WHEN, 0, {SLOT_OF_DATE(f->on)}};
    out[n++] = told(says[f->level]);
    out[n++] = people(f);
    if (f->people_high > 1 && f->parties)
        out[n++] = counted(WORD_PARTIES, f->parties);
    if (f->people_high)
        out[n++] = hops(f);
    if (f->inferred)
        out[n++] = told(WORD_INFERRED);
    out[n++] = told(f->form == FINDING_FACT ? WORD_AS_FACT : WORD_AS_ALLEGATION);
    return n;
}

uint64_t telling_unnamed(const struct article *a, const struct finding *f)
{
    uint64_t n = f->more_bearers;
    for (uint32_t i = 0; i < f->bearers; i++)
        n += a->bearers.at[f->first_bearer + i].who.length == 0;
    return n;
}

struct told telling_unnamed_words(const struct finding *f, uint64_t unnamed)
{
    bool alone = unnamed == (uint64_t)f->bearers + f->more_bearers;
    return counted(alone ? WORD_UNNAMED : WORD_MORE, unnamed);
}

struct told telling_denied(const struct denial *d)
{
    if (!d->on.length)
        return (struct told){WORD_DENIED, 0, {SLOT_OF_TEXT(d->who)}};
    return (struct told){WORD_DENIED_ON, 0, {SLOT_OF_TEXT(d->who), SLOT_OF_DATE(d->on)}};
}

struct told telling_asked(const struct hearing_told *h)
{
    if (!h->on.length)
        return (struct told){WORD_ASKED, 0, {SLOT_OF_TEXT(h->who)}};
    return (struct told){WORD_ASKED_ON, 0, {SLOT_OF_TEXT(h->who), SLOT_OF_DATE(h->on)}};
}

struct told telling_answer(const struct hearing_told *h)
{
    if (!h->answered.length)
        return told(WORD_NO_ANSWER);
    if (text_equal(h->answered, TEXT("-")))
        return told(WORD_ANSWERED);
    return (struct told){WORD_ANSWERED_ON, 0, {SLOT_OF_DATE(h->answered)}};
}

/* The bytes of a comma or a blank at the end, or 0. */
static size_t loose_end(struct text t)
{
    static const char *const loose[] = {",", " ", "،", "，"};
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
        size_t n = strlen(loose[i]);
        if (t.length >= n && memcmp(t.at + t.length - n, loose[i], n) == 0)
            return n;
    }
    return 0;
}

struct text telling_quoted(struct text words)
{
    for (size_t n; (n = loose_end(words));)
        words.length -= n;
    return words;
}

void telling_clock(struct buffer *out, uint32_t seconds)
{
    if (seconds >= 3600)
        buffer_format(out, "%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        buffer_format(out, "%u:%02u", seconds / 60, seconds % 60);
}
