/* Standing: does each claim meet the desk's rule for the form in which it is said, by all that the desk knows and
 * without what may not be told; was who is accused heard; and does each sentence say what it rests on? */
#include "gate/inside.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* ---- rules ---- */

/* The conditions of a rule that a row does not meet, as they were written. */
static struct text unmet(const struct checking *c, size_t rule, uint32_t claim, const struct row *row)
{
    struct rule r = rules_at(c->gate->rules, rule);
    struct buffer list = {0};
    for (size_t i = 0; i < r.count; i++) {
        if (rules_holds(c->gate->rules, &r.conditions[i], claim, row))
            continue;
        buffer_string(&list, list.length ? ", " : "");
        buffer_text_add(&list, r.conditions[i].text);
    }
    struct text result = answer_keep(c->out, list.at, list.length);
    buffer_release(&list);
    return result;
}

static void mend_rule(struct checking *c, const struct cited *cite, struct text condition)
{
    struct text id = model_id(c->m, SPACE_CLAIM, cite->claim);
    if (text_equal(condition, TEXT("asked")))
        refuse_mend(c, "ask whoever it accuses, and record it: ask VOICE %.*s", TEXT_ARG(id));
    else if (cite->voice == MODEL_NONE)
        refuse_mend(
            c,
            "say who says so, [%.*s VOICE], if it may be printed as an allegation; or find more that bears it out "
            "('bearout stand FILE %.*s' says what)",
            TEXT_ARG(id), TEXT_ARG(id));
    else
        refuse_mend(c, "leave it out until more bears it out ('bearout stand FILE %.*s' says what)", TEXT_ARG(id));
}

/* Checks one citation by a rule. A row is borrowed until the next, so each is looked at before the other is fetched. */
static void check_rule(struct checking *c, size_t rule, const struct cited *cite, struct place place)
{
    struct text id = model_id(c->m, SPACE_CLAIM, cite->claim), name = rules_at(c->gate->rules, rule).name;
    const char *form = rule == RULE_PRINT ? "stated as fact" : "said to be alleged";
    struct row row = standing_row(bearing_graph(c->gate->bearing), cite->claim);
    struct text condition = unmet(c, rule, cite->claim, &row);
    if (condition.length) {
        refuse(c, CHECK_STANDING, place, "'%.*s' is %s, and does not meet the desk's rule '%.*s': %.*s", TEXT_ARG(id),
               form, TEXT_ARG(name), TEXT_ARG(condition));
        mend_rule(c, cite, condition);
        return;
    }
    row = aloud_row(c->gate->aloud, cite->claim);
    condition = unmet(c, rule, cite->claim, &row);
    if (!condition.length)
        return;
    refuse(c, CHECK_STANDING, place,
           "'%.*s' is %s, and without what may not be told it does not meet the desk's rule '%.*s': %.*s", TEXT_ARG(id),
           form, TEXT_ARG(name), TEXT_ARG(condition));
    mend_rule(c, cite, condition);
}

/* A denial needs no standing of what it denies, unless printing it spreads an accusation of somebody. */
static bool needs_no_rule(const struct checking *c, const struct cited *cite)
{
    uint32_t count;
    bool denies = cite->say == MODEL_NONE && cite->deny != MODEL_NONE;
    model_attribute(c->m, SPACE_CLAIM, cite->claim, FIELD_ACCUSES, &count);
    return cite->voice != MODEL_NONE && denies && count == 0;
}

/* ---- the hearing ---- */

static uint32_t printable_denier(const struct checking *c, uint32_t claim)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(c->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        if (e.verb != VERB_DENY || e.retracted || e.is_void)
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at;
        if (gate_may_deny(c->gate, voice, claim) && gate_name(c->gate, voice, claim).length)
            return voice;
    }
    return MODEL_NONE;
}

