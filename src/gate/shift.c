/* Dates that move: see shift.h. A date is a run of days: one, a month of them, or a year. */
#include "gate/shift.h"

#include "base/vector.h"
#include "gate/invent.h"

#include <stdio.h>

enum { ROOM = 20, FAR = 500 /* days, where there is no neighbour */, TRIES = 16 };

struct shift {
    struct text date;
    int64_t first, last; /* days since 0000-03-01 */
    bool fixed;
    char to[ROOM]; /* "" where it stays */
};

struct shifts {
    VECTOR(struct shift) dates;
};

struct shifts *shifts_new(void)
{
    return memory_new(sizeof(struct shifts));
}

void shifts_free(struct shifts *s)
{
    if (!s)
        return;
    vector_release(&s->dates);
    free(s);
}

/* Days since 0000-03-01 in the Gregorian calendar, and back: Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

static void day_parts(int64_t number, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t era = number / 146097, of_era = number - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100), m = (5 * of_year + 2) / 153;
    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m + (m < 10 ? 3 : -9);
    *year = years + era * 400 + (*month <= 2);
}

static int64_t digits(struct text t, size_t at, size_t count)
{
    int64_t n = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= t.length || t.at[i] < '0' || t.at[i] > '9')
            return -1;
        n = n * 10 + t.at[i] - '0';
    }
    return n;
}

/* The days of a year or a month, by its number counted in such units. */
static void unit_days(size_t length, int64_t unit, int64_t *first, int64_t *last)
{
    int64_t months = length == 4 ? 12 : 1, from = length == 4 ? unit * 12 : unit, to = from + months;
    *first = length >= 10 ? unit : day_number(from / 12, from % 12 + 1, 1);
    *last = length >= 10 ? unit : day_number(to / 12, to % 12 + 1, 1) - 1;
}

/* The number of a date in its unit: years, months or days; -1 where it is no date. */
static int64_t unit_of(struct text date)
{
    int64_t year = digits(date, 0, 4), month = 1, day = 1;
    if (date.length >= 7)
        month = digits(date, 5, 2);
    if (date.length >= 10)
        day = digits(date, 8, 2);
    if (year < 1 || month < 1 || day < 1 || (date.length != 4 && date.length != 7 && date.length < 10))
        return -1;
    return date.length == 4 ? year : date.length == 7 ? year * 12 + month - 1 : day_number(year, month, day);
}

static int by_days(const void *a, const void *b)
{
    const struct shift *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->last != y->last)
        return x->last < y->last ? -1 : 1;
    int order = text_compare(x->date, y->date);
    return order;
}

void shifts_add(struct shifts *s, struct text date, bool fixed)
{
    int64_t unit = unit_of(date);
    struct shift d = {.date = date, .fixed = fixed};
    if (unit < 0 || date.length >= ROOM)
        return;
    unit_days(date.length, unit, &d.first, &d.last);
    vector_push(&s->dates, d);
}

/* Sorted, each once. */
static void sort_once(struct shifts *s)
{
    size_t kept = 0;
    if (s->dates.count)
        qsort(s->dates.at, s->dates.count, sizeof *s->dates.at, by_days);
    for (size_t i = 0; i < s->dates.count; i++) {
        struct shift *last = kept ? &s->dates.at[kept - 1] : NULL;
        if (last && text_equal(last->date, s->dates.at[i].date))
            last->fixed |= s->dates.at[i].fixed;
        else
            s->dates.at[kept++] = s->dates.at[i];
    }
    s->dates.count = kept;
}

static void write_date(struct shift *d, int64_t unit, struct chance *c)
{
    int64_t year, month, day;
    if (d->date.length == 4) {
        snprintf(d->to, ROOM, "%04u", (unsigned)unit % 10000);
        return;
    }
    if (d->date.length == 7) {
        snprintf(d->to, ROOM, "%04u-%02u", (unsigned)(unit / 12) % 10000, (unsigned)(unit % 12) + 1);
        return;
    }
    day_parts(unit, &year, &month, &day);
    int n = snprintf(d->to, ROOM, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
    if (d->date.length > 10)
        snprintf(d->to + n, ROOM - (size_t)n, "T%02u:%02uZ", chance_below(c, 24), chance_below(c, 60));
}

/* Moves a date to some place that lies wholly between two days, neither of them included; leaves it where none is
 * found. */
static void move(struct shift *d, int64_t after, int64_t before, struct chance *c)
{
    int64_t unit = unit_of(d->date), span = d->date.length == 4 ? 3 : d->date.length == 7 ? 14 : FAR;
    if (d->last - d->first == 0 && before - after < 2 * span)
        span = (before - after) / 2;
    for (int try = 0; try < TRIES && span > 0; try++) {
        int64_t to = unit + (int64_t)chance_below(c, (uint32_t)(2 * span + 1)) - span, first, last;
        if (to < 1 || to == unit)
            continue;
        unit_days(d->date.length, to, &first, &last);
        if (first > after && last < before && last < day_number(9999, 1, 1) && first >= day_number(1, 1, 1)) {
            write_date(d, to, c);
            return;
        }
    }
}

void shifts_settle(struct shifts *s, uint64_t seed)
{
    struct chance c = {seed};
    int64_t reached = INT64_MIN; /* the last day of all before */
    sort_once(s);
    for (size_t i = 0; i < s->dates.count; i++) {
        struct shift *d = &s->dates.at[i];
        int64_t after = i ? reached + (d->first - reached) / 2 : d->first - FAR;
        int64_t before =
            i + 1 < s->dates.count ? d->last + (s->dates.at[i + 1].first - d->last + 1) / 2 : d->last + FAR;
        bool alone = (!i || reached < d->first) && (i + 1 == s->dates.count || s->dates.at[i + 1].first > d->last);
        if (alone && !d->fixed)
            move(d, after, before, &c);
        if (d->last > reached)
            reached = d->last;
    }
}

struct text shifts_of(const struct shifts *s, struct text date)
{
    struct shift key = {.date = date};
    int64_t unit = unit_of(date);
    if (unit < 0 || !s->dates.count)
        return date;
    unit_days(date.length, unit, &key.first, &key.last);
    const struct shift *found = bsearch(&key, s->dates.at, s->dates.count, sizeof key, by_days);
    return found && found->to[0] ? text_of(found->to) : date;
}
