/* Words by number, by skeleton, and by how well they spell one another: see sound.h. */
#include "search/sound.h"

#include "base/names.h"
#include "base/vector.h"
#include "gate/endings.h"
#include "gate/score.h"
#include "gate/skeleton.h"
#include "gate/words.h"

#include <unicode/utf8.h>

enum { SHORTEST = 3, CANDIDATES_MOST = 1000, HEARD_MOST = 12 };
static const double LEAST_EVIDENCE =
    6; /* spellings of one name have 8 and more; of a million words some have 4 by chance */
static const double BEHIND_MOST = 5; /* nats behind the best */
static const float DEAREST = 1.3f;   /* the cost of forms that are heard */
#define NO_EVIDENCE (-1000.0)

struct count {
    uint32_t units, last;
};

struct heard {
    uint32_t word, next; /* index + 1 of the next of this skeleton */
};

struct slot {
    uint64_t skeleton; /* 0: free */
    uint32_t first;    /* index + 1 */
};

struct sounds {
    struct names names;
    VECTOR(struct count) counts;
    VECTOR(struct heard) heard;
    VECTOR(uint32_t) asked; /* by word: the question that it was looked at for last */
    struct slot *slots;
    uint32_t mask, used;
    uint32_t done; /* words that were heard */
    uint32_t question;
};

struct sounds *sounds_new(void)
{
    struct sounds *s = memory_new(sizeof *s);
    names_init(&s->names);
    s->mask = 1023;
    s->slots = memory_array(s->mask + 1u, sizeof *s->slots);
    return s;
}

void sounds_free(struct sounds *s)
{
    if (!s)
        return;
    if (s->names.pool)
        explicit_bzero(s->names.pool, s->names.pooled);
    names_release(&s->names);
    vector_release(&s->counts);
    vector_release(&s->heard);
    vector_release(&s->asked);
    free(s->slots);
    free(s);
}

uint32_t sounds_add(struct sounds *s, struct text word, uint32_t unit)
{
    uint32_t n = names_intern(&s->names, word);
    if (n == s->counts.count)
        vector_push(&s->counts, (struct count){1, unit});
    else if (s->counts.at[n].last != unit)
        s->counts.at[n] = (struct count){s->counts.at[n].units + 1, unit};
    return n;
}

uint32_t sounds_units(const struct sounds *s, struct text word)
{
    uint32_t n = word.length <= 255 ? names_find(&s->names, word) : NAMES_NONE;
    return n == NAMES_NONE ? 0 : s->counts.at[n].units;
}

uint32_t sounds_words(const struct sounds *s)
{
    return (uint32_t)s->counts.count;
}

struct text sounds_text(const struct sounds *s, uint32_t word)
{
    return names_text(&s->names, word);
}

/* ---- skeletons ---- */

