/* Citations: is what they name there, did the voice say so, and may it be told by its terms? */
#include "gate/inside.h"

/* ---- looking up ---- */

static void mend_unknown(struct checking *c, enum model_space space, struct text id)
{
    struct text nearest = model_nearest(c->m, space, id);
    if (nearest.length)
        refuse_mend(c, "did you mean '%.*s'?", TEXT_ARG(nearest));
    else
        refuse_mend(c, "'bearout stand' lists the claims, and with a claim's id who says so");
}

static uint32_t look_up(struct checking *c, enum model_space space, struct text id, struct place place)
{
    uint32_t number = model_find(c->m, space, id);
    if (number != MODEL_NONE && model_declared(c->m, space, number))
        return number;
    if (number == MODEL_DESK && space == SPACE_VOICE)
        return number;
    refuse(c, CHECK_STANDING, place, "there is no %s '%.*s' in the case", space == SPACE_CLAIM ? "claim" : "voice",
           TEXT_ARG(id));
    mend_unknown(c, space, id);
    return MODEL_NONE;
}

/* A statement of all of it is worth more than one of a part; then one with words, which can be quoted. */
static int rank(const struct checking *c, uint32_t entry)
{
    struct model_entry e = model_entry(c->m, entry);
    return (model_field(&e, FIELD_IN_PART) ? 0 : 2) + (model_field(&e, FIELD_WORDS) ? 1 : 0);
}

static void find_statements(const struct checking *c, struct cited *cite)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(c->m, SPACE_CLAIM, cite->claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        if (e.retracted || e.is_void || (e.verb != VERB_SAY && e.verb != VERB_DENY))
            continue;
        if (model_field(&e, FIELD_VOICE)->at != cite->voice)
            continue;
        uint32_t *found = e.verb == VERB_SAY ? &cite->say : &cite->deny;
        if (*found == MODEL_NONE || rank(c, mentions[i]) >= rank(c, *found))
            *found = mentions[i];
    }
}

static void note_used(struct checking *c, const struct cited *cite, uint32_t citation)
{
    uint32_t *number = &c->used_as[cite->claim];
    if (!*number) {
        vector_push(&c->used, (struct used){.claim = cite->claim, .citation = citation});
        *number = (uint32_t)c->used.count;
    }
    struct used *u = &c->used.at[*number - 1];
    bool denies = cite->voice != MODEL_NONE && cite->say == MODEL_NONE && cite->deny != MODEL_NONE;
    u->as_fact |= cite->voice == MODEL_NONE;
    u->denied |= cite->voice != MODEL_NONE && cite->deny != MODEL_NONE && cite->sound;
    u->told |= !denies;
}

/* ---- terms ---- */

static void refuse_terms(struct checking *c, struct place place, struct text id, const struct promise *p)
{
    if (p->until.length) {
        refuse(c, CHECK_TERMS, place, "what '%.*s' said is held back until %.*s", TEXT_ARG(id), TEXT_ARG(p->until));
        refuse_mend(c, "wait until then, or rest the sentence on others");
    } else if (p->unproven != MODEL_NONE) {
        refuse(c, CHECK_TERMS, place,
               "the later terms of '%.*s' loosen what was promised (entry %u) and no record shows that the voice "
               "agreed, so "
               "the earlier ones hold",
               TEXT_ARG(id), p->unproven + 1);
        refuse_mend(c, "add to these terms where the voice says so: at RECORD LOCATOR");
    } else if (p->entry == MODEL_NONE) {
        refuse(c, CHECK_TERMS, place, "nothing was agreed with '%.*s', so it is off the record", TEXT_ARG(id));
        refuse_mend(c, "agree on terms with it and record them; until then leave it out, and rest the claim on others");
    } else if (p->term == TERM_OFF_RECORD) {
        refuse(c, CHECK_TERMS, place, "'%.*s' was promised to be off the record (entry %u)", TEXT_ARG(id),
               p->entry + 1);
        refuse_mend(c, "leave it out, and rest the claim on others");
    } else {
        refuse(c, CHECK_TERMS, place, "what was agreed with '%.*s' (entry %u) is narrowed to other claims",
               TEXT_ARG(id), p->entry + 1);
        refuse_mend(c, "leave it out here, or agree with the voice on this claim too");
    }
}

