/* One article as a page: its frame. Blocks, media, notes and the notice have files of their own. */
#include "publish/page.h"

#include "publish/base64.h"
#include "publish/data.h"
#include "seal/seal.h"

#include <stdlib.h>

/* ---- pieces ---- */

void page_language(struct page *p, struct text language)
{
    if (text_equal(language, p->language))
        return;
    html_attribute(&p->html, HTML_AT_LANG, language);
    if (language_is_rtl(language) != language_is_rtl(p->language))
        html_set(&p->html, HTML_AT_DIR, language_is_rtl(language) ? "rtl" : "ltr");
}

void page_date_in(struct page *p, const struct words *w, struct text date)
{
    struct html *h = &p->html;
    buffer_clear(&p->scratch);
    bool is_date = words_date(w, date, &p->scratch);
    if (is_date) {
        html_open(h, HTML_TIME);
        html_attribute(h, HTML_AT_DATETIME, date);
    }
    html_text(h, buffer_text(&p->scratch));
    if (is_date)
        html_close(h, HTML_TIME);
}

void page_date(struct page *p, struct text date)
{
    page_date_in(p, p->words, date);
}

static void slot_write(struct page *p, const struct slot *s)
{
    struct html *h = &p->html;
    if (s->kind == SLOT_DATE) {
        page_date(p, s->text);
    } else if (s->kind == SLOT_NUMBER) {
        buffer_clear(&p->scratch);
        words_number(p->words, s->number, &p->scratch);
        html_text(h, buffer_text(&p->scratch));
    } else if (s->kind == SLOT_TEXT) {
        html_open(h, HTML_BDI);
        if (p->foreign)
            html_attribute(h, HTML_AT_LANG, p->language);
        html_text(h, s->text);
        html_close(h, HTML_BDI);
    }
}

void page_say(struct page *p, const struct told *told)
{
    struct html *h = &p->html;
    if (p->foreign) {
        html_open(h, HTML_SPAN);
        page_language(p, text_of(p->words->language));
    }
    const char *phrase = words_phrase(p->words, told->word, told->count);
    struct text literal;
    int slot;
    while (words_piece(&phrase, &literal, &slot)) {
        if (slot)
            slot_write(p, &told->slots[slot - 1]);
        else
            html_text(h, literal);
    }
    if (p->foreign)
        html_close(h, HTML_SPAN);
}

void page_word(struct page *p, enum word word)
{
    page_say(p, &(struct told){.word = word});
}

void page_quote(struct page *p, struct text words)
{
    html_string(&p->html, words_phrase(p->words, WORD_OPEN, 0));
    html_text(&p->html, telling_quoted(words));
    html_string(&p->html, words_phrase(p->words, WORD_CLOSE, 0));
}

void page_link(struct page *p, const char *path, enum word word)
{
    html_open(&p->html, HTML_A);
    html_inward(&p->html, HTML_AT_HREF, text_of(path));
    page_word(p, word);
    html_close(&p->html, HTML_A);
}

void page_skip(struct page *p)
{
    struct html *h = &p->html;
    html_open(h, HTML_A);
    html_set(h, HTML_AT_CLASS, "skip");
    html_inward(h, HTML_AT_HREF, TEXT("#text"));
    page_word(p, WORD_SKIP);
    html_close(h, HTML_A);
}

const struct article *page_site_find(const struct page_site *s, struct text slug)
{
    for (size_t i = 0; i < s->count; i++)
        if (text_equal(s->articles[i]->slug, slug))
            return s->articles[i];
    return NULL;
}

/* ---- head ---- */

static void meta(struct html *h, const char *name, struct text content)
{
    html_open(h, HTML_META);
    html_set(h, HTML_AT_NAME, name);
    html_attribute(h, HTML_AT_CONTENT, content);
}

/* Nothing runs, nothing is fetched but the site's own pictures and sound; the one style sheet is known by its hash. */
static void policy(struct page *p)
{
    struct buffer *b = &p->scratch;
    unsigned char hash[SEAL_SHA256];
    seal_sha256(text_of(page_style), hash);
    buffer_clear(b);
    buffer_string(b, p->one_file ? "default-src 'none'; img-src data:; media-src data:"
                                 : "default-src 'none'; img-src 'self' data:; media-src 'self'");
    buffer_string(b, "; style-src 'sha256-");
    base64_add(b, (struct text){(const char *)hash, sizeof hash});
    buffer_string(b, "'; base-uri 'none'; form-action 'none'");
    html_open(&p->html, HTML_META);
    html_set(&p->html, HTML_AT_HTTP_EQUIV, "Content-Security-Policy");
    html_attribute(&p->html, HTML_AT_CONTENT, buffer_text(b));
}

/* The icon is empty, so that no browser asks for one. */
static void icon(struct html *h)
{
    html_open(h, HTML_LINK);
    html_set(h, HTML_AT_REL, "icon");
    html_data(h, HTML_AT_HREF, TEXT("image/png"), TEXT(""));
}

