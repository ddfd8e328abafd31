/* Transforms over subsets, against the sums written out. */
#include "estimate/zeta.h"

#include "reference.h"

enum { CELLS = 32 };

static void fill(double *x)
{
    for (size_t c = 0; c < CELLS; c++)
        x[c] = (double)(c * c % 7) + 1.0;
}

static void a_superset_sum_adds_what_contains_the_mask(void **state)
{
    double x[CELLS];
    double sums[CELLS];

    (void)state;
    fill(x);
    fill(sums);
    zeta_superset_sum(sums, CELLS);
    for (size_t m = 0; m < CELLS; m++) {
        double sum = 0.0;
        for (size_t c = 0; c < CELLS; c++)
            sum += (c & m) == m ? x[c] : 0.0;
        assert_near(sums[m], sum, 1e-12);
    }
}

static void a_subset_sum_adds_what_the_mask_contains(void **state)
{
    double x[CELLS];
    double sums[CELLS];

    (void)state;
    fill(x);
    fill(sums);
    zeta_subset_sum(sums, CELLS);
    for (size_t c = 0; c < CELLS; c++) {
        double sum = 0.0;
        for (size_t m = 0; m < CELLS; m++)
            sum += (c & m) == m ? x[m] : 0.0;
        assert_near(sums[c], sum, 1e-12);
    }
}

static void a_subset_product_multiplies_what_the_mask_contains(void **state)
{
    double x[CELLS];
    double products[CELLS];

    (void)state;
    fill(x);
    fill(products);
    zeta_subset_product(products, CELLS);
    for (size_t c = 0; c < CELLS; c++) {
        double product = 1.0;
        for (size_t m = 0; m < CELLS; m++)
            product *= (c & m) == m ? x[m] : 1.0;
        assert_near(products[c] / product, 1.0, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_superset_sum_adds_what_contains_the_mask),
        cmocka_unit_test(a_subset_sum_adds_what_the_mask_contains),
        cmocka_unit_test(a_subset_product_multiplies_what_the_mask_contains),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
