/* Marks to finds: what parts of one secret near each other say together. The second half of a search
 * (secrets_inside.h). */
#include "gate/secrets_inside.h"

#include "gate/endings.h"
#include "gate/known.h"
#include "gate/score.h"

#include <math.h>
#include <string.h>

enum { NEAR_WORDS = 3 };              /* so far may parts of a name be from each other */
static const double TOGETHER = 3;     /* nats for standing near each other */
static const double NEAR_MISS = 4;    /* nats below what a find needs */
static const double INITIAL = 5.5;    /* nats of the other name's first letter beside a name */
static const double CHANCE_BITS = 44; /* what stands among bytes that are no text must be as unlikely */

static bool is_allowed_word(const struct secrets *s, const struct word *w)
{
    struct base bases[BASES_MOST];
    unsigned count = w->plain.count ? bases_read(&w->plain, &w->letters, bases) : 0;
    for (unsigned i = 0; i < count || i == 0; i++) {
        uint64_t key = i < count ? letters_key(&bases[i].letters) : w->key;
        size_t low = 0, high = s->allowed.count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (s->allowed.at[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < s->allowed.count && s->allowed.at[low] == key)
            return true;
    }
    return false;
}

static bool is_allowed(const struct search *s, uint32_t first, uint32_t last)
{
    if (!s->secrets->allowed.count)
        return false;
    for (uint32_t i = first; i <= last; i++)
        if (!is_allowed_word(s->secrets, &s->words.at[i]))
            return false;
    return true;
}

/* How unlikely it is that chance wrote these words among bytes that are no text, in bits. */
static double chance_bits(const struct search *s, uint32_t first, uint32_t last)
{
    const struct word *a = &s->words.at[first], *b = &s->words.at[last];
    const signs *all = &s->view->signs;
    double bits = 0;
    size_t from = a->first, to = b->first + b->count, around = 0;
    for (size_t i = from; i < to; i++)
        bits += all->at[i].c < 0x80 ? 7 : 15;
    while (from > 0 && all->at[from - 1].c && around < 64)
        from--, around++;
    while (to < all->count && all->at[to].c && around < 64)
        to++, around++;
    return bits + 1.43 * (double)around + (a->undone & UNDONE_WHOLE ? 16 : 0);
}

void search_put(struct search *s, uint32_t first, uint32_t last, struct secret_find find)
{
    if (s->view->torn && chance_bits(s, first, last) < CHANCE_BITS)
        return;
    find.start = s->words.at[first].start;
    find.end = s->words.at[last].end;
    for (uint32_t i = first; i <= last; i++) {
        find.start = s->words.at[i].start < find.start ? s->words.at[i].start : find.start;
        find.end = s->words.at[i].end > find.end ? s->words.at[i].end : find.end;
    }
    find.near |= is_allowed(s, first, last);
    vector_push(s->out, find);
}

static int by_secret(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->secret != y->secret)
        return x->secret < y->secret ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    return (x->value < y->value) - (x->value > y->value);
}

/* Whether no sentence ends between two words, and they are of one text. */
static bool is_one_text(const struct search *s, uint32_t first, uint32_t last)
{
    for (uint32_t i = first + 1; i <= last; i++)
        if (s->words.at[i].gap == GAP_STOP || (s->words.at[i].gap == GAP_BREAK && s->view->torn))
            return false;
    return true;
}

/* The first letter of another part of the name, alone beside the words: "Alisher Y." */
static bool has_initial(const struct search *s, const struct secret_entry *e, const struct mark *m)
{
    uint32_t sides[2] = {m->last + 1, m->first - 1};
    for (unsigned k = 0; k < 2; k++) {
        if (sides[k] >= s->words.count)
            continue;
        const struct word *w = &s->words.at[sides[k]];
        if (w->plain.count != 1 || !(w->flags & (WORD_CAPITAL | WORD_CASELESS)))
            continue;
        for (uint32_t p = 0; p < e->parts; p++) {
            const struct part *part = &s->secrets->parts.at[e->first + p];
            const struct token *t = tokens_at(s->secrets->tokens, part->token);
            if (p != m->part && (initial_of(&t->plain) & initial_of(&w->plain)))
                return true;
        }
    }
    return false;
}

/* Parts of one name that stand near each other. */
struct cluster {
    double sum, best_alone;
    unsigned parts, sure;
    uint32_t last, behind; /* last word; the first mark behind it */
    uint8_t how;
};

static struct cluster cluster_from(const struct search *s, size_t from, size_t end)
{
    const struct mark *all = s->marks.at, *m = &all[from];
    struct cluster c = {m->value, m->alone, 1, m->sure, m->last, 0, m->how};
    uint32_t seen = UINT32_C(1) << (m->part & 31);
    size_t i = from + 1;
    for (; i < end && all[i].first <= c.last + NEAR_WORDS; i++) {
        const struct mark *n = &all[i];
        if (!is_one_text(s, c.last, n->first))
            break;
        if (n->first <= c.last && n->part == m->part && n->alone > (float)c.best_alone)
            c.best_alone = n->alone, c.how = n->how;
        if (n->first <= c.last || (seen >> (n->part & 31) & 1))
            continue;
        seen |= UINT32_C(1) << (n->part & 31);
        c.sum += n->value;
        c.best_alone = fmax(c.best_alone, n->alone);
        c.parts++;
        c.sure += n->sure;
        c.how = n->how > c.how ? n->how : c.how;
        c.last = n->last;
    }
    c.behind = (uint32_t)i;
    return c;
}

