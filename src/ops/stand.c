/* The table of claims: see stand.h. */
#include "ops/stand.h"

#include "base/vector.h"
#include "rules/rule.h"
#include "ops/telling.h"

#define PIECE ((size_t)1 << 20)

int stand_find_claims(const struct opened *o, const char *const *ids, size_t count, uint32_t **claims,
                      struct error *error)
{
    *claims = memory_array(count + 1, sizeof **claims);
    for (size_t i = 0; i < count; i++) {
        struct text id = text_of(ids[i]);
        (*claims)[i] = model_find(o->model, SPACE_CLAIM, id);
        if ((*claims)[i] != MODEL_NONE)
            continue;
        struct text near = model_nearest(o->model, SPACE_CLAIM, id);
        free(*claims);
        *claims = NULL;
        error_set(error, ERROR_MISSING, "there is no claim '%s'", ids[i]);
        error_where(error, "%s", o->name);
        return near.length ? error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near)) : -1;
    }
    return 0;
}

static int unknown_voice(const struct opened *o, struct text id, struct error *error)
{
    struct text near = model_nearest(o->model, SPACE_VOICE, id);
    error_set(error, ERROR_MISSING, "there is no voice '%.*s'", TEXT_ARG(id));
    error_where(error, "%s", o->name);
    return near.length ? error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near)) : -1;
}

int stand_find_voices(const struct opened *o, const char *list, uint32_t **voices, size_t *count, struct error *error)
{
    VECTOR(uint32_t) found = {0};
    for (const char *at = list; at;) {
        const char *comma = strchr(at, ',');
        struct text id = {at, comma ? (size_t)(comma - at) : strlen(at)};
        uint32_t voice = bearing_find(o->bearing, id);
        if (voice != GRAPH_NONE) {
            vector_push(&found, voice);
        } else if (model_find(o->model, SPACE_VOICE, id) == MODEL_NONE) {
            vector_release(&found);
            return unknown_voice(o, id, error);
        }
        at = comma ? comma + 1 : NULL;
    }
    *voices = found.at;
    *count = found.count;
    return 0;
}

/* ---- rows ---- */

static int hand_over(struct buffer *piece, size_t least, stand_sink *sink, void *context)
{
    if (piece->length < least || piece->length == 0)
        return 0;
    int result = sink(context, buffer_text(piece));
    buffer_clear(piece);
    return result;
}

int stand_json(const struct opened *o, const uint32_t *claims, size_t count, stand_sink *sink, void *context)
{
    const struct graph *g = bearing_graph(o->bearing);
    struct buffer piece = {0};
    size_t all = count ? count : graph_claims(g);
    int result = 0;
    for (size_t i = 0; i < all && !result; i++) {
        uint32_t claim = count ? claims[i] : (uint32_t)i;
        struct row row = standing_row(g, claim);
        bearing_row_json(o->bearing, claim, &row, &piece);
        result = hand_over(&piece, PIECE, sink, context);
    }
    if (!result)
        result = hand_over(&piece, 0, sink, context);
    buffer_release(&piece);
    return result;
}

static void keep_change(void *context, uint32_t claim, const struct row *row)
{
    struct stand_changes *c = context;
    vector_push(&c->rows, (struct stand_change){claim, *row, c->keystones.count});
    for (uint32_t i = 0; i < row->keystone_count; i++)
        vector_push(&c->keystones, row->keystones[i]);
}

void stand_changes_find(struct stand_changes *c, const struct opened *o, const uint32_t *voices, size_t count)
{
    *c = (struct stand_changes){0};
    standing_without(bearing_graph(o->bearing), voices, count, keep_change, c);
    for (size_t i = 0; i < c->rows.count; i++)
        c->rows.at[i].after.keystones = c->keystones.at ? c->keystones.at + c->rows.at[i].first : NULL;
}

void stand_changes_release(struct stand_changes *c)
{
    vector_release(&c->rows);
    vector_release(&c->keystones);
}

const struct stand_change *stand_changes_of(const struct stand_changes *c, uint32_t claim)
{
    size_t low = 0, high = c->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->rows.at[middle].claim < claim)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->rows.count && c->rows.at[low].claim == claim ? &c->rows.at[low] : NULL;
}

