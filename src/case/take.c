/* Taking a text into the model: see model.h. One pass over its entries, adding each; then what only the
 * end shows (settle.c); then, where anything was wrong, everything is undone by walking back.
 *
 * Entries are added a handful at a time, and the places of all their ids fetched first: one by one, a
 * large case would wait for memory longer than the parser needs for its text. */
#include "case/taking.h"

#include "base/limits.h"

#include <assert.h>

enum {
    WORTH_TWO = 1 << 20, /* bytes of a text that is worth two cores */
    BYTES_AN_ENTRY = 36, /* of notation, on average, seldom less */
    BYTES_A_FIELD = 12,
};

void slot_retract(struct model *m, uint32_t entry)
{
    enum model_space space;
    uint32_t id = slot_declares(m, entry, &space);
    m->slots.at[entry].retracted = true;
    if (m->slots.at[entry].complete && id != MODEL_NONE && --m->spaces[space].ids.at[id].complete == 0)
        m->spaces[space].undeclared++;
}

void slot_restore(struct model *m, uint32_t entry)
{
    enum model_space space;
    uint32_t id = slot_declares(m, entry, &space);
    m->slots.at[entry].retracted = false;
    if (m->slots.at[entry].complete && id != MODEL_NONE && m->spaces[space].ids.at[id].complete++ == 0)
        m->spaces[space].undeclared--;
}

static uint32_t id_number(struct space *s, struct text id)
{
    uint32_t number = names_intern(&s->names, id);
    if (number == s->ids.count) {
        vector_push(&s->ids, (struct declared){MODEL_NONE, 0});
        s->undeclared++;
    }
    return number;
}

/* Claims get their numbers in the order in which they are first spoken of; asking about one, or
 * limiting terms to it, is not speaking of it. */
static bool is_mention(enum verb verb, enum field_kind kind)
{
    return kind != FIELD_ONLY && !(verb == VERB_ASK && kind == FIELD_CLAIM);
}

/* Keeps a text; returns where. */
static uint32_t keep_text(struct taking *t, struct text text)
{
    struct buffer *kept = &t->m->text;
    struct shared_word *shared = NULL;
    if (!text.length)
        return 0;
    if (text.length <= SHARED_MOST) {
        unsigned first = (unsigned char)text.at[0], last = (unsigned char)text.at[text.length - 1];
        shared = &t->shared[(first + 3 * last + 7 * text.length) % SHARED_WORDS];
        if (text_equal((struct text){kept->at + shared->at, shared->length}, text))
            return shared->at;
        *shared = (struct shared_word){(uint32_t)kept->length, (uint32_t)text.length};
    }
    buffer_text_add(kept, text);
    return (uint32_t)(kept->length - text.length);
}

static void take_fields(struct taking *t, const struct entry *e)
{
    struct model *m = t->m;
    if (!e->count)
        return;
    vector_reserve(&m->fields, e->count);
    struct field *out = m->fields.at + m->fields.count;
    for (uint32_t i = 0; i < e->count; i++) {
        struct field f = e->fields[i];
        enum model_space space = field_space(f.kind);
        if (space == SPACE_COUNT) {
            f.at = keep_text(t, field_text(&f, t->text));
        } else if (is_mention(e->verb, f.kind)) {
            f.at = id_number(&m->spaces[space], field_text(&f, t->text));
            f.length = 0;
        } else {
            vector_push(&t->pending, (uint32_t)m->fields.count + i);
        }
        t->of_touched |= f.kind == FIELD_OF;
        out[i] = f;
    }
    m->fields.count += e->count;
}

static struct text own_text(const struct taking *t, const struct field *f)
{
    return (struct text){t->m->text.at + f->at, f->length};
}

