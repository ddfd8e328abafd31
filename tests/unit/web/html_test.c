/* HTML is escaped by type and place. */
#include "base/arena.h"
#include "web/html.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

static struct html swedish(void **state)
{
    return html_open(*state, catalogue_of(LANGUAGE_SV));
}

#define assert_html(h, expected) assert_string_equal(html_str(&(h)).p, (expected))

static void what_means_something_in_html_is_escaped(void **state)
{
    struct html h = swedish(state);

    html_put(&h, S("<a href=\"x\" title='y'>&amp;"));
    assert_html(h, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;");
}

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    struct html h = swedish(state);

    html_put(&h, ((struct str){"\xc3\xa5\xff<\xc3", 5}));
    assert_html(h, "å\ufffd&lt;\ufffd");
}

static void a_nul_byte_never_reaches_the_page(void **state)
{
    struct html h = swedish(state);

    html_put(&h, ((struct str){"a\0b", 3}));
    assert_html(h, "a\ufffdb");
}

static void numbers_in_text_are_written_as_the_language_does(void **state)
{
    struct html sv = swedish(state);
    struct html en = html_open(*state, catalogue_of(LANGUAGE_EN));

    html_put(&sv, (int64_t)11417);
    html_put(&en, 11417.25);
    assert_html(sv, "11\u00a0417");
    assert_html(en, "11,417.25");
}

static void numbers_in_attributes_are_plain(void **state)
{
    struct html h = swedish(state);

    html_put_attribute(&h, (int64_t)11417);
    html_lit(&h, " ");
    html_put_attribute(&h, -0.5);
    html_lit(&h, " ");
    html_put_attribute(&h, (double)NAN);
    assert_html(h, "11417 -0.5 0");
}

static void coordinates_have_one_decimal_at_most(void **state)
{
    struct html h = swedish(state);

    html_put_coordinate(&h, 12.46);
    html_lit(&h, " ");
    html_put_coordinate(&h, -0.01);
    html_lit(&h, " ");
    html_put_coordinate(&h, 100);
    assert_html(h, "12.5 0 100");
}

static void dates_are_iso_dates(void **state)
{
    struct html h = swedish(state);

    html_put(&h, ((struct date){2026, 11, 4}));
    html_put(&h, ((struct date){0, 0, 0}));
    assert_html(h, "2026-11-04");
}

static void addresses_of_our_own_and_https_pass(void **state)
{
    (void)state;
    assert_true(html_is_safe_url(S("/plan?x=1&y=2")));
    assert_true(html_is_safe_url(S("#del-2")));
    assert_true(html_is_safe_url(S("https://example.org/")));
    assert_true(html_is_safe_url(S("mailto:a@example.org")));
    assert_true(html_is_safe_url(S("tel:112")));
}

static void addresses_that_run_or_lead_astray_do_not_pass(void **state)
{
    static const char *const bad[] = {"javascript:alert(1)",
                                      "JavaScript:x",
                                      "data:text/html,x",
                                      "http://example.org",
                                      "//example.org",
                                      "/\\example.org",
                                      "/\t/example.org",
                                      " https://a.example",
                                      "https:a",
                                      "java\nscript:alert(1)",
                                      "",
                                      "vbscript:x"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(html_is_safe_url(str_of(bad[i])));
}

static void an_unsafe_address_becomes_a_hash(void **state)
{
    struct html h = swedish(state);

    html_put_url_start(&h, "javascript:alert(1)");
    html_put_url_start(&h, S("/a?b=\"&c"));
    assert_html(h, "#/a?b=&quot;&amp;c");
}

static void a_piece_of_an_address_is_percent_encoded(void **state)
{
    struct html h = swedish(state);

    html_put_url_inside(&h, S("å/../?a=b&c"));
    html_put_url_inside(&h, (int64_t)-11417);
    assert_html(h, "%C3%A5%2F..%2F%3Fa%3Db%26c-11417");
}

static void values_in_a_text_are_escaped_with_it(void **state)
{
    struct html h = swedish(state);
    struct insertion id = insertion("id", "<4711>");

    html_put_text_with(&h, TEXT_WEB_ERROR_NUMBER, &id, 1);
    assert_html(h, "Ange numret &lt;4711&gt; om du kontaktar oss.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_means_something_in_html_is_escaped, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(invalid_utf8_becomes_the_replacement_character, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(a_nul_byte_never_reaches_the_page, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(numbers_in_text_are_written_as_the_language_does, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(numbers_in_attributes_are_plain, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(coordinates_have_one_decimal_at_most, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(dates_are_iso_dates, open_arena, close_arena),
        cmocka_unit_test(addresses_of_our_own_and_https_pass),
        cmocka_unit_test(addresses_that_run_or_lead_astray_do_not_pass),
        cmocka_unit_test_setup_teardown(an_unsafe_address_becomes_a_hash, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_piece_of_an_address_is_percent_encoded, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(values_in_a_text_are_escaped_with_it, open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
