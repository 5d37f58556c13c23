/* Small claims: see small.h. */
#include "standing/small.h"

#include "standing/circuit.h"
#include "standing/gather.h"
#include "standing/hitting.h"
#include "standing/scratch.h"
#include "standing/units.h"

#include <string.h>

enum {
    MOST_LINES = 768,
    MOST_MEMBERS = 4096, /* of lines, together */
    MOST_VOICES = 1024,
    MOST_UNITS = 1400,
    MOST_CLAIMS = UNITSET_MOST,
    MOST_INFERS = 192,
    MOST_PREMISES = 512,
    MOST_FORCED = 600,
    SLOTS = 4096,     /* of the table of numbers: more than all units that can come */
    MOST_NESTED = 12, /* claims below each other that are looked at for being broken for nothing */
    MOST_ROOM = 8192, /* lines, and inferences, of the branches on the way down */
    MOST_STEPS = 100000,
};
#define NOBODY UINT32_MAX
#define FORCED (UINT32_MAX - 1) /* the number of a unit that has to be wrong anyway */

/* Voices, or units, to numbers from 0: open addressing; emptied by a new round. */
struct numbering {
    uint32_t key[SLOTS], round[SLOTS], number[SLOTS];
    uint32_t now, count, used;
};

struct small_line {
    uint16_t first, count; /* members: voices' numbers */
    bool firm, impugned;
};

struct small_infer {
    uint32_t reasoner;     /* a voice's number, or NOBODY */
    uint32_t first, count; /* premises */
};

struct small_claim {
    uint32_t claim;
    uint32_t first_line, lines, first_infer, infers;
};

/* What one kind of units makes of it. */
struct view {
    bool made;
    uint32_t base;                 /* units that are forced */
    bool infer_gone[MOST_INFERS];  /* its reasoner is wrong anyway */
    unitset line[MOST_LINES];      /* 0: touched anyway, or apart */
    bool apart[MOST_LINES];        /* no other line has any of its units: it costs one of its own */
    unitset reasoner[MOST_INFERS]; /* 0: there is none */
    unitset further[MOST_FORCED];  /* lines of forced voices that have several units */
    uint32_t further_count;
};

struct small {
    bool loaded;
    struct numbering voices, units;
    uint32_t voice_at[MOST_VOICES];
    uint32_t claims, lines, members, infers, premises;
    struct small_claim claim[MOST_CLAIMS];
    struct small_line line[MOST_LINES];
    uint16_t member[MOST_MEMBERS];
    struct small_infer infer[MOST_INFERS];
    uint8_t premise[MOST_PREMISES]; /* claims */
    words forced;                   /* voices that are a whole firm line each */
    struct view voice_view, unit_view;

    /* while a view is made */
    words list;                                                      /* numbers of units, voice by voice */
    uint32_t units_at[MOST_VOICES + 1], further_at[MOST_FORCED + 1]; /* where theirs start */
    uint32_t uses[MOST_UNITS], bit[MOST_UNITS], bits;

    /* one measure */
    const struct view *seen;
    unitset counts[MOST_LINES];  /* 0: the line does not count, is touched anyway, or is apart */
    uint32_t apart[MOST_CLAIMS]; /* lines that count and are apart */
    unitset span[MOST_CLAIMS], infer_span[MOST_INFERS];
    unitset apart_below[MOST_CLAIMS], infer_apart[MOST_INFERS]; /* claims that have lines apart */
    bool down[MOST_INFERS];
    struct hitting hitting;
    unitset room[MOST_ROOM];
    uint8_t infer_room[MOST_ROOM];
    size_t room_used, infer_room_used;
};

struct small *small_new(void)
{
    return memory_new(sizeof(struct small));
}

void small_free(struct small *s)
{
    if (!s)
        return;
    vector_release(&s->forced);
    vector_release(&s->list);
    free(s);
}

/* ---- numbers ---- */

static void numbering_clear(struct numbering *n)
{
    n->count = n->used = 0;
    if (++n->now == 0) {
        memset(n->round, 0, sizeof n->round);
        n->now = 1;
    }
}