/* What an earlier entry of this text, not retracted, gives the id for a kind, or NULL. */
static const struct field *given_before(const struct taking *t, uint32_t entry, enum field_kind kind)
{
    const struct model *m = t->m;
    for (uint32_t e = m->slots.at[entry].link; e != MODEL_NONE && e >= t->before.slots; e = m->slots.at[e].link)
        for (uint32_t i = m->slots.at[e].first, end = slot_end(m, e); !m->slots.at[e].retracted && i < end; i++)
            if (m->fields.at[i].kind == kind)
                return &m->fields.at[i];
    return NULL;
}

static void check_copied(struct taking *t, const struct entry *e, uint32_t entry)
{
    const struct model *m = t->m;
    for (uint32_t i = 0; i < e->count; i++) {
        const struct field *now = &m->fields.at[m->slots.at[entry].first + i];
        if (!verb_requires(e->verb, now->kind))
            continue;
        const struct field *before = given_before(t, entry, now->kind);
        if (!before || text_equal(own_text(t, before), own_text(t, now)))
            continue;
        struct buffer quoted = {0};
        text_quote(own_text(t, before), 60, &quoted);
        faults_add(t->faults, t->text, e->fields[0].at, "%s '%.*s' is already \"%s\" in this text",
                   space_word(verb_declares(e->verb)), TEXT_ARG(field_text(&e->fields[0], t->text)), quoted.at);
        faults_mend(t->faults, "give this one another id or, to change what was said, the attribute 'amends'");
        buffer_release(&quoted);
        return;
    }
}

static const char *lacking(const struct entry *e)
{
    switch (e->verb) {
    case VERB_VOICE:
        return entry_field(e, FIELD_NAME) ? NULL : "name";
    case VERB_CLAIM:
        return entry_field(e, FIELD_SENTENCE) ? NULL : "sentence";
    default:
        return !entry_field(e, FIELD_RECORD_KIND) ? "kind" : !entry_field(e, FIELD_TITLE) ? "title" : NULL;
    }
}

/* `known` : was the id declared before this entry, retracted or not? */
static void check_declaration(struct taking *t, const struct entry *e, uint32_t entry, bool known)
{
    const char *word = space_word(verb_declares(e->verb));
    struct text id = field_text(&e->fields[0], t->text);
    const char *lacks = lacking(e);
    bool amends = entry_field(e, FIELD_AMENDS);
    if (e->verb == VERB_VOICE && t->m->fields.at[t->m->slots.at[entry].first].at == MODEL_DESK) {
        faults_add(t->faults, t->text, e->fields[0].at, "voice 'desk' is the desk itself and needs no declaring");
        faults_mend(t->faults, "take another id");
    } else if (!known && amends && t->take == TAKE_TEXT) {
        faults_add(t->faults, t->text, e->fields[0].at, "%s '%.*s' is not declared yet, so nothing amends it", word,
                   TEXT_ARG(id));
        faults_mend(t->faults, "declare it first, or leave out 'amends'");
    } else if (!known && lacks) {
        faults_add(t->faults, t->text, e->fields[0].at, "%s '%.*s' has no %s", word, TEXT_ARG(id), lacks);
        faults_mend(t->faults, "give it one where it is first declared");
    } else if (t->take == TAKE_TEXT && !amends) {
        check_copied(t, e, entry);
    }
}

static void take_declaration(struct taking *t, const struct entry *e, uint32_t entry)
{
    struct model *m = t->m;
    enum model_space space;
    uint32_t id = slot_declares(m, entry, &space);
    if (id == MODEL_NONE)
        return;
    struct slot *slot = &m->slots.at[entry];
    struct declared *declared = &m->spaces[space].ids.at[id];
    /* A declaration that this text retracted still counts here: settle.c sees that it is used. */
    bool known = declared->complete || (declared->newest != MODEL_NONE && declared->newest >= t->before.slots);
    slot->link = declared->newest;
    declared->newest = entry;
    slot->complete = !lacking(e);
    if (slot->complete && declared->complete++ == 0)
        m->spaces[space].undeclared--;
    if (slot->link != MODEL_NONE)
        m->reworked = entry + 1;
    if (!e->faulty)
        check_declaration(t, e, entry, known);
}

