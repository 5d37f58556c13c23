/* Learns how names are spelled across scripts, from pairs of spellings, and writes the table that src/gate/align.c
 * reads.
 *
 *     learn-names PAIRS.tsv cross|first|second [UNITS [EPOCHS]] > src/gate/NAME.def
 *
 * `cross` learns from the two columns. `first` and `second` learn spellings within one column: two names are a
 * pair where they share a form in the other column. One pair in ten is held back and measured on, on standard error.
 *
 * 1. Units of up to four letters by up to three are counted near the diagonal of each pair.
 * 2. Expectation-maximisation gives each unit its share of the alignments (Ristad and Yianilos 1998, with
 *    units of several letters as in Bisani and Ney 2008); rare ones are dropped until UNITS are left.
 * 3. Weights start as log-odds against letters by chance, and are then trained to tell true pairs from random ones: the
 *    alignment is hidden, the loss logistic (McCallum, Bellare and Pereira 2005), the steps Adagrad's.
 *
 * It is run by hand; the tables are checked in. */
#include "gate/letters.h"

#include "base/vector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

enum { MOST_X = 4, MOST_Y = 3, ROOM = LETTERS_MOST + 2, WRONG = 40 };
#define WRONG_WEIGHT 3.0

struct word {
    uint8_t at[ROOM];
    uint8_t count, script;
};

struct pair {
    struct word x, y;
    size_t group; /* pairs of one group are never wrong ones for each other */
};

struct unit {
    uint64_t key; /* 0: free */
    double weight, share, count, steps, first;
};

static struct unit *table;
static uint64_t mask;
static size_t filled;
static double floors[3] = {-3, -3, -4}; /* weight of one letter dropped, added, changed, by no unit */
static double floor_odds[3], floor_count[3], floor_steps[3];
static uint64_t random_state = 88172645463325252u;

