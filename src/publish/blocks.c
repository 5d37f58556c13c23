/* The text of an article: paragraphs, headings, pull quotes, lists, and what stands between them. */
#include "publish/page.h"

#define LISTS_DEEPEST 6u

/* Lists that are open while blocks are written, the outermost first. */
struct lists {
    uint32_t depth;
    bool ordered[LISTS_DEEPEST];
};

/* ---- spans ---- */

static void styled(struct html *h, const struct span *s, struct text t)
{
    if (s->style & SPAN_STRONG)
        html_open(h, HTML_STRONG);
    if (s->style & SPAN_EMPHASIS)
        html_open(h, HTML_EM);
    html_text(h, t);
    if (s->style & SPAN_EMPHASIS)
        html_close(h, HTML_EM);
    if (s->style & SPAN_STRONG)
        html_close(h, HTML_STRONG);
}

static bool is_link(struct text href)
{
    return text_starts(href, TEXT("https://")) || text_starts(href, TEXT("http://"));
}

static void linked(struct html *h, const struct span *s, struct text t)
{
    bool link = t.length && is_link(s->href);
    if (link) {
        html_open(h, HTML_A);
        html_outward(h, s->href);
    }
    if (t.length)
        styled(h, s, t);
    if (link)
        html_close(h, HTML_A);
}

/* A blank at the end goes behind the mark: the mark belongs to the sentence. */
static void span(struct page *p, const struct span *s)
{
    struct text t = s->text;
    while (t.length && t.at[t.length - 1] == ' ')
        t.length--;
    linked(&p->html, s, t);
    page_note_mark(p, s->finding);
    if (t.length < s->text.length)
        html_string(&p->html, " ");
    if (s->style & SPAN_BREAK)
        html_open(&p->html, HTML_BR);
}

static void spans(struct page *p, const struct block *b)
{
    for (uint32_t i = b->first; i < b->first + b->count; i++)
        span(p, &p->article->spans.at[i]);
}

/* ---- quotes ---- */

static bool opens_with_mark(struct text t)
{
    static const char *const marks[] = {"“", "„", "«", "‘", "‚", "\"", "「", "『", "”"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_starts(t, text_of(marks[i])))
            return true;
    return false;
}

static void pull_quote(struct page *p, const struct block *b)
{
    struct html *h = &p->html;
    bool marked = b->count && opens_with_mark(p->article->spans.at[b->first].text);
    html_open(h, HTML_FIGURE);
    html_set(h, HTML_AT_CLASS, "pull");
    html_open(h, HTML_BLOCKQUOTE);
    html_open(h, HTML_P);
    if (!marked)
        html_string(h, words_phrase(p->words, WORD_OPEN, 0));
    spans(p, b);
    if (!marked)
        html_string(h, words_phrase(p->words, WORD_CLOSE, 0));
    html_close(h, HTML_P);
    html_close(h, HTML_BLOCKQUOTE);
    if (b->attribution.length) {
        html_open(h, HTML_FIGCAPTION);
        html_text(h, b->attribution);
        html_close(h, HTML_FIGCAPTION);
    }
    html_close(h, HTML_FIGURE);
}

/* ---- lists ---- */

static enum html_element list_element(const struct lists *l, uint32_t depth)
{
    return l->ordered[depth - 1] ? HTML_OL : HTML_UL;
}

static void lists_close(struct page *p, struct lists *l, uint32_t depth)
{
    for (; l->depth > depth; l->depth--) {
        html_close(&p->html, HTML_LI);
        html_close(&p->html, list_element(l, l->depth));
    }
}

/* An item stands one list deeper than the one before it at most. */
static void item(struct page *p, struct lists *l, const struct block *b)
{
    uint32_t level = b->level ? b->level : 1;
    if (level > l->depth + 1)
        level = l->depth + 1;
    if (level > LISTS_DEEPEST)
        level = LISTS_DEEPEST;
    lists_close(p, l, level);
    if (l->depth == level && l->ordered[level - 1] != b->ordered)
        lists_close(p, l, level - 1);
    if (l->depth == level) {
        html_close(&p->html, HTML_LI);
    } else {
        l->ordered[l->depth++] = b->ordered;
        html_open(&p->html, list_element(l, l->depth));
    }
    html_open(&p->html, HTML_LI);
    spans(p, b);
    page_notes(p, b);
}

/* ---- blocks ---- */

static void wrapped(struct page *p, enum html_element e, const struct block *b)
{
    html_open(&p->html, e);
    spans(p, b);
    html_close(&p->html, e);
}

static enum html_element heading_of(uint8_t level)
{
    return level >= 4 ? HTML_H4 : level == 3 ? HTML_H3 : HTML_H2;
}

static void block(struct page *p, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
    case BLOCK_ITEM:
        wrapped(p, HTML_P, b);
        break;
    case BLOCK_HEADING:
        wrapped(p, heading_of(b->level), b);
        break;
    case BLOCK_PULL_QUOTE:
        pull_quote(p, b);
        break;
    case BLOCK_PICTURES:
        page_pictures(p, b);
        return;
    case BLOCK_SOUND:
        page_sound(p, &p->article->sounds.at[b->first]);
        return;
    }
    page_notes(p, b);
}

void page_blocks(struct page *p)
{
    struct lists lists = {0};
    for (size_t i = 0; i < p->article->blocks.count; i++) {
        const struct block *b = &p->article->blocks.at[i];
        if (b->kind == BLOCK_ITEM) {
            item(p, &lists, b);
        } else {
            lists_close(p, &lists, 0);
            block(p, b);
        }
    }
    lists_close(p, &lists, 0);
    page_notes_left(p);
}