/* The slot of a key: its own, or the empty one where it would go. */
static uint32_t numbering_slot(const struct numbering *n, uint32_t key)
{
    uint32_t at = key * UINT32_C(2654435769) >> 20;
    while (n->round[at] == n->now && n->key[at] != key)
        at = (at + 1) % SLOTS;
    return at;
}

static bool numbering_has(const struct numbering *n, uint32_t slot)
{
    return n->round[slot] == n->now;
}

static void numbering_put(struct numbering *n, uint32_t slot, uint32_t key, uint32_t number)
{
    n->key[slot] = key;
    n->round[slot] = n->now;
    n->number[slot] = number;
    n->used++;
}

/* The number of a voice or unit, a new one where it had none. The caller sees to it that there are not too many. */
static uint32_t number_of(struct numbering *n, uint32_t key)
{
    uint32_t slot = numbering_slot(n, key);
    if (numbering_has(n, slot))
        return n->number[slot];
    numbering_put(n, slot, key, n->count);
    return n->count++;
}

/* ---- taking in ---- */

/* The number of a voice, NOBODY where there are too many. */
static uint32_t voice_number(struct small *s, uint32_t voice)
{
    uint32_t before = s->voices.count;
    if (before == MOST_VOICES)
        return NOBODY;
    uint32_t number = number_of(&s->voices, voice);
    if (number == before)
        s->voice_at[number] = voice;
    return number;
}

static bool begin_line(struct small *s, bool firm)
{
    if (s->lines == MOST_LINES)
        return false;
    s->line[s->lines++] = (struct small_line){(uint16_t)s->members, 0, firm, false};
    return true;
}

/* Adds a voice to the line begun last. */
static bool add_member(const struct graph *g, struct small *s, uint32_t voice)
{
    struct small_line *line = &s->line[s->lines - 1];
    uint32_t number = s->members < MOST_MEMBERS ? voice_number(s, voice) : NOBODY;
    if (number == NOBODY)
        return false;
    s->member[s->members++] = (uint16_t)number;
    line->count++;
    line->impugned = line->impugned || g->marks.at[voice] & VOICE_IMPUGNED;
    return true;
}

/* The claim's own lines, apart from those of lone voices, which are only counted. */
static bool take_own_lines(const struct graph *g, struct small *s)
{
    const struct lines *own = &g->scratch->own;
    const uint32_t *at = own->at;
    for (uint32_t i = 0; i < own->count; i++, at += 1 + line_length(*at)) {
        if (line_length(*at) == 1 && line_firm(*at) && is_lone_voice(g, at[1])) {
            vector_push(&s->forced, at[1]);
            continue;
        }
        if (!begin_line(s, line_firm(*at)))
            return false;
        for (uint32_t j = 1; j <= line_length(*at); j++)
            if (!add_member(g, s, at[j]))
                return false;
    }
    return s->forced.count <= MOST_FORCED;
}

/* A premise's line: left out where a lone voice of the claim, or one who is out, is on it. False where there is no
 * room. */
static bool take_line(const struct graph *g, struct small *s, const uint32_t *line)
{
    const uint32_t *member = line + LINE_MEMBERS;
    for (;; member += 2) {
        uint32_t voice = line_voice(member);
        if (is_lone_voice(g, voice) || g->marks.at[voice] & VOICE_OUT)
            return true;
        if (*member & MEMBER_LAST)
            break;
    }
    if (!begin_line(s, line[LINE_FLAGS] & LINE_FIRM))
        return false;
    for (member = line + LINE_MEMBERS;; member += 2) {
        if (!add_member(g, s, line_voice(member)))
            return false;
        if (*member & MEMBER_LAST)
            return true;
    }
}

static bool take_lines(const struct graph *g, struct small *s, uint32_t claim)
{
    for (uint32_t at = g->claims.at[claim].lines; at; at = g->lines.at[at + LINE_NEXT])
        if (!(g->lines.at[at + LINE_FLAGS] & LINE_AGAINST) && !take_line(g, s, g->lines.at + at))
            return false;
    return true;
}

