/* Holds a graph's answers against the reference. See check.h. */
#include "property/check.h"

#include <stdarg.h>
#include <string.h>

static bool is_quiet;

void check_quiet(bool quiet)
{
    is_quiet = quiet;
}

void check_remark(const char *format, ...)
{
    if (is_quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
}

struct graph *check_graph(const struct sample *s)
{
    struct graph *g = graph_new();
    sample_build(s, 0, s->steps.count, g);
    standing_measure(g, NULL);
    return g;
}

static bool same_keystones(const struct row *a, const struct row *b)
{
    return a->keystone_count == b->keystone_count &&
           (a->keystone_count == 0 ||
            memcmp(a->keystones, b->keystones, a->keystone_count * sizeof *a->keystones) == 0);
}

static void show_row(const char *whose, const struct row *row)
{
    check_remark("#   %s %s", whose, level_word(row->level));
    for (int m = 0; m < MEASURE_COUNT; m++)
        check_remark(", %s %u-%u", measure_word(m), row->measures[m].low, row->measures[m].high);
    check_remark(", %sdenied, distance %d, keystones", row->denied ? "" : "not ", (int)row->distance);
    for (uint32_t i = 0; i < row->keystone_count; i++)
        check_remark(" %u", row->keystones[i]);
    check_remark("\n");
}

bool check_same_row(uint32_t claim, const struct row *expected, const struct row *got, const char *what)
{
    bool same = expected->level == got->level && expected->denied == got->denied &&
                expected->distance == got->distance && same_keystones(expected, got);
    for (int m = 0; m < MEASURE_COUNT; m++)
        same = same && expected->measures[m].low == got->measures[m].low &&
               expected->measures[m].high == got->measures[m].high;
    if (!same) {
        check_remark("# claim %u, %s:\n", claim, what);
        show_row("expected", expected);
        show_row("got     ", got);
    }
    return same;
}

bool check_same_rows(const struct graph *expected, const struct graph *got, const char *what)
{
    bool same = graph_claims(expected) == graph_claims(got);
    for (uint32_t c = 0; same && c < graph_claims(expected); c++) {
        struct row a = standing_row(expected, c), b = standing_row(got, c);
        same = check_same_row(c, &a, &b, what);
    }
    return same;
}

static bool check_number(uint32_t claim, const char *what, uint32_t expected, uint32_t low, uint32_t high)
{
    if (low == expected && high == expected)
        return true;
    check_remark("# claim %u: %s is %d, the engine says %d to %d\n", claim, what, (int)expected, (int)low, (int)high);
    return false;
}

static bool check_keystones(const struct graph *g, const struct reference *r, uint32_t claim, const struct row *row)
{
    uint32_t at = 0;
    for (uint32_t v = 0; v < graph_voices(g); v++) {
        bool named = at < row->keystone_count && row->keystones[at] == v;
        at += named;
        if (named != reference_keystone(r, claim, v)) {
            check_remark("# claim %u: voice %u is %s\n", claim, v,
                         named ? "no keystone" : "a keystone that is not named");
            return false;
        }
    }
    if (at != row->keystone_count)
        check_remark("# claim %u: its keystones are not in order, or are no voices\n", claim);
    return at == row->keystone_count;
}

static uint32_t fewest(struct graph *g, struct reference *r, uint32_t claim, enum measure m)
{
    struct certificate proof;
    standing_certificate(g, claim, m, &proof);
    struct guess guess = {proof.breaking, proof.breaking_count};
    uint32_t size = reference_fewest(r, claim, m, &guess);
    certificate_release(&proof);
    return size;
}

static bool check_row(struct graph *g, struct reference *r, uint32_t claim)
{
    struct row row = standing_row(g, claim);
    uint32_t numbers[MEASURE_COUNT];
    bool good = true;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        numbers[m] = fewest(g, r, claim, m);
        good = check_number(claim, measure_word(m), numbers[m], row.measures[m].low, row.measures[m].high) && good;
    }
    uint32_t level = reference_level(r, claim, numbers[CAUTIOUS], numbers[PARTIES]);
    uint32_t distance = reference_distance(r, claim), denied = reference_denied(r, claim);
    good = check_number(claim, "the level", level, row.level, row.level) && good;
    good = check_number(claim, "the distance", distance, row.distance, row.distance) && good;
    good = check_number(claim, "denied", denied, row.denied, row.denied) && good;
    return check_keystones(g, r, claim, &row) && good;
}

bool check_rows(struct graph *g, struct reference *r)
{
    bool good = true;
    for (uint32_t c = 0; c < graph_claims(g); c++)
        good = check_row(g, r, c) && good;
    return good;
}

static bool say(uint32_t claim, enum measure m, const char *what)
{
    check_remark("# claim %u, certificate of %s: %s\n", claim, measure_word(m), what);
    return false;
}

/* The breaking set is of units that there are, each once, and nothing is left without them. */
static bool check_breaking(const struct reference *r, uint32_t claim, enum measure m, uint32_t voices,
                           const struct certificate *proof)
{
    bool *dead = memory_array(voices + 1, sizeof *dead);
    bool good =
        proof->breaking_count == proof->size.high || say(claim, m, "the breaking set is not of size.high units");
    for (uint32_t i = 0; i < proof->breaking_count; i++) {
        bool *felled = memory_array(voices + 1, sizeof *felled);
        reference_fell(r, m, proof->breaking[i], felled);
        if (!memchr(felled, true, voices))
            good = say(claim, m, "what it breaks is no unit");
        for (uint32_t v = 0; v < voices; v++)
            dead[v] |= felled[v];
        free(felled);
        for (uint32_t k = 0; k < i; k++)
            if (proof->breaking[k] == proof->breaking[i])
                good = say(claim, m, "a unit is named twice");
    }
    if (reference_holds(r, claim, m, dead))
        good = say(claim, m, "a line is left without the breaking set");
    free(dead);
    return good;
}

