/* Additive rounding. */
#include "protect/rounding.h"

#include "../unit.h"
#include "families.h"

#include "protect/keystream.h"

static bool make(const struct table *t, int64_t margin_move, unsigned char first, int64_t *figure)
{
    unsigned char key[KEYSTREAM_KEY_BYTES] = {first};

    return rounding_make(t, &(struct rounding_options){.base = 5, .margin_move = margin_move}, key, figure);
}

static void a_margin_that_would_move_too_far_is_drawn_again(void **state)
{
    struct table t = families_e1(*state);
    int64_t exact[30];
    int64_t figure[30];

    table_sum(&t.shape, t.count, exact);
    for (unsigned char k = 0; k < 50; k++) {
        if (!make(&t, 4, k, figure))
            continue;
        for (size_t cell = 0; cell < 30; cell++)
            assert_in_range((uintmax_t)(figure[cell] - exact[cell] + 4), 0, 8);
    }
}

static void a_move_that_cannot_be_kept_leaves_the_figures_untouched(void **state)
{
    struct table t = families_line((int64_t[]){1, 1}, 2, *state);
    int64_t figure[3] = {-1, -1, -1};

    assert_false(make(&t, 0, 1, figure));
    assert_int_equal(figure[0], -1);
}

static void the_grand_total_of_ones_is_right_in_the_mean(void **state)
{
    enum { KEYS = 250 };
    struct table t = families_line((int64_t[]){1, 1, 1, 1, 1, 1, 1}, 7, *state);
    int64_t sum = 0;

    for (int k = 0; k < KEYS; k++) {
        int64_t figure[8];

        assert_true(make(&t, 10, (unsigned char)k, figure));
        assert_true(figure[0] == 5 || figure[0] == 10);
        sum += figure[0];
    }
    assert_in_range((uintmax_t)sum, 7 * KEYS - 194, 7 * KEYS + 194); /* five standard errors of 2.45 each */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_margin_that_would_move_too_far_is_drawn_again),
        WITH_ARENA(a_move_that_cannot_be_kept_leaves_the_figures_untouched),
        WITH_ARENA(the_grand_total_of_ones_is_right_in_the_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
