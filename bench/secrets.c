/* The search for secrets beside its peers, on one core: a page of 2 000 words and 1 000 secrets.
 *
 *     secrets [RUNS]
 *
 * Peers: the secrets one after the other with strstr(), which finds them letter for letter only; and each word of the
 * page with each word of a secret by the score of names, which finds spellings but knows no index. Prints milliseconds,
 * the least and the middle of RUNS (9), processor time. */
#include "gate/score.h"
#include "gate/secrets.h"
#include "gate/words.h"

#include "../tests/unit/gate/invented.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SECRETS = 1000, WORDS = 2000, BYTES = 10 << 20 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct bench {
    struct buffer names[SECRETS];
    struct buffer page, html, bytes;
    struct secrets *secrets;
    size_t finds; /* so that nothing is left out as idle */
};

/* Words of the ordinary articles, one after the other, until there are enough. */
static void make_page(struct buffer *page)
{
    size_t words = 0;
    for (size_t a = 0; words < WORDS; a = invented_articles[a + 1] ? a + 1 : 0) {
        for (const char *at = invented_articles[a]; *at && words < WORDS; at++) {
            buffer_char(page, *at);
            words += *at == ' ';
        }
        buffer_char(page, '\n');
    }
}

static void make_html(const struct buffer *page, struct buffer *html)
{
    while (html->length < 100 * 1024) {
        buffer_string(html, "<article class=\"story\"><p lang=\"en\">");
        buffer_text_add(html, buffer_text(page));
        buffer_string(html, "</p><img src=\"picture-1.jpg\" alt=\"A quay in the rain\"></article>\n");
    }
}

static struct secrets *make_index(const struct bench *b)
{
    struct secrets *s = secrets_new();
    for (uint32_t i = 0; i < SECRETS; i++)
        secrets_add(s, SECRET_NAME, buffer_text(&b->names[i]), i);
    secrets_ready(s);
    return s;
}

static void build(struct bench *b)
{
    secrets_free(b->secrets);
    b->secrets = make_index(b);
}

static void search_page(struct bench *b)
{
    secret_finds finds = {0};
    secrets_find(b->secrets, buffer_text(&b->page), &finds);
    b->finds += finds.count;
    vector_release(&finds);
}

static void search_html(struct bench *b)
{
    secret_finds finds = {0};
    secrets_find_in_bytes(b->secrets, buffer_text(&b->html), &finds);
    b->finds += finds.count;
    vector_release(&finds);
}

static void search_bytes(struct bench *b)
{
    secret_finds finds = {0};
    secrets_find_in_bytes(b->secrets, buffer_text(&b->bytes), &finds);
    b->finds += finds.count;
    vector_release(&finds);
}

static void letter_for_letter(struct bench *b)
{
    for (size_t i = 0; i < SECRETS; i++) {
        const char *family = strrchr(b->names[i].at, ' ');
        b->finds += strstr(b->page.at, b->names[i].at) != NULL;
        b->finds += family && strstr(b->page.at, family) != NULL;
    }
}

static void words_of(struct text t, word_list *out)
{
    struct view v = {.markup = false};
    signs_of_utf8(t, NULL, &v.signs);
    words_read(&v, out);
    vector_release(&v.signs);
}

static void pair_by_pair(struct bench *b)
{
    word_list page = {0}, names = {0};
    words_of(buffer_text(&b->page), &page);
    for (size_t i = 0; i < SECRETS; i++)
        words_of(buffer_text(&b->names[i]), &names);
    enum { PART = 100 }; /* of the page: all of it takes minutes */
    for (size_t i = 0; i < page.count / PART; i++)
        for (size_t k = 0; k < names.count; k++)
            b->finds += name_evidence(&page.at[i].letters, &names.at[k].letters) > 16;
    vector_release(&page);
    vector_release(&names);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double measure(const char *what, void (*run)(struct bench *), struct bench *b, int runs, double times)
{
    double *took = memory_array((size_t)runs, sizeof *took);
    for (int i = 0; i < runs; i++) {
        double start = now();
        run(b);
        took[i] = (now() - start) * times;
    }
    qsort(took, (size_t)runs, sizeof *took, by_size);
    double least = took[0], middle = took[runs / 2];
    printf("%-58s %10.2f %10.2f\n", what, least, middle);
    free(took);
    return middle;
}

int main(int argc, char **argv)
{
    static struct bench b;
    int runs = argc > 1 ? atoi(argv[1]) : 9;
    uint64_t seed = 11;
    if (runs < 1)
        runs = 1;
    for (size_t i = 0; i < SECRETS; i++) {
        struct invented name;
        invented_make(&seed, &name);
        invented_full(&name, (int)(i % IN_SCRIPTS), &b.names[i]);
    }
    make_page(&b.page);
    make_html(&b.page, &b.html);
    for (size_t i = 0; i < BYTES; i++)
        buffer_char(&b.bytes, (char)invented_draw(&seed, 256));
    printf("%-58s %10s %10s\n", "milliseconds", "least", "middle");
    measure("index of 1 000 secrets", build, &b, runs, 1);
    double page = measure("page of 2 000 words", search_page, &b, runs, 1);
    measure("page of 100 KB in HTML, as bytes", search_html, &b, runs, 1);
    measure("10 MB of random bytes", search_bytes, &b, runs > 3 ? 3 : runs, 1);
    double exact = measure("peer: letter for letter, strstr()", letter_for_letter, &b, runs, 1);
    double pairs = measure("peer: pair by pair by score (1/100 of it, times 100)", pair_by_pair, &b, 1, 100);
    printf("the page takes %.1f times as long as letter for letter, 1/%.0f of pair by pair (%zu finds)\n", page / exact,
           pairs / page, b.finds);
    secrets_free(b.secrets);
    for (size_t i = 0; i < SECRETS; i++)
        buffer_release(&b.names[i]);
    buffer_release(&b.page);
    buffer_release(&b.html);
    buffer_release(&b.bytes);
    return 0;
}