int stand_json_without(const struct opened *o, const uint32_t *claims, size_t count, const uint32_t *voices,
                       size_t voice_count, stand_sink *sink, void *context)
{
    struct stand_changes changes;
    struct buffer piece = {0};
    stand_changes_find(&changes, o, voices, voice_count);
    const struct graph *g = bearing_graph(o->bearing);
    size_t all = count ? count : graph_claims(g);
    int result = 0;
    for (size_t i = 0; i < all && !result; i++) {
        uint32_t claim = count ? claims[i] : (uint32_t)i;
        const struct stand_change *changed = stand_changes_of(&changes, claim);
        struct row row = changed ? changed->after : standing_row(g, claim);
        bearing_row_json(o->bearing, claim, &row, &piece);
        result = hand_over(&piece, PIECE, sink, context);
    }
    if (!result)
        result = hand_over(&piece, 0, sink, context);
    buffer_release(&piece);
    stand_changes_release(&changes);
    return result;
}

/* ---- the table ---- */

void stand_figures(const struct row *row, struct buffer *out)
{
    struct interval people = row->measures[PEOPLE], cautious = row->measures[CAUTIOUS],
                    parties = row->measures[PARTIES];
    if (row->level == LEVEL_UNHEARD)
        buffer_text_add(out, words_text(WORDS_NOBODY));
    else if (people.high == 0)
        buffer_text_add(out, words_text(WORDS_NONE_FIRM));
    else
        words_figures(out, COUNTED_PERSON, people);
    if (parties.high < cautious.high) {
        buffer_string(out, ", ");
        words_figures(out, COUNTED_PARTY, parties);
    } else if (cautious.high < people.high) {
        buffer_string(out, ", ");
        words_say(out, MAYBE_FEWER, words_text(cautious.high == 1 ? WORDS_ONE : WORDS_FEWER));
    }
}

struct table {
    const struct opened *o;
    const struct screen *screen;
    struct rules *rules;
    struct telling t;
    unsigned width;               /* of a line: a table needs LEAST_WIDTH, whatever the screen has */
    unsigned claim, rests, hangs; /* of the columns that have no fixed one */
    uint64_t levels[LEVEL_COUNT], denied, contested, facts, allegations;
};

enum { GAP = 2, WIDTH_STANDING = 9, WIDTH_PRINT = 10, LEAST_HANGS = 14, MOST_CLAIM = 24, LEAST_WIDTH = 64 };

struct ranked {
    uint64_t key;
    uint32_t claim;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->claim < y->claim ? -1 : x->claim > y->claim;
}

static struct ranked *rank(const struct graph *g, const uint32_t *claims, size_t count)
{
    struct ranked *ranked = memory_array(count + 1, sizeof *ranked);
    for (size_t i = 0; i < count; i++) {
        uint32_t claim = claims ? claims[i] : (uint32_t)i;
        struct row row = standing_row(g, claim);
        bool contested = row.measures[AGAINST].low > 0;
        ranked[i] = (struct ranked){(uint64_t)!contested << 40 | (uint64_t)!row.denied << 39 |
                                        (uint64_t)row.level << 34 | row.measures[PEOPLE].low,
                                    claim};
    }
    qsort(ranked, count, sizeof *ranked, by_rank);
    return ranked;
}

/* The columns as wide as what stands in them, as far as the screen allows. */
static void table_fit(struct table *t, const uint32_t *claims, size_t count)
{
    const struct graph *g = bearing_graph(t->o->bearing);
    struct buffer cell = {0};
    t->claim = (unsigned)words_text(WORDS_HEAD_CLAIM).length;
    t->rests = (unsigned)words_text(WORDS_HEAD_RESTS).length;
    for (size_t i = 0; i < count; i++) {
        uint32_t claim = claims ? claims[i] : (uint32_t)i;
        struct row row = standing_row(g, claim);
        buffer_clear(&cell);
        stand_figures(&row, &cell);
        unsigned id = (unsigned)model_id(t->o->model, SPACE_CLAIM, claim).length;
        unsigned rests = text_columns(buffer_text(&cell));
        t->claim = id > t->claim ? id : t->claim;
        t->rests = rests > t->rests ? rests : t->rests;
    }
    buffer_release(&cell);
    unsigned left = t->width - 4 * GAP - WIDTH_STANDING - WIDTH_PRINT;
    unsigned most = t->width > 100 ? 2 * MOST_CLAIM : MOST_CLAIM;
    t->claim = t->claim > most ? most : t->claim;
    t->rests = t->rests > left * 2 / 5 ? left * 2 / 5 : t->rests;
    if (t->claim + t->rests + LEAST_HANGS > left)
        t->claim = left - t->rests - LEAST_HANGS;
    t->hangs = left - t->claim - t->rests;
}

