/* Small multiples. */
#include "chart/chart_multiples.h"

#include "../unit.h"
#include "web/html.h"

#include <string.h>

/* Two labels over two periods, as text. */
static const char *drawn(void **state, const struct chart_count first[2], const struct chart_count second[2])
{
    const struct chart_words words = {.show_table = S("Visa")};
    const struct chart_frame f = {.id = "m", .title = S("Över tid"), .words = &words};
    const struct str periods[] = {S("2024"), S("2025")};
    const struct chart_multiple both[] = {{S("Polisen"), first}, {S("Vården"), second}};
    const struct chart_multiples m = {
        .heading = S("Uppgift"), .periods = 2, .period = periods, .n = 2, .multiple = both};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_multiples(&h, &f, &m);
    return html_str(&h).p;
}

static void all_bars_have_one_scale(void **state)
{
    const struct chart_count police[] = {{100, S("100"), false}, {50, S("50"), false}};
    const struct chart_count care[] = {{25, S("25"), false}, {50, S("50"), false}};
    const char *svg = drawn(state, police, care);

    assert_non_null(strstr(svg, "h164v"));
    assert_non_null(strstr(svg, "h41v"));
    const char *half = strstr(svg, "h82v");
    assert_non_null(half);
    assert_non_null(strstr(half + 1, "h82v"));
}

static void the_table_has_a_row_for_each_and_a_column_for_each_period(void **state)
{
    const struct chart_count police[] = {{100, S("cirka 100"), false}, {50, S("cirka 50"), false}};
    const char *svg = drawn(state, police, police);

    assert_non_null(strstr(svg, "<th scope=\"col\">Uppgift</th><th scope=\"col\" class=\"r\">2024</th><th "
                                "scope=\"col\" class=\"r\">2025</th>"));
    assert_non_null(strstr(svg, "<th scope=\"row\">Vården</th><td class=\"r\">cirka 100</td><td "
                                "class=\"r\">cirka 50</td></tr>"));
}

static void the_length_of_a_protected_bar_tells_nothing(void **state)
{
    const struct chart_count police[] = {{100, S("100"), false}, {50, S("50"), false}};
    const struct chart_count one[] = {{1, S("färre än 5"), true}, {50, S("50"), false}};
    const struct chart_count four[] = {{4, S("färre än 5"), true}, {50, S("50"), false}};

    assert_non_null(strstr(drawn(state, police, one), "class=\"hatch\""));
    assert_string_equal(drawn(state, police, one), drawn(state, police, four));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(all_bars_have_one_scale),
        WITH_ARENA(the_table_has_a_row_for_each_and_a_column_for_each_period),
        WITH_ARENA(the_length_of_a_protected_bar_tells_nothing),
    };

    return cmocka_run_group_tests_name("chart_multiples", tests, NULL, NULL);
}
