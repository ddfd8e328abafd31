/* Charts on paper. */
#include "chart/chart_print.h"

#include "../unit.h"
#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_funnel.h"
#include "chart/chart_interval.h"
#include "web/html.h"

#include <string.h>

static const char *printed(void **state, struct html *h)
{
    struct text out = text_open(*state);

    chart_print(&out, html_str(h));
    return text_str(&out).p;
}

/* A funnel with a city outside, and an estimate without any: between them they have every kind of mark. */
static struct html two_charts(void **state)
{
    const struct chart_words words = {.show_table = S("Visa")};
    const struct chart_frame frame = {
        .id = "f", .title = S("Tratt"), .finding = S("En ligger utanför."), .words = &words};
    const struct chart_funnel_row outside = {S("Ett"), 42, 0.08, S("42"), S("utanför"), true};
    struct chart_funnel funnel = {.mean = 50, .most_se = 0.5, .n = 1, .row = &outside};
    const struct chart_interval_row row = {.label = S("Lund"),
                                           .known = {10, S("10"), false},
                                           .estimate = {CHART_POINT, 20, 15, 30, 18, 25, S("")}};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    for (int i = 0; i <= CHART_FUNNEL_STEPS; i++)
        funnel.limits[i] = (struct chart_funnel_limits){40, 60, 30, 80};
    chart_funnel(&h, &frame, &funnel);
    chart_interval(&h, &frame, &row, 1);
    return h;
}

static bool is_of_the_page(const char *class)
{
    static const char *const of_the_page[] = {"ch", "small", "tw", "vh", "r"};

    for (size_t i = 0; i < sizeof of_the_page / sizeof *of_the_page; i++)
        if (strcmp(class, of_the_page[i]) == 0)
            return true;
    return false;
}

/* Without a rule of its own a mark is filled with black. */
static void every_class_of_a_drawing_has_a_rule_of_print(void **state)
{
    struct html h = two_charts(state);
    const char *page = printed(state, &h);
    size_t marks = 0;

    for (const char *at = strstr(page, "<svg"); at && (at = strstr(at, " class=\"")); marks++) {
        at += strlen(" class=\"");
        const char *class = arena_cstr(*state, at, strcspn(at, " \""));
        if (!is_of_the_page(class) && !strstr(page, arena_printf(*state, ".%s{", class)))
            fail_msg("%s has no rule", class);
    }
    assert_true(marks > 10);
    assert_non_null(strstr(page, "class=\"lim"));
}

static void the_finding_stands_as_text_before_the_drawing(void **state)
{
    struct html h = two_charts(state);

    assert_non_null(strstr(printed(state, &h), "<p>En ligger utanför.</p>\n<svg "));
}

static void other_drawings_stay_as_they_are(void **state)
{
    struct text out = text_open(*state);

    chart_print(&out, S("<svg viewBox=\"0 0 28 36\"><path/></svg> och <svg"));
    assert_string_equal(text_str(&out).p, "<svg viewBox=\"0 0 28 36\"><path/></svg> och <svg");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_class_of_a_drawing_has_a_rule_of_print),
        WITH_ARENA(the_finding_stands_as_text_before_the_drawing),
        WITH_ARENA(other_drawings_stay_as_they_are),
    };

    return cmocka_run_group_tests_name("chart_print", tests, NULL, NULL);
}