static bool is_final(enum verb verb)
{
    return verb == VERB_RETRACT || verb == VERB_FORGET || verb == VERB_DESTROY;
}

/* Why a retraction does not fit, added to `why`; false where it does. */
static bool retract_misfits(const struct model *m, uint32_t entry, uint32_t target, struct buffer *why)
{
    if (target >= entry)
        buffer_format(why, "there is no such entry before this one, which is entry %u", entry + 1);
    else if (is_final((enum verb)m->slots.at[target].verb))
        buffer_format(why, "entry %u is a '%s', which cannot be undone", target + 1,
                      verb_word(m->slots.at[target].verb));
    else if (m->slots.at[target].retracted)
        buffer_format(why, "entry %u is retracted already", target + 1);
    return why->length > 0;
}

static void take_retract(struct taking *t, const struct entry *e, uint32_t entry)
{
    struct model *m = t->m;
    const struct field *number = entry_field(e, FIELD_ENTRY_NUMBER);
    if (!number)
        return;
    struct model_entry self = model_entry(m, entry);
    uint32_t target = model_retracted_entry(m, &self);
    struct buffer why = {0};
    m->reworked = entry + 1;
    if (!retract_misfits(m, entry, target, &why)) {
        m->slots.at[entry].link = target;
        slot_retract(m, target);
        t->of_touched |= m->slots.at[target].verb == VERB_VOICE;
        vector_push(&t->retracts, entry);
    } else if (t->take == TAKE_LOG) {
        m->slots.at[entry].is_void = true;
    } else {
        faults_add(t->faults, t->text, number->at, "%s", why.at);
    }
    buffer_release(&why);
}

static void check_contradict(struct taking *t, const struct entry *e)
{
    if (e->count <= LIMIT_CONTRADICT)
        return;
    faults_add(t->faults, t->text, e->at, "%u claims in one 'contradict', where at most %u fit", e->count,
               LIMIT_CONTRADICT);
    faults_mend(t->faults, "make several of it");
}

static void check_title(struct taking *t, const struct entry *e)
{
    if (t->titled && t->take == TAKE_TEXT && !entry_field(e, FIELD_AMENDS)) {
        faults_add(t->faults, t->text, e->at, "the case has a title already in this text");
        faults_mend(t->faults, "keep one 'case'");
    }
    t->titled = true;
}

static void take_entry(struct taking *t, const struct entry *e)
{
    struct model *m = t->m;
    uint32_t entry = (uint32_t)m->slots.count;
    vector_push(&m->slots,
                (struct slot){.first = (uint32_t)m->fields.count, .link = MODEL_NONE, .verb = (uint8_t)e->verb});
    take_fields(t, e);
    switch (e->verb) {
    case VERB_VOICE:
    case VERB_RECORD:
    case VERB_CLAIM:
        take_declaration(t, e, entry);
        break;
    case VERB_RETRACT:
        take_retract(t, e, entry);
        break;
    case VERB_CONTRADICT:
        check_contradict(t, e);
        break;
    case VERB_CASE:
        check_title(t, e);
        break;
    default:
        break;
    }
}

static struct taking begin(struct model *m, struct text text, enum take take, struct faults *faults)
{
    struct taking t = {
        .m = m,
        .take = take,
        .text = text,
        .faults = faults,
        .faults_before = faults->count + faults->beyond,
        .before = {(uint32_t)m->text.length, (uint32_t)m->slots.count, (uint32_t)m->fields.count, m->reworked, {{0}}},
    };
    for (int s = 0; s < SPACE_COUNT; s++) {
        t.before.spaces[s].names = m->spaces[s].names.count;
        t.before.spaces[s].undeclared = m->spaces[s].undeclared;
    }
    /* About as many as a large text has; growing copies what is there. */
    vector_reserve(&m->slots, text.length / BYTES_AN_ENTRY);
    vector_reserve(&m->fields, text.length / BYTES_A_FIELD);
    buffer_reserve(&m->text, text.length / 2);
    return t;
}

