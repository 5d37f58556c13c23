/* The model back into the notation: what is printed gives the same case when it is taken again.
 *
 * A text is stricter than a log, so the whole is printed as a text must be: void entries are left
 * out, all titles of the case become the one that holds, `retract` counts anew, and what a log
 * allowed without a mark (amending) gets its mark. */
#include "case/inside.h"

/* An entry made ready for the printer: its fields' texts end to end, the fields as offsets into them. */
struct page {
    struct buffer text;
    VECTOR(struct field) fields;
};

static void page_clear(struct page *p)
{
    buffer_clear(&p->text);
    p->fields.count = 0;
}

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
    page_clear(p);
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

void model_print_open(const struct model *m, uint32_t n, struct text instead, struct buffer *out)
{
    struct page p = {0};
    struct model_entry e = model_entry(m, n);
    for (uint32_t i = 0; i < e.count; i++) {
        page_field(&p, m, &e.fields[i]);
        struct field *f = &p.fields.at[p.fields.count - 1];
        if (!field_protected(e.verb, f->kind) || f->forgotten)
            continue;
        p.text.length = f->at;
        f->length = instead.length & 0xffffff;
        buffer_text_add(&p.text, instead);
    }
    struct entry entry = {.verb = e.verb, .fields = p.fields.at, .count = (uint32_t)p.fields.count};
    notation_print(&entry, buffer_text(&p.text), out);
    page_release(&p);
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

/* The newest field of a kind that a `case` gives, put on the page. */
static void page_newest(struct page *p, const struct model *m, enum field_kind kind)
{
    for (uint32_t n = (uint32_t)m->slots.count; n-- > 0;) {
        struct model_entry e = model_entry(m, n);
        const struct field *f = e.verb == VERB_CASE && slot_counts(&m->slots.at[n]) ? model_field(&e, kind) : NULL;
        if (f) {
            page_field(p, m, f);
            return;
        }
    }
}

/* How the whole is being printed. */
struct printing {
    const struct model *m;
    uint32_t *numbers; /* by entry: its number in print, from 1; 0 where it is left out */
    bool titled;
    struct page page;
};

static bool is_left_out(const struct printing *p, const struct slot *slot)
{
    bool retracts = slot->verb == VERB_RETRACT && slot->link != MODEL_NONE;
    return slot->is_void || (retracts && !p->numbers[slot->link]) ||
           (slot->verb == VERB_CASE && (slot->retracted || p->titled));
}

static void fill_whole(struct printing *p, uint32_t n)
{
    const struct slot *slot = &p->m->slots.at[n];
    if (slot->verb == VERB_CASE) {
        page_clear(&p->page);
        page_newest(&p->page, p->m, FIELD_TITLE);
        page_newest(&p->page, p->m, FIELD_LANGUAGE);
        p->titled = true;
        return;
    }
    page_fill(&p->page, p->m, n, slot->verb == VERB_RETRACT ? p->numbers[slot->link] : 0);
    if (needs_mark(p->m, n))
        page_amends(&p->page);
}

void model_print(const struct model *m, struct buffer *out)
{
    struct printing p = {.m = m, .numbers = memory_array(m->slots.count, sizeof *p.numbers)};
    uint32_t printed = 0;
    for (uint32_t n = 0; n < m->slots.count; n++) {
        if (is_left_out(&p, &m->slots.at[n]))
            continue;
        p.numbers[n] = ++printed;
        fill_whole(&p, n);
        page_print(&p.page, m->slots.at[n].verb, out);
    }
    free(p.numbers);
    page_release(&p.page);
}
