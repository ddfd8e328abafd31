/* The [oidc] section and its secret. */
#include "oidc/oidc_settings.h"

#include "../scratch.h"
#include "../unit.h"
#include "store/city.h"

#include <sys/stat.h>

/* A city as far as its settings go; the secret lies in the scratch folder. */
static struct city city_with(struct scratch *s)
{
    return (struct city){.path = s->folder,
                         .file = {.address = S("https://lund.example"),
                                  .oidc_issuer = S("https://idp.example/realm"),
                                  .oidc_client_id = S("lykta"),
                                  .oidc_secret = str_of(scratch_write(s, "secret", S(" the secret\n"))),
                                  .oidc_alg = S("EdDSA"),
                                  .oidc_acr_high = S("loa3")}};
}

static enum status read(struct scratch *s, const struct city *city, struct oidc_settings *out, struct err *e)
{
    return oidc_settings_read(city, s->arena, out, e);
}

static void settings_that_hold_are_read(void **state)
{
    struct city city = city_with(*state);
    struct oidc_settings out;
    struct err e = {0};

    assert_int_equal(read(*state, &city, &out, &e), OK);
    assert_string_equal(out.issuer, "https://idp.example/realm");
    assert_string_equal(out.secret, "the secret");
    assert_string_equal(out.return_to, "https://lund.example/logga-in/kommun/svar");
    assert_int_equal(out.algorithm, OIDC_EDDSA);
    assert_null(out.authorities);
}

static void a_city_without_an_issuer_has_no_provider(void **state)
{
    struct city city = {.path = "nowhere"};
    struct oidc_settings out;
    struct err e = {0};

    assert_int_equal(read(*state, &city, &out, &e), OK);
    assert_null(out.issuer);
}

static void a_setting_that_cannot_be_used_is_named(void **state)
{
    static const struct {
        size_t offset;
        const char *value, *says;
    } rows[] = {
        {offsetof(struct config, oidc_issuer), "http://idp.example", "issuer in [oidc]"},
        {offsetof(struct config, oidc_issuer), "https://", "issuer in [oidc]"},
        {offsetof(struct config, oidc_issuer), "https://a@idp.example", "issuer in [oidc]"},
        {offsetof(struct config, oidc_issuer), "https://idp.example/#x", "issuer in [oidc]"},
        {offsetof(struct config, oidc_client_id), "", "client_id in [oidc]"},
        {offsetof(struct config, oidc_alg), "none", "alg in [oidc]"},
        {offsetof(struct config, oidc_alg), "HS256", "alg in [oidc]"},
        {offsetof(struct config, oidc_alg), "", "alg in [oidc]"},
        {offsetof(struct config, oidc_acr_high), "", "acr_high in [oidc]"},
        {offsetof(struct config, address), "", "address in [site]"},
        {offsetof(struct config, address), "http://lund.example", "address in [site]"},
        {offsetof(struct config, address), "http://127.0.0.1.evil.example", "address in [site]"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct city city = city_with(*state);
        struct oidc_settings out;
        struct err e = {0};

        *(struct str *)(void *)((char *)&city.file + rows[i].offset) = str_of(rows[i].value);
        assert_int_equal(read(*state, &city, &out, &e), BAD_INPUT);
        assert_says(e, rows[i].says);
    }
}

static void a_city_on_this_machine_need_not_have_tls(void **state)
{
    struct city city = city_with(*state);
    struct oidc_settings out;
    struct err e = {0};

    city.file.address = S("http://127.0.0.1:8080/");
    assert_int_equal(read(*state, &city, &out, &e), OK);
    assert_string_equal(out.return_to, "http://127.0.0.1:8080/logga-in/kommun/svar");
}

static void a_secret_that_others_may_read_is_refused(void **state)
{
    struct city city = city_with(*state);
    struct oidc_settings out;
    struct err e = {0};

    assert_int_equal(chmod(city.file.oidc_secret.p, 0640), 0);
    assert_int_equal(read(*state, &city, &out, &e), BAD_INPUT);
    assert_says(e, "0600");
    assert_int_equal(chmod(city.file.oidc_secret.p, 0400), 0);
    assert_int_equal(read(*state, &city, &out, &e), OK);
}

static void an_empty_or_missing_secret_is_told(void **state)
{
    struct city city = city_with(*state);
    struct oidc_settings out;
    struct err e = {0};

    city.file.oidc_secret = str_of(scratch_write(*state, "empty", S("\n")));
    assert_int_equal(read(*state, &city, &out, &e), BAD_INPUT);
    city.file.oidc_secret = S("");
    assert_int_not_equal(read(*state, &city, &out, &e), OK);
    assert_says(e, "keys/oidc.secret");
}

static void an_address_is_on_a_host_or_it_is_not(void **state)
{
    struct str issuer = S("https://idp.example:8443/realm");

    (void)state;
    assert_true(oidc_is_on_host(S("https://idp.example:8443/x?y=z"), issuer));
    assert_true(oidc_is_on_host(S("https://idp.example:8443"), issuer));
    assert_false(oidc_is_on_host(S("https://idp.example/x"), issuer));
    assert_false(oidc_is_on_host(S("http://idp.example:8443/x"), issuer));
    assert_false(oidc_is_on_host(S("https://idp.example:8443@evil.example/"), issuer));
    assert_false(oidc_is_on_host(S("https://idp.example:8443?@evil.example/"), issuer));
    assert_false(oidc_is_on_host(S("https://idp.example:8443 /x"), issuer));
    assert_false(oidc_is_on_host(S(""), S("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(settings_that_hold_are_read, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_city_without_an_issuer_has_no_provider, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_setting_that_cannot_be_used_is_named, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_city_on_this_machine_need_not_have_tls, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_secret_that_others_may_read_is_refused, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(an_empty_or_missing_secret_is_told, scratch_open, scratch_close),
        cmocka_unit_test(an_address_is_on_a_host_or_it_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
