/* The time on Swedish walls: against the machine's own table of zones, and around each change. */
#include "../unit.h"

#include "calendar/stockholm.h"

#include <stdlib.h>
#include <time.h>

static void a_summer_morning_is_two_hours_before_utc(void **state)
{
    (void)state;
    assert_int_equal(stockholm_at((struct date){2026, 8, 19}, 8 * 60 + 30), 1787121000); /* 06:30 UTC */
    assert_int_equal(stockholm_at((struct date){2026, 12, 1}, 8 * 60), 1796108400);      /* 07:00 UTC */
}

static void every_moment_is_read_as_the_system_reads_it(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Stockholm", 1);
    tzset();
    for (int64_t at = 852076800; at < 2524608000; at += 5400 * 7 + 1) { /* 1997 to 2050 */
        time_t moment = (time_t)at;
        struct tm wall;
        int minute = 0;

        localtime_r(&moment, &wall);
        struct date day = stockholm_day(at, &minute);
        assert_int_equal(day.day, wall.tm_mday);
        assert_int_equal(day.month, wall.tm_mon + 1);
        assert_int_equal(minute, wall.tm_hour * 60 + wall.tm_min);
    }
    unsetenv("TZ");
    tzset();
}

static void a_wall_time_reads_back_on_every_day(void **state)
{
    (void)state;
    for (int64_t i = date_days((struct date){2024, 1, 1}); i < date_days((struct date){2031, 1, 1}); i++) {
        int minute = 0;
        struct date day = date_from_days(i);
        struct date back = stockholm_day(stockholm_at(day, 8 * 60 + 30), &minute);

        assert_true(date_equal(day, back));
        assert_int_equal(minute, 8 * 60 + 30);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_summer_morning_is_two_hours_before_utc),
        cmocka_unit_test(every_moment_is_read_as_the_system_reads_it),
        cmocka_unit_test(a_wall_time_reads_back_on_every_day),
    };

    return cmocka_run_group_tests_name("stockholm", tests, NULL, NULL);
}
