/* Estimates by strata, and their total. */
#include "estimate/strata.h"

#include "reference.h"

#include "base/text.h"

#include <string.h>

static struct counts_linkages *linkages_of(struct counts *c, struct arena *a)
{
    struct counts_linkages *l = arena_new(a, 1, struct counts_linkages);

    *l = (struct counts_linkages){.n = 1, .linkage = c};
    return l;
}

static struct strata strata_of(struct counts *c, const char *by, int threads, struct arena *a)
{
    struct estimate_options options = estimate_options_default();
    struct strata x;
    struct err e;

    options.replicates = 1000;
    options.threads = threads;
    assert_int_equal(strata_estimate(linkages_of(c, a), str_of(by), &options, a, &x, &e), OK);
    return x;
}

static void each_stratum_is_what_its_table_alone_gives(void **state)
{
    struct counts *c = reference_counts("spina_strata", *state);
    struct strata x = strata_of(c, "eth", 1, *state);
    struct estimate_options options = estimate_options_default();
    struct counts part;
    struct estimate alone;
    struct err e;

    options.replicates = 1000;
    counts_where(&part, c, 0, 1, *state);
    assert_int_equal(estimate(&part, &options, *state, &alone, &e), OK);
    assert_int_equal(x.n, 3);
    assert_true(str_equal(x.stratum[1].category, c->stratum[0].category[1]));
    assert_close(x.stratum[1].nhat, alone.nhat);
    assert_memory_equal(x.stratum[1].ci95, alone.ci95, sizeof alone.ci95);
}

static void a_refused_stratum_is_listed_and_counts_in_the_lower_bound_alone(void **state)
{
    struct strata x = strata_of(reference_counts("spina_strata", *state), "eth", 1, *state);

    assert_int_equal(x.refused, 1);
    assert_int_equal(x.stratum[2].status, ESTIMATE_REFUSED);
    assert_int_equal(x.stratum[2].n, 2);
    assert_int_equal(x.seen_in_refused, 2);
    assert_near(x.at_least.nhat - x.estimated.nhat, 2.0, 1e-6);
    assert_near(x.at_least.ci95[1] - x.estimated.ci95[1], 2.0, 1e-6);
}

/* The sum of a skewed figure is above the sum of middles, and narrower than the sum of limits. */
static void the_total_is_a_sum_of_draws(void **state)
{
    struct strata x = strata_of(reference_counts("ScotPWID_strata", *state), "Region", 1, *state);
    double middles = x.stratum[0].nhat + x.stratum[1].nhat;
    double low = x.stratum[0].ci95[0] + x.stratum[1].ci95[0];
    double high = x.stratum[0].ci95[1] + x.stratum[1].ci95[1];

    assert_int_equal(x.n, 2);
    assert_true(x.estimated.nhat > 0.95 * middles);
    assert_true(x.estimated.ci95[0] > low);
    assert_true(x.estimated.ci95[1] < high);
}

static void two_columns_make_a_stratum_of_each_combination(void **state)
{
    struct strata x = strata_of(reference_counts("ScotPWID_strata", *state), "Gender, Age", 1, *state);

    assert_int_equal(x.n, 4);
    assert_str(x.stratum[0].category, "Male / Young");
}

static void the_number_of_threads_changes_no_total(void **state)
{
    struct counts *c = reference_counts("ScotPWID_strata", *state);
    struct strata one = strata_of(c, "Gender", 1, *state);
    struct strata two = strata_of(c, "Gender", 2, *state);

    assert_memory_equal(&one.estimated, &two.estimated, sizeof one.estimated);
}

static void a_column_that_is_not_there_is_told(void **state)
{
    struct estimate_options options = estimate_options_default();
    struct strata x;
    struct err e;

    assert_int_equal(strata_estimate(linkages_of(reference_counts("spina_strata", *state), *state), S("area"),
                                     &options, *state, &x, &e),
                     USAGE);
    assert_says(e, "no column of categories named \"area\"");
}

/* Five thousand areas with one person, and one with many. */
static void thousands_of_small_strata_are_refused_one_by_one(void **state)
{
    struct text t = text_open(*state);
    struct counts c;
    struct err e;

    text_lit(&t, "A,B,area,count\n1,0,big,90\n0,1,big,80\n1,1,big,40\n");
    for (int i = 0; i < 4999; i++)
        text_format(&t, "1,0,area %d,1\n", i);
    assert_int_equal(counts_read(&c, "a.csv", text_str(&t), *state, &e), OK);
    struct strata x = strata_of(&c, "area", 1, *state);
    assert_int_equal(x.n, 5000);
    assert_int_equal(x.refused, 4999);
    assert_int_equal(x.seen_in_refused, 4999);
    assert_near(x.estimated.nhat, 388.0, 20.0); /* Chapman: 131 * 121 / 41 - 1 = 385.6 */
}

static void every_stratum_refused_leaves_no_total(void **state)
{
    static const char csv[] = "A,B,area,count\n1,0,x,3\n0,1,y,4\n";
    struct counts c;
    struct err e;
    struct text text = text_open(*state);

    assert_int_equal(counts_read(&c, "a.csv", str_of(csv), *state, &e), OK);
    struct strata x = strata_of(&c, "area", 1, *state);
    assert_true(isnan(x.estimated.nhat) && isnan(x.at_least.nhat));
    strata_text(&text, &x);
    assert_non_null(strstr(text.p, "No stratum has an estimate. There are at least 7 people."));
}

static void the_words_tell_each_stratum_and_the_total(void **state)
{
    struct strata x = strata_of(reference_counts("spina_strata", *state), "eth", 1, *state);
    struct text text = text_open(*state);

    strata_text(&text, &x);
    assert_non_null(strstr(text.p, "Known: 621 people. By eth:"));
    assert_non_null(strstr(text.p, "caucasian: about "));
    assert_non_null(strstr(text.p, "other: at least 2. No estimate: "));
    assert_non_null(strstr(text.p, "Together, the 2 with an estimate: about "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(each_stratum_is_what_its_table_alone_gives),
        WITH_ARENA(a_refused_stratum_is_listed_and_counts_in_the_lower_bound_alone),
        WITH_ARENA(the_total_is_a_sum_of_draws),
        WITH_ARENA(two_columns_make_a_stratum_of_each_combination),
        WITH_ARENA(the_number_of_threads_changes_no_total),
        WITH_ARENA(a_column_that_is_not_there_is_told),
        WITH_ARENA(thousands_of_small_strata_are_refused_one_by_one),
        WITH_ARENA(every_stratum_refused_leaves_no_total),
        WITH_ARENA(the_words_tell_each_stratum_and_the_total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
