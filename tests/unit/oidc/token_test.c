/* Tokens: heads and claims, one thing wrong at a time. */
#include "oidc/token.h"

#include "../unit.h"

#include <sodium.h>

#include <string.h>

static const struct token_wanted wanted = {.issuer = {"https://idp.example", 19},
                                           .client_id = {"lykta", 5},
                                           .nonce = {"a nonce of ours", 15},
                                           .begun_at = 1000000,
                                           .now_at = 1000100};

/* `head`.e30.sig, with the head in base64url. */
static struct str token_of(const char *head, struct arena *a)
{
    char *encoded = arena_new(a, strlen(head) * 2 + 8, char);

    sodium_bin2base64(encoded, strlen(head) * 2 + 8, (const unsigned char *)head, strlen(head),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(arena_printf(a, "%s.e30.c2ln", encoded));
}

static enum status read_head(const char *head, enum oidc_algorithm algorithm, struct arena *a,
                             struct str *kid)
{
    struct err e = {0};

    return token_head(token_of(head, a), algorithm, a, kid, &e);
}

static void a_head_names_its_key(void **state)
{
    struct str kid;

    assert_int_equal(
        read_head("{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"JWT\"}", OIDC_ES256, *state, &kid), OK);
    assert_str(kid, "k1");
}

static void a_head_need_not_name_its_key(void **state)
{
    struct str kid;

    assert_int_equal(read_head("{\"alg\":\"RS256\"}", OIDC_RS256, *state, &kid), OK);
    assert_int_equal(kid.n, 0);
}

static void only_the_configured_algorithm_is_accepted(void **state)
{
    static const char *const others[] = {"none",  "None",  "NONE",  "nOnE",  "",
                                         "HS256", "HS384", "HS512", "ES256", "ES384",
                                         "PS256", "EdDSA", "RS384", "rs256", "RS256 "};
    struct str kid;

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(
            read_head(arena_printf(*state, "{\"alg\":\"%s\"}", others[i]), OIDC_RS256, *state, &kid),
            REFUSED);
    assert_int_equal(read_head("{\"kid\":\"k1\"}", OIDC_RS256, *state, &kid), REFUSED);
    assert_int_equal(read_head("{\"alg\":[\"RS256\"]}", OIDC_RS256, *state, &kid), REFUSED);
}

static void a_head_that_brings_a_key_or_asks_for_more_is_refused(void **state)
{
    static const char *const more[] = {"\"jwk\":{}",
                                       "\"jku\":\"https://evil.example\"",
                                       "\"x5u\":\"https://e\"",
                                       "\"crit\":[\"exp\"]",
                                       "\"b64\":false",
                                       "\"zip\":\"DEF\"",
                                       "\"kid\":7",
                                       "\"alg\":\"RS256\""};
    struct str kid;

    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        assert_int_equal(
            read_head(arena_printf(*state, "{\"alg\":\"RS256\",%s}", more[i]), OIDC_RS256, *state, &kid),
            REFUSED);
}

static void what_is_not_three_parts_is_no_token(void **state)
{
    static const char *const odd[] = {"",           ".",          "..",         "a.b",
                                      "e30.e30.",   ".e30.e30",   "e30..a",     "a.b.c.d",
                                      "e3 0.e30.a", "e30=.e30.a", "e30.e30.a.", "%.e30.a"};
    struct err e = {0};
    struct str kid;

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(token_head(str_of(odd[i]), OIDC_RS256, *state, &kid, &e), REFUSED);
}

static void a_huge_token_is_refused_before_it_is_read(void **state)
{
    char *huge = arena_new(*state, 200001, char);
    struct err e = {0};
    struct str kid;

    memset(huge, 'A', 200000);
    assert_int_equal(token_head(str_of(huge), OIDC_RS256, *state, &kid, &e), REFUSED);
    assert_says(e, "longer than");
}

/* Claims that hold, with one member replaced (or left out, when the replacement is empty). */
static const char *claims_with(const char *name, const char *replacement, struct arena *a)
{
    static const struct {
        const char *name, *value;
    } good[] = {{"iss", "\"https://idp.example\""},
                {"sub", "\"p-17\""},
                {"aud", "\"lykta\""},
                {"exp", "1000400"},
                {"iat", "1000090"},
                {"nonce", "\"a nonce of ours\""},
                {"acr", "\"loa3\""}};
    const char *out = "{\"zoneinfo\":\"x\"";
    bool is_there = false;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        bool is_it = strcmp(good[i].name, name) == 0;
        const char *value = is_it ? replacement : good[i].value;

        is_there = is_there || is_it;
        if (*value)
            out = arena_printf(a, "%s,\"%s\":%s", out, good[i].name, value);
    }
    if (!is_there && *replacement)
        out = arena_printf(a, "%s,\"%s\":%s", out, name, replacement);
    return arena_printf(a, "%s}", out);
}

static enum status check(const char *name, const char *replacement, struct arena *a, struct token_told *out,
                         struct err *e)
{
    return token_claims(str_of(claims_with(name, replacement, a)), &wanted, a, out, e);
}

static void claims_that_hold_tell_who_it_is(void **state)
{
    struct token_told told;
    struct err e = {0};

    assert_int_equal(check("", "", *state, &told, &e), OK);
    assert_str(told.subject, "p-17");
    assert_str(told.acr, "loa3");
}

