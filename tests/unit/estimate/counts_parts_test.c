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

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(merged_lists_hold_who_was_on_either),
        WITH_ARENA(people_on_one_list_keep_their_other_lists),
        WITH_ARENA(a_thinned_table_keeps_about_its_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
