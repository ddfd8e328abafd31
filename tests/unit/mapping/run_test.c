/* A mapping's run: from histories to an estimate and a protected cube. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "mapping/example.h"
#include "mapping/run.h"
#include "store/keys.h"

#include <math.h>

static void run_example(void **state, unsigned char key_byte, struct mapping_result *out)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct key key = {{key_byte}};
    struct mapping_run_options options = {
        .estimate = estimate_options_default(), .municipality = S("1281"), .key = &key, .exactly = true};
    struct counts counts;
    struct mapping m;
    struct err e = {0};

    options.estimate.replicates = 0;
    mapping_example(&m);
    assert_int_equal(counts_read(&counts, "example", str_of(example_histories), a, &e), OK);
    assert_int_equal(mapping_name(&m, &counts, "names", str_of(example_names), a, &e), OK);
    assert_int_equal(mapping_run(&m, &(struct counts_linkages){1, &counts}, &options, a, out, &e), OK);
}

/* Chan, Silverman & Vincent (2021), and the project's own reference run: 11417.99 for the six lists at
 * threshold 0.02. */
static void the_example_has_its_published_estimate(void **state)
{
    struct mapping_result result;

    run_example(state, 1, &result);
    assert_int_equal(result.estimate.n, 2744);
    assert_true(fabs(result.estimate.nhat - 11417.99) < 0.01);
}

static void the_cube_holds_everyone_rounded(void **state)
{
    const size_t everyone[TABLE_MAX_DIMENSIONS] = {0};
    struct mapping_result result;

    run_example(state, 1, &result);
    struct cube_cell cell = cube_cell(&result.cube, table_cell(&result.cube.shape, everyone));
    assert_int_equal(cell.n % 5, 0);
    assert_in_range(2744, cell.lo, cell.hi);
}

static void the_same_key_gives_the_same_cube(void **state)
{
    struct mapping_result first;
    struct mapping_result second;
    struct mapping_result other;
    size_t bytes = 0;

    run_example(state, 1, &first);
    run_example(state, 1, &second);
    run_example(state, 2, &other);
    bytes = first.cube.shape.published * sizeof *first.cube.n;
    assert_memory_equal(first.cube.n, second.cube.n, bytes);
    assert_memory_not_equal(first.cube.n, other.cube.n, bytes);
}

static void people_are_counted_by_the_category_they_are_named_in(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct key key = {{7}};
    struct mapping_run_options options = {
        .estimate = estimate_options_default(), .municipality = S("1281"), .key = &key};
    struct mapping m = {.first_year = 2025, .last_year = 2025};
    struct mapping_result result;
    struct counts counts;
    struct err e = {0};
    size_t cell = 0;

    options.estimate.replicates = 0;
    assert_int_equal(counts_read(&counts, "h", S("a,b,sex,count\n1,0,w,100\n0,1,w,50\n1,1,m,25\n"), a, &e),
                     OK);
    assert_int_equal(mapping_name(&m, &counts, "n", S("code,sv,en\nsex=m,M,M\nsex=w,K,W\n"), a, &e), OK);
    assert_int_equal(mapping_run(&m, &(struct counts_linkages){1, &counts}, &options, a, &result, &e), OK);
    assert_true(table_find(&result.cube.shape, (const struct str[]){S("Total"), S("Total"), S("w")}, &cell));
    assert_int_equal(cube_cell(&result.cube, cell).n, 150);
    assert_true(table_find(&result.cube.shape, (const struct str[]){S("1"), S("1"), S("Total")}, &cell));
    assert_int_equal(cube_cell(&result.cube, cell).n, 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_example_has_its_published_estimate, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(the_cube_holds_everyone_rounded, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(the_same_key_gives_the_same_cube, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(people_are_counted_by_the_category_they_are_named_in, scratch_open,
                                        scratch_close),
    };

    return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
