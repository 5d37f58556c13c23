/* The index of tokens: see tokens.h. Two sorted lists, by key of a form and by skeleton, each with a hash table of
 * where a key begins. */
#include "gate/tokens.h"

#include "gate/endings.h"
#include "gate/known.h"
#include "gate/score.h"
#include "gate/skeleton.h"

#include <assert.h>
#include <string.h>

struct pair {
    uint64_t key;
    uint32_t token;
    uint8_t match;
    float cost;
};

struct lookup {
    VECTOR(struct pair) pairs;
    uint32_t *heads; /* index + 1 of the first pair of a key */
    uint32_t mask;
};

struct tokens {
    VECTOR(struct token) list;
    struct lookup forms, skeletons;
    uint32_t *by_raw; /* number + 1; open addressing, at most half full */
    uint32_t room;
};

enum { SHORTEST_REVERSED = 4, SHORTEST_SPELLED = 3, CANDIDATES_MOST = 4000 };
static const double LEAST_EVIDENCE = 2;
static const float DEAREST_SPELLED = 1.3f; /* the cost of forms whose other spellings are still looked for */

struct tokens *tokens_new(void)
{
    struct tokens *t = memory_new(sizeof *t);
    t->room = 64;
    t->by_raw = memory_array(t->room, sizeof *t->by_raw);
    return t;
}

static void lookup_wipe(struct lookup *l)
{
    if (l->pairs.at)
        explicit_bzero(l->pairs.at, l->pairs.room * sizeof *l->pairs.at);
    vector_release(&l->pairs);
    free(l->heads);
}

void tokens_free(struct tokens *t)
{
    if (!t)
        return;
    if (t->list.at)
        explicit_bzero(t->list.at, t->list.room * sizeof *t->list.at);
    vector_release(&t->list);
    lookup_wipe(&t->forms);
    lookup_wipe(&t->skeletons);
    free(t->by_raw);
    explicit_bzero(t, sizeof *t);
    free(t);
}

const struct token *tokens_at(const struct tokens *t, uint32_t number)
{
    return &t->list.at[number];
}

size_t tokens_count(const struct tokens *t)
{
    return t->list.count;
}

/* The slot of a token by what it is letter for letter. */
static uint32_t *slot_of(const struct tokens *t, uint64_t raw)
{
    uint32_t i = (uint32_t)(raw >> 20) & (t->room - 1);
    while (t->by_raw[i] && t->list.at[t->by_raw[i] - 1].raw != raw)
        i = (i + 1) & (t->room - 1);
    return &t->by_raw[i];
}

static void grow(struct tokens *t)
{
    free(t->by_raw);
    t->room *= 2;
    t->by_raw = memory_array(t->room, sizeof *t->by_raw);
    for (uint32_t i = 0; i < t->list.count; i++)
        *slot_of(t, t->list.at[i].raw) = i + 1;
}

/* Growing by hand: what is left behind of the old memory is wiped. */
static void push_token(struct tokens *t, const struct token *token)
{
    if (t->list.count == t->list.room) {
        size_t room = t->list.room ? t->list.room * 2 : 64;
        struct token *at = memory_array(room, sizeof *at);
        if (t->list.count)
            memcpy(at, t->list.at, t->list.count * sizeof *at);
        if (t->list.at)
            explicit_bzero(t->list.at, t->list.room * sizeof *at);
        free(t->list.at);
        t->list.at = at;
        t->list.room = room;
    }
    t->list.at[t->list.count++] = *token;
}

uint32_t tokens_add(struct tokens *t, const struct word *w, enum rank rank, bool spelled)
{
    uint32_t *slot = slot_of(t, w->raw);
    if (!*slot) {
        struct token token = {
            .letters = w->letters, .plain = w->plain, .key = w->key, .raw = w->raw, .rank = (uint8_t)rank};
        push_token(t, &token);
        *slot = (uint32_t)t->list.count;
    }
    uint32_t number = *slot - 1;
    struct token *token = &t->list.at[number];
    token->rank = rank < token->rank ? (uint8_t)rank : token->rank;
    token->name |= rank != RANK_WORD;
    token->persons += rank != RANK_WORD;
    token->spelled |= spelled;
    if (t->list.count * 2 > t->room)
        grow(t);
    return number;
}