static void feed_link(struct page *p, const char *up)
{
    struct html *h = &p->html;
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "%sfeed.xml", up);
    html_open(h, HTML_LINK);
    html_set(h, HTML_AT_REL, "alternate");
    html_set(h, HTML_AT_TYPE, "application/atom+xml");
    html_inward(h, HTML_AT_HREF, buffer_text(&p->scratch));
}

void page_head(struct page *p, struct text title, struct text description, const char *up)
{
    struct html *h = &p->html;
    html_open(h, HTML_HTML);
    html_attribute(h, HTML_AT_LANG, p->language);
    html_set(h, HTML_AT_DIR, language_is_rtl(p->language) ? "rtl" : "ltr");
    html_open(h, HTML_HEAD);
    html_open(h, HTML_META);
    html_set(h, HTML_AT_CHARSET, "utf-8");
    policy(p);
    meta(h, "viewport", TEXT("width=device-width,initial-scale=1"));
    meta(h, "referrer", TEXT("no-referrer"));
    meta(h, "color-scheme", TEXT("light dark"));
    html_open(h, HTML_TITLE);
    html_text(h, title);
    html_close(h, HTML_TITLE);
    if (description.length)
        meta(h, "description", description);
    icon(h);
    if (!p->one_file)
        feed_link(p, up);
    html_style(h, page_style);
    html_close(h, HTML_HEAD);
}

/* ---- the article ---- */

static void languages(struct page *p)
{
    const struct article *a = p->article;
    struct html *h = &p->html;
    bool open = false;
    for (size_t i = 0; i < a->translations.count; i++) {
        const struct translation *t = &a->translations.at[i];
        if (p->one_file || text_equal(t->slug, a->slug) || !page_site_find(p->site, t->slug))
            continue;
        if (!open) {
            html_open(h, HTML_NAV);
            html_set(h, HTML_AT_CLASS, "languages");
            html_set(h, HTML_AT_ARIA_LABELLEDBY, "languages");
            html_open(h, HTML_SPAN);
            html_set(h, HTML_AT_ID, "languages");
            html_set(h, HTML_AT_CLASS, "unseen");
            page_word(p, WORD_LANGUAGES);
            html_close(h, HTML_SPAN);
            html_open(h, HTML_UL);
            open = true;
        }
        const char *name = language_name(t->language);
        buffer_clear(&p->scratch);
        buffer_format(&p->scratch, "../%.*s/index.html", TEXT_ARG(t->slug));
        html_open(h, HTML_LI);
        html_open(h, HTML_A);
        html_inward(h, HTML_AT_HREF, buffer_text(&p->scratch));
        html_attribute(h, HTML_AT_HREFLANG, t->language);
        page_language(p, t->language);
        html_text(h, *name ? text_of(name) : t->language);
        html_close(h, HTML_A);
        html_close(h, HTML_LI);
    }
    if (open) {
        html_close(h, HTML_UL);
        html_close(h, HTML_NAV);
    }
}

static void masthead(struct page *p)
{
    struct html *h = &p->html;
    struct text name = p->site->options->name;
    html_open(h, HTML_HEADER);
    html_set(h, HTML_AT_CLASS, "masthead");
    if (p->one_file && name.length) {
        html_open(h, HTML_SPAN);
        html_set(h, HTML_AT_CLASS, "name");
        html_text(h, name);
        html_close(h, HTML_SPAN);
    } else if (!p->one_file) {
        html_open(h, HTML_A);
        html_set(h, HTML_AT_CLASS, "name");
        html_inward(h, HTML_AT_HREF, TEXT("../index.html"));
        if (name.length)
            html_text(h, name);
        else
            page_word(p, WORD_ALL_ARTICLES);
        html_close(h, HTML_A);
    }
    languages(p);
    html_close(h, HTML_HEADER);
}

static void dated(struct page *p, enum word word, struct text date, const char *link)
{
    struct html *h = &p->html;
    if (!date.length)
        return;
    html_open(h, HTML_SPAN);
    if (link) {
        html_open(h, HTML_A);
        html_inward(h, HTML_AT_HREF, text_of(link));
    }
    page_say(p, &(struct told){word, 0, {SLOT_OF_DATE(date)}});
    if (link)
        html_close(h, HTML_A);
    html_close(h, HTML_SPAN);
    html_string(h, " ");
}

/* Who wrote it, and when it appeared and was changed. */
static void lines(struct page *p)
{
    const struct article *a = p->article;
    struct html *h = &p->html;
    size_t corrections = a->corrections.count;
    if (!a->byline.length && !a->published.length && !a->changed.length && !corrections)
        return;
    html_open(h, HTML_P);
    html_set(h, HTML_AT_CLASS, "meta");
    if (a->byline.length) {
        html_open(h, HTML_SPAN);
        page_say(p, &(struct told){WORD_BY, 0, {SLOT_OF_TEXT(a->byline)}});
        html_close(h, HTML_SPAN);
        html_string(h, " ");
    }
    dated(p, WORD_PUBLISHED, a->published, NULL);
    if (corrections)
        dated(p, WORD_CORRECTED, a->corrections.at[corrections - 1].on, "#corrections");
    else
        dated(p, WORD_CHANGED, a->changed, NULL);
    html_close(h, HTML_P);
}

