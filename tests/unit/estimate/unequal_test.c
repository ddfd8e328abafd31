/* People who differ: against closed forms, sums over people, and Rcapture. */
#include "estimate/unequal.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/loglinear.h"

#include <string.h>

/* A table and a fit of it with no pairs. */
struct fitted {
    struct loglinear_table table;
    struct unequal *u;
    bool is_found;
};

static struct fitted fit_to(uint32_t *y, size_t lists, enum unequal_shape shape, struct arena *a)
{
    struct loglinear *independence = loglinear_open(a, lists, 1 + lists);
    struct fitted f = {.table = {.lists = lists, .cells = (size_t)1 << lists, .y = y}};

    f.table.margin = arena_new(a, f.table.cells, double);
    loglinear_margins(&f.table);
    loglinear_independence(independence, &f.table);
    f.u = unequal_open(a, lists);
    unequal_set(f.u, shape, independence);
    f.is_found = unequal_fit(f.u, &f.table);
    return f;
}

/* The mean of exp(k x) over the people of a shape whose strength is 0.7, by summing over them. */
static double mean_over_people(enum unequal_shape shape, double k)
{
    const double strength = 0.7;
    double sum = 0.0;
    double weights = 0.0;

    for (int i = 0; i < 400000; i++) {
        double at = ((double)i + 0.5) * 1e-4;
        double x = -at;
        double weight = pow(at, strength - 1.0) * exp(-3.5 * at);

        if (shape == UNEQUAL_DARROCH) {
            x = at - 20.0;
            weight = exp(-0.5 * x * x / strength);
        } else if (shape == UNEQUAL_POISSON) {
            if (i == 60)
                break;
            x = i * log(2.0);
            weight = exp(i * log(strength) - lgamma(i + 1.0));
        }
        sum += weight * exp(k * x);
        weights += weight;
    }
    return sum / weights;
}

static void each_shape_is_what_its_people_have_in_mean(void **state)
{
    static const double tolerance[] = {
        [UNEQUAL_POISSON] = 1e-9, [UNEQUAL_DARROCH] = 1e-9, [UNEQUAL_GAMMA] = 1e-3};
    uint32_t y[] = {0, 60, 50, 12, 70, 13, 12, 8};

    for (enum unequal_shape shape = 0; shape < UNEQUAL_SHAPES; shape++) {
        const struct unequal *u = fit_to(y, 3, shape, *state).u;
        for (size_t k = 0; k <= 3; k++)
            assert_near(log(mean_over_people(shape, (double)k)), 0.7 * u->h[k], tolerance[shape]);
    }
}

/* People expected on each history when 10^8 are on none, nearly without rounding. */
static void expect(enum unequal_shape shape, double strength, size_t lists, uint32_t *y)
{
    static const double odds[] = {0.1, 0.2, 0.05, 0.15, 0.08};

    for (size_t c = 1; c >> lists == 0; c++) {
        double k = __builtin_popcountll(c);
        double h[] = {[UNEQUAL_POISSON] = exp2(k) - 1.0,
                      [UNEQUAL_DARROCH] = 0.5 * k * k,
                      [UNEQUAL_GAMMA] = -log((3.5 + k) / 3.5)};
        double mu = 1e8 * exp(strength * h[shape]);

        for (size_t i = 0; i < lists; i++)
            mu *= c >> i & 1U ? odds[i] : 1.0;
        y[c] = (uint32_t)lround(mu);
    }
}

static void the_unseen_are_found_where_people_differ_as_the_shape_says(void **state)
{
    static const double strength[] = {
        [UNEQUAL_POISSON] = 0.2, [UNEQUAL_DARROCH] = 0.6, [UNEQUAL_GAMMA] = 2.0};

    for (enum unequal_shape shape = 0; shape < UNEQUAL_SHAPES; shape++) {
        uint32_t y[32] = {0};

        expect(shape, strength[shape], 5, y);
        struct fitted f = fit_to(y, 5, shape, *state);
        assert_true(f.is_found);
        assert_near(f.u->strength, strength[shape], 1e-4 * strength[shape]);
        assert_near(unequal_dark_figure(f.u) / 1e8, 1.0, 1e-3);
    }
}

static void people_who_are_alike_have_no_strength(void **state)
{
    uint32_t y[16] = {0};
    uint32_t apart[16] = {0};

    expect(UNEQUAL_DARROCH, 0.0, 4, y);
    assert_near(fit_to(y, 4, UNEQUAL_DARROCH, *state).u->strength, 0.0, 1e-5);
    expect(UNEQUAL_DARROCH, -0.3, 4, apart);
    assert_true(fit_to(apart, 4, UNEQUAL_DARROCH, *state).u->strength == 0.0);
}

