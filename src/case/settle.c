/* What only the end of a text shows: ids that nothing declares, declarations that were retracted
 * though something uses them, rings of `of`. In a log such entries become void where the fault lies in people
 * having worked apart; in a person's text each is a fault with its place. */
#include "case/taking.h"

#include "base/limits.h"

#include <assert.h>
#include <stdio.h>

/* Consumes `what`. Faults past those that would be told are dropped: the text is refused as it is. */
static void late_add(struct taking *t, uint32_t entry, uint32_t field, struct buffer *what, const char *mend)
{
    if (t->late.count < LIMIT_FAULTS)
        vector_push(&t->late, (struct late){entry - t->before.slots, field, memory_copy(what->at, what->length),
                                            memory_copy(mend, strlen(mend))});
    buffer_release(what);
}

/* --- claims that were named without being spoken of --- */

static void resolve_pending(struct taking *t)
{
    for (size_t i = 0; i < t->pending.count; i++) {
        struct field *f = &t->m->fields.at[t->pending.at[i]];
        uint32_t number = model_find(t->m, SPACE_CLAIM, field_text(f, t->text));
        t->dangling |= number == MODEL_NONE;
        f->at = number == MODEL_NONE ? 0 : number;
        f->length = 0;
    }
}

/* --- retracted declarations that are used --- */

/* The first entry that counts and mentions each id of a space, MODEL_NONE where none does. */
static uint32_t *first_uses(const struct model *m, enum model_space space)
{
    uint32_t ids = m->spaces[space].names.count, *uses = memory_array(ids, sizeof *uses);
    memset(uses, 0xff, ids * sizeof *uses);
    for (uint32_t e = (uint32_t)m->slots.count; e-- > 0;)
        for (uint32_t i = m->slots.at[e].first, end = slot_end(m, e); slot_counts(&m->slots.at[e]) && i < end; i++)
            if (field_space(m->fields.at[i].kind) == space)
                uses[m->fields.at[i].at] = e;
    return uses;
}

static void refuse_retract(struct taking *t, uint32_t retract, enum model_space space, uint32_t id, uint32_t use)
{
    struct buffer what = {0};
    char mend[64];
    buffer_format(&what, "entry %u declares %s '%.*s', which entry %u uses", t->m->slots.at[retract].link + 1,
                  space_word(space), TEXT_ARG(model_id(t->m, space, id)), use + 1);
    snprintf(mend, sizeof mend, "retract entry %u first", use + 1);
    late_add(t, retract, 0, &what, mend);
}

/* Is any id of this space without a declaration, that this text took away? */
static bool bares(const struct taking *t, enum model_space space)
{
    for (size_t i = 0; i < t->retracts.count; i++) {
        enum model_space s;
        uint32_t id = slot_declares(t->m, t->m->slots.at[t->retracts.at[i]].link, &s);
        if (id != MODEL_NONE && s == space && !t->m->spaces[s].ids.at[id].complete)
            return true;
    }
    return false;
}

/* Returns whether a retraction became void, so that what it took away uses ids again. */
static bool check_retracts(struct taking *t, enum model_space space)
{
    struct model *m = t->m;
    if (!bares(t, space))
        return false;
    uint32_t *uses = first_uses(m, space);
    bool restored = false;
    for (size_t i = 0; i < t->retracts.count; i++) {
        enum model_space s;
        struct slot *retract = &m->slots.at[t->retracts.at[i]];
        uint32_t id = slot_declares(m, retract->link, &s);
        if (id == MODEL_NONE || s != space || retract->is_void || m->spaces[s].ids.at[id].complete ||
            uses[id] == MODEL_NONE)
            continue;
        if (t->take == TAKE_TEXT) {
            refuse_retract(t, t->retracts.at[i], space, id, uses[id]);
            continue;
        }
        retract->is_void = restored = true;
        slot_restore(m, retract->link);
    }
    free(uses);
    return restored;
}

