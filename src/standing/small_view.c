/* A small claim as a measure sees it: which units its lines are of, and which of them count. See small.h. */
#include "standing/small_inside.h"

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

bool small_view(const struct graph *g, struct small *s, enum unit_kind kind, struct view *v)
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

void small_see(const struct graph *g, struct small *s, const struct view *v, enum lines_kind kind)
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
