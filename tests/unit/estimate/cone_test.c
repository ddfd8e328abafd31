/* Which variables of a cone can be above 0. */
#include "estimate/cone.h"

#include "reference.h"

#include "base/rng.h"

enum { MOST = 6 };

static const bool all[MOST] = {true, true, true, true, true, true};

static void a_sum_of_two_that_is_nothing_holds_both_at_nothing(void **state)
{
    int64_t b[] = {1, 1, 0};
    bool can[3];

    (void)state;
    assert_true(cone_support(b, 1, 3, 0, all, can));
    assert_false(can[0] || can[1]);
    assert_true(can[2]); /* no equation holds it */
}

static void a_difference_that_is_nothing_lets_both_be_large(void **state)
{
    int64_t b[] = {1, -1};
    bool can[2];

    (void)state;
    assert_true(cone_support(b, 1, 2, 0, all, can));
    assert_true(can[0] && can[1]);
}

static void a_variable_of_any_sign_takes_up_what_the_others_need(void **state)
{
    int64_t b[] = {1, 1, 2};
    bool can[3];

    (void)state;
    assert_true(cone_support(b, 1, 3, 1, all, can));
    assert_true(can[1] && can[2]);
    assert_false(can[0]); /* of any sign: not asked for */
}

static void only_what_is_asked_is_told(void **state)
{
    const bool asked[] = {false, true};
    int64_t b[] = {1, -1};
    bool can[2];

    (void)state;
    assert_true(cone_support(b, 1, 2, 0, asked, can));
    assert_false(can[0]);
    assert_true(can[1]);
}

static void numbers_that_grow_too_large_are_told_and_not_rounded(void **state)
{
    const int64_t big = (INT64_C(1) << 30) - 1;
    int64_t b[] = {big, big - 2, 7, 5, big - 4, big - 10, 3, 11, big - 12, 13, big - 16, 17};
    bool can[4];

    (void)state;
    assert_false(cone_support(b, 3, 4, 2, all, can));
}

/* Is there v in {0, .., 4}^n with B v = 0 and v[j] > 0? For equations as small as these, when there is any.
 */
static bool can_by_trying(const int64_t *b, size_t rows, size_t n, size_t j)
{
    size_t tables = 1;

    for (size_t i = 0; i < n; i++)
        tables *= 5;
    for (size_t code = 0; code < tables; code++) {
        int64_t v[MOST];
        bool is_solution = true;

        for (size_t i = 0, rest = code; i < n; i++, rest /= 5)
            v[i] = (int64_t)(rest % 5);
        for (size_t r = 0; r < rows && is_solution; r++) {
            int64_t sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += b[r * n + i] * v[i];
            is_solution = sum == 0;
        }
        if (is_solution && v[j] > 0)
            return true;
    }
    return false;
}

static void small_cones_are_those_found_by_trying_all_tables(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct rng r = rng_open(23, seed);
        size_t rows = 1 + rng_u64(&r) % 2;
        int64_t b[2 * 5];
        int64_t used[2 * 5];
        bool can[5];

        for (size_t i = 0; i < rows * 5; i++)
            used[i] = b[i] = (int64_t)(rng_u64(&r) % 3) - 1;
        assert_true(cone_support(used, rows, 5, 0, all, can));
        for (size_t j = 0; j < 5; j++)
            if (can[j] != can_by_trying(b, rows, 5, j))
                fail_msg("seed %d, variable %d: %d", (int)seed, (int)j, can[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_of_two_that_is_nothing_holds_both_at_nothing),
        cmocka_unit_test(a_difference_that_is_nothing_lets_both_be_large),
        cmocka_unit_test(a_variable_of_any_sign_takes_up_what_the_others_need),
        cmocka_unit_test(only_what_is_asked_is_told),
        cmocka_unit_test(numbers_that_grow_too_large_are_told_and_not_rounded),
        cmocka_unit_test(small_cones_are_those_found_by_trying_all_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
