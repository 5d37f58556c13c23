/* Choosing a passage: see passage.h. All hits are found, then the window with the most different terms, and the most
 * hits among such, is slid over them. */
#include "search/passage.h"

#include "search/fold.h"

struct met {
    size_t start, end;
    uint32_t term;
};
typedef VECTOR(struct met) met_list;

enum { RUN_MOST = 64, BEFORE = 3 }; /* words kept for phrases; a passage has a third of what is left before its hits */

/* The last words read, for phrases: a ring. */
struct run {
    struct fold_word words[RUN_MOST];
    size_t count;
};

static bool word_is(const struct fold_word *w, struct text wanted, bool open)
{
    return open ? text_starts(fold_text(w), wanted) : text_equal(fold_text(w), wanted);
}

/* Do the last words read end in the words of a pattern? */
static bool ends_in(const struct run *r, const struct plan *plan, const struct pattern *p)
{
    if (p->count > r->count || p->count > RUN_MOST)
        return false;
    for (uint32_t i = 0; i < p->count; i++) {
        const struct fold_word *w = &r->words[(r->count - p->count + i) % RUN_MOST];
        if (!word_is(w, plan->words[p->first + i], p->open && i + 1 == p->count))
            return false;
    }
    return true;
}

static void meet_all(const struct plan *plan, struct text t, met_list *out)
{
    struct run r = {.count = 0};
    struct fold f = fold_of(t);
    while (fold_next(&f, &r.words[r.count % RUN_MOST])) {
        r.count++;
        for (size_t i = 0; i < plan->pattern_count; i++) {
            const struct pattern *p = &plan->patterns[i];
            if (!(p->share > 0) || !ends_in(&r, plan, p))
                continue;
            size_t start = r.words[(r.count - p->count) % RUN_MOST].start, end = r.words[(r.count - 1) % RUN_MOST].end;
            vector_push(out, (struct met){start, end, p->term});
        }
    }
}

/* How many different terms are among hits from `first` up to `end`. */
static uint32_t terms_of(const met_list *all, size_t first, size_t end)
{
    uint64_t seen = 0;
    for (size_t i = first; i < end; i++)
        seen |= UINT64_C(1) << (all->at[i].term & 63);
    return (uint32_t)__builtin_popcountll(seen);
}

/* The first hit of the best window. */
static size_t best_window(const met_list *all, size_t most, size_t *last)
{
    size_t best = 0, end = 0;
    uint32_t best_terms = 0, best_hits = 0;
    for (size_t i = 0; i < all->count; i++) {
        end = end > i ? end : i;
        while (end < all->count && (all->at[end].end <= all->at[i].start + most || end == i))
            end++;
        size_t looked = end - i < 64 ? end : i + 64;
        uint32_t terms = terms_of(all, i, looked), hits = (uint32_t)(looked - i);
        if (terms > best_terms || (terms == best_terms && hits > best_hits + 2)) {
            best = i;
            *last = looked - 1;
            best_terms = terms;
            best_hits = hits;
        }
    }
    return best;
}

static bool is_inner(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* A place near `at` where nothing is cut in two: behind a blank, if one is near, else between characters. */
static size_t between_words(struct text t, size_t at, size_t least)
{
    size_t from = at;
    for (size_t i = 0; i < 40 && from > least; i++, from--)
        if (is_blank(t.at[from - 1]))
            return from;
    while (at > least && at < t.length && is_inner(t.at[at]))
        at--;
    return at;
}

static void put_hits(const met_list *all, struct passage *out)
{
    for (size_t i = 0; i < all->count; i++) {
        struct met m = all->at[i];
        if (m.start < out->start || m.end > out->end)
            continue;
        if (out->hits.count) {
            struct passage_hit *before = &out->hits.at[out->hits.count - 1];
            size_t end = before->start + before->length;
            if (m.start < end) {
                size_t start = m.start < before->start ? m.start : before->start;
                end = m.end > end ? m.end : end;
                *before = (struct passage_hit){start, end - start};
                continue;
            }
        }
        vector_push(&out->hits, (struct passage_hit){m.start, m.end - m.start});
    }
}

void passage_find(const struct plan *plan, struct text t, size_t most, struct passage *out)
{
    met_list all = {0};
    size_t last = 0;
    *out = (struct passage){0};
    meet_all(plan, t, &all);
    size_t first = all.count ? best_window(&all, most, &last) : 0;
    size_t from = all.count ? all.at[first].start : 0, to = all.count ? all.at[last].end : 0;
    size_t spare = most > to - from ? most - (to - from) : 0;
    size_t before = from < spare / BEFORE ? from : spare / BEFORE;
    size_t behind = t.length - to < spare - before ? t.length - to : spare - before;
    before = from < spare - behind ? from : spare - behind;
    out->start = from - before ? between_words(t, from - before, 0) : 0;
    out->end = to + behind < t.length ? between_words(t, to + behind, to) : t.length;
    put_hits(&all, out);
    vector_release(&all);
}
