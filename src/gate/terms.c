/* Terms: see terms.h. One pass over the log: each voice's promise is what its entries, in their order, leave in force.
 *
 * Where a later entry loosens anything without proof, what both allow holds: so a loosening that nobody can
 * show opens nothing, while whatever the same entry tightens takes effect at once. */
#include "gate/terms.h"

#include "base/vector.h"
#include "gate/subject.h"

#include <assert.h>

enum { DATE_ROOM = 24, DAY = 10 /* bytes of YYYY-MM-DD */ };

struct terms {
    const struct model *m;
    char as_of[DATE_ROOM];
    struct promise *promises; /* by voice */
    uint32_t voices;
    bool *subjects; /* by voice */
    uint32_t *seen; /* by claim: the last list that it stood in; 0: none yet */
    uint32_t stamp;
    VECTOR(struct field *) lists; /* what two `only` have in common */
};

static const char *const words[] = {"off-record", "background", "unattributed", "on-record"};

const char *term_word(enum term t)
{
    return words[t];
}

static enum term term_of(struct text word)
{
    for (int t = TERM_BACKGROUND; t <= TERM_ON_RECORD; t++)
        if (text_equal(word, text_of(words[t])))
            return (enum term)t;
    return TERM_OFF_RECORD;
}

/* The first moment at which a date is over for somebody who knows the day alone, as a text that orders like time: a
 * month or a year is over when all of it is, a day with a time when the day is, a bare day as soon as it comes. */
static void release_key(struct text date, char out[DATE_ROOM])
{
    static const char end[] = "0000-99-99";
    size_t length = date.length < DATE_ROOM - 1 ? date.length : DATE_ROOM - 1;
    if (length)
        memcpy(out, date.at, length);
    if (length && length < DAY) {
        memcpy(out + length, end + length, DAY - length);
        length = DAY;
    }
    out[length] = '\0';
}

static bool is_held(const struct terms *t, struct text until)
{
    char key[DATE_ROOM];
    release_key(until, key);
    return until.length && strcmp(t->as_of, key) < 0;
}

static struct text later(struct text a, struct text b)
{
    char left[DATE_ROOM], right[DATE_ROOM];
    release_key(a, left);
    release_key(b, right);
    return strcmp(left, right) < 0 ? b : a;
}

/* The fields of `only`, which stand together. */
static const struct field *only_of(const struct model_entry *e, uint32_t *count)
{
    const struct field *first = model_field(e, FIELD_ONLY);
    *count = 0;
    while (first && first + *count < e->fields + e->count && first[*count].kind == FIELD_ONLY)
        (*count)++;
    return first;
}

static struct promise promise_of(const struct terms *t, const struct model_entry *e, uint32_t entry)
{
    struct promise p = {.entry = entry, .unproven = MODEL_NONE};
    p.term = term_of(model_field_text(t->m, model_field(e, FIELD_TERM)));
    p.until = model_field_text(t->m, model_field(e, FIELD_UNTIL));
    if (!is_held(t, p.until))
        p.until = TEXT("");
    p.as = model_field_text(t->m, model_field(e, FIELD_AS));
    p.only = only_of(e, &p.only_count);
    return p;
}

/* A locator, or the voice's words: what can be listened to or read again. */
static bool is_proven(const struct terms *t, const struct model_entry *e)
{
    return model_field(e, FIELD_AT) &&
           (model_field(e, FIELD_LOCATOR) || model_field_text(t->m, model_field(e, FIELD_WORDS)).length);
}

static void mark(struct terms *t, const struct promise *p)
{
    t->stamp++;
    for (uint32_t i = 0; i < p->only_count; i++)
        t->seen[p->only[i].at] = t->stamp;
}

/* Are there claims of which `next` lets more out than `now`? */
static bool widens(struct terms *t, const struct promise *now, const struct promise *next)
{
    if (!now->only)
        return false;
    if (!next->only)
        return true;
    mark(t, now);
    for (uint32_t i = 0; i < next->only_count; i++)
        if (t->seen[next->only[i].at] != t->stamp)
            return true;
    return false;
}

/* Another description is looser: whether it fits fewer people is not for a program to say. */
static bool redescribes(const struct promise *now, const struct promise *next)
{
    return next->as.length && next->term >= TERM_UNATTRIBUTED && !text_equal(now->as, next->as);
}

static bool loosens(struct terms *t, const struct promise *now, const struct promise *next)
{
    bool sooner =
        now->until.length && (!next->until.length || !text_equal(later(now->until, next->until), next->until));
    return next->term > now->term || sooner || redescribes(now, next) || widens(t, now, next);
}

