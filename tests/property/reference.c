/* What standing should be, worked out another way. See reference.h. */
#include "property/reference.h"

#include <assert.h>
#include <glpk.h>
#include <string.h>

typedef VECTOR(uint32_t) numbers;

/* Lines found so far, end to end, each as its count and its voices. */
enum pool_kind { POOL_FIRM, POOL_EVERY, POOL_AGAINST, POOL_KINDS };

struct claim_part {
    bool cone_found;
    numbers cone;    /* the steps that can carry it: its lines and inferences, and those below */
    numbers against; /* the lines of denials */
    numbers contradicting;
    numbers pools[POOL_KINDS];
};

/* The units of all voices: those of voice v are units.at[start[v]] up to start[v + 1]. */
struct unit_map {
    uint32_t *start;
    numbers units;
};

enum unit_kind { UNIT_VOICE, UNIT_GROUP, UNIT_PARTY, UNIT_KINDS };

struct reference {
    const struct sample *sample;
    struct claim_part *claims;
    struct unit_map maps[UNIT_KINDS];
    uint32_t *root;
    bool *impugned;
    uint32_t *distance;
    /* scratch */
    bool *derived, *on_line, *others;
    uint32_t *witness;
};

static bool alive(const struct sample *s, const struct step *line, const bool *dead)
{
    for (uint32_t i = 0; i < line->count; i++)
        if (dead[s->members.at[line->at + i]])
            return false;
    return true;
}

static bool concluded(const struct reference *r, const struct step *infer, const bool *dead)
{
    bool all = infer->b == GRAPH_NONE || !dead[infer->b];
    for (uint32_t i = 0; i < infer->count; i++)
        all = all && r->derived[r->sample->members.at[infer->at + i]];
    return all;
}

/* The steps that can carry a claim: its own, and those of all claims below it. Found once. */
static const numbers *cone_of(const struct reference *r, uint32_t claim)
{
    const struct sample *s = r->sample;
    numbers *cone = &r->claims[claim].cone;
    if (r->claims[claim].cone_found)
        return cone;
    bool *below = memory_array(s->claims, sizeof *below);
    below[claim] = true;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = s->steps.count; i-- > 0;) {
            const struct step *step = &s->steps.at[i];
            for (uint32_t k = 0; step->kind == STEP_INFER && below[step->a] && k < step->count; k++) {
                changed |= !below[s->members.at[step->at + k]];
                below[s->members.at[step->at + k]] = true;
            }
        }
    }
    for (uint32_t i = 0; i < s->steps.count; i++) {
        const struct step *step = &s->steps.at[i];
        bool carries = step->kind == STEP_INFER || (step->kind == STEP_LINE && step->side == SIDE_FOR);
        if (carries && below[step->a])
            vector_push(cone, i);
    }
    r->claims[claim].cone_found = true;
    free(below);
    return cone;
}

/* Derives what the cone of a claim gives without the dead; `derived` and `witness` tell how. */
static bool derive(const struct reference *r, uint32_t claim, bool firm_only, const bool *dead)
{
    const struct sample *s = r->sample;
    const numbers *cone = cone_of(r, claim);
    memset(r->derived, 0, s->claims * sizeof *r->derived);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < cone->count; i++) {
            const struct step *step = &s->steps.at[cone->at[i]];
            if (r->derived[step->a])
                continue;
            if (step->kind == STEP_LINE ? (step->firm || !firm_only) && alive(s, step, dead)
                                        : concluded(r, step, dead)) {
                r->derived[step->a] = changed = true;
                r->witness[step->a] = cone->at[i];
            }
        }
    }
    return r->derived[claim];
}

static void mark_voices(const struct reference *r, const struct step *line)
{
    for (uint32_t i = 0; i < line->count; i++)
        r->on_line[r->sample->members.at[line->at + i]] = true;
}

/* Marks the voices of the line that derive() came upon: down the witnesses, which have no rings. */
static void mark_witness(const struct reference *r, uint32_t claim)
{
    const struct step *step = &r->sample->steps.at[r->witness[claim]];
    if (step->kind == STEP_LINE) {
        mark_voices(r, step);
        return;
    }
    if (step->b != GRAPH_NONE)
        r->on_line[step->b] = true;
    for (uint32_t i = 0; i < step->count; i++)
        if (r->derived[r->sample->members.at[step->at + i]])
            mark_witness(r, r->sample->members.at[step->at + i]);
    r->derived[claim] = false; /* marked once is enough */
}