static void check_denial(struct checking *c, const struct used *u)
{
    uint32_t denier = u->told && !u->denied ? printable_denier(c, u->claim) : MODEL_NONE;
    struct text id = model_id(c->m, SPACE_CLAIM, u->claim);
    if (denier == MODEL_NONE)
        return;
    refuse(c, CHECK_STANDING, place_of_used(c, u), "'%.*s' is denied, and the article does not say so", TEXT_ARG(id));
    refuse_mend(c, "add a sentence with the denial, and cite it: [%.*s %.*s]", TEXT_ARG(id),
                TEXT_ARG(model_id(c->m, SPACE_VOICE, denier)));
}

static bool rule_asks(const struct checking *c, size_t rule)
{
    struct rule r = rules_at(c->gate->rules, rule);
    for (size_t i = 0; i < r.count; i++)
        if (r.conditions[i].subject == RULE_ASKED && !r.conditions[i].negated)
            return true;
    return false;
}

/* A desk may have a rule without `asked`; whoever is accused is then heard all the same, or has denied it in the
 * article. */
static void check_hearing(struct checking *c, const struct used *u)
{
    uint32_t count;
    if (rule_asks(c, RULE_PRINT) && rule_asks(c, RULE_ALLEGE))
        return; /* told by the rule */
    const struct hearing *all = hearings_of(rules_hearings(c->gate->rules), u->claim, &count);
    struct text id = model_id(c->m, SPACE_CLAIM, u->claim);
    for (uint32_t i = 0; i < count && !u->denied; i++) {
        if (all[i].ask != MODEL_NONE)
            continue;
        struct text accused = model_id(c->m, SPACE_VOICE, all[i].voice);
        refuse(c, CHECK_STANDING, place_of_used(c, u), "'%.*s' accuses '%.*s', which was not asked", TEXT_ARG(id),
               TEXT_ARG(accused));
        refuse_mend(c, "ask it, and record it: ask %.*s %.*s", TEXT_ARG(accused), TEXT_ARG(id));
        return;
    }
}

/* ---- sentences that cite nothing ---- */

enum { FOLDED_STEM = 5, LEAST_LETTERS = 4, LEAST_WORDS = 3 };

/* Does `t` hold four fifths of the words of a claim that matter? Words are compared by how they begin. */
static bool states(struct text folded, struct text claim)
{
    size_t words = 0, found = 0, start = 0;
    while (start < claim.length) {
        size_t end = start;
        while (end < claim.length && claim.at[end] != ' ')
            end++;
        if (end - start >= LEAST_LETTERS) {
            size_t stem = end - start < FOLDED_STEM ? end - start : FOLDED_STEM;
            words++;
            for (size_t i = 0; i + stem <= folded.length; i++)
                if ((i == 0 || folded.at[i - 1] == ' ') && memcmp(folded.at + i, claim.at + start, stem) == 0) {
                    found++;
                    break;
                }
        }
        start = end + 1;
    }
    return words >= LEAST_WORDS && found * 5 >= words * 4;
}

/* A claim of the article that is not printed as fact, and that the sentence states as one. */
static const struct used *stated(struct checking *c, struct text sentence)
{
    struct buffer folded = {0}, claim = {0};
    const struct used *found = NULL;
    words_fold(sentence, &folded);
    for (size_t i = 0; i < c->used.count && !found; i++) {
        struct row row = aloud_row(c->gate->aloud, c->used.at[i].claim);
        if (rules_meets(c->gate->rules, RULE_PRINT, c->used.at[i].claim, &row))
            continue;
        uint32_t count;
        const struct field *f = model_attribute(c->m, SPACE_CLAIM, c->used.at[i].claim, FIELD_SENTENCE, &count);
        buffer_clear(&claim);
        words_fold(count ? gate_string(c->gate, f) : TEXT(""), &claim);
        if (states(buffer_text(&folded), buffer_text(&claim)))
            found = &c->used.at[i];
    }
    buffer_release(&folded);
    buffer_release(&claim);
    return found;
}

static bool asks(struct text t)
{
    return t.length &&
           (t.at[t.length - 1] == '?' || (t.length >= 2 && memcmp(t.at + t.length - 2, "\xd8\x9f", 2) == 0));
}