static void put(struct lookup *l, uint64_t key, uint32_t token, enum match match, float cost)
{
    vector_push(&l->pairs, (struct pair){key, token, (uint8_t)match, cost});
}

static int by_key(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->token != y->token)
        return x->token < y->token ? -1 : 1;
    return (x->cost > y->cost) - (x->cost < y->cost);
}

static uint32_t head_of(const struct lookup *l, uint64_t key)
{
    return (uint32_t)((key * 0x9e3779b97f4a7c15) >> 32) & l->mask;
}

static void lookup_ready(struct lookup *l)
{
    uint32_t room = 64;
    while (room < l->pairs.count * 2)
        room *= 2;
    l->mask = room - 1;
    l->heads = memory_array(room, sizeof *l->heads);
    if (l->pairs.count)
        qsort(l->pairs.at, l->pairs.count, sizeof *l->pairs.at, by_key);
    for (uint32_t i = 0; i < l->pairs.count; i++) {
        if (i && l->pairs.at[i].key == l->pairs.at[i - 1].key)
            continue;
        uint32_t h = head_of(l, l->pairs.at[i].key);
        while (l->heads[h])
            h = (h + 1) & l->mask;
        l->heads[h] = i + 1;
    }
}

/* The first pair of a key, or the count. */
static uint32_t lookup_first(const struct lookup *l, uint64_t key)
{
    for (uint32_t h = head_of(l, key); l->heads[h]; h = (h + 1) & l->mask)
        if (l->pairs.at[l->heads[h] - 1].key == key)
            return l->heads[h] - 1;
    return (uint32_t)l->pairs.count;
}

static uint64_t group_key(uint16_t group)
{
    return key_of_bytes(&group, sizeof group, 91);
}

static void put_reversed(struct tokens *t, uint32_t number)
{
    const struct token *token = &t->list.at[number];
    struct letters turned = {.script = token->plain.script, .count = token->plain.count};
    for (uint8_t i = 0; i < turned.count; i++)
        turned.at[i] = token->plain.at[turned.count - 1 - i];
    uint64_t key = letters_key(&turned);
    if (turned.count >= SHORTEST_REVERSED && key != token->key)
        put(&t->forms, key, number, MATCH_REVERSED, 0);
}

static void put_forms(struct tokens *t, uint32_t number)
{
    const struct token *token = &t->list.at[number];
    struct base bases[BASES_MOST];
    uint16_t groups[KNOWN_MOST];
    put(&t->forms, token->key, number, MATCH_SAME, 0);
    if (!token->plain.count)
        return;
    put_reversed(t, number);
    unsigned count = token->name ? bases_of_name(&token->plain, bases) : 0;
    for (unsigned i = 1; i < count; i++)
        put(&t->forms, letters_key(&bases[i].letters), number, MATCH_FORM, bases[i].cost + 0.5f);
    if (!token->name) { /* of a phrase: what it is itself a form of, so that "signals" is "signal" */
        count = bases_read(&token->plain, &token->letters, bases);
        for (unsigned i = 1; i < count; i++)
            if (bases[i].cost <= DEAREST_SPELLED)
                put(&t->forms, letters_key(&bases[i].letters), number, MATCH_FORM, bases[i].cost);
    }
    bool may_be_given = token->rank == RANK_GIVEN || token->rank == RANK_COMMON;
    for (int kind = may_be_given ? KNOWN_GIVEN : KNOWN_FAMILY; token->name && kind <= KNOWN_FAMILY; kind++) {
        count = known_groups((enum known)kind, token->key, groups);
        for (unsigned i = 0; i < count; i++)
            put(&t->forms, group_key(groups[i]), number, MATCH_GROUP, 0.5f);
    }
}

