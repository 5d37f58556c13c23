/* The second half of explaining a claim: what it hangs on, what would raise it, what the rules allow. */
#include "ops/explaining.h"

enum { MOST_NAMED = 8, MOST_POINTS = 8 };

/* Puts a numbered sentence with up to three texts into the paragraph, a blank before it. */
static void add(struct explaining *x, enum words w, struct text a, struct text b, struct text c)
{
    buffer_string(&x->line, x->line.length ? " " : "");
    words_fill(&x->line, w, (const struct text[]){{0}, a, b, c}, 4);
}

/* ---- what it hangs on ---- */

/* Which voices of the graph may be one person with that one; itself among them. */
static struct text same_as(struct explaining *x, uint32_t voice, size_t *count)
{
    VECTOR(uint32_t) mates = {0};
    uint32_t mate = voice;
    do
        vector_push(&mates, mate);
    while ((mate = graph_mate(x->g, mate)) != voice);
    numbers_sort(mates.at, mates.count);
    *count = mates.count;
    struct text list = tell_list(x->t, tell_graph_voice, mates.at, mates.count, MOST_NAMED);
    vector_release(&mates);
    return list;
}

static bool belongs(struct explaining *x, uint32_t graph_voice, uint32_t top)
{
    uint32_t voice, record;
    bearing_origin(x->o->bearing, graph_voice, &voice, &record);
    if (voice == MODEL_NONE)
        return false;
    size_t count;
    const uint32_t *tops = hearings_tops(rules_hearings(x->rules), voice, &count);
    for (size_t i = 0; i < count; i++)
        if (tops[i] == top && voice != top)
            return true;
    return false;
}

/* The voices on the lines that belong to an organisation, by its number in the graph. */
static struct text members(struct explaining *x, uint32_t organisation, size_t *count)
{
    VECTOR(uint32_t) found = {0};
    uint32_t top, record;
    bearing_origin(x->o->bearing, organisation, &top, &record);
    for (size_t i = 0; i < x->line_voices.count && top != MODEL_NONE; i++) {
        bool known = false;
        for (size_t k = 0; k < found.count; k++)
            known |= found.at[k] == x->line_voices.at[i];
        if (!known && found.count < MOST_NAMED && belongs(x, x->line_voices.at[i], top))
            vector_push(&found, x->line_voices.at[i]);
    }
    *count = found.count;
    struct text list = tell_list(x->t, tell_graph_voice, found.at, found.count, MOST_NAMED);
    vector_release(&found);
    return list;
}

static void breaking_people(struct explaining *x)
{
    struct certificate c;
    standing_certificate(x->g, x->claim, PEOPLE, &c);
    numbers_sort(c.breaking, c.breaking_count);
    struct text list = tell_list(x->t, tell_graph_voice, c.breaking, c.breaking_count, MOST_NAMED);
    add(x, c.breaking_count == 2 ? WORDS_FALLS_BOTH : WORDS_FALLS_ALL, list,
        tell_count(x->t, COUNTED_PERSON, c.breaking_count), TEXT(""));
    if (c.size.low != c.size.high)
        add(x, WORDS_FALLS_PERHAPS_FEWER, tell_count(x->t, COUNTED_PERSON, c.size.low), TEXT(""), TEXT(""));
    certificate_release(&c);
}

static void breaking_keystones(struct explaining *x)
{
    uint32_t voice, record;
    bearing_origin(x->o->bearing, x->row.keystones[0], &voice, &record);
    struct text list = tell_list(x->t, tell_graph_voice, x->row.keystones, x->row.keystone_count, MOST_NAMED);
    if (x->row.keystone_count > 1)
        add(x, WORDS_HANGS_EACH, list, TEXT(""), TEXT(""));
    else
        add(x, voice == MODEL_NONE ? WORDS_HANGS_RECORD : WORDS_HANGS_ONE, list, TEXT(""), TEXT(""));
}

