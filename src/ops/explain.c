/* One claim in sentences: see explain.h. */
#include "ops/explain.h"

#include "ops/explaining.h"

enum { MOST_STATEMENTS = 24, MOST_LINES = 12 };

/* ---- putting it together ---- */

void explain_section(struct explaining *x, enum explain_section section, enum words head)
{
    x->section = section;
    x->head = head;
    x->headed = false;
}

/* The heading comes with the first of what stands under it. */
static void hand_over(struct explaining *x, enum explain_shape shape, struct text text)
{
    if (!x->headed && x->head != WORDS_COUNT)
        x->each(x->context, x->section, EXPLAIN_HEAD, words_text(x->head));
    x->headed = true;
    x->each(x->context, x->section, shape, text);
}

void explain_flush(struct explaining *x, enum explain_shape shape)
{
    if (x->line.length)
        hand_over(x, shape, buffer_text(&x->line));
    buffer_clear(&x->line);
}

void explain_point(struct explaining *x)
{
    words_begin(&x->line, 0);
    explain_flush(x, EXPLAIN_POINT);
}

/* ---- what it is ---- */

static void explain_facts(struct explaining *x)
{
    static const struct {
        enum field_kind kind;
        enum words words;
    } facts[] = {{FIELD_ON, WORDS_FACT_ON}, {FIELD_PLACE, WORDS_FACT_PLACE}, {FIELD_COUNT, WORDS_FACT_COUNT}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        struct text value = tell_attribute(x->t, SPACE_CLAIM, x->claim, facts[i].kind);
        if (!value.length)
            continue;
        buffer_string(&x->line, x->line.length ? " " : "");
        words_fill(&x->line, facts[i].words, (const struct text[]){{0}, value}, 2);
    }
    explain_flush(x, EXPLAIN_PARAGRAPH);
}

static void explain_title(struct explaining *x)
{
    explain_section(x, EXPLAIN_TITLE, WORDS_COUNT);
    hand_over(x, EXPLAIN_HEAD, model_id(x->m, SPACE_CLAIM, x->claim));
    buffer_text_add(&x->line, tell_attribute(x->t, SPACE_CLAIM, x->claim, FIELD_SENTENCE));
    explain_flush(x, EXPLAIN_PARAGRAPH);
    explain_facts(x);
}

static enum words level_sentence(const struct explaining *x)
{
    switch (x->row.level) {
    case LEVEL_BORNE_OUT:
        return WORDS_IS_BORNE_OUT;
    case LEVEL_ATTESTED:
        return WORDS_IS_ATTESTED;
    case LEVEL_ALLEGED:
        return x->row.distance == GRAPH_NONE ? WORDS_IS_ALLEGED_BARE : WORDS_IS_ALLEGED;
    default:
        return WORDS_IS_UNHEARD;
    }
}

static void explain_standing(struct explaining *x)
{
    explain_section(x, EXPLAIN_STANDING, WORDS_COUNT);
    struct text steps = tell_count(x->t, COUNTED_STEP, x->row.distance);
    words_fill(&x->line, level_sentence(x), (const struct text[]){{0}, steps}, 2);
    if (x->row.denied) {
        buffer_char(&x->line, ' ');
        buffer_text_add(&x->line, words_text(x->row.measures[AGAINST].low ? WORDS_IS_CONTESTED : WORDS_IS_DENIED));
    }
    explain_flush(x, EXPLAIN_PARAGRAPH);
}

/* ---- who says what ---- */

static void explain_statement(struct explaining *x, uint32_t entry)
{
    struct model_entry e = model_entry(x->m, entry);
    buffer_text_add(&x->line, tell_basis(x->t, &e));
    buffer_char(&x->line, '.');
    if (model_field(&e, FIELD_IN_PART)) {
        buffer_char(&x->line, ' ');
        buffer_text_add(&x->line, words_text(WORDS_IN_PART));
    }
    explain_flush(x, EXPLAIN_SAID);
    struct text source = tell_source(x->t, &e);
    if (source.length) {
        buffer_text_add(&x->line, source);
        explain_flush(x, EXPLAIN_SOURCE);
    }
}

