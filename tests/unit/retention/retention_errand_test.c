/* The nightly run: at its time, once, after a stop at once, and not while disposal is frozen. */
#include "house.h"

#include "calendar/night.h"
#include "calendar/stockholm.h"
#include "retention/retention_errand.h"
#include "retention/retention_schedule.h"
#include "store/db.h"
#include "store/retention.h"

enum { THREE = 3 * 60 };

static int64_t at(int year, int month, int day, int minute)
{
    return stockholm_at((struct date){year, month, day}, minute);
}

static bool looks(struct retention_watch *w, int64_t now_at)
{
    bool has_run = false;
    struct err e = {0};

    if (retention_look(w, now_at, &has_run, &e) != OK)
        fail_msg("%s", e.what);
    return has_run;
}

/* Reports, whose days are from 2026; the town itself was made in 1970. */
static struct retention_watch watch(struct town *t)
{
    return (struct retention_watch){.city = t->city, .db = t->city->db, .minute = THREE};
}

static void a_time_is_read_and_anything_else_refused(void **state)
{
    static const char *const wrong[] = {"", "3:00", "24:00", "03:60", "03.00", "03:00 ", "-1:00", "ab:cd"};
    int minute = -1;
    struct err e = {0};

    (void)state;
    assert_int_equal(retention_minute(S("03:00"), &minute, &e), OK);
    assert_int_equal(minute, THREE);
    assert_int_equal(retention_minute(S("23:59"), &minute, &e), OK);
    assert_int_equal(minute, 24 * 60 - 1);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(retention_minute(str_of(wrong[i]), &minute, &e), BAD_INPUT);
}

/* Every quarter of an hour of two years: turns are a day apart on the wall, whatever summer time does. */
static void there_is_one_turn_a_day_and_it_stands_at_its_time(void **state)
{
    int64_t first = at(2026, 1, 1, 0);
    int minute = 0;

    (void)state;
    for (int64_t now = first; now < first + 730 * (int64_t)86400; now += 900) {
        int64_t before = night_turn_before(now, THREE);
        int64_t after = night_turn_after(now, THREE);

        assert_true(before <= now && now < after);
        assert_int_equal(date_days(stockholm_day(after, &minute)) - date_days(stockholm_day(before, NULL)),
                         1);
        assert_int_equal(minute, THREE);
    }
}

static void it_runs_at_its_time_and_once(void **state)
{
    struct retention_watch w = watch(*state);
    int runs = 0;

    looks(&w, at(2026, 11, 24, 12 * 60));
    for (int minute = 0; minute < 3 * 24 * 60; minute += 10) {
        int64_t now = at(2026, 11, 25, 0) + minute * (int64_t)60;
        bool has_run = looks(&w, now);

        assert_int_equal(has_run, minute % (24 * 60) == THREE);
        runs += has_run;
    }
    assert_int_equal(runs, 3);
}

static void after_a_long_stop_it_runs_at_once_and_once(void **state)
{
    struct retention_watch w = watch(*state);

    looks(&w, at(2026, 11, 24, 12 * 60));
    struct retention_watch again = watch(*state);
    assert_true(looks(&again, at(2027, 1, 8, 9 * 60)));
    assert_false(looks(&again, at(2027, 1, 8, 23 * 60)));
    assert_true(looks(&again, at(2027, 1, 9, THREE)));
}

static void a_new_city_waits_for_its_first_night(void **state)
{
    struct town *t = *state;
    struct retention_watch w = watch(t);

    t->city->created_at = at(2026, 11, 24, 12 * 60);
    assert_false(looks(&w, at(2026, 11, 25, THREE - 1)));
    assert_true(looks(&w, at(2026, 11, 25, THREE)));
}

static void what_was_deleted_is_gone_from_the_files_when_it_has_run(void **state)
{
    struct town *t = *state;
    struct retention_watch w = watch(t);

    house_fill(t, 20);
    assert_true(town_holds(t, HOUSE_MARKER));
    for (int month = 1; month <= 72; month++) {
        struct date day = date_add_months(date_of(HOUSE_NOON), month);

        assert_true(looks(&w, stockholm_at(day, THREE)));
    }
    assert_false(town_holds(t, HOUSE_MARKER));
}

/* A run that ended before the files were cleared: the next process clears them, without a new run. */
static void what_another_process_left_in_the_files_is_cleared(void **state)
{
    struct town *t = *state;
    struct retention_watch w = watch(t);
    struct err e = {0};

    house_fill(t, 20);
    looks(&w, at(2026, 11, 25, THREE));
    assert_int_equal(db_script(t->city->db, "update seminar_signup set needs = 'glomdrest'", &e), OK);
    assert_int_equal(db_script(t->city->db, "update seminar_signup set needs = ''", &e), OK);
    assert_true(town_holds(t, "glomdrest"));
    struct retention_watch again = watch(t);
    assert_false(looks(&again, at(2026, 11, 25, THREE + 1)));
    assert_false(town_holds(t, "glomdrest"));
}

static void while_disposal_is_frozen_nothing_goes_and_after_it_all_does(void **state)
{
    struct town *t = *state;
    struct retention_watch w = watch(t);
    bool has_run = true;
    struct err e = {0};

    house_fill(t, 3);
    t->who.now_at = at(2026, 12, 1, 0);
    assert_int_equal(retention_freeze(t->city->db, S("händelse 3"), &t->who, &e), OK);
    assert_int_equal(retention_look(&w, at(2033, 1, 1, THREE), &has_run, &e), REFUSED);
    assert_false(has_run);
    assert_int_equal(house_count(t, "select count(*) from seminar_signup where needs <> ''"), 3);
    assert_int_equal(retention_thaw(t->city->db, &t->who, &e), OK);
    assert_true(looks(&w, at(2033, 1, 1, THREE + 1)));
    assert_int_equal(house_count(t, "select count(*) from seminar_signup"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_read_and_anything_else_refused),
        cmocka_unit_test(there_is_one_turn_a_day_and_it_stands_at_its_time),
        IN_TOWN(it_runs_at_its_time_and_once),
        IN_TOWN(after_a_long_stop_it_runs_at_once_and_once),
        IN_TOWN(a_new_city_waits_for_its_first_night),
        IN_TOWN(what_was_deleted_is_gone_from_the_files_when_it_has_run),
        IN_TOWN(what_another_process_left_in_the_files_is_cleared),
        IN_TOWN(while_disposal_is_frozen_nothing_goes_and_after_it_all_does),
    };

    return cmocka_run_group_tests_name("retention_errand", tests, NULL, NULL);
}