static uint64_t draw(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static inline uint64_t pack(const uint8_t *at, unsigned count)
{
    uint64_t key = 0;
    for (unsigned i = 0; i < count; i++)
        key = key << 6 | at[i];
    return key;
}

static inline uint64_t key_of(const uint8_t *x, unsigned dx, const uint8_t *y, unsigned dy)
{
    return pack(x, dx) << 18 | pack(y, dy);
}

static inline struct unit *seek(uint64_t key)
{
    uint64_t i = (key * UINT64_C(0x9e3779b97f4a7c15)) >> 20 & mask;
    while (table[i].key && table[i].key != key)
        i = (i + 1) & mask;
    return &table[i];
}

static void resize(uint64_t slots)
{
    struct unit *old = table;
    uint64_t count = old ? mask + 1 : 0;
    table = memory_array(slots, sizeof *table);
    mask = slots - 1;
    for (uint64_t i = 0; i < count; i++)
        if (old[i].key)
            *seek(old[i].key) = old[i];
    free(old);
}

static struct unit *intern(uint64_t key)
{
    struct unit *u = seek(key);
    if (!u->key) {
        if (++filled > mask / 2) {
            resize((mask + 1) * 2);
            u = seek(key);
        }
        u->key = key;
    }
    return u;
}

/* Drops the units that `count` puts under `least`. */
static void drop_under(double least)
{
    struct unit *old = table;
    uint64_t count = mask + 1;
    table = NULL;
    resize(1u << 12);
    filled = 0;
    for (uint64_t i = 0; i < count; i++)
        if (old[i].key && old[i].count >= least) {
            double sum = old[i].count;
            struct unit *u = intern(old[i].key);
            *u = old[i];
            u->count = sum;
        }
    free(old);
}

static unsigned key_length(uint64_t part)
{
    unsigned n = 0;
    for (; part; part >>= 6)
        n++;
    return n;
}

static bool size_allowed(unsigned dx, unsigned dy)
{
    static const bool allowed[MOST_X + 1][MOST_Y + 1] = {
        {0, 1, 0, 0}, {1, 1, 1, 1}, {1, 1, 1, 1}, {0, 1, 1, 1}, {0, 1, 1, 0}};
    return allowed[dx][dy];
}

static void each_near(const struct pair *p, void (*visit)(uint64_t key))
{
    for (unsigned i = 0; i <= p->x.count; i++)
        for (unsigned j = 0; j <= p->y.count; j++)
            for (unsigned dx = 0; dx <= MOST_X && i + dx <= p->x.count; dx++)
                for (unsigned dy = 0; dy <= MOST_Y && j + dy <= p->y.count; dy++) {
                    double a = (i + dx / 2.0) / p->x.count, b = (j + dy / 2.0) / p->y.count;
                    if (size_allowed(dx, dy) && fabs(a - b) < 0.2)
                        visit(key_of(p->x.at + i, dx, p->y.at + j, dy));
                }
}

static void count_one(uint64_t key)
{
    intern(key)->count += 1;
}

/* The sum over all alignments of the products of units' odds; with `spread`, each unit's expected number times `spread`
 * is added to its count. */
static double forward[ROOM + 1][ROOM + 1], backward[ROOM + 1][ROOM + 1];

/* The odds of a unit, or of a floor; *u or *f says which. */
static inline double odds_at(const struct word *x, unsigned i, unsigned dx, const struct word *y, unsigned j,
                             unsigned dy, struct unit **u, double **f)
{
    *u = seek(key_of(x->at + i, dx, y->at + j, dy));
    *f = NULL;
    if ((*u)->key)
        return (*u)->share;
    *u = NULL;
    if (dx + dy == 1 || (dx == 1 && dy == 1)) {
        unsigned which = dx && dy ? 2 : dx ? 0 : 1;
        *f = &floor_count[which];
        return floor_odds[which];
    }
    return 0;
}

static double sum_all(const struct word *x, const struct word *y)
{
    for (unsigned i = 0; i <= x->count; i++)
        memset(forward[i], 0, (y->count + 1) * sizeof **forward);
    forward[0][0] = 1;
    for (unsigned i = 0; i <= x->count; i++)
        for (unsigned j = 0; j <= y->count; j++) {
            double here = forward[i][j];
            if (here <= 0)
                continue;
            for (unsigned dx = 0; dx <= MOST_X && i + dx <= x->count; dx++)
                for (unsigned dy = 0; dy <= MOST_Y && j + dy <= y->count; dy++) {
                    struct unit *u;
                    double *f;
                    if (size_allowed(dx, dy))
                        forward[i + dx][j + dy] += here * odds_at(x, i, dx, y, j, dy, &u, &f);
                }
        }
    return forward[x->count][y->count];
}

static void spread_all(const struct word *x, const struct word *y, double total, double spread)
{
    for (unsigned i = 0; i <= x->count; i++)
        memset(backward[i], 0, (y->count + 1) * sizeof **backward);
    backward[x->count][y->count] = 1;
    for (unsigned i = x->count + 1; i-- > 0;)
        for (unsigned j = y->count + 1; j-- > 0;) {
            double sum = i == x->count && j == y->count ? 1 : 0;
            for (unsigned dx = 0; dx <= MOST_X && i + dx <= x->count; dx++)
                for (unsigned dy = 0; dy <= MOST_Y && j + dy <= y->count; dy++) {
                    struct unit *u;
                    double *f;
                    if (!size_allowed(dx, dy) || backward[i + dx][j + dy] <= 0)
                        continue;
                    double through = odds_at(x, i, dx, y, j, dy, &u, &f) * backward[i + dx][j + dy];
                    sum += through;
                    if (u)
                        u->count += forward[i][j] * through / total * spread;
                    else if (f)
                        *f += forward[i][j] * through / total * spread;
                }
            backward[i][j] = sum;
        }
}

typedef VECTOR(struct pair) pairs_t;

/* To start with, letters mostly stand for one letter each, and every size of unit has its part. */
static void start_shares(void)
{
    double totals[MOST_X + 1][MOST_Y + 1] = {{0}};
    for (uint64_t i = 0; i <= mask; i++)
        if (table[i].key)
            totals[key_length(table[i].key >> 18)][key_length(table[i].key & 0x3ffff)] += table[i].count;
    for (uint64_t i = 0; i <= mask; i++) {
        struct unit *u = &table[i];
        if (!u->key)
            continue;
        unsigned dx = key_length(u->key >> 18), dy = key_length(u->key & 0x3ffff);
        double part = dx == 1 && dy == 1 ? 0.6 : dx + dy == 1 ? 0.01 : pow(0.1, dx + dy - 2);
        u->share = part * u->count / totals[dx][dy];
    }
}

static void expect(pairs_t *pairs, unsigned rounds, double least)
{
    for (unsigned r = 0; r < rounds; r++) {
        double total = 0, like = 0;
        for (uint64_t i = 0; i <= mask; i++)
            table[i].count = 0;
        for (size_t p = 0; p < pairs->count; p++) {
            double z = sum_all(&pairs->at[p].x, &pairs->at[p].y);
            if (z <= 0)
                continue;
            like += log(z);
            spread_all(&pairs->at[p].x, &pairs->at[p].y, z, 1);
        }
        drop_under(least);
        for (uint64_t i = 0; i <= mask; i++)
            total += table[i].count;
        for (uint64_t i = 0; i <= mask; i++)
            table[i].share = table[i].count / total;
        for (int i = 0; i < 3; i++)
            floor_count[i] = 0, floor_odds[i] = 1e-9;
        fprintf(stderr, "round %u: %zu units, likelihood %.3f\n", r, filled, like / (double)pairs->count);
    }
}

static int by_count(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* Rare units are as good as none; of equals, those that say most. */
static void keep_best(size_t most)
{
    if (filled <= most)
        return;
    double *counts = memory_array(filled, sizeof *counts);
    size_t n = 0;
    for (uint64_t i = 0; i <= mask; i++)
        if (table[i].key)
            counts[n++] = table[i].count;
    qsort(counts, n, sizeof *counts, by_count);
    drop_under(counts[most - 1]);
    free(counts);
}

static void start_weights(pairs_t *pairs)
{
    double fx[64] = {0}, fy[64] = {0}, nx = 0, ny = 0;
    for (size_t p = 0; p < pairs->count; p++) {
        for (unsigned i = 0; i < pairs->at[p].x.count; i++)
            fx[pairs->at[p].x.at[i]]++, nx++;
        for (unsigned i = 0; i < pairs->at[p].y.count; i++)
            fy[pairs->at[p].y.at[i]]++, ny++;
    }
    for (uint64_t i = 0; i <= mask; i++) {
        struct unit *u = &table[i];
        if (!u->key)
            continue;
        u->weight = log(u->share > 1e-12 ? u->share : 1e-12);
        for (uint64_t x = u->key >> 18; x; x >>= 6)
            u->weight -= log(fx[x & 63] / nx);
        for (uint64_t y = u->key & ((1u << 18) - 1); y; y >>= 6)
            u->weight -= log(fy[y & 63] / ny);
        u->first = u->weight;
        u->share = exp(u->weight);
        u->steps = 1;
    }
    for (int i = 0; i < 3; i++) {
        floor_odds[i] = exp(floors[i]);
        floor_steps[i] = 1;
    }
}

static double chance(double z)
{
    double s = z > 0 ? log(z) : -50;
    return 1 / (1 + exp(-s));
}

static void step(double rate)
{
    for (uint64_t i = 0; i <= mask; i++) {
        struct unit *u = &table[i];
        if (!u->key)
            continue;
        double g = u->count - 0.02 * (u->weight - u->first);
        u->count = 0;
        if (fabs(g) < 1e-9)
            continue;
        u->steps += g * g;
        u->weight += rate * g / sqrt(u->steps);
        u->share = exp(u->weight);
    }
    for (int i = 0; i < 3; i++) {
        floor_steps[i] += floor_count[i] * floor_count[i];
        floors[i] += rate * floor_count[i] / sqrt(floor_steps[i]);
        floor_count[i] = 0;
        if (floors[i] > -1)
            floors[i] = -1;
        floor_odds[i] = exp(floors[i]);
    }
}

static void clear_counts(void)
{
    for (uint64_t i = 0; i <= mask; i++)
        table[i].count = 0;
    for (int i = 0; i < 3; i++)
        floor_count[i] = 0;
}

static void learn(const struct word *x, const struct word *y, double truth, double weight)
{
    double z = sum_all(x, y), p = chance(z);
    double g = (truth - p) * weight;
    if (z > 0 && fabs(g) > 1e-3)
        spread_all(x, y, z, g);
}

static void epoch(pairs_t *pairs, double rate)
{
    clear_counts();
    for (size_t p = 0; p < pairs->count; p++) {
        struct pair *one = &pairs->at[draw() % pairs->count];
        learn(&one->x, &one->y, 1, 1);
        for (int w = 0; w < WRONG; w++) {
            struct pair *other = &pairs->at[draw() % pairs->count];
            if (other->group != one->group && memcmp(&other->y, &one->y, sizeof one->y) != 0)
                learn(&one->x, &other->y, 0, WRONG_WEIGHT);
        }
        if (p % 64 == 63)
            step(rate);
    }
}

static int by_size(const void *a, const void *b)
{
    return -by_count(a, b);
}

static double score(const struct word *x, const struct word *y)
{
    double z = sum_all(x, y);
    return z > 0 ? log(z) : -50;
}

/* The level that one wrong pair in a thousand is over, and how many true pairs are. */
static double measure(pairs_t *held, double *level)
{
    size_t n = held->count, wrong = 200000;
    double *bad = memory_array(wrong, sizeof *bad);
    for (size_t i = 0; i < wrong; i++) {
        size_t a = draw() % n, b = draw() % n;
        bad[i] = held->at[a].group == held->at[b].group ? -50 : score(&held->at[a].x, &held->at[b].y);
    }
    qsort(bad, wrong, sizeof *bad, by_size);
    *level = bad[wrong - wrong / 1000];
    size_t over = 0;
    for (size_t i = 0; i < n; i++)
        over += score(&held->at[i].x, &held->at[i].y) > *level;
    free(bad);
    return (double)over / (double)n;
}

static void read_word(const char *at, size_t length, struct word *w)
{
    UChar32 points[64];
    size_t n = 0;
    struct letters l;
    for (int32_t i = 0; i < (int32_t)length && n < 64;) {
        UChar32 c;
        U8_NEXT(at, i, (int32_t)length, c);
        if (c > ' ')
            points[n++] = c;
    }
    letters_read(points, n, &l, NULL);
    *w = (struct word){.script = l.script, .count = (uint8_t)(l.count + 2)};
    w->at[0] = w->at[l.count + 1] = LETTER_EDGE;
    memcpy(w->at + 1, l.at, l.count);
}

static void read_pairs(const char *path, pairs_t *pairs)
{
    FILE *f = fopen(path, "r");
    char line[4096];
    if (!f) {
        perror(path);
        exit(1);
    }
    while (fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t'), *end = tab ? strchr(tab + 1, '\t') : NULL;
        struct pair p;
        if (!end)
            continue;
        read_word(line, (size_t)(tab - line), &p.x);
        read_word(tab + 1, (size_t)(end - tab - 1), &p.y);
        if (p.x.script == SCRIPT_LATIN && p.y.script > SCRIPT_LATIN && p.x.count > 3 && p.y.count > 3) {
            p.group = pairs->count;
            vector_push(pairs, p);
        }
    }
    fclose(f);
}

static bool by_second;

static int by_key(const void *a, const void *b)
{
    const struct pair *p = a, *q = b;
    return by_second ? memcmp(&p->x, &q->x, sizeof p->x) : memcmp(&p->y, &q->y, sizeof p->y);
}

/* Two spellings in one column that share a form in the other are a pair, both ways round. */
static void pair_within(pairs_t *pairs, bool second)
{
    pairs_t within = {0};
    by_second = second;
    qsort(pairs->at, pairs->count, sizeof *pairs->at, by_key);
    for (size_t i = 0; i < pairs->count;) {
        size_t end = i + 1;
        while (end < pairs->count && by_key(&pairs->at[i], &pairs->at[end]) == 0)
            end++;
        for (size_t a = i; a < end && end - i < 10 && end - i > 1; a++)
            for (size_t b = i; b < end; b++) {
                struct pair p = second ? (struct pair){pairs->at[a].y, pairs->at[b].y, i}
                                       : (struct pair){pairs->at[a].x, pairs->at[b].x, i};
                if (a != b || a == i)
                    vector_push(&within, p);
            }
        i = end;
    }
    vector_release(pairs);
    *pairs = within;
}

static void print_letters(enum script s, uint64_t key, unsigned n)
{
    putchar('"');
    for (unsigned i = n; i-- > 0;)
        fputs(letter_name(s, (uint8_t)(key >> (6 * i) & 63)), stdout);
    putchar('"');
}

static void print_table(enum script sx, enum script sy, double level)
{
    size_t on_line = 0;
    printf("LEVEL(%.0f)\nFLOORS(%.0f, %.0f, %.0f)\n", level * 100, floors[0] * 100, floors[1] * 100, floors[2] * 100);
    for (uint64_t i = 0; i <= mask; i++) {
        if (!table[i].key)
            continue;
        uint64_t x = table[i].key >> 18, y = table[i].key & ((1u << 18) - 1);
        printf("U(");
        print_letters(sx, x, key_length(x));
        putchar(',');
        print_letters(sy, y, key_length(y));
        printf(",%.0f)%s", table[i].weight * 100, ++on_line % 8 ? " " : "\n");
    }
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: learn-names PAIRS.tsv cross|first|second [UNITS [EPOCHS]]\n", stderr);
        return 2;
    }
    size_t units = argc > 3 ? strtoul(argv[3], NULL, 10) : 1400;
    unsigned epochs = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 3;
    pairs_t all = {0}, held = {0}, pairs = {0};
    read_pairs(argv[1], &all);
    if (strcmp(argv[2], "cross") != 0)
        pair_within(&all, strcmp(argv[2], "second") == 0);
    for (size_t i = 0; i < all.count; i++)
        if (draw() % 10)
            vector_push(&pairs, all.at[i]);
        else
            vector_push(&held, all.at[i]);
    resize(1u << 20);
    for (size_t i = 0; i < pairs.count && i < 40000; i++)
        each_near(&pairs.at[draw() % pairs.count], count_one);
    drop_under(12);
    start_shares();
    pairs_t sample = {pairs.at, pairs.count < 30000 ? pairs.count : 30000, 0};
    for (size_t i = 0; i < sample.count; i++) {
        size_t j = i + draw() % (pairs.count - i);
        struct pair swap = pairs.at[i];
        pairs.at[i] = pairs.at[j];
        pairs.at[j] = swap;
    }
    expect(&sample, 3, 2);
    expect(&sample, 6, 5);
    keep_best(units);
    expect(&sample, 2, 0.5);
    start_weights(&pairs);
    double level, recall = measure(&held, &level);
    fprintf(stderr, "%zu pairs, %zu held; before training: %.4f at %.2f\n", pairs.count, held.count, recall, level);
    for (unsigned e = 0; e < epochs; e++) {
        epoch(&pairs, 0.1 / (1 + e));
        recall = measure(&held, &level);
        fprintf(stderr, "epoch %u: %.4f at %.2f; floors %.2f %.2f %.2f\n", e, recall, level, floors[0], floors[1],
                floors[2]);
    }
    print_table((enum script)pairs.at[0].x.script, (enum script)pairs.at[0].y.script, level);
    vector_release(&all);
    vector_release(&pairs);
    vector_release(&held);
    free(table);
    return 0;
}
