/* One article as a page of HTML, and the pieces that pages share. */
#ifndef PUBLISH_PAGE_H
#define PUBLISH_PAGE_H

#include "publish/article.h"
#include "publish/html.h"
#include "publish/site.h"
#include "publish/telling.h"
#include "publish/words.h"

/* The site that a page stands in. */
struct page_site {
    const struct site_options *options;
    const struct article *const *articles;
    size_t count;
};

/* A page while it is written. */
struct page {
    struct html html;
    const struct page_site *site;
    const struct article *article; /* NULL: the index */
    struct text language;
    const struct words *words;
    bool foreign;  /* the words are in another language than the page */
    bool one_file; /* all in one: nothing beside it can be linked */
    bool *noted;   /* by finding: its note was written */
    uint32_t slide_shows;
    struct buffer scratch;
};

/* `one_file`: with its pictures and sound inside, to be passed from hand to hand. */
void page_write(const struct article *a, const struct page_site *site, bool one_file, struct buffer *out);
void page_index_write(const struct page_site *site, struct buffer *out);

/* ---- the pieces ---- */

/* A phrase of the furniture with its slots filled, marked with its language where that is not the page's. */
void page_say(struct page *p, const struct told *told);
void page_word(struct page *p, enum word word);
/* lang and dir on the element just opened, where `language` is not the page's. */
void page_language(struct page *p, struct text language);
/* <time> where it is a date, else the text as it is; in the page's words, or in others. */
void page_date(struct page *p, struct text date);
void page_date_in(struct page *p, const struct words *w, struct text date);

/* The head, up to its end; `title` is the article's or the site's, `up` leads to the root of the site ("../"). */
void page_head(struct page *p, struct text title, struct text description, const char *up);
/* "Skip to the text". */
void page_skip(struct page *p);
/* A link of the furniture. */
void page_link(struct page *p, const char *path, enum word word);

/* All blocks, each followed by the notes on what it rests on. */
void page_blocks(struct page *p);
void page_pictures(struct page *p, const struct block *b);
void page_sound(struct page *p, const struct sound *s);
/* Quoted words, in the marks of the page's language. */
void page_quote(struct page *p, struct text words);

/* The mark behind a sentence that leads to its note; the notes on findings that `b` is the first to cite; those that no
 * block cites. */
void page_note_mark(struct page *p, uint32_t finding);
void page_notes(struct page *p, const struct block *b);
void page_notes_left(struct page *p);

void page_notice(struct page *p);

/* The article by its slug, or NULL. */
const struct article *page_site_find(const struct page_site *s, struct text slug);

extern const char page_style[]; /* the style sheet */

#endif
