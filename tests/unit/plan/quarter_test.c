/* What owners are asked once a quarter, read in the outbox. The plan is decided on 24 November 2026. */
#include "plan/plan_remind.h"

#include "plan/owner_link.h"
#include "reminders.h"

static const struct date no_deadline = {0};

/* How many owners are asked on the day, a minute past `hour`. */
static size_t asks_at(struct db *db, struct date day, int hour)
{
    const struct who who = {.name = "test", .now_at = stockholm_at(day, hour * 60 + 1)};
    struct err e = {0};
    size_t n = 0;

    if (plan_ask(db, &office, &who, &n, &e) != OK)
        fail_msg("%s", e.what);
    return n;
}

static size_t asks(struct db *db, int year, int month, int day)
{
    return asks_at(db, (struct date){year, month, day}, 9);
}

/* How many from a day to another, each morning and once more at noon. */
static size_t asks_between(struct db *db, struct date from, struct date to)
{
    size_t n = 0;

    for (int64_t day = date_days(from); day <= date_days(to); day++)
        n += asks_at(db, date_from_days(day), 8) + asks_at(db, date_from_days(day), 12);
    return n;
}

static int64_t add_hotel(struct db *db)
{
    return add_owner(db, "Hotell (exempel)", "kim@hotell.example");
}

static void tell(struct db *db, int64_t id, enum measure_state state, struct date on)
{
    const struct who who = {.name = "test", .now_at = stockholm_at(on, 12 * 60)};
    struct err e = {0};

    assert_int_equal(measure_follow_up(db, id, state, S(""), &who, &e), OK);
}

/* 1 January is a holiday, 2 and 3 a weekend. */
static void an_owner_is_asked_four_times_a_year(void **state)
{
    static const struct date first[] = {{2027, 1, 4}, {2027, 4, 1}, {2027, 7, 1}, {2027, 10, 1}};
    struct db *db = city_db(*state);
    struct date day = {2026, 11, 24};

    add(db, "Prata om kortet", add_hotel(db), no_deadline);
    decide(db);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        assert_int_equal(asks_between(db, day, date_from_days(date_days(first[i]) - 1)), 0);
        assert_int_equal(asks_between(db, first[i], first[i]), 1);
        day = date_from_days(date_days(first[i]) + 1);
    }
    assert_int_equal(asks_between(db, day, (struct date){2027, 12, 31}), 0);
    assert_int_equal(count_rows(db, "select count(*) from mail_letter"), 4);
    assert_int_equal(count_rows(db, "select count(*) from audit where action = 'plan.ask'"), 4);
    db_close(db);
}

static void the_letter_says_how_many_and_leads_to_the_owners_page(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t hotel = add_hotel(db);
    int64_t owner = 0;
    struct err e = {0};

    add(db, "Prata om kortet", hotel, no_deadline);
    add(db, "Utbilda receptionen", hotel, (struct date){2027, 12, 1});
    decide(db);
    assert_int_equal(asks(db, 2027, 1, 4), 1);
    assert_str(last(db, s->arena, ADDRESS), "kim@hotell.example");
    assert_str(last(db, s->arena, SUBJECT), "Hur går det med 2 åtgärder i handlingsplanen?");
    struct str plain = last(db, s->arena, PLAIN);
    assert_letter_says(plain, "Hej Kim Exempel!");
    assert_letter_says(plain, "Hotell (exempel) har 2 åtgärder");
    assert_letter_says(plain, "samordnare@lund.example");
    assert_str(last(db, s->arena, CALENDAR), "");
    assert_int_equal(owner_link_read(db, office.link_key, link_in_letter(db, s->arena),
                                     stockholm_at((struct date){2027, 2, 1}, 0), s->arena, &owner, &e),
                     OK);
    assert_int_equal(owner, hotel);
    db_close(db);
}

static void a_reader_of_english_is_asked_in_english(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct err e = {0};

    add(db, "Prata om kortet", add_hotel(db), no_deadline);
    decide(db);
    assert_int_equal(db_script(db, "update contact set language = 'en'", &e), OK);
    assert_int_equal(asks(db, 2027, 1, 4), 1);
    assert_str(last(db, s->arena, SUBJECT), "How does 1 measure of the action plan go?");
    assert_letter_says(last(db, s->arena, PLAIN), "https://lykta.example.org/en/plan/svar/");
    db_close(db);
}

