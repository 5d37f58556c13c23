/* Words of a text to the parts of secrets that they may be: the first half of a search (secrets_inside.h).
 *
 * Each word is looked up once however often it stands there. How much a part that was met says depends on what it is
 * (a rare family name, a given name, a common word) and on how the word is written. */
#include "gate/secrets_inside.h"

#include "gate/endings.h"
#include "gate/known.h"

#include <math.h>
#include <string.h>

/* What was found for a word that looks like this. */
struct looked {
    uint64_t raw; /* 0: free */
    uint32_t exact, exact_count, spelled, spelled_count;
    bool has_spelled;
};

struct memo {
    struct looked *at;
    uint32_t mask;
    hits hits;
};

static void memo_make(struct memo *m, size_t words)
{
    uint32_t room = 64;
    while (room < words * 2)
        room *= 2;
    m->at = memory_array(room, sizeof *m->at);
    m->mask = room - 1;
}

static struct looked *memo_of(struct memo *m, uint64_t raw)
{
    uint32_t i = (uint32_t)(raw >> 20) & m->mask;
    while (m->at[i].raw && m->at[i].raw != raw)
        i = (i + 1) & m->mask;
    return &m->at[i];
}

static const struct looked *look_up(const struct search *s, struct memo *m, const struct word *w, bool spelled)
{
    struct looked *l = memo_of(m, w->raw);
    if (!l->raw) {
        l->raw = w->raw;
        l->exact = (uint32_t)m->hits.count;
        tokens_find(s->secrets->tokens, &s->view->signs, w, &m->hits);
        l->exact_count = (uint32_t)m->hits.count - l->exact;
    }
    if (spelled && !l->has_spelled) {
        l->has_spelled = true;
        l->spelled = (uint32_t)m->hits.count;
        tokens_find_spelled(s->secrets->tokens, w, &m->hits);
        l->spelled_count = (uint32_t)m->hits.count - l->spelled;
    }
    return l;
}

/* Whether a word can be a name by how it is written. */
static bool stands_out(const struct word *w)
{
    return w->flags & (WORD_CAPITAL | WORD_CASELESS | WORD_TECHNICAL | WORD_TURNED | WORD_DISGUISED);
}

/* Whether a word, or without capitals one that it may be a form of, is common. */
static bool is_ordinary(const struct word *w)
{
    struct base bases[BASES_MOST];
    if (known_is(KNOWN_COMMON, w->key) || known_is(KNOWN_STOP, w->key))
        return true;
    unsigned count = w->flags & WORD_CASELESS ? bases_read(&w->plain, &w->letters, bases) : 0;
    for (unsigned i = 1; i < count; i++)
        if (known_is(KNOWN_COMMON, letters_key(&bases[i].letters)))
            return true;
    return false;
}

/* Other spellings are looked for of what can be a name and is no common word of a language. */
static bool wants_spelled(const struct search *s, const struct word *w)
{
    enum { LEAST_SMALL = 5 };
    if ((!stands_out(w) && w->plain.count < LEAST_SMALL) || (s->view->torn && !(w->undone & UNDONE_WHOLE)))
        return false;
    bool plain_word = !(w->flags & WORD_CAPITAL) || (w->flags & WORD_OPENS);
    return !(plain_word && is_ordinary(w));
}

static enum secret_how how_of(const struct search *s, const struct word *w, const struct hit *h)
{
    static const uint8_t how[] = {
        [MATCH_SAME] = HOW_PLAIN,          [MATCH_FORM] = HOW_CASE,         [MATCH_GROUP] = HOW_SPELLING,
        [MATCH_LOOKALIKE] = HOW_LOOKALIKE, [MATCH_REVERSED] = HOW_REVERSED, [MATCH_SPELLED] = HOW_SPELLING,
    };
    if ((w->undone & UNDONE_ENCODED) || s->view->torn)
        return HOW_ENCODED;
    if (w->undone & UNDONE_HIDDEN)
        return HOW_INVISIBLE;
    if (w->undone & UNDONE_MARKUP)
        return HOW_PIECES;
    if (w->flags & WORD_DISGUISED)
        return HOW_LOOKALIKE;
    bool other_script = tokens_at(s->secrets->tokens, h->token)->plain.script != w->plain.script;
    return how[h->match] == HOW_SPELLING && other_script ? HOW_SCRIPT : how[h->match];
}

