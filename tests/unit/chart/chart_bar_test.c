/* The bar chart. */
#include "chart/chart_bar.h"

#include "../unit.h"
#include "web/html.h"

#include <string.h>

/* The chart of `rows`, as text. */
static const char *drawn(void **state, const struct chart_bar_row *rows, size_t n)
{
    const struct chart_words words = {
        .people = S("personer"),
    };
    const struct chart_frame f = {.id = "b", .title = S("Listor"), .words = &words};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_bar(&h, &f, S("lista"), rows, n);
    return html_str(&h).p;
}

static void a_bar_is_as_long_as_its_share_of_the_largest(void **state)
{
    const struct chart_bar_row rows[] = {{.label = S("a"), .count = {100, S("100"), false}},
                                         {.label = S("b"), .count = {50, S("50"), false}}};
    const char *svg = drawn(state, rows, 2);

    assert_non_null(strstr(svg, "width=\"240\""));
    assert_non_null(strstr(svg, "width=\"120\""));
}

static void a_protected_count_is_hatched_and_has_no_number(void **state)
{
    const struct chart_bar_row rows[] = {{.label = S("a"), .count = {100, S("100"), false}},
                                         {.label = S("b"), .count = {3, S("färre än 5"), true}}};
    const char *svg = drawn(state, rows, 2);

    assert_non_null(strstr(svg, "class=\"hatch\""));
    assert_non_null(strstr(svg, "färre än 5"));
    assert_null(strstr(svg, ">3<"));
}

static void the_length_of_a_protected_bar_tells_nothing(void **state)
{
    const struct chart_bar_row one[] = {{.label = S("a"), .count = {100, S("100"), false}},
                                        {.label = S("b"), .count = {1, S("färre än 5"), true}}};
    const struct chart_bar_row four[] = {{.label = S("a"), .count = {100, S("100"), false}},
                                         {.label = S("b"), .count = {4, S("färre än 5"), true}}};

    assert_string_equal(drawn(state, one, 2), drawn(state, four, 2));
}

static void a_range_is_drawn_under_the_bar_and_fits(void **state)
{
    const struct chart_bar_row rows[] = {
        {.label = S("a"), .count = {50, S("50 (0–100)"), false}, .lo = 0, .hi = 100}};
    const char *svg = drawn(state, rows, 1);

    assert_non_null(strstr(svg, "width=\"120\""));
    assert_non_null(strstr(svg, "<line class=\"wh\" x1=\"8\" y1=\"41\" x2=\"248\" y2=\"41\"/>"));
}

static void a_label_is_escaped(void **state)
{
    const struct chart_bar_row rows[] = {{.label = S("<script>"), .count = {1, S("1"), false}}};

    assert_null(strstr(drawn(state, rows, 1), "<script"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_bar_is_as_long_as_its_share_of_the_largest),
        WITH_ARENA(a_protected_count_is_hatched_and_has_no_number),
        WITH_ARENA(the_length_of_a_protected_bar_tells_nothing),
        WITH_ARENA(a_range_is_drawn_under_the_bar_and_fits),
        WITH_ARENA(a_label_is_escaped),
    };

    return cmocka_run_group_tests_name("chart_bar", tests, NULL, NULL);
}