/* The number of a claim; its lines are taken in when its turn comes. NOBODY where there are too many. */
static uint32_t claim_number(struct small *s, uint32_t claim)
{
    for (uint32_t i = 0; i < s->claims; i++)
        if (s->claim[i].claim == claim)
            return i;
    if (s->claims == MOST_CLAIMS)
        return NOBODY;
    s->claim[s->claims] = (struct small_claim){.claim = claim};
    return s->claims++;
}

/* Can the inference stand at all, whatever is measured, once the lone voices are wrong? */
static bool can_stand(const struct graph *g, const uint32_t *infer)
{
    if (!infer_stands(g, infer))
        return false;
    if (infer[INFER_REASONER] != GRAPH_NONE && is_lone_voice(g, infer[INFER_REASONER]))
        return false;
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++)
        if (!g->cells.at[infer[INFER_PREMISES + INFER_STEP * i]].held)
            return false;
    return true;
}

static bool take_infer(const struct graph *g, struct small *s, const uint32_t *infer)
{
    struct small_infer made = {NOBODY, s->premises, infer[INFER_COUNT]};
    if (s->infers == MOST_INFERS || MOST_PREMISES - s->premises < infer[INFER_COUNT])
        return false;
    if (infer[INFER_REASONER] != GRAPH_NONE) {
        made.reasoner = voice_number(s, infer[INFER_REASONER]);
        if (made.reasoner == NOBODY)
            return false;
    }
    for (uint32_t i = 0; i < infer[INFER_COUNT]; i++) {
        uint32_t number = claim_number(s, infer[INFER_PREMISES + INFER_STEP * i]);
        if (number == NOBODY)
            return false;
        s->premise[s->premises++] = (uint8_t)number;
    }
    s->infer[s->infers++] = made;
    return true;
}

static bool take_infers(const struct graph *g, struct small *s, uint32_t claim)
{
    const struct side *side = side_of(g, claim);
    if (!side)
        return true;
    each_infer(g, side, infer)
    {
        if (can_stand(g, infer) && !take_infer(g, s, infer))
            return false;
    }
    return true;
}

static bool take_claim(const struct graph *g, struct small *s, uint32_t number)
{
    uint32_t claim = s->claim[number].claim, line = s->lines, infer = s->infers;
    if (!(number ? take_lines(g, s, claim) : take_own_lines(g, s)) || !take_infers(g, s, claim))
        return false;
    struct small_claim *c = &s->claim[number];
    c->first_line = line;
    c->lines = s->lines - line;
    c->first_infer = infer;
    c->infers = s->infers - infer;
    return true;
}

bool small_load(struct graph *g, uint32_t claim)
{
    struct small *s = g->scratch->small;
    numbering_clear(&s->voices);
    s->claims = s->lines = s->members = s->infers = s->premises = 0;
    s->forced.count = 0;
    s->loaded = s->voice_view.made = false;
    claim_number(s, claim);
    for (uint32_t next = 0; next < s->claims; next++)
        if (!take_claim(g, s, next))
            return false;
    return s->loaded = true;
}

/* ---- measures that ask the same ---- */

static bool any_line(const struct small *s, bool (*has)(const struct small_line *line))
{
    for (uint32_t i = 0; i < s->lines; i++)
        if (has(&s->line[i]))
            return true;
    return false;
}

static bool is_bare(const struct small_line *line)
{
    return !line->firm;
}

static bool is_impugned(const struct small_line *line)
{
    return line->impugned;
}

static bool any_impugned_reasoner(const struct graph *g, const struct small *s)
{
    for (uint32_t i = 0; i < s->infers; i++)
        if (s->infer[i].reasoner != NOBODY && g->marks.at[s->voice_at[s->infer[i].reasoner]] & VOICE_IMPUGNED)
            return true;
    return false;
}

/* Puts the group of a voice that has one among the units; false where it was there. */
static bool put_group(const struct graph *g, struct small *s, uint32_t voice)
{
    if (!(g->marks.at[voice] & VOICE_GROUPED))
        return true;
    uint32_t root = graph_root(g, voice), slot = numbering_slot(&s->units, root);
    if (numbering_has(&s->units, slot))
        return false;
    numbering_put(&s->units, slot, root, 0);
    return true;
}