/* What the part of a name says that is met letter for letter, in nats. */
struct worth {
    double joint, alone;
};

static struct worth worth_of(const struct search *s, const struct part *p, const struct token *t)
{
    double need = s->secrets->need, shared = log((double)(t->persons > 1 ? t->persons : 1));
    unsigned letters = t->plain.count;
    switch (p->rank) {
    case RANK_WHOLE:
        return (struct worth){need + 4, need + 4};
    case RANK_NAME:
        if (letters >= 4 || (letters == 0 && t->plain.script == SCRIPT_OTHER))
            return (struct worth){need + 6, need + 6};
        return letters == 3 ? (struct worth){8, need + 1} : (struct worth){3, 0};
    case RANK_RARE:
        return (struct worth){8 - shared / 2, letters >= 4 ? 10.5 - 1.5 * shared : 4};
    case RANK_GIVEN:
        return (struct worth){5 - shared / 3, fmin(need - 2.5, 10) - shared};
    default:
        return (struct worth){4 - shared / 3, need - 4 - shared};
    }
}

/* How the word is written takes away from what it says. */
static void weigh_writing(const struct search *s, const struct word *w, const struct hit *h, const struct part *p,
                          const struct token *t, struct worth *v)
{
    static const double small_and_spelled = 5;
    double need = s->secrets->need;
    bool common = p->rank == RANK_COMMON, given = p->rank == RANK_GIVEN || p->rank == RANK_RARE;
    if (common && (!(w->flags & WORD_CAPITAL) || (w->flags & WORD_OPENS)))
        v->alone = 0;
    if (!stands_out(w)) {
        v->joint = common ? 0 : given ? v->joint / 2 : v->joint - 4;
        v->alone -= h->match == MATCH_SPELLED ? small_and_spelled : 0;
        v->alone = given ? 0 : fmin(v->alone, t->plain.count >= 5 ? need + 2 : need - 3);
    }
    if ((w->flags & WORD_CASELESS) && !given && t->plain.count == 3)
        v->alone = need - 3;
    if (given && (w->flags & (WORD_OPENS | WORD_CASELESS)) && !(w->flags & WORD_TECHNICAL) &&
        known_is(KNOWN_COMMON, w->key))
        v->alone = 0;
}

static void weigh_match(const struct search *s, const struct word *w, const struct hit *h, const struct part *p,
                        const struct token *t, struct worth *v)
{
    double need = s->secrets->need;
    bool name = p->rank == RANK_NAME || p->rank == RANK_WHOLE;
    switch (h->match) {
    case MATCH_SPELLED:
        v->joint = fmin(v->joint, name ? (double)h->evidence : (double)h->evidence / 3);
        v->alone = name || p->rank == RANK_RARE ? (double)h->evidence : 0;
        if (w->plain.script == t->plain.script)
            v->alone -= w->plain.script == SCRIPT_CYRILLIC ? 3 : 1;
        else if (w->flags & WORD_CASELESS)
            v->alone -= 1;
        break;
    case MATCH_REVERSED:
        v->joint = fmin(v->joint, t->plain.count);
        v->alone = !name                    ? 0
                   : w->flags & WORD_TURNED ? need + 2
                   : t->plain.count >= 6    ? need + 2
                   : t->plain.count == 5    ? need
                                            : need - 2;
        break;
    case MATCH_LOOKALIKE:
        v->joint = fmin(v->joint, need);
        v->alone = name ? need + 2 : fmin(v->alone, need - 3);
        break;
    default:
        v->joint -= (double)h->cost;
        v->alone -= (double)h->cost;
        break;
    }
}

enum { MET_MOST = 4000 }; /* times that one word of a secret is marked in a view: a flood of it says nothing more */

