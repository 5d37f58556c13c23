/* How languages write a date: the ways that the tables of words choose from. */
#ifndef PUBLISH_DATES_H
#define PUBLISH_DATES_H

#include "publish/words.h"

/* `day` 0: no day is known; `month` 0: no month either. Months count from 1. */
typedef void date_writer(struct buffer *out, const struct words *w, int year, int month, int day);

date_writer date_day_month_year;     /* 3 March 2031 */
date_writer date_day_month_year_god; /* 3 марта 2031 года */
date_writer date_uzbek;              /* 2031-yil 3-mart */
date_writer date_uzbek_cyrillic;     /* 2031 йил 3 март */
date_writer date_chinese;            /* 2031年3月3日 */
date_writer date_persian;            /* ۱۲ اسفند ۱۴۰۹ (۳ مارس ۲۰۳۱) */
date_writer date_french;             /* 1er mars 2031 */
date_writer date_spanish;            /* 3 de marzo de 2031 */
date_writer date_german;             /* 3. März 2031 */

/* A day of the Gregorian calendar in the Solar Hijri one of Iran. Years 1800 to 2256, within which its leap years
 * follow the 33-year rule; false outside. */
bool date_to_solar_hijri(int year, int month, int day, int *hijri_year, int *hijri_month, int *hijri_day);

#endif
