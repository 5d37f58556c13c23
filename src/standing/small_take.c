/* Taking in a small claim and what is below it: see small.h. */
#include "standing/small_inside.h"

#include "standing/gather.h"

#include <string.h>

void numbering_clear(struct numbering *n)
{
    n->count = n->used = 0;
    if (++n->now == 0) {
        memset(n->round, 0, sizeof n->round);
        n->now = 1;
    }
}

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

static bool take_infer(struct small *s, const uint32_t *infer)
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
        if (can_stand(g, infer) && !take_infer(s, infer))
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