/* Is the voice itself the one that a group among the units goes by? */
static bool is_put(const struct small *s, uint32_t voice)
{
    return numbering_has(&s->units, numbering_slot(&s->units, voice));
}

/* May two of the voices be one person? */
static bool any_group(const struct graph *g, struct small *s)
{
    numbering_clear(&s->units);
    for (uint32_t i = 0; i < s->voices.count; i++)
        if (!put_group(g, s, s->voice_at[i]))
            return true;
    for (size_t i = 0; i < s->forced.count; i++)
        if (!put_group(g, s, s->forced.at[i]))
            return true;
    if (!s->units.used)
        return false;
    for (uint32_t i = 0; i < s->voices.count; i++)
        if (is_put(s, s->voice_at[i]))
            return true;
    for (size_t i = 0; i < s->forced.count; i++)
        if (is_put(s, s->forced.at[i]))
            return true;
    return false;
}

bool small_like_people(struct graph *g, enum measure m)
{
    struct small *s = g->scratch->small;
    if (!s->loaded)
        return false;
    if (m == ANY)
        return !any_line(s, is_bare);
    if (m == UNQUESTIONED)
        return !any_line(s, is_impugned) && !any_impugned_reasoner(g, s);
    return m == CAUTIOUS && !any_group(g, s);
}

/* ---- in units ---- */

/* Numbers the units that lone voices force; those of several units are for later. */
static void force_units(const struct graph *g, struct small *s, enum unit_kind kind)
{
    for (size_t i = 0; i < s->forced.count; i++) {
        s->list.count = 0;
        units_of(g, kind, &s->forced.at[i], 1, &s->list);
        uint32_t slot = numbering_slot(&s->units, s->list.at[0]);
        if (s->list.count == 1 && !numbering_has(&s->units, slot))
            numbering_put(&s->units, slot, s->list.at[0], FORCED);
    }
}

/* The units of a voice, any of which makes it wrong, as numbers behind s->list; none where one is forced. False where
 * there are too many. */
static bool list_units(const struct graph *g, struct small *s, enum unit_kind kind, uint32_t voice)
{
    size_t start = s->list.count;
    units_of(g, kind, &voice, 1, &s->list);
    for (size_t i = start; i < s->list.count; i++) {
        uint32_t slot = numbering_slot(&s->units, s->list.at[i]);
        if (numbering_has(&s->units, slot) && s->units.number[slot] == FORCED) {
            s->list.count = start;
            return true;
        }
    }
    for (size_t i = start; i < s->list.count; i++) {
        if (s->units.used > SLOTS / 2 || s->units.count == MOST_UNITS)
            return false;
        s->list.at[i] = number_of(&s->units, s->list.at[i]);
    }
    return true;
}

/* Lists the units of all voices and of further lines. False where there are too many. */
static bool list_all(const struct graph *g, struct small *s, enum unit_kind kind, struct view *v)
{
    s->list.count = 0;
    for (uint32_t i = 0; i < s->voices.count; i++) {
        s->units_at[i] = (uint32_t)s->list.count;
        if (kind == UNIT_VOICE)
            vector_push(&s->list, i);
        else if (!list_units(g, s, kind, s->voice_at[i]))
            return false;
    }
    s->units_at[s->voices.count] = (uint32_t)s->list.count;
    v->further_count = 0;
    for (size_t i = 0; kind == UNIT_PARTY && i < s->forced.count; i++) {
        if (!(g->parties.at[s->forced.at[i]] & PARTY_MANY))
            continue;
        size_t start = s->list.count;
        if (!list_units(g, s, kind, s->forced.at[i]))
            return false;
        if (s->list.count > start)
            s->further_at[v->further_count++] = (uint32_t)start;
    }
    s->further_at[v->further_count] = (uint32_t)s->list.count;
    return true;
}

