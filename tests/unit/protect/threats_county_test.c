/* What figures of several cities must survive together: the threats 12 and 18 of docs/protection.md. */
#include "../unit.h"
#include "families.h"

#include "protect/cube.h"
#include "protect/ledger.h"
#include "protect/published.h"

#include <string.h>

/* Two cities and their county as one table: "city" first, then the dimensions of e1. The county's figures are
 * the sums of the cities' published ones, with the sums of their intervals. */
static struct published county_of(const struct published city[2], struct arena *a)
{
    struct table t;
    struct err e;
    size_t n = city[0].shape.published;
    int64_t *figure[3];

    assert_int_equal(table_make(
                         (struct table_dimension[]){
                             {.name = S("city"), .n = 2, .category = (struct str[]){S("Ax"), S("By")}},
                             city[0].shape.dimension[0],
                             city[0].shape.dimension[1]},
                         3, a, &t, &e),
                     OK);
    for (size_t k = 0; k < 3; k++)
        figure[k] = arena_new(a, 3 * n, int64_t);
    for (size_t cell = 0; cell < n; cell++)
        for (size_t k = 0; k < 3; k++) {
            figure[k][n + cell] = (k == 0 ? city[0].n : k == 1 ? city[0].lo : city[0].hi)[cell];
            figure[k][2 * n + cell] = (k == 0 ? city[1].n : k == 1 ? city[1].lo : city[1].hi)[cell];
            figure[k][cell] = figure[k][n + cell] + figure[k][2 * n + cell];
        }
    return (struct published){t.shape, figure[0], figure[1], figure[2]};
}

static void threat_12_the_county_less_the_other_city_tells_no_more_of_the_last(void **state)
{
    struct table t = families_e1(*state);
    struct cube a = families_cube(&t, 1, *state);
    struct cube b = families_cube(&t, 2, *state);
    struct published county =
        county_of((struct published[]){published_of(&a, *state), published_of(&b, *state)}, *state);
    struct attack_report r;
    struct err e;

    assert_int_equal(
        attack_published(&county, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e), OK);
    assert_int_equal(r.cells, 90);
    assert_int_equal(r.exposed, 0);
}

/* The county with a city, without it, and with it again: the difference is the city's own published figures.
 */
static void threat_18_a_city_that_leaves_the_pool_and_returns_tells_no_more(void **state)
{
    struct table t = families_e1(*state);
    struct cube a = families_cube(&t, 1, *state);
    struct cube b = families_cube(&t, 2, *state);
    struct cube again = families_cube(&t, 2, *state);
    struct published stays = published_of(&a, *state);
    struct published leaves = published_of(&b, *state);
    struct published returns = published_of(&again, *state);
    struct published before = county_of((struct published[]){stays, leaves}, *state);
    struct published after = county_of((struct published[]){stays, returns}, *state);

    for (size_t cell = 0; cell < stays.shape.published; cell++) {
        assert_int_equal(before.n[cell] - stays.n[cell], leaves.n[cell]);
        assert_int_equal(after.n[cell], before.n[cell]);
        assert_int_equal(after.lo[cell], before.lo[cell]);
        assert_int_equal(after.hi[cell], before.hi[cell]);
    }
}

static void threat_18_a_city_that_returns_with_a_new_rounding_is_seen_by_the_auditor(void **state)
{
    struct table t = families_a(*state);
    struct cube before = families_cube(&t, 2, *state);
    struct cube after = families_cube(&t, 3, *state);
    struct ledger_table tables[] = {{.name = "before", .published = published_of(&before, *state)},
                                    {.name = "after", .published = published_of(&after, *state)}};

    assert_true(families_attack(tables, 2, NULL, *state).exposed > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(threat_12_the_county_less_the_other_city_tells_no_more_of_the_last),
        WITH_ARENA(threat_18_a_city_that_leaves_the_pool_and_returns_tells_no_more),
        WITH_ARENA(threat_18_a_city_that_returns_with_a_new_rounding_is_seen_by_the_auditor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
