/* Working days. */
#include "calendar/working_day.h"

#include <stddef.h>

/* Easter Day by the Gregorian rule: the Sunday after the full moon that falls on 21 March or later, as the
 * church counts moons. The steps and the letters are those of Meeus, Astronomical Algorithms, 2nd ed., ch. 8.
 */
static struct date easter(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int g = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;

    return (struct date){year, n / 31, n % 31 + 1};
}

static bool is_fixed_holiday(struct date d)
{
    static const struct {
        int month, day;
    } holidays[] = {{1, 1}, {1, 6}, {5, 1}, {6, 6}, {12, 24}, {12, 25}, {12, 26}, {12, 31}};

    for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++)
        if (d.month == holidays[i].month && d.day == holidays[i].day)
            return true;
    return false;
}

/* Those that move and fall on a day from Monday to Friday. */
static bool is_moving_holiday(struct date d, int weekday)
{
    enum { GOOD_FRIDAY = -2, EASTER_MONDAY = 1, ASCENSION = 39, FRIDAY = 4 };
    int64_t since_easter = date_days(d) - date_days(easter(d.year));
    bool is_midsummer_eve = weekday == FRIDAY && d.month == 6 && d.day >= 19 && d.day <= 25;

    return since_easter == GOOD_FRIDAY || since_easter == EASTER_MONDAY || since_easter == ASCENSION ||
           is_midsummer_eve;
}

bool working_day_is(struct date day)
{
    int weekday = (int)((date_days(day) % 7 + 7 + 3) % 7); /* 0 is Monday: 1970-01-01 was a Thursday */

    return weekday < 5 && !is_fixed_holiday(day) && !is_moving_holiday(day, weekday);
}

struct date working_day_after(struct date day)
{
    int64_t days = date_days(day) + 1;

    while (!working_day_is(date_from_days(days)))
        days++;
    return date_from_days(days);
}