/* "yakubov, officer", or "yakubov +3" where no more fit. */
static void add_keystones(struct table *t, const struct row *row, struct buffer *out)
{
    if (row->keystone_count == 0) {
        if (row->measures[PEOPLE].low > 1)
            buffer_text_add(out, words_text(WORDS_NOBODY_ALONE));
        return;
    }
    for (uint32_t i = 0; i < row->keystone_count; i++) {
        struct text id = tell_graph_id(&t->t, row->keystones[i]);
        uint32_t behind = row->keystone_count - i - 1;
        size_t spare = behind ? sizeof " +12345" - 1 : 0, room = t->hangs > spare ? t->hangs - spare : 0;
        if (i > 0 && out->length + 2 + id.length > room) {
            buffer_format(out, " +%u", (unsigned)(behind + 1));
            return;
        }
        if (i > 0)
            buffer_string(out, ", ");
        buffer_text_add(out, id);
    }
}

static enum tone tone_of_level(enum level l)
{
    static const enum tone tones[LEVEL_COUNT] = {TONE_FAINT, TONE_DOUBT, TONE_FAIR, TONE_GOOD};
    return tones[l];
}

/* A cell, padded; the tone covers its text alone. */
static void add_cell(const struct table *t, struct text cell, unsigned width, enum tone tone, struct buffer *out)
{
    struct buffer cut = {0};
    unsigned used = text_cut(cell, width, &cut);
    screen_paint(t->screen, out, tone, buffer_text(&cut));
    text_blanks(width - used, out);
    buffer_release(&cut);
}

static void end_line(struct buffer *out)
{
    while (out->length && out->at[out->length - 1] == ' ')
        out->length--;
    buffer_char(out, '\n');
}

static void add_head(const struct table *t, struct buffer *out)
{
    static const enum words heads[] = {WORDS_HEAD_CLAIM, WORDS_HEAD_STANDING, WORDS_HEAD_RESTS, WORDS_HEAD_HANGS,
                                       WORDS_HEAD_PRINT};
    unsigned widths[] = {t->claim, WIDTH_STANDING, t->rests, t->hangs, WIDTH_PRINT};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        text_blanks(i ? GAP : 0, out);
        add_cell(t, words_text(heads[i]), widths[i], TONE_HEAD, out);
    }
    end_line(out);
}

/* What the rules allow, counted. */
static enum words allowed(struct table *t, uint32_t claim, const struct row *row)
{
    if (rules_meets(t->rules, RULE_PRINT, claim, row)) {
        t->facts++;
        return WORDS_FACT;
    }
    if (rules_meets(t->rules, RULE_ALLEGE, claim, row)) {
        t->allegations++;
        return WORDS_ALLEGATION;
    }
    return WORDS_NOT_YET;
}

/* "contested, denied, not asked", at the right end of the sentence's line. */
static void add_sentence(struct table *t, uint32_t claim, const struct row *row, struct buffer *out)
{
    bool contested = row->measures[AGAINST].low > 0;
    bool asked = hearings_asked(rules_hearings(t->rules), claim);
    struct buffer marks = {0};
    if (row->denied)
        buffer_text_add(&marks, words_text(contested ? WORDS_CONTESTED : WORDS_DENIED));
    if (row->denied && !asked)
        buffer_string(&marks, ", ");
    if (!asked)
        buffer_text_add(&marks, words_text(WORDS_NOT_ASKED));
    unsigned width = text_columns(buffer_text(&marks)), room = t->width - GAP;
    text_blanks(GAP, out);
    struct text sentence = tell_attribute(&t->t, SPACE_CLAIM, claim, FIELD_SENTENCE);
    add_cell(t, sentence, width ? room - width - GAP : room, TONE_FAINT, out);
    if (width) {
        text_blanks(GAP, out);
        screen_paint(t->screen, out, row->denied ? TONE_BAD : TONE_DOUBT, buffer_text(&marks));
    }
    end_line(out);
    buffer_release(&marks);
    t->denied += row->denied;
    t->contested += contested;
}

