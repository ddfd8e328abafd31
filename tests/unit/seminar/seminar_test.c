/* Seminars: made, opened, changed and cancelled, and everyone told. */
#include "office.h"

#include "seminar/invitation.h"

static int64_t make(void **state, const struct seminar *s, enum status expected)
{
    struct office *w = office_of(state);
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(seminar_make(&w->o, s, &w->who, &id, &e), expected);
    return id;
}

static void a_draft_reads_back_as_it_was_made(void **state)
{
    struct seminar s = office_read(state, make(state, &office_breakfast, OK));

    assert_int_equal(s.state, SEMINAR_DRAFT);
    assert_str(s.title, "Frukostseminarium");
    assert_int_equal(s.from_minute, 510);
    assert_true(date_equal(s.last_day, office_breakfast.last_day));
    assert_int_equal(s.uid.n, 32);
    assert_int_equal(s.sequence, 0);
}

static void what_is_missing_is_found(void **state)
{
    const struct date today = {2026, 8, 5};
    struct seminar s = office_breakfast;

    (void)state;
    assert_int_equal(seminar_check(&s, today), SEMINAR_RIGHT);
    s.title = S("  ");
    assert_int_equal(seminar_check(&s, today), SEMINAR_NO_TITLE);
    s = office_breakfast;
    s.held_on = (struct date){2026, 8, 4};
    assert_int_equal(seminar_check(&s, today), SEMINAR_PAST_DAY);
    s = office_breakfast;
    s.to_minute = s.from_minute;
    assert_int_equal(seminar_check(&s, today), SEMINAR_WRONG_TIMES);
    s = office_breakfast;
    s.seats = 0;
    assert_int_equal(seminar_check(&s, today), SEMINAR_WRONG_SEATS);
    s = office_breakfast;
    s.last_day = (struct date){2026, 8, 20};
    assert_int_equal(seminar_check(&s, today), SEMINAR_LATE_LAST_DAY);
    s = office_breakfast;
    s.place = S("");
    assert_int_equal(seminar_check(&s, today), SEMINAR_NO_PLACE);
}

static void only_open_seminars_that_are_coming_are_listed_for_everyone(void **state)
{
    struct office *w = office_of(state);
    struct seminars found = {0};
    struct err e = {0};
    int64_t open = office_seminar(state, 2);

    make(state, &office_breakfast, OK);
    assert_int_equal(
        seminar_list(w->o.db, SEMINAR_COMING, (struct date){2026, 8, 19}, office_arena(state), &found, &e),
        OK);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.seminar[0].id, open);
    assert_int_equal(
        seminar_list(w->o.db, SEMINAR_COMING, (struct date){2026, 8, 20}, office_arena(state), &found, &e),
        OK);
    assert_int_equal(found.n, 0);
}

static void one_signs_up_until_the_end_of_the_last_day(void **state)
{
    struct seminar s = office_read(state, office_seminar(state, 2));

    assert_true(seminar_takes(&s, 1786996799));  /* 2026-08-17 21:59:59 UTC: a second before midnight */
    assert_false(seminar_takes(&s, 1787004000)); /* 2026-08-18 00:00 */
    s.state = SEMINAR_CANCELLED;
    assert_false(seminar_takes(&s, OFFICE_NOON));
}

static void a_new_hall_raises_the_sequence_and_moves_every_entry(void **state)
{
    struct office *w = office_of(state);
    int64_t id = office_seminar(state, 2);
    struct err e = {0};

    office_comes(state, id, "a@example.org");
    struct str before = office_last_calendar(state, "a@example.org");
    struct seminar s = office_read(state, id);
    s.place = S("Biblioteket");
    assert_int_equal(seminar_change(&w->o, &s, &w->who, &e), OK);
    struct str after = office_last_calendar(state, "a@example.org");
    assert_true(office_holds(before, "SEQUENCE:0\r\n"));
    assert_true(office_holds(after, "SEQUENCE:1\r\n"));
    assert_true(office_holds(after, "LOCATION:Biblioteket\r\n"));
    assert_true(office_holds(after, arena_printf(office_arena(state), "UID:%.*s@lykta\r\n", STR(s.uid))));
    assert_int_equal(office_letters(state, "a@example.org", "Ändrat:"), 1);
}

static void another_text_moves_no_entry(void **state)
{
    struct office *w = office_of(state);
    int64_t id = office_seminar(state, 2);
    struct err e = {0};

    office_comes(state, id, "a@example.org");
    struct seminar s = office_read(state, id);
    s.about = S("Ny text");
    assert_int_equal(seminar_change(&w->o, &s, &w->who, &e), OK);
    assert_int_equal(office_letters(state, "a@example.org", "Ändrat:"), 0);
    assert_int_equal(office_read(state, id).sequence, 0);
}

static void the_second_of_two_who_change_the_same_seminar_is_refused(void **state)
{
    struct office *w = office_of(state);
    struct err e = {0};
    struct seminar first = office_read(state, office_seminar(state, 2));
    struct seminar second = first;

    first.place = S("Biblioteket");
    second.place = S("Skolan");
    assert_int_equal(seminar_change(&w->o, &first, &w->who, &e), OK);
    assert_int_equal(seminar_change(&w->o, &second, &w->who, &e), REFUSED);
    assert_str(office_read(state, first.id).place, "Biblioteket");
}

static void more_seats_let_the_waiting_list_move_on(void **state)
{
    struct office *w = office_of(state);
    int64_t id = office_seminar(state, 1);
    struct err e = {0};

    office_comes(state, id, "a@example.org");
    int64_t b = office_comes(state, id, "b@example.org");
    int64_t c = office_comes(state, id, "c@example.org");
    struct seminar s = office_read(state, id);
    s.seats = 2;
    assert_int_equal(seminar_change(&w->o, &s, &w->who, &e), OK);
    assert_true(office_guest(state, b).is_seated);
    assert_false(office_guest(state, c).is_seated);
    assert_int_equal(office_letters(state, "b@example.org", "Du har fått en plats"), 1);
}

static void a_cancelled_seminar_takes_its_entries_back(void **state)
{
    struct office *w = office_of(state);
    int64_t id = office_seminar(state, 1);
    struct err e = {0};

    office_comes(state, id, "a@example.org");
    office_comes(state, id, "b@example.org");
    assert_int_equal(seminar_cancel(&w->o, id, &w->who, &e), OK);
    struct str calendar = office_last_calendar(state, "a@example.org");
    assert_true(office_holds(calendar, "METHOD:CANCEL\r\n"));
    assert_true(office_holds(calendar, "SEQUENCE:1\r\n"));
    assert_int_equal(office_letters(state, "%", "Inställt:"), 2);
    assert_int_equal(office_last_calendar(state, "b@example.org").n, 0);
    assert_int_equal(seminar_cancel(&w->o, id, &w->who, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(a_draft_reads_back_as_it_was_made),
        WITH_OFFICE(what_is_missing_is_found),
        WITH_OFFICE(only_open_seminars_that_are_coming_are_listed_for_everyone),
        WITH_OFFICE(one_signs_up_until_the_end_of_the_last_day),
        WITH_OFFICE(a_new_hall_raises_the_sequence_and_moves_every_entry),
        WITH_OFFICE(another_text_moves_no_entry),
        WITH_OFFICE(the_second_of_two_who_change_the_same_seminar_is_refused),
        WITH_OFFICE(more_seats_let_the_waiting_list_move_on),
        WITH_OFFICE(a_cancelled_seminar_takes_its_entries_back),
    };

    return cmocka_run_group_tests_name("seminar", tests, NULL, NULL);
}