static void opening(struct page *p)
{
    const struct article *a = p->article;
    struct html *h = &p->html;
    html_open(h, HTML_HEADER);
    html_open(h, HTML_H1);
    html_text(h, a->headline);
    html_close(h, HTML_H1);
    if (a->standfirst.length) {
        html_open(h, HTML_P);
        html_set(h, HTML_AT_CLASS, "standfirst");
        html_text(h, a->standfirst);
        html_close(h, HTML_P);
    }
    lines(p);
    html_close(h, HTML_HEADER);
}

static void corrections(struct page *p)
{
    const struct article *a = p->article;
    struct html *h = &p->html;
    if (!a->corrections.count)
        return;
    html_open(h, HTML_SECTION);
    html_set(h, HTML_AT_ID, "corrections");
    html_open(h, HTML_H2);
    page_word(p, WORD_CORRECTIONS);
    html_close(h, HTML_H2);
    html_open(h, HTML_UL);
    for (size_t i = 0; i < a->corrections.count; i++) {
        html_open(h, HTML_LI);
        if (a->corrections.at[i].on.length) {
            page_date(p, a->corrections.at[i].on);
            html_string(h, " — ");
        }
        html_text(h, a->corrections.at[i].what);
        html_close(h, HTML_LI);
    }
    html_close(h, HTML_UL);
    html_close(h, HTML_SECTION);
}

static void footer_link(struct page *p, const char *path, enum word word)
{
    html_open(&p->html, HTML_LI);
    page_link(p, path, word);
    html_close(&p->html, HTML_LI);
}

static void one_file_link(struct page *p)
{
    struct html *h = &p->html;
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "%.*s.html", TEXT_ARG(p->article->slug));
    html_open(h, HTML_LI);
    html_open(h, HTML_A);
    html_inward(h, HTML_AT_HREF, TEXT("one-file.html"));
    html_attribute(h, HTML_AT_DOWNLOAD, buffer_text(&p->scratch));
    page_word(p, WORD_ONE_FILE);
    html_close(h, HTML_A);
    html_close(h, HTML_LI);
}

/* Where a page passed from hand to hand came from. */
static void origin(struct page *p)
{
    struct html *h = &p->html;
    struct text url = p->site->options->url;
    if (!url.length)
        return;
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "%.*s%.*s/index.html", TEXT_ARG(url), TEXT_ARG(p->article->slug));
    html_open(h, HTML_P);
    html_open(h, HTML_A);
    html_outward(h, buffer_text(&p->scratch));
    html_set(h, HTML_AT_DIR, "ltr");
    html_text(h, buffer_text(&p->scratch));
    html_close(h, HTML_A);
    html_close(h, HTML_P);
}

static void footer(struct page *p)
{
    struct html *h = &p->html;
    html_open(h, HTML_FOOTER);
    if (p->one_file) {
        origin(p);
    } else {
        html_open(h, HTML_UL);
        if (p->site->options->single_file)
            one_file_link(p);
        footer_link(p, "article.txt", WORD_PLAIN);
        footer_link(p, "../index.html", WORD_ALL_ARTICLES);
        footer_link(p, "../feed.xml", WORD_FEED);
        footer_link(p, "../SHA256SUMS", WORD_CHECK);
        html_close(h, HTML_UL);
    }
    html_close(h, HTML_FOOTER);
}

static void structured(struct page *p)
{
    struct buffer json = {0};
    data_write(p->article, p->site->options, p->words, &json);
    html_data_block(&p->html, buffer_text(&json));
    buffer_release(&json);
}

static void body(struct page *p)
{
    struct html *h = &p->html;
    html_open(h, HTML_BODY);
    page_skip(p);
    masthead(p);
    html_open(h, HTML_MAIN);
    html_open(h, HTML_ARTICLE);
    opening(p);
    page_notice(p);
    html_open(h, HTML_DIV);
    html_set(h, HTML_AT_ID, "text");
    page_blocks(p);
    html_close(h, HTML_DIV);
    corrections(p);
    html_close(h, HTML_ARTICLE);
    html_close(h, HTML_MAIN);
    footer(p);
    structured(p);
    html_close(h, HTML_BODY);
    html_close(h, HTML_HTML);
}

void page_write(const struct article *a, const struct page_site *site, bool one_file, struct buffer *out)
{
    struct page p = {.site = site, .article = a, .language = a->language, .words = words_of(a->language)};
    p.foreign = !words_match(p.words->language, a->language);
    p.one_file = one_file;
    p.noted = memory_array(a->findings.count + 1, sizeof *p.noted);
    html_begin(&p.html, out);
    page_head(&p, a->headline, a->standfirst, "../");
    body(&p);
    html_end(&p.html);
    free(p.noted);
    buffer_release(&p.scratch);
}
