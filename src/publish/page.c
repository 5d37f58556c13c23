/* One article as a page: headline, text, and what it rests on. */
#include "publish/page.h"

#include "publish/html.h"

static void head(struct html *h, const struct article *a)
{
    html_open(h, HTML_HEAD);
    html_open(h, HTML_META);
    html_set(h, HTML_AT_CHARSET, "utf-8");
    html_open(h, HTML_TITLE);
    html_text(h, a->headline);
    html_close(h, HTML_TITLE);
    html_close(h, HTML_HEAD);
}

static void block(struct html *h, const struct article *a, const struct block *b)
{
    if (b->kind == BLOCK_PICTURES || b->kind == BLOCK_SOUND)
        return;
    html_open(h, HTML_P);
    for (uint32_t i = b->first; i < b->first + b->count; i++)
        html_text(h, a->spans.at[i].text);
    html_close(h, HTML_P);
}

static void finding(struct html *h, const struct article *a, const struct finding *f)
{
    html_open(h, HTML_LI);
    html_text(h, f->sentence);
    for (uint32_t i = f->first_bearer; i < f->first_bearer + f->bearers; i++) {
        html_string(h, "; ");
        html_text(h, a->bearers.at[i].who);
    }
    html_close(h, HTML_LI);
}

void page_write(const struct article *a, struct buffer *out)
{
    struct html h;
    html_begin(&h, out);
    html_open(&h, HTML_HTML);
    html_attribute(&h, HTML_AT_LANG, a->language);
    head(&h, a);
    html_open(&h, HTML_BODY);
    html_open(&h, HTML_H1);
    html_text(&h, a->headline);
    html_close(&h, HTML_H1);
    html_open(&h, HTML_P);
    html_text(&h, a->standfirst);
    html_close(&h, HTML_P);
    for (size_t i = 0; i < a->blocks.count; i++)
        block(&h, a, &a->blocks.at[i]);
    html_open(&h, HTML_OL);
    for (size_t i = 0; i < a->findings.count; i++)
        finding(&h, a, &a->findings.at[i]);
    html_close(&h, HTML_OL);
    html_close(&h, HTML_BODY);
    html_close(&h, HTML_HTML);
    html_end(&h);
}