static void put_skeletons_of(struct tokens *t, uint32_t number, const struct letters *letters)
{
    uint64_t skeletons[SKELETONS_MOST];
    unsigned count = letters->count >= SHORTEST_SPELLED ? skeletons_read(letters, skeletons) : 0;
    for (unsigned i = 0; i < count; i++)
        put(&t->skeletons, skeletons[i], number, MATCH_SPELLED, 0);
}

/* An Arabic name is also looked for without its article, which other scripts part from it. */
static void put_skeletons(struct tokens *t, uint32_t number)
{
    const struct token *token = &t->list.at[number];
    if (!token->spelled || token->plain.count < SHORTEST_SPELLED || token->plain.script == SCRIPT_OTHER)
        return;
    put_skeletons_of(t, number, &token->letters);
    struct letters article = {.script = SCRIPT_ARABIC}, bare = {.script = SCRIPT_ARABIC};
    letters_spell(&article, "ال");
    if (token->plain.script != SCRIPT_ARABIC || token->plain.count < 5 || memcmp(token->plain.at, article.at, 2) != 0)
        return;
    bare.count = (uint8_t)(token->plain.count - 2);
    memcpy(bare.at, token->plain.at + 2, bare.count);
    put_skeletons_of(t, number, &bare);
}

void tokens_ready(struct tokens *t)
{
    /* Enough at once, so that no copy of the keys is left behind by growing. */
    vector_reserve(&t->forms.pairs, t->list.count * (BASES_MOST + KNOWN_MOST + 2));
    vector_reserve(&t->skeletons.pairs, t->list.count * 2 * SKELETONS_MOST);
    for (uint32_t i = 0; i < t->list.count; i++) {
        put_forms(t, i);
        put_skeletons(t, i);
    }
    lookup_ready(&t->forms);
    lookup_ready(&t->skeletons);
}

/* Adds a hit; of several with one token the best of each kind stays. */
static void put_hit(hits *out, size_t first, struct hit h)
{
    for (size_t i = first; i < out->count; i++) {
        struct hit *old = &out->at[i];
        if (old->token != h.token || (old->match == MATCH_SPELLED) != (h.match == MATCH_SPELLED))
            continue;
        bool better = h.match == MATCH_SPELLED ? h.evidence > old->evidence
                                               : h.match < old->match || (h.match == old->match && h.cost < old->cost);
        if (better)
            *old = h;
        return;
    }
    vector_push(out, h);
}

static void find_key(const struct tokens *t, uint64_t key, enum match at_least, float cost, size_t first, hits *out)
{
    const struct lookup *l = &t->forms;
    for (uint32_t i = lookup_first(l, key); i < l->pairs.count && l->pairs.at[i].key == key; i++) {
        const struct pair *p = &l->pairs.at[i];
        if (p->match == MATCH_REVERSED && at_least != MATCH_SAME)
            continue;
        put_hit(out, first,
                (struct hit){.token = p->token,
                             .match = p->match > at_least ? p->match : (uint8_t)at_least,
                             .cost = p->cost + cost});
    }
}

/* `changed`: the letters are others already than the text has. */
static void find_read_as(const struct tokens *t, const UChar32 *points, size_t n, enum script script, bool changed,
                         size_t first, hits *out)
{
    struct letters read, plain;
    struct base bases[BASES_MOST];
    if (!letters_read_as(points, n, script, &read)) {
        if (!changed)
            return;
        letters_read(points, n, &read, NULL);
    }
    letters_plain(&read, &plain);
    unsigned count = plain.count >= SHORTEST_SPELLED ? bases_read(&plain, &read, bases) : 0;
    for (unsigned i = 0; i < count; i++)
        find_key(t, letters_key(&bases[i].letters), MATCH_LOOKALIKE, bases[i].cost, first, out);
}

