/* The method "unequal". */
#include "estimate/by_unequal.h"

#include "reference.h"

#include "estimate/estimate.h"
#include "estimate/profile.h"
#include "estimate/unequal.h"

#include <string.h>

static struct estimate *estimate_with(const struct counts *counts, double threshold, struct arena *a)
{
    struct estimate_options options = {
        .method = method_find(S("unequal")), .threshold = threshold, .seed = 1};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    assert_int_equal(estimate(counts, &options, a, x, &e), OK);
    return x;
}

static void only_a_range_is_told_and_why(void **state)
{
    const struct estimate *x = estimate_with(reference_counts("UKdat_5", *state), 0.02, *state);

    assert_int_equal(x->status, ESTIMATE_RANGE);
    assert_int_equal(x->reason.kind, ESTIMATE_SHAPE_UNSEEN);
    assert_int_equal(x->interval, ESTIMATE_PROFILE);
}

static void the_range_spans_the_limits_of_every_defensible_model(void **state)
{
    const struct estimate *x = estimate_with(reference_counts("UKdat_4", *state), 0.02, *state);
    double low = x->ci95[0];
    double high = x->ci95[1];

    assert_int_equal(x->alternatives, 5);
    for (size_t i = 0; i < x->alternatives; i++) {
        const struct estimate_alternative *other = &x->alternative[i];

        assert_true(other->ci95[0] < other->nhat && other->nhat < other->ci95[1]);
        if (!other->is_defensible)
            continue;
        low = fmin(low, other->ci95[0]);
        high = fmax(high, other->ci95[1]);
    }
    assert_near(x->range[0], low, 0.0);
    assert_near(x->range[1], high, 0.0);
}

static void models_name_the_shape_beside_their_terms(void **state)
{
    const struct estimate *x = estimate_with(reference_counts("HIV_Rome", *state), 0.02, *state);

    assert_string_equal(x->model.name, "[1,2,3,4] + Gamma");
    assert_string_equal(x->alternative[1].model, "[1,2,3,4] + Darroch");
    assert_non_null(x->alternative[1].setting);
}

static void threshold_0_leaves_each_shape_alone(void **state)
{
    const struct estimate *x = estimate_with(reference_counts("UKdat_5", *state), 0.0, *state);

    assert_int_equal(x->model.interactions, 0);
    assert_int_equal(x->alternatives, UNEQUAL_SHAPES - 1);
}

/* Its rows Mth Gamma3.5 and Mth Darroch for this table. */
static void criteria_are_those_of_rcapture(void **state)
{
    const struct estimate *x = estimate_with(reference_counts("HIV_Rome", *state), 0.02, *state);

    assert_close(x->model.deviance, 10.3369984279176);
    assert_int_equal(x->model.df, 9);
    assert_close(x->model.aic, 89.3728569217032);
    assert_close(x->model.bic, 122.657867018593);
    assert_close(x->alternative[1].aic, 89.4619340309506);
}

/* One person more on each of few lists and none on many: the lists avoid each other, and no difference
 * between people shows. What is told then still reaches as high as a difference that chance could have
 * hidden. */
static void without_a_difference_the_lower_limit_is_that_of_people_alike(void **state)
{
    uint32_t y[] = {0, 300, 310, 70, 305, 66, 71, 9};
    struct counts counts = {.lists = 3, .y = y, .n = 1131, .list = {S("A"), S("B"), S("C")}};
    struct stepwise *s = stepwise_open(*state, 3);
    double limit[2];

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.0);
    assert_true(
        profile_limits(&s->table, s->fit->term, s->fit->k, &s->fit->removed, s->nhat, 0.025, *state, limit));
    const struct estimate *x = estimate_with(&counts, 0.0, *state);
    assert_close(x->nhat, s->nhat);
    assert_near(x->ci95[0], limit[0], 0.5);
    assert_true(x->ci95[1] > limit[1]);
    stepwise_close(s);
}

static void the_order_of_lists_changes_nothing(void **state)
{
    const struct counts *counts = reference_counts("UKdat_5", *state);
    struct counts turned = *counts;

    turned.y = arena_new(*state, 32, uint32_t);
    for (size_t c = 0; c < 32; c++)
        turned.y[(c << 1 & 31) | c >> 4] = counts->y[c];
    for (size_t i = 0; i < 5; i++)
        turned.list[(i + 1) % 5] = counts->list[i];
    const struct estimate *x = estimate_with(counts, 0.02, *state);
    const struct estimate *of_turned = estimate_with(&turned, 0.02, *state);
    assert_close(of_turned->range[0], x->range[0]);
    assert_close(of_turned->range[1], x->range[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(only_a_range_is_told_and_why),
        WITH_ARENA(the_range_spans_the_limits_of_every_defensible_model),
        WITH_ARENA(models_name_the_shape_beside_their_terms),
        WITH_ARENA(threshold_0_leaves_each_shape_alone),
        WITH_ARENA(criteria_are_those_of_rcapture),
        WITH_ARENA(without_a_difference_the_lower_limit_is_that_of_people_alike),
        WITH_ARENA(the_order_of_lists_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