/* name, replacement, is it accepted */
static const struct {
    const char *name, *value;
    bool holds;
} claims[] = {
    {"iss", "", false},
    {"iss", "\"https://idp.example/\"", false},
    {"iss", "\"https://IDP.example\"", false},
    {"iss", "\"https://evil.example\"", false},
    {"iss", "[\"https://idp.example\"]", false},
    {"sub", "", false},
    {"sub", "\"\"", false},
    {"sub", "17", false},
    {"sub", "\"p\\n17\"", false},
    {"sub", "\"p\\u0000\"", false},
    {"sub", "\"p-\\u00e5\"", false},
    {"aud", "", false},
    {"aud", "\"other\"", false},
    {"aud", "\"lykta2\"", false},
    {"aud", "[]", false},
    {"aud", "[\"other\"]", false},
    {"aud", "[\"lykta\"]", true},
    {"aud", "[\"other\",\"lykta\"]", false}, /* several, and none says whose it is */
    {"aud", "[\"other\",\"lykta\"],\"azp\":\"lykta\"", true},
    {"aud", "[\"other\",\"lykta\"],\"azp\":\"other\"", false},
    {"aud", "\"lykta\",\"azp\":\"lykta\"", true},
    {"aud", "\"lykta\",\"azp\":\"other\"", false},
    {"aud", "\"lykta\",\"azp\":7", false},
    {"nonce", "", false},
    {"nonce", "\"\"", false},
    {"nonce", "\"another nonce..\"", false},
    {"nonce", "\"a nonce of our\"", false},
    {"exp", "", false},
    {"exp", "\"1000400\"", false},
    {"exp", "1000040", false}, /* 60 s ago */
    {"exp", "1000041", true},  /* within the skew */
    {"exp", "1000099.5", true},
    {"exp", "1e300", false},
    {"exp", "-1", false},
    {"iat", "", false},
    {"iat", "1000160", true},
    {"iat", "1000161", false}, /* made in the future */
    {"iat", "999940", true},
    {"iat", "999939", false}, /* before the browser was sent off */
    {"iat", "true", false},
    {"nbf", "1000160", true},
    {"nbf", "1000161", false},
    {"nbf", "\"now\"", false},
    {"acr", "", true},
    {"acr", "\"\\u0007\"", false},
};

static void each_claim_must_hold(void **state)
{
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        struct token_told told;
        struct err e = {0};
        enum status s = check(claims[i].name, claims[i].value, *state, &told, &e);

        if ((s == OK) != claims[i].holds || (s != OK && s != REFUSED))
            fail_msg("%s = %s: status %d, %s", claims[i].name, claims[i].value, (int)s, e.what);
    }
}

static void the_sentence_names_the_claim_and_no_value(void **state)
{
    struct token_told told;
    struct err e = {0};

    assert_int_equal(check("aud", "\"somebody else\"", *state, &told, &e), REFUSED);
    assert_string_equal(e.what, "the token's aud does not fit");
}

static void claims_with_a_member_twice_are_refused(void **state)
{
    struct token_told told;
    struct err e = {0};

    assert_int_equal(check("sub", "\"p-17\",\"sub\":\"p-18\"", *state, &told, &e), REFUSED);
    assert_says(e, "each member once");
}

static void a_subject_longer_than_255_letters_is_refused(void **state)
{
    struct token_told told;
    struct err e = {0};

    for (size_t n = 255; n <= 256; n++) {
        char *subject = arena_new(*state, n + 3, char);

        memset(subject, 'x', n + 2);
        subject[0] = subject[n + 1] = '"';
        assert_int_equal(check("sub", subject, *state, &told, &e), n == 255 ? OK : REFUSED);
    }
}

/* The claims with one more, `name`, nested `depth` levels deep; brackets in texts are none. */
static enum status check_nested(int depth, struct arena *a, struct err *e)
{
    char *value = arena_new(a, 2 * (size_t)depth + 16, char);
    struct token_told told;

    memset(value, '[', (size_t)depth);
    memcpy(value + depth, "\"[[\\\"[[\"", 8);
    memset(value + depth + 8, ']', (size_t)depth);
    return check("address", value, a, &told, e);
}

static void claims_that_are_nested_deep_are_refused_before_they_are_read(void **state)
{
    struct err e = {0};

    assert_int_equal(check_nested(15, *state, &e), OK);
    assert_int_equal(check_nested(16, *state, &e), REFUSED);
    assert_int_equal(check_nested(100000, *state, &e), REFUSED);
    assert_says(e, "nested deeper");
}

static void what_is_no_object_is_refused(void **state)
{
    static const char *const odd[] = {"", "[]", "null", "\"x\"", "{", "{}", "{}{}", "\xff", "{\"iss\":}"};
    struct token_told told;
    struct err e = {0};

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(token_claims(str_of(odd[i]), &wanted, *state, &told, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_head_names_its_key),
        WITH_ARENA(a_head_need_not_name_its_key),
        WITH_ARENA(only_the_configured_algorithm_is_accepted),
        WITH_ARENA(a_head_that_brings_a_key_or_asks_for_more_is_refused),
        WITH_ARENA(what_is_not_three_parts_is_no_token),
        WITH_ARENA(a_huge_token_is_refused_before_it_is_read),
        WITH_ARENA(claims_that_hold_tell_who_it_is),
        WITH_ARENA(each_claim_must_hold),
        WITH_ARENA(the_sentence_names_the_claim_and_no_value),
        WITH_ARENA(claims_with_a_member_twice_are_refused),
        WITH_ARENA(a_subject_longer_than_255_letters_is_refused),
        WITH_ARENA(claims_that_are_nested_deep_are_refused_before_they_are_read),
        WITH_ARENA(what_is_no_object_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
