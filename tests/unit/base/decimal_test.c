/* Numbers as their shortest text, against printf and strtod. */
#include "base/number.h"

#include "../unit.h"

#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first of 15, 16 and 17 digits that reads back. */
static const char *expected_text(double x)
{
    static char text[32];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    return text;
}

static void assert_shortest(double x)
{
    char text[32];
    size_t n = f64_to_text(x, text);

    assert_int_equal(n, strlen(text));
    assert_string_equal(text, expected_text(x));
}

static void numbers_of_any_size_have_their_shortest_text(void **state)
{
    struct rng r = rng_open(11, 0);

    (void)state;
    for (int i = 0; i < 200000; i++)
        assert_shortest((rng_unit(&r) - 0.5) * pow(10.0, 24.0 * rng_unit(&r) - 6.0));
}

static void numbers_of_few_digits_keep_them(void **state)
{
    struct rng r = rng_open(12, 0);

    (void)state;
    for (int i = 0; i < 50000; i++) {
        double whole = floor(1e6 * rng_unit(&r));

        assert_shortest(whole);
        assert_shortest(whole / 1000.0);
        assert_shortest(whole * 1e9 + 0.125);
    }
}

/* Where a digit more or less, or another gap between neighbours, begins. */
static void neighbours_of_powers_have_their_shortest_text(void **state)
{
    (void)state;
    for (int exponent = -8; exponent <= 20; exponent++) {
        assert_shortest(pow(10.0, exponent));
        assert_shortest(nextafter(pow(10.0, exponent), 0.0));
        assert_shortest(nextafter(pow(10.0, exponent), INFINITY));
    }
    for (int exponent = -20; exponent <= 70; exponent++) {
        assert_shortest(ldexp(1.0, exponent));
        assert_shortest(nextafter(ldexp(1.0, exponent), 0.0));
        assert_shortest(-nextafter(ldexp(1.0, exponent), INFINITY));
    }
}

static void the_smallest_and_the_largest_have_an_exponent(void **state)
{
    static const double numbers[] = {0.0, -0.0, 5e-324, 1e-5, 1.7976931348623157e308, 123456789012345680.0};

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_shortest(numbers[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_any_size_have_their_shortest_text),
        cmocka_unit_test(numbers_of_few_digits_keep_them),
        cmocka_unit_test(neighbours_of_powers_have_their_shortest_text),
        cmocka_unit_test(the_smallest_and_the_largest_have_an_exponent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