static void check_all_retracts(struct taking *t)
{
    bool again = t->retracts.count > 0;
    while (again) {
        again = false;
        for (int s = 0; s < SPACE_COUNT; s++)
            again |= check_retracts(t, (enum model_space)s);
    }
}

/* --- rings --- */

static uint32_t retract_of(const struct taking *t, uint32_t target)
{
    for (size_t i = 0; i < t->retracts.count; i++)
        if (t->m->slots.at[t->retracts.at[i]].link == target)
            return t->retracts.at[i];
    return MODEL_NONE;
}

/* The entry that gave a voice the organisations it has now: the one that names them, or the
 * retraction of a later one that brought them back. */
static uint32_t gave_of(const struct taking *t, uint32_t voice)
{
    const struct model *m = t->m;
    uint32_t gives = attribute_entry(m, SPACE_VOICE, voice, FIELD_OF), newest = gives;
    for (uint32_t e = m->spaces[SPACE_VOICE].ids.at[voice].newest; e != gives; e = m->slots.at[e].link) {
        uint32_t retract = m->slots.at[e].retracted ? retract_of(t, e) : MODEL_NONE;
        struct model_entry entry = model_entry(m, e);
        if (retract != MODEL_NONE && retract > newest && model_field(&entry, FIELD_OF))
            newest = retract;
    }
    return newest;
}

static uint32_t of_field(const struct model *m, uint32_t entry, uint32_t organisation)
{
    uint32_t first = m->slots.at[entry].first;
    for (uint32_t i = first, end = slot_end(m, entry); i < end; i++)
        if (m->fields.at[i].kind == FIELD_OF && m->fields.at[i].at == organisation)
            return i - first;
    return 0;
}

static void describe_ring(const struct model *m, const uint32_t *voices, size_t count, size_t start,
                          struct buffer *what)
{
    const size_t most = 8;
    buffer_string(what, "a ring of 'of': ");
    for (size_t i = 0; i < count && i < most; i++)
        buffer_format(what, "'%.*s' is of ", TEXT_ARG(model_id(m, SPACE_VOICE, voices[(start + i) % count])));
    if (count > most)
        buffer_format(what, "… %zu more … of ", count - most);
    buffer_format(what, "'%.*s'", TEXT_ARG(model_id(m, SPACE_VOICE, voices[start])));
}

static void close_ring(void *context, const uint32_t *voices, size_t count)
{
    struct taking *t = context;
    size_t last = 0;
    uint32_t closes = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = gave_of(t, voices[i]);
        if (entry >= closes) {
            closes = entry;
            last = i;
        }
    }
    assert(closes >= t->before.slots);
    if (t->take == TAKE_LOG) {
        vector_push(&t->closing, closes);
        return;
    }
    struct buffer what = {0};
    describe_ring(t->m, voices, count, last, &what);
    uint32_t field = of_field(t->m, closes, voices[(last + 1) % count]);
    late_add(t, closes, field, &what, "take out one of these");
}

/* An entry that is void for its ring still declares its id: others may use it. */
static void open_rings(struct taking *t)
{
    for (size_t i = 0; i < t->closing.count; i++) {
        struct slot *slot = &t->m->slots.at[t->closing.at[i]];
        if (slot->verb == VERB_RETRACT && !slot->is_void)
            slot_restore(t->m, slot->link);
        slot->is_void = true;
    }
    t->closing.count = 0;
}

static void check_rings(struct taking *t)
{
    while (t->of_touched && rings_find(t->m, close_ring, t) && t->take == TAKE_LOG)
        open_rings(t);
}

/* --- ids that are not declared, and the report --- */

/* Is a mention of this id a mistake? In an entry that no longer counts, an id may have gone since. */
static bool is_unknown(const struct taking *t, const struct slot *slot, enum model_space space, uint32_t id)
{
    const struct declared *d = &t->m->spaces[space].ids.at[id];
    if (d->complete)
        return false;
    /* One that this text declares without all it needs, or retracts, has its fault already. */
    return d->newest == MODEL_NONE || (slot_counts(slot) && d->newest < t->before.slots);
}

