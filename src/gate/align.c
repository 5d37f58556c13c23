/* Evidence that two words spell one name: see align.h.
 *
 * Units are looked up in three small hash tables: the parts of one side, the parts of the other, and the pairs
 * that have odds. Most stretches of a word are no part at all, and are done with there. */
#include "gate/align.h"

#include "base/memory.h"
#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <unicode/utf8.h>

enum { MOST_X = 4, MOST_Y = 3, ROOM = LETTERS_MOST + 2 };

struct unit {
    const char *x, *y;
    int16_t hundredths; /* of a nat */
};

struct part {
    uint32_t letters; /* six bits each, the last one lowest; 0: free */
    uint16_t number;
};

struct odds {
    uint32_t parts; /* number of one << 16 | of the other; 0: free */
    float odds;
};

enum { PARTS = 8192, PAIRS = 4096 };

struct align {
    enum script x, y;
    double level;                   /* evidence at which one wrong pair in a thousand passes */
    double dropped, added, changed; /* the odds of a letter that no unit covers */
    const struct unit *units;
    size_t count;
    uint16_t numbered;
    struct part parts[PARTS]; /* the parts of both sides: letters of one side have bit 31 set */
    struct odds pairs[PAIRS];
};

#define LEVEL(hundredths)
#define FLOORS(dropped, added, changed)
#define U(x, y, hundredths) {x, y, hundredths},
static const struct unit latin_units[] = {
#include "gate/align_latin.def"
};
static const struct unit cyrillic_units[] = {
#include "gate/align_cyrillic.def"
};
static const struct unit russian_units[] = {
#include "gate/align_russian.def"
};
static const struct unit arabic_units[] = {
#include "gate/align_arabic.def"
};
static const struct unit hebrew_units[] = {
#include "gate/align_hebrew.def"
};
#undef LEVEL
#undef FLOORS
#undef U

#define LEVEL(hundredths) .level = (hundredths) / 100.0,
#define FLOORS(d, a, c) .dropped = (d) / 100.0, .added = (a) / 100.0, .changed = (c) / 100.0,
#define U(x, y, hundredths)
#define UNITS(list) .units = list, .count = sizeof(list) / sizeof *(list)
static struct align models[] = {
    {
        .x = SCRIPT_LATIN,
        .y = SCRIPT_LATIN,
        UNITS(latin_units),
#include "gate/align_latin.def"
    },
    {
        .x = SCRIPT_CYRILLIC,
        .y = SCRIPT_CYRILLIC,
        UNITS(cyrillic_units),
#include "gate/align_cyrillic.def"
    },
    {
        .x = SCRIPT_LATIN,
        .y = SCRIPT_CYRILLIC,
        UNITS(russian_units),
#include "gate/align_russian.def"
    },
    {
        .x = SCRIPT_LATIN,
        .y = SCRIPT_ARABIC,
        UNITS(arabic_units),
#include "gate/align_arabic.def"
    },
    {
        .x = SCRIPT_LATIN,
        .y = SCRIPT_HEBREW,
        UNITS(hebrew_units),
#include "gate/align_hebrew.def"
    },
};

#define FIRST_SIDE (UINT32_C(1) << 31)