static bool check_packing(const struct reference *r, uint32_t claim, enum measure m, uint32_t voices,
                          const struct certificate *proof)
{
    bool *used = memory_array(voices + 1, sizeof *used), good = true;
    const uint32_t *at = proof->packing;
    for (uint32_t i = 0; i < proof->packing_count; i++, at += *at + 1) {
        if (!reference_carries(r, claim, m, at + 1, *at))
            good = say(claim, m, "a packed line does not carry the claim");
        bool *here = memory_array(voices + 1, sizeof *here);
        for (uint32_t k = 1; k <= *at; k++) {
            uint32_t count;
            const uint32_t *units = reference_units(r, m, at[k], &count);
            for (uint32_t u = 0; u < count; u++) {
                if (used[units[u]] && !here[units[u]])
                    good = say(claim, m, "two packed lines share a unit");
                used[units[u]] = here[units[u]] = true;
            }
        }
        free(here);
    }
    free(used);
    return good;
}

/* An exact row has an exact certificate; beside an interval, which depends on how much work was left,
 * there may be another one that does not rule it out. */
static bool agree(struct interval certificate, struct interval row)
{
    if (row.low == row.high)
        return certificate.low == row.low && certificate.high == row.high;
    return certificate.low <= row.high && row.low <= certificate.high;
}

bool check_certificate(struct graph *g, const struct reference *r, uint32_t claim, enum measure m)
{
    struct certificate proof;
    standing_certificate(g, claim, m, &proof);
    struct row row = standing_row(g, claim);
    bool good =
        check_breaking(r, claim, m, graph_voices(g), &proof) && check_packing(r, claim, m, graph_voices(g), &proof);
    if (proof.size.low > proof.size.high)
        good = say(claim, m, "its interval is empty");
    if (!agree(proof.size, row.measures[m])) {
        check_remark("# the row says %u to %u, the certificate %u to %u\n", row.measures[m].low, row.measures[m].high,
                     proof.size.low, proof.size.high);
        good = say(claim, m, "the row says another size");
    }
    if (proof.packing_count > proof.size.low)
        good = say(claim, m, "more lines are packed than size.low");
    if (proof.size.low == proof.size.high && !proof.finished && proof.packing_count != proof.size.low)
        good = say(claim, m, "nothing proves that it is smallest");
    if (proof.size.low < proof.size.high && proof.finished)
        good = say(claim, m, "the search is called finished, and the size is an interval");
    certificate_release(&proof);
    return good;
}

struct shown {
    const struct reference *reference;
    uint32_t claim;
    enum line_side side;
    bool good, bare_seen;
    VECTOR(uint32_t) lines; /* each as its count and its voices */
};

static bool seen_before(const struct shown *shown, const uint32_t *voices, size_t count)
{
    for (size_t i = 0; i < shown->lines.count; i += shown->lines.at[i] + 1) {
        size_t common = 0;
        for (uint32_t k = 1; k <= shown->lines.at[i]; k++)
            for (size_t v = 0; v < count; v++)
                common += shown->lines.at[i + k] == voices[v];
        if (common == count && shown->lines.at[i] == count)
            return true;
    }
    return false;
}

static void see_line(void *context, const uint32_t *voices, size_t count, bool firm)
{
    struct shown *shown = context;
    enum measure m = firm ? PEOPLE : ANY;
    if (shown->side == SIDE_FOR && !reference_minimal(shown->reference, shown->claim, m, voices, count))
        shown->good = say(shown->claim, m, "a line shown is no minimal line");
    if (shown->side == SIDE_FOR && !firm && reference_carries(shown->reference, shown->claim, PEOPLE, voices, count))
        shown->good = say(shown->claim, m, "a line shown as bare is firm");
    if (seen_before(shown, voices, count))
        shown->good = say(shown->claim, m, "a line is shown twice");
    if (firm && shown->bare_seen)
        shown->good = say(shown->claim, m, "a firm line is shown after a bare one");
    shown->bare_seen |= !firm;
    vector_push(&shown->lines, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        vector_push(&shown->lines, voices[i]);
}

/* If these are all the lines, then breaking each of them breaks the claim, and the other way: felling
 * a voice of each, in turn from the end and from the start, leaves nothing. */
static bool lines_are_all(struct shown *shown, uint32_t voices, bool last)
{
    bool *dead = memory_array(voices + 1, sizeof *dead);
    for (size_t i = 0; i < shown->lines.count; i += shown->lines.at[i] + 1) {
        uint32_t count = shown->lines.at[i];
        dead[shown->lines.at[i + (last ? count : 1)]] = true;
    }
    bool all = !reference_holds(shown->reference, shown->claim, ANY, dead);
    free(dead);
    return all || say(shown->claim, ANY, "not all its lines are shown, though it says so");
}

bool check_lines(struct graph *g, struct reference *r, uint32_t claim, enum line_side side)
{
    struct shown shown = {.reference = r, .claim = claim, .side = side, .good = true};
    bool all = standing_lines(g, claim, side, 200, see_line, &shown);
    if (all && side == SIDE_FOR)
        shown.good =
            lines_are_all(&shown, graph_voices(g), false) && lines_are_all(&shown, graph_voices(g), true) && shown.good;
    vector_release(&shown.lines);
    return shown.good;
}