static void count_uses(struct small *s, uint32_t from, uint32_t to, uint32_t uses)
{
    for (uint32_t i = from; i < to; i++)
        s->uses[s->list.at[i]] += uses;
}

/* Gives bits to units: to all of them where they fit; else to those that more than one line, or a reasoner, has. Any
 * of these will do as well for their lines as a unit that no other line has. */
static bool give_bits(struct small *s, const struct view *v, uint32_t units)
{
    s->bits = 0;
    for (uint32_t i = 0; i < units; i++) {
        s->bit[i] = units <= UNITSET_MOST ? i : NOBODY;
        s->uses[i] = 0;
    }
    if (units <= UNITSET_MOST) {
        s->bits = units;
        return true;
    }
    for (uint32_t i = 0; i < s->members; i++)
        count_uses(s, s->units_at[s->member[i]], s->units_at[s->member[i] + 1], 1);
    for (uint32_t i = 0; i < s->infers; i++)
        if (s->infer[i].reasoner != NOBODY)
            count_uses(s, s->units_at[s->infer[i].reasoner], s->units_at[s->infer[i].reasoner + 1], 2);
    count_uses(s, s->further_at[0], s->further_at[v->further_count], 2);
    for (uint32_t i = 0; i < units; i++)
        if (s->uses[i] > 1)
            s->bit[i] = s->bits++;
    return s->bits <= UNITSET_MOST;
}

static unitset bits_of(const struct small *s, uint32_t from, uint32_t to)
{
    unitset set = 0;
    for (uint32_t i = from; i < to; i++)
        set |= s->bit[s->list.at[i]] == NOBODY ? 0 : unitset_of(s->bit[s->list.at[i]]);
    return set;
}

/* A voice all of whose units are gone is wrong anyway. */
static bool is_gone(const struct small *s, uint32_t voice)
{
    return s->units_at[voice] == s->units_at[voice + 1];
}

/* A line in bits, 0 where it is touched anyway, or where no other line has any of its units: then *apart says so. */
static unitset line_bits(const struct small *s, const struct small_line *line, bool *apart)
{
    unitset set = 0;
    *apart = false;
    for (uint32_t i = line->first; i < (uint32_t)line->first + line->count; i++) {
        if (is_gone(s, s->member[i]))
            return 0;
        set |= bits_of(s, s->units_at[s->member[i]], s->units_at[s->member[i] + 1]);
    }
    *apart = !set;
    return set;
}

static bool make_view(const struct graph *g, struct small *s, enum unit_kind kind, struct view *v)
{
    v->made = false;
    numbering_clear(&s->units);
    if (kind != UNIT_VOICE)
        force_units(g, s, kind);
    v->base = kind == UNIT_VOICE ? (uint32_t)s->forced.count : s->units.used;
    if (!list_all(g, s, kind, v) || !give_bits(s, v, kind == UNIT_VOICE ? s->voices.count : s->units.count))
        return false;
    for (uint32_t i = 0; i < s->lines; i++)
        v->line[i] = line_bits(s, &s->line[i], &v->apart[i]);
    for (uint32_t i = 0; i < s->infers; i++) {
        uint32_t reasoner = s->infer[i].reasoner;
        v->infer_gone[i] = reasoner != NOBODY && is_gone(s, reasoner);
        v->reasoner[i] = reasoner == NOBODY ? 0 : bits_of(s, s->units_at[reasoner], s->units_at[reasoner + 1]);
    }
    for (uint32_t i = 0; i < v->further_count; i++)
        v->further[i] = bits_of(s, s->further_at[i], s->further_at[i + 1]);
    return v->made = true;
}

/* ---- what a measure sees ---- */

/* What is below an inference, by what is known of its premises: all units, and claims that have lines apart. */
static void span_infer(struct small *s, uint32_t infer)
{
    s->infer_span[infer] = s->seen->reasoner[infer];
    s->infer_apart[infer] = 0;
    for (uint32_t p = 0; p < s->infer[infer].count; p++) {
        uint32_t premise = s->premise[s->infer[infer].first + p];
        s->infer_span[infer] |= s->span[premise];
        s->infer_apart[infer] |= s->apart_below[premise];
    }
}

