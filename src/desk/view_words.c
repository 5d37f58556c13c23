/* Words to numbers: see view_words.h. */
#include "desk/view_words.h"

#include "base/buffer.h"
#include "base/names.h"
#include "base/vector.h"

#include <stdbool.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

enum { SEGMENT_ITEMS = 8192, WORD_MOST = 120, REMEMBERED = 8, QUERY_WORDS = 16 };

struct posting {
    uint32_t word, item;
};

/* While it grows, postings are in the order of their coming; sealed, by word in the order of their letters. */
struct segment {
    struct names words;
    VECTOR(struct posting) coming;
    uint32_t *sorted; /* words, by their letters; NULL until sealed */
    uint32_t *starts; /* by place in `sorted`, and one more */
    uint32_t *items;
    uint32_t put;
};

struct remembered {
    struct buffer query;
    uint64_t *found;
    uint64_t used;
    bool all; /* the query has no words */
};

struct word_index {
    VECTOR(struct segment *) segments; /* the last one grows */
    VECTOR(uint32_t) homes;            /* by item: the segment that holds its text */
    struct remembered remembered[REMEMBERED];
    uint64_t clock;
    UCaseMap *fold;
    struct buffer folded;
};

/* ---- words ---- */

static bool stands_alone(UChar32 c)
{
    if (c < 0x0E00)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    return uscript_breaksBetweenLetters(uscript_getScript(c, &status)) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

static bool in_word(UChar32 c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

/* The text case-folded; borrowed until the next. */
static struct text fold(struct word_index *w, struct text t)
{
    struct buffer *out = &w->folded;
    bool ascii = true;
    buffer_clear(out);
    buffer_reserve(out, t.length * 3 + 1);
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        ascii &= (unsigned char)c < 0x80;
        out->at[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    out->length = t.length;
    if (ascii || !w->fold)
        return buffer_text(out);
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = ucasemap_utf8FoldCase(w->fold, out->at, (int32_t)out->room, t.at, (int32_t)t.length, &status);
    out->length = U_SUCCESS(status) ? (size_t)length : t.length;
    return buffer_text(out);
}

/* The next word from *at on; false where there is none. */
static bool next_word(struct text t, size_t *at, struct text *word)
{
    const uint8_t *bytes = (const uint8_t *)t.at;
    size_t start = *at, from = *at;
    bool inside = false;
    while (*at < t.length) {
        UChar32 c;
        from = *at;
        U8_NEXT_OR_FFFD(bytes, *at, t.length, c);
        bool alone = stands_alone(c) && u_isalnum(c);
        if (inside && (alone || !in_word(c) || *at - start > WORD_MOST)) {
            *at = from;
            break;
        }
        if (!inside && in_word(c)) {
            start = from;
            inside = true;
            if (alone)
                break;
        }
    }
    *word = (struct text){t.at + start, *at - start};
    return inside;
}

/* ---- segments ---- */

static struct segment *segment_new(void)
{
    struct segment *s = memory_new(sizeof *s);
    names_init(&s->words);
    return s;
}

static void segment_unseal(struct segment *s)
{
    free(s->sorted);
    free(s->starts);
    free(s->items);
    s->sorted = s->starts = s->items = NULL;
}

static void segment_free(struct segment *s)
{
    segment_unseal(s);
    names_release(&s->words);
    vector_release(&s->coming);
    free(s);
}

static int by_letters(const void *a, const void *b, void *context)
{
    const struct names *n = context;
    return text_compare(names_text(n, *(const uint32_t *)a), names_text(n, *(const uint32_t *)b));
}

static void segment_seal(struct segment *s)
{
    uint32_t count = s->words.count, *place = memory_array((size_t)count + 1, sizeof *place);
    s->sorted = memory_array((size_t)count + 1, sizeof *s->sorted);
    s->starts = memory_array((size_t)count + 2, sizeof *s->starts);
    s->items = memory_array(s->coming.count + 1, sizeof *s->items);
    for (uint32_t i = 0; i < count; i++)
        s->sorted[i] = i;
    qsort_r(s->sorted, count, sizeof *s->sorted, by_letters, &s->words);
    for (uint32_t i = 0; i < count; i++)
        place[s->sorted[i]] = i;
    for (size_t i = 0; i < s->coming.count; i++)
        s->starts[place[s->coming.at[i].word] + 2]++;
    for (uint32_t i = 0; i < count; i++)
        s->starts[i + 2] += s->starts[i + 1];
    for (size_t i = 0; i < s->coming.count; i++)
        s->items[s->starts[place[s->coming.at[i].word] + 1]++] = s->coming.at[i].item;
    free(place);
}

/* The first word that is not before `prefix`; or, with `past`, that neither is nor begins with it. */
static uint32_t bound(const struct segment *s, struct text prefix, bool past)
{
    uint32_t low = 0, high = s->words.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct text word = names_text(&s->words, s->sorted[middle]);
        bool before = text_compare(word, prefix) < 0 || (past && text_starts(word, prefix));
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- the index ---- */

struct word_index *word_index_new(void)
{
    struct word_index *w = memory_new(sizeof *w);
    UErrorCode status = U_ZERO_ERROR;
    w->fold = ucasemap_open("", 0, &status);
    return w;
}

static void forget(struct word_index *w)
{
    for (int i = 0; i < REMEMBERED; i++) {
        buffer_release(&w->remembered[i].query);
        free(w->remembered[i].found);
        w->remembered[i] = (struct remembered){0};
    }
}

void word_index_clear(struct word_index *w)
{
    for (size_t i = 0; i < w->segments.count; i++)
        segment_free(w->segments.at[i]);
    w->segments.count = 0;
    w->homes.count = 0;
    forget(w);
}

void word_index_free(struct word_index *w)
{
    if (!w)
        return;
    word_index_clear(w);
    vector_release(&w->segments);
    vector_release(&w->homes);
    buffer_release(&w->folded);
    if (w->fold)
        ucasemap_close(w->fold);
    free(w);
}

uint32_t word_index_count(const struct word_index *w)
{
    return (uint32_t)w->homes.count;
}

static void put_text(struct word_index *w, struct segment *s, uint32_t item, struct text t)
{
    struct text word, folded = fold(w, t);
    for (size_t at = 0; next_word(folded, &at, &word);) {
        uint32_t number = names_intern(&s->words, word);
        vector_push(&s->coming, (struct posting){number, item});
    }
}

void word_index_put(struct word_index *w, uint32_t item, const struct text *texts, size_t count)
{
    forget(w);
    struct segment *last = w->segments.count ? w->segments.at[w->segments.count - 1] : NULL;
    if (!last || last->put >= SEGMENT_ITEMS) {
        if (last && !last->sorted) {
            segment_seal(last);
            vector_release(&last->coming);
        }
        last = segment_new();
        vector_push(&w->segments, last);
    }
    /* An item that is put again while its segment grows gets one of its own: the older words must not be found. */
    if (item < w->homes.count && w->homes.at[item] == w->segments.count - 1 && last->put) {
        last->put = SEGMENT_ITEMS;
        word_index_put(w, item, texts, count);
        return;
    }
    segment_unseal(last);
    last->put++;
    uint32_t home = (uint32_t)w->segments.count - 1;
    if (item == w->homes.count)
        vector_push(&w->homes, home);
    else
        w->homes.at[item] = home;
    for (size_t i = 0; i < count; i++)
        put_text(w, last, item, texts[i]);
}

static void find_prefix(struct word_index *w, struct text prefix, uint64_t *found)
{
    for (uint32_t n = 0; n < w->segments.count; n++) {
        struct segment *s = w->segments.at[n];
        if (!s->sorted)
            segment_seal(s);
        uint32_t from = s->starts[bound(s, prefix, false)], to = s->starts[bound(s, prefix, true)];
        for (uint32_t i = from; i < to; i++)
            if (w->homes.at[s->items[i]] == n)
                found[s->items[i] / 64] |= UINT64_C(1) << s->items[i] % 64;
    }
}

static struct remembered *recall(struct word_index *w, struct text query, bool *known)
{
    struct remembered *oldest = &w->remembered[0];
    for (int i = 0; i < REMEMBERED; i++) {
        struct remembered *r = &w->remembered[i];
        *known = r->used && text_equal(buffer_text(&r->query), query);
        if (*known)
            return r;
        if (r->used < oldest->used)
            oldest = r;
    }
    return oldest;
}

const uint64_t *word_index_find(struct word_index *w, struct text query)
{
    bool known;
    struct remembered *r = recall(w, query, &known);
    r->used = ++w->clock;
    if (known)
        return r->all ? NULL : r->found;
    buffer_clear(&r->query);
    buffer_text_add(&r->query, query);
    free(r->found);
    size_t room = w->homes.count / 64 + 1;
    r->found = memory_array(room, sizeof *r->found);
    uint64_t *one = memory_array(room, sizeof *one);
    struct text word, folded = fold(w, query);
    unsigned words = 0;
    for (size_t at = 0; words < QUERY_WORDS && next_word(folded, &at, &word); words++) {
        uint64_t *into = words ? one : r->found;
        memset(into, 0, room * sizeof *into);
        find_prefix(w, word, into);
        for (size_t i = 0; words && i < room; i++)
            r->found[i] &= one[i];
    }
    free(one);
    r->all = words == 0;
    return r->all ? NULL : r->found;
}
