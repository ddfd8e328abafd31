/* Shares: the field against FIPS 197, a split against published shares, any needed shares, fewer telling
 * nothing. */
#include "seal/shamir.h"

#include "../unit.h"

#include <string.h>

static void the_field_multiplies_as_the_standard_says(void **state)
{
    (void)state;
    /* FIPS 197, sections 4.2 and 4.2.1. */
    assert_int_equal(shamir_times(0x57, 0x83), 0xc1);
    assert_int_equal(shamir_times(0x57, 0x13), 0xfe);
    assert_int_equal(shamir_times(0x57, 0x02), 0xae);
    assert_int_equal(shamir_times(0xae, 0x02), 0x47);
}

static void every_element_but_zero_has_an_inverse(void **state)
{
    (void)state;
    for (int a = 1; a < 256; a++)
        assert_int_equal(shamir_times((uint8_t)a, shamir_inverse((uint8_t)a)), 1);
    assert_int_equal(shamir_inverse(0), 0);
}

/* The test vector of draft-mcgrew-tss-03, section 9: secret 7465737400, shares 01 B9FA07E185, 02 F5409B4511.
 */
static void published_shares_give_the_published_secret(void **state)
{
    struct shamir_share share[2] = {{1, {0xb9, 0xfa, 0x07, 0xe1, 0x85}}, {2, {0xf5, 0x40, 0x9b, 0x45, 0x11}}};
    static const unsigned char expected[5] = {0x74, 0x65, 0x73, 0x74, 0x00};
    unsigned char secret[SHAMIR_BYTES];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_join(share, 2, secret, &e), OK);
    assert_memory_equal(secret, expected, sizeof expected);
}

static void a_split_with_the_published_coefficients_gives_the_published_shares(void **state)
{
    static const unsigned char secret[SHAMIR_BYTES] = {0x74, 0x65, 0x73, 0x74, 0x00};
    static const unsigned char random[SHAMIR_BYTES] = {0xcd, 0x9f, 0x74, 0x95, 0x85};
    static const unsigned char second[5] = {0xf5, 0x40, 0x9b, 0x45, 0x11};
    struct shamir_share share[2];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_split(secret, 2, 2, random, share, &e), OK);
    assert_int_equal(share[1].x, 2);
    assert_memory_equal(share[1].y, second, sizeof second);
}

/* f(x) = 3 x^2 + x over a secret of 0: f(1) = 2, f(2) = 12 + 2 = 14. */
static void each_degree_has_coefficients_of_its_own(void **state)
{
    static const unsigned char secret[SHAMIR_BYTES] = {0};
    static const unsigned char random[2 * SHAMIR_BYTES] = {[0] = 1, [SHAMIR_BYTES] = 3};
    struct shamir_share share[3];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_split(secret, 3, 3, random, share, &e), OK);
    assert_int_equal(share[0].y[0], 2);
    assert_int_equal(share[1].y[0], 14);
}

static void one_share_is_joined_and_none_or_too_many_are_not(void **state)
{
    struct shamir_share share[SHAMIR_MOST + 1] = {{1, {7}}};
    unsigned char secret[SHAMIR_BYTES];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_join(share, 1, secret, &e), OK);
    assert_int_equal(secret[0], 7);
    assert_int_equal(shamir_join(share, 0, secret, &e), BAD_INPUT);
    assert_int_equal(shamir_join(share, SHAMIR_MOST + 1, secret, &e), BAD_INPUT);
}

static void as_many_shares_as_there_may_be_are_made_and_joined(void **state)
{
    static const unsigned char bytes[SHAMIR_BYTES * SHAMIR_MOST] = {7, 11, [SHAMIR_BYTES] = 13};
    struct shamir_share share[SHAMIR_MOST];
    unsigned char joined[SHAMIR_BYTES];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_split(bytes, SHAMIR_MOST, SHAMIR_MOST, bytes, share, &e), OK);
    assert_int_equal(share[SHAMIR_MOST - 1].x, SHAMIR_MOST);
    assert_int_equal(shamir_join(share, SHAMIR_MOST, joined, &e), OK);
    assert_memory_equal(joined, bytes, SHAMIR_BYTES);
}