/* Narrows `p` to what `other` is narrowed to as well. */
static void narrow(struct terms *t, struct promise *p, const struct promise *other)
{
    if (!other->only)
        return;
    if (!p->only) {
        p->only = other->only;
        p->only_count = other->only_count;
        return;
    }
    struct field *common = memory_array((size_t)p->only_count + 1, sizeof *common);
    uint32_t count = 0;
    mark(t, other);
    for (uint32_t i = 0; i < p->only_count; i++)
        if (t->seen[p->only[i].at] == t->stamp)
            common[count++] = p->only[i];
    vector_push(&t->lists, common);
    p->only = common;
    p->only_count = count;
}

/* Only what both allow. */
static void tighten(struct terms *t, struct promise *now, const struct promise *next)
{
    if (next->term < now->term)
        now->term = next->term;
    now->until = later(now->until, next->until);
    if (!text_equal(now->as, next->as))
        now->as = TEXT("");
    narrow(t, now, next);
}

static void take(struct terms *t, const struct model_entry *e, uint32_t entry)
{
    struct promise *now = &t->promises[model_field(e, FIELD_VOICE)->at], next = promise_of(t, e, entry);
    bool first = now->entry == MODEL_NONE;
    if (first || is_proven(t, e) || !loosens(t, now, &next)) {
        *now = next;
        return;
    }
    tighten(t, now, &next);
    now->unproven = entry;
}

static void find_subjects(struct terms *t, struct model *m)
{
    bool *promised = memory_array((size_t)t->voices + 1, sizeof *promised);
    for (uint32_t v = 0; v < t->voices; v++)
        promised[v] = t->promises[v].entry != MODEL_NONE;
    t->subjects = memory_array((size_t)t->voices + 1, sizeof *t->subjects);
    subjects_find(m, promised, t->subjects);
    free(promised);
}

struct terms *terms_new(struct model *m, struct text as_of)
{
    struct terms *t = memory_new(sizeof *t);
    size_t day = as_of.length < DAY ? as_of.length : DAY;
    t->m = m;
    if (day)
        memcpy(t->as_of, as_of.at, day);
    t->voices = model_voices(m);
    t->promises = memory_array(t->voices, sizeof *t->promises);
    t->seen = memory_array((size_t)model_claims(m) + 1, sizeof *t->seen);
    for (uint32_t v = 0; v < t->voices; v++)
        t->promises[v] = (struct promise){
            .term = v == MODEL_DESK ? TERM_ON_RECORD : TERM_OFF_RECORD, .entry = MODEL_NONE, .unproven = MODEL_NONE};
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if (e.verb == VERB_TERMS && !e.retracted && !e.is_void)
            take(t, &e, n);
    }
    find_subjects(t, m);
    return t;
}

void terms_free(struct terms *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->lists.count; i++)
        free(t->lists.at[i]);
    vector_release(&t->lists);
    free(t->promises);
    free(t->subjects);
    free(t->seen);
    free(t);
}

struct text terms_as_of(const struct terms *t)
{
    return text_of(t->as_of);
}

struct promise terms_of(const struct terms *t, uint32_t voice)
{
    assert(voice < t->voices);
    return t->promises[voice];
}

/* Does the promise let anything out of the voice, on this claim, at this term or a tighter one? */
static bool lets_out(const struct promise *p, enum term least, uint32_t claim)
{
    if (p->term < least || p->until.length)
        return false;
    for (uint32_t i = 0; i < p->only_count; i++)
        if (p->only[i].at == claim)
            return true;
    return !p->only;
}

bool terms_facts(const struct terms *t, uint32_t voice, uint32_t claim)
{
    assert(voice < t->voices);
    return lets_out(&t->promises[voice], TERM_BACKGROUND, claim);
}

bool terms_words(const struct terms *t, uint32_t voice, uint32_t claim)
{
    assert(voice < t->voices);
    return lets_out(&t->promises[voice], TERM_UNATTRIBUTED, claim);
}

bool terms_name(const struct terms *t, uint32_t voice)
{
    assert(voice < t->voices);
    const struct promise *p = &t->promises[voice];
    return p->term == TERM_ON_RECORD && !p->until.length && (!p->only || p->only_count);
}

bool terms_described(const struct terms *t, uint32_t voice)
{
    assert(voice < t->voices);
    const struct promise *p = &t->promises[voice];
    return p->term >= TERM_UNATTRIBUTED && p->as.length && !p->until.length && (!p->only || p->only_count);
}

bool terms_public(const struct terms *t, uint32_t voice)
{
    return terms_name(t, voice) || t->subjects[voice];
}
