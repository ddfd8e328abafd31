/* Days and moments. The day counts follow Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#include "base/date.h"

#include "base/number.h"

#include <stdio.h>

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468, SECONDS_PER_DAY = 86400 };

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

bool date_from_str(struct str s, struct date *out)
{
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;

    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    if (!i64_from_str(str_part(s, 0, 4), 1, 9999, &year) || !i64_from_str(str_part(s, 5, 2), 1, 12, &month) ||
        !i64_from_str(str_part(s, 8, 2), 1, days_in_month((int)year, (int)month), &day))
        return false;
    *out = (struct date){(int)year, (int)month, (int)day};
    return true;
}

void date_to_text(struct date d, char out[11])
{
    char whole[40];

    snprintf(whole, sizeof whole, "%04d-%02d-%02d", d.year, d.month, d.day);
    for (int i = 0; i < 10; i++)
        out[i] = whole[i];
    out[10] = '\0';
}

int64_t date_days(struct date d)
{
    int64_t year = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

struct date date_from_days(int64_t days)
{
    int64_t z = days + DAYS_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t day_of_era = z - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    int month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);

    return (struct date){(int)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)), month, day};
}

/* Whole days before the moment, also before 1970. */
static int64_t day_of(int64_t at)
{
    return at >= 0 ? at / SECONDS_PER_DAY : -((-at + SECONDS_PER_DAY - 1) / SECONDS_PER_DAY);
}

struct date date_of(int64_t at)
{
    return date_from_days(day_of(at));
}

struct date date_add_months(struct date d, int months)
{
    int month = d.year * 12 + d.month - 1 + months;
    struct date moved = {month / 12, month % 12 + 1, d.day};
    int last = days_in_month(moved.year, moved.month);

    moved.day = moved.day < last ? moved.day : last;
    return moved;
}

void moment_to_text(int64_t at, char out[21])
{
    struct date d = date_of(at);
    int64_t second = at - day_of(at) * SECONDS_PER_DAY;
    char whole[64];

    snprintf(whole, sizeof whole, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day,
             (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    for (int i = 0; i < 20; i++)
        out[i] = whole[i];
    out[20] = '\0';
}

bool date_equal(struct date a, struct date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}