/* Fewer when those who may be one person, or who are of one organisation, count as one: and why. */
static void breaking_fewer(struct explaining *x, enum measure m)
{
    struct certificate c;
    bool parties = m == PARTIES;
    standing_certificate(x->g, x->claim, m, &c);
    struct text n = tell_count(x->t, parties ? COUNTED_PARTY : COUNTED_PERSON, c.breaking_count);
    add(x, parties ? WORDS_BY_PARTY : WORDS_BY_CAUTION, n, TEXT(""), TEXT(""));
    for (uint32_t i = 0; i < c.breaking_count && i < MOST_NAMED; i++) {
        size_t count;
        struct text who = parties ? members(x, c.breaking[i], &count) : same_as(x, c.breaking[i], &count);
        if (parties && count > 0)
            add(x, count == 1 ? WORDS_BELONGS : WORDS_BELONG, who, tell_graph_voice(x->t, c.breaking[i]), TEXT(""));
        else if (!parties && count > 1)
            add(x, WORDS_MAY_BE_ONE, who, TEXT(""), TEXT(""));
    }
    certificate_release(&c);
}

static void breaking_bare(struct explaining *x)
{
    struct certificate c;
    standing_certificate(x->g, x->claim, ANY, &c);
    struct text list = tell_list(x->t, tell_graph_voice, c.breaking, c.breaking_count, MOST_NAMED);
    add(x, WORDS_NONE_IS_FIRM, list, TEXT(""), TEXT(""));
    certificate_release(&c);
}

void explain_breaking(struct explaining *x)
{
    const struct interval *n = x->row.measures;
    if (n[PEOPLE].high == 0) {
        breaking_bare(x);
    } else if (x->row.keystone_count) {
        breaking_keystones(x);
    } else {
        breaking_people(x);
    }
    if (n[CAUTIOUS].high < n[PEOPLE].high)
        breaking_fewer(x, CAUTIOUS);
    if (n[PARTIES].high < n[CAUTIOUS].high)
        breaking_fewer(x, PARTIES);
    explain_flush(x, EXPLAIN_PARAGRAPH);
}

/* ---- what would raise it ---- */

static void raise_by_asking(struct explaining *x)
{
    size_t count;
    struct ask_one *asks = bearing_asks_of(x->o->bearing, x->claim, &count);
    for (size_t i = 0; i < count && i < MOST_POINTS; i++) {
        add(x, WORDS_RAISE_ASK, tell_voice(x->t, asks[i].voice), words_level(asks[i].to), TEXT(""));
        explain_point(x);
    }
    free(asks);
}

/* Statements whose ground nobody has stated: their speakers can be asked. */
static size_t raise_by_grounds(struct explaining *x)
{
    size_t told = 0;
    for (uint32_t i = 0; i < x->mention_count && told < MOST_POINTS; i++) {
        struct model_entry e = model_entry(x->m, x->mentions[i]);
        if (!explain_concerns(x, x->mentions[i], VERB_SAY) || model_field(&e, FIELD_IN_PART))
            continue;
        struct text ground = model_field_text(x->m, model_field(&e, FIELD_GROUND));
        if (ground.length && !text_equal(ground, TEXT("unstated")))
            continue;
        const struct field *end = model_field(&e, FIELD_VOICE);
        for (uint32_t k = 0; k < e.count; k++)
            if (e.fields[k].kind == FIELD_TOLD_BY)
                end = &e.fields[k];
        uint32_t speaker = model_field(&e, FIELD_VOICE)->at;
        add(x, end->at == speaker ? WORDS_RAISE_GROUND_OWN : WORDS_RAISE_GROUND, tell_voice(x->t, speaker),
            tell_voice(x->t, end->at), TEXT(""));
        explain_point(x);
        told++;
    }
    return told;
}

/* Papers that were read and for which nobody vouches. */
static size_t raise_by_vouching(struct explaining *x)
{
    size_t told = 0;
    for (uint32_t i = 0; i < x->mention_count && told < MOST_POINTS; i++) {
        struct model_entry e = model_entry(x->m, x->mentions[i]);
        uint32_t vouched;
        const struct field *record = model_field(&e, FIELD_GROUND_RECORD);
        if (!record || !explain_concerns(x, x->mentions[i], VERB_SAY) ||
            !text_equal(model_field_text(x->m, model_field(&e, FIELD_GROUND)), TEXT("read")))
            continue;
        model_attribute(x->m, SPACE_RECORD, record->at, FIELD_VOUCHED_BY, &vouched);
        if (vouched)
            continue;
        uint32_t brought;
        const struct field *from = model_attribute(x->m, SPACE_RECORD, record->at, FIELD_FROM, &brought);
        struct text by = tell_voice(x->t, from ? from->at : model_field(&e, FIELD_VOICE)->at);
        add(x, WORDS_RAISE_VOUCH, tell_record(x->t, record->at), by, TEXT(""));
        explain_point(x);
        told++;
    }
    return told;
}