static bool holds_against(const struct reference *r, uint32_t claim, const bool *dead, bool mark)
{
    const struct claim_part *part = &r->claims[claim];
    for (size_t i = 0; i < part->against.count; i++) {
        const struct step *line = &r->sample->steps.at[part->against.at[i]];
        if (line->firm && alive(r->sample, line, dead)) {
            if (mark)
                mark_voices(r, line);
            return true;
        }
    }
    for (size_t i = 0; i < part->contradicting.count; i++)
        if (derive(r, part->contradicting.at[i], true, dead)) {
            if (mark)
                mark_witness(r, part->contradicting.at[i]);
            return true;
        }
    return false;
}

/* `dead` must hold the impugned already where the measure is UNQUESTIONED. */
static bool holds(const struct reference *r, uint32_t claim, enum measure m, const bool *dead, bool mark)
{
    if (m == AGAINST)
        return holds_against(r, claim, dead, mark);
    if (!derive(r, claim, m != ANY, dead))
        return false;
    if (mark)
        mark_witness(r, claim);
    return true;
}

static bool *first_dead(const struct reference *r, enum measure m)
{
    bool *dead = memory_array(r->sample->voices + 1, sizeof *dead);
    if (m == UNQUESTIONED)
        memcpy(dead, r->impugned, r->sample->voices * sizeof *dead);
    return dead;
}

bool reference_holds(const struct reference *r, uint32_t claim, enum measure m, const bool *dead)
{
    bool *all = first_dead(r, m);
    for (uint32_t v = 0; v < r->sample->voices; v++)
        all[v] |= dead[v];
    bool result = holds(r, claim, m, all, false);
    free(all);
    return result;
}

bool reference_carries(const struct reference *r, uint32_t claim, enum measure m, const uint32_t *voices, size_t count)
{
    bool *dead = memory_array(r->sample->voices + 1, sizeof *dead);
    memset(dead, true, r->sample->voices * sizeof *dead);
    for (size_t i = 0; i < count; i++)
        dead[voices[i]] = false;
    bool result = reference_holds(r, claim, m, dead);
    free(dead);
    return result;
}

bool reference_minimal(const struct reference *r, uint32_t claim, enum measure m, const uint32_t *voices, size_t count)
{
    uint32_t *fewer = memory_array(count, sizeof *fewer);
    bool minimal = reference_carries(r, claim, m, voices, count);
    for (size_t out = 0; out < count; out++) {
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
            if (voices[i] != voices[out])
                fewer[kept++] = voices[i];
        minimal = minimal && !reference_carries(r, claim, m, fewer, kept);
    }
    free(fewer);
    return minimal;
}

/* Units. */

const uint32_t *reference_units(const struct reference *r, enum measure m, uint32_t voice, uint32_t *count)
{
    const struct unit_map *map = &r->maps[m == CAUTIOUS ? UNIT_GROUP : m == PARTIES ? UNIT_PARTY : UNIT_VOICE];
    *count = map->start[voice + 1] - map->start[voice];
    return map->units.at + map->start[voice];
}

void reference_fell(const struct reference *r, enum measure m, uint32_t unit, bool *dead)
{
    for (uint32_t v = 0; v < r->sample->voices; v++) {
        uint32_t count;
        const uint32_t *units = reference_units(r, m, v, &count);
        for (uint32_t i = 0; i < count; i++)
            dead[v] |= units[i] == unit;
    }
}

static void add_once(numbers *set, uint32_t number)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->at[i] == number)
            return;
    vector_push(set, number);
}

/* Adds the organisations above a voice that belong to none themselves. */
static void add_tops(const struct sample *s, uint32_t voice, numbers *tops)
{
    for (size_t i = 0; i < s->steps.count; i++) {
        const struct step *step = &s->steps.at[i];
        if (step->kind != STEP_OF || step->a != voice)
            continue;
        numbers above = {0};
        add_tops(s, step->b, &above);
        for (size_t k = 0; k < above.count; k++)
            add_once(tops, above.at[k]);
        if (above.count == 0)
            add_once(tops, step->b);
        vector_release(&above);
    }
}

