/* A table of counts from CSV. */
#include "protect/table_csv.h"

#include "../unit.h"
#include "families.h"

#include "base/text.h"

#include <string.h>

static enum status read_with(const char *text, const char *lists, const char *groups, struct table *t,
                             void **state, struct err *e)
{
    struct table_csv_options how = {.lists = str_of(lists), .groups = str_of(groups)};

    return table_csv_read("c.csv", str_of(text), &how, *state, t, e);
}

static void assert_fault(const char *text, const char *says, void **state)
{
    struct table t;
    struct err e = {OK, ""};

    assert_int_equal(read_with(text, "", "", &t, state, &e), BAD_INPUT);
    assert_says(e, says);
}

static void rows_become_cells_and_missing_rows_zeros(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("form,gender,n\nb,man,3\na,woman,4\n", "", "", &t, state, &e), OK);
    assert_int_equal(t.shape.inner, 4);
    assert_str(t.shape.dimension[0].category[0], "a");
    assert_memory_equal(t.count, ((int64_t[]){0, 4, 3, 0}), 4 * sizeof(int64_t));
}

static void the_order_of_rows_means_nothing(void **state)
{
    struct table t;
    struct table u;
    struct err e;

    assert_int_equal(read_with("f,n\nb,3\na,4\n", "", "", &t, state, &e), OK);
    assert_int_equal(read_with("f,n\na,4\nb,3\n", "", "", &u, state, &e), OK);
    assert_memory_equal(t.count, u.count, 2 * sizeof(int64_t));
}

static void a_category_of_zeros_stays_in_the_table(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("f,count\na,4\nb,0\n", "", "", &t, state, &e), OK);
    assert_int_equal(t.shape.inner, 2);
}

static void a_column_can_group_another(void **state)
{
    struct table t;
    struct err e;
    size_t cell = 0;

    assert_int_equal(
        read_with("area,district,n\nN,D1,1\nN,D2,2\nS,D3,4\n", "", "district=area", &t, state, &e), OK);
    assert_int_equal(t.shape.dimensions, 1);
    assert_int_equal(t.shape.dimension[0].groups, 2);
    assert_true(table_find(&t.shape, &S("N"), &cell));
    assert_int_equal(t.shape.parts[cell], 2);
}

static void a_category_in_two_groups_is_a_fault(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("area,district,n\nN,D1,1\nS,D1,2\n", "", "district=area", &t, state, &e),
                     BAD_INPUT);
    assert_says(e, "c.csv:3:1");
}

static void a_grouping_that_names_no_column_is_wrong_usage(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("area,n\nN,1\n", "", "district=area", &t, state, &e), USAGE);
    assert_int_equal(read_with("a,b,n\nN,x,1\n", "", "a=b,b=a", &t, state, &e), USAGE);
}

static void columns_of_0_and_1_alone_are_lists(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("A,B,count\n1,0,3\n0,1,4\n", "", "", &t, state, &e), OK);
    assert_true(t.shape.is_structural[0]);
    assert_int_equal(t.shape.parts[0], 3);
}

static void lists_beside_other_columns_must_be_named(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("A,g,B,n\n1,man,0,3\n0,man,1,4\n", "", "", &t, state, &e), OK);
    assert_false(t.shape.is_structural[0]);
    assert_int_equal(read_with("A,g,B,n\n1,man,0,3\n0,man,1,4\n", "A,B", "", &t, state, &e), OK);
    assert_true(t.shape.is_structural[0]);
}

static void columns_of_0_and_1_can_be_said_to_be_no_lists(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("A,B,n\n1,0,3\n0,0,4\n", "none", "", &t, state, &e), OK);
    assert_int_equal(t.count[0], 4);
}

static void an_all_zero_history_is_told_with_its_line(void **state)
{
    assert_fault("A,B,n\n1,0,3\n0,0,4\n", "c.csv:3:1: 0 on every list", state);
}