/* Who must not be on the next line: those whom the one unit it hangs on stands for. */
static void raise_by_another(struct explaining *x)
{
    enum measure m = x->row.measures[CAUTIOUS].low < 2 ? CAUTIOUS : PARTIES;
    struct certificate c;
    standing_certificate(x->g, x->claim, m, &c);
    if (c.breaking_count) {
        struct text unit = tell_graph_voice(x->t, c.breaking[0]);
        add(x, m == PARTIES ? WORDS_RAISE_OUTSIDE : WORDS_RAISE_ANOTHER, unit, TEXT(""), TEXT(""));
        explain_point(x);
    }
    certificate_release(&c);
    if (m == PARTIES || x->row.measures[PARTIES].low >= 2)
        return;
    standing_certificate(x->g, x->claim, PARTIES, &c);
    size_t count;
    if (c.breaking_count && (members(x, c.breaking[0], &count), count > 0)) {
        add(x, WORDS_RAISE_OUTSIDE, tell_graph_voice(x->t, c.breaking[0]), TEXT(""), TEXT(""));
        explain_point(x);
    }
    certificate_release(&c);
}

void explain_raise(struct explaining *x)
{
    static const enum words heads[LEVEL_COUNT] = {WORDS_HEAD_RAISE_UNHEARD, WORDS_HEAD_RAISE_ALLEGED,
                                                  WORDS_HEAD_RAISE_ATTESTED, WORDS_HEAD_RAISE_BORNE_OUT};
    explain_section(x, EXPLAIN_TAKES, heads[x->row.level]);
    if (x->row.level == LEVEL_BORNE_OUT) {
        buffer_text_add(&x->line, words_text(WORDS_RAISE_MORE));
        explain_flush(x, EXPLAIN_PARAGRAPH);
        return;
    }
    raise_by_asking(x);
    if (x->row.level == LEVEL_ATTESTED) {
        raise_by_another(x);
        return;
    }
    if (x->row.level == LEVEL_ALLEGED) {
        raise_by_grounds(x);
        raise_by_vouching(x);
    }
    buffer_text_add(&x->line, words_text(WORDS_RAISE_FIRSTHAND));
    explain_point(x);
}

/* ---- what the rules allow ---- */

/* The accused who were not asked, or who did not answer. */
static struct text unheard_accused(struct explaining *x, bool answered)
{
    VECTOR(uint32_t) voices = {0};
    uint32_t count;
    const struct hearing *all = hearings_of(rules_hearings(x->rules), x->claim, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i].ask == MODEL_NONE || (answered && all[i].answer == MODEL_NONE))
            vector_push(&voices, all[i].voice);
    struct text list = tell_list(x->t, tell_voice, voices.at, voices.count, MOST_NAMED);
    vector_release(&voices);
    return list;
}

static struct text measured(struct explaining *x, unsigned subject)
{
    static const enum counted units[MEASURE_COUNT] = {COUNTED_PERSON, COUNTED_PERSON, COUNTED_PARTY,
                                                      COUNTED_PERSON, COUNTED_PERSON, COUNTED_PERSON};
    struct interval n = x->row.measures[subject];
    if (n.low == n.high)
        return tell_count(x->t, units[subject], n.low);
    struct buffer *out = telling_room(x->t);
    words_figures(out, units[subject], n);
    return buffer_text(out);
}