static void explain_inference(struct explaining *x, uint32_t entry)
{
    struct model_entry e = model_entry(x->m, entry);
    struct buffer premises = {0};
    uint32_t count = 0, done = 0;
    for (uint32_t i = 0; i < e.count; i++)
        count += e.fields[i].kind == FIELD_PREMISE;
    for (uint32_t i = 0; i < e.count && done < MOST_STATEMENTS; i++) {
        if (e.fields[i].kind != FIELD_PREMISE)
            continue;
        struct row row = standing_row(x->g, e.fields[i].at);
        buffer_text_add(&premises, words_between(done++, count));
        words_say(&premises, CLAIM_STANDS, tell_claim(x->t, e.fields[i].at), words_level(row.level));
    }
    if (count > done)
        words_say(&premises, AND_MORE, tell_count(x->t, COUNTED_OTHER, count - done));
    words_say(&x->line, CONCLUDES, tell_voice(x->t, model_field(&e, FIELD_VOICE)->at), buffer_text(&premises));
    buffer_release(&premises);
    explain_point(x);
    struct text because = tell_string(x->t, model_field(&e, FIELD_BECAUSE));
    if (because.length) {
        words_say(&x->line, QUOTED_WORDS, because);
        explain_flush(x, EXPLAIN_SOURCE);
    }
}

bool explain_concerns(const struct explaining *x, uint32_t entry, enum verb verb)
{
    struct model_entry e = model_entry(x->m, entry);
    if (e.verb != verb || e.retracted || e.is_void)
        return false;
    return verb != VERB_INFER || model_field(&e, FIELD_CLAIM)->at == x->claim; /* not as a premise */
}

/* All entries of a verb about the claim, up to a bound, then how many more there are. */
static size_t explain_entries(struct explaining *x, enum verb verb, void (*one)(struct explaining *, uint32_t))
{
    size_t count = 0;
    for (uint32_t i = 0; i < x->mention_count; i++)
        if (explain_concerns(x, x->mentions[i], verb) && count++ < MOST_STATEMENTS)
            one(x, x->mentions[i]);
    if (count > MOST_STATEMENTS) {
        words_say(&x->line, AND_MORE, tell_count(x->t, COUNTED_OTHER, count - MOST_STATEMENTS));
        explain_point(x);
    }
    return count;
}

static void explain_for(struct explaining *x)
{
    explain_section(x, EXPLAIN_FOR, WORDS_HEAD_FOR);
    size_t count = explain_entries(x, VERB_SAY, explain_statement);
    count += explain_entries(x, VERB_INFER, explain_inference);
    if (count == 0) {
        buffer_text_add(&x->line, words_text(WORDS_NOBODY_SAYS));
        explain_flush(x, EXPLAIN_PARAGRAPH);
    }
}

/* ---- what it rests on ---- */

static void keep_line(void *context, const uint32_t *voices, size_t count, bool firm)
{
    struct explaining *x = context;
    vector_push(&x->lines, (struct kept_line){x->line_voices.count, count, firm});
    for (size_t i = 0; i < count; i++)
        vector_push(&x->line_voices, voices[i]);
}

static void explain_line(struct explaining *x, const struct kept_line *line)
{
    const uint32_t *voices = x->line_voices.at + line->first;
    struct text list = tell_list(x->t, tell_graph_voice, voices, line->count, MOST_LINES);
    enum words words = line->count == 1 ? WORDS_LINE_ONE : line->count == 2 ? WORDS_LINE_BOTH : WORDS_LINE_ALL;
    words_fill(&x->line, words, (const struct text[]){{0}, list}, 2);
    if (!line->firm) {
        buffer_char(&x->line, ' ');
        buffer_text_add(&x->line, words_text(WORDS_LINE_BARE));
    }
    explain_point(x);
}

static void explain_lines(struct explaining *x)
{
    explain_section(x, EXPLAIN_RESTS, WORDS_HEAD_LINES);
    if (x->lines.count == 0) {
        buffer_text_add(&x->line, words_text(WORDS_NO_LINE));
        explain_flush(x, EXPLAIN_PARAGRAPH);
        return;
    }
    words_fill(&x->line, x->all_lines ? WORDS_LINES_ALL : WORDS_LINES_SOME,
               (const struct text[]){{0}, tell_count(x->t, COUNTED_LINE, x->lines.count)}, 2);
    words_begin(&x->line, 0);
    explain_flush(x, EXPLAIN_PARAGRAPH);
    for (size_t i = 0; i < x->lines.count; i++)
        explain_line(x, &x->lines.at[i]);
    explain_breaking(x);
}

