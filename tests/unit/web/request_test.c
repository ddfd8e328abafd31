/* What a request says, taken apart. */
#include "base/arena.h"
#include "web/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

/* Headers of a test: "Name=value" texts, ended by NULL. */
static struct str header_of(const void *headers, const char *name)
{
    for (const char *const *h = headers; *h; h++)
        if (strncmp(*h, name, strlen(name)) == 0 && (*h)[strlen(name)] == '=')
            return str_of(*h + strlen(name) + 1);
    return (struct str){NULL, 0};
}

#define WITH(...)                                                                                            \
    (struct request)                                                                                         \
    {                                                                                                        \
        .header = header_of, .headers = (const char *const[])                                                \
        {                                                                                                    \
            __VA_ARGS__, NULL                                                                                \
        }                                                                                                    \
    }

static void cookies_are_found_among_others(void **state)
{
    struct request r = WITH("Cookie=a=1; sid=x=y ;b; =z");

    (void)state;
    assert_true(str_is(request_cookie(&r, "a"), "1"));
    assert_true(str_is(request_cookie(&r, "sid"), "x=y"));
    assert_int_equal(request_cookie(&r, "b").n, 0);
    assert_int_equal(request_cookie(&r, "si").n, 0);
}

static void our_own_pages_are_known_by_what_the_browser_says(void **state)
{
    struct request own = WITH("Sec-Fetch-Site=same-origin");
    struct request other = WITH("Sec-Fetch-Site=same-site", "Origin=https://a.example", "Host=a.example");

    (void)state;
    assert_true(request_is_from_own_page(&own));
    assert_false(request_is_from_own_page(&other));
}

static void older_browsers_are_known_by_their_origin(void **state)
{
    struct request own = WITH("Origin=https://a.example:8443", "Host=a.example:8443");
    struct request other = WITH("Origin=https://a.example.evil", "Host=a.example");
    struct request hidden = WITH("Origin=null", "Host=null");
    struct request silent = WITH("Host=a.example");

    (void)state;
    assert_true(request_is_from_own_page(&own));
    assert_false(request_is_from_own_page(&other));
    assert_false(request_is_from_own_page(&hidden));
    assert_false(request_is_from_own_page(&silent));
}

static void english_pages_stand_under_en(void **state)
{
    struct str path;

    (void)state;
    assert_int_equal(request_language(S("/en/plan"), &path), LANGUAGE_EN);
    assert_true(str_is(path, "/plan"));
    assert_int_equal(request_language(S("/en"), &path), LANGUAGE_EN);
    assert_true(str_is(path, "/"));
    assert_int_equal(request_language(S("/enkelt"), &path), LANGUAGE_SV);
    assert_true(str_is(path, "/enkelt"));
}

static void a_page_has_an_address_in_each_language(void **state)
{
    assert_true(str_is(request_address(S("/plan"), LANGUAGE_SV, *state), "/plan"));
    assert_true(str_is(request_address(S("/plan"), LANGUAGE_EN, *state), "/en/plan"));
    assert_true(str_is(request_address(S("/"), LANGUAGE_EN, *state), "/en/"));
}

static void a_target_is_decoded_and_its_query_is_not(void **state)
{
    struct str path;
    struct str query;

    assert_true(request_target(S("/pl%C3%A5n/a%20b/?x=%20&y"), *state, &path, &query));
    assert_true(str_is(path, "/plån/a b/"));
    assert_true(str_is(query, "x=%20&y"));
}

static void a_target_that_leads_astray_is_refused(void **state)
{
    static const char *const wrong[] = {"",   "x",       "http://a/", "//a",   "/a//b", "/..",      "/a/../b",
                                        "/.", "/%2e%2e", "/%2E./a",   "/a%00", "/a%0A", "/\x01",    "/%C3",
                                        "/%", "/%g0",    "/a\\b",     "/%5c",  "*",     "/a%2f%2fb"};
    struct str path;
    struct str query;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(request_target(str_of(wrong[i]), *state, &path, &query));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cookies_are_found_among_others),
        cmocka_unit_test(our_own_pages_are_known_by_what_the_browser_says),
        cmocka_unit_test(older_browsers_are_known_by_their_origin),
        cmocka_unit_test(english_pages_stand_under_en),
        cmocka_unit_test_setup_teardown(a_page_has_an_address_in_each_language, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_target_is_decoded_and_its_query_is_not, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_target_that_leads_astray_is_refused, open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
