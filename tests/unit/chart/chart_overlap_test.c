/* The overlap chart. */
#include "chart/chart_overlap.h"

#include "../unit.h"
#include "web/html.h"

#include <string.h>

static const char *drawn(void **state, const struct chart_overlap_row *rows, size_t n)
{
    const struct str names[] = {S("A"), S("B"), S("C"), S("D"), S("E")};
    const struct chart_words words = {.people = S("personer")};
    const struct chart_overlap c = {
        .names = names, .lists = 5, .rows = rows, .n = n, .together = S("De andra")};
    const struct chart_frame f = {.id = "o", .title = S("Överlapp"), .words = &words};
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));

    chart_overlap(&h, &f, &c, *state);
    return html_str(&h).p;
}

static void the_largest_combination_comes_first_and_protected_ones_last(void **state)
{
    const struct chart_overlap_row rows[] = {
        {1, {4, S("färre än 5"), true}}, {2, {10, S("10"), false}}, {3, {70, S("70"), false}}};
    const char *svg = drawn(state, rows, 3);
    const char *seventy = strstr(svg, ">70<");

    assert_non_null(seventy);
    assert_non_null(strstr(seventy, ">10<"));
    assert_non_null(strstr(strstr(seventy, ">10<"), "färre än 5"));
}

static void a_combination_is_named_by_its_lists_in_the_table(void **state)
{
    const struct chart_overlap_row rows[] = {{5, {10, S("10"), false}}};

    assert_non_null(strstr(drawn(state, rows, 1), "A + C"));
}

static void a_combination_of_two_lists_is_joined_by_a_line(void **state)
{
    const struct chart_overlap_row one[] = {{4, {10, S("10"), false}}};
    const struct chart_overlap_row two[] = {{5, {10, S("10"), false}}};

    assert_null(strstr(drawn(state, one, 1), "class=\"wh\""));
    assert_non_null(strstr(drawn(state, two, 1), "class=\"wh\""));
}

static void protected_combinations_leave_a_drawing_that_is_too_long(void **state)
{
    struct chart_overlap_row rows[31];

    for (uint32_t i = 0; i < 31; i++)
        rows[i] = (struct chart_overlap_row){i + 1, {100, S("100"), i > 4}};
    const struct chart_overlap c = {.rows = rows, .n = 31};

    assert_int_equal(chart_overlap_left_out(&c), 26);
    assert_null(strstr(drawn(state, rows, 31), "hatch"));
}

static void what_does_not_fit_the_drawing_is_counted_and_stays_in_the_table(void **state)
{
    struct chart_overlap_row rows[31];

    for (uint32_t i = 0; i < 31; i++)
        rows[i] = (struct chart_overlap_row){i + 1, {1000 - (int64_t)i, S("x"), false}};
    const struct chart_overlap c = {.rows = rows, .n = 31};

    assert_int_equal(chart_overlap_left_out(&c), 31 - CHART_MAX_ROWS);
    assert_non_null(strstr(drawn(state, rows, 31), "A + B + C + D + E"));
}

static size_t times(const char *whole, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(whole, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

/* 31 combinations: 5 with a number, 20 "färre än 5", 6 "högst 10", the last of which is one of the 20. */
static void dozens_that_say_the_same_are_one_row_of_the_table(void **state)
{
    struct chart_overlap_row rows[31];

    for (uint32_t i = 0; i < 31; i++)
        rows[i] = (struct chart_overlap_row){i + 1,
                                             {100,
                                              i < 5    ? S("100")
                                              : i < 11 ? S("högst 10")
                                                       : S("få"),
                                              i > 4}};
    const struct chart_overlap c = {.rows = rows, .n = 31};
    const char *svg = drawn(state, rows, 31);

    assert_int_equal(chart_overlap_together(&c), 20);
    assert_int_equal(times(svg, ">få<"), 1);
    assert_int_equal(times(svg, ">högst 10<"), 6);
    assert_int_equal(times(svg, "<tr><th scope=\"row\">"), 5 + 6 + 1);
    assert_non_null(strstr(svg, "De andra</th><td class=\"r\">få<"));
}

static void few_combinations_have_each_their_row(void **state)
{
    const struct chart_overlap_row rows[] = {{1, {4, S("få"), true}}, {2, {4, S("få"), true}}};
    const struct chart_overlap c = {.rows = rows, .n = 2};
    const char *svg = drawn(state, rows, 2);

    assert_int_equal(chart_overlap_together(&c), 0);
    assert_int_equal(times(svg, "<tr><th scope=\"row\">"), 2);
    assert_null(strstr(svg, "De andra"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_largest_combination_comes_first_and_protected_ones_last),
        WITH_ARENA(a_combination_is_named_by_its_lists_in_the_table),
        WITH_ARENA(a_combination_of_two_lists_is_joined_by_a_line),
        WITH_ARENA(protected_combinations_leave_a_drawing_that_is_too_long),
        WITH_ARENA(what_does_not_fit_the_drawing_is_counted_and_stays_in_the_table),
        WITH_ARENA(dozens_that_say_the_same_are_one_row_of_the_table),
        WITH_ARENA(few_combinations_have_each_their_row),
    };

    return cmocka_run_group_tests_name("chart_overlap", tests, NULL, NULL);
}