static void weigh_name(struct search *s, const struct secret_entry *e, size_t from, size_t end)
{
    double need = s->secrets->need;
    for (size_t i = from; i < end;) {
        const struct mark *m = &s->marks.at[i];
        struct cluster c = cluster_from(s, i, end);
        double total = c.best_alone;
        if (c.parts > 1)
            total = fmax(total, c.sum + TOGETHER);
        if (c.sure >= 2 && c.sum > 6)
            total = fmax(total, need + 1);
        if (c.parts == 1 && m->exact && m->value >= 1 && has_initial(s, e, m)) {
            total = fmax(total, (double)m->value + INITIAL);
            if (search_role_near(s, m->first, m->last, e->owner))
                total = need + 1;
        }
        if (total >= need - NEAR_MISS)
            search_put(s, m->first, c.last,
                       (struct secret_find){.owner = e->owner,
                                            .kind = (enum secret_kind)e->kind,
                                            .how = (enum secret_how)c.how,
                                            .near = total < need,
                                            .score = name_squash(total - need)});
        size_t next = c.parts > 1 ? c.behind : i + 1;
        while (next < end && s->marks.at[next].first <= c.last && c.parts > 1)
            next++;
        i = next > i ? next : i + 1;
    }
}

/* Whether a comma, a bracket or the like stands between two words. */
static bool are_parted(const struct search *s, uint32_t last, uint32_t next)
{
    uint32_t from = s->words.at[last].first + s->words.at[last].count;
    for (uint32_t i = from; i < s->words.at[next].first; i++)
        if (strchr(",;:()", (int)(s->view->signs.at[i].c < 0x80 ? s->view->signs.at[i].c : 'x')))
            return true;
    return false;
}

/* Whether only words that mean nothing stand between two, or one more in the same breath. */
static bool may_stand_between(const struct search *s, uint32_t last, uint32_t next)
{
    unsigned others = 0;
    for (uint32_t i = last + 1; i < next; i++)
        others += !known_is(KNOWN_STOP, s->words.at[i].key);
    return others <= 1 && !(others && are_parted(s, last, next)) && is_one_text(s, last, next);
}

/* The mark of part `part` that follows word `last`; `end` where there is none. */
static size_t follow(const struct search *s, const struct secret_entry *e, uint32_t part, uint32_t last, size_t from,
                     size_t end)
{
    enum { FAR = 6 };
    for (size_t i = from; i < end && s->marks.at[i].first <= last + FAR; i++) {
        const struct mark *m = &s->marks.at[i];
        if (m->part != part || m->first <= last)
            continue;
        if (e->form == FORM_EXACT ? m->first == last + 1 : may_stand_between(s, last, m->first))
            return i;
    }
    return end;
}

static void weigh_phrase(struct search *s, const struct secret_entry *e, size_t from, size_t end)
{
    enum { LEAST_SPELLED = 5 };
    for (size_t i = from; i < end; i++) {
        const struct mark *m = &s->marks.at[i];
        uint8_t how = m->how;
        uint32_t last = m->last, part = 1;
        bool weak = !m->exact && m->value < (float)(e->parts == 1 ? s->secrets->need : LEAST_SPELLED);
        if (m->part != 0 || (i > from && s->marks.at[i - 1].first == m->first && s->marks.at[i - 1].part == 0))
            continue;
        for (; part < e->parts; part++) {
            size_t k = follow(s, e, part, last, i, end);
            if (k == end)
                break;
            last = s->marks.at[k].last;
            weak |= !s->marks.at[k].exact && s->marks.at[k].value < LEAST_SPELLED;
            how = s->marks.at[k].how > how ? s->marks.at[k].how : how;
        }
        if (part == e->parts)
            search_put(s, m->first, last,
                       (struct secret_find){.owner = e->owner,
                                            .kind = (enum secret_kind)e->kind,
                                            .how = (enum secret_how)how,
                                            .near = weak,
                                            .score = weak ? 0.4 : 1});
    }
}

void search_weigh(struct search *s)
{
    if (s->marks.count)
        qsort(s->marks.at, s->marks.count, sizeof *s->marks.at, by_secret);
    for (size_t i = 0; i < s->marks.count;) {
        size_t end = i;
        while (end < s->marks.count && s->marks.at[end].secret == s->marks.at[i].secret)
            end++;
        const struct secret_entry *e = &s->secrets->list.at[s->marks.at[i].secret];
        if (e->form == FORM_NAME)
            weigh_name(s, e, i, end);
        else
            weigh_phrase(s, e, i, end);
        i = end;
    }
}
