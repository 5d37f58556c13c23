/* Dates as languages write them, and the Solar Hijri calendar. */
#include "publish/dates.h"

#include <stdio.h>

void words_number(const struct words *w, uint64_t n, struct buffer *out)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    for (int i = 0; i < length; i++) {
        size_t width = w->digits ? strlen(w->digits) / 10 : 1;
        if (w->digits)
            buffer_add(out, w->digits + width * (size_t)(digits[i] - '0'), width);
        else
            buffer_char(out, digits[i]);
    }
}

static void number(struct buffer *out, const struct words *w, int n)
{
    words_number(w, (uint64_t)n, out);
}

/* DAY, `before`, MONTH, `between`, YEAR: what most languages do. */
static void day_first(struct buffer *out, const struct words *w, const int date[3], const char *before,
                      const char *between)
{
    if (date[2]) {
        number(out, w, date[2]);
        buffer_string(out, before);
    }
    if (date[1]) {
        buffer_string(out, w->months[date[1] - 1]);
        buffer_string(out, between);
    }
    number(out, w, date[0]);
}

void date_day_month_year(struct buffer *out, const struct words *w, int year, int month, int day)
{
    day_first(out, w, (const int[]){year, month, day}, " ", " ");
}

void date_german(struct buffer *out, const struct words *w, int year, int month, int day)
{
    day_first(out, w, (const int[]){year, month, day}, ". ", " ");
}

void date_spanish(struct buffer *out, const struct words *w, int year, int month, int day)
{
    day_first(out, w, (const int[]){year, month, day}, " de ", " de ");
}

void date_french(struct buffer *out, const struct words *w, int year, int month, int day)
{
    day_first(out, w, (const int[]){year, month, day}, day == 1 ? "er " : " ", " ");
}

/* With the word for year behind it, the thirteenth of the months. Without a day the month is not in the genitive; the
 * bare number is written then. */
void date_day_month_year_god(struct buffer *out, const struct words *w, int year, int month, int day)
{
    if (day) {
        day_first(out, w, (const int[]){year, month, day}, " ", " ");
        buffer_char(out, ' ');
        buffer_string(out, w->months[12]);
    } else if (month) {
        buffer_format(out, "%02d.%d", month, year);
    } else {
        number(out, w, year);
    }
}

static void uzbek(struct buffer *out, const struct words *w, const int date[3], const char *year, const char *day)
{
    number(out, w, date[0]);
    buffer_string(out, year);
    if (date[1])
        buffer_char(out, ' ');
    if (date[2]) {
        number(out, w, date[2]);
        buffer_string(out, day);
    }
    if (date[1])
        buffer_string(out, w->months[date[1] - 1]);
}

void date_uzbek(struct buffer *out, const struct words *w, int year, int month, int day)
{
    uzbek(out, w, (const int[]){year, month, day}, "-yil", "-");
}

void date_uzbek_cyrillic(struct buffer *out, const struct words *w, int year, int month, int day)
{
    uzbek(out, w, (const int[]){year, month, day}, " йил", " ");
}

void date_chinese(struct buffer *out, const struct words *w, int year, int month, int day)
{
    number(out, w, year);
    buffer_string(out, "年");
    if (month) {
        number(out, w, month);
        buffer_string(out, "月");
    }
    if (day) {
        number(out, w, day);
        buffer_string(out, "日");
    }
}

/* Source: the arithmetic of Roozbeh Pournader and Mohammad Toossi's jalali converter, in the form that counts days from
 * a cycle of 33 years. */
bool date_to_solar_hijri(int year, int month, int day, int *hijri_year, int *hijri_month, int *hijri_day)
{
    static const int before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    if (year < 1800 || year > 2256)
        return false;
    int leaps = month > 2 ? year + 1 : year;
    int days =
        355666 + 365 * year + (leaps + 3) / 4 - (leaps + 99) / 100 + (leaps + 399) / 400 + day + before[month - 1];
    int y = -1595 + 33 * (days / 12053);
    days %= 12053;
    y += 4 * (days / 1461);
    days %= 1461;
    if (days > 365) {
        y += (days - 1) / 365;
        days = (days - 1) % 365;
    }
    *hijri_year = y;
    *hijri_month = days < 186 ? 1 + days / 31 : 7 + (days - 186) / 30;
    *hijri_day = days < 186 ? 1 + days % 31 : 1 + (days - 186) % 30;
    return true;
}

/* In Iran's calendar, the Gregorian day in brackets; months 13 to 24 of the table are Iran's. */
void date_persian(struct buffer *out, const struct words *w, int year, int month, int day)
{
    int y, m, d;
    if (!day || !date_to_solar_hijri(year, month, day, &y, &m, &d)) {
        day_first(out, w, (const int[]){year, month, day}, " ", " ");
        return;
    }
    day_first(out, w, (const int[]){y, m + 12, d}, " ", " ");
    buffer_string(out, " (");
    day_first(out, w, (const int[]){year, month, day}, " ", " ");
    buffer_char(out, ')');
}

/* Reads `count` digits and, in front of them, `separator` (0: none). */
static bool digits_read(struct text t, size_t *at, char separator, size_t count, int *out)
{
    size_t i = *at;
    if (separator && (i >= t.length || t.at[i++] != separator))
        return false;
    if (t.length - i < count)
        return false;
    *out = 0;
    for (size_t end = i + count; i < end; i++) {
        if (t.at[i] < '0' || t.at[i] > '9')
            return false;
        *out = *out * 10 + (t.at[i] - '0');
    }
    *at = i;
    return true;
}

bool words_date(const struct words *w, struct text date, struct buffer *out)
{
    int year, month = 0, day = 0, hour, minute;
    size_t at = 0;
    bool has_year = digits_read(date, &at, 0, 4, &year);
    bool has_month = has_year && digits_read(date, &at, '-', 2, &month);
    bool has_day = has_month && digits_read(date, &at, '-', 2, &day);
    struct text time = {date.at + at, date.length - at};
    bool timed = has_day && digits_read(date, &at, 'T', 2, &hour) && digits_read(date, &at, ':', 2, &minute) &&
                 at + 1 == date.length && date.at[at] == 'Z';
    bool sound = has_year && (!has_month || (month >= 1 && month <= 12)) && (!has_day || (day >= 1 && day <= 31));
    if (!sound || (time.length && !timed)) {
        buffer_text_add(out, date);
        return false;
    }
    w->date(out, w, year, month, day);
    if (timed)
        buffer_format(out, ", %.5s UTC", time.at + 1);
    return true;
}