static void each_owner_gets_a_letter_of_its_own(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);

    add(db, "Prata om kortet", add_hotel(db), no_deadline);
    add(db, "Besöka hus", add_owner(db, "Bostad (exempel)", "lo@bostad.example"), no_deadline);
    add(db, "Skriva", add_owner(db, "Utan kontakt (exempel)", NULL), no_deadline);
    decide(db);
    assert_int_equal(asks(db, 2027, 1, 4), 2);
    assert_str(last(db, s->arena, ADDRESS), "lo@bostad.example");
    assert_str(last(db, s->arena, SUBJECT), "Hur går det med 1 åtgärd i handlingsplanen?");
    db_close(db);
}

static void a_draft_and_what_is_done_or_paused_are_not_asked_about(void **state)
{
    struct db *db = city_db(*state);
    int64_t hotel = add_hotel(db);
    int64_t done = add(db, "Klar", hotel, no_deadline);
    int64_t paused = add(db, "Pausad", hotel, no_deadline);

    decide(db);
    add(db, "Utkast", hotel, no_deadline);
    tell(db, done, MEASURE_DONE, (struct date){2026, 12, 1});
    tell(db, paused, MEASURE_PAUSED, (struct date){2026, 12, 1});
    assert_int_equal(asks_between(db, (struct date){2027, 1, 1}, (struct date){2027, 1, 31}), 0);
    db_close(db);
}

static void the_quarter_after_a_pause_asks_again(void **state)
{
    struct db *db = city_db(*state);
    int64_t id = add(db, "Prata om kortet", add_hotel(db), no_deadline);

    decide(db);
    tell(db, id, MEASURE_PAUSED, (struct date){2026, 12, 1});
    assert_int_equal(asks_between(db, (struct date){2027, 1, 1}, (struct date){2027, 1, 31}), 0);
    tell(db, id, MEASURE_UNDER_WAY, (struct date){2027, 2, 1});
    assert_int_equal(asks_between(db, (struct date){2027, 2, 1}, (struct date){2027, 3, 31}), 0);
    assert_int_equal(asks(db, 2027, 4, 1), 1);
    db_close(db);
}

static void what_was_told_of_in_the_quarter_is_not_asked_about(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t hotel = add_hotel(db);
    int64_t told = add(db, "Prata om kortet", hotel, no_deadline);

    add(db, "Utbilda receptionen", hotel, no_deadline);
    decide(db);
    tell(db, told, MEASURE_UNDER_WAY, (struct date){2027, 1, 2});
    assert_int_equal(asks(db, 2027, 1, 4), 1);
    assert_str(last(db, s->arena, SUBJECT), "Hur går det med 1 åtgärd i handlingsplanen?");
    db_close(db);
}

/* The city's program stood still from December to the middle of May. */
static void a_city_that_stood_still_asks_once_when_it_is_served_again(void **state)
{
    struct db *db = city_db(*state);

    add(db, "Prata om kortet", add_hotel(db), no_deadline);
    decide(db);
    assert_int_equal(asks(db, 2027, 5, 15), 0); /* a Saturday */
    assert_int_equal(asks_between(db, (struct date){2027, 5, 17}, (struct date){2027, 6, 30}), 1);
    assert_int_equal(asks(db, 2027, 7, 1), 1);
    db_close(db);
}

