/* Student's t, against its closed forms. */
#include "estimate/student.h"

#include "reference.h"

#include "estimate/interval.h"

static const double pi = 3.14159265358979323846;
static const double levels[] = {0.5001, 0.6, 0.75, 0.9, 0.975, 0.995, 0.9999};

static void one_degree_of_freedom_is_cauchys_distribution(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        assert_true(relative_error(student_quantile(levels[i], 1.0), tan(pi * (levels[i] - 0.5))) < 1e-9);
}

static void two_and_four_degrees_have_closed_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double p = levels[i];
        double a = 4.0 * p * (1.0 - p);
        double q = cos(acos(sqrt(a)) / 3.0) / sqrt(a);

        assert_true(relative_error(student_quantile(p, 2.0), 2.0 * (p - 0.5) * sqrt(2.0 / a)) < 1e-9);
        assert_true(relative_error(student_quantile(p, 4.0), 2.0 * sqrt(q - 1.0)) < 1e-6);
    }
}

static void it_is_symmetric_about_nothing(void **state)
{
    (void)state;
    for (double freedom = 1.0; freedom < 1e7; freedom *= 10.0) {
        assert_near(student_quantile(0.5, freedom), 0.0, 1e-9);
        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
            assert_near(student_quantile(1.0 - levels[i], freedom), -student_quantile(levels[i], freedom),
                        1e-9 * student_quantile(levels[i], freedom));
    }
}

static void with_many_degrees_it_is_normal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double normal = interval_normal_quantile(levels[i]);

        assert_near(student_quantile(levels[i], INFINITY), normal, 1e-12);
        assert_near(student_quantile(levels[i], 9e5), normal, 1e-4);
    }
    assert_true(isinf(student_quantile(1.0, 5.0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_degree_of_freedom_is_cauchys_distribution),
        cmocka_unit_test(two_and_four_degrees_have_closed_forms),
        cmocka_unit_test(it_is_symmetric_about_nothing),
        cmocka_unit_test(with_many_degrees_it_is_normal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
