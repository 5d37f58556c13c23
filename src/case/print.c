/* The model back into the notation: what is printed gives the same case when it is taken again.
 *
 * Void entries are left out of the whole, so `retract` counts anew; and what a log allowed without
 * a mark (amending) gets the mark that one text needs. */
#include "case/inside.h"

#include <assert.h>

/* An entry made ready for the printer: its fields' texts end to end, the fields as offsets into them. */
struct page {
    struct buffer text;
    VECTOR(struct field) fields;
};

static void page_release(struct page *p)
{
    buffer_release(&p->text);
    vector_release(&p->fields);
}

static void page_field(struct page *p, const struct model *m, const struct field *f)
{
    enum model_space space = field_space(f->kind);
    struct text t = space == SPACE_COUNT ? model_field_text(m, f) : model_id(m, space, f->at);
    struct field out = *f;
    out.at = (uint32_t)p->text.length;
    out.length = t.length & 0xffffff;
    buffer_text_add(&p->text, t);
    vector_push(&p->fields, out);
}

static void page_number(struct page *p, uint32_t number)
{
    struct field out = {.at = (uint32_t)p->text.length, .kind = FIELD_ENTRY_NUMBER};
    buffer_number(&p->text, number);
    out.length = (p->text.length - out.at) & 0xffffff;
    vector_push(&p->fields, out);
}

static void page_amends(struct page *p)
{
    vector_push(&p->fields, (struct field){.at = (uint32_t)p->text.length, .kind = FIELD_AMENDS});
}

/* `retracts` is the number that a `retract` prints, 0 for its own. */
static void page_fill(struct page *p, const struct model *m, uint32_t n, uint32_t retracts)
{
    struct model_entry e = model_entry(m, n);
    buffer_clear(&p->text);
    p->fields.count = 0;
    for (uint32_t i = 0; i < e.count; i++) {
        if (e.fields[i].kind == FIELD_ENTRY_NUMBER && retracts)
            page_number(p, retracts);
        else
            page_field(p, m, &e.fields[i]);
    }
}

static void page_print(const struct page *p, enum verb verb, struct buffer *out)
{
    struct entry e = {
        .verb = verb, .length = (uint32_t)p->text.length, .fields = p->fields.at, .count = (uint32_t)p->fields.count};
    notation_print(&e, buffer_text(&p->text), out);
}

void model_print_entry(const struct model *m, uint32_t n, struct buffer *out)
{
    struct page page = {0};
    page_fill(&page, m, n, 0);
    page_print(&page, m->slots.at[n].verb, out);
    page_release(&page);
}

/* Is a declaration's NAME (TITLE, KIND, SENTENCE) the one that held when it was taken, for all we can
 * cheaply know? A needless mark does no harm. */
static bool repeats(const struct model *m, uint32_t n, const struct field *now)
{
    for (uint32_t e = m->slots.at[n].link; e != MODEL_NONE; e = m->slots.at[e].link) {
        struct model_entry before = model_entry(m, e);
        const struct field *f = model_field(&before, now->kind);
        if (f)
            return slot_counts(&m->slots.at[e]) && text_equal(model_field_text(m, f), model_field_text(m, now));
    }
    return true;
}

static bool needs_mark(const struct model *m, uint32_t n)
{
    struct model_entry e = model_entry(m, n);
    if (verb_declares(e.verb) == SPACE_COUNT || m->slots.at[n].link == MODEL_NONE || model_field(&e, FIELD_AMENDS))
        return false;
    for (uint32_t i = 0; i < e.count; i++)
        if (verb_requires(e.verb, e.fields[i].kind) && !repeats(m, n, &e.fields[i]))
            return true;
    return false;
}

void model_print(const struct model *m, struct buffer *out)
{
    struct page page = {0};
    uint32_t *numbers = memory_array(m->slots.count, sizeof *numbers), printed = 0;
    for (uint32_t n = 0; n < m->slots.count; n++) {
        const struct slot *slot = &m->slots.at[n];
        bool retracts = slot->verb == VERB_RETRACT && slot->link != MODEL_NONE;
        if (slot->is_void || (retracts && !numbers[slot->link]))
            continue;
        numbers[n] = ++printed;
        page_fill(&page, m, n, retracts ? numbers[slot->link] : 0);
        if (needs_mark(m, n))
            page_amends(&page);
        page_print(&page, slot->verb, out);
    }
    free(numbers);
    page_release(&page);
}
