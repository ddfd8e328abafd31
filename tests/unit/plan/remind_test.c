/* Reminders of the action plan, read in the outbox. */
#include "plan/plan_remind.h"

#include "base/text.h"
#include "plan/owner_link.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "reminders.h"

#include <stdio.h>

static const struct date deadline = {2026, 12, 24};

/* A minute past `hour` on the wall, `days` before the deadline. */
static struct who at_day(int days, int hour)
{
    struct date day = date_from_days(date_days(deadline) - days);

    return (struct who){.name = "test", .now_at = stockholm_at(day, hour * 60 + 1)};
}

/* How many letters are written that day at nine, to owners; and to coordinators. */
static size_t reminds(struct db *db, int days)
{
    const struct who who = at_day(days, 9);
    struct err e = {0};
    size_t n = 0;

    if (plan_remind(db, &office, &who, &n, &e) != OK)
        fail_msg("%s", e.what);
    return n;
}

static size_t tells(struct db *db, int days)
{
    const struct who who = at_day(days, 9);
    struct err e = {0};
    size_t n = 0;

    if (plan_tell(db, &office, &who, &n, &e) != OK)
        fail_msg("%s", e.what);
    return n;
}

static void an_owner_is_reminded_two_weeks_and_a_day_before_and_no_more(void **state)
{
    struct db *db = city_db(*state);

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    for (int days = 20; days >= -20; days--) {
        assert_int_equal(reminds(db, days), days == 14 || days == 1);
        assert_int_equal(reminds(db, days), 0);
    }
    assert_int_equal(count_rows(db, "select count(*) from audit where action = 'plan.remind'"), 2);
    db_close(db);
}

static void the_letter_says_what_when_and_whom_to_ask(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    reminds(db, 14);
    assert_str(last(db, s->arena, ADDRESS), "kim@hotell.example");
    assert_str(last(db, s->arena, SUBJECT), "1 åtgärd ska snart vara klar");
    struct str plain = last(db, s->arena, PLAIN);
    assert_letter_says(plain, "Hej Kim Exempel!");
    assert_letter_says(plain, "Åtgärd: Dela ut kortet");
    assert_letter_says(plain, "Klart senast: 24 december 2026");
    assert_letter_says(plain, "https://lykta.example.org/plan/matt/1");
    assert_letter_says(plain, "samordnare@lund.example");
    assert_letter_says(last(db, s->arena, HTML), "Dela ut kortet");
    assert_str(last(db, s->arena, UNSUBSCRIBE), "");
    db_close(db);
}

/* The owner that the link proves on a day before the deadline; 0: none. */
static int64_t proves(struct db *db, struct str part, int days)
{
    struct arena *a = arena_open();
    struct err e = {0};
    int64_t owner = 0;
    enum status s = owner_link_read(db, office.link_key, part, at_day(days, 12).now_at, a, &owner, &e);

    assert_true(s == OK || s == REFUSED);
    arena_close(a);
    return s == OK ? owner : 0;
}

static void a_letters_link_proves_its_owner_until_it_ends_or_the_next_letter(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t hotel = add_owner(db, "Hotell (exempel)", "kim@hotell.example");

    add(db, "Dela ut kortet", hotel, deadline);
    decide(db);
    reminds(db, 14);
    struct str first = link_in_letter(db, s->arena);
    assert_int_equal(proves(db, first, 14), hotel);
    assert_int_equal(proves(db, first, 14 - PLAN_LINK_DAYS), 0);
    reminds(db, 1);
    assert_int_equal(proves(db, first, 1), 0);
    assert_int_equal(proves(db, link_in_letter(db, s->arena), 1), hotel);
    db_close(db);
}

static void a_link_that_is_changed_in_any_place_proves_nobody(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);

    add(db, "Annat", add_owner(db, "Bostad (exempel)", "lo@bostad.example"), deadline);
    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    reminds(db, 14);
    struct str part = link_in_letter(db, s->arena);
    for (size_t i = 0; i < part.n; i++) {
        char *other = arena_cstr(s->arena, part.p, part.n);

        other[i] = other[i] == '1' ? '2' : '1';
        assert_int_equal(proves(db, str_of(other), 14), 0);
    }
    assert_int_equal(proves(db, S("1-"), 14), 0);
    assert_int_equal(proves(db, S(""), 14), 0);
    db_close(db);
}

static void a_link_ends_with_the_person_it_was_sent_to(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct err e = {0};

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    reminds(db, 14);
    struct str part = link_in_letter(db, s->arena);
    assert_int_equal(db_script(db, "update contact set left_at = 1", &e), OK);
    assert_int_equal(proves(db, part, 14), 0);
    db_close(db);
}

