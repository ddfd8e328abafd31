/* The last look of cities: what is published waits for it. */
#include "programme/last_look.h"

#include "../made_city.h"
#include "../scratch.h"
#include "../unit.h"
#include "towns.h"

#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "programme/programme.h"
#include "programme/publication.h"
#include "store/city.h"
#include "store/db.h"

#include <string.h>

enum { NOON = 1785924000 /* 5 August 2026 */, DAY = 86400 };

static const struct who who = {.name = "test", .now_at = NOON};
static const struct date until = {2026, 8, 19};

static struct city *city_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

/* Takes the town's release of the year. */
static int take(void **state, const char *town, int year)
{
    const char *path = scratch_path(*state, arena_printf(arena_of(state), "%s-%d", town, year));
    struct arrivals all;
    struct err e = {0};

    (void)town_publish(&(struct town){.municipality = town, .year = year}, path, arena_of(state));
    return programme_take(city_of(state), city_of(state)->db, &path, 1, &who, arena_of(state), &all, &e) == OK
               ? 0
               : -1;
}

static int join(void **state, const char *town)
{
    const struct programme_city city = {
        .municipality = str_of(town), .name = S("Ort"), .public_key = town_key(town, arena_of(state))};
    struct err e = {0};

    return programme_join(city_of(state)->db, &who, &city, &e) == OK ? take(state, town, 2025) : -1;
}