/* ---- who says no ---- */

static void explain_contradiction(struct explaining *x, uint32_t entry)
{
    struct model_entry e = model_entry(x->m, entry);
    size_t count = 0;
    for (uint32_t i = 0; i < e.count; i++) {
        if (e.fields[i].kind != FIELD_CLAIM || e.fields[i].at == x->claim || count++ >= MOST_STATEMENTS)
            continue;
        struct row row = standing_row(x->g, e.fields[i].at);
        words_say(&x->line, CONTRADICTED, tell_claim(x->t, e.fields[i].at), words_level(row.level),
                  tell_attribute(x->t, SPACE_CLAIM, e.fields[i].at, FIELD_SENTENCE));
        explain_point(x);
    }
    if (count > MOST_STATEMENTS) {
        words_say(&x->line, AND_MORE, tell_count(x->t, COUNTED_OTHER, count - MOST_STATEMENTS));
        explain_point(x);
    }
}

/* A voice on a line whom a claim impugns. */
static void explain_impugned(struct explaining *x, uint32_t voice)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(x->m, SPACE_VOICE, voice, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(x->m, mentions[i]);
        if (e.verb != VERB_IMPUGN || e.retracted || e.is_void)
            continue;
        uint32_t by = model_field(&e, FIELD_CLAIM)->at;
        struct row row = standing_row(x->g, by);
        words_say(&x->line, IMPUGNED, tell_claim(x->t, by), words_level(row.level), tell_voice(x->t, voice),
                  tell_attribute(x->t, SPACE_CLAIM, by, FIELD_SENTENCE));
        explain_point(x);
    }
}

static void explain_impugnings(struct explaining *x)
{
    VECTOR(uint32_t) voices = {0};
    for (size_t i = 0; i < x->line_voices.count; i++) {
        uint32_t voice, record;
        bearing_origin(x->o->bearing, x->line_voices.at[i], &voice, &record);
        if (voice != MODEL_NONE)
            vector_push(&voices, voice);
    }
    numbers_sort(voices.at, voices.count);
    for (size_t i = 0; i < voices.count; i++)
        if (i == 0 || voices.at[i] != voices.at[i - 1])
            explain_impugned(x, voices.at[i]);
    vector_release(&voices);
    struct interval people = x->row.measures[PEOPLE], rest = x->row.measures[UNQUESTIONED];
    if (rest.high < people.low) {
        words_say(&x->line, UNQUESTIONED, tell_count(x->t, COUNTED_PERSON, rest.high));
        explain_flush(x, EXPLAIN_PARAGRAPH);
    }
}

static void explain_against(struct explaining *x)
{
    explain_section(x, EXPLAIN_AGAINST, WORDS_HEAD_AGAINST);
    explain_entries(x, VERB_DENY, explain_statement);
    explain_entries(x, VERB_CONTRADICT, explain_contradiction);
    explain_impugnings(x);
    if (x->row.measures[AGAINST].low > 0) {
        words_say(&x->line, AGAINST, tell_count(x->t, COUNTED_PERSON, x->row.measures[AGAINST].low));
        words_begin(&x->line, 0);
        explain_flush(x, EXPLAIN_PARAGRAPH);
    }
}

/* ---- the right of reply ---- */

static void explain_hearing(struct explaining *x, const struct hearing *h)
{
    struct text accused = tell_voice(x->t, h->voice);
    if (h->ask == MODEL_NONE) {
        words_say(&x->line, HEARING_NONE, accused);
        explain_point(x);
        return;
    }
    struct model_entry ask = model_entry(x->m, h->ask);
    struct text asked = tell_voice(x->t, model_field(&ask, FIELD_VOICE)->at);
    struct text on = tell_word(x->t, model_field(&ask, FIELD_ON)), due = tell_word(x->t, model_field(&ask, FIELD_DUE));
    if (model_field(&ask, FIELD_VOICE)->at == h->voice)
        words_say(&x->line, HEARING_ASKED, accused);
    else
        words_say(&x->line, HEARING_ASKED_FOR, accused, asked);
    if (on.length)
        words_say(&x->line, HEARING_ON, on);
    if (due.length)
        words_say(&x->line, HEARING_DUE, due);
    if (h->answer == MODEL_NONE) {
        words_say(&x->line, HEARING_NO_ANSWER);
    } else if (h->answer == h->ask) {
        words_say(&x->line, HEARING_ANSWERED_ON, tell_word(x->t, model_field(&ask, FIELD_ANSWERED)));
    } else {
        struct model_entry answer = model_entry(x->m, h->answer);
        words_fill(&x->line, answer.verb == VERB_DENY ? WORDS_HEARING_DENIED : WORDS_HEARING_SAID,
                   (const struct text[]){{0}, tell_voice(x->t, model_field(&answer, FIELD_VOICE)->at)}, 2);
    }
    explain_point(x);
}

