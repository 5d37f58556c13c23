/* A small article for the tests of publish/, with one of everything; every text of it can be set to the same. */
#ifndef TESTS_PUBLISH_ARTICLES_H
#define TESTS_PUBLISH_ARTICLES_H

#include "publish/site.h"

#include <string.h>

/* Fills `a` with `t` in every field that holds words; names, slug, language and dates are plain. */
static inline void article_fill(struct article *a, struct text t)
{
    *a = (struct article){.slug = TEXT("ferry"),
                          .language = TEXT("en"),
                          .headline = t,
                          .standfirst = t,
                          .byline = t,
                          .published = TEXT("2031-05-14"),
                          .changed = TEXT("2031-06-02")};
    for (uint32_t i = 0; i < 3; i++)
        vector_push(&a->spans, (struct span){t, i == 1 ? TEXT("https://a.example/?a=1&b=2") : TEXT(""),
                                             i ? 0 : ARTICLE_NONE, (uint8_t)(i * SPAN_STRONG)});
    vector_push(&a->blocks, (struct block){BLOCK_PARAGRAPH, 0, false, 0, 2, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_PULL_QUOTE, 0, false, 2, 1, t});
    vector_push(&a->blocks, (struct block){BLOCK_HEADING, 3, false, 2, 1, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_ITEM, 1, false, 2, 1, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_ITEM, 2, true, 2, 1, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_ITEM, 9, false, 2, 1, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_ITEM, 1, true, 2, 1, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_PICTURES, 0, false, 0, 2, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_SOUND, 0, false, 0, 1, TEXT("")});
    vector_push(&a->blocks, (struct block){BLOCK_SOUND, 0, false, 1, 1, TEXT("")});
    vector_push(&a->pictures, (struct picture){TEXT("picture-1.jpg"), TEXT("\xff\xd8\xff"), 4, 3, t, t});
    vector_push(&a->pictures, (struct picture){TEXT("picture-2.png"), TEXT("\x89PNG"), 4, 3, t, TEXT("")});
    vector_push(&a->sounds, (struct sound){TEXT("sound-1.mp3"), TEXT("ID3"), t, t, 90, 0, 1});
    vector_push(&a->sounds, (struct sound){TEXT("sound-2.mp3"), TEXT(""), TEXT(""), t, 0, 0, 1});
    vector_push(&a->transcript, (struct transcript_line){3725, t, t});
    vector_push(&a->findings, (struct finding){.sentence = t,
                                               .on = TEXT("2031-05-01"),
                                               .form = FINDING_ALLEGED,
                                               .level = FINDING_ATTESTED,
                                               .people_low = 1,
                                               .people_high = 2,
                                               .parties = 2,
                                               .bearers = 2,
                                               .more_bearers = 1,
                                               .denials = 1,
                                               .hearings = 1});
    vector_push(&a->bearers, (struct bearer){t, GROUND_SAW, t});
    vector_push(&a->bearers, (struct bearer){TEXT(""), GROUND_TOLD, TEXT("")});
    vector_push(&a->denials, (struct denial){t, t, TEXT("2031-05-02")});
    vector_push(&a->hearings, (struct hearing_told){t, TEXT("2031-05-03"), TEXT("2031-05-04")});
    vector_push(&a->corrections, (struct correction){TEXT("2031-06-02"), t});
    vector_push(&a->translations, (struct translation){TEXT("ru"), TEXT("nowhere"), t});
}

static inline const struct site_file *site_find(const struct site *s, const char *name)
{
    for (size_t i = 0; i < s->files.count; i++)
        if (strcmp(s->files.at[i].name, name) == 0)
            return &s->files.at[i];
    return NULL;
}

/* The text of a file of the site; the file must be there. */
static inline const char *site_text(const struct site *s, const char *name)
{
    const struct site_file *f = site_find(s, name);
    return f && f->bytes.at ? f->bytes.at : "";
}

static inline size_t count_of(const char *in, const char *what)
{
    size_t n = 0;
    for (const char *at = in; (at = strstr(at, what)); at += strlen(what))
        n++;
    return n;
}

#endif