static void map_units(struct reference *r)
{
    const struct sample *s = r->sample;
    numbers *tops = memory_array(s->voices + 1, sizeof *tops), *parties = memory_array(s->voices + 1, sizeof *parties);
    for (uint32_t v = 0; v < s->voices; v++)
        add_tops(s, v, &tops[v]);
    for (uint32_t v = 0; v < s->voices; v++)
        for (size_t i = 0; i < tops[v].count; i++)
            add_once(&parties[r->root[v]], tops[v].at[i]);
    for (int k = 0; k < UNIT_KINDS; k++)
        r->maps[k].start = memory_array(s->voices + 2, sizeof *r->maps[k].start);
    for (uint32_t v = 0; v < s->voices; v++) {
        const numbers *party = &parties[r->root[v]];
        vector_push(&r->maps[UNIT_VOICE].units, v);
        vector_push(&r->maps[UNIT_GROUP].units, r->root[v]);
        for (size_t i = 0; i < party->count; i++)
            vector_push(&r->maps[UNIT_PARTY].units, party->at[i]);
        if (party->count == 0)
            vector_push(&r->maps[UNIT_PARTY].units, r->root[v]);
        for (int k = 0; k < UNIT_KINDS; k++)
            r->maps[k].start[v + 1] = (uint32_t)r->maps[k].units.count;
    }
    for (uint32_t v = 0; v < s->voices; v++) {
        vector_release(&tops[v]);
        vector_release(&parties[v]);
    }
    free(tops);
    free(parties);
}

/* Everybody's root, by renaming a whole group at a time. */
static void find_roots(struct reference *r)
{
    const struct sample *s = r->sample;
    for (uint32_t v = 0; v < s->voices; v++)
        r->root[v] = v;
    for (size_t i = 0; i < s->steps.count; i++) {
        if (s->steps.at[i].kind != STEP_SAME)
            continue;
        uint32_t keep = r->root[s->steps.at[i].a], lose = r->root[s->steps.at[i].b];
        for (uint32_t v = 0; v < s->voices; v++)
            if (r->root[v] == lose)
                r->root[v] = keep;
    }
}

static bool better(uint32_t *best, uint32_t distance)
{
    if (distance >= *best)
        return false;
    *best = distance;
    return true;
}

static void find_distances(struct reference *r)
{
    const struct sample *s = r->sample;
    memset(r->distance, 0xff, s->claims * sizeof *r->distance);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < s->steps.count; i++) {
            const struct step *step = &s->steps.at[i];
            if (step->kind == STEP_LINE && step->firm && step->side == SIDE_FOR)
                changed |= better(&r->distance[step->a], step->b);
            uint32_t worst = 0;
            for (uint32_t k = 0; step->kind == STEP_INFER && k < step->count; k++)
                if (r->distance[s->members.at[step->at + k]] > worst)
                    worst = r->distance[s->members.at[step->at + k]];
            if (step->kind == STEP_INFER)
                changed |= better(&r->distance[step->a], worst);
        }
    }
}

static void find_questions(struct reference *r)
{
    const struct sample *s = r->sample;
    bool *nobody = memory_array(s->voices + 1, sizeof *nobody);
    for (uint32_t i = 0; i < s->steps.count; i++) {
        const struct step *step = &s->steps.at[i];
        if (step->kind == STEP_LINE && step->side == SIDE_AGAINST)
            vector_push(&r->claims[step->a].against, i);
        if (step->kind == STEP_CONTRADICT) {
            vector_push(&r->claims[step->a].contradicting, step->b);
            vector_push(&r->claims[step->b].contradicting, step->a);
        }
        if (step->kind == STEP_IMPUGN && derive(r, step->b, false, nobody))
            r->impugned[step->a] = true;
    }
    free(nobody);
}