static void a_split_of_impossible_numbers_is_refused(void **state)
{
    static const unsigned char bytes[SHAMIR_BYTES * SHAMIR_MOST];
    struct shamir_share share[SHAMIR_MOST];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_split(bytes, 1, 3, bytes, share, &e), USAGE);
    assert_int_equal(shamir_split(bytes, 4, 3, bytes, share, &e), USAGE);
    assert_int_equal(shamir_split(bytes, 2, SHAMIR_MOST + 1, bytes, share, &e), USAGE);
}

static void a_point_that_stands_twice_or_is_zero_is_refused(void **state)
{
    struct shamir_share twice[2] = {{3, {1}}, {3, {2}}};
    struct shamir_share zero[2] = {{0, {1}}, {3, {2}}};
    unsigned char secret[SHAMIR_BYTES];
    struct err e = {0};

    (void)state;
    assert_int_equal(shamir_join(twice, 2, secret, &e), BAD_INPUT);
    assert_int_equal(shamir_join(zero, 2, secret, &e), BAD_INPUT);
    assert_int_equal(shamir_join(twice, 0, secret, &e), BAD_INPUT);
}

/* For two of n: whatever the secret byte, each share byte is as likely, so one share fits every secret. */
static void one_share_of_two_fits_every_secret_equally(void **state)
{
    int fits[256] = {0};
    struct shamir_share share[2];
    struct err e = {0};

    (void)state;
    for (int coefficient = 0; coefficient < 256; coefficient++) {
        unsigned char secret[SHAMIR_BYTES] = {0x5a};
        unsigned char random[SHAMIR_BYTES] = {(unsigned char)coefficient};

        assert_int_equal(shamir_split(secret, 2, 2, random, share, &e), OK);
        fits[share[0].y[0]]++;
    }
    for (int value = 0; value < 256; value++)
        assert_int_equal(fits[value], 1);
}

static void nothing_is_written_beyond_the_shares_or_the_secret(void **state)
{
    static const unsigned char secret[SHAMIR_BYTES] = {1, 2, 3};
    static const unsigned char random[2 * SHAMIR_BYTES] = {4, 5, 6};
    struct shamir_share share[6];
    struct shamir_share untouched;
    unsigned char joined[SHAMIR_BYTES + 1];
    struct err e = {0};

    (void)state;
    memset(share, 0xaa, sizeof share);
    memset(&untouched, 0xaa, sizeof untouched);
    assert_int_equal(shamir_split(secret, 3, 5, random, share, &e), OK);
    assert_memory_equal(&share[5], &untouched, sizeof untouched);
    memset(joined, 0xaa, sizeof joined);
    assert_int_equal(shamir_join(share + 1, 3, joined, &e), OK);
    assert_memory_equal(joined, secret, sizeof secret);
    assert_int_equal(joined[SHAMIR_BYTES], 0xaa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_field_multiplies_as_the_standard_says),
        cmocka_unit_test(every_element_but_zero_has_an_inverse),
        cmocka_unit_test(published_shares_give_the_published_secret),
        cmocka_unit_test(a_split_with_the_published_coefficients_gives_the_published_shares),
        cmocka_unit_test(as_many_shares_as_there_may_be_are_made_and_joined),
        cmocka_unit_test(each_degree_has_coefficients_of_its_own),
        cmocka_unit_test(one_share_is_joined_and_none_or_too_many_are_not),
        cmocka_unit_test(a_split_of_impossible_numbers_is_refused),
        cmocka_unit_test(a_point_that_stands_twice_or_is_zero_is_refused),
        cmocka_unit_test(one_share_of_two_fits_every_secret_equally),
        cmocka_unit_test(nothing_is_written_beyond_the_shares_or_the_secret),
    };

    return cmocka_run_group_tests_name("shamir", tests, NULL, NULL);
}
