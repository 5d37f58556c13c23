/* The site's first page: every article, the newest first. */
#include "publish/page.h"

static void entry(struct page *p, const struct article *a)
{
    struct html *h = &p->html;
    html_open(h, HTML_LI);
    page_language(p, a->language);
    html_open(h, HTML_H2);
    html_open(h, HTML_A);
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "%.*s/index.html", TEXT_ARG(a->slug));
    html_inward(h, HTML_AT_HREF, buffer_text(&p->scratch));
    html_text(h, a->headline);
    html_close(h, HTML_A);
    html_close(h, HTML_H2);
    if (a->standfirst.length) {
        html_open(h, HTML_P);
        html_text(h, a->standfirst);
        html_close(h, HTML_P);
    }
    if (a->published.length) {
        html_open(h, HTML_P);
        html_set(h, HTML_AT_CLASS, "meta");
        page_date_in(p, words_of(a->language), a->published);
        html_close(h, HTML_P);
    }
    html_close(h, HTML_LI);
}

static void entries(struct page *p)
{
    struct html *h = &p->html;
    if (!p->site->count) {
        html_open(h, HTML_P);
        html_set(h, HTML_AT_ID, "text");
        page_word(p, WORD_EMPTY);
        html_close(h, HTML_P);
        return;
    }
    html_open(h, HTML_UL);
    html_set(h, HTML_AT_ID, "text");
    html_set(h, HTML_AT_CLASS, "index");
    for (size_t i = 0; i < p->site->count; i++)
        entry(p, p->site->articles[i]);
    html_close(h, HTML_UL);
}

static void footer(struct page *p)
{
    struct html *h = &p->html;
    html_open(h, HTML_FOOTER);
    html_open(h, HTML_UL);
    html_open(h, HTML_LI);
    page_link(p, "feed.xml", WORD_FEED);
    html_close(h, HTML_LI);
    html_open(h, HTML_LI);
    page_link(p, "SHA256SUMS", WORD_CHECK);
    html_close(h, HTML_LI);
    html_close(h, HTML_UL);
    html_close(h, HTML_FOOTER);
}

/* In the language of the newest article. */
void page_index_write(const struct page_site *site, struct buffer *out)
{
    struct text language = site->count ? site->articles[0]->language : TEXT("en");
    struct page p = {.site = site, .language = language, .words = words_of(language)};
    struct html *h = &p.html;
    p.foreign = !words_match(p.words->language, language);
    struct text title = site->options->name;
    if (!title.length)
        title = text_of(words_phrase(p.words, WORD_ALL_ARTICLES, 0));
    html_begin(h, out);
    page_head(&p, title, TEXT(""), "");
    html_open(h, HTML_BODY);
    page_skip(&p);
    html_open(h, HTML_MAIN);
    html_open(h, HTML_H1);
    html_text(h, title);
    html_close(h, HTML_H1);
    entries(&p);
    html_close(h, HTML_MAIN);
    footer(&p);
    html_close(h, HTML_BODY);
    html_close(h, HTML_HTML);
    html_end(h);
    buffer_release(&p.scratch);
}