struct reference *reference_new(const struct sample *s)
{
    struct reference *r = memory_new(sizeof *r);
    glp_term_out(GLP_OFF);
    r->sample = s;
    r->claims = memory_array(s->claims + 1, sizeof *r->claims);
    r->root = memory_array(s->voices + 1, sizeof *r->root);
    r->impugned = memory_array(s->voices + 1, sizeof *r->impugned);
    r->distance = memory_array(s->claims + 1, sizeof *r->distance);
    r->derived = memory_array(s->claims + 1, sizeof *r->derived);
    r->witness = memory_array(s->claims + 1, sizeof *r->witness);
    r->on_line = memory_array(s->voices + 1, sizeof *r->on_line);
    r->others = memory_array(s->voices + 1, sizeof *r->others);
    find_roots(r);
    map_units(r);
    find_questions(r);
    find_distances(r);
    return r;
}

void reference_free(struct reference *r)
{
    for (uint32_t c = 0; c < r->sample->claims; c++) {
        vector_release(&r->claims[c].cone);
        vector_release(&r->claims[c].against);
        vector_release(&r->claims[c].contradicting);
        for (int k = 0; k < POOL_KINDS; k++)
            vector_release(&r->claims[c].pools[k]);
    }
    for (int k = 0; k < UNIT_KINDS; k++) {
        free(r->maps[k].start);
        vector_release(&r->maps[k].units);
    }
    free(r->claims);
    free(r->root);
    free(r->impugned);
    free(r->distance);
    free(r->derived);
    free(r->witness);
    free(r->on_line);
    free(r->others);
    free(r);
    glp_free_env();
}

/* A smallest breaking set: lines found one at a time, and an integer program over them. */

/* Makes the voices marked in `on_line` a minimal line: takes out whoever is not needed. */
static void shrink(const struct reference *r, uint32_t claim, enum measure m)
{
    uint32_t voices = r->sample->voices;
    bool *line = memory_array(voices + 1, sizeof *line);
    memcpy(line, r->on_line, voices * sizeof *line);
    for (uint32_t v = 0; v < voices; v++) {
        if (!line[v])
            continue;
        line[v] = false;
        for (uint32_t w = 0; w < voices; w++)
            r->others[w] = !line[w];
        line[v] = !holds(r, claim, m, r->others, false);
    }
    memcpy(r->on_line, line, voices * sizeof *line);
    free(line);
}

/* Puts a minimal line that avoids the dead into the pool, if there is one, and fells all its units,
 * so that the next one found has none of them. */
static bool find_line(const struct reference *r, uint32_t claim, enum measure m, bool *dead, numbers *pool)
{
    memset(r->on_line, 0, r->sample->voices * sizeof *r->on_line);
    if (!holds(r, claim, m, dead, true))
        return false;
    shrink(r, claim, m);
    size_t start = pool->count;
    vector_push(pool, 0);
    for (uint32_t v = 0; v < r->sample->voices; v++) {
        if (!r->on_line[v])
            continue;
        vector_push(pool, v);
        pool->at[start]++;
        uint32_t count;
        const uint32_t *units = reference_units(r, m, v, &count);
        for (uint32_t i = 0; i < count; i++)
            reference_fell(r, m, units[i], dead);
    }
    return true;
}

static void add_row(const struct reference *r, glp_prob *p, enum measure m, const uint32_t *voices, uint32_t count)
{
    numbers units = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t of_voice;
        const uint32_t *of = reference_units(r, m, voices[i], &of_voice);
        for (uint32_t k = 0; k < of_voice; k++)
            add_once(&units, of[k]);
    }
    int *index = memory_array(units.count + 1, sizeof *index);
    double *one = memory_array(units.count + 1, sizeof *one);
    for (size_t i = 0; i < units.count; i++) {
        index[i + 1] = (int)units.at[i] + 1;
        one[i + 1] = 1;
    }
    int row = glp_add_rows(p, 1);
    glp_set_row_bnds(p, row, GLP_LO, 1, 0);
    glp_set_mat_row(p, row, (int)units.count, index, one);
    free(index);
    free(one);
    vector_release(&units);
}

/* The program: as few units as can be, at least one on each line that the measure counts. */
static glp_prob *program(const struct reference *r, enum measure m, const numbers *pool, const bool *left_out)
{
    glp_prob *p = glp_create_prob();
    glp_set_obj_dir(p, GLP_MIN);
    glp_add_cols(p, (int)r->sample->voices + 1);
    for (int j = 1; j <= (int)r->sample->voices + 1; j++) {
        glp_set_col_kind(p, j, GLP_BV);
        glp_set_obj_coef(p, j, 1);
    }
    for (size_t i = 0; i < pool->count; i += pool->at[i] + 1) {
        bool counts = true;
        for (uint32_t k = 1; k <= pool->at[i]; k++)
            counts = counts && !left_out[pool->at[i + k]];
        if (counts)
            add_row(r, p, m, pool->at + i + 1, pool->at[i]);
    }
    return p;
}

