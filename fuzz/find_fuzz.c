/* Fuzzes questions and texts: the first line is asked of the rest. Nothing breaks, SQLite never says that an expression
 * is wrong, the answer for one question alone is the same, and every passage lies within its text. */
#include "search/corpus.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static struct corpus *make(struct text rest, const struct query *only)
{
    struct corpus *c = corpus_new(NULL);
    if (only)
        corpus_only(c, only);
    for (uint32_t n = 0; rest.length; n++) {
        const char *end = memchr(rest.at, '\n', rest.length);
        size_t length = end ? (size_t)(end - rest.at) : rest.length;
        struct corpus_unit u = {.kind = n % SEARCH_KINDS, .subject = n};
        require(corpus_add(c, &u, (struct text){rest.at, length}, NULL) == 0);
        length += end != NULL;
        rest = (struct text){rest.at + length, rest.length - length};
    }
    return c;
}

static void check_passages(struct corpus *c, const struct corpus_answer *a)
{
    for (size_t i = 0; i < a->count; i++) {
        struct text t = corpus_text(c, a->at[i].unit);
        struct passage p;
        passage_find(&a->plan, t, 60, &p);
        require(p.start <= p.end && p.end <= t.length);
        for (size_t k = 0; k < p.hits.count; k++)
            require(p.hits.at[k].start >= p.start && p.hits.at[k].start + p.hits.at[k].length <= p.end);
        vector_release(&p.hits);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text all = {(const char *)bytes, size};
    const char *end = size ? memchr(all.at, '\n', size) : NULL;
    struct text typed = {all.at, end ? (size_t)(end - all.at) : size};
    struct text rest = end ? (struct text){end + 1, size - typed.length - 1} : TEXT("");
    struct query q;
    struct error error = {0};
    if (query_read(typed, false, &q, &error)) {
        require(error.what[0] && error.mend[0]);
        query_release(&q);
        if (query_read(typed, true, &q, &error)) {
            query_release(&q);
            return 0;
        }
    }
    struct corpus *c = make(rest, NULL), *alone = make(rest, &q);
    struct corpus_answer one, two;
    require(corpus_find(c, &q, SEARCH_ALL, 20, &one, &error) == 0);
    require(corpus_find(alone, &q, SEARCH_ALL, 20, &two, &error) == 0);
    require(one.total == two.total && one.count == two.count);
    for (size_t i = 0; i < one.count; i++)
        require(one.at[i].unit == two.at[i].unit);
    check_passages(c, &one);
    corpus_answer_release(&one);
    corpus_answer_release(&two);
    corpus_free(c);
    corpus_free(alone);
    query_release(&q);
    return 0;
}
