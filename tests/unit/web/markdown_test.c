/* Markdown from members becomes HTML that can do no harm. */
#include "base/arena.h"
#include "web/html.h"
#include "web/markdown.h"

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

static const char *rendered(void **state, struct str markdown)
{
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    html_put_markdown(&h, markdown);
    return html_str(&h).p;
}

static void headings_go_one_level_down(void **state)
{
    assert_string_equal(rendered(state, S("# Ett\n\n###### Sex\n")), "<h2>Ett</h2>\n<h6>Sex</h6>\n");
}

static void raw_html_is_left_out(void **state)
{
    assert_string_equal(rendered(state, S("<script>x</script>\n\nHej <b onclick=x>du</b>\n")),
                        "<p>Hej du</p>\n");
}

static void links_of_our_own_and_https_stay(void **state)
{
    assert_string_equal(rendered(state, S("[a](/plan) [b](https://example.org)")),
                        "<p><a href=\"/plan\">a</a> <a href=\"https://example.org\">b</a></p>\n");
}

static void links_that_run_lose_their_link_and_keep_their_words(void **state)
{
    assert_string_equal(
        rendered(state,
                 S("[*a*](javascript:x) [b](//example.org) [c](java&#x73;cript:x) <data:text/html,x>")),
        "<p><em>a</em> b c data:text/html,x</p>\n");
}

static void pictures_of_our_own_stay(void **state)
{
    assert_string_equal(rendered(state, S("![En lykta](/files/a.jpg)")),
                        "<p><img src=\"/files/a.jpg\" alt=\"En lykta\" /></p>\n");
}

static void pictures_from_elsewhere_become_their_alternative_text(void **state)
{
    assert_string_equal(
        rendered(state, S("![En lykta](https://example.org/a.jpg) ![*B*](asset:finns-inte.svg)")),
        "<p>En lykta <em>B</em></p>\n");
}

static void a_link_around_a_bad_picture_keeps_the_words(void **state)
{
    assert_string_equal(rendered(state, S("[![x](http://e.example/y)](javascript:z)")), "<p>x</p>\n");
}

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    assert_string_equal(rendered(state, (struct str){"a\xff", 2}), "<p>a\ufffd</p>\n");
}

static void no_text_is_no_html(void **state)
{
    assert_string_equal(rendered(state, (struct str){NULL, 0}), "");
}

static void what_is_beyond_the_limit_is_left_out(void **state)
{
    size_t n = MARKDOWN_LIMIT_BYTES + 100;
    char *a = memset(arena_new(*state, n + 1, char), 'a', n);

    assert_int_equal(strlen(rendered(state, (struct str){a, n})), MARKDOWN_LIMIT_BYTES + strlen("<p></p>\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(headings_go_one_level_down, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(raw_html_is_left_out, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(links_of_our_own_and_https_stay, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(links_that_run_lose_their_link_and_keep_their_words, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(pictures_of_our_own_stay, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(pictures_from_elsewhere_become_their_alternative_text, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(a_link_around_a_bad_picture_keeps_the_words, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(invalid_utf8_becomes_the_replacement_character, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(no_text_is_no_html, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_beyond_the_limit_is_left_out, open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