/* Fells the units of a smallest set that touches every line of the pool; its size. */
static uint32_t fell_smallest(const struct reference *r, enum measure m, const numbers *pool, bool *dead)
{
    glp_prob *p = program(r, m, pool, dead);
    glp_iocp options;
    glp_init_iocp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.presolve = GLP_ON;
    uint32_t size = 0;
    if (glp_get_num_rows(p) > 0) {
        int result = glp_intopt(p, &options);
        assert(result == 0 && glp_mip_status(p) == GLP_OPT);
        (void)result;
        for (uint32_t u = 0; u < r->sample->voices; u++)
            if (glp_mip_col_val(p, (int)u + 1) > .5) {
                reference_fell(r, m, u, dead);
                size++;
            }
    }
    glp_delete_prob(p);
    return size;
}

/* For each unit of a set that breaks the claim, a line that only this one touches: where there is none,
 * the set is not smallest, and the program will say so. */
static void find_critical(const struct reference *r, uint32_t claim, enum measure m, const struct guess *guess,
                          numbers *pool)
{
    for (uint32_t spared = 0; spared < guess->count; spared++) {
        bool *dead = first_dead(r, m);
        for (uint32_t i = 0; i < guess->count; i++)
            if (i != spared)
                reference_fell(r, m, guess->units[i], dead);
        find_line(r, claim, m, dead, pool);
        free(dead);
    }
}

static bool breaks(const struct reference *r, uint32_t claim, enum measure m, const struct guess *guess)
{
    bool *dead = first_dead(r, m);
    for (uint32_t i = 0; i < guess->count; i++)
        reference_fell(r, m, guess->units[i], dead);
    bool broken = !holds(r, claim, m, dead, false);
    free(dead);
    return broken;
}

uint32_t reference_fewest(struct reference *r, uint32_t claim, enum measure m, const struct guess *guess)
{
    numbers *pool = &r->claims[claim].pools[m == ANY ? POOL_EVERY : m == AGAINST ? POOL_AGAINST : POOL_FIRM];
    bool good_guess = breaks(r, claim, m, guess);
    if (good_guess)
        find_critical(r, claim, m, guess, pool);
    for (;;) {
        bool *dead = first_dead(r, m);
        uint32_t size = fell_smallest(r, m, pool, dead);
        bool more = false, reached = good_guess && size >= guess->count;
        while (!reached && find_line(r, claim, m, dead, pool))
            more = true;
        free(dead);
        if (!more)
            return size;
    }
}

/* The rest of a row. */

enum level reference_level(const struct reference *r, uint32_t claim, uint32_t cautious, uint32_t parties)
{
    bool *nobody = memory_array(r->sample->voices + 1, sizeof *nobody);
    bool heard = derive(r, claim, false, nobody);
    free(nobody);
    if (!heard)
        return LEVEL_UNHEARD;
    if (cautious >= 2 && parties >= 2)
        return LEVEL_BORNE_OUT;
    return r->distance[claim] == 0 ? LEVEL_ATTESTED : LEVEL_ALLEGED;
}

bool reference_denied(const struct reference *r, uint32_t claim)
{
    bool *nobody = memory_array(r->sample->voices + 1, sizeof *nobody);
    bool denied = r->claims[claim].against.count > 0;
    for (size_t i = 0; i < r->claims[claim].contradicting.count; i++)
        denied = denied || derive(r, r->claims[claim].contradicting.at[i], false, nobody);
    free(nobody);
    return denied;
}

uint32_t reference_distance(const struct reference *r, uint32_t claim)
{
    return r->distance[claim];
}

bool reference_keystone(const struct reference *r, uint32_t claim, uint32_t voice)
{
    bool *dead = memory_array(r->sample->voices + 1, sizeof *dead);
    bool keystone = derive(r, claim, true, dead);
    dead[voice] = true;
    keystone = keystone && !derive(r, claim, true, dead);
    free(dead);
    return keystone;
}
