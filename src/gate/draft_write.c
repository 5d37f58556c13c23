/* A block's sentences, with what each cites and quotes and how it looks, written into the draft. */
#include "gate/drafting.h"

#include "notation/notation.h"
#include "publish/article.h"

#include <unicode/uchar.h>

struct writing {
    struct drafting *g;
    const struct flat *f;
    const cites *c;
    struct text kept; /* the block's words, as the draft keeps them */
    struct quotes quotes;
    size_t next_cite, next_quote;
    bool desk; /* the block opens with [desk] */
};

static void trim(struct text t, uint32_t *start, uint32_t *end)
{
    while (*start < *end && u_isUWhiteSpace(sign_at(t, *start)))
        U8_FWD_1(t.at, *start, t.length);
    for (size_t before = *end; *end > *start && u_isUWhiteSpace(sign_before(t, &before));)
        *end = (uint32_t)before;
}

static void blame_desk(struct writing *w, size_t from)
{
    faults_add(w->g->faults, w->g->whole, from, "[desk] stands between two sentences, and could mean either");
    faults_mend(w->g->faults, "put it before the full stop of the one it is about, or at the start of the paragraph");
}

/* The citations up to the end of a sentence; all that are left for the last. */
static void write_cites(struct writing *w, struct sentence *s, uint32_t start, uint32_t end, bool last)
{
    struct draft *d = w->g->d;
    s->first_citation = (uint32_t)d->citations.count;
    s->desk = w->desk;
    for (; w->next_cite < w->c->count && (last || w->c->at[w->next_cite].at <= end); w->next_cite++) {
        const struct cite *c = &w->c->at[w->next_cite];
        struct citation written = {.claim = c->claim, .voice = c->voice};
        if (!c->claim.length && c->at == end && !last && end > start)
            blame_desk(w, c->from);
        s->desk |= !c->claim.length;
        drafting_place(w->g, c->from, &written.line, &written.column);
        vector_push(&d->citations, written);
    }
    s->citations = (uint32_t)d->citations.count - s->first_citation;
}

/* The parts of quotations that fall into a sentence. */
static void write_quotes(struct writing *w, struct sentence *s, uint32_t start, uint32_t end)
{
    struct draft *d = w->g->d;
    s->first_quotation = (uint32_t)d->quotations.count;
    while (w->next_quote < w->quotes.words.count && w->quotes.words.at[w->next_quote].start < end) {
        struct quoted_words q = w->quotes.words.at[w->next_quote];
        uint32_t from = q.start > start ? q.start : start, to = q.end < end ? q.end : end;
        if (from < to)
            trim(w->kept, &from, &to);
        if (from < to)
            vector_push(&d->quotations, (struct quotation){from - start, to - start});
        if (q.end > end)
            break;
        w->next_quote++;
    }
    s->quotations = (uint32_t)d->quotations.count - s->first_quotation;
}

static void write_spans(struct writing *w, struct sentence *s, uint32_t start, uint32_t end, uint32_t behind)
{
    struct draft *d = w->g->d;
    s->first_span = (uint32_t)d->spans.count;
    for (uint32_t at = start; at < end;) {
        const struct piece *p = flat_piece(w->f, at), *last = w->f->pieces.at + w->f->pieces.count;
        uint32_t to = p + 1 < last && p[1].at < end ? p[1].at : end;
        struct draft_span *before = d->spans.count > s->first_span ? &d->spans.at[d->spans.count - 1] : NULL;
        if (before && before->style == p->style && before->href.at == p->href.at)
            before->end = to - start;
        else
            vector_push(&d->spans, (struct draft_span){at - start, to - start, p->style, p->href});
        at = to;
    }
    /* A line may also end in the blank behind the sentence. */
    for (uint32_t at = end; at < behind && d->spans.count > s->first_span; at++)
        d->spans.at[d->spans.count - 1].style |= flat_piece(w->f, at)->style & SPAN_BREAK;
    s->spans = (uint32_t)d->spans.count - s->first_span;
}

static void write_sentence(struct writing *w, uint32_t start, uint32_t end, bool last)
{
    struct sentence s = {.text = {w->kept.at, 0}};
    uint32_t behind = end;
    trim(w->kept, &start, &end);
    if (start == end)
        return;
    s.text = (struct text){w->kept.at + start, end - start};
    write_cites(w, &s, start, end, last);
    drafting_place(w->g, flat_source(w->f, start), &s.line, &s.column);
    write_quotes(w, &s, start, end);
    write_spans(w, &s, start, end, behind);
    vector_push(&w->g->d->sentences, s);
}

/* Entities and markup can bring letters together that are written as one; and what an entity gives can be no letter. */
static bool is_clean(struct drafting *g, const struct flat *f)
{
    struct buffer scratch = {0};
    struct faults faults = {0};
    struct text t = buffer_text(&f->text), ready;
    bool clean = notation_prepare(t, &scratch, &ready, &faults) == 0 && ready.at == t.at && ready.length == t.length &&
                 !memchr(t.at, '\n', t.length) && !memchr(t.at, '\t', t.length);
    if (!clean) {
        faults_add(g->faults, g->whole, flat_source(f, 0),
                   "an entity or a mark in this block gives no letter that can be printed");
        faults_mend(g->faults, "write the letters themselves, with nothing between a letter and its accent");
    }
    buffer_release(&scratch);
    faults_release(&faults);
    return clean;
}

uint32_t sentences_write(struct drafting *g, const struct flat *f, const cites *c)
{
    size_t before = g->d->sentences.count;
    if (!f->text.length || !is_clean(g, f)) {
        if (!f->text.length && c->count) {
            faults_add(g->faults, g->whole, c->at[0].from, "a citation stands without a sentence");
            faults_mend(g->faults, "put it into the sentence that it is for, before the full stop");
        }
        return 0;
    }
    struct writing w = {.g = g, .f = f, .c = c, .kept = drafting_keep(g, buffer_text(&f->text))};
    sentence_ends ends = {0};
    w.desk = c->count && !c->at[0].claim.length && c->at[0].at == 0;
    quotes_find(g, f, &w.quotes);
    sentences_find(g, w.kept, &w.quotes, &ends);
    for (size_t i = 0; i < ends.count; i++)
        write_sentence(&w, i ? ends.at[i - 1] : 0, ends.at[i], i + 1 == ends.count);
    vector_release(&ends);
    vector_release(&w.quotes.words);
    vector_release(&w.quotes.openers);
    return (uint32_t)(g->d->sentences.count - before);
}