static void lists_that_are_no_columns_are_wrong_usage(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(read_with("A,B,n\n1,0,3\n", "A,C", "", &t, state, &e), USAGE);
    assert_int_equal(read_with("A,B,n\n1,0,3\n", "A", "", &t, state, &e), USAGE);
    assert_int_equal(read_with("A,g,n\n1,man,3\n", "A,g", "", &t, state, &e), BAD_INPUT);
}

static void wrong_columns_are_told_with_line_and_column(void **state)
{
    assert_fault("form,gender\na,man\n", "c.csv:1:2: the last column is \"gender\"", state);
    assert_fault("n\n3\n", "c.csv:1:1: 0 columns", state);
    assert_fault("f,f,n\na,b,1\n", "c.csv:1:2: the column \"f\" is there twice", state);
    assert_fault("f,,n\na,b,1\n", "c.csv:1:2:", state);
    assert_fault("lo,n\na,1\n", "c.csv:1:1: \"lo\" cannot be", state);
}

static void wrong_rows_are_told_with_line_and_column(void **state)
{
    assert_fault("f,n\na,-1\n", "c.csv:2:2: expected a whole number", state);
    assert_fault("f,n\na,1.5\n", "c.csv:2:2:", state);
    assert_fault("f,n\na,1000000001\n", "c.csv:2:2:", state);
    assert_fault("f,n\na,1\nb\n", "c.csv:3:2:", state);
    assert_fault("f,n\n,1\n", "c.csv:2:1:", state);
    assert_fault("f,n\nTotal,1\n", "c.csv:2:1: a row of sums", state);
    assert_fault("f,n\na,1\na,2\n", "c.csv:3:1: the same cell as on line 2", state);
    assert_fault("f,n\n", "no rows", state);
}

static void bytes_that_are_no_text_are_told(void **state)
{
    struct table t;
    struct err e;

    assert_fault("f,n\n\xE5,1\n", "c.csv:2:1: not UTF-8", state);
    assert_int_equal(table_csv_read("c.csv", S("f,n\na\0,1\n"),
                                    &(struct table_csv_options){.lists = {NULL, 0}}, *state, &t, &e),
                     BAD_INPUT);
    assert_says(e, "NUL");
}

static void a_table_that_grows_too_large_is_a_fault(void **state)
{
    struct text rows = text_open(*state);

    text_lit(&rows, "a,b,c,n\n");
    for (int i = 0; i < 60; i++)
        text_format(&rows, "a%d,b%d,c%d,1\n", i, i, i);
    assert_fault(rows.p, "c.csv:1:1: the table with its sums has more than 200000 cells", state);
}

static void the_example_e1_has_its_total(void **state)
{
    struct table t = families_e1(*state);
    int64_t sum[30];

    table_sum(&t.shape, t.count, sum);
    assert_int_equal(t.shape.published, 30);
    assert_int_equal(sum[0], 89);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(rows_become_cells_and_missing_rows_zeros),
        WITH_ARENA(the_order_of_rows_means_nothing),
        WITH_ARENA(a_category_of_zeros_stays_in_the_table),
        WITH_ARENA(a_column_can_group_another),
        WITH_ARENA(a_category_in_two_groups_is_a_fault),
        WITH_ARENA(a_grouping_that_names_no_column_is_wrong_usage),
        WITH_ARENA(columns_of_0_and_1_alone_are_lists),
        WITH_ARENA(lists_beside_other_columns_must_be_named),
        WITH_ARENA(columns_of_0_and_1_can_be_said_to_be_no_lists),
        WITH_ARENA(an_all_zero_history_is_told_with_its_line),
        WITH_ARENA(lists_that_are_no_columns_are_wrong_usage),
        WITH_ARENA(wrong_columns_are_told_with_line_and_column),
        WITH_ARENA(wrong_rows_are_told_with_line_and_column),
        WITH_ARENA(bytes_that_are_no_text_are_told),
        WITH_ARENA(a_table_that_grows_too_large_is_a_fault),
        WITH_ARENA(the_example_e1_has_its_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