/* What is below each claim: around rings until nothing is added. */
static void spread_spans(struct small *s)
{
    for (uint32_t c = 0; c < s->claims; c++) {
        s->span[c] = 0;
        s->apart_below[c] = s->apart[c] ? unitset_of(c) : 0;
        for (uint32_t i = s->claim[c].first_line; i < s->claim[c].first_line + s->claim[c].lines; i++)
            s->span[c] |= s->counts[i];
    }
    for (bool grew = s->infers > 0; grew;) {
        grew = false;
        for (uint32_t c = s->claims; c-- > 0;) {
            unitset span = s->span[c];
            unitset apart = s->apart_below[c];
            for (uint32_t i = s->claim[c].first_infer; i < s->claim[c].first_infer + s->claim[c].infers; i++) {
                span_infer(s, i);
                span |= s->infer_span[i];
                apart |= s->infer_apart[i];
            }
            grew = grew || span != s->span[c] || apart != s->apart_below[c];
            s->span[c] = span;
            s->apart_below[c] = apart;
        }
    }
}

static bool line_counts(const struct small_line *line, enum lines_kind kind)
{
    return kind == LINES_ALL || (line->firm && !(kind == LINES_UNQUESTIONED && line->impugned));
}

static void see_claim(struct small *s, uint32_t claim, enum lines_kind kind)
{
    const struct small_claim *c = &s->claim[claim];
    s->apart[claim] = 0;
    for (uint32_t i = c->first_line; i < c->first_line + c->lines; i++) {
        bool counts = line_counts(&s->line[i], kind);
        s->counts[i] = counts ? s->seen->line[i] : 0;
        s->apart[claim] += counts && s->seen->apart[i];
    }
}

static void see(const struct graph *g, struct small *s, const struct view *v, enum lines_kind kind)
{
    s->seen = v;
    for (uint32_t c = 0; c < s->claims; c++)
        see_claim(s, c, kind);
    for (uint32_t i = 0; i < s->infers; i++) {
        uint32_t reasoner = s->infer[i].reasoner;
        s->down[i] = v->infer_gone[i] || (kind == LINES_UNQUESTIONED && reasoner != NOBODY &&
                                          g->marks.at[s->voice_at[reasoner]] & VOICE_IMPUGNED);
    }
    spread_spans(s);
}

/* ---- the search ---- */

/* A part of the question: lines to touch and inferences to break, with what was decided so far. Its arrays are in the
 * rooms. */
struct task {
    unitset *lines;
    uint8_t *infers;
    uint32_t line_count, infer_count;
    uint32_t cost;  /* of lines apart */
    unitset hit;    /* units that are wrong */
    unitset broken; /* claims that are broken, or will be */
};

static bool is_down(struct small *s, const struct task *t, uint32_t infer, unsigned nested);

/* Is every line of a claim touched, and every inference to it down? Too deep a nest ends the search. */
static bool is_free(struct small *s, const struct task *t, uint32_t claim, unsigned nested)
{
    const struct small_claim *c = &s->claim[claim];
    if (s->apart[claim])
        return false;
    for (uint32_t i = c->first_line; i < c->first_line + c->lines; i++)
        if (s->counts[i] && !(s->counts[i] & t->hit))
            return false;
    if (c->infers && !nested) {
        s->hitting.work = -1;
        return false;
    }
    s->hitting.work -= c->lines + 1;
    struct task assumed = *t;
    assumed.broken |= unitset_of(claim);
    for (uint32_t i = c->first_infer; i < c->first_infer + c->infers; i++)
        if (!is_down(s, &assumed, i, nested - 1))
            return false;
    return true;
}

static bool is_down(struct small *s, const struct task *t, uint32_t infer, unsigned nested)
{
    const struct small_infer *i = &s->infer[infer];
    if (s->down[infer] || s->seen->reasoner[infer] & t->hit)
        return true;
    for (uint32_t p = 0; p < i->count; p++)
        if (t->broken >> s->premise[i->first + p] & 1)
            return true;
    for (uint32_t p = 0; p < i->count; p++)
        if (is_free(s, t, s->premise[i->first + p], nested))
            return true;
    return false;
}

