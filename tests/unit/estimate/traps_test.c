/* Traps that estimates of this kind are known to fall into, one by one: the tables are made for them. Others
 * have their test where the function is: exp(-E) that underflows in Poisson tails, parameters at minus
 * infinity in the criteria, people and not cells in BIC (stepwise_test); log-gamma of large numbers by
 * differences (hyper_dirichlet_test); the dark cell kept out of margins, terms that are sums of others
 * (loglinear_test); a list that a replicate empties, eight lists, counts of a thousand million
 * (hostile_test); limits beyond what replicates resolve (interval_test); threads and processors
 * (bootstrap_test, kernel_test). */
#include "estimate/loglinear.h"

#include "reference.h"

#include "base/arena.h"
#include "estimate/bootstrap.h"
#include "estimate/by_stepwise.h"
#include "estimate/estimate.h"
#include "estimate/interval.h"
#include "estimate/replicate.h"

#include <string.h>

static struct loglinear_table table_of(uint32_t *y, size_t lists, struct arena *a)
{
    struct loglinear_table table = {.lists = lists, .cells = (size_t)1 << lists, .y = y};

    table.margin = arena_new(a, table.cells, double);
    loglinear_margins(&table);
    return table;
}

/* A parent that ran away leaves a parameter at -30, where the likelihood is flat: a step from there would be
 * thrown far. The other start is taken. */
static void a_start_at_a_runaway_parent_ends_where_a_fresh_one_does(void **state)
{
    const struct counts *counts = reference_counts("UKdat_4", *state);
    struct loglinear_table table = table_of(counts->y, 4, *state);
    static const uint16_t terms[] = {0, 1, 2, 4, 8, 3};
    struct loglinear *fresh = loglinear_open(*state, 4, 8);
    struct loglinear *runaway = loglinear_open(*state, 4, 8);
    struct loglinear *from = loglinear_open(*state, 4, 8);
    struct loglinear *independence = loglinear_open(*state, 4, 8);
    struct model model = model_independence(4);
    struct mask_set none = {0};

    loglinear_start(fresh, &table, terms, 6, &none);
    assert_int_equal(loglinear_fit(fresh, &table, 100), LOGLINEAR_CERTIFIED);
    loglinear_start(runaway, &table, terms, 6, &none);
    runaway->theta[3] = -30.0;
    loglinear_evaluate(runaway, &table);
    loglinear_independence(independence, &table);
    loglinear_evaluate(independence, &table);
    model_add(&model, 3);
    loglinear_set(from, &table, &model, runaway, independence);
    assert_int_equal(loglinear_fit(from, &table, 100), LOGLINEAR_CERTIFIED);
    assert_close(loglinear_dark_figure(from), loglinear_dark_figure(fresh));
}

/* From nothing, a list with one person makes the first step of Newton's too long: it is halved. */
static void a_list_of_one_person_is_fitted_from_nothing(void **state)
{
    uint32_t y[] = {0, 90000, 80000, 700, 0, 1, 0, 0};
    struct loglinear_table table = table_of(y, 3, *state);
    static const uint16_t terms[] = {0, 1, 2, 4};
    struct loglinear *fit = loglinear_open(*state, 3, 4);
    struct mask_set none = {0};

    loglinear_start(fit, &table, terms, 4, &none);
    assert_int_not_equal(loglinear_fit(fit, &table, 100), LOGLINEAR_UNSETTLED);
    for (size_t j = 0; j < 4; j++)
        assert_close(fit->margin[terms[j]], table.margin[terms[j]]);
}

/* All pairs are equally likely: the first in the order 12, 13, .., 23, .. enters. */
static void of_equal_pairs_the_first_enters(void **state)
{
    static const uint32_t y[] = {0, 400, 400, 40, 400, 40, 40, 40};
    struct stepwise *s = stepwise_open(*state, 3);

    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.2);
    assert_true(s->pairs > 0);
    assert_int_equal(s->pair[0], 3);
    stepwise_close(s);
}

/* With the one person on lists 1 and 3 away, that overlap is empty and another model may be chosen: each
 * table with one person less is estimated anew, as this loop does. */
static void one_person_less_may_empty_an_overlap(void **state)
{
    uint32_t y[] = {0, 120, 150, 40, 90, 1, 30, 2};
    static const double threshold = 0.02;
    struct bootstrap b = {
        .lists = 3, .y = y, .estimator = &by_stepwise_estimator, .with = &threshold, .seed = 1, .threads = 1};
    struct stepwise *s = stepwise_open(*state, 3);
    double without[7];
    double weight[7];
    size_t n = 0;

    for (size_t c = 1; c < 8; c++) {
        uint32_t less[8];

        memcpy(less, y, sizeof less);
        less[c]--;
        stepwise_set_counts(s, less);
        stepwise_choose(s, threshold);
        without[n] = s->nhat;
        weight[n++] = y[c];
    }
    double expected = interval_acceleration(without, weight, n);
    assert_true(isfinite(expected));
    assert_close(bootstrap_acceleration(&b, *state), expected);
    stepwise_close(s);
}

static void *open_nothing(const struct bootstrap *b, struct arena *a)
{
    (void)b;
    return a;
}

static void close_nothing(void *memory)
{
    (void)memory;
}

/* No estimate where a number that changes from table to table is divisible by 50, about one time in 50. */
static void estimate_seldom_nothing(void *memory, const uint32_t *y, size_t tables, double *nhat)
{
    (void)memory;
    for (size_t i = 0; i < tables; i++)
        nhat[i] = y[4 * i + 1] % 50 == 0 ? (double)NAN : 1000.0 + y[4 * i + 1];
}

static void replicates_without_an_estimate_are_left_out_of_the_order(void **state)
{
    static const struct bootstrap_estimator seldom_nothing = {
        .open = open_nothing, .estimate = estimate_seldom_nothing, .close = close_nothing};
    static const uint32_t y[] = {0, 5025, 5000, 3000};
    struct bootstrap b = {
        .lists = 2, .y = y, .estimator = &seldom_nothing, .most = 10000, .seed = 3, .threads = 1};
    struct estimate x = {.n = 13025, .nhat = 6025.0};
    struct err e;

    assert_int_equal(replicate_interval(&b, 10000, *state, &x, &e), OK);
    assert_true(x.without_estimate > 100 && x.without_estimate < 300);
    assert_int_equal(x.interval, ESTIMATE_BCA);
    assert_true(x.ci95[0] > 5800.0 && x.ci95[0] < x.nhat && x.nhat < x.ci95[1] && x.ci95[1] < 6250.0);
    assert_int_equal(x.draws, 10000 - x.without_estimate);
    for (size_t i = 1; i < x.draws; i++)
        assert_true(x.draw[i - 1] <= x.draw[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_start_at_a_runaway_parent_ends_where_a_fresh_one_does),
        WITH_ARENA(a_list_of_one_person_is_fitted_from_nothing),
        WITH_ARENA(of_equal_pairs_the_first_enters),
        WITH_ARENA(one_person_less_may_empty_an_overlap),
        WITH_ARENA(replicates_without_an_estimate_are_left_out_of_the_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