static void add_row(struct table *t, uint32_t claim, struct buffer *out)
{
    struct row row = standing_row(bearing_graph(t->o->bearing), claim);
    struct buffer rests = {0}, hangs = {0};
    stand_figures(&row, &rests);
    add_keystones(t, &row, &hangs);
    enum words print = allowed(t, claim, &row);
    add_cell(t, model_id(t->o->model, SPACE_CLAIM, claim), t->claim, TONE_HEAD, out);
    text_blanks(GAP, out);
    add_cell(t, words_level(row.level), WIDTH_STANDING, tone_of_level(row.level), out);
    text_blanks(GAP, out);
    add_cell(t, buffer_text(&rests), t->rests, TONE_PLAIN, out);
    text_blanks(GAP, out);
    add_cell(t, buffer_text(&hangs), t->hangs, TONE_PLAIN, out);
    text_blanks(GAP, out);
    enum tone tone = print == WORDS_FACT ? TONE_GOOD : print == WORDS_ALLEGATION ? TONE_DOUBT : TONE_FAINT;
    add_cell(t, words_text(print), WIDTH_PRINT, tone, out);
    end_line(out);
    add_sentence(t, claim, &row, out);
    t->levels[row.level]++;
    buffer_release(&rests);
    buffer_release(&hangs);
}

/* "17 claims: 1 borne out, …; 3 may be printed as fact …", then what the columns mean. */
static void add_legend(struct table *t, size_t count, struct buffer *out)
{
    struct buffer line = {0};
    struct telling *say = &t->t;
    words_say(&line, SUM_CLAIMS, tell_count(say, COUNTED_CLAIM, count), tell_number(say, t->levels[LEVEL_BORNE_OUT]),
              tell_number(say, t->levels[LEVEL_ATTESTED]), tell_number(say, t->levels[LEVEL_ALLEGED]),
              tell_number(say, t->levels[LEVEL_UNHEARD]), tell_number(say, t->denied), tell_number(say, t->contested));
    buffer_char(&line, ' ');
    words_say(&line, SUM_PRINT, tell_number(say, t->facts), tell_number(say, t->allegations),
              tell_number(say, count - t->facts - t->allegations));
    words_begin(&line, 0);
    buffer_char(out, '\n');
    text_wrap(buffer_text(&line), t->screen->width, 0, 0, out);
    buffer_char(out, '\n');
    buffer_clear(&line);
    text_wrap(words_text(WORDS_LEGEND), t->screen->width, 0, 0, &line);
    screen_paint(t->screen, out, TONE_FAINT, buffer_text(&line));
    buffer_release(&line);
}

void stand_table(const struct opened *o, const uint32_t *claims, size_t count, const struct screen *screen,
                 struct buffer *out)
{
    const struct graph *g = bearing_graph(o->bearing);
    size_t all = count ? count : graph_claims(g);
    if (all == 0) {
        text_wrap(words_text(WORDS_NO_CLAIMS), screen->width, 0, 0, out);
        return;
    }
    struct table t = {.o = o, .screen = screen, .rules = rules_new(o->model)};
    t.width = screen->width < LEAST_WIDTH ? LEAST_WIDTH : screen->width;
    telling_init(&t.t, o->model, o->bearing);
    table_fit(&t, count ? claims : NULL, all);
    struct ranked *ranked = rank(g, count ? claims : NULL, all);
    add_head(&t, out);
    for (size_t i = 0; i < all; i++)
        add_row(&t, ranked[i].claim, out);
    add_legend(&t, all, out);
    free(ranked);
    telling_release(&t.t);
    rules_free(t.rules);
}

/* ---- without ---- */

static struct text interval_text(struct telling *t, struct interval n)
{
    struct buffer *out = telling_room(t);
    buffer_number(out, n.low);
    if (n.low != n.high)
        buffer_format(out, "–%u", (unsigned)n.high);
    return buffer_text(out);
}

static struct text distance_text(struct telling *t, uint32_t distance)
{
    return distance == GRAPH_NONE ? words_text(WORDS_NONE) : tell_number(t, distance);
}

static struct text keystones_text(struct telling *t, const struct row *row)
{
    if (row->keystone_count == 0)
        return words_text(WORDS_NOBODY);
    return tell_list(t, tell_graph_id, row->keystones, row->keystone_count, 4);
}

static bool same_keystones(const struct row *a, const struct row *b)
{
    return a->keystone_count == b->keystone_count &&
           (a->keystone_count == 0 ||
            memcmp(a->keystones, b->keystones, a->keystone_count * sizeof *a->keystones) == 0);
}

static void add_part(struct buffer *line, struct text what, struct text from, struct text to)
{
    if (line->length)
        buffer_string(line, ", ");
    words_say(line, CHANGES, what, from, to);
}