/* What slot_restore() and the like did to older entries is undone newest first, so that each is
 * found as its maker left it. */
static void undo(struct model *m, uint32_t entry)
{
    enum model_space space;
    const struct slot *slot = &m->slots.at[entry];
    uint32_t id = slot_declares(m, entry, &space);
    if (slot->verb == VERB_RETRACT && slot->link != MODEL_NONE && !slot->is_void)
        slot_restore(m, slot->link);
    if (id == MODEL_NONE)
        return;
    m->spaces[space].ids.at[id].newest = slot->link;
    m->spaces[space].ids.at[id].complete -= slot->complete;
}

static void roll_back(struct taking *t)
{
    struct model *m = t->m;
    while (m->slots.count > t->before.slots) {
        undo(m, (uint32_t)m->slots.count - 1);
        m->fields.count = m->slots.at[--m->slots.count].first;
    }
    assert(m->fields.count == t->before.fields);
    m->reworked = t->before.reworked;
    m->text.length = t->before.text;
    for (int s = 0; s < SPACE_COUNT; s++) {
        names_cut(&m->spaces[s].names, t->before.spaces[s].names);
        m->spaces[s].ids.count = t->before.spaces[s].names;
        m->spaces[s].undeclared = t->before.spaces[s].undeclared;
    }
}

static void fetch_ids(const struct taking *t, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum model_space space = field_space(fields[i].kind);
        if (space != SPACE_COUNT)
            names_prefetch(&t->m->spaces[space].names, field_text(&fields[i], t->text));
    }
}

void taking_add(struct taking *t, struct handful *h)
{
    const struct field *fields = h->fields.at;
    fetch_ids(t, fields, h->fields.count);
    for (uint32_t i = 0; i < h->count; i++) {
        h->entries[i].fields = fields;
        if (h->entries[i].count)
            fields += h->entries[i].count;
        take_entry(t, &h->entries[i]);
    }
}

static void take_entries(struct taking *t)
{
    struct handful h = {.count = 0};
    struct parser *parser = parser_new(t->text, t->faults);
    while (handful_fill(&h, parser))
        taking_add(t, &h);
    parser_free(parser);
    vector_release(&h.fields);
}

static int finish(struct taking *t, bool faulty)
{
    if (!faulty)
        taking_settle(t);
    int result = faulty || taking_faulty(t) ? -1 : 0;
    if (result)
        roll_back(t);
    vector_release(&t->pending);
    vector_release(&t->retracts);
    vector_release(&t->closing);
    return result;
}

/* On two cores, if nothing is wrong with the text. Else the model is as it was, and the text has to be taken once more,
 * on one, so that its faults are found in their order. */
static int take_on_two(struct model *m, struct text text, enum take take)
{
    struct faults unread = {0};
    struct taking t = begin(m, text, take, &unread);
    int result = finish(&t, taking_ahead(&t) < 0 || taking_faulty(&t));
    faults_release(&unread);
    return result;
}

static int take_prepared(struct model *m, struct text text, enum take take, struct faults *faults)
{
    if (m->cores > 1 && text.length >= WORTH_TWO && take_on_two(m, text, take) == 0)
        return 0;
    struct taking t = begin(m, text, take, faults);
    take_entries(&t);
    return finish(&t, false);
}

int model_take(struct model *m, struct text source, enum take take, struct faults *faults)
{
    struct buffer scratch = {0};
    struct text ready;
    size_t before = faults->count + faults->beyond;
    int result = notation_prepare(source, &scratch, &ready, faults);
    if (result == 0 && ready.length > LIMIT_TEXT - m->text.length) {
        faults_add(faults, ready, 0, "the case would be larger than %llu bytes", (unsigned long long)LIMIT_TEXT);
        faults_mend(faults, "start another case");
        result = -1;
    }
    if (result == 0)
        result = take_prepared(m, ready, take, faults);
    if (faults->count + faults->beyond > before)
        faults_sort(faults);
    buffer_release(&scratch);
    return result;
}