/* Letters of the other script, and digits: "y4kub0v". A one passes for l and for i. */
static void find_lookalikes(const struct tokens *t, const signs *s, const struct word *w, size_t first, hits *out)
{
    UChar32 points[LETTERS_MOST];
    size_t n = 0;
    bool ones = false;
    for (uint32_t i = w->first; i < w->first + w->count && n < LETTERS_MOST; i++)
        points[n++] = s->at[i].c;
    find_read_as(t, points, n, SCRIPT_LATIN, false, first, out);
    find_read_as(t, points, n, SCRIPT_CYRILLIC, false, first, out);
    for (size_t i = 0; i < n; i++)
        if (points[i] == '1')
            points[i] = 'i', ones = true;
    if (ones)
        find_read_as(t, points, n, SCRIPT_LATIN, true, first, out);
}

void tokens_find(const struct tokens *t, const signs *s, const struct word *w, hits *out)
{
    size_t first = out->count;
    struct base bases[BASES_MOST];
    uint16_t groups[KNOWN_MOST];
    find_key(t, w->key, MATCH_SAME, 0, first, out);
    unsigned count = w->plain.count ? bases_read(&w->plain, &w->letters, bases) : 0;
    for (unsigned i = 0; i < count; i++) {
        uint64_t key = letters_key(&bases[i].letters);
        if (i)
            find_key(t, key, MATCH_FORM, bases[i].cost, first, out);
        for (int kind = KNOWN_GIVEN; kind <= KNOWN_FAMILY; kind++) {
            unsigned group_count = known_groups((enum known)kind, key, groups);
            for (unsigned g = 0; g < group_count; g++)
                find_key(t, group_key(groups[g]), MATCH_GROUP, bases[i].cost, first, out);
        }
    }
    if (w->letters.script <= SCRIPT_CYRILLIC)
        find_lookalikes(t, s, w, first, out);
}

void tokens_find_joined(const struct tokens *t, const struct letters *plain, bool forms, hits *out)
{
    size_t first = out->count;
    struct base bases[BASES_MOST];
    unsigned count = forms ? bases_read(plain, NULL, bases) : 1;
    if (!forms)
        bases[0] = (struct base){*plain, 0};
    for (unsigned i = 0; i < count; i++)
        find_key(t, letters_key(&bases[i].letters), i ? MATCH_FORM : MATCH_SAME, bases[i].cost, first, out);
}

/* Weighs the candidates of one skeleton. */
static void find_skeleton(const struct tokens *t, uint64_t skeleton, const struct letters *word, float cost,
                          unsigned *left, size_t first, hits *out)
{
    const struct lookup *l = &t->skeletons;
    for (uint32_t i = lookup_first(l, skeleton); *left && i < l->pairs.count && l->pairs.at[i].key == skeleton; i++) {
        const struct token *token = &t->list.at[l->pairs.at[i].token];
        --*left;
        double evidence = name_evidence(word, &token->letters) - (double)cost;
        if (evidence >= LEAST_EVIDENCE)
            put_hit(
                out, first,
                (struct hit){
                    .token = l->pairs.at[i].token, .match = MATCH_SPELLED, .cost = cost, .evidence = (float)evidence});
    }
}

void tokens_find_spelled(const struct tokens *t, const struct word *w, hits *out)
{
    size_t first = out->count;
    struct base bases[BASES_MOST];
    unsigned left = CANDIDATES_MOST;
    if (w->plain.count < SHORTEST_SPELLED || w->plain.script == SCRIPT_OTHER || !t->skeletons.pairs.count)
        return;
    unsigned count = bases_read(&w->plain, &w->letters, bases);
    for (unsigned i = 0; i < count; i++) {
        uint64_t skeletons[SKELETONS_MOST];
        const struct letters *word = i ? &bases[i].letters : &w->letters;
        if (bases[i].cost > DEAREST_SPELLED || word->count < SHORTEST_SPELLED)
            continue;
        unsigned found = skeletons_read(word, skeletons);
        for (unsigned k = 0; k < found; k++)
            find_skeleton(t, skeletons[k], word, bases[i].cost, &left, first, out);
    }
}
