/* Two lists, against the sum over all that could have been drawn. */
#include "estimate/chapman.h"

#include "reference.h"

#include "estimate/estimate.h"
#include "estimate/interval.h"

#include <string.h>

static struct estimate of_two_lists(uint32_t first, uint32_t second, uint32_t both, struct arena *a)
{
    const uint32_t y[] = {0, first - both, second - both, both};
    struct counts counts = *reference_counts("UKdat", a);
    struct estimate_options options = {.method = method_find(S("chapman"))};
    struct estimate x;
    struct err e;

    counts.lists = 2;
    counts.n = y[1] + y[2] + y[3];
    counts.y = memcpy(arena_new(a, 4, uint32_t), y, sizeof y);
    if (estimate(&counts, &options, a, &x, &e) != OK)
        fail_msg("%s", e.what);
    return x;
}

/* What the limits, log-normal in the unseen, say of its variance. */
static double variance_of(const struct estimate *x, double people)
{
    double unseen = x->nhat - people;
    double se = log((x->ci95[1] - people) / (x->ci95[0] - people)) / (2.0 * interval_normal_quantile(0.975));

    return unseen > 0.0 ? unseen * unseen * expm1(se * se) : 0.0;
}

static double choose(unsigned n, unsigned k)
{
    return exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0));
}

/* Where one list lies within the other nothing is told of the unseen: the formula has nobody there. */
static bool is_within(unsigned first, unsigned second, unsigned both)
{
    return both == first || both == second;
}

/* Two lists of fixed lengths that together hold more than there are people: over all ways to draw them the
 * estimate is right on average, and so is the variance that is told (Seber 1970, Biometrics 26, 313-318). */
static void the_estimate_and_its_variance_are_right_on_average(void **state)
{
    static const struct {
        unsigned people, first, second;
    } drawn[] = {{30, 20, 18}, {40, 20, 25}, {12, 10, 11}};

    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        unsigned n = drawn[i].people;
        unsigned first = drawn[i].first;
        unsigned second = drawn[i].second;
        double mean = 0.0;
        double squares = 0.0;
        double told = 0.0;

        for (unsigned both = first + second - n; both <= first && both <= second; both++) {
            double p = choose(first, both) * choose(n - first, second - both) / choose(n, second);
            double people = first + second - both;
            struct estimate x = {.nhat = people};

            if (!is_within(first, second, both)) {
                x = of_two_lists(first, second, both, *state);
                told += p * variance_of(&x, people);
            }
            mean += p * x.nhat;
            squares += p * x.nhat * x.nhat;
        }
        assert_near(mean, n, 1e-8);
        assert_true(relative_error(told, squares - mean * mean) < 1e-6);
    }
}

static void which_list_is_first_does_not_matter(void **state)
{
    struct estimate one = of_two_lists(40, 70, 12, *state);
    struct estimate other = of_two_lists(70, 40, 12, *state);

    assert_near(one.nhat, other.nhat, 1e-9);
    assert_near(one.ci95[0], other.ci95[0], 1e-9);
    assert_near(one.ci95[1], other.ci95[1], 1e-9);
    assert_int_equal(one.warning[0].kind, ESTIMATE_INDEPENDENCE_ASSUMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_estimate_and_its_variance_are_right_on_average),
        WITH_ARENA(which_list_is_first_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
