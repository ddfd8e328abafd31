/* Panels. */
#include "chart/chart_panels.h"

#include "../unit.h"
#include "base/text.h"
#include "chart/chart_print.h"
#include "web/html.h"

#include <string.h>

static struct chart_panel_cell drawn_cell(int64_t known, int64_t lo, int64_t value, int64_t hi)
{
    return (struct chart_panel_cell){.kind = CHART_PANEL_DRAWN,
                                     .known = {known, S("kända-text"), false},
                                     .estimate = {CHART_POINT, value, lo, hi, value, value, S("")},
                                     .likely = S("likely-text")};
}

static struct chart_panel_cell refused_cell(void)
{
    return (struct chart_panel_cell){
        .kind = CHART_PANEL_DRAWN, .known = {100, S("cirka 100"), false}, .likely = S("ingen skattning")};
}

/* Two labels over two periods, as text. */
static const char *drawn(void **state, const struct chart_panel_cell first[2],
                         const struct chart_panel_cell second[2], struct str missing)
{
    const struct chart_words words = {
        .show_table = S("Visa"), .known = S("kända:"), .unit = S("Ort"), .known_heading = S("Kända")};
    const struct chart_frame f = {.id = "p", .title = S("Ort för ort"), .words = &words};
    const struct str periods[] = {S("2024"), S("2025")};
    const struct chart_panel both[] = {{S("Lund"), S(""), first}, {S("Ystad"), missing, second}};
    const struct chart_panels c = {.period_heading = S("Period"),
                                   .likely_heading = S("Troligt"),
                                   .periods = 2,
                                   .period = periods,
                                   .n = 2,
                                   .panel = both};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_panels(&h, &f, &c);
    return html_str(&h).p;
}

static size_t times(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

/* The scale goes to 1,000, the end of the highest line: 104 units. */
static void all_panels_have_the_scale_of_the_highest(void **state)
{
    const struct chart_panel_cell large[] = {drawn_cell(500, 600, 800, 1000), drawn_cell(500, 600, 800, 900)};
    const struct chart_panel_cell small[] = {drawn_cell(50, 60, 100, 200), drawn_cell(50, 60, 100, 200)};
    const char *svg = drawn(state, large, small, S(""));

    assert_int_equal(times(svg, "1\xC2\xA0"
                                "000</text>"),
                     2);
    assert_non_null(strstr(svg, "<circle class=\"s1\" cx=\"73\" cy=\"28.8\" r=\"5\"/>"));
    assert_non_null(strstr(svg, "<circle class=\"s1\" cx=\"73\" cy=\"101.6\" r=\"5\"/>"));
}

static void a_panel_without_an_estimate_says_why_and_shows_what_is_known(void **state)
{
    const struct chart_panel_cell first[] = {drawn_cell(500, 600, 800, 1000), drawn_cell(500, 600, 800, 900)};
    const struct chart_panel_cell second[] = {refused_cell(), {.kind = CHART_PANEL_EMPTY}};
    const char *svg = strstr(drawn(state, first, second, S("ingen skattning")), "<b>Ystad</b>");

    assert_non_null(svg);
    assert_non_null(strstr(svg, "<p class=\"small\">ingen skattning</p>"));
    assert_int_equal(times(svg, ">–</text>"), 2);
    assert_int_equal(times(svg, "<path class=\"s2\""), 1);
    assert_null(strstr(svg, "<circle"));
}

static void the_description_and_the_table_tell_all_that_is_there(void **state)
{
    const struct chart_panel_cell first[] = {drawn_cell(500, 600, 800, 1000), drawn_cell(500, 600, 800, 900)};
    const struct chart_panel_cell second[] = {refused_cell(), {.kind = CHART_PANEL_EMPTY}};
    const char *svg = drawn(state, first, second, S("ingen skattning"));

    assert_non_null(strstr(svg, ">2024: ingen skattning, kända: cirka 100. </desc>"));
    assert_non_null(strstr(svg, "<th scope=\"row\">Ystad</th><td class=\"r\">2024</td><td class=\"r\">cirka "
                                "100</td><td class=\"r\">ingen skattning</td></tr>"));
    assert_int_equal(times(svg, "<th scope=\"row\">"), 3);
}

/* A release that counts other people is told in the table: nothing of it moves a mark or the scale. */
static void what_is_in_words_alone_is_not_drawn(void **state)
{
    const struct chart_panel_cell first[] = {drawn_cell(50, 60, 80, 100), drawn_cell(50, 60, 80, 100)};
    struct chart_panel_cell second[] = {drawn_cell(50000, 60000, 80000, 100000), refused_cell()};

    second[0].kind = CHART_PANEL_WORDS;
    second[0].likely = S("räknas inte med");
    const char *svg = drawn(state, first, second, S("räknas inte med"));

    assert_non_null(strstr(svg, "<td class=\"r\">räknas inte med</td>"));
    assert_int_equal(times(svg, "<circle"), 2);
    assert_int_equal(times(svg, ">100</text>"), 2);
}

/* The scale goes to 1,000, so that the arrow stays inside. */
static void a_lower_limit_alone_ends_in_an_arrow(void **state)
{
    const struct chart_panel_cell first[] = {drawn_cell(50, 60, 80, 100), drawn_cell(50, 60, 80, 100)};
    struct chart_panel_cell second[] = {refused_cell(), refused_cell()};

    second[1].estimate = (struct chart_estimate){.kind = CHART_LEAST, .lo = 750, .told = S("minst 750")};
    const char *svg = strstr(drawn(state, first, second, S("")), "<b>Ystad</b>");

    assert_non_null(svg);
    assert_non_null(strstr(svg, "<line class=\"wh\" x1=\"123\" y1=\"34\" x2=\"123\" y2=\"16\"/>"));
    assert_non_null(strstr(svg, "<path class=\"wh\" d=\"M119 20l4-4 4 4\"/>"));
    assert_int_equal(times(svg, ">–</text>"), 1);
}

static void a_protected_figure_has_no_mark(void **state)
{
    struct chart_panel_cell few[] = {refused_cell(), refused_cell()};

    few[0].known = few[1].known = (struct chart_count){3, S("färre än 5"), true};
    assert_null(strstr(drawn(state, few, few, S("")), "class=\"s2\""));
}

static void on_paper_each_drawing_has_its_style_and_no_line_before_it(void **state)
{
    const struct chart_panel_cell cells[] = {drawn_cell(50, 60, 80, 100), refused_cell()};
    struct text out = text_open(*state);

    chart_print(&out, str_of(drawn(state, cells, cells, S(""))));
    const char *page = text_str(&out).p;
    assert_int_equal(times(page, "<style>"), 2);
    assert_null(strstr(page, "</b>\n<p>"));
    assert_int_equal(times(page, "</svg></li>"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(all_panels_have_the_scale_of_the_highest),
        WITH_ARENA(a_panel_without_an_estimate_says_why_and_shows_what_is_known),
        WITH_ARENA(the_description_and_the_table_tell_all_that_is_there),
        WITH_ARENA(what_is_in_words_alone_is_not_drawn),
        WITH_ARENA(a_lower_limit_alone_ends_in_an_arrow),
        WITH_ARENA(a_protected_figure_has_no_mark),
        WITH_ARENA(on_paper_each_drawing_has_its_style_and_no_line_before_it),
    };

    return cmocka_run_group_tests_name("chart_panels", tests, NULL, NULL);
}