static void explain_hearings(struct explaining *x)
{
    uint32_t count;
    const struct hearing *all = hearings_of(rules_hearings(x->rules), x->claim, &count);
    if (count == 0)
        return;
    explain_section(x, EXPLAIN_HEARING, WORDS_HEAD_HEARING);
    for (uint32_t i = 0; i < count; i++)
        explain_hearing(x, &all[i]);
}

static void keep_row(struct explaining *x)
{
    x->row = standing_row(x->g, x->claim);
    x->keystones = memory_array((size_t)x->row.keystone_count + 1, sizeof *x->keystones);
    for (uint32_t i = 0; i < x->row.keystone_count; i++)
        x->keystones[i] = x->row.keystones[i];
    x->row.keystones = x->keystones;
}

void explain_sentences(const struct opened *o, struct rules *rules, uint32_t claim, unsigned sections,
                       explain_piece *each, void *context)
{
    struct graph *g = bearing_graph(o->bearing);
    struct telling t;
    struct explaining x = {
        .o = o, .m = o->model, .g = g, .claim = claim, .rules = rules, .t = &t, .each = each, .context = context};
    static void (*const parts[EXPLAIN_SECTIONS])(struct explaining *) = {
        [EXPLAIN_TITLE] = explain_title, [EXPLAIN_STANDING] = explain_standing, [EXPLAIN_FOR] = explain_for,
        [EXPLAIN_RESTS] = explain_lines, [EXPLAIN_AGAINST] = explain_against,   [EXPLAIN_HEARING] = explain_hearings,
        [EXPLAIN_TAKES] = explain_raise, [EXPLAIN_RULES] = explain_rules,
    };
    keep_row(&x);
    telling_init(&t, o->model, o->bearing);
    x.mentions = model_mentions(o->model, SPACE_CLAIM, claim, &x.mention_count);
    x.all_lines = standing_lines(g, claim, SIDE_FOR, MOST_LINES, keep_line, &x);
    for (int i = 0; i < EXPLAIN_SECTIONS; i++)
        if (sections & 1u << i)
            parts[i](&x);
    free(x.keystones);
    vector_release(&x.lines);
    vector_release(&x.line_voices);
    buffer_release(&x.line);
    telling_release(&t);
}

/* ---- on a terminal ---- */

struct page {
    const struct screen *screen;
    struct buffer *out;
};

static void put_piece(void *context, enum explain_section section, enum explain_shape shape, struct text text)
{
    struct page *p = context;
    struct buffer line = {0};
    unsigned indent = section <= EXPLAIN_STANDING ? 0 : 2;
    if ((shape == EXPLAIN_HEAD && section != EXPLAIN_TITLE) || section == EXPLAIN_STANDING)
        buffer_char(p->out, '\n');
    switch (shape) {
    case EXPLAIN_HEAD:
        screen_paint(p->screen, p->out, TONE_HEAD, text);
        buffer_char(p->out, '\n');
        break;
    case EXPLAIN_PARAGRAPH:
        text_wrap(text, p->screen->width, indent, indent, p->out);
        break;
    case EXPLAIN_SOURCE:
        text_wrap(text, p->screen->width, 4, 4, p->out);
        break;
    default:
        words_say(&line, POINT, text);
        text_wrap(buffer_text(&line), p->screen->width, 2, 4, p->out);
    }
    buffer_release(&line);
}

void explain_claim(const struct opened *o, uint32_t claim, const struct screen *screen, struct buffer *out)
{
    struct page page = {screen, out};
    struct rules *rules = rules_new(o->model);
    explain_sentences(o, rules, claim, EXPLAIN_ALL, put_piece, &page);
    rules_free(rules);
}
