/* Tables made from a table. */
#include "estimate/counts_parts.h"

#include "reference.h"

static void merged_lists_hold_who_was_on_either(void **state)
{
    struct counts *uk = reference_counts("UKdat", *state);
    struct counts *merged_by_others = reference_counts("UKdat_5", *state); /* PF and NCA as one */
    struct counts merged;

    counts_merged(&merged, uk, 2, 5, *state);
    assert_int_equal(merged.lists, 5);
    assert_int_equal(merged.n, uk->n);
    assert_memory_equal(merged.y, merged_by_others->y, 32 * sizeof *merged.y);
}

static void people_on_one_list_keep_their_other_lists(void **state)
{
    struct counts *uk = reference_counts("UKdat", *state);
    struct counts on;
    int64_t n = 0;

    counts_on(&on, uk, 0, *state);
    for (size_t h = 1; h < 64; h += 2)
        n += uk->y[h];
    assert_int_equal(on.n, n);
    assert_int_equal(on.y[1], uk->y[1]);
    assert_int_equal(on.y[2], 0);
}

static void a_thinned_table_keeps_about_its_share(void **state)
{
    struct counts *uk = reference_counts("UKdat", *state);
    struct rng r = rng_open(1, 1);
    struct counts some;

    counts_thinned(&some, uk, 0.25, &r, *state);
    assert_near((double)some.n, 0.25 * 2744.0, 6.0 * sqrt(2744.0 * 0.25 * 0.75));
    for (size_t h = 1; h < 64; h++)
        assert_true(some.y[h] <= uk->y[h]);
}

static void the_middle_linkage_is_the_nearest_to_the_means(void **state)
{
    static const char csv[] = "imputation,A,B,count\n"
                              "1,1,0,10\n1,0,1,10\n1,1,1,0\n"
                              "2,1,0,8\n2,0,1,8\n2,1,1,2\n"
                              "3,1,0,5\n3,0,1,5\n3,1,1,5\n";
    struct counts_linkages x;
    struct err e = {0};

    assert_int_equal(counts_read_linkages(&x, "a.csv", str_of(csv), *state, &e), OK);
    assert_ptr_equal(counts_middle(&x, *state), &x.linkage[1]); /* means 7.67, 7.67, 2.33 */
    x.n = 1;
    assert_ptr_equal(counts_middle(&x, *state), &x.linkage[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(merged_lists_hold_who_was_on_either),
        WITH_ARENA(people_on_one_list_keep_their_other_lists),
        WITH_ARENA(the_middle_linkage_is_the_nearest_to_the_means),
        WITH_ARENA(a_thinned_table_keeps_about_its_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
