/* The article's memory: everything it points into is kept here and freed at once. */
#include "publish/article.h"

#include "base/memory.h"

#include <stdlib.h>

struct text article_keep(struct article *a, struct text t)
{
    char *copy = memory_copy(t.at ? t.at : "", t.length);
    vector_push(&a->kept, copy);
    return (struct text){copy, t.length};
}

void article_release(struct article *a)
{
    for (size_t i = 0; i < a->kept.count; i++)
        free(a->kept.at[i]);
    vector_release(&a->kept);
    vector_release(&a->blocks);
    vector_release(&a->spans);
    vector_release(&a->pictures);
    vector_release(&a->sounds);
    vector_release(&a->transcript);
    vector_release(&a->findings);
    vector_release(&a->bearers);
    vector_release(&a->denials);
    vector_release(&a->hearings);
    vector_release(&a->corrections);
    vector_release(&a->translations);
    *a = (struct article){0};
}
