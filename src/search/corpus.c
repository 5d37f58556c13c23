/* Units, their texts, and the best of what is found: see corpus.h. */
#include "search/corpus.h"

#include "base/limits.h"
#include "base/memory.h"

enum { BLOCK = 1 << 20, BLOCK_BITS = 24, HEAR = 4000 };

/* A claim found by one word is above any text found by it: the rank of a text is at most k1 + 1 = 2.2 for a weight of
 * one, that of a claim of usual length some 1.6. */
static const double shares[SEARCH_KINDS] = {
    [SEARCH_CLAIM] = 4,  [SEARCH_STATEMENT] = 2, [SEARCH_VOICE] = 3,
    [SEARCH_RECORD] = 3, [SEARCH_TEXT] = 1,      [SEARCH_TRANSCRIPT] = 1.2,
};

struct block {
    char *at;
    size_t length, room;
};

struct corpus {
    struct index *index;
    struct sounds *sounds;
    VECTOR(struct corpus_unit) units;
    VECTOR(struct block) blocks;
    uint64_t bytes;
    uint32_t adding;
    const struct query *only;
    VECTOR(uint8_t) wanted; /* with `only`, by word: 0 not looked at, 1 no, 2 yes */
};

struct corpus *corpus_new(struct error *error)
{
    struct corpus *s = memory_new(sizeof *s);
    s->index = index_new(error);
    s->sounds = sounds_new();
    if (s->index)
        return s;
    corpus_free(s);
    return NULL;
}

void corpus_free(struct corpus *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->blocks.count; i++) {
        explicit_bzero(s->blocks.at[i].at, s->blocks.at[i].length);
        free(s->blocks.at[i].at);
    }
    vector_release(&s->blocks);
    vector_release(&s->units);
    vector_release(&s->wanted);
    index_free(s->index);
    sounds_free(s->sounds);
    free(s);
}

void corpus_only(struct corpus *s, const struct query *q)
{
    s->only = q;
}

/* ---- adding ---- */

static uint64_t keep_text(struct corpus *s, struct text t)
{
    struct block *last = s->blocks.count ? &s->blocks.at[s->blocks.count - 1] : NULL;
    if (!last || last->room - last->length < t.length) {
        size_t room = t.length > BLOCK ? t.length : BLOCK;
        vector_push(&s->blocks, (struct block){memory_array(room ? room : 1, 1), 0, room});
        last = &s->blocks.at[s->blocks.count - 1];
    }
    uint64_t place = (uint64_t)(s->blocks.count - 1) << BLOCK_BITS | last->length;
    if (t.length)
        memcpy(last->at + last->length, t.at, t.length);
    last->length += t.length;
    s->bytes += t.length;
    return place;
}

static void count_word(void *context, struct text word)
{
    struct corpus *s = context;
    sounds_add(s->sounds, word, s->adding);
}

/* Counted already. */
static void pass_word(void *context, struct text word)
{
    (void)context;
    (void)word;
}

/* May a word be one of those that are looked for? */
static bool is_wanted(const struct query *q, struct text word)
{
    for (size_t i = 0; i < q->phrase_count; i++) {
        const struct query_phrase *p = &q->phrases[i];
        for (uint32_t k = 0; k < p->count; k++) {
            struct text asked = q->words[p->first + k];
            bool open = p->open && k + 1 == p->count;
            if (open ? text_starts(word, asked) : text_equal(word, asked))
                return true;
            if (sounds_same(asked, word))
                return true;
        }
    }
    return false;
}

static bool word_wanted(struct corpus *s, struct text word)
{
    uint32_t n = sounds_add(s->sounds, word, s->adding);
    if (n == s->wanted.count)
        vector_push(&s->wanted, is_wanted(s->only, word) ? 2 : 1);
    return s->wanted.at[n] == 2;
}

/* Counts the words of a text; is one of them looked for? */
static bool read_wanted(struct corpus *s, struct text t, uint32_t *words)
{
    struct fold f = fold_of(t);
    struct fold_word w;
    bool wanted = false;
    for (*words = 0; fold_next(&f, &w); ++*words)
        wanted |= word_wanted(s, fold_text(&w));
    return wanted;
}

/* What others are called by when they are found. */
static bool is_title(enum search_kind kind)
{
    return kind == SEARCH_CLAIM || kind == SEARCH_VOICE || kind == SEARCH_RECORD;
}

