/* What a provider says of itself. */
#include "oidc/description.h"

#include "../unit.h"
#include "oidc/oidc_settings.h"

static const struct oidc_settings settings = {.issuer = "https://idp.example/realm", .algorithm = OIDC_ES256};

/* A description that holds, with `more` members after the addresses. */
static enum status read(const char *issuer, const char *token, const char *keys, const char *more,
                        struct arena *a, struct description *out, struct err *e)
{
    const char *text =
        arena_printf(a,
                     "{\"issuer\":\"%s\",\"authorization_endpoint\":\"https://idp.example/auth\","
                     "\"token_endpoint\":\"%s\",\"jwks_uri\":\"%s\"%s}",
                     issuer, token, keys, more);

    return description_read(str_of(text), &settings, a, out, e);
}

static enum status read_more(const char *more, struct arena *a, struct description *out, struct err *e)
{
    return read("https://idp.example/realm", "https://idp.example/token", "https://idp.example/keys", more, a,
                out, e);
}

static void the_addresses_are_read(void **state)
{
    struct description d;
    struct err e = {0};

    assert_int_equal(read_more("", *state, &d, &e), OK);
    assert_str(d.authorize_at, "https://idp.example/auth");
    assert_str(d.token_at, "https://idp.example/token");
    assert_str(d.keys_at, "https://idp.example/keys");
    assert_true(d.takes_head);
    assert_false(d.takes_form);
    assert_false(d.names_issuer);
}

static void another_issuer_is_refused(void **state)
{
    static const char *const others[] = {"https://idp.example", "https://idp.example/realm/",
                                         "https://evil.example/realm", ""};
    struct description d;
    struct err e = {0};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(
            read(others[i], "https://idp.example/token", "https://idp.example/keys", "", *state, &d, &e),
            REFUSED);
}

static void addresses_elsewhere_are_refused(void **state)
{
    static const char *const others[] = {"https://evil.example/x",
                                         "http://idp.example/x",
                                         "https://idp.example:8443/x",
                                         "https://idp.example@evil.example/",
                                         "https://idp.example.evil.example",
                                         "//idp.example/x",
                                         "https://evil.example\\\\@idp.example",
                                         ""};
    struct description d;
    struct err e = {0};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(
            read("https://idp.example/realm", others[i], "https://idp.example/keys", "", *state, &d, &e),
            REFUSED);
        assert_int_equal(
            read("https://idp.example/realm", "https://idp.example/token", others[i], "", *state, &d, &e),
            REFUSED);
    }
}

static void what_it_cannot_do_is_told(void **state)
{
    static const struct {
        const char *more;
        enum status status;
    } rows[] = {
        {",\"response_types_supported\":[\"id_token\"]", REFUSED},
        {",\"response_types_supported\":[\"code\"]", OK},
        {",\"code_challenge_methods_supported\":[\"plain\"]", REFUSED},
        {",\"code_challenge_methods_supported\":[\"plain\",\"S256\"]", OK},
        {",\"id_token_signing_alg_values_supported\":[\"RS256\",\"none\"]", REFUSED},
        {",\"id_token_signing_alg_values_supported\":[\"ES256\"]", OK},
        {",\"issuer\":\"https://idp.example/realm\"", REFUSED}, /* twice */
    };
    struct description d;
    struct err e = {0};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(read_more(rows[i].more, *state, &d, &e), rows[i].status);
}

static void how_it_takes_our_secret_and_names_itself_is_read(void **state)
{
    struct description d;
    struct err e = {0};

    assert_int_equal(read_more(",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"],"
                               "\"authorization_response_iss_parameter_supported\":true",
                               *state, &d, &e),
                     OK);
    assert_true(d.takes_form && !d.takes_head && d.names_issuer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_addresses_are_read),
        WITH_ARENA(another_issuer_is_refused),
        WITH_ARENA(addresses_elsewhere_are_refused),
        WITH_ARENA(what_it_cannot_do_is_told),
        WITH_ARENA(how_it_takes_our_secret_and_names_itself_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