static void put_marks(struct search *s, uint32_t first, uint32_t last, const struct hit *h)
{
    const struct secrets *all = s->secrets;
    const struct word *w = &s->words.at[first];
    const struct token *t = tokens_at(all->tokens, h->token);
    if (s->met[h->token]++ >= MET_MOST)
        return;
    for (uint32_t u = all->first_use[h->token]; u < all->first_use[h->token + 1]; u++) {
        const struct use *use = &all->uses.at[u];
        const struct secret_entry *e = &all->list.at[use->secret];
        const struct part *p = &all->parts.at[e->first + use->part];
        struct mark m = {.secret = use->secret, .part = use->part, .first = first, .last = last};
        m.how = (uint8_t)how_of(s, w, h);
        m.exact = h->match != MATCH_SPELLED;
        m.sure = m.exact && h->match != MATCH_REVERSED && stands_out(w) &&
                 (p->rank != RANK_COMMON || !(w->flags & (WORD_OPENS | WORD_CASELESS)));
        if (e->form == FORM_NAME) {
            struct worth v = worth_of(s, p, t), most = v;
            weigh_match(s, w, h, p, t, &v);
            weigh_writing(s, w, h, p, t, &v);
            v.alone = fmin(v.alone, most.alone);
            m.value = (float)v.joint;
            m.alone = (float)v.alone;
        } else {
            m.value = m.exact ? 100 - h->cost : h->evidence;
            if (h->match == MATCH_GROUP || (h->match == MATCH_REVERSED && e->parts == 1))
                continue;
        }
        vector_push(&s->marks, m);
    }
}

/* Names without blanks, and family names within words of addresses. */
static void mark_within(struct search *s, uint32_t at)
{
    enum { LEAST = 5, SURE = 7, MOST = 20, LONGEST = 32 };
    const struct word *w = &s->words.at[at];
    hits found = {0};
    if (!(w->flags & WORD_TECHNICAL) || w->plain.count < LEAST + 2 || w->plain.count > LONGEST ||
        (s->view->torn && !(w->undone & UNDONE_WHOLE)))
        return;
    for (uint8_t from = 0; from + LEAST <= w->plain.count; from++)
        for (uint8_t to = from + LEAST; to <= w->plain.count && to <= from + MOST; to++) {
            struct letters some = {.script = w->plain.script, .count = (uint8_t)(to - from)};
            memcpy(some.at, w->plain.at + from, some.count);
            if (some.count < w->plain.count)
                tokens_find_joined(s->secrets->tokens, &some, false, &found);
        }
    for (size_t i = 0; i < found.count; i++) {
        const struct token *t = tokens_at(s->secrets->tokens, found.at[i].token);
        size_t first = s->marks.count;
        if (found.at[i].match != MATCH_SAME || (t->rank != RANK_NAME && t->rank != RANK_WHOLE))
            continue;
        put_marks(s, at, at, &found.at[i]);
        for (size_t k = first; k < s->marks.count; k++) {
            struct mark *m = &s->marks.at[k];
            m->how = HOW_PIECES;
            m->sure = false;
            m->alone = (float)(s->secrets->need + (t->plain.count >= SURE ? 1 : -3));
        }
    }
    vector_release(&found);
}

/* Marks the parts that several words are together. `firm`: no blank parts them, or the first is written as a name. */
static void mark_together(struct search *s, uint32_t first, uint32_t last, const struct letters *together, bool firm,
                          bool forms, hits *found)
{
    found->count = 0;
    tokens_find_joined(s->secrets->tokens, together, forms, found);
    for (size_t i = 0; i < found->count; i++) {
        const struct token *t = tokens_at(s->secrets->tokens, found->at[i].token);
        size_t before = s->marks.count;
        if (t->rank == RANK_WHOLE || t->rank == RANK_WORD)
            continue;
        put_marks(s, first, last, &found->at[i]);
        for (size_t k = before; k < s->marks.count; k++) {
            struct mark *m = &s->marks.at[k];
            bool name = s->secrets->parts.at[s->secrets->list.at[m->secret].first + m->part].rank == RANK_NAME;
            m->how = found->at[i].match == MATCH_REVERSED ? HOW_REVERSED : HOW_PIECES;
            m->sure = firm;
            m->alone = name ? (float)(s->secrets->need + (firm ? 2 : -3)) - found->at[i].cost : 0;
        }
    }
}

static bool add_letters(struct letters *to, const struct letters *more)
{
    if (to->script != more->script || to->count + more->count > LETTERS_MOST / 2)
        return false;
    memcpy(to->at + to->count, more->at, more->count);
    to->count = (uint8_t)(to->count + more->count);
    return true;
}

/* Whether nothing but tags stands between a word and the one before: "<td>Yak</td><td>ubov</td>". */
static bool are_parted_by_tags(const struct search *s, uint32_t at)
{
    const struct word *before = &s->words.at[at - 1], *w = &s->words.at[at];
    for (uint32_t i = before->first + before->count; i < w->first; i++)
        if (s->view->signs.at[i].c != 0)
            return false;
    return !s->view->torn && !s->view->markup;
}

