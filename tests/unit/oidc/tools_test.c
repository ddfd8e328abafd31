/* The real tools, against an https site of the test's own. */
#include "oidc/tools.h"

#include "../unit.h"
#include "https_site.h"

static int open_site(void **state)
{
    static struct https_site site;
    void *scratch = NULL;

    oidc_tools_real.begin();
    *state = &site;
    return scratch_open(&scratch) == 0 && https_site_open(scratch, &site) ? 0 : -1;
}

static int close_site(void **state)
{
    const struct https_site *s = *state;
    void *scratch = s->scratch;

    oidc_tools_real.end();
    https_site_close(s);
    return scratch_close(&scratch);
}

static struct fetch fetch_of(const struct https_site *s, const char *scheme, const char *path,
                             const char *authority)
{
    struct arena *a = s->scratch->arena;

    return (struct fetch){.url = arena_printf(a, "%s://localhost:%d%s", scheme, s->port, path),
                          .authorities = scratch_path(s->scratch, authority)};
}

static enum status get(const struct https_site *s, const char *path, struct fetched *out, struct err *e)
{
    const struct fetch what = fetch_of(s, "https", path, "ca.pem");

    return oidc_tools_real.fetch(&what, s->scratch->arena, out, e);
}

static void an_answer_is_read(void **state)
{
    struct fetched out;
    struct err e = {0};

    assert_int_equal(get(*state, "/good", &out, &e), OK);
    assert_int_equal(out.http_status, 200);
    assert_str(out.bytes, "{\"a\":1}");
    assert_int_equal(get(*state, "/nowhere", &out, &e), OK);
    assert_int_equal(out.http_status, 404);
}

static void a_redirect_is_not_followed(void **state)
{
    struct fetched out;
    struct err e = {0};

    assert_int_equal(get(*state, "/moved", &out, &e), OK);
    assert_int_equal(out.http_status, 302);
    assert_int_equal(out.bytes.n, 0);
}

static void an_answer_that_is_too_long_is_not_read_to_its_end(void **state)
{
    struct fetched out;
    struct err e = {0};

    assert_int_equal(get(*state, "/long", &out, &e), SYSTEM);
    assert_int_equal(get(*state, "/endless", &out, &e), SYSTEM);
}

static void a_certificate_of_another_authority_is_refused(void **state)
{
    const struct fetch what = fetch_of(*state, "https", "/good", "other.pem");
    struct fetched out;
    struct err e = {0};

    assert_int_equal(oidc_tools_real.fetch(&what, ((struct https_site *)*state)->scratch->arena, &out, &e),
                     SYSTEM);
    assert_says(e, "the provider cannot be asked");
}

static void a_certificate_for_another_name_is_refused(void **state)
{
    const struct https_site *s = *state;
    struct fetch what = fetch_of(s, "https", "/good", "ca.pem");
    struct fetched out;
    struct err e = {0};

    what.url = arena_printf(s->scratch->arena, "https://127.0.0.1:%d/good", s->port);
    assert_int_equal(oidc_tools_real.fetch(&what, s->scratch->arena, &out, &e), SYSTEM);
}

static void only_https_is_spoken(void **state)
{
    static const char *const schemes[] = {"http", "ftp", "file"};

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        const struct fetch what = fetch_of(*state, schemes[i], "/good", "ca.pem");
        struct fetched out;
        struct err e = {0};

        assert_int_equal(
            oidc_tools_real.fetch(&what, ((struct https_site *)*state)->scratch->arena, &out, &e), SYSTEM);
    }
}

static void a_form_is_posted_with_name_and_secret(void **state)
{
    const struct https_site *s = *state;
    struct fetch what = fetch_of(s, "https", "/echo", "ca.pem");
    struct fetched out;
    struct err e = {0};

    what.form = S("code=c");
    what.user = "lykta";
    what.password = "a%2Bb";
    assert_int_equal(oidc_tools_real.fetch(&what, s->scratch->arena, &out, &e), OK);
    assert_str(out.bytes, "code=c Basic bHlrdGE6YSUyQmI=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_read),
        cmocka_unit_test(a_redirect_is_not_followed),
        cmocka_unit_test(an_answer_that_is_too_long_is_not_read_to_its_end),
        cmocka_unit_test(a_certificate_of_another_authority_is_refused),
        cmocka_unit_test(a_certificate_for_another_name_is_refused),
        cmocka_unit_test(only_https_is_spoken),
        cmocka_unit_test(a_form_is_posted_with_name_and_secret),
    };

    return cmocka_run_group_tests(tests, open_site, close_site);
}
