/* 'How we know', behind the paragraph that first rests on a claim. What speaks for the claim is folded away; who denies
 * it, and who was asked, is always seen. */
#include "publish/page.h"

static void id_of(struct page *p, uint32_t finding, bool link)
{
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "%sk%u", link ? "#" : "", finding + 1);
    if (link)
        html_inward(&p->html, HTML_AT_HREF, buffer_text(&p->scratch));
    else
        html_attribute(&p->html, HTML_AT_ID, buffer_text(&p->scratch));
}

static void number_write(struct page *p, uint32_t n)
{
    buffer_clear(&p->scratch);
    words_number(p->words, n, &p->scratch);
    html_text(&p->html, buffer_text(&p->scratch));
}

void page_note_mark(struct page *p, uint32_t finding)
{
    struct html *h = &p->html;
    if (finding >= p->article->findings.count)
        return;
    html_open(h, HTML_SUP);
    html_open(h, HTML_A);
    id_of(p, finding, true);
    html_set(h, HTML_AT_ROLE, "doc-noteref");
    number_write(p, finding + 1);
    html_close(h, HTML_A);
    html_close(h, HTML_SUP);
}

/* ---- one note ---- */

static void standing(struct page *p, const struct finding *f)
{
    struct html *h = &p->html;
    struct told told[TELLING_MOST];
    size_t count = telling_standing(f, told);
    html_open(h, HTML_P);
    for (size_t i = 0; i < count; i++) {
        if (i)
            html_string(h, " ");
        page_say(p, &told[i]);
    }
    html_close(h, HTML_P);
}

static void bearer(struct page *p, const struct bearer *b)
{
    struct html *h = &p->html;
    html_open(h, HTML_LI);
    html_open(h, HTML_BDI);
    html_text(h, b->who);
    html_close(h, HTML_BDI);
    html_string(h, " — ");
    page_word(p, telling_ground(b->ground));
    if (b->words.length) {
        html_string(h, ". ");
        page_quote(p, b->words);
    }
    html_close(h, HTML_LI);
}

static void bearers(struct page *p, const struct finding *f)
{
    struct html *h = &p->html;
    uint64_t unnamed = telling_unnamed(p->article, f);
    struct told others = telling_unnamed_words(f, unnamed);
    if (!f->bearers && !unnamed)
        return;
    html_open(h, HTML_P);
    html_set(h, HTML_AT_CLASS, "label");
    page_word(p, WORD_SOURCES);
    html_close(h, HTML_P);
    html_open(h, HTML_UL);
    for (uint32_t i = 0; i < f->bearers; i++)
        if (p->article->bearers.at[f->first_bearer + i].who.length)
            bearer(p, &p->article->bearers.at[f->first_bearer + i]);
    if (unnamed) {
        html_open(h, HTML_LI);
        page_say(p, &others);
        html_close(h, HTML_LI);
    }
    html_close(h, HTML_UL);
}

static void note(struct page *p, uint32_t number)
{
    const struct finding *f = &p->article->findings.at[number];
    struct html *h = &p->html;
    html_open(h, HTML_DETAILS);
    id_of(p, number, false);
    html_open(h, HTML_SUMMARY);
    html_open(h, HTML_SPAN);
    html_set(h, HTML_AT_CLASS, "number");
    number_write(p, number + 1);
    html_close(h, HTML_SPAN);
    html_string(h, " ");
    page_word(p, WORD_HOW);
    html_string(h, " · ");
    page_word(p, telling_label(f));
    html_close(h, HTML_SUMMARY);
    html_open(h, HTML_P);
    html_set(h, HTML_AT_CLASS, "claim");
    html_text(h, f->sentence);
    html_close(h, HTML_P);
    standing(p, f);
    bearers(p, f);
    html_close(h, HTML_DETAILS);
}

/* ---- the other side ---- */

static void denial(struct page *p, const struct denial *d)
{
    struct told denied = telling_denied(d);
    struct html *h = &p->html;
    html_open(h, HTML_P);
    html_set(h, HTML_AT_CLASS, "denial");
    page_say(p, &denied);
    if (d->words.length) {
        html_string(h, " ");
        page_quote(p, d->words);
    }
    html_close(h, HTML_P);
}

static void hearing(struct page *p, const struct hearing_told *told)
{
    struct told asked = telling_asked(told), answer = telling_answer(told);
    html_open(&p->html, HTML_P);
    html_set(&p->html, HTML_AT_CLASS, "denial");
    page_say(p, &asked);
    html_string(&p->html, " ");
    page_say(p, &answer);
    html_close(&p->html, HTML_P);
}

static bool same_denial(const struct denial *a, const struct denial *b)
{
    return text_equal(a->who, b->who) && text_equal(a->words, b->words) && text_equal(a->on, b->on);
}

static bool same_hearing(const struct hearing_told *a, const struct hearing_told *b)
{
    return text_equal(a->who, b->who) && text_equal(a->on, b->on) && text_equal(a->answered, b->answered);
}

/* The notes of one block: findings by number. */
struct notes {
    VECTOR(uint32_t) findings;
    VECTOR(const struct denial *) denials; /* each once, though several claims have it */
    VECTOR(const struct hearing_told *) hearings;
};

static void notes_take_denials(struct notes *n, const struct article *a, const struct finding *f)
{
    for (uint32_t i = 0; i < f->denials; i++) {
        const struct denial *d = &a->denials.at[f->first_denial + i];
        size_t k = 0;
        while (k < n->denials.count && !same_denial(n->denials.at[k], d))
            k++;
        if (k == n->denials.count)
            vector_push(&n->denials, d);
    }
    for (uint32_t i = 0; i < f->hearings; i++) {
        const struct hearing_told *d = &a->hearings.at[f->first_hearing + i];
        size_t k = 0;
        while (k < n->hearings.count && !same_hearing(n->hearings.at[k], d))
            k++;
        if (k == n->hearings.count)
            vector_push(&n->hearings, d);
    }
}

static void notes_take(struct notes *n, struct page *p, uint32_t finding)
{
    if (finding >= p->article->findings.count || p->noted[finding])
        return;
    p->noted[finding] = true;
    vector_push(&n->findings, finding);
    notes_take_denials(n, p->article, &p->article->findings.at[finding]);
}

static void notes_write(struct notes *n, struct page *p)
{
    if (n->findings.count) {
        html_open(&p->html, HTML_DIV);
        html_set(&p->html, HTML_AT_CLASS, "notes");
        for (size_t i = 0; i < n->denials.count; i++)
            denial(p, n->denials.at[i]);
        for (size_t i = 0; i < n->hearings.count; i++)
            hearing(p, n->hearings.at[i]);
        for (size_t i = 0; i < n->findings.count; i++)
            note(p, n->findings.at[i]);
        html_close(&p->html, HTML_DIV);
    }
    vector_release(&n->findings);
    vector_release(&n->denials);
    vector_release(&n->hearings);
}

void page_notes(struct page *p, const struct block *b)
{
    struct notes notes = {0};
    for (uint32_t i = b->first; i < b->first + b->count; i++)
        notes_take(&notes, p, p->article->spans.at[i].finding);
    notes_write(&notes, p);
}

void page_notes_left(struct page *p)
{
    struct notes notes = {0};
    for (uint32_t i = 0; i < p->article->findings.count; i++)
        notes_take(&notes, p, i);
    notes_write(&notes, p);
}
