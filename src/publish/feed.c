/* The Atom feed. */
#include "publish/feed.h"

#include "seal/seal.h"

static void leaf(struct html *h, enum html_element e, struct text t)
{
    html_open(h, e);
    html_text(h, t);
    html_close(h, e);
}

static void id_write(struct html *h, const char *kind, struct text name, struct buffer *scratch)
{
    unsigned char hash[SEAL_SHA256];
    buffer_clear(scratch);
    buffer_string(scratch, kind);
    buffer_text_add(scratch, name);
    seal_sha256(buffer_text(scratch), hash);
    hash[6] = (unsigned char)(0x80 | (hash[6] & 0x0f)); /* version 8 */
    hash[8] = (unsigned char)(0x80 | (hash[8] & 0x3f)); /* variant */
    buffer_clear(scratch);
    buffer_string(scratch, "urn:uuid:");
    for (int i = 0; i < 16; i++)
        buffer_format(scratch, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", hash[i]);
    leaf(h, HTML_ID, buffer_text(scratch));
}

/* The day of a date, the first of its month or year where no more is known. */
static void time_write(struct html *h, enum html_element e, struct text date, struct buffer *scratch)
{
    static const char whole[] = "1970-01-01";
    size_t n = date.length < 10 ? date.length : 10;
    buffer_clear(scratch);
    if (n)
        buffer_add(scratch, date.at, n);
    buffer_string(scratch, whole + n);
    buffer_string(scratch, "T00:00:00Z");
    leaf(h, e, buffer_text(scratch));
}

static struct text newest(const struct article *a)
{
    return text_compare(a->changed, a->published) > 0 ? a->changed : a->published;
}

static void author(struct html *h, struct text name)
{
    html_open(h, HTML_AUTHOR);
    leaf(h, HTML_NAME, name);
    html_close(h, HTML_AUTHOR);
}

static void link_write(struct html *h, const char *rel, const char *type, struct text path)
{
    html_open(h, HTML_LINK);
    html_set(h, HTML_AT_REL, rel);
    html_set(h, HTML_AT_TYPE, type);
    html_inward(h, HTML_AT_HREF, path);
}

static void entry(struct html *h, const struct article *a, struct buffer *scratch)
{
    html_open(h, HTML_ENTRY);
    html_attribute(h, HTML_AT_XML_LANG, a->language);
    leaf(h, HTML_TITLE, a->headline);
    id_write(h, "article ", a->slug, scratch);
    buffer_clear(scratch);
    buffer_format(scratch, "%.*s/index.html", TEXT_ARG(a->slug));
    link_write(h, "alternate", "text/html", buffer_text(scratch));
    time_write(h, HTML_PUBLISHED, a->published, scratch);
    time_write(h, HTML_UPDATED, newest(a), scratch);
    if (a->byline.length)
        author(h, a->byline);
    if (a->standfirst.length)
        leaf(h, HTML_SUMMARY, a->standfirst);
    html_close(h, HTML_ENTRY);
}

void feed_write(const struct page_site *site, struct buffer *out)
{
    struct text language = site->count ? site->articles[0]->language : TEXT("en");
    const struct words *words = words_of(language);
    struct text name = site->options->name, updated = TEXT("");
    struct html h;
    struct buffer scratch = {0};
    for (size_t i = 0; i < site->count; i++)
        if (text_compare(newest(site->articles[i]), updated) > 0)
            updated = newest(site->articles[i]);
    html_begin_xml(&h, out);
    html_open(&h, HTML_FEED);
    html_set(&h, HTML_AT_XMLNS, "http://www.w3.org/2005/Atom");
    html_attribute(&h, HTML_AT_XML_LANG, language);
    leaf(&h, HTML_TITLE, name.length ? name : text_of(words_phrase(words, WORD_ALL_ARTICLES, 0)));
    id_write(&h, "publication ", name, &scratch);
    time_write(&h, HTML_UPDATED, updated, &scratch);
    link_write(&h, "self", "application/atom+xml", TEXT("feed.xml"));
    link_write(&h, "alternate", "text/html", TEXT("index.html"));
    author(&h, name.length ? name : text_of(words_phrase(words, WORD_DESK, 0)));
    for (size_t i = 0; i < site->count; i++)
        entry(&h, site->articles[i], &scratch);
    html_close(&h, HTML_FEED);
    html_end(&h);
    buffer_release(&scratch);
}