static struct slot *slot_of(const struct slot *slots, uint32_t mask, uint64_t skeleton)
{
    uint32_t i = (uint32_t)((skeleton * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;
    while (slots[i].skeleton && slots[i].skeleton != skeleton)
        i = (i + 1) & mask;
    return (struct slot *)&slots[i];
}

static void grow(struct sounds *s)
{
    uint32_t mask = s->mask * 2 + 1;
    struct slot *slots = memory_array((size_t)mask + 1, sizeof *slots);
    for (uint32_t i = 0; i <= s->mask; i++)
        if (s->slots[i].skeleton)
            *slot_of(slots, mask, s->slots[i].skeleton) = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->mask = mask;
}

static void put(struct sounds *s, uint64_t skeleton, uint32_t word)
{
    struct slot *slot = slot_of(s->slots, s->mask, skeleton);
    if (slot->first && s->heard.at[slot->first - 1].word == word)
        return;
    s->used += !slot->skeleton;
    slot->skeleton = skeleton;
    vector_push(&s->heard, (struct heard){word, slot->first});
    slot->first = (uint32_t)s->heard.count;
    if (s->used * 2 > s->mask)
        grow(s);
}

/* The forms that a word may be of a name; 0 where it is none that could be spelt in another script. */
static unsigned read_forms(struct text word, struct base forms[BASES_MOST])
{
    UChar32 points[LETTERS_MOST];
    struct letters letters, plain;
    size_t n = 0;
    for (size_t i = 0; i < word.length && n < LETTERS_MOST;) {
        UChar32 c;
        U8_NEXT(word.at, i, word.length, c);
        if (c >= '0' && c <= '9')
            return 0;
        points[n++] = c;
    }
    letters_read(points, n, &letters, NULL);
    if (letters.script == SCRIPT_OTHER || letters.count < SHORTEST)
        return 0;
    letters_plain(&letters, &plain);
    unsigned count = bases_read(&plain, &letters, forms);
    forms[0].letters = letters;
    return count;
}

static void hear(struct sounds *s, uint32_t word)
{
    struct base forms[BASES_MOST];
    uint64_t skeletons[SKELETONS_MOST];
    unsigned count = read_forms(sounds_text(s, word), forms);
    if (count > 1 && forms[0].letters.script == SCRIPT_LATIN)
        count = 1; /* a name in Latin letters hardly changes in a sentence */
    for (unsigned i = 0; i < count; i++) {
        if (forms[i].cost > DEAREST || forms[i].letters.count < SHORTEST)
            continue;
        unsigned found = skeletons_read(&forms[i].letters, skeletons);
        for (unsigned k = 0; k < found && k < HEARD_MOST; k++)
            put(s, skeletons[k], word);
    }
}

bool sounds_hear(struct sounds *s, uint32_t most)
{
    for (; most && s->done < s->counts.count; most--)
        hear(s, s->done++);
    return s->done < s->counts.count;
}

/* ---- what is alike ---- */

/* Vowels may be missing and one letter may be three: but not without end. Saves weighing most of what is no match. */
static bool is_as_long(const struct letters *a, const struct letters *b)
{
    unsigned apart = a->count > b->count ? a->count - b->count : b->count - a->count;
    return apart <= 2u + a->count / 2;
}

static double evidence_of(const struct letters *asked, struct text word)
{
    struct base forms[BASES_MOST];
    double best = NO_EVIDENCE;
    unsigned count = read_forms(word, forms);
    if (!count || forms[0].letters.script == asked->script)
        return best;
    for (unsigned i = 0; i < count; i++) {
        if (forms[i].cost > DEAREST || forms[i].letters.count < SHORTEST || !is_as_long(asked, &forms[i].letters))
            continue;
        double evidence = name_evidence(asked, &forms[i].letters) - (double)forms[i].cost;
        best = evidence > best ? evidence : best;
    }
    return best;
}

/* Keeps the likeliest, sorted. */
static unsigned keep(struct alike *out, unsigned count, struct alike a)
{
    if (count == ALIKE_MOST && out[count - 1].evidence >= a.evidence)
        return count;
    unsigned i = count < ALIKE_MOST ? count++ : ALIKE_MOST - 1;
    for (; i > 0 && out[i - 1].evidence < a.evidence; i--)
        out[i] = out[i - 1];
    out[i] = a;
    return count;
}

unsigned sounds_alike(struct sounds *s, struct text word, struct alike out[ALIKE_MOST])
{
    struct base forms[BASES_MOST];
    uint64_t skeletons[SKELETONS_MOST];
    unsigned count = 0, left = CANDIDATES_MOST;
    if (!read_forms(word, forms))
        return 0;
    sounds_hear(s, UINT32_MAX);
    s->question++;
    while (s->asked.count < s->counts.count)
        vector_push(&s->asked, 0);
    unsigned found = skeletons_read(&forms[0].letters, skeletons);
    for (unsigned k = 0; k < found; k++) {
        const struct slot *slot = slot_of(s->slots, s->mask, skeletons[k]);
        for (uint32_t i = slot->first; i && left; i = s->heard.at[i - 1].next) {
            uint32_t candidate = s->heard.at[i - 1].word;
            if (s->asked.at[candidate] == s->question)
                continue;
            s->asked.at[candidate] = s->question;
            double evidence = evidence_of(&forms[0].letters, sounds_text(s, candidate));
            left -= evidence > NO_EVIDENCE;
            if (evidence >= LEAST_EVIDENCE)
                count = keep(out, count, (struct alike){candidate, (float)evidence});
        }
    }
    while (count && (double)(out[0].evidence - out[count - 1].evidence) > BEHIND_MOST)
        count--;
    return count;
}

bool sounds_same(struct text a, struct text b)
{
    struct base forms[BASES_MOST];
    return read_forms(a, forms) && evidence_of(&forms[0].letters, b) >= LEAST_EVIDENCE;
}
