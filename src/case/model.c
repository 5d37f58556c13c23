/* The model: see model.h. What only looks things up is here; taking texts is in take.c. */
#include "case/inside.h"

#include "base/nearest.h"

#include <assert.h>

static const uint8_t spaces_of[FIELD_KINDS] = {
    [FIELD_VOICE] = SPACE_VOICE,
    [FIELD_RECORD] = SPACE_RECORD,
    [FIELD_CLAIM] = SPACE_CLAIM,
    [FIELD_OF] = SPACE_VOICE,
    [FIELD_BY] = SPACE_VOICE,
    [FIELD_VOUCHED_BY] = SPACE_VOICE,
    [FIELD_FROM] = SPACE_VOICE,
    [FIELD_ACCUSES] = SPACE_VOICE,
    [FIELD_TOLD_BY] = SPACE_VOICE,
    [FIELD_GROUND_RECORD] = SPACE_RECORD,
    [FIELD_AT] = SPACE_RECORD,
    [FIELD_PREMISE] = SPACE_CLAIM,
    [FIELD_ONLY] = SPACE_CLAIM,
    [FIELD_THROUGH] = SPACE_VOICE,
    [FIELD_LANGUAGE... FIELD_KINDS - 1] = SPACE_COUNT,
};

enum model_space field_space(enum field_kind kind)
{
    return (enum model_space)spaces_of[kind];
}

enum model_space verb_declares(enum verb verb)
{
    switch (verb) {
    case VERB_VOICE:
        return SPACE_VOICE;
    case VERB_RECORD:
        return SPACE_RECORD;
    case VERB_CLAIM:
        return SPACE_CLAIM;
    default:
        return SPACE_COUNT;
    }
}

bool verb_requires(enum verb verb, enum field_kind kind)
{
    return (verb == VERB_VOICE && kind == FIELD_NAME) || (verb == VERB_CLAIM && kind == FIELD_SENTENCE) ||
           (verb == VERB_RECORD && (kind == FIELD_RECORD_KIND || kind == FIELD_TITLE));
}

const char *space_word(enum model_space space)
{
    static const char *const words[SPACE_COUNT] = {"voice", "record", "claim"};
    return words[space];
}

struct model *model_new(void)
{
    struct model *m = memory_new(sizeof *m);
    for (int s = 0; s < SPACE_COUNT; s++)
        names_init(&m->spaces[s].names);
    struct space *voices = &m->spaces[SPACE_VOICE];
    names_intern(&voices->names, TEXT("desk"));
    vector_push(&voices->ids, (struct declared){MODEL_NONE, 1});
    return m;
}

void model_cores(struct model *m, unsigned cores)
{
    m->cores = cores;
}

void model_free(struct model *m)
{
    if (!m)
        return;
    model_forget_mentions(m);
    for (int s = 0; s < SPACE_COUNT; s++) {
        names_release(&m->spaces[s].names);
        vector_release(&m->spaces[s].ids);
    }
    vector_release(&m->slots);
    vector_release(&m->fields);
    buffer_release(&m->text);
    free(m);
}

uint32_t model_voices(const struct model *m)
{
    return m->spaces[SPACE_VOICE].names.count;
}

uint32_t model_records(const struct model *m)
{
    return m->spaces[SPACE_RECORD].names.count;
}

uint32_t model_claims(const struct model *m)
{
    return m->spaces[SPACE_CLAIM].names.count;
}

uint32_t model_entries(const struct model *m)
{
    return (uint32_t)m->slots.count;
}

struct text model_text(const struct model *m)
{
    return buffer_text(&m->text);
}

uint32_t model_find(const struct model *m, enum model_space space, struct text id)
{
    return id.length ? names_find(&m->spaces[space].names, id) : MODEL_NONE;
}

struct text model_id(const struct model *m, enum model_space space, uint32_t number)
{
    assert(number < m->spaces[space].names.count);
    return names_text(&m->spaces[space].names, number);
}

bool model_declared(const struct model *m, enum model_space space, uint32_t number)
{
    return m->spaces[space].ids.at[number].complete > 0;
}