static inline uint32_t spread(uint32_t key)
{
    return (uint32_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

static inline struct part *part_at(const struct align *m, uint32_t letters)
{
    uint32_t i = spread(letters) % PARTS;
    while (m->parts[i].letters && m->parts[i].letters != letters)
        i = (i + 1) % PARTS;
    return (struct part *)&m->parts[i];
}

static inline struct odds *odds_at(const struct align *m, uint32_t parts)
{
    uint32_t i = spread(parts) % PAIRS;
    while (m->pairs[i].parts && m->pairs[i].parts != parts)
        i = (i + 1) % PAIRS;
    return (struct odds *)&m->pairs[i];
}

/* The number of the part that letters in UTF-8 are; a new one if it is met first. */
static uint32_t number_of(struct align *m, enum script script, uint32_t side, const char *letters)
{
    uint32_t key = 0;
    for (; *letters;) {
        uint8_t code = LETTER_EDGE;
        size_t length = 1;
        if (*letters != '|')
            for (code = 1; code < LETTER_EDGE; code++) {
                length = strlen(letter_name(script, code));
                if (length && strncmp(letters, letter_name(script, code), length) == 0)
                    break;
            }
        assert(*letters == '|' || code < LETTER_EDGE);
        key = key << 6 | code;
        letters += length;
    }
    if (!key)
        return 0;
    struct part *p = part_at(m, key | side);
    if (!p->letters)
        *p = (struct part){key | side, ++m->numbered};
    return p->number;
}

static void models_make(void)
{
    for (size_t k = 0; k < sizeof models / sizeof *models; k++) {
        struct align *m = &models[k];
        m->dropped = exp(m->dropped);
        m->added = exp(m->added);
        m->changed = exp(m->changed);
        for (size_t i = 0; i < m->count; i++) {
            const struct unit *u = &m->units[i];
            uint32_t x = number_of(m, m->x, FIRST_SIDE, u->x), y = number_of(m, m->y, 0, u->y);
            *odds_at(m, x << 16 | y) = (struct odds){x << 16 | y, (float)exp(u->hundredths / 100.0)};
        }
        assert(m->numbered < PARTS / 2 && m->count < PAIRS / 2);
    }
}

const struct align *align_between(enum script a, enum script b)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, models_make);
    for (size_t k = 0; k < sizeof models / sizeof *models; k++)
        if (models[k].x == a && models[k].y == b)
            return &models[k];
    return NULL;
}

/* One word between its edges, and which part starts where, by length. */
struct row {
    uint8_t count;
    uint16_t part[ROOM + 1][MOST_X + 1];
};

static void row_make(const struct align *m, const struct letters *l, uint32_t side, unsigned most, struct row *r)
{
    uint8_t at[ROOM];
    r->count = (uint8_t)(l->count + 2);
    at[0] = at[l->count + 1] = LETTER_EDGE;
    memcpy(at + 1, l->at, l->count);
    for (unsigned i = 0; i <= r->count; i++) {
        uint32_t key = 0;
        for (unsigned d = 1; d <= most; d++) {
            r->part[i][d] = 0;
            if (i + d > r->count)
                continue;
            key = key << 6 | at[i + d - 1];
            r->part[i][d] = part_at(m, key | side)->number;
        }
    }
}

double align_evidence(const struct align *m, const struct letters *a, const struct letters *b)
{
    assert(a->script == m->x && b->script == m->y);
    struct row x, y;
    double sum[ROOM + MOST_X + 1][ROOM + MOST_Y + 1];
    row_make(m, a, FIRST_SIDE, MOST_X, &x);
    row_make(m, b, 0, MOST_Y, &y);
    for (unsigned i = 0; i <= x.count; i++)
        memset(sum[i], 0, (y.count + 1u) * sizeof **sum);
    sum[0][0] = 1;
    for (unsigned i = 0; i <= x.count; i++)
        for (unsigned j = 0; j <= y.count; j++) {
            double here = sum[i][j];
            if (here <= 0)
                continue;
            bool known[2][2] = {{false}};
            for (unsigned dx = 0; dx <= MOST_X; dx++) {
                uint32_t px = dx ? x.part[i][dx] : 0;
                if (dx && !px)
                    continue;
                for (unsigned dy = dx ? 0 : 1; dy <= MOST_Y; dy++) {
                    uint32_t py = dy ? y.part[j][dy] : 0;
                    if (dy && !py)
                        continue;
                    const struct odds *o = odds_at(m, px << 16 | py);
                    if (!o->parts)
                        continue;
                    sum[i + dx][j + dy] += here * (double)o->odds;
                    if (dx < 2 && dy < 2)
                        known[dx][dy] = true;
                }
            }
            if (i < x.count && !known[1][0])
                sum[i + 1][j] += here * m->dropped;
            if (j < y.count && !known[0][1])
                sum[i][j + 1] += here * m->added;
            if (i < x.count && j < y.count && !known[1][1])
                sum[i + 1][j + 1] += here * m->changed;
        }
    double total = sum[x.count][y.count];
    double evidence = total > 0 ? log(total) - m->level : ALIGN_NONE;
    return evidence > ALIGN_NONE ? evidence : ALIGN_NONE;
}
