/* The time on Swedish walls. */
#include "calendar/stockholm.h"

#include "base/arena.h"

enum { HOUR = 3600, DAY = 86400 };

/* The moment of the change in `month`: 01:00 UTC on its last Sunday. Both months have 31 days. */
static int64_t change_at(int year, int month)
{
    int64_t last = date_days((struct date){year, month, 31});
    int64_t weekday = ((last + 4) % 7 + 7) % 7; /* 1970 began on a Thursday; Sunday is 0 */

    return (last - weekday) * DAY + HOUR;
}

static int64_t offset(int64_t at)
{
    int year = date_of(at).year;

    return at >= change_at(year, 3) && at < change_at(year, 10) ? 2 * HOUR : HOUR;
}

int64_t stockholm_at(struct date day, int minute)
{
    int64_t wall = date_days(day) * DAY + (int64_t)minute * 60;
    int64_t as_summer = wall - 2 * HOUR;

    return offset(as_summer) == 2 * HOUR ? as_summer : wall - HOUR;
}

struct date stockholm_day(int64_t at, int *minute)
{
    int64_t wall = at + offset(at);
    struct date day = date_of(wall);

    if (minute)
        *minute = (int)((wall - date_days(day) * DAY) / 60);
    return day;
}

struct str stockholm_moment(int64_t at, struct arena *a)
{
    int minute = 0;
    struct date day = stockholm_day(at, &minute);

    return str_of(
        arena_printf(a, "%04d-%02d-%02d %02d.%02d", day.year, day.month, day.day, minute / 60, minute % 60));
}
