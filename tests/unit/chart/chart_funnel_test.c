/* The funnel plot. */
#include "chart/chart_funnel.h"

#include "../unit.h"
#include "web/html.h"

#include <math.h>
#include <string.h>

/* Limits of a mean of 100 that widen evenly on the logarithm. */
static struct chart_funnel funnel(const struct chart_funnel_row *row, size_t n)
{
    struct chart_funnel c = {.mean = 100.0,
                             .most_se = 0.5,
                             .value_heading = S("Värde"),
                             .verdict_heading = S("Plats"),
                             .axis = S("per invånare"),
                             .n = n,
                             .row = row};

    for (int i = 0; i <= CHART_FUNNEL_STEPS; i++) {
        double away = 0.1 + 0.5 * i / CHART_FUNNEL_STEPS;

        c.limits[i] = (struct chart_funnel_limits){100.0 * exp(-away), 100.0 * exp(away),
                                                   100.0 * exp(-1.5 * away), 100.0 * exp(1.5 * away)};
    }
    return c;
}

static const char *drawn(void **state, const struct chart_funnel_row *row, size_t n)
{
    const struct chart_words words = {.unit = S("Ort")};
    const struct chart_frame f = {.id = "f", .title = S("Skiljer sig någon?"), .words = &words};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));
    const struct chart_funnel c = funnel(row, n);

    chart_funnel(&h, &f, &c);
    return html_str(&h).p;
}

static size_t count_of(const char *text, const char *part)
{
    size_t n = 0;

    while ((text = strstr(text, part)) != NULL) {
        n++;
        text += strlen(part);
    }
    return n;
}

/* The mean stands in the middle when values lie alike on both sides of it. */
static void values_lie_by_their_logarithm(void **state)
{
    const struct chart_funnel_row rows[] = {{.label = S("a"), .value = 20.0, .se = 0.25},
                                            {.label = S("b"), .value = 500.0, .se = 0.25}};
    const char *svg = drawn(state, rows, 2);

    assert_non_null(strstr(svg, "<line class=\"ax\" x1=\"170\" y1=\"10\" x2=\"170\""));
    assert_int_equal(count_of(svg, "cy=\"130\""), 2);
}

static void the_surest_stand_at_the_top(void **state)
{
    const struct chart_funnel_row rows[] = {{.label = S("sure"), .value = 100.0, .se = 0.0},
                                            {.label = S("unsure"), .value = 100.0, .se = 0.5}};
    const char *svg = drawn(state, rows, 2);

    assert_non_null(strstr(svg, "cy=\"10\""));
    assert_non_null(strstr(svg, "cy=\"250\""));
}

static void a_value_outside_is_drawn_open_and_told_in_the_table(void **state)
{
    const struct chart_funnel_row rows[] = {
        {.label = S("a"), .value = 100.0, .se = 0.1, .text = S("100 (90–110)"), .verdict = S("som väntat")},
        {.label = S("b"),
         .value = 190.0,
         .se = 0.1,
         .text = S("190 (170–210)"),
         .verdict = S("utanför"),
         .is_outside = true}};
    const char *svg = drawn(state, rows, 2);

    assert_int_equal(count_of(svg, "<circle class=\"open\""), 1);
    assert_non_null(strstr(svg, "190 (170–210)</td><td class=\"r\">utanför"));
}

/* Two equal dots: their names do not stand on each other. */
static void names_do_not_cover_each_other(void **state)
{
    const struct chart_funnel_row rows[] = {{.label = S("first"), .value = 100.0, .se = 0.25},
                                            {.label = S("second"), .value = 100.0, .se = 0.25}};
    const char *svg = drawn(state, rows, 2);

    assert_non_null(strstr(svg, "y=\"134\">first"));
    assert_non_null(strstr(svg, "y=\"121\">second"));
}

static void of_many_only_those_outside_are_named(void **state)
{
    struct chart_funnel_row rows[20];

    for (size_t i = 0; i < 20; i++)
        rows[i] =
            (struct chart_funnel_row){.label = S("namn"), .value = 100.0, .se = 0.1, .is_outside = i == 7};
    const char *svg = drawn(state, rows, 20);

    assert_int_equal(count_of(svg, ">namn</text>"), 1);
    assert_int_equal(count_of(svg, "<th scope=\"row\">namn"), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(values_lie_by_their_logarithm),
        WITH_ARENA(the_surest_stand_at_the_top),
        WITH_ARENA(a_value_outside_is_drawn_open_and_told_in_the_table),
        WITH_ARENA(names_do_not_cover_each_other),
        WITH_ARENA(of_many_only_those_outside_are_named),
    };

    return cmocka_run_group_tests_name("chart_funnel", tests, NULL, NULL);
}