/* "alleged → unheard, people 1 → 0, …": all that differs between two rows. */
static void describe_change(struct telling *t, const struct row *from, const struct row *to, struct buffer *line)
{
    if (from->level != to->level)
        words_say(line, BECOMES, words_level(from->level), words_level(to->level));
    for (int m = 0; m < MEASURE_COUNT; m++) {
        struct interval a = from->measures[m], b = to->measures[m];
        if (a.low != b.low || a.high != b.high)
            add_part(line, text_of(measure_word((enum measure)m)), interval_text(t, a), interval_text(t, b));
    }
    if (from->distance != to->distance)
        add_part(line, words_text(WORDS_DISTANCE), distance_text(t, from->distance), distance_text(t, to->distance));
    if (!same_keystones(from, to))
        add_part(line, words_text(WORDS_HEAD_HANGS), keystones_text(t, from), keystones_text(t, to));
    if (from->denied != to->denied) {
        buffer_string(line, line->length ? ", " : "");
        buffer_text_add(line, words_text(to->denied ? WORDS_NOW_DENIED : WORDS_NO_LONGER_DENIED));
    }
}

static bool selected(const uint32_t *claims, size_t count, uint32_t claim)
{
    for (size_t i = 0; i < count; i++)
        if (claims[i] == claim)
            return true;
    return count == 0;
}

/* Claims whose standing changes, then those of which only a measure does; or the rest. */
static size_t add_changes(const struct opened *o, struct telling *t, const struct stand_changes *changes,
                          const struct screen *screen, const uint32_t *claims, size_t count, struct buffer *out)
{
    const struct graph *g = bearing_graph(o->bearing);
    struct buffer line = {0};
    size_t told = 0;
    for (int fallen = 1; fallen >= 0; fallen--)
        for (size_t i = 0; i < changes->rows.count; i++) {
            const struct stand_change *c = &changes->rows.at[i];
            struct row before = standing_row(g, c->claim);
            if ((before.level != c->after.level) != fallen || !selected(claims, count, c->claim))
                continue;
            buffer_clear(&line);
            describe_change(t, &before, &c->after, &line);
            screen_paint(screen, out, TONE_HEAD, model_id(o->model, SPACE_CLAIM, c->claim));
            buffer_char(out, '\n');
            text_wrap(buffer_text(&line), screen->width, 4, 4, out);
            told++;
        }
    buffer_release(&line);
    return told;
}

static void add_unchanged(const struct opened *o, const struct stand_changes *changes, const struct screen *screen,
                          const uint32_t *claims, size_t count, struct buffer *out)
{
    struct buffer line = {0};
    size_t all = count ? count : model_claims(o->model);
    for (size_t i = 0; i < all; i++) {
        uint32_t claim = count ? claims[i] : (uint32_t)i;
        if (stand_changes_of(changes, claim))
            continue;
        buffer_string(&line, line.length ? ", " : "");
        buffer_text_add(&line, model_id(o->model, SPACE_CLAIM, claim));
    }
    if (line.length) {
        buffer_char(out, '\n');
        text_wrap(words_text(WORDS_UNCHANGED), screen->width, 0, 0, out);
        text_wrap(buffer_text(&line), screen->width, 4, 4, out);
    }
    buffer_release(&line);
}

void stand_without(const struct opened *o, const uint32_t *claims, size_t count, const uint32_t *voices,
                   size_t voice_count, const struct screen *screen, struct buffer *out)
{
    struct stand_changes changes;
    struct telling t;
    struct buffer rows = {0}, line = {0};
    stand_changes_find(&changes, o, voices, voice_count);
    telling_init(&t, o->model, o->bearing);
    size_t told = add_changes(o, &t, &changes, screen, claims, count, &rows);
    size_t all = count ? count : model_claims(o->model);
    words_fill(&line, told ? WORDS_IF_WRONG : WORDS_IF_WRONG_NOTHING,
               (const struct text[]){{0},
                                     tell_list(&t, tell_graph_id, voices, voice_count, 8),
                                     tell_number(&t, told),
                                     tell_count(&t, COUNTED_CLAIM, all)},
               4);
    words_begin(&line, 0);
    text_wrap(buffer_text(&line), screen->width, 0, 0, out);
    buffer_string(out, rows.length ? "\n" : "");
    buffer_text_add(out, buffer_text(&rows));
    add_unchanged(o, &changes, screen, claims, count, out);
    telling_release(&t);
    buffer_release(&rows);
    buffer_release(&line);
    stand_changes_release(&changes);
}