static void an_owner_tells_of_its_own_decided_measures_alone(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t hotel = add_owner(db, "Hotell (exempel)", "kim@hotell.example");
    struct measures own;
    struct err e = {0};

    add(db, "Dela ut kortet", hotel, deadline);
    add(db, "Annans", add_owner(db, "Bostad (exempel)", "lo@bostad.example"), deadline);
    decide(db);
    add(db, "Bara ett utkast", hotel, deadline);
    assert_int_equal(db_script(db, "update plan_measure set note = 'internt'", &e), OK);
    assert_int_equal(owner_measures(db, hotel, s->arena, &own, &e), OK);
    assert_int_equal(own.n, 1);
    assert_str(own.measure[0].title, "Dela ut kortet");
    assert_str(own.measure[0].note, "");
    db_close(db);
}

static void a_reader_of_english_gets_it_in_english(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct err e = {0};

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    assert_int_equal(db_script(db, "update contact set language = 'en'", &e), OK);
    reminds(db, 1);
    assert_str(last(db, s->arena, SUBJECT), "1 measure is soon to be done");
    assert_letter_says(last(db, s->arena, PLAIN), "Done by: 24 December 2026");
    assert_letter_says(last(db, s->arena, PLAIN), "https://lykta.example.org/en/plan/matt/1");
    db_close(db);
}

static void what_one_owner_has_is_one_letter_with_an_event_for_each(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t hotel = add_owner(db, "Hotell (exempel)", "kim@hotell.example");
    const char *path = scratch_path(s, "plan.ics");
    struct text found = text_open(s->arena);
    char line[500];
    struct err e = {0};

    add(db, "Dela ut kortet", hotel, deadline);
    add(db, "Utbilda receptionen", hotel, (struct date){2026, 12, 23});
    add(db, "Annat", add_owner(db, "Bostad (exempel)", "lo@bostad.example"), (struct date){2027, 3, 1});
    decide(db);
    assert_int_equal(reminds(db, 14), 1);
    assert_str(last(db, s->arena, SUBJECT), "2 åtgärder ska snart vara klara");
    assert_str(last(db, s->arena, METHOD), "PUBLISH");
    assert_int_equal(file_write(path, last(db, s->arena, CALENDAR), 0644, &e), OK);
    FILE *reader = popen(arena_printf(s->arena, "/usr/bin/python3 %s %s 2>&1", TEST_READ_ICS, path), "r");
    while (fgets(line, sizeof line, reader))
        text_add(&found, str_of(line));
    assert_int_equal(pclose(reader), 0);
    assert_letter_says(text_str(&found), "uid: plan-1281-1@lykta\nsequence: 1\n");
    assert_letter_says(text_str(&found), "uid: plan-1281-2@lykta\n");
    assert_letter_says(text_str(&found),
                       "dtstart: Europe/Stockholm 2026-12-24T08:00:00 2026-12-24T07:00:00\n");
    assert_letter_says(text_str(&found), "dtstart: Europe/Stockholm 2026-12-23T08:00:00");
    assert_letter_says(text_str(&found), "summary: 'Utbilda receptionen'\n");
    db_close(db);
}

static void a_draft_what_is_done_and_what_is_paused_remind_nobody(void **state)
{
    struct db *db = city_db(*state);
    int64_t hotel = add_owner(db, "Hotell (exempel)", "kim@hotell.example");
    int64_t done = add(db, "Klar", hotel, deadline);
    int64_t paused = add(db, "Pausad", hotel, deadline);
    struct err e = {0};

    decide(db);
    add(db, "Utkast", hotel, deadline);
    assert_int_equal(measure_follow_up(db, done, MEASURE_DONE, S(""), &coordinator, &e), OK);
    assert_int_equal(measure_follow_up(db, paused, MEASURE_PAUSED, S(""), &coordinator, &e), OK);
    assert_int_equal(reminds(db, 14), 0);
    assert_int_equal(reminds(db, 1), 0);
    assert_int_equal(tells(db, -30), 0);
    db_close(db);
}

static void at_night_nobody_is_written_to(void **state)
{
    struct db *db = city_db(*state);
    const struct who night = at_day(14, 7);
    const struct who late = at_day(-1, 3);
    struct err e = {0};
    size_t n = 1;

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    assert_int_equal(plan_remind(db, &office, &night, &n, &e), OK);
    assert_int_equal(n, 0);
    assert_int_equal(plan_tell(db, &office, &late, &n, &e), OK);
    assert_int_equal(n, 0);
    db_close(db);
}

static void a_new_deadline_or_owner_is_reminded_of_anew(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t other = add_owner(db, "Bostad (exempel)", "lo@bostad.example");
    int64_t id = add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    struct measure m;
    struct err e = {0};

    decide(db);
    assert_int_equal(reminds(db, 14), 1);
    assert_int_equal(measure_find(db, id, s->arena, &m, &e), OK);
    m.owner = other;
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    assert_int_equal(reminds(db, 13), 1);
    assert_str(last(db, s->arena, ADDRESS), "lo@bostad.example");
    assert_int_equal(reminds(db, 13), 0);
    assert_int_equal(measure_find(db, id, s->arena, &m, &e), OK);
    m.deadline = (struct date){2027, 1, 20};
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    assert_int_equal(reminds(db, 1), 0);
    assert_int_equal(reminds(db, -13), 1);
    db_close(db);
}

