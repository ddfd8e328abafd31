/* Which key of a provider is a token's. */
#include "oidc/key_set.h"

#include "../unit.h"

#include <string.h>

#define EC "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AQ\",\"kid\":\"e1\"%s}"

static enum status find(const char *keys, const char *kid, enum oidc_algorithm algorithm, struct arena *a,
                        bool *is_found, struct str *key)
{
    struct err e = {0};

    return key_set_find(str_of(arena_printf(a, "{\"keys\":[%s]}", keys)), str_of(kid), algorithm, a, is_found,
                        key, &e);
}

static bool has(const char *keys, const char *kid, struct arena *a)
{
    struct str key;
    bool is_found = false;

    return find(keys, kid, OIDC_ES256, a, &is_found, &key) == OK && is_found;
}

static void a_key_is_found_by_its_name(void **state)
{
    const char *keys = arena_printf(*state, EC, "");

    assert_true(has(keys, "e1", *state));
    assert_false(has(keys, "e2", *state));
    assert_true(has(keys, "", *state)); /* the only one */
}

static void only_the_public_members_of_a_key_are_used(void **state)
{
    struct str key;
    bool is_found = false;

    assert_int_equal(find(arena_printf(*state, EC, ",\"d\":\"secret\",\"x5u\":\"https://e.example\""), "e1",
                          OIDC_ES256, *state, &is_found, &key),
                     OK);
    assert_str(key, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AQ\"}");
}

static void a_key_for_something_else_is_not_used(void **state)
{
    static const char *const other[] = {",\"use\":\"enc\"", ",\"alg\":\"ES384\"", ",\"key_ops\":[\"sign\"]",
                                        ",\"alg\":7"};

    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        const char *keys = arena_printf(
            *state, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AQ\",\"kid\":\"e1\"%s}",
            other[i]);
        assert_false(has(keys, "e1", *state));
    }
    assert_true(has(arena_printf(*state, EC, ",\"use\":\"sig\",\"alg\":\"ES256\",\"key_ops\":[\"verify\"]"),
                    "e1", *state));
}

static void a_key_of_another_kind_or_curve_is_not_used(void **state)
{
    static const char *const others[] = {
        "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"e1\"}",
        "{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\",\"kid\":\"e1\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AA\",\"y\":\"AQ\",\"kid\":\"e1\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"kid\":\"e1\"}",
        "7",
        "null",
        "[]"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(has(others[i], "e1", *state));
}

static void two_keys_that_fit_are_refused(void **state)
{
    struct str key;
    bool is_found = false;
    const char *one = arena_printf(*state, EC, "");

    assert_int_equal(find(arena_printf(*state, "%s,%s", one, one), "e1", OIDC_ES256, *state, &is_found, &key),
                     REFUSED);
    assert_int_equal(find(arena_printf(*state, "%s,%s", one, one), "", OIDC_ES256, *state, &is_found, &key),
                     REFUSED);
}

/* An RSA key whose modulus has `bytes` bytes after `zeros` zero bytes; its first bit is set. */
static const char *rsa(size_t zeros, size_t bytes, struct arena *a)
{
    static const char letters[] = "AAAA";
    char *n = arena_new(a, (zeros + bytes) * 2, char);
    size_t at = 0;

    assert_true(zeros % 3 == 0 && bytes % 3 == 0);
    for (size_t i = 0; i < zeros; i += 3, at += 4)
        memcpy(n + at, letters, 4);
    for (size_t i = 0; i < bytes; i += 3, at += 4)
        memcpy(n + at, i == 0 ? "gAAA" : "AAAB", 4);
    return arena_printf(a, "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"AQAB\",\"kid\":\"r1\"}", n);
}

static void a_short_rsa_key_is_refused_whatever_stands_before_it(void **state)
{
    struct str key;
    bool is_found = false;

    assert_int_equal(find(rsa(0, 258, *state), "r1", OIDC_RS256, *state, &is_found, &key), OK);
    assert_int_equal(find(rsa(3, 258, *state), "r1", OIDC_RS256, *state, &is_found, &key), OK);
    assert_int_equal(find(rsa(0, 255, *state), "r1", OIDC_RS256, *state, &is_found, &key), REFUSED);
    assert_int_equal(find(rsa(6, 255, *state), "r1", OIDC_RS256, *state, &is_found, &key), REFUSED);
    assert_int_equal(find("{\"kty\":\"RSA\",\"n\":\"%%\",\"e\":\"AQAB\",\"kid\":\"r1\"}", "r1", OIDC_RS256,
                          *state, &is_found, &key),
                     REFUSED);
}

static void what_is_no_list_of_keys_is_refused(void **state)
{
    static const char *const odd[] = {"", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}"};
    struct str key;
    struct err e = {0};
    bool is_found = false;

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(key_set_find(str_of(odd[i]), S("k"), OIDC_ES256, *state, &is_found, &key, &e),
                         REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_key_is_found_by_its_name),
        WITH_ARENA(only_the_public_members_of_a_key_are_used),
        WITH_ARENA(a_key_for_something_else_is_not_used),
        WITH_ARENA(a_key_of_another_kind_or_curve_is_not_used),
        WITH_ARENA(two_keys_that_fit_are_refused),
        WITH_ARENA(a_short_rsa_key_is_refused_whatever_stands_before_it),
        WITH_ARENA(what_is_no_list_of_keys_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
