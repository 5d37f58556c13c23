/* A site: every file that leaves, in memory, made from articles in one go.
 *
 * A pure function: the same articles give the same bytes, whatever the clock, the locale, the file system or the
 * order of hash tables. Names are made from slugs and positions alone. */
#ifndef PUBLISH_SITE_H
#define PUBLISH_SITE_H

#include "publish/article.h"

struct site_file {
    char *name; /* "kittiwake/index.html"; no "..", no leading slash */
    struct buffer bytes;
};

struct site {
    VECTOR(struct site_file) files; /* in order of name */
};

struct site_options {
    struct text name; /* of the publication; may be "" */
    struct text url;  /* where the site will stand, with a slash at the end; "" where nobody knows yet */
    bool single_file; /* each article also as one file with its pictures and sound inside */
};

/* Writes the article pages, the index, the feed, plain texts, and the list of hashes (SHA256SUMS, all files but itself
 * and its signature, in sha256sum's format). Articles are borrowed, the newest first; of several with one slug the
 * first counts. Slugs and names of pictures and sounds are of a-z, 0-9, '-' and '.', and "index.html", "one-file.html"
 * and "article.txt" are taken. docs/page.md says what is in which file. */
void site_make(const struct article *const *articles, size_t count, const struct site_options *options,
               struct site *out);
void site_release(struct site *s);

/* Appends all that sites say whatever the articles: furniture and notices in every language, style, markup. What stands
 * in it says nothing of a case, though a person may have the name of a typeface or of a country. Some half a megabyte.
 */
void site_furniture(struct buffer *out);

/* The first place where two sites differ: true and a sentence-like place ("kittiwake/index.html, byte 1042"), with the
 * bytes around it in neither (they may be a secret). */
bool site_differs(const struct site *a, const struct site *b, struct buffer *where);

#endif