int corpus_add(struct corpus *s, const struct corpus_unit *unit, struct text t, struct error *error)
{
    struct corpus_unit added = *unit;
    uint32_t words;
    if (s->bytes + t.length > LIMIT_SEARCHED || s->units.count >= LIMIT_SEARCHED_UNITS || t.length >> BLOCK_BITS) {
        error_set(error, ERROR_LIMIT, "there is more text than one search can hold, 4 GiB");
        return error_mend(error, "what came before it can be searched");
    }
    s->adding = (uint32_t)s->units.count;
    added.length = (uint32_t)t.length;
    bool wanted = !s->only || read_wanted(s, t, &words);
    added.kept = wanted || is_title((enum search_kind)added.kind);
    added.dropped = false;
    added.place = 0;
    if (!wanted)
        index_skip(s->index, s->adding, words);
    else if (index_add(s->index, s->adding, t, s->only ? pass_word : count_word, s, error))
        return -1;
    if (added.kept)
        added.place = keep_text(s, t);
    vector_push(&s->units, added);
    return 0;
}

void corpus_drop(struct corpus *s, uint32_t unit)
{
    s->units.at[unit].dropped = true;
}

bool corpus_settle(struct corpus *s)
{
    if (sounds_hear(s->sounds, HEAR))
        return true;
    index_rest(s->index, NULL); /* it was added all the same */
    return false;
}

/* ---- finding ---- */

struct finding {
    struct corpus *s;
    unsigned kinds;
    struct corpus_found *heap; /* the worst first */
    size_t count, most;
    uint64_t total;
};

static bool wants(void *context, uint32_t unit)
{
    const struct finding *f = context;
    const struct corpus_unit *u = unit < f->s->units.count ? &f->s->units.at[unit] : NULL;
    return u && !u->dropped && (f->kinds >> u->kind & 1);
}

static bool is_worse(struct corpus_found a, struct corpus_found b)
{
    return a.score < b.score || (a.score <= b.score && a.unit > b.unit);
}

static void sink(struct corpus_found *heap, size_t count, size_t i)
{
    for (;;) {
        size_t least = i, left = 2 * i + 1, right = left + 1;
        if (left < count && is_worse(heap[left], heap[least]))
            least = left;
        if (right < count && is_worse(heap[right], heap[least]))
            least = right;
        if (least == i)
            return;
        struct corpus_found swap = heap[i];
        heap[i] = heap[least];
        heap[least] = swap;
        i = least;
    }
}

static void found(void *context, uint32_t unit, double score)
{
    struct finding *f = context;
    struct corpus_found one = {unit, score * shares[f->s->units.at[unit].kind]};
    f->total++;
    if (f->count < f->most) {
        f->heap[f->count++] = one;
        if (f->count == f->most)
            for (size_t i = f->most / 2 + 1; i-- > 0;)
                sink(f->heap, f->count, i);
    } else if (f->most && is_worse(f->heap[0], one)) {
        f->heap[0] = one;
        sink(f->heap, f->count, 0);
    }
}

static int best_first(const void *a, const void *b)
{
    const struct corpus_found *x = a, *y = b;
    return is_worse(*y, *x) ? -1 : is_worse(*x, *y);
}

int corpus_find(struct corpus *s, const struct query *q, unsigned kinds, size_t most, struct corpus_answer *out,
                struct error *error)
{
    *out = (struct corpus_answer){0};
    most = most < s->units.count ? most : s->units.count;
    struct finding f = {.s = s, .kinds = kinds, .most = most, .heap = memory_array(most ? most : 1, sizeof *f.heap)};
    struct index_asker asker = {wants, found, &f};
    plan_make(q, s->sounds, (uint32_t)s->units.count, &out->plan);
    int result = index_find(s->index, &out->plan, &asker, error);
    qsort(f.heap, f.count, sizeof *f.heap, best_first);
    out->at = f.heap;
    out->count = f.count;
    out->total = f.total;
    return result;
}

void corpus_answer_release(struct corpus_answer *a)
{
    plan_release(&a->plan);
    free(a->at);
    *a = (struct corpus_answer){0};
}

uint32_t corpus_units(const struct corpus *s)
{
    return (uint32_t)s->units.count;
}

const struct corpus_unit *corpus_unit(const struct corpus *s, uint32_t unit)
{
    return &s->units.at[unit];
}

struct text corpus_text(const struct corpus *s, uint32_t unit)
{
    const struct corpus_unit *u = &s->units.at[unit];
    if (!u->kept || !u->length)
        return (struct text){"", 0};
    return (struct text){s->blocks.at[u->place >> BLOCK_BITS].at + (u->place & ((1u << BLOCK_BITS) - 1)), u->length};
}

uint64_t corpus_bytes(const struct corpus *s)
{
    return s->bytes;
}
