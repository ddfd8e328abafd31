/* Work that is done once a night. */
#include "calendar/night.h"

#include "base/date.h"
#include "base/number.h"
#include "calendar/stockholm.h"

enum { MINUTES_PER_HOUR = 60 };

bool night_minute(struct str time, int *minute)
{
    int64_t hours = 0;
    int64_t minutes = 0;

    if (time.n != 5 || time.p[2] != ':' || !i64_from_str(str_part(time, 0, 2), 0, 23, &hours) ||
        !i64_from_str(str_part(time, 3, 2), 0, 59, &minutes))
        return false;
    *minute = (int)(hours * MINUTES_PER_HOUR + minutes);
    return true;
}

static int64_t turn_of(struct date day, int days_later, int minute)
{
    return stockholm_at(date_from_days(date_days(day) + days_later), minute);
}

int64_t night_turn_before(int64_t now_at, int minute)
{
    struct date today = stockholm_day(now_at, NULL);
    int64_t turn = turn_of(today, 0, minute);

    return turn <= now_at ? turn : turn_of(today, -1, minute);
}

int64_t night_turn_after(int64_t now_at, int minute)
{
    struct date today = stockholm_day(now_at, NULL);
    int64_t turn = turn_of(today, 0, minute);

    return turn > now_at ? turn : turn_of(today, 1, minute);
}
