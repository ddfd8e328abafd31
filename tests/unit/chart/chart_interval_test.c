/* The interval chart. */
#include "chart/chart_interval.h"

#include "../unit.h"
#include "web/html.h"

#include <string.h>

static const char *drawn(void **state, const struct chart_interval_row *row)
{
    const struct chart_words words = {.known = S("kända:"),
                                      .known_heading = S("Kända"),
                                      .unit = S("Uppgift"),
                                      .likely = S("troligen"),
                                      .none = S("ingen skattning")};
    const struct chart_frame f = {.id = "i", .title = S("Hur många?"), .words = &words};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_interval(&h, &f, row, 1);
    return html_str(&h).p;
}

static void the_range_is_told_in_words_and_drawn_to_scale(void **state)
{
    const struct chart_interval_row row = {.label = S("a"),
                                           .known = {20, S("20"), false},
                                           .estimate = {CHART_POINT, 60, 40, 100, 50, 70, S("")}};
    const char *svg = drawn(state, &row);

    assert_non_null(strstr(svg, "troligen 40–100"));
    assert_non_null(strstr(svg, "<line class=\"wh\" x1=\"124.8\" y1=\"46\" x2=\"300\" y2=\"46\"/>"));
    assert_non_null(strstr(svg, "<circle class=\"s1\" cx=\"183.2\""));
}

static void without_an_estimate_there_is_no_dot_and_the_chart_says_so(void **state)
{
    const struct chart_interval_row row = {.label = S("a"), .known = {20, S("20"), false}};
    const char *svg = drawn(state, &row);

    assert_null(strstr(svg, "<circle"));
    assert_non_null(strstr(svg, "ingen skattning"));
}

static void a_lower_limit_alone_is_an_arrow_from_its_place(void **state)
{
    const struct chart_interval_row row = {
        .label = S("a"),
        .known = {20, S("20"), false},
        .estimate = {.kind = CHART_LEAST, .lo = 40, .told = S("minst 40")}};
    const char *svg = drawn(state, &row);

    /* The axis ends at 60: 8 + 292 * 40 / 60. */
    assert_non_null(strstr(svg, "<line class=\"wh\" x1=\"202.7\" y1=\"46\" x2=\"250.7\" y2=\"46\"/>"));
    assert_non_null(strstr(svg, "<path class=\"wh\" d=\"M244.7 40l6 6-6 6\"/>"));
    assert_non_null(strstr(svg, ">minst 40</text>"));
    assert_null(strstr(svg, "<circle"));
    assert_non_null(strstr(svg, "<td class=\"r\">minst 40</td>"));
}

static void an_arrow_has_a_fifth_of_the_axis_however_small_its_limit(void **state)
{
    (void)state;
    for (int64_t lo = 0; lo < 1000; lo++) {
        const struct chart_estimate least = {.kind = CHART_LEAST, .lo = lo};
        int64_t top = chart_estimate_top(&least);

        assert_true(5 * (top - lo) >= top);
    }
}

static void the_largest_limit_that_a_release_may_tell_is_drawn(void **state)
{
    const struct chart_interval_row row = {
        .label = S("a"),
        .known = {20, S("20"), false},
        .estimate = {.kind = CHART_LEAST, .lo = INT64_MAX, .told = S("minst mycket")}};

    assert_true(chart_estimate_top(&row.estimate) == INT64_MAX);
    assert_non_null(strstr(drawn(state, &row), ">minst mycket</text>"));
}

static void the_axis_begins_at_zero(void **state)
{
    const struct chart_interval_row row = {
        .label = S("a"), .known = {90, S("90"), false}, .estimate = {CHART_POINT, 95, 92, 99, 94, 96, S("")}};

    assert_non_null(strstr(drawn(state, &row), "<line class=\"ax\" x1=\"8\""));
    assert_non_null(strstr(drawn(state, &row), ">0</text>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_range_is_told_in_words_and_drawn_to_scale),
        WITH_ARENA(without_an_estimate_there_is_no_dot_and_the_chart_says_so),
        WITH_ARENA(a_lower_limit_alone_is_an_arrow_from_its_place),
        WITH_ARENA(an_arrow_has_a_fifth_of_the_axis_however_small_its_limit),
        WITH_ARENA(the_largest_limit_that_a_release_may_tell_is_drawn),
        WITH_ARENA(the_axis_begins_at_zero),
    };

    return cmocka_run_group_tests_name("chart_interval", tests, NULL, NULL);
}