/* At a maximum the model expects what was seen, on every term and in the sum of h. */
static void the_model_expects_what_was_seen(void **state)
{
    const struct counts *counts = reference_counts("HIV_Rome", *state);

    for (enum unequal_shape shape = 0; shape < UNEQUAL_SHAPES; shape++) {
        struct fitted f = fit_to(counts->y, counts->lists, shape, *state);
        double seen = 0.0;
        double expected = 0.0;

        assert_true(f.is_found && f.u->strength > 0.0);
        for (size_t j = 0; j < f.u->k; j++)
            assert_close(f.u->margin[f.u->term[j]], f.table.margin[f.u->term[j]]);
        for (size_t c = 1; c < f.table.cells; c++) {
            seen += f.u->h[__builtin_popcountll(c)] * counts->y[c];
            expected += f.u->h[__builtin_popcountll(c)] * f.u->mu[c];
        }
        assert_close(expected, seen);
    }
}

static void figures_are_those_of_rcapture(void **state)
{
    static const char *const tables[] = {"HIV_Rome", "Ned_5", "UKdat_4", "UKdat_5"};
    static const char *const models[] = {[UNEQUAL_POISSON] = "Mth Poisson2",
                                         [UNEQUAL_DARROCH] = "Mth Darroch",
                                         [UNEQUAL_GAMMA] = "Mth Gamma3.5"};
    size_t compared = 0;

    for (size_t i = 0; i < 4; i++) {
        const struct counts *counts = reference_counts(tables[i], *state);
        struct reference *r = reference_open(arena_printf(*state, "closedp_t_%s.csv", tables[i]), *state);

        while (reference_next(r))
            for (enum unequal_shape shape = 0; shape < UNEQUAL_SHAPES; shape++) {
                if (!str_is(reference_str(r, "model"), models[shape]))
                    continue;
                struct fitted f = fit_to(counts->y, counts->lists, shape, *state);
                assert_close((double)counts->n + unequal_dark_figure(f.u), reference_f64(r, "abundance"));
                compared++;
            }
    }
    assert_int_equal(compared, 12);
}

/* Darroch's term is the sum of all pairs: with each of them in the model it says nothing of its own. */
static void a_shape_that_the_pairs_already_hold_has_no_maximum_of_its_own(void **state)
{
    uint32_t y[16] = {0};

    expect(UNEQUAL_DARROCH, 0.4, 4, y);
    struct fitted f = fit_to(y, 4, UNEQUAL_DARROCH, *state);
    for (size_t k = 0; k < model_pairs(4); k++)
        unequal_add(f.u, &f.table, model_pair(4, k));
    assert_false(unequal_fit(f.u, &f.table));
}

/* Nobody on exactly two lists. Tables with the margins of this one and the same sum of squares have as many
 * on pairs in all: none. So no positive table has them, and the likelihood has no maximum. */
static void a_table_without_a_maximum_is_told(void **state)
{
    uint32_t y[] = {0, 60, 50, 0, 70, 0, 0, 9};

    assert_false(fit_to(y, 3, UNEQUAL_DARROCH, *state).is_found);
}

static void a_pair_with_nobody_on_it_takes_its_cells_away(void **state)
{
    uint32_t y[] = {0, 600, 500, 0, 700, 40, 35, 0, 300, 20, 25, 0, 22, 6, 5, 0};
    struct fitted f = fit_to(y, 4, UNEQUAL_DARROCH, *state);

    unequal_add(f.u, &f.table, 3);
    assert_true(unequal_fit(f.u, &f.table));
    assert_true(f.u->mu[3] == 0.0 && f.u->mu[7] == 0.0 && f.u->mu[15] == 0.0);
    assert_true(isfinite(unequal_dark_figure(f.u)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(each_shape_is_what_its_people_have_in_mean),
        WITH_ARENA(the_unseen_are_found_where_people_differ_as_the_shape_says),
        WITH_ARENA(people_who_are_alike_have_no_strength),
        WITH_ARENA(the_model_expects_what_was_seen),
        WITH_ARENA(figures_are_those_of_rcapture),
        WITH_ARENA(a_shape_that_the_pairs_already_hold_has_no_maximum_of_its_own),
        WITH_ARENA(a_table_without_a_maximum_is_told),
        WITH_ARENA(a_pair_with_nobody_on_it_takes_its_cells_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