static bool any_unknown(const struct taking *t)
{
    const struct model *m = t->m;
    if (t->dangling)
        return true;
    if (!m->spaces[SPACE_VOICE].undeclared && !m->spaces[SPACE_RECORD].undeclared && !m->spaces[SPACE_CLAIM].undeclared)
        return false;
    for (uint32_t e = t->before.slots; e < m->slots.count; e++)
        for (uint32_t i = m->slots.at[e].first, end = slot_end(m, e); i < end; i++) {
            enum model_space space = field_space(m->fields.at[i].kind);
            if (space != SPACE_COUNT && is_unknown(t, &m->slots.at[e], space, m->fields.at[i].at))
                return true;
        }
    return false;
}

static void report_unknown(struct taking *t, enum model_space space, struct text id, size_t offset)
{
    uint32_t number = model_find(t->m, space, id);
    uint32_t newest = number == MODEL_NONE ? MODEL_NONE : t->m->spaces[space].ids.at[number].newest;
    if (newest != MODEL_NONE) {
        faults_add(t->faults, t->text, offset, "%s '%.*s' is no longer declared: entry %u, which did, is retracted",
                   space_word(space), TEXT_ARG(id), newest + 1);
        faults_mend(t->faults, "declare it again");
        return;
    }
    faults_add(t->faults, t->text, offset, "%s '%.*s' is not declared", space_word(space), TEXT_ARG(id));
    /* Looking through every id for every fault would make a large faulty text slow. */
    if (t->looked_at > LIMIT_NEAREST)
        return;
    t->looked_at += t->m->spaces[space].names.count;
    struct text near = model_nearest(t->m, space, id);
    if (near.length)
        faults_mend(t->faults, "did you mean '%.*s'?", TEXT_ARG(near));
    else
        faults_mend(t->faults, "declare it: %s %.*s \"…\"", space_word(space), TEXT_ARG(id));
}

static void report_entry(struct taking *t, const struct entry *e, const struct slot *slot)
{
    for (uint32_t i = 0; i < e->count; i++) {
        enum model_space space = field_space(e->fields[i].kind);
        if (space == SPACE_COUNT)
            continue;
        struct text id = field_text(&e->fields[i], t->text);
        uint32_t number = model_find(t->m, space, id);
        if (number == MODEL_NONE || is_unknown(t, slot, space, number))
            report_unknown(t, space, id, e->fields[i].at);
    }
}

static int by_entry(const void *a, const void *b)
{
    const struct late *x = a, *y = b;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Parses the text again: this time to say where. */
static void report(struct taking *t)
{
    struct faults seen = {0};
    struct parser *parser = parser_new(t->text, &seen);
    struct entry e;
    if (t->late.count)
        qsort(t->late.at, t->late.count, sizeof *t->late.at, by_entry);
    size_t next = 0;
    for (uint32_t n = 0; parser_next(parser, &e); n++) {
        report_entry(t, &e, &t->m->slots.at[t->before.slots + n]);
        for (; next < t->late.count && t->late.at[next].entry == n; next++) {
            const struct late *late = &t->late.at[next];
            faults_add(t->faults, t->text, e.fields[late->field].at, "%s", late->what);
            faults_mend(t->faults, "%s", late->mend);
        }
    }
    assert(next == t->late.count);
    parser_free(parser);
    faults_release(&seen);
}

void taking_settle(struct taking *t)
{
    resolve_pending(t);
    check_all_retracts(t);
    check_rings(t);
    if (t->late.count || any_unknown(t))
        report(t);
    for (size_t i = 0; i < t->late.count; i++) {
        free(t->late.at[i].what);
        free(t->late.at[i].mend);
    }
    vector_release(&t->late);
}
