/* What a reader is told of the risk of reading on and passing on: by region, to every reader alike, without asking
 * where they are. */
#include "publish/page.h"

static void lines(struct html *h, const struct notice *n, enum notice_kind kind)
{
    for (size_t i = 0; i < n->count; i++) {
        if (n->lines[i].kind != kind)
            continue;
        html_open(h, HTML_LI);
        if (kind == NOTICE_REGION) {
            html_open(h, HTML_STRONG);
            html_string(h, n->lines[i].title);
            html_close(h, HTML_STRONG);
            html_string(h, " — ");
        }
        html_string(h, n->lines[i].words);
        html_close(h, HTML_LI);
    }
}

static void list(struct html *h, const struct notice *n, enum notice_kind kind)
{
    html_open(h, HTML_UL);
    lines(h, n, kind);
    html_close(h, HTML_UL);
}

static void intro(struct page *p, const struct notice *n)
{
    struct html *h = &p->html;
    html_open(h, HTML_P);
    html_string(h, n->intro);
    html_string(h, " (");
    buffer_clear(&p->scratch);
    words_date(words_of(text_of(n->language)), text_of(n->dated), &p->scratch);
    html_text(h, buffer_text(&p->scratch));
    html_string(h, ")");
    html_close(h, HTML_P);
}

void page_notice(struct page *p)
{
    const struct notice *n = notice_of(p->language);
    struct html *h = &p->html;
    html_open(h, HTML_DETAILS);
    html_set(h, HTML_AT_CLASS, "notice");
    if (!words_match(n->language, p->language))
        page_language(p, text_of(n->language));
    html_open(h, HTML_SUMMARY);
    html_string(h, n->title);
    html_close(h, HTML_SUMMARY);
    intro(p, n);
    html_open(h, HTML_P);
    html_set(h, HTML_AT_CLASS, "label");
    html_string(h, n->advice);
    html_close(h, HTML_P);
    list(h, n, NOTICE_ADVICE);
    list(h, n, NOTICE_REGION);
    html_close(h, HTML_DETAILS);
}
