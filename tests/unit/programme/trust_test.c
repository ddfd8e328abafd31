/* Cities and their keys. */
#include "programme/trust.h"

#include "../unit.h"

#include "programme/population.h"

#include <string.h>

/* The public key of RFC 8032, 7.1, test 1. */
#define KEY "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

static enum status read(const char *csv, struct arena *a, struct trust *out, struct err *e)
{
    return trust_read("keys.csv", str_of(csv), a, out, e);
}

static void a_key_is_known_by_its_municipality(void **state)
{
    struct trust t;
    struct err e;

    assert_int_equal(read("municipality;key\n1281;" KEY "\n", *state, &t, &e), OK);
    assert_true(key_is(trust_find(&t, S("1281"))->key, S(KEY), *state));
    assert_null(trust_find(&t, S("1280")));
}

/* printf KEY | xxd -r -p | sha256sum */
static void a_fingerprint_is_half_of_the_keys_hash_in_groups(void **state)
{
    assert_str(key_fingerprint(S(KEY), *state), "21fe 31df a154 a261 626b f854 046f d227");
}

static void a_key_may_be_given_by_its_fingerprint(void **state)
{
    struct trust t;
    struct err e;

    assert_int_equal(read("municipality,key\n1281,21FE 31df a154 a261 626b f854 046f d227\n", *state, &t, &e),
                     OK);
    assert_true(key_is(t.city[0].key, S(KEY), *state));
    assert_false(key_is(t.city[0].key, S("00" KEY), *state));
}

static void a_city_has_one_key(void **state)
{
    struct trust t;
    struct err e;

    assert_int_equal(read("municipality,key\n1281," KEY "\n1281," KEY "\n", *state, &t, &e), BAD_INPUT);
    assert_says(e, "keys.csv:3:1");
}

static void what_is_no_key_is_told_with_its_place(void **state)
{
    struct trust t;
    struct err e;

    assert_int_equal(read("municipality,key\n1281,d75a98\n", *state, &t, &e), BAD_INPUT);
    assert_says(e, "keys.csv:2:2");
    assert_int_equal(read("municipality,key\n12a1," KEY "\n", *state, &t, &e), BAD_INPUT);
    assert_says(e, "keys.csv:2:1");
    assert_int_equal(read("code,key\n1281," KEY "\n", *state, &t, &e), BAD_INPUT);
    assert_says(e, "municipality and key");
}

static void anything_in_the_last_column_says_that_a_city_has_withdrawn(void **state)
{
    struct trust t;
    struct err e;

    assert_int_equal(
        read("municipality,key,withdrawn\n1281," KEY ",2026-01-31\n1280," KEY ",\n", *state, &t, &e), OK);
    assert_true(t.city[0].is_withdrawn);
    assert_false(t.city[1].is_withdrawn);
}

static void inhabitants_of_another_year_are_not_taken(void **state)
{
    struct population p;
    struct err e;

    assert_int_equal(
        population_read("p.csv", S("municipality,year,population\n1281,2025,1000\n"), *state, &p, &e), OK);
    assert_int_equal(population_of(&p, S("1281"), 2025), 1000);
    assert_int_equal(population_of(&p, S("1281"), 2024), 0);
}

static void a_number_of_inhabitants_is_a_number_above_nought(void **state)
{
    struct population p;
    struct err e;

    assert_int_equal(
        population_read("p.csv", S("municipality,year,population\n1281,2025,0\n"), *state, &p, &e),
        BAD_INPUT);
    assert_says(e, "p.csv:2:3");
    assert_int_equal(population_read("p.csv", S("municipality,year,population\n1281,2025,9\n1281,2025,9\n"),
                                     *state, &p, &e),
                     BAD_INPUT);
    assert_says(e, "p.csv:3:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_key_is_known_by_its_municipality),
        WITH_ARENA(a_fingerprint_is_half_of_the_keys_hash_in_groups),
        WITH_ARENA(a_key_may_be_given_by_its_fingerprint),
        WITH_ARENA(a_city_has_one_key),
        WITH_ARENA(what_is_no_key_is_told_with_its_place),
        WITH_ARENA(anything_in_the_last_column_says_that_a_city_has_withdrawn),
        WITH_ARENA(inhabitants_of_another_year_are_not_taken),
        WITH_ARENA(a_number_of_inhabitants_is_a_number_above_nought),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