static void what_is_decided_on_its_last_day_is_reminded_of_once(void **state)
{
    struct db *db = city_db(*state);

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    assert_int_equal(reminds(db, 1), 1);
    assert_int_equal(reminds(db, 1), 0);
    assert_int_equal(reminds(db, 0), 0);
    db_close(db);
}

/* The change that queues the letter is undone when it cannot be noted, and the letter with it. */
static void a_letter_that_cannot_be_noted_is_not_written(void **state)
{
    struct db *db = city_db(*state);
    const struct who who = at_day(14, 9);
    struct err e = {0};
    size_t n = 0;

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    assert_int_equal(db_script(db,
                               "create trigger stop before update on plan_measure\nbegin\n"
                               "    select raise(abort, 'the test');\nend;",
                               &e),
                     OK);
    assert_int_not_equal(plan_remind(db, &office, &who, &n, &e), OK);
    assert_int_equal(count_rows(db, "select count(*) from mail_letter"), 0);
    assert_int_equal(
        db_script(db, database_server() ? "drop trigger stop on plan_measure" : "drop trigger stop", &e), OK);
    assert_int_equal(reminds(db, 14), 1);
    assert_int_equal(count_rows(db, "select count(*) from mail_letter"), 1);
    db_close(db);
}

static void coordinators_are_told_what_is_late_once_a_week(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct person p = {
        .email = S("sam@lund.example"), .name = S("Sam Exempel"), .roles = ROLE_BIT(ROLE_COORDINATOR)};
    struct person member = {
        .email = S("medlem@lund.example"), .name = S("Mo Exempel"), .roles = ROLE_BIT(ROLE_MEMBER)};
    struct err e = {0};
    size_t letters = 0;

    assert_int_equal(person_add(db, &coordinator, &p, &e), OK);
    assert_int_equal(person_add(db, &coordinator, &member, &e), OK);
    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", "kim@hotell.example"), deadline);
    decide(db);
    assert_int_equal(tells(db, 0), 0);
    for (int days = 1; days <= 28; days++) {
        size_t n = tells(db, -days);

        assert_int_equal(n, days % 7 == 1);
        letters += n;
        assert_int_equal(tells(db, -days), 0);
    }
    assert_int_equal(letters, 4);
    assert_str(last(db, s->arena, ADDRESS), "sam@lund.example");
    assert_letter_says(last(db, s->arena, PLAIN), "Ansvarig organisation: Hotell (exempel)");
    assert_letter_says(last(db, s->arena, PLAIN), "Klart senast: 24 december 2026");
    db_close(db);
}

static void an_owner_without_anybody_to_write_to_is_told_of(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);

    add(db, "Dela ut kortet", add_owner(db, "Hotell (exempel)", NULL), deadline);
    decide(db);
    assert_int_equal(reminds(db, 14), 0);
    assert_int_equal(tells(db, 15), 0);
    assert_int_equal(tells(db, 14), 1);
    assert_str(last(db, s->arena, ADDRESS), "samordnare@lund.example");
    assert_letter_says(last(db, s->arena, PLAIN), "organisationen har ingen");
    add_contact(db, 1, "Kim Exempel", "kim@hotell.example", CONTACT_FIRST);
    assert_int_equal(reminds(db, 13), 1);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(an_owner_is_reminded_two_weeks_and_a_day_before_and_no_more),
        IN_SCRATCH(the_letter_says_what_when_and_whom_to_ask),
        IN_SCRATCH(a_letters_link_proves_its_owner_until_it_ends_or_the_next_letter),
        IN_SCRATCH(a_link_that_is_changed_in_any_place_proves_nobody),
        IN_SCRATCH(a_link_ends_with_the_person_it_was_sent_to),
        IN_SCRATCH(an_owner_tells_of_its_own_decided_measures_alone),
        IN_SCRATCH(a_reader_of_english_gets_it_in_english),
        IN_SCRATCH(what_one_owner_has_is_one_letter_with_an_event_for_each),
        IN_SCRATCH(a_draft_what_is_done_and_what_is_paused_remind_nobody),
        IN_SCRATCH(at_night_nobody_is_written_to),
        IN_SCRATCH(a_new_deadline_or_owner_is_reminded_of_anew),
        IN_SCRATCH(what_is_decided_on_its_last_day_is_reminded_of_once),
        IN_SCRATCH(a_letter_that_cannot_be_noted_is_not_written),
        IN_SCRATCH(coordinators_are_told_what_is_late_once_a_week),
        IN_SCRATCH(an_owner_without_anybody_to_write_to_is_told_of),
    };

    return cmocka_run_group_tests_name("plan remind", tests, NULL, NULL);
}