struct text model_nearest(const struct model *m, enum model_space space, struct text word)
{
    struct nearest nearest = {.word = word};
    const struct space *s = &m->spaces[space];
    for (uint32_t i = 0; i < s->names.count; i++)
        if (s->ids.at[i].complete)
            nearest_offer(&nearest, names_text(&s->names, i));
    return nearest.best;
}

uint32_t slot_end(const struct model *m, uint32_t entry)
{
    return entry + 1 < m->slots.count ? m->slots.at[entry + 1].first : (uint32_t)m->fields.count;
}

uint32_t slot_declares(const struct model *m, uint32_t entry, enum model_space *space)
{
    const struct slot *slot = &m->slots.at[entry];
    *space = verb_declares(slot->verb);
    if (*space == SPACE_COUNT || slot->first == slot_end(m, entry))
        return MODEL_NONE;
    const struct field *id = &m->fields.at[slot->first];
    bool declares = id->kind == FIELD_VOICE || id->kind == FIELD_RECORD || id->kind == FIELD_CLAIM;
    return declares ? id->at : MODEL_NONE;
}

struct model_entry model_entry(const struct model *m, uint32_t n)
{
    assert(n < m->slots.count);
    const struct slot *slot = &m->slots.at[n];
    return (struct model_entry){
        .verb = slot->verb,
        .retracted = slot->retracted,
        .is_void = slot->is_void,
        .fields = m->fields.at ? m->fields.at + slot->first : NULL,
        .count = slot_end(m, n) - slot->first,
    };
}

const struct field *model_field(const struct model_entry *e, enum field_kind kind)
{
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == kind)
            return &e->fields[i];
    return NULL;
}

struct text model_field_text(const struct model *m, const struct field *f)
{
    if (!f || !f->length)
        return TEXT("");
    assert(field_space(f->kind) == SPACE_COUNT);
    return field_text(f, model_text(m));
}

uint32_t model_retracted_entry(const struct model *m, const struct model_entry *retract)
{
    struct text digits = model_field_text(m, model_field(retract, FIELD_ENTRY_NUMBER));
    uint64_t n = 0;
    for (size_t i = 0; i < digits.length && n <= MODEL_NONE; i++)
        n = n * 10 + (uint64_t)(digits.at[i] - '0');
    return n == 0 || n > MODEL_NONE ? MODEL_NONE : (uint32_t)(n - 1);
}

uint32_t attribute_entry(const struct model *m, enum model_space space, uint32_t number, enum field_kind kind)
{
    uint32_t entry = m->spaces[space].ids.at[number].newest;
    for (; entry != MODEL_NONE; entry = m->slots.at[entry].link) {
        const struct slot *slot = &m->slots.at[entry];
        for (uint32_t i = slot->first, end = slot_end(m, entry); slot_counts(slot) && i < end; i++)
            if (m->fields.at[i].kind == kind)
                return entry;
    }
    return MODEL_NONE;
}

const struct field *model_attribute(const struct model *m, enum model_space space, uint32_t number,
                                    enum field_kind kind, uint32_t *count)
{
    *count = 0;
    uint32_t entry = attribute_entry(m, space, number, kind);
    if (entry == MODEL_NONE)
        return NULL;
    /* Fields of one kind stand together: they are the members of one list. */
    uint32_t first = m->slots.at[entry].first, end = slot_end(m, entry);
    while (m->fields.at[first].kind != kind)
        first++;
    while (first + *count < end && m->fields.at[first + *count].kind == kind)
        (*count)++;
    return &m->fields.at[first];
}

struct text model_attribute_text(const struct model *m, enum model_space space, uint32_t number, enum field_kind kind)
{
    uint32_t count;
    return model_field_text(m, model_attribute(m, space, number, kind, &count));
}

void model_voice_name(const struct model *m, uint32_t voice, struct buffer *out)
{
    struct text name = model_attribute_text(m, SPACE_VOICE, voice, FIELD_NAME);
    if (voice == MODEL_DESK)
        buffer_string(out, "the desk");
    else if (name.length)
        notation_unescape(name, out);
    else
        buffer_text_add(out, model_id(m, SPACE_VOICE, voice));
}

bool model_reworked(const struct model *m, uint32_t from)
{
    return m->reworked > from;
}
