/* The page writer with any words in every field: no word becomes markup, no byte leaves that is no text, and no
 * date is read past its end. */
#include "../tests/unit/publish/articles.h"

#include "publish/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <unicode/utf8.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void site_of(struct text words, struct site *out)
{
    struct article a;
    article_fill(&a, words);
    site_make((const struct article *const[]){&a}, 1, &(struct site_options){.name = words, .single_file = true}, out);
    article_release(&a);
}

static bool is_text(struct text t)
{
    for (size_t i = 0; i < t.length;) {
        UChar32 c;
        U8_NEXT(t.at, i, t.length, c);
        if (c < 0x20 && c != '\n')
            return false;
    }
    return true;
}

static void compare(const struct site *plain, const struct site *made)
{
    for (size_t i = 0; i < made->files.count; i++) {
        const struct site_file *f = &made->files.at[i];
        if (!strstr(f->name, "picture") && !strstr(f->name, "sound") && !is_text(buffer_text(&f->bytes)))
            abort();
        if (strstr(f->name, ".html") || strstr(f->name, ".xml")) {
            if (count_of(f->bytes.at, "<") != count_of(site_text(plain, f->name), "<"))
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096) /* the words stand in fifty places */
        return -1;
    static struct site plain;
    struct site made;
    struct buffer words = {0}, date = {0};
    if (!plain.files.count)
        site_of(TEXT("words"), &plain);
    buffer_char(&words, 'x'); /* what is empty is left out */
    buffer_add(&words, data, size);
    site_of(buffer_text(&words), &made);
    compare(&plain, &made);
    for (size_t i = 0; words_table(i); i++)
        words_date(words_table(i), (struct text){(const char *)data, size}, &date);
    site_release(&made);
    buffer_release(&words);
    buffer_release(&date);
    return 0;
}
