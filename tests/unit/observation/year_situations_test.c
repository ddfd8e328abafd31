/* The situations of a year: what is counted where, and that year and months together tell nobody a small
 * number. */
#include "arrivals.h"

#include "base/rng.h"
#include "observation/evidence.h"
#include "observation/year_situations.h"

static const unsigned char key[CUBE_KEY_BYTES] = "en nyckel som bara provet har";
static const struct date march = {2027, 3, 9};

enum { LABOUR = 1, TOWNS_OF_CHANCE = 12 };

static void count_times(struct town *t, struct date counted, const char *form, enum report_place place,
                        int times)
{
    const struct report r = {.actor = S("hotel"), .place = place, .area = AREA_NORTH};
    struct err e = {0};

    for (int i = 0; i < times; i++)
        assert_int_equal(evidence_count(t->city->db, &r, str_of(form), counted, &e), OK);
}

static struct overview_source source_of(struct town *t, struct date today)
{
    return (struct overview_source){.db = t->city->db, .municipality = S("1281"), .key = key, .today = today};
}

static struct year_sums sums_of(struct town *t, struct date today, int first_year, int last_year)
{
    const struct overview_source source = source_of(t, today);
    struct year_sums sums;
    struct err e = {0};

    if (year_sums(&source, first_year, last_year, t->arena, &sums, &e) != OK)
        fail_msg("%s", e.what);
    return sums;
}

static void assert_holds(const struct overview_sum *sum, int64_t truth)
{
    assert_true(sum->lo <= truth && truth <= sum->hi);
    assert_true(sum->hi - sum->lo >= 4);
    assert_int_equal(sum->n % CUBE_STANDARD_BASE, 0);
}

static void a_year_tells_its_situations_by_form_and_by_kind_of_place(void **state)
{
    struct town *t = *state;

    count_times(t, (struct date){2026, 2, 3}, "labour", PLACE_SALON, 30);
    count_times(t, (struct date){2026, 9, 3}, "labour", PLACE_HOTEL, 15);
    count_times(t, (struct date){2026, 12, 31}, "sexual", PLACE_HOTEL, 25);
    struct year_sums sums = sums_of(t, march, 2026, 2026);
    assert_int_equal(sums.first_year, 2026);
    assert_holds(&sums.all, 70);
    assert_holds(&sums.form[LABOUR], 45);
    assert_holds(&sums.form[0], 25);
    assert_holds(&sums.place[PLACE_HOTEL], 40);
    assert_holds(&sums.place[PLACE_SALON], 30);
    assert_int_equal(sums.all.n,
                     sums.form[0].n + sums.form[1].n + sums.form[2].n + sums.form[3].n + sums.form[4].n);
}

/* Twelve months of "about 10" are 120 (0-240); a year is told within its own rounding. */
static void a_year_is_told_more_closely_than_its_months_together(void **state)
{
    struct town *t = *state;

    for (int month = 1; month <= 12; month++)
        count_times(t, (struct date){2026, month, 9}, "labour", PLACE_HOTEL, 7);
    struct year_sums sums = sums_of(t, march, 2026, 2026);
    assert_holds(&sums.all, 84);
    assert_true(sums.all.hi - sums.all.lo <= 20);
}

static void a_year_that_goes_on_is_not_told(void **state)
{
    const struct date december = {2026, 12, 31};
    struct town *t = *state;
    const struct overview_source source = source_of(t, december);
    struct cube cube;
    struct err e = {0};

    count_times(t, (struct date){2026, 2, 3}, "labour", PLACE_SALON, 30);
    assert_int_equal(year_situations(&source, 2026, t->arena, &cube, &e), REFUSED);
    assert_int_equal(sums_of(t, december, 2026, 2026).last_year, 0);
}

