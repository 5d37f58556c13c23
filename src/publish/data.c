/* The JSON-LD of a page. Keys and order are fixed; strings go through one function. */
#include "publish/data.h"

#include "publish/html.h"
#include "publish/telling.h"

/* A JSON string: what is no character of a text is replaced as in markup, so no escape but two is needed. */
static void string(struct buffer *out, struct text t)
{
    buffer_char(out, '"');
    for (size_t i = 0; i < t.length;) {
        size_t from = i;
        uint32_t c = html_character(t, &i);
        if (c == '"' || c == '\\')
            buffer_char(out, '\\');
        html_plain(out, (struct text){t.at + from, i - from});
    }
    buffer_char(out, '"');
}

static void key(struct buffer *out, const char *name)
{
    char last = out->length ? out->at[out->length - 1] : '{';
    if (last != '{' && last != '[')
        buffer_char(out, ',');
    buffer_format(out, "\"%s\":", name);
}

static void field(struct buffer *out, const char *name, struct text value)
{
    if (!value.length)
        return;
    key(out, name);
    string(out, value);
}

static void open(struct buffer *out, const char *name, const char *type)
{
    if (name)
        key(out, name);
    else if (out->at[out->length - 1] == '}')
        buffer_char(out, ',');
    buffer_format(out, "{\"@type\":\"%s\"", type);
}

static void named(struct buffer *out, const char *name, const char *type, struct text value)
{
    if (!value.length)
        return;
    open(out, name, type);
    field(out, "name", value);
    buffer_char(out, '}');
}

/* ---- the article ---- */

static void address(struct buffer *out, const char *name, const struct article *a, const struct site_options *site,
                    struct text file)
{
    if (!site->url.length)
        return;
    struct buffer url = {0};
    buffer_text_add(&url, site->url);
    buffer_text_add(&url, a->slug);
    buffer_char(&url, '/');
    buffer_text_add(&url, file);
    field(out, name, buffer_text(&url));
    buffer_release(&url);
}

static void correction(struct buffer *out, const struct correction *c)
{
    open(out, NULL, "CorrectionComment");
    field(out, "datePublished", c->on);
    field(out, "text", c->what);
    buffer_char(out, '}');
}

static void news(struct buffer *out, const struct article *a, const struct site_options *site)
{
    buffer_string(out, "{\"@type\":\"NewsArticle\"");
    field(out, "headline", a->headline);
    field(out, "description", a->standfirst);
    field(out, "inLanguage", a->language);
    field(out, "datePublished", a->published);
    field(out, "dateModified", a->changed);
    named(out, "author", "Person", a->byline);
    named(out, "publisher", "NewsMediaOrganization", site->name);
    address(out, "url", a, site, TEXT("index.html"));
    if (a->pictures.count)
        address(out, "image", a, site, a->pictures.at[0].name);
    if (a->corrections.count) {
        key(out, "correction");
        buffer_char(out, '[');
        for (size_t i = 0; i < a->corrections.count; i++)
            correction(out, &a->corrections.at[i]);
        buffer_char(out, ']');
    }
    buffer_char(out, '}');
}

/* ---- its findings ---- */

static void rating(struct buffer *out, const struct finding *f, const struct words *words)
{
    open(out, "reviewRating", "Rating");
    key(out, "ratingValue");
    buffer_number(out, (uint64_t)f->level + 1);
    buffer_string(out, ",\"worstRating\":1,\"bestRating\":3");
    field(out, "alternateName", text_of(words_phrase(words, telling_label(f), 0)));
    buffer_char(out, '}');
}

static void review(struct buffer *out, const struct article *a, const struct finding *f,
                   const struct site_options *site, const struct words *words)
{
    open(out, NULL, "ClaimReview");
    field(out, "claimReviewed", f->sentence);
    field(out, "datePublished", a->published);
    address(out, "url", a, site, TEXT("index.html"));
    named(out, "author", "NewsMediaOrganization", site->name);
    open(out, "itemReviewed", "Claim");
    field(out, "text", f->sentence);
    buffer_char(out, '}');
    rating(out, f, words);
    buffer_char(out, '}');
}

void data_write(const struct article *a, const struct site_options *site, const struct words *words, struct buffer *out)
{
    buffer_string(out, "{\"@context\":\"https://schema.org\",\"@graph\":[");
    news(out, a, site);
    for (size_t i = 0; i < a->findings.count; i++)
        review(out, a, &a->findings.at[i], site, words);
    buffer_string(out, "]}");
}
