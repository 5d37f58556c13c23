/* All files of a site: pages, index, feed, plain texts, and their hashes, in order of name. */
#include "publish/site.h"

#include "publish/feed.h"
#include "publish/page.h"
#include "publish/plain.h"
#include "seal/seal.h"

#include <stdlib.h>

static struct buffer *file_new(struct site *s, const struct buffer *name)
{
    vector_push(&s->files, (struct site_file){.name = memory_copy(name->at, name->length)});
    return &s->files.at[s->files.count - 1].bytes;
}

/* A file "FOLDER/NAME", or "NAME" where the folder is "". */
static struct buffer *file_in(struct site *s, struct text folder, struct text name)
{
    struct buffer path = {0};
    buffer_text_add(&path, folder);
    if (folder.length)
        buffer_char(&path, '/');
    buffer_text_add(&path, name);
    struct buffer *bytes = file_new(s, &path);
    buffer_release(&path);
    return bytes;
}

static void article_files(struct site *s, const struct article *a, const struct page_site *site)
{
    page_write(a, site, false, file_in(s, a->slug, TEXT("index.html")));
    plain_write(a, site, file_in(s, a->slug, TEXT("article.txt")));
    if (site->options->single_file)
        page_write(a, site, true, file_in(s, a->slug, TEXT("one-file.html")));
    for (size_t i = 0; i < a->pictures.count; i++)
        buffer_text_add(file_in(s, a->slug, a->pictures.at[i].name), a->pictures.at[i].bytes);
    for (size_t i = 0; i < a->sounds.count; i++)
        if (a->sounds.at[i].bytes.length)
            buffer_text_add(file_in(s, a->slug, a->sounds.at[i].name), a->sounds.at[i].bytes);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct site_file *)a)->name, ((const struct site_file *)b)->name);
}

static void files_sort(struct site *s)
{
    if (s->files.count)
        qsort(s->files.at, s->files.count, sizeof *s->files.at, by_name);
}

/* In sha256sum's format. */
static void hashes_write(struct site *s)
{
    struct buffer list = {0};
    for (size_t i = 0; i < s->files.count; i++) {
        unsigned char hash[SEAL_SHA256];
        seal_sha256(buffer_text(&s->files.at[i].bytes), hash);
        for (size_t k = 0; k < sizeof hash; k++)
            buffer_format(&list, "%02x", hash[k]);
        buffer_format(&list, "  %s\n", s->files.at[i].name);
    }
    *file_in(s, TEXT(""), TEXT("SHA256SUMS")) = list;
    files_sort(s);
}

/* The articles whose slug no newer one has. */
static const struct article **newest_of_each(const struct article *const *articles, size_t *count)
{
    const struct article **kept = memory_array(*count + 1, sizeof *kept);
    struct page_site so_far = {.articles = kept};
    for (size_t i = 0; i < *count; i++)
        if (!page_site_find(&so_far, articles[i]->slug))
            kept[so_far.count++] = articles[i];
    *count = so_far.count;
    return kept;
}

void site_make(const struct article *const *articles, size_t count, const struct site_options *options,
               struct site *out)
{
    *out = (struct site){0};
    const struct article **kept = newest_of_each(articles, &count);
    struct page_site site = {options, kept, count};
    for (size_t i = 0; i < count; i++)
        article_files(out, kept[i], &site);
    page_index_write(&site, file_in(out, TEXT(""), TEXT("index.html")));
    feed_write(&site, file_in(out, TEXT(""), TEXT("feed.xml")));
    files_sort(out);
    hashes_write(out);
    free(kept);
}

void site_release(struct site *s)
{
    for (size_t i = 0; i < s->files.count; i++) {
        free(s->files.at[i].name);
        buffer_release(&s->files.at[i].bytes);
    }
    vector_release(&s->files);
}

/* ---- comparing ---- */

/* Names are told only where both sites have them: one that is in one site alone may itself be the secret. */
static bool names_differ(const struct site *a, const struct site *b, struct buffer *where)
{
    if (a->files.count != b->files.count) {
        buffer_string(where, "the number of files");
        return true;
    }
    for (size_t i = 0; i < a->files.count; i++)
        if (strcmp(a->files.at[i].name, b->files.at[i].name) != 0) {
            buffer_format(where, "the name of file %zu of %zu", i + 1, a->files.count);
            return true;
        }
    return false;
}

static bool bytes_differ(const struct site_file *a, const struct site_file *b, struct buffer *where)
{
    struct text x = buffer_text(&a->bytes), y = buffer_text(&b->bytes);
    if (text_equal(x, y))
        return false;
    size_t same = 0;
    while (same < x.length && same < y.length && x.at[same] == y.at[same])
        same++;
    buffer_format(where, "%s, byte %zu", a->name, same);
    return true;
}

bool site_differs(const struct site *a, const struct site *b, struct buffer *where)
{
    if (names_differ(a, b, where))
        return true;
    /* The hashes differ wherever anything does, and come first by name: they are looked at last. */
    for (size_t i = 0; i < a->files.count; i++)
        if (strcmp(a->files.at[i].name, "SHA256SUMS") != 0 && bytes_differ(&a->files.at[i], &b->files.at[i], where))
            return true;
    for (size_t i = 0; i < a->files.count; i++)
        if (bytes_differ(&a->files.at[i], &b->files.at[i], where))
            return true;
    return false;
}
