/* What lykta link --sweep makes of the linkages at several odds, which are made up here. */
#include "command/link_sweep.h"

#include "../unit.h"

#include "estimate/counts_parts.h"

#include <math.h>
#include <string.h>

/* Two lists at three odds: only on the first, only on the second, on both. */
struct made {
    struct linkage found;
    struct linkage_cut cut[3];
    uint32_t people[3][4];
    struct link_sweep sweep;
};

static struct made *made_of(uint32_t both[3], struct arena *a)
{
    struct made *x = arena_new(a, 1, struct made);
    const struct estimate_options options = estimate_options_default();
    struct err e = {OK, ""};

    x->found = (struct linkage){.lists = 2, .name = {S("a"), S("b")}, .cuts = 3, .cut = x->cut};
    x->sweep = (struct link_sweep){.n = 3, .even = 1, .odds = {0.1, 1.0, 10.0}};
    for (size_t k = 0; k < 3; k++) {
        memcpy(x->people[k], (uint32_t[]){0, 400 - both[k], 300 - both[k], both[k]}, sizeof x->people[k]);
        x->cut[k] = (struct linkage_cut){.people = x->people[k], .links = both[k], .known = 700 - both[k]};
    }
    assert_int_equal(link_sweep_estimate(&x->sweep, &x->found, &options, a, &e), OK);
    return x;
}

/* Chapman: (n1 + 1) (n2 + 1) / (m + 1) - 1. */
static void each_cut_is_estimated_from_its_own_histories(void **state)
{
    struct made *x = made_of((uint32_t[]){110, 100, 90}, *state);

    assert_true(fabs(x->sweep.answer[0].nhat - (401.0 * 301.0 / 111.0 - 1.0)) < 1e-6);
    assert_true(fabs(x->sweep.answer[1].nhat - (401.0 * 301.0 / 101.0 - 1.0)) < 1e-6);
    assert_true(fabs(x->sweep.answer[2].nhat - (401.0 * 301.0 / 91.0 - 1.0)) < 1e-6);
}

static void an_estimate_that_stays_inside_its_limits_does_not_rest_on_the_odds(void **state)
{
    struct made *x = made_of((uint32_t[]){103, 100, 97}, *state);
    struct text out = text_open(*state);

    assert_int_equal(x->sweep.status, ESTIMATE_POINT);
    assert_true(x->sweep.least == x->sweep.answer[0].nhat && x->sweep.most == x->sweep.answer[2].nhat);
    link_sweep_text(&out, &x->sweep, &x->found);
    assert_non_null(strstr(text_str(&out).p, "The estimate does not rest on the odds"));
}

static void an_estimate_that_leaves_its_limits_is_a_range(void **state)
{
    struct made *x = made_of((uint32_t[]){100, 100, 50}, *state);
    struct text out = text_open(*state);

    assert_int_equal(x->sweep.status, ESTIMATE_RANGE);
    assert_true(x->sweep.answer[2].nhat > x->sweep.answer[1].limit[1]);
    assert_true(x->sweep.least == x->sweep.answer[0].limit[0] &&
                x->sweep.most == x->sweep.answer[2].limit[1]);
    link_sweep_text(&out, &x->sweep, &x->found);
    assert_non_null(strstr(text_str(&out).p, "tell a range"));
}

static void where_evens_give_no_estimate_there_is_none(void **state)
{
    struct made *x = made_of((uint32_t[]){100, 0, 0}, *state);
    struct text out = text_open(*state);
    struct json j = json_open(&out);

    assert_int_equal(x->sweep.status, ESTIMATE_REFUSED);
    json_object_begin(&j, NULL);
    link_sweep_json(&j, &x->sweep, &x->found);
    json_object_end(&j);
    assert_non_null(strstr(text_str(&out).p, "\"status\": \"refused\",\n    \"least\": null"));
}

/* A cut that is refused takes nothing away from what the others say, but leaves no single figure. */
static void a_cut_without_an_estimate_makes_it_a_range(void **state)
{
    struct made *x = made_of((uint32_t[]){100, 100, 0}, *state);

    assert_int_equal(x->sweep.status, ESTIMATE_RANGE);
    assert_true(isnan(x->sweep.answer[2].nhat));
    assert_true(isfinite(x->sweep.least) && isfinite(x->sweep.most));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(each_cut_is_estimated_from_its_own_histories),
        WITH_ARENA(an_estimate_that_stays_inside_its_limits_does_not_rest_on_the_odds),
        WITH_ARENA(an_estimate_that_leaves_its_limits_is_a_range),
        WITH_ARENA(where_evens_give_no_estimate_there_is_none),
        WITH_ARENA(a_cut_without_an_estimate_makes_it_a_range),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
