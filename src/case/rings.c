/* Rings of `of`: voices that would belong to themselves. A depth-first walk of all organisations with
 * its own stack, so that the depth of what a stranger writes is no danger. Linear. */
#include "case/inside.h"

#include "base/limits.h"

enum { UNSEEN, ON_PATH, DONE };

struct walk {
    const struct model *m;
    uint8_t *state;
    VECTOR(uint32_t) path;  /* voices */
    VECTOR(uint32_t) tried; /* how many of its organisations, by place on the path */
    void (*each)(void *context, const uint32_t *voices, size_t count);
    void *context;
    unsigned found;
};

static void enter(struct walk *w, uint32_t voice)
{
    w->state[voice] = ON_PATH;
    vector_push(&w->path, voice);
    vector_push(&w->tried, 0);
}

static void report(struct walk *w, uint32_t closed_at)
{
    size_t start = w->path.count;
    while (w->path.at[--start] != closed_at)
        ;
    w->found++;
    w->each(w->context, w->path.at + start, w->path.count - start);
}

static void step(struct walk *w)
{
    size_t top = w->path.count - 1;
    uint32_t voice = w->path.at[top], count;
    const struct field *of = model_attribute(w->m, SPACE_VOICE, voice, FIELD_OF, &count);
    if (w->tried.at[top] == count) {
        w->state[voice] = DONE;
        w->path.count--;
        w->tried.count--;
        return;
    }
    uint32_t above = of[w->tried.at[top]++].at;
    if (w->state[above] == UNSEEN)
        enter(w, above);
    else if (w->state[above] == ON_PATH)
        report(w, above);
}

bool rings_find(const struct model *m, void (*each)(void *context, const uint32_t *voices, size_t count), void *context)
{
    uint32_t voices = model_voices(m);
    struct walk w = {.m = m, .state = memory_array(voices, 1), .each = each, .context = context};
    for (uint32_t v = 0; v < voices && w.found < LIMIT_RINGS; v++) {
        if (w.state[v] == UNSEEN)
            enter(&w, v);
        while (w.path.count && w.found < LIMIT_RINGS)
            step(&w);
    }
    free(w.state);
    vector_release(&w.path);
    vector_release(&w.tried);
    return w.found > 0;
}