/* A headline, a standfirst and a heading may be the desk's own words, but not a short cut past the rule for facts. */
static void check_heading(struct checking *c, size_t sentence)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    const struct used *u = asks(s->text) ? NULL : stated(c, s->text);
    if (!u)
        return;
    struct text id = model_id(c->m, SPACE_CLAIM, u->claim);
    refuse(c, CHECK_STANDING, place_of_sentence(c, sentence),
           "this cites nothing and reads as if '%.*s' were a fact, which it may not be printed as", TEXT_ARG(id));
    refuse_mend(c, "say that it is said, and cite who says so: [%.*s VOICE]", TEXT_ARG(id));
}

static void check_desk(struct checking *c, size_t sentence)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    const struct used *u = asks(s->text) ? NULL : stated(c, s->text);
    if (!u)
        return;
    struct text id = model_id(c->m, SPACE_CLAIM, u->claim);
    warn(c, CHECK_STANDING, place_of_sentence(c, sentence),
         "these are the desk's own words, and read as if '%.*s' were a fact", TEXT_ARG(id));
    refuse_mend(c, "if they say that it is so, cite it instead: [%.*s VOICE]", TEXT_ARG(id));
}

static bool has_letters(struct text t)
{
    for (int32_t i = 0, length = t.length < INT32_MAX ? (int32_t)t.length : INT32_MAX; i < length;) {
        UChar32 point;
        U8_NEXT(t.at, i, length, point);
        if (point >= 0 && u_isalnum(point))
            return true;
    }
    return false;
}

static bool repeats_text(const struct checking *c, size_t sentence)
{
    struct text t = c->draft.sentences.at[sentence].text;
    for (size_t i = 0; i < c->draft.sentences.count; i++)
        if (i != sentence && kind_of_sentence(c, i) != DRAFT_PULL_QUOTE && text_equal(c->draft.sentences.at[i].text, t))
            return true;
    return false;
}

static void check_uncited(struct checking *c, size_t sentence)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    enum draft_kind kind = kind_of_sentence(c, sentence);
    if (s->citations && !s->desk)
        return;
    if (s->desk) {
        check_desk(c, sentence);
        return;
    }
    if (kind == DRAFT_HEADLINE || kind == DRAFT_STANDFIRST || kind == DRAFT_HEADING) {
        check_heading(c, sentence);
        return;
    }
    if (!has_letters(s->text) || (kind == DRAFT_PULL_QUOTE && repeats_text(c, sentence)))
        return;
    refuse(c, CHECK_STANDING, place_of_sentence(c, sentence), "this says something and cites nothing");
    refuse_mend(
        c, "cite the claim that it rests on, [CLAIM] or [CLAIM VOICE]; or mark it [desk] if these are the desk's own "
           "words");
}

enum draft_kind kind_of_sentence(const struct checking *c, size_t sentence)
{
    return (enum draft_kind)c->kinds[sentence];
}

void check_standing(struct checking *c)
{
    for (size_t s = 0; s < c->draft.sentences.count; s++) {
        const struct sentence *sentence = &c->draft.sentences.at[s];
        for (uint32_t i = 0; i < sentence->citations && !c->runs_on[s]; i++) {
            uint32_t n = sentence->first_citation + i;
            const struct cited *cite = &c->cited.at[n];
            if (cite->claim != MODEL_NONE && cite->sound && !needs_no_rule(c, cite))
                check_rule(c, cite->voice == MODEL_NONE ? RULE_PRINT : RULE_ALLEGE, cite, place_of_citation(c, s, n));
        }
        check_uncited(c, s);
    }
    bool unsound = c->out->refused; /* a claim whose citation was refused is not asked for its denial on top */
    for (size_t i = 0; i < c->used.count; i++) {
        if (unsound && !c->cited.at[c->used.at[i].citation].sound)
            continue;
        check_denial(c, &c->used.at[i]);
        check_hearing(c, &c->used.at[i]);
    }
}
