/* Which levels of assurance are enough for whom, and what is opened for whom. */
#include "oidc/oidc.h"

#include "../unit.h"
#include "oidc/tools.h"
#include "portal/permission.h"
#include "store/city.h"

static enum status no_tools(const struct oidc_tools **out, struct err *e)
{
    *out = NULL;
    return err_set(e, SYSTEM, "nothing is to be loaded");
}

static void a_city_without_a_provider_loads_nothing(void **state)
{
    const struct city city = {.path = "nowhere"};
    struct oidc *o = NULL;
    struct err e = {0};

    (void)state;
    assert_int_equal(oidc_open(&city, no_tools, &o, &e), OK);
    assert_null(o);
    oidc_close(o);
}

static void a_provider_that_cannot_be_used_is_told_at_start(void **state)
{
    const struct city city = {.path = "nowhere", .file = {.oidc_issuer = S("ftp://x")}};
    struct oidc *o = NULL;
    struct err e = {0};

    (void)state;
    assert_int_equal(oidc_open(&city, no_tools, &o, &e), BAD_INPUT);
    assert_null(o);
}

static void who_sees_or_decides_most_needs_a_high_level(void **state)
{
    const struct oidc_settings s = {.acr_high = S("loa3 loa4")};
    static const uint32_t high[] = {ROLE_BIT(ROLE_TRIAGE), ROLE_BIT(ROLE_ADMINISTRATOR),
                                    ROLE_BIT(ROLE_MEMBER) | ROLE_BIT(ROLE_TRIAGE)};

    (void)state;
    for (size_t i = 0; i < sizeof high / sizeof *high; i++) {
        assert_true(oidc_is_enough(&s, S("loa3"), high[i]));
        assert_true(oidc_is_enough(&s, S("loa4"), high[i]));
        assert_false(oidc_is_enough(&s, S("loa2"), high[i]));
        assert_false(oidc_is_enough(&s, S("loa"), high[i]));
        assert_false(oidc_is_enough(&s, S("loa3 loa4"), high[i]));
        assert_false(oidc_is_enough(&s, S(""), high[i]));
    }
}

static void everyone_else_needs_what_the_city_has_named(void **state)
{
    const struct oidc_settings any = {.acr_high = S("loa3")};
    const struct oidc_settings some = {.acr = S("loa2"), .acr_high = S("loa3")};
    uint32_t coordinator = ROLE_BIT(ROLE_COORDINATOR);

    (void)state;
    assert_true(oidc_is_enough(&any, S(""), coordinator));
    assert_true(oidc_is_enough(&some, S("loa2"), coordinator));
    assert_true(oidc_is_enough(&some, S("loa3"), coordinator));
    assert_false(oidc_is_enough(&some, S("loa1"), coordinator));
    assert_false(oidc_is_enough(&some, S(""), coordinator));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city_without_a_provider_loads_nothing),
        cmocka_unit_test(a_provider_that_cannot_be_used_is_told_at_start),
        cmocka_unit_test(who_sees_or_decides_most_needs_a_high_level),
        cmocka_unit_test(everyone_else_needs_what_the_city_has_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
