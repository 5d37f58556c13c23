/* Subjects: see subject.h. One pass over the log notes what each voice is in it; then each is judged. */
#include "gate/subject.h"

#include "base/memory.h"
#include "rules/hearing.h"

#include <stdlib.h>

enum {
    IS_ORGANISATION = 1,
    IS_ACCUSED = 2,
    IS_PROTECTED = 4, /* a detail of it must not come out */
    IS_KNOWN = 8,     /* the desk has another name of it, or a way to reach it */
    SAID = 16,        /* or is cited, vouches, brought or made something */
    DENIED = 32,
    ACCUSED_TOP = 64, /* the organisation above somebody accused */
};

struct noting {
    struct model *m;
    unsigned char *marks; /* by voice */
};

static bool is_published(const struct model *m, const struct model_entry *e)
{
    struct text kind = model_field_text(m, model_field(e, FIELD_RECORD_KIND));
    return text_equal(kind, TEXT("page"));
}

static unsigned mark_of(const struct model *m, const struct model_entry *e, const struct field *f)
{
    switch (f->kind) {
    case FIELD_OF:
        return IS_ORGANISATION;
    case FIELD_ACCUSES:
        return IS_ACCUSED;
    case FIELD_TOLD_BY:
    case FIELD_FROM:
    case FIELD_VOUCHED_BY:
        return SAID;
    case FIELD_BY:
        return is_published(m, e) ? 0 : SAID;
    case FIELD_VOICE:
        if (e->verb == VERB_PROTECT)
            return IS_PROTECTED;
        if (e->verb == VERB_DENY)
            return DENIED;
        return e->verb == VERB_SAY || e->verb == VERB_INFER ? SAID : 0;
    default:
        return 0;
    }
}

static void note_entry(struct noting *n, uint32_t entry)
{
    struct model_entry e = model_entry(n->m, entry);
    if (e.retracted || e.is_void)
        return;
    for (uint32_t i = 0; i < e.count; i++)
        if (field_space(e.fields[i].kind) == SPACE_VOICE)
            n->marks[e.fields[i].at] |= (unsigned char)mark_of(n->m, &e, &e.fields[i]);
    if (e.verb != VERB_VOICE)
        return;
    uint32_t voice = model_field(&e, FIELD_VOICE)->at;
    if (model_field(&e, FIELD_KNOWN_AS) || model_field(&e, FIELD_CONTACT))
        n->marks[voice] |= IS_KNOWN;
}

static void note_tops(struct noting *n, struct hearings *h)
{
    for (uint32_t v = 0; v < model_voices(n->m); v++) {
        if (!(n->marks[v] & IS_ACCUSED))
            continue;
        size_t count;
        const uint32_t *tops = hearings_tops(h, v, &count);
        for (size_t i = 0; i < count; i++)
            n->marks[tops[i]] |= ACCUSED_TOP;
    }
}

static bool answers_for_accused(const struct noting *n, struct hearings *h, uint32_t voice)
{
    size_t count;
    const uint32_t *tops = hearings_tops(h, voice, &count);
    for (size_t i = 0; i < count; i++)
        if (n->marks[tops[i]] & ACCUSED_TOP)
            return true;
    return false;
}

static bool is_subject(const struct noting *n, struct hearings *h, uint32_t voice)
{
    unsigned marks = n->marks[voice];
    if (marks & IS_PROTECTED)
        return false;
    if (marks & IS_ORGANISATION)
        return true;
    if (marks & SAID)
        return false;
    if (marks & IS_ACCUSED)
        return true;
    return marks & DENIED ? answers_for_accused(n, h, voice) : !(marks & IS_KNOWN);
}

void subjects_find(struct model *m, const bool *promised, bool *out)
{
    struct noting n = {m, memory_array((size_t)model_voices(m) + 1, 1)};
    struct hearings *h = hearings_new(m);
    for (uint32_t entry = 0; entry < model_entries(m); entry++)
        note_entry(&n, entry);
    note_tops(&n, h);
    for (uint32_t v = 0; v < model_voices(m); v++)
        out[v] = v != MODEL_DESK && !promised[v] && is_subject(&n, h, v);
    hearings_free(h);
    free(n.marks);
}
