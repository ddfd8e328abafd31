/* What is pooled of several cities, and what is not. */
#include "programme/pooled.h"

#include "../scratch.h"
#include "../unit.h"
#include "towns.h"

#include "base/text.h"
#include "programme/population.h"

#include <math.h>

enum { MOST_TOWNS = 8 };

/* Five towns with inhabitants. */
static const struct town five[5] = {
    {.municipality = "1280", .seen = 200, .nhat = 600, .lo = 450, .hi = 850},
    {.municipality = "1281", .seen = 100, .nhat = 300, .lo = 200, .hi = 500},
    {.municipality = "1282", .seen = 80, .nhat = 200, .lo = 120, .hi = 380},
    {.municipality = "1283", .seen = 150, .nhat = 500, .lo = 400, .hi = 650},
    {.municipality = "1284", .seen = 70, .nhat = 150, .lo = 90, .hi = 310},
};

static const char inhabitants[] = "municipality,year,population\n1280,2025,300000\n1281,2025,120000\n"
                                  "1282,2025,90000\n1283,2025,150000\n1284,2025,80000\n";

static struct arrivals *publish_all(const struct scratch *s, const struct town *town, size_t n)
{
    const char *path[MOST_TOWNS];
    struct arrivals *all = arena_new(s->arena, 1, struct arrivals);
    struct err e;

    for (size_t i = 0; i < n; i++) {
        path[i] = scratch_path(s, arena_printf(s->arena, "%zu", i));
        (void)town_publish(&town[i], path[i], s->arena);
    }
    assert_int_equal(arrivals_read(path, n, &(struct arrival_rules){.now_at = 100000}, s->arena, all, &e),
                     OK);
    assert_int_equal(all->accepted, n);
    return all;
}

static struct pooled pool_all(const struct scratch *s, const struct town *town, size_t n)
{
    struct population *population = arena_new(s->arena, 1, struct population);
    struct pooled_options how = {.population = population, .seed = 1};
    struct pooled x;
    struct err e;

    assert_int_equal(population_read("p.csv", str_of(inhabitants), s->arena, population, &e), OK);
    assert_int_equal(pool(publish_all(s, town, n), &how, s->arena, &x, &e), OK);
    return x;
}

static struct str as_json(const struct scratch *s, const struct pooled *x)
{
    struct text out = text_open(s->arena);

    pooled_json(&out, x);
    return text_str(&out);
}

static void people_who_are_known_are_added_with_their_limits(void **state)
{
    struct pooled x = pool_all(*state, five, 5);

    assert_int_equal(x.n, 1);
    assert_int_equal(x.period[0].pooled, 5);
    assert_int_equal(x.period[0].seen, 600);
    assert_int_equal(x.period[0].seen_lo, 550);
    assert_int_equal(x.period[0].seen_hi, 650);
}

/* 1750 by the middles; the sum of skewed figures is above that, and narrower than 1260 to 2690. */
static void estimates_are_added_by_draws(void **state)
{
    struct pooled x = pool_all(*state, five, 5);
    const struct pooled_period *p = &x.period[0];

    assert_int_equal(p->summed, 5);
    assert_true(p->nhat >= 1750 && p->nhat <= 2000);
    assert_true(p->ci95[0] > 1260 && p->ci95[1] < 2690);
}

static void a_range_and_a_refusal_are_in_the_lower_bound_alone(void **state)
{
    struct town town[4] = {five[0], five[1], five[2], five[3]};

    town[1] = (struct town){.municipality = "1281", .answer = RELEASE_RANGE, .lo = 250, .hi = 900};
    town[2] = (struct town){.municipality = "1282", .answer = RELEASE_REFUSED};
    town[3].hi = RELEASE_UNKNOWN;
    struct pooled x = pool_all(*state, town, 4);
    const struct pooled_period *p = &x.period[0];

    assert_int_equal(p->summed, 1);
    assert_int_equal(p->city[0].part, PART_SUM);
    assert_int_equal(p->city[1].least, 250);
    assert_int_equal(p->city[2].least, 90);
    assert_int_equal(p->city[3].least, 400);
    assert_int_equal(p->nhat, 600);
    /* 450 + 250 + 90 + 400, rounded down to two digits. */
    assert_int_equal(p->at_least, 1100);
}

static void tables_are_added_where_their_rows_are_the_same(void **state)
{
    struct town town[3] = {five[0], five[1], five[2]};

    town[2].list = "En annan lista";
    struct pooled x = pool_all(*state, town, 3);
    const struct pooled_period *p = &x.period[0];

    assert_int_equal(p->tables, 2);
    assert_int_equal(p->table[0].cities, 2);
    assert_int_equal(p->table[0].row[0].figure.people, 140);
    assert_int_equal(p->table[1].cities, 3);
    assert_int_equal(p->table[1].row[0].figure.people, 180);
    assert_int_equal(p->table[1].row[0].figure.lo, 168);
    assert_int_equal(p->city[2].differs, 1U << DIFFERS_TABLES);
}

