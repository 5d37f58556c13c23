/* Days, however they are written: "14 March 2031", "March 14th, 2031", "14.03.2031", "2031-03-14", «14 марта 2031».
 * Part of a search (secrets_inside.h). Linear in the words. */
#include "gate/secrets_inside.h"

#include "gate/endings.h"
#include "gate/known.h"

#include <stdlib.h>
#include <unicode/uchar.h>

/* A word's number and how many digits it has: 14 of "14" and of "14th"; -1 where there is none. */
static int number_of(const signs *all, const struct word *w, unsigned *digits)
{
    int value = 0;
    *digits = 0;
    for (uint32_t i = w->first; i < w->first + w->count && *digits < 5; i++) {
        int digit = u_charDigitValue(all->at[i].c);
        if (digit < 0)
            break;
        value = value * 10 + digit;
        ++*digits;
    }
    return *digits && *digits < 5 && w->plain.count <= 2 ? value : -1;
}

static unsigned month_of(const struct word *w)
{
    struct base bases[BASES_MOST];
    unsigned count = w->plain.count ? bases_read(&w->plain, &w->letters, bases) : 0, month = 0;
    for (unsigned i = 0; i < count && !month; i++)
        month = known_month(letters_key(&bases[i].letters));
    return month;
}

static uint32_t day_make(int year, int month, int day)
{
    if (year < 1000 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    return (uint32_t)(year * 10000 + month * 100 + day);
}

/* Three numbers with signs between: year first or day first. American order only where no other makes a day. */
static uint32_t day_of_numbers(const int v[3], const unsigned digits[3])
{
    if (digits[0] == 4)
        return day_make(v[0], v[1], v[2]);
    int year = digits[2] == 4 ? v[2] : digits[2] == 2 ? v[2] + (v[2] < 70 ? 2000 : 1900) : 0;
    uint32_t day = day_make(year, v[1], v[0]);
    return day ? day : day_make(year, v[0], v[1]);
}

uint32_t date_at(const signs *all, const word_list *words, size_t at, size_t *last)
{
    int v[3] = {-1, -1, -1};
    unsigned digits[3] = {0}, months = 0, month = 0;
    size_t n = 0, i = at;
    for (; n < 3 && i < words->count && i < at + 5; i++) {
        const struct word *w = &words->at[i];
        v[n] = number_of(all, w, &digits[n]);
        if (v[n] < 0 && (month = month_of(w)) && !months) {
            v[n] = (int)month;
            months |= 1u << n;
        } else if (v[n] < 0) {
            if (n == 0 || !known_is(KNOWN_STOP, w->key))
                break;
            continue; /* "14th of March" */
        }
        *last = i;
        n++;
    }
    if (n < 3)
        return 0;
    if (!months)
        return words->at[at + 1].gap == GAP_SIGN && *last == at + 2 ? day_of_numbers(v, digits) : 0;
    if (months & 1)
        return digits[2] == 4 ? day_make(v[2], v[0], v[1]) : 0;
    return months & 2 ? digits[2] == 4 ? day_make(v[2], v[1], v[0]) : day_make(v[0], v[1], v[2]) : 0;
}

static int by_day(const void *a, const void *b)
{
    const struct day *x = a, *y = b;
    return x->day < y->day ? -1 : x->day > y->day;
}

void days_sort(struct secrets *s)
{
    if (s->days.count)
        qsort(s->days.at, s->days.count, sizeof *s->days.at, by_day);
}

void search_dates(struct search *s)
{
    const struct secrets *all = s->secrets;
    for (size_t i = 0; all->days.count && i < s->words.count; i++) {
        size_t last = i;
        struct day day = {date_at(&s->view->signs, &s->words, i, &last), 0};
        const struct day *found = day.day ? bsearch(&day, all->days.at, all->days.count, sizeof day, by_day) : NULL;
        while (found && found > all->days.at && found[-1].day == day.day)
            found--;
        for (; found && found < all->days.at + all->days.count && found->day == day.day; found++)
            search_put(
                s, (uint32_t)i, (uint32_t)last,
                (struct secret_find){.owner = found->owner, .kind = SECRET_DETAIL, .how = HOW_SPELLING, .score = 1});
    }
}
