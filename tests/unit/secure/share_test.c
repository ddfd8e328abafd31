/* Scalars in shares: any that are enough give the secret, one fewer fits every secret. */
#include "secure/share.h"

#include "../unit.h"

#include <sodium.h>
#include <string.h>

enum { NEEDED = 4, SHARES = 300 };

struct split {
    unsigned char secret[SHARE_SCALAR];
    unsigned char share[SHARES * SHARE_SCALAR];
};

static void split_at_random(struct split *x)
{
    unsigned char random[(NEEDED - 1) * SHARE_SCALAR];

    assert_true(sodium_init() >= 0);
    share_scalar(x->secret);
    for (size_t i = 0; i < NEEDED - 1; i++)
        crypto_core_ristretto255_scalar_random(random + i * SHARE_SCALAR);
    share_split(x->secret, random, NEEDED, SHARES, x->share);
}

static void join_places(const struct split *x, const size_t *place, size_t n, unsigned char *out)
{
    unsigned char share[SHARES * SHARE_SCALAR];
    unsigned char weight[SHARES * SHARE_SCALAR];

    for (size_t k = 0; k < n; k++)
        memcpy(share + k * SHARE_SCALAR, x->share + place[k] * SHARE_SCALAR, SHARE_SCALAR);
    share_weights(place, n, weight);
    share_join(share, weight, n, out);
}

/* A line through 5 at 0 with the slope 3: the shares are 8, 11 and 14. */
static void shares_of_a_line_lie_on_it(void **state)
{
    static const unsigned char secret[SHARE_SCALAR] = {5};
    static const unsigned char slope[SHARE_SCALAR] = {3};
    unsigned char share[3 * SHARE_SCALAR];

    (void)state;
    assert_true(sodium_init() >= 0);
    share_split(secret, slope, 2, 3, share);
    assert_int_equal(share[0], 8);
    assert_int_equal(share[SHARE_SCALAR], 11);
    assert_int_equal(share[2 * SHARE_SCALAR], 14);
    assert_true(sodium_is_zero(share + 1, SHARE_SCALAR - 1));
}

static void any_shares_that_are_enough_give_the_secret(void **state)
{
    static const size_t places[][NEEDED] = {{0, 1, 2, 3}, {299, 255, 256, 0}, {7, 3, 298, 100}};
    struct split x;
    unsigned char found[SHARE_SCALAR];

    (void)state;
    split_at_random(&x);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        join_places(&x, places[i], NEEDED, found);
        assert_memory_equal(found, x.secret, SHARE_SCALAR);
    }
}

static void more_shares_than_needed_give_the_same_secret(void **state)
{
    static const size_t place[] = {9, 8, 7, 6, 5, 4};
    struct split x;
    unsigned char found[SHARE_SCALAR];

    (void)state;
    split_at_random(&x);
    join_places(&x, place, 6, found);
    assert_memory_equal(found, x.secret, SHARE_SCALAR);
}

/* With one share too few, a share at a place of its own can be found for any secret whatever: here it is the
 * other secret's share, on the polynomial through the same three shares and that secret. */
static void too_few_shares_fit_every_secret(void **state)
{
    static const size_t place[NEEDED] = {0, 1, 2, 3};
    unsigned char weight[NEEDED * SHARE_SCALAR];
    unsigned char share[NEEDED * SHARE_SCALAR];
    unsigned char other[SHARE_SCALAR];
    unsigned char term[SHARE_SCALAR];
    unsigned char found[SHARE_SCALAR];
    struct split x;

    (void)state;
    split_at_random(&x);
    share_scalar(other);
    share_weights(place, NEEDED, weight);
    memcpy(share, x.share, sizeof share);
    share_join(share, weight, NEEDED - 1, found);
    crypto_core_ristretto255_scalar_sub(found, other, found);
    assert_int_equal(crypto_core_ristretto255_scalar_invert(term, weight + (NEEDED - 1) * SHARE_SCALAR), 0);
    crypto_core_ristretto255_scalar_mul(share + (NEEDED - 1) * SHARE_SCALAR, found, term);
    share_join(share, weight, NEEDED, found);
    assert_memory_equal(found, other, SHARE_SCALAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_a_line_lie_on_it),
        cmocka_unit_test(any_shares_that_are_enough_give_the_secret),
        cmocka_unit_test(more_shares_than_needed_give_the_same_secret),
        cmocka_unit_test(too_few_shares_fit_every_secret),
    };

    return cmocka_run_group_tests_name("secure share", tests, NULL, NULL);
}