/* A programme with two cities and its lead. */
static int begin(void **state)
{
    const struct city_make make = {.municipality = S(PROGRAMME_CODE), .name = S("Programmet"), .who = who};
    struct person lead = {
        .email = S("ledare@lan.example"), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_PROGRAMME_LEAD)};
    struct city *city = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    const char *path = scratch_path(*state, "programme");
    if (made_city(path, &make, &e) != OK || city_open(path, DB_WRITE, &city, &e) != OK ||
        programme_make(city->db, &who, &e) != OK || person_add(city->db, &who, &lead, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = city;
    return join(state, "1280") != 0 || join(state, "1281") != 0 ? -1 : 0;
}

static int end(void **state)
{
    city_close(city_of(state));
    return scratch_close(state);
}

static struct pooled pooled_now(void **state)
{
    struct arrivals *all = arena_new(arena_of(state), 1, struct arrivals);
    struct pooled pooled;
    struct err e = {0};

    assert_int_equal(programme_arrivals(city_of(state), city_of(state)->db, NOON, arena_of(state), all, &e),
                     OK);
    assert_int_equal(programme_pool(city_of(state)->db, all, arena_of(state), &pooled, &e), OK);
    return pooled;
}

/* The first `n` cities have an address. */
static enum status open_look(void **state, size_t n, struct err *e)
{
    const struct look_address addresses[] = {{S("1280"), S("a@malmo.example")},
                                             {S("1281"), S("b@lund.example")}};
    const struct pooled pooled = pooled_now(state);

    return last_look_open(city_of(state), city_of(state)->db, &outside_machine, &pooled, addresses, n, until,
                          &who, e);
}

static enum status publish(void **state, int64_t now_at, struct err *e)
{
    const struct who then = {.name = "test", .now_at = now_at};
    const struct pooled pooled = pooled_now(state);
    int64_t id = 0;

    return publication_add(city_of(state)->db, &then, &pooled, &id, e);
}

/* The link in the letter to the address. */
static struct str token_to(void **state, const char *address)
{
    static const char sql[] = "select plain from mail_letter where address = $1 order by id desc limit 1";
    struct query q = db_query(city_of(state)->db, sql);
    struct err e = {0};

    bind_str(&q, 1, str_of(address));
    struct str letter = query_next(&q) ? query_str(&q, 0, arena_of(state)) : S("");
    assert_int_equal(query_end(&q, &e), OK);
    const char *at = memmem(letter.p, letter.n, "/granskning/", 12);
    assert_non_null(at);
    return (struct str){at + 12, strcspn(at + 12, "\n ")};
}

static const struct look_city *found(void **state, struct str token, int64_t now_at, struct last_look *look)
{
    const struct look_city *city = NULL;
    struct err e = {0};

    assert_int_equal(last_look_by_link(city_of(state)->db, token, now_at, arena_of(state), look, &city, &e),
                     OK);
    return city;
}

static enum status answer(void **state, const char *address, enum look_answer what, const char *words,
                          struct err *e)
{
    struct last_look look;
    const struct look_city *city = found(state, token_to(state, address), NOON, &look);

    return last_look_answer(city_of(state), city_of(state)->db, &look, city, what, str_of(words), &who, e);
}

static void a_text_that_is_changed_after_the_cities_have_read_is_not_published(void **state)
{
    const struct str words[LANGUAGES] = {[LANGUAGE_SV] = S("Ett annat ord."), [LANGUAGE_EN] = S("")};
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    assert_int_equal(answer(state, "a@malmo.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(answer(state, "b@lund.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(lead_text_save(city_of(state)->db, &who, 0, words, &e), OK);
    assert_int_equal(publish(state, NOON, &e), REFUSED);
    assert_int_equal(last_look_call_off(city_of(state)->db, &who, &e), OK);
    assert_int_equal(publish(state, NOON, &e), OK);
}

static void nothing_is_published_while_a_city_has_not_answered(void **state)
{
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    assert_int_equal(publish(state, NOON, &e), REFUSED);
    assert_int_equal(answer(state, "a@malmo.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(publish(state, NOON, &e), REFUSED);
    assert_says(e, "1 of 2 have answered");
    assert_int_equal(answer(state, "b@lund.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(publish(state, NOON, &e), OK);
}

static void the_time_of_a_look_ends_with_its_last_day(void **state)
{
    const int64_t midnight = 1787176800; /* 2026-08-20 00:00 in Stockholm */
    struct last_look look;
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    struct str token = token_to(state, "a@malmo.example");
    assert_non_null(found(state, token, midnight - 1, &look));
    assert_null(found(state, token, midnight, &look));
    assert_int_equal(publish(state, midnight - 1, &e), REFUSED);
    assert_int_equal(publish(state, midnight, &e), OK);
}

static void a_link_is_its_own_city_s(void **state)
{
    struct last_look look;
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    assert_str(found(state, token_to(state, "a@malmo.example"), NOON, &look)->municipality, "1280");
    assert_str(found(state, token_to(state, "b@lund.example"), NOON, &look)->municipality, "1281");
    assert_null(found(state, S("x"), NOON, &look));
    assert_int_equal(look.id, 0);
}

static void an_objection_has_words_that_the_programme_sees(void **state)
{
    struct last_look look;
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    assert_int_equal(answer(state, "a@malmo.example", LOOK_OBJECTS, " ", &e), BAD_INPUT);
    assert_int_equal(answer(state, "a@malmo.example", LOOK_OBJECTS, "Fel år.", &e), OK);
    assert_int_equal(last_look_latest(city_of(state)->db, arena_of(state), &look, &e), OK);
    assert_int_equal(look.objecting, 1);
    assert_str(look.city[0].words, "Fel år.");
    struct query q =
        db_query(city_of(state)->db, "select count(*) from mail_letter where address = 'ledare@lan.example'");
    assert_int_equal(query_next(&q) ? query_int(&q, 0) : -1, 1);
    assert_int_equal(query_end(&q, &e), OK);
}

static void figures_that_the_cities_have_not_read_are_not_published(void **state)
{
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    assert_int_equal(answer(state, "a@malmo.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(answer(state, "b@lund.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(take(state, "1280", 2024), 0);
    assert_int_equal(publish(state, NOON, &e), REFUSED);
    assert_says(e, "others than the cities have read");
    assert_int_equal(open_look(state, 2, &e), OK);
    assert_int_equal(publish(state, NOON + 20 * DAY, &e), OK);
}

static void one_look_runs_at_a_time_and_can_be_called_off(void **state)
{
    struct last_look look;
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    struct str token = token_to(state, "a@malmo.example");
    assert_int_equal(open_look(state, 2, &e), REFUSED);
    assert_int_equal(last_look_call_off(city_of(state)->db, &who, &e), OK);
    assert_null(found(state, token, NOON, &look));
    assert_int_equal(last_look_call_off(city_of(state)->db, &who, &e), REFUSED);
    assert_int_equal(publish(state, NOON, &e), OK);
}

static void every_city_needs_an_address(void **state)
{
    struct last_look look;
    struct err e = {0};

    assert_int_equal(open_look(state, 1, &e), BAD_INPUT);
    assert_says(e, "1281");
    assert_int_equal(last_look_latest(city_of(state)->db, arena_of(state), &look, &e), OK);
    assert_int_equal(look.id, 0);
}

static void what_has_been_published_ends_the_look(void **state)
{
    struct last_look look;
    struct err e = {0};

    assert_int_equal(open_look(state, 2, &e), OK);
    struct str token = token_to(state, "a@malmo.example");
    assert_int_equal(answer(state, "a@malmo.example", LOOK_AGREES, "", &e), OK);
    assert_int_equal(answer(state, "b@lund.example", LOOK_OBJECTS, "Nej.", &e), OK);
    const struct look_city *city = found(state, token, NOON, &look);
    assert_int_equal(publish(state, NOON + 1, &e), OK);
    assert_int_equal(
        last_look_answer(city_of(state), city_of(state)->db, &look, city, LOOK_OBJECTS, S("Sent."), &who, &e),
        REFUSED);
}

#define IN_A_PROGRAMME(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_PROGRAMME(a_text_that_is_changed_after_the_cities_have_read_is_not_published),
        IN_A_PROGRAMME(nothing_is_published_while_a_city_has_not_answered),
        IN_A_PROGRAMME(the_time_of_a_look_ends_with_its_last_day),
        IN_A_PROGRAMME(a_link_is_its_own_city_s),
        IN_A_PROGRAMME(an_objection_has_words_that_the_programme_sees),
        IN_A_PROGRAMME(figures_that_the_cities_have_not_read_are_not_published),
        IN_A_PROGRAMME(one_look_runs_at_a_time_and_can_be_called_off),
        IN_A_PROGRAMME(every_city_needs_an_address),
        IN_A_PROGRAMME(what_has_been_published_ends_the_look),
    };

    return cmocka_run_group_tests_name("last look", tests, NULL, NULL);
}