/* A task of its own with the same content and room to grow; false where there is none. */
static bool task_copy(struct small *s, const struct task *from, struct task *to)
{
    uint32_t lines = from->line_count + s->lines + s->infers, infers = from->infer_count + s->infers;
    if (s->room_used + lines > MOST_ROOM || s->infer_room_used + infers > MOST_ROOM) {
        s->hitting.work = -1;
        return false;
    }
    *to = *from;
    to->lines = s->room + s->room_used;
    to->infers = s->infer_room + s->infer_room_used;
    if (from->line_count)
        memcpy(to->lines, from->lines, from->line_count * sizeof *to->lines);
    if (from->infer_count)
        memcpy(to->infers, from->infers, from->infer_count);
    s->room_used += lines;
    s->infer_room_used += infers;
    return true;
}

/* Breaks a claim, too: its lines are to be touched, and the inferences to it to be broken. */
static void break_claim(const struct small *s, struct task *t, uint32_t claim)
{
    const struct small_claim *c = &s->claim[claim];
    if (t->broken >> claim & 1)
        return;
    t->broken |= unitset_of(claim);
    t->cost += s->apart[claim];
    for (uint32_t i = c->first_line; i < c->first_line + c->lines; i++)
        if (s->counts[i] && !(s->counts[i] & t->hit))
            t->lines[t->line_count++] = s->counts[i];
    for (uint32_t i = c->first_infer; i < c->first_infer + c->infers; i++)
        t->infers[t->infer_count++] = (uint8_t)i;
}

static uint32_t ways(const struct small *s, uint32_t infer)
{
    return s->infer[infer].count + (s->infer[infer].reasoner != NOBODY);
}

/* Takes one way to break an inference: the reasoner first where there is one, then the premises. A reasoner of several
 * units is a line to be touched. */
static void take_way(const struct small *s, struct task *t, uint32_t infer, uint32_t way)
{
    bool reasoned = s->infer[infer].reasoner != NOBODY;
    if (reasoned && way == 0)
        t->lines[t->line_count++] = s->seen->reasoner[infer];
    else
        break_claim(s, t, s->premise[s->infer[infer].first + way - reasoned]);
}

/* Takes the units that one line alone leaves no choice of; returns how many. */
static uint32_t take_forced(struct task *t)
{
    unitset forced = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->line_count; i++)
        if (unitset_is_one(t->lines[i]))
            forced |= t->lines[i];
    forced &= ~t->hit;
    t->hit |= forced;
    for (uint32_t i = 0; i < t->line_count; i++)
        if (!(t->lines[i] & t->hit))
            t->lines[kept++] = t->lines[i];
    t->line_count = kept;
    return unitset_count(forced);
}

/* Drops inferences that are down, and takes the one way of those that have no other; true where that added anything. */
static bool take_only_ways(struct small *s, struct task *t)
{
    bool added = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->infer_count; i++) {
        uint32_t infer = t->infers[i];
        if (is_down(s, t, infer, MOST_NESTED))
            continue;
        if (ways(s, infer) > 1) {
            t->infers[kept++] = (uint8_t)infer;
            continue;
        }
        take_way(s, t, infer, 0);
        added = true;
    }
    t->infer_count = kept;
    return added;
}

/* Moves into `part` all that hangs together with the first inference of `t`. */
static void split(const struct small *s, struct task *t, struct task *part)
{
    unitset span = s->infer_span[t->infers[0]] & ~t->hit;
    unitset apart = s->infer_apart[t->infers[0]];
    uint32_t lines = 0, infers = 1;
    for (bool grew = true; grew;) {
        grew = false;
        for (uint32_t i = lines; i < t->line_count; i++) {
            unitset line = t->lines[i];
            if (!(line & span))
                continue;
            t->lines[i] = t->lines[lines];
            t->lines[lines++] = line;
            span |= line;
            grew = true;
        }
        for (uint32_t i = infers; i < t->infer_count; i++) {
            uint8_t infer = t->infers[i];
            if (!(s->infer_span[infer] & ~t->hit & span) && !(s->infer_apart[infer] & apart))
                continue;
            t->infers[i] = t->infers[infers];
            t->infers[infers++] = infer;
            span |= s->infer_span[infer] & ~t->hit;
            apart |= s->infer_apart[infer];
            grew = true;
        }
    }
    *part = *t;
    part->line_count = lines;
    part->infer_count = infers;
    t->lines += lines;
    t->line_count -= lines;
    t->infers += infers;
    t->infer_count -= infers;
}