static void several_years_are_the_sums_of_each(void **state)
{
    struct town *t = *state;

    count_times(t, (struct date){2025, 2, 3}, "labour", PLACE_SALON, 30);
    count_times(t, (struct date){2026, 2, 3}, "labour", PLACE_SITE, 20);
    struct year_sums both = sums_of(t, march, 2024, 2026);
    assert_int_equal(both.first_year, 2025);
    assert_int_equal(both.last_year, 2026);
    assert_int_equal(both.all.n, sums_of(t, march, 2025, 2025).all.n + sums_of(t, march, 2026, 2026).all.n);
    assert_holds(&both.form[LABOUR], 50);
}

static void a_year_shows_the_same_whenever_it_is_read(void **state)
{
    struct town *t = *state;

    count_times(t, (struct date){2026, 2, 3}, "labour", PLACE_SALON, 33);
    struct year_sums first = sums_of(t, march, 2026, 2026);
    count_times(t, march, "labour", PLACE_SALON, 40);
    struct year_sums later = sums_of(t, march, 2026, 2026);
    assert_memory_equal(&first, &later, sizeof first);
}

/* What a reader of both knows of all situations: the year's figure, and those of the months, each off by less
 * than the base. */
static void assert_tells_little(struct town *t, int year, int64_t truth)
{
    const struct overview_source source = source_of(t, march);
    struct err e = {0};
    int64_t lo = 0;
    int64_t hi = 0;

    for (int m = 1; m <= 12; m++) {
        struct cube cube;

        if (overview_month(&source, arena_printf(t->arena, "%d-%02d", year, m), t->arena, &cube, &e) != OK)
            fail_msg("%s", e.what);
        lo += cube.n[0] > 4 ? cube.n[0] - 4 : 0;
        hi += cube.n[0] + 4;
    }
    struct year_sums sums = sums_of(t, march, year, year);
    lo = sums.all.n - 4 > lo ? sums.all.n - 4 : lo;
    hi = sums.all.n + 4 < hi ? sums.all.n + 4 : hi;
    assert_true(lo <= truth && truth <= hi);
    assert_true(hi - lo >= 4 && hi > 4);
}

/* Situations of one month alone: the year's rounding beside the month's could say "31 to 34", or "1 to 4". */
static void a_year_with_its_months_tells_nothing_more_closely(void **state)
{
    struct town *t = *state;

    for (int n = 1; n <= 30; n++)
        count_times(t, (struct date){1990 + n, 2, 3}, "labour", PLACE_SALON, n);
    for (int n = 1; n <= 30; n++)
        assert_tells_little(t, 1990 + n, n);
}

/* Few situations, spread by chance: a rounding that the attack over year and months does not find out is
 * there for every such year. */
static void year_and_months_together_tell_no_small_number(void **state)
{
    static const char *const forms[] = {"sexual", "labour", "criminal", "begging", "other"};
    struct town *t = *state;
    struct rng chance = rng_open(20261126, 0);

    for (int year = 2000; year < 2000 + TOWNS_OF_CHANCE; year++)
        for (uint64_t i = rng_u64(&chance) % 60 + 1; i > 0; i--) {
            struct date day = {year, (int)(rng_u64(&chance) % 12) + 1, 1};
            const char *form = forms[rng_u64(&chance) % 5];

            count_times(t, day, form, (enum report_place)(rng_u64(&chance) % PLACES), 1);
        }
    for (int year = 2000; year < 2000 + TOWNS_OF_CHANCE; year++)
        assert_int_equal(sums_of(t, march, year, year).last_year, year);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_year_tells_its_situations_by_form_and_by_kind_of_place),
        IN_TOWN(a_year_is_told_more_closely_than_its_months_together),
        IN_TOWN(a_year_that_goes_on_is_not_told),
        IN_TOWN(several_years_are_the_sums_of_each),
        IN_TOWN(a_year_shows_the_same_whenever_it_is_read),
        IN_TOWN(a_year_with_its_months_tells_nothing_more_closely),
        IN_TOWN(year_and_months_together_tell_no_small_number),
    };

    return cmocka_run_group_tests_name("year situations", tests, NULL, NULL);
}