/* The next letter would end the link of the reminder, which leads to all of the owner's measures. */
static void an_owner_with_a_reminder_in_the_quarter_is_not_asked_as_well(void **state)
{
    struct db *db = city_db(*state);
    int64_t hotel = add_hotel(db);
    const struct who who = {.name = "test", .now_at = stockholm_at((struct date){2027, 1, 4}, 9 * 60)};
    struct err e = {0};
    size_t n = 0;

    add(db, "Prata om kortet", hotel, no_deadline);
    add(db, "Utbilda receptionen", hotel, (struct date){2027, 1, 15});
    decide(db);
    assert_int_equal(plan_remind(db, &office, &who, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(asks(db, 2027, 1, 4), 0);
    assert_int_equal(asks(db, 2027, 4, 1), 1);
    db_close(db);
}

static void nobody_is_asked_before_the_morning(void **state)
{
    struct db *db = city_db(*state);

    add(db, "Prata om kortet", add_hotel(db), no_deadline);
    decide(db);
    assert_int_equal(asks_at(db, (struct date){2027, 1, 4}, 7), 0);
    assert_int_equal(asks_at(db, (struct date){2027, 1, 4}, 8), 1);
    db_close(db);
}

/* A program that ends between the letter and its note has written neither. */
static void a_question_that_cannot_be_noted_is_not_written(void **state)
{
    static const char stop[] = "create trigger stop before insert on audit\nbegin\n"
                               "    select raise(abort, 'the test');\nend;";
    struct db *db = city_db(*state);
    const struct who who = {.name = "test", .now_at = stockholm_at((struct date){2027, 1, 4}, 9 * 60)};
    struct err e = {0};
    size_t n = 0;

    add(db, "Prata om kortet", add_hotel(db), no_deadline);
    decide(db);
    assert_int_equal(db_script(db, stop, &e), OK);
    assert_int_not_equal(plan_ask(db, &office, &who, &n, &e), OK);
    assert_int_equal(count_rows(db, "select count(*) from mail_letter"), 0);
    assert_int_equal(count_rows(db, "select count(*) from plan_owner_link"), 0);
    assert_int_equal(
        db_script(db, database_server() ? "drop trigger stop on audit" : "drop trigger stop", &e), OK);
    assert_int_equal(asks(db, 2027, 1, 4), 1);
    db_close(db);
}

static void the_coordinator_sees_who_was_written_to_and_followed_the_link(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t hotel = add_hotel(db);
    int64_t monday = stockholm_at((struct date){2027, 1, 4}, 9 * 60 + 1);
    struct owner_letters *owner = NULL;
    struct err e = {0};
    size_t n = 0;

    add(db, "Prata om kortet", hotel, no_deadline);
    add(db, "Utbilda receptionen", hotel, no_deadline);
    add(db, "Skriva", add_owner(db, "Utan kontakt (exempel)", NULL), no_deadline);
    decide(db);
    assert_int_equal(asks(db, 2027, 1, 4), 1);
    assert_int_equal(owner_link_followed(db, hotel, monday + 60, &e), OK);
    assert_int_equal(owners_reminded(db, s->arena, &owner, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_str(owner[0].name, "Hotell (exempel)");
    assert_int_equal(owner[0].open, 2);
    assert_int_equal(owner[0].at.sent_at, monday);
    assert_int_equal(owner[0].at.followed_at, monday + 60);
    assert_true(owner[0].has_contact);
    assert_int_equal(owner[1].open, 1);
    assert_int_equal(owner[1].at.sent_at, 0);
    assert_false(owner[1].has_contact);
    db_close(db);
}

static void the_coordinator_sees_owners_of_open_measures_alone(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t done = add(db, "Klar", add_hotel(db), no_deadline);
    struct owner_letters *owner = NULL;
    struct err e = {0};
    size_t n = 1;

    add(db, "Ingens", 0, no_deadline);
    tell(db, done, MEASURE_DONE, (struct date){2026, 12, 1});
    assert_int_equal(owners_reminded(db, s->arena, &owner, &n, &e), OK);
    assert_int_equal(n, 0);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(an_owner_is_asked_four_times_a_year),
        IN_SCRATCH(the_letter_says_how_many_and_leads_to_the_owners_page),
        IN_SCRATCH(a_reader_of_english_is_asked_in_english),
        IN_SCRATCH(each_owner_gets_a_letter_of_its_own),
        IN_SCRATCH(a_draft_and_what_is_done_or_paused_are_not_asked_about),
        IN_SCRATCH(the_quarter_after_a_pause_asks_again),
        IN_SCRATCH(what_was_told_of_in_the_quarter_is_not_asked_about),
        IN_SCRATCH(a_city_that_stood_still_asks_once_when_it_is_served_again),
        IN_SCRATCH(an_owner_with_a_reminder_in_the_quarter_is_not_asked_as_well),
        IN_SCRATCH(nobody_is_asked_before_the_morning),
        IN_SCRATCH(a_question_that_cannot_be_noted_is_not_written),
        IN_SCRATCH(the_coordinator_sees_who_was_written_to_and_followed_the_link),
        IN_SCRATCH(the_coordinator_sees_owners_of_open_measures_alone),
    };

    return cmocka_run_group_tests_name("plan quarter", tests, NULL, NULL);
}