static uint32_t fewest_lines(struct small *s, const struct task *t, uint32_t floor, uint32_t limit)
{
    struct task copy;
    size_t room = s->room_used, infer_room = s->infer_room_used;
    if (!t->line_count || !task_copy(s, t, &copy))
        return 0;
    uint32_t found = hitting_fewest(&s->hitting, copy.lines, copy.line_count, floor, limit);
    s->room_used = room;
    s->infer_room_used = infer_room;
    return found;
}

static uint32_t break_all(struct small *s, struct task *t, uint32_t floor, uint32_t limit);

/* A part with inferences: tries each way to break the last of them. */
static uint32_t branch(struct small *s, const struct task *t, uint32_t floor, uint32_t limit)
{
    uint32_t least = fewest_lines(s, t, 0, limit), infer = t->infers[t->infer_count - 1];
    least = least ? least : 1; /* none of its inferences is down */
    least = least < floor ? floor : least;
    for (uint32_t way = 0; way < ways(s, infer) && least < limit && s->hitting.work >= 0; way++) {
        size_t room = s->room_used, infer_room = s->infer_room_used;
        struct task next;
        if (!task_copy(s, t, &next))
            return limit;
        next.infer_count--;
        take_way(s, &next, infer, way);
        uint32_t found = break_all(s, &next, least, limit);
        limit = found < limit ? found : limit;
        s->room_used = room;
        s->infer_room_used = infer_room;
    }
    return limit;
}

/* The fewest further units that do what is to be done; `limit` where it is that or more. Uses up the task. Never
 * below `floor`, as its caller knows. */
static uint32_t break_all(struct small *s, struct task *t, uint32_t floor, uint32_t limit)
{
    uint32_t taken = 0;
    do {
        s->hitting.work -= t->line_count + 4 * t->infer_count + 1;
        taken += t->cost + take_forced(t);
        t->cost = 0;
    } while (take_only_ways(s, t));
    while (t->infer_count && taken < limit && s->hitting.work >= 0) {
        struct task part;
        split(s, t, &part);
        bool last = !t->infer_count && !t->line_count;
        taken += branch(s, &part, last && floor > taken ? floor - taken : 0, limit - taken);
    }
    if (taken >= limit || s->hitting.work < 0)
        return limit;
    taken += hitting_fewest(&s->hitting, t->lines, t->line_count, floor > taken ? floor - taken : 0, limit - taken);
    return taken;
}

bool small_fewest(struct graph *g, enum measure m, struct interval known, uint32_t *size)
{
    struct small *s = g->scratch->small;
    enum unit_kind kind = measure_units(m);
    struct view *v = kind == UNIT_VOICE ? &s->voice_view : &s->unit_view;
    struct task task = {.lines = s->room, .infers = s->infer_room};
    if (!s->loaded || !((kind == UNIT_VOICE && v->made) || make_view(g, s, kind, v)))
        return false;
    see(g, s, v, measure_lines(m));
    for (uint32_t i = 0; i < v->further_count; i++)
        task.lines[task.line_count++] = v->further[i];
    s->hitting.used = 0;
    s->hitting.work = MOST_STEPS;
    s->room_used = task.line_count + s->lines + s->infers;
    s->infer_room_used = s->infers;
    break_claim(s, &task, 0);
    uint32_t base = v->base, limit = known.high > base ? known.high - base : 0;
    *size = base + break_all(s, &task, known.low > base ? known.low - base : 0, limit);
    return s->hitting.work >= 0;
}