/* Two to four neighbours that are one name in pieces: "Yaku-bov", "Yaku bov". */
static void mark_pieces(struct search *s, uint32_t at, hits *found)
{
    enum { NEIGHBOURS = 4, LEAST = 5, LEAST_OF_SIGNS = 4 };
    const struct word *first = &s->words.at[at];
    struct letters together = first->plain;
    bool signs_only = true;
    bool named = (first->flags & WORD_CASELESS) || ((first->flags & WORD_CAPITAL) && !(first->flags & WORD_OPENS));
    for (uint32_t k = at + 1; k < s->words.count && k < at + NEIGHBOURS; k++) {
        const struct word *w = &s->words.at[k];
        bool by_tags = w->gap == GAP_BREAK && are_parted_by_tags(s, k);
        if ((w->gap > GAP_BLANK && !by_tags) || !add_letters(&together, &w->plain))
            break;
        signs_only &= w->gap == GAP_SIGN || by_tags;
        if (together.count >= (signs_only ? LEAST_OF_SIGNS : LEAST) && w->plain.count)
            mark_together(s, at, k, &together, signs_only || named, signs_only, found);
    }
}

/* Letters that stand alone, one after the other: "Y a k u b o v", "Y.a.k.u.b.o.v". The row from `at` on; the word
 * behind it. */
static uint32_t mark_spaced(struct search *s, uint32_t at, hits *found)
{
    enum { LEAST = 4, MOST = 20 };
    uint32_t end = at;
    while (end < s->words.count && s->words.at[end].plain.count == 1 && (end == at || s->words.at[end].gap < GAP_BREAK))
        end++;
    for (uint32_t from = at; from + LEAST <= end; from++) {
        struct letters together = s->words.at[from].plain;
        for (uint32_t to = from + 1; to < end && to < from + MOST && add_letters(&together, &s->words.at[to].plain);
             to++)
            if (together.count >= LEAST)
                mark_together(s, from, to, &together, true, from == at && to + 1 == end, found);
    }
    if (end - at >= LEAST && end - at < LETTERS_MOST / 2) {
        struct word w = s->words.at[at];
        for (uint32_t k = at + 1; k < end; k++)
            add_letters(&w.plain, &s->words.at[k].plain);
        w.letters = w.plain;
        found->count = 0;
        tokens_find_spelled(s->secrets->tokens, &w, found);
        size_t before = s->marks.count;
        for (size_t i = 0; i < found->count; i++)
            put_marks(s, at, end - 1, &found->at[i]);
        for (size_t i = before; i < s->marks.count; i++)
            s->marks.at[i].how = HOW_PIECES;
    }
    return end > at ? end : at + 1;
}

static bool is_exact_too(const struct hit *exact, uint32_t count, uint32_t token)
{
    for (uint32_t i = 0; i < count; i++)
        if (exact[i].token == token && exact[i].match <= MATCH_FORM)
            return true;
    return false;
}

void search_mark(struct search *s)
{
    struct memo memo = {0};
    hits found = {0};
    memo_make(&memo, s->words.count);
    s->met = memory_array(tokens_count(s->secrets->tokens), sizeof *s->met);
    for (uint32_t i = 0; i < s->words.count; i++) {
        const struct word *w = &s->words.at[i];
        bool spelled = wants_spelled(s, w);
        const struct looked *l = look_up(s, &memo, w, spelled);
        for (uint32_t k = 0; k < l->exact_count; k++)
            put_marks(s, i, i, &memo.hits.at[l->exact + k]);
        for (uint32_t k = 0; spelled && k < l->spelled_count; k++)
            if (!is_exact_too(&memo.hits.at[l->exact], l->exact_count, memo.hits.at[l->spelled + k].token))
                put_marks(s, i, i, &memo.hits.at[l->spelled + k]);
        mark_within(s, i);
        mark_pieces(s, i, &found);
    }
    for (uint32_t i = 0; i < s->words.count;)
        i = mark_spaced(s, i, &found);
    free(memo.at);
    free(s->met);
    s->met = NULL;
    vector_release(&memo.hits);
    vector_release(&found);
}
