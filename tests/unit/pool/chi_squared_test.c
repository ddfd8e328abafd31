/* The chi-squared distribution. */
#include "pool/chi_squared.h"

#include "../unit.h"

#include <math.h>

static void with_two_degrees_of_freedom_it_is_exponential(void **state)
{
    (void)state;
    for (int i = 1; i < 100; i++) {
        double p = i / 100.0;

        assert_true(fabs(chi_squared_quantile(p, 2.0) / (-2.0 * log1p(-p)) - 1.0) < 1e-12);
    }
}

/* Abramowitz & Stegun 1964, table 26.8. */
static void quantiles_are_those_of_the_printed_table(void **state)
{
    static const struct {
        double p, freedom, quantile;
    } printed[] = {{0.95, 1.0, 3.84146},  {0.025, 12.0, 4.40379}, {0.975, 12.0, 23.3367},
                   {0.05, 30.0, 18.4926}, {0.99, 100.0, 135.807}, {0.005, 10.0, 2.15585}};

    (void)state;
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
        assert_true(fabs(chi_squared_quantile(printed[i].p, printed[i].freedom) / printed[i].quantile - 1.0) <
                    5e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_two_degrees_of_freedom_it_is_exponential),
        cmocka_unit_test(quantiles_are_those_of_the_printed_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