static void a_city_that_counts_other_people_is_shown_and_not_pooled(void **state)
{
    struct town town[3] = {five[0], five[1], five[2]};

    town[0].people = "andra personer";
    struct pooled x = pool_all(*state, town, 3);

    assert_int_equal(x.period[0].pooled, 2);
    assert_int_equal(x.period[0].city[0].differs, 1U << DIFFERS_PEOPLE);
    assert_int_equal(x.period[0].city[0].part, PART_NONE);
    assert_int_equal(x.period[0].seen, 180);
}

static void an_example_is_not_pooled_with_real_figures(void **state)
{
    struct town town[3] = {five[0], five[1], five[2]};

    town[0].is_real = town[1].is_real = true;
    struct pooled x = pool_all(*state, town, 3);

    assert_false(x.period[0].is_example);
    assert_int_equal(x.period[0].pooled, 2);
    assert_int_equal(x.period[0].city[2].differs, 1U << DIFFERS_EXAMPLE);
}

static void another_method_or_base_is_shown_and_pooled(void **state)
{
    struct town town[3] = {five[0], five[1], five[2]};

    town[0].method = "bic";
    town[1].base = 10;
    struct pooled x = pool_all(*state, town, 3);

    assert_int_equal(x.period[0].pooled, 3);
    assert_int_equal(x.period[0].city[0].differs, 1U << DIFFERS_METHOD);
    assert_int_equal(x.period[0].city[1].differs, 1U << DIFFERS_PROTECTION);
}

static void periods_stand_side_by_side_and_are_not_added(void **state)
{
    struct town town[3] = {five[0], five[1], five[0]};

    town[2].year = 2023;
    struct pooled x = pool_all(*state, town, 3);

    assert_int_equal(x.n, 2);
    assert_int_equal(x.period[0].last_year, 2023);
    assert_int_equal(x.period[0].seen, 200);
    assert_int_equal(x.period[1].seen, 300);
}

/* For each 100 000: 200, 250, 222, 333, 187.5. */
static void cities_are_compared_by_their_rates(void **state)
{
    struct pooled x = pool_all(*state, five, 5);
    const struct pooled_period *p = &x.period[0];

    assert_int_equal(p->not_compared_en.n, 0);
    assert_int_equal(p->effects.n, 5);
    assert_true(fabs(p->city[3].rate - 1000.0 / 3.0) < 1e-9);
    assert_true(exp(p->effects.mean) > 187.5 && exp(p->effects.mean) < 1000.0 / 3.0);
    assert_true(p->city[3].shrunken <= p->city[3].rate);
    assert_true(p->city[4].shrunken >= p->city[4].rate);
    assert_int_equal(p->city[3].place, FUNNEL_INSIDE);
}

static void without_inhabitants_nothing_is_compared_and_it_is_said_why(void **state)
{
    struct town town[3] = {five[0], five[1], five[2]};

    for (size_t i = 0; i < 3; i++)
        town[i].year = 2024;
    struct pooled x = pool_all(*state, town, 3);

    assert_true(x.period[0].not_compared_en.n > 0);
    assert_false(x.period[0].city[0].is_compared);
    assert_int_equal(x.period[0].seen, 380);
}

static void two_cities_are_pooled_and_not_compared(void **state)
{
    struct pooled x = pool_all(*state, five, 2);

    assert_true(x.period[0].nhat > 0);
    assert_non_null(strstr(x.period[0].not_compared_en.p, "fewer than 3"));
}

static void the_order_of_the_releases_changes_nothing(void **state)
{
    const struct scratch *s = *state;
    struct town town[5];
    struct scratch *other = NULL;

    for (size_t i = 0; i < 5; i++)
        town[i] = five[4 - i];
    assert_int_equal(scratch_open((void **)&other), 0);
    struct pooled x = pool_all(s, five, 5);
    struct pooled y = pool_all(other, town, 5);
    assert_string_equal(as_json(s, &x).p, as_json(other, &y).p);
    scratch_close((void **)&other);
}

static void nothing_is_not_pooled(void **state)
{
    const struct scratch *s = *state;
    struct arrivals none = {0};
    struct pooled x;
    struct err e;

    assert_int_equal(pool(&none, &(struct pooled_options){.seed = 1}, s->arena, &x, &e), REFUSED);
}

int main(void)
{
#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(people_who_are_known_are_added_with_their_limits),
        WITH_SCRATCH(estimates_are_added_by_draws),
        WITH_SCRATCH(a_range_and_a_refusal_are_in_the_lower_bound_alone),
        WITH_SCRATCH(tables_are_added_where_their_rows_are_the_same),
        WITH_SCRATCH(a_city_that_counts_other_people_is_shown_and_not_pooled),
        WITH_SCRATCH(an_example_is_not_pooled_with_real_figures),
        WITH_SCRATCH(another_method_or_base_is_shown_and_pooled),
        WITH_SCRATCH(periods_stand_side_by_side_and_are_not_added),
        WITH_SCRATCH(cities_are_compared_by_their_rates),
        WITH_SCRATCH(without_inhabitants_nothing_is_compared_and_it_is_said_why),
        WITH_SCRATCH(two_cities_are_pooled_and_not_compared),
        WITH_SCRATCH(the_order_of_the_releases_changes_nothing),
        WITH_SCRATCH(nothing_is_not_pooled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