/* May the voice stand beside the claim as the one who says so? */
static bool may_attribute(struct checking *c, const struct cited *cite, struct text id, struct place place)
{
    struct gate *g = c->gate;
    struct promise p = terms_of(g->terms, cite->voice);
    bool denies = cite->say == MODEL_NONE && cite->deny != MODEL_NONE;
    if (cite->voice == MODEL_DESK || (denies && p.entry == MODEL_NONE && gate_may_deny(g, cite->voice, cite->claim)))
        return true;
    if (!terms_facts(g->terms, cite->voice, cite->claim)) {
        refuse_terms(c, place, id, &p);
        return false;
    }
    if (p.term == TERM_BACKGROUND) {
        refuse(c, CHECK_TERMS, place,
               "'%.*s' was promised background (entry %u): what it knows may be told, but not that anybody told it",
               TEXT_ARG(id), p.entry + 1);
        if (p.unproven != MODEL_NONE)
            refuse_mend(c, "the later terms (entry %u) would allow more: add to them where the voice says so",
                        p.unproven + 1);
        else
            refuse_mend(c, "cite the claim alone, [%.*s], if it stands as a fact",
                        TEXT_ARG(model_id(c->m, SPACE_CLAIM, cite->claim)));
        return false;
    }
    if (!gate_name(g, cite->voice, cite->claim).length) {
        refuse(c, CHECK_TERMS, place, "no description was agreed with '%.*s', and its name must not be printed",
               TEXT_ARG(id));
        refuse_mend(c, "agree on one and record it with its terms: as \"a former official\"");
        return false;
    }
    return true;
}

/* Somebody else who says so and may be told of, for a mend. */
static uint32_t other_sayer(const struct checking *c, uint32_t claim)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(c->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        uint32_t voice = e.verb == VERB_SAY ? model_field(&e, FIELD_VOICE)->at : MODEL_NONE;
        if (voice != MODEL_NONE && !e.retracted && !e.is_void && terms_words(c->gate->terms, voice, claim) &&
            gate_name(c->gate, voice, claim).length)
            return voice;
    }
    return MODEL_NONE;
}

/* What was said of a piece of a claim is not said of all of it. */
static void check_part(struct checking *c, const struct cited *cite, const struct citation *citation,
                       struct place place)
{
    uint32_t entry = cite->say != MODEL_NONE ? cite->say : cite->deny;
    struct model_entry e = model_entry(c->m, entry);
    if (!model_field(&e, FIELD_IN_PART))
        return;
    warn(c, CHECK_STANDING, place, "'%.*s' speaks of a part of '%.*s' only (entry %u)", TEXT_ARG(citation->voice),
         TEXT_ARG(citation->claim), entry + 1);
    refuse_mend(c, "see that the sentence says no more than that");
}

static bool has_said(struct checking *c, const struct cited *cite, const struct citation *citation, struct place place)
{
    if (cite->say != MODEL_NONE || cite->deny != MODEL_NONE)
        return true;
    uint32_t other = other_sayer(c, cite->claim);
    refuse(c, CHECK_STANDING, place, "'%.*s' neither says '%.*s' nor denies it, by the case", TEXT_ARG(citation->voice),
           TEXT_ARG(citation->claim));
    if (other != MODEL_NONE)
        refuse_mend(c, "cite who does: [%.*s %.*s]", TEXT_ARG(citation->claim),
                    TEXT_ARG(model_id(c->m, SPACE_VOICE, other)));
    else
        refuse_mend(c, "record where it says so, or cite another");
    return false;
}

static void check_citation(struct checking *c, size_t sentence, uint32_t n)
{
    const struct citation *citation = &c->draft.citations.at[n];
    struct cited *cite = &c->cited.at[n];
    struct place place = place_of_citation(c, sentence, n);
    if (!citation->claim.length)
        return;
    cite->claim = look_up(c, SPACE_CLAIM, citation->claim, place);
    cite->voice = citation->voice.length ? look_up(c, SPACE_VOICE, citation->voice, place) : MODEL_NONE;
    if (cite->claim == MODEL_NONE || (citation->voice.length && cite->voice == MODEL_NONE)) {
        cite->claim = MODEL_NONE;
        return;
    }
    cite->sound = true;
    if (cite->voice != MODEL_NONE) {
        find_statements(c, cite);
        cite->sound = may_attribute(c, cite, citation->voice, place) && has_said(c, cite, citation, place);
        if (cite->sound)
            check_part(c, cite, citation, place);
    }
    note_used(c, cite, n);
}

void check_citations(struct checking *c)
{
    for (size_t i = 0; i < c->draft.citations.count; i++)
        vector_push(&c->cited, (struct cited){MODEL_NONE, MODEL_NONE, MODEL_NONE, MODEL_NONE, false});
    for (size_t s = 0; s < c->draft.sentences.count; s++) {
        const struct sentence *sentence = &c->draft.sentences.at[s];
        for (uint32_t i = 0; i < sentence->citations && !c->runs_on[s]; i++)
            check_citation(c, s, sentence->first_citation + i);
    }
}