/* Why a condition does not hold, with what would mend it. */
static struct text reason_of(struct explaining *x, const struct condition *c)
{
    static const enum words reasons[RULE_SUBJECTS] = {
        [PEOPLE] = WORDS_FAILS_PEOPLE,
        [CAUTIOUS] = WORDS_FAILS_CAUTIOUS,
        [PARTIES] = WORDS_FAILS_PARTIES,
        [ANY] = WORDS_FAILS_ANY,
        [UNQUESTIONED] = WORDS_FAILS_UNQUESTIONED,
        [AGAINST] = WORDS_FAILS_AGAINST,
        [RULE_DISTANCE] = WORDS_FAILS_DISTANCE,
        [RULE_KEYSTONES] = WORDS_FAILS_KEYSTONES,
        [RULE_ASKED] = WORDS_FAILS_ASKED,
        [RULE_ANSWERED] = WORDS_FAILS_ANSWERED,
        [RULE_DENIED] = WORDS_FAILS_DENIED,
        [RULE_CONTESTED] = WORDS_FAILS_CONTESTED,
    };
    struct text what = TEXT("");
    enum words reason = c->subject < RULE_SUBJECTS ? reasons[c->subject] : WORDS_FAILS_UNKNOWN;
    if (c->subject < MEASURE_COUNT)
        what = measured(x, c->subject);
    else if (c->subject == RULE_DISTANCE && x->row.distance == GRAPH_NONE)
        reason = WORDS_FAILS_NO_DISTANCE;
    else if (c->subject == RULE_DISTANCE)
        what = tell_count(x->t, COUNTED_STEP, x->row.distance);
    else if (c->subject == RULE_KEYSTONES)
        what = x->row.keystone_count
                   ? tell_list(x->t, tell_graph_voice, x->row.keystones, x->row.keystone_count, MOST_NAMED)
                   : words_text(WORDS_NOBODY);
    else if (c->subject == RULE_ASKED || c->subject == RULE_ANSWERED)
        what = c->negated ? words_text(WORDS_NOBODY) : unheard_accused(x, c->subject == RULE_ANSWERED);
    else if (c->subject < RULE_SUBJECTS)
        reason = c->negated ? reason : c->subject == RULE_DENIED ? WORDS_FAILS_NOT_DENIED : WORDS_FAILS_NOT_CONTESTED;
    struct buffer *why = telling_room(x->t);
    words_fill(why, reason, (const struct text[]){{0}, what}, 2);
    return buffer_text(why);
}

void explain_why(const struct opened *o, struct rules *rules, struct telling *t, uint32_t claim, const struct row *row,
                 struct buffer *out)
{
    struct explaining x = {
        .o = o, .m = o->model, .g = bearing_graph(o->bearing), .claim = claim, .row = *row, .rules = rules, .t = t};
    struct rule rule = rules_at(rules, RULE_PRINT);
    if (!hearings_asked(rules_hearings(rules), claim)) {
        buffer_text_add(out, words_text(WORDS_NOT_ASKED));
        return;
    }
    for (size_t i = 0; i < rule.count; i++)
        if (!rules_holds(rules, &rule.conditions[i], claim, row)) {
            buffer_text_add(out, reason_of(&x, &rule.conditions[i]));
            return;
        }
}

static void explain_rule(struct explaining *x, size_t which)
{
    struct rule rule = rules_at(x->rules, which);
    bool met = rules_meets(x->rules, which, x->claim, &x->row);
    enum words as = which == RULE_PRINT    ? (met ? WORDS_PRINT_MET : WORDS_PRINT_NOT_MET)
                    : which == RULE_ALLEGE ? (met ? WORDS_ALLEGE_MET : WORDS_ALLEGE_NOT_MET)
                                           : (met ? WORDS_RULE_MET : WORDS_RULE_NOT_MET);
    add(x, as, rule.name, TEXT(""), TEXT(""));
    for (size_t i = 0; i < rule.count && !met; i++)
        if (!rules_holds(x->rules, &rule.conditions[i], x->claim, &x->row))
            add(x, WORDS_FAILS, rule.conditions[i].text, reason_of(x, &rule.conditions[i]), TEXT(""));
    explain_point(x);
}

void explain_rules(struct explaining *x)
{
    explain_section(x, EXPLAIN_RULES, WORDS_HEAD_RULES);
    for (size_t i = 0; i < rules_count(x->rules); i++)
        explain_rule(x, i);
}
