/* What is said of the certificate that visitors are shown, and how it is looked at. */
#include "../oidc/https_site.h"
#include "../unit.h"

#include "check/certificate.h"
#include "check/check.h"

#include <time.h>

enum { NOW = 1795656600, DAY = 24 * 60 * 60 };

static const char address[] = "https://lund.example";
static int64_t told_end;

static enum status end_of(const char *asked, const char *authorities, int64_t *ends_at, struct err *e)
{
    assert_string_equal(asked, address);
    assert_null(authorities);
    *ends_at = told_end;
    return told_end > 0 ? OK : err_set(e, SYSTEM, "nobody answers");
}

static enum status load(const struct certificate_tools **out, struct err *e)
{
    static const struct certificate_tools tools = {.end_of = end_of};

    (void)e;
    *out = &tools;
    return OK;
}

static struct finding look(struct arena *a, int64_t end)
{
    struct findings found = findings_open(a);

    told_end = end;
    check_certificate(address, NOW, load, &found);
    assert_int_equal(found.n, 1);
    return found.finding[0];
}

static void a_certificate_that_ends_within_two_weeks_is_to_be_renewed(void **state)
{
    struct finding f = look(*state, NOW + 14 * DAY);

    assert_int_equal(f.act.n, 0);
    assert_str(f.is, "https://lund.example: answers, with a certificate until 2026-12-10 02.30");
    f = look(*state, NOW + 14 * DAY - 1);
    assert_true(str_starts(f.act, S("Renew the certificate")));
}

static void an_address_that_cannot_be_visited_is_told_with_the_reason(void **state)
{
    struct finding f = look(*state, 0);

    assert_str(f.is, "https://lund.example: cannot be visited: nobody answers");
    assert_true(f.act.n > 0);
}

static int open_site(void **state)
{
    static struct https_site site;
    void *scratch = NULL;

    *state = &site;
    return scratch_open(&scratch) == 0 && https_site_open(scratch, &site) ? 0 : -1;
}

static int close_site(void **state)
{
    const struct https_site *site = *state;
    void *scratch = site->scratch;

    https_site_close(site);
    return scratch_close(&scratch);
}

static enum status visit(const struct https_site *s, const char *host, const char *authority,
                         int64_t *ends_at, struct err *e)
{
    const char *url = arena_printf(s->scratch->arena, "https://%s:%d", host, s->port);

    return certificate_tools_real.end_of(url, scratch_path(s->scratch, authority), ends_at, e);
}

/* The site's is made for two days. */
static void the_end_of_a_sites_certificate_is_read(void **state)
{
    const int64_t in_two_days = (int64_t)time(NULL) + 2 * DAY;
    int64_t ends_at = 0;
    struct err e = {0};

    assert_int_equal(visit(*state, "localhost", "ca.pem", &ends_at, &e), OK);
    assert_in_range(ends_at, in_two_days - 600, in_two_days);
}

static void a_certificate_that_is_not_trusted_or_of_another_name_is_none(void **state)
{
    int64_t ends_at = 0;
    struct err e = {0};

    assert_int_equal(visit(*state, "localhost", "other.pem", &ends_at, &e), SYSTEM);
    assert_int_equal(visit(*state, "127.0.0.1", "ca.pem", &ends_at, &e), SYSTEM);
    assert_int_equal(certificate_tools_real.end_of("https://127.0.0.1:1", NULL, &ends_at, &e), SYSTEM);
}

#define AT_A_SITE(test) cmocka_unit_test_setup_teardown(test, open_site, close_site)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_certificate_that_ends_within_two_weeks_is_to_be_renewed),
        WITH_ARENA(an_address_that_cannot_be_visited_is_told_with_the_reason),
        AT_A_SITE(the_end_of_a_sites_certificate_is_read),
        AT_A_SITE(a_certificate_that_is_not_trusted_or_of_another_name_is_none),
    };

    return cmocka_run_group_tests_name("certificate", tests, NULL, NULL);
}
