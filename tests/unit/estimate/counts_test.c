/* Reading capture histories. */
#include "estimate/counts.h"

#include "reference.h"

#include "base/text.h"

#include <string.h>

static enum status read_text(const char *text, struct counts *out, void **state, struct err *e)
{
    return counts_read(out, "a.csv", str_of(text), *state, e);
}

/* The text is refused with this sentence in it. */
static void assert_refused(const char *text, const char *says, void **state)
{
    struct counts counts;
    struct err e = {OK, ""};

    assert_int_equal(read_text(text, &counts, state, &e), BAD_INPUT);
    assert_says(e, says);
}

static void a_table_is_read_into_histories_by_bit(void **state)
{
    struct counts c;
    struct err e;

    assert_int_equal(read_text("A,B,count\n1,0,5\n0,1,7\n1,1,2\n", &c, state, &e), OK);
    assert_int_equal(c.lists, 2);
    assert_str(c.list[1], "B");
    assert_int_equal(c.y[1], 5);
    assert_int_equal(c.y[2], 7);
    assert_int_equal(c.y[3], 2);
    assert_int_equal(c.n, 14);
}

static void rows_with_the_same_history_add_up(void **state)
{
    struct counts c;
    struct err e;

    assert_int_equal(read_text("A,B,count\n1,0,5\n1,0,6\n0,1,1\n", &c, state, &e), OK);
    assert_int_equal(c.y[1], 11);
    assert_int_equal(c.records, 3);
}

static void columns_of_categories_become_strata(void **state)
{
    struct counts *c = reference_counts("ScotPWID_strata", *state);
    struct counts *collapsed = reference_counts("ScotPWID", *state);

    assert_int_equal(c->lists, 4);
    assert_int_equal(c->strata, 3);
    assert_str(c->stratum[1].name, "Gender");
    assert_str(c->stratum[1].category[1], "Female");
    assert_memory_equal(c->y, collapsed->y, 16 * sizeof *c->y);
}

static void the_parts_by_category_add_up_to_the_whole(void **state)
{
    struct counts *whole = reference_counts("ScotPWID_strata", *state);
    struct counts men;
    struct counts women;

    counts_where(&men, whole, 1, 0, *state);
    counts_where(&women, whole, 1, 1, *state);
    assert_int_equal(men.n + women.n, whole->n);
    for (size_t h = 1; h < 16; h++)
        assert_int_equal(men.y[h] + women.y[h], whole->y[h]);
}

static void a_list_left_out_takes_those_only_on_it_away(void **state)
{
    struct counts *whole = reference_counts("Artificial_3", *state);
    struct counts rest;

    counts_without(&rest, whole, 1, *state);
    assert_int_equal(rest.lists, 2);
    assert_str(rest.list[0], "B");
    assert_int_equal(rest.y[1], 36);
    assert_int_equal(rest.n, 56);
}

static void semicolons_spaces_and_a_byte_order_mark_are_tolerated(void **state)
{
    struct counts c;
    struct err e;

    assert_int_equal(read_text("\xEF\xBB\xBF"
                               "A;B;count\r\n1; 0 ;5\r\n0;1;7\r\n",
                               &c, state, &e),
                     OK);
    assert_int_equal(c.n, 12);
}

static void a_missing_count_column_is_told(void **state)
{
    assert_refused("A,B\n1,0\n", "a.csv:1:2: no column named \"count\"", state);
}

static void a_column_after_count_is_told(void **state)
{
    assert_refused("A,B,count,C\n1,0,5,1\n", "a.csv:1:3: columns after \"count\"", state);
}

static void a_ragged_row_is_told_with_its_line(void **state)
{
    assert_refused("A,B,count\n1,0,5\n1,1\n", "a.csv:3:3: found 2 fields, expected 3", state);
}

static void a_negative_count_is_told(void **state)
{
    assert_refused("A,B,count\n1,0,-5\n", "a.csv:2:3: count: expected a whole number", state);
}

static void a_fractional_count_is_told(void **state)
{
    assert_refused("A,B,count\n1,0,2.5\n", "found 2.5", state);
}

static void a_count_that_is_too_large_is_told(void **state)
{
    assert_refused("A,B,count\n1,0,99999999999999999999\n", "a.csv:2:3: count: expected", state);
}

static void counts_that_add_up_to_too_many_are_told(void **state)
{
    assert_refused("A,B,count\n1,0,600000000\n0,1,600000000\n", "a.csv:3:3: the counts add up to more",
                   state);
}

static void a_list_cell_that_is_not_0_or_1_is_told_where_it_stands(void **state)
{
    assert_refused("A,B,count\n1,0,5\n0,2,5\n", "a.csv:3:2: list \"B\": expected 0 or 1, found 2", state);
}

static void what_was_written_in_a_list_is_not_repeated(void **state)
{
    struct counts counts;
    struct err e = {OK, ""};

    assert_int_equal(read_text("A,B,count\n1,0,5\n0,Example Person,5\n", &counts, state, &e), BAD_INPUT);
    assert_says(e, "a.csv:3:2: list \"B\": expected 0 or 1, found text");
}

static void a_history_on_no_list_is_told(void **state)
{
    assert_refused("A,B,count\n1,0,5\n0,0,9\n", "a.csv:3:1: a history on no list", state);
}

static void two_lists_of_one_name_are_told(void **state)
{
    assert_refused("A,A,count\n1,0,5\n", "a.csv:1:2: two columns are named \"A\"", state);
}

static void a_column_without_a_name_is_told(void **state)
{
    assert_refused("A,,count\n1,0,5\n", "a.csv:1:2: a column without a name", state);
}

static void an_empty_category_is_told(void **state)
{
    assert_refused("A,B,area,count\n1,0,north,5\n0,1,,5\n", "a.csv:3:3: \"area\" is empty", state);
}

static void a_table_without_rows_is_told(void **state)
{
    assert_refused("A,B,count\n", "a.csv:2:1: no rows", state);
    assert_refused("", "a.csv:1:1: the file is empty", state);
}

static void a_table_without_lists_is_told(void **state)
{
    assert_refused("area,count\nnorth,5\n", "a.csv:1:1: no column of 0 and 1", state);
}

static void latin_1_text_and_nul_bytes_are_told(void **state)
{
    static const char nul[] = "A,B,count\n1,\0,5\n";
    struct counts c;
    struct err e;

    assert_refused("A,B,area,count\n1,0,Malm\xF6,5\n", "a.csv:2:1: not UTF-8", state);
    assert_int_equal(counts_read(&c, "a.csv", (struct str){nul, sizeof nul - 1}, *state, &e), BAD_INPUT);
    assert_says(e, "a.csv:2:1");
}

/* A header of `columns` lists, or of columns of categories, and one row. */
static const char *wide_table(size_t columns, const char *cell, struct arena *a)
{
    struct text t = text_open(a);

    for (size_t i = 0; i < columns; i++)
        text_format(&t, "L%zu,", i);
    text_lit(&t, "Z,count\n");
    for (size_t i = 0; i < columns; i++)
        text_format(&t, "%s,", cell);
    text_lit(&t, "1,5\n");
    return text_str(&t).p;
}

static void more_than_16_lists_are_told(void **state)
{
    assert_refused(wide_table(16, "1", *state), "a.csv:1:17: more than 16 lists", state);
}

static void more_than_8_columns_of_categories_are_told(void **state)
{
    assert_refused(wide_table(9, "x", *state), "a.csv:1:9: more than 8 columns of categories", state);
}

static void a_column_with_too_many_categories_is_told(void **state)
{
    struct text t = text_open(*state);

    text_lit(&t, "A,note,count\n");
    for (int i = 0; i < 10001; i++)
        text_format(&t, "1,text %d,1\n", i);
    assert_refused(text_str(&t).p, "a.csv:10002:2: \"note\" has more than 10000 categories", state);
}

static void thousands_of_categories_keep_their_order_and_their_rows(void **state)
{
    struct text t = text_open(*state);
    struct counts c;
    struct err e;

    text_lit(&t, "A,area,count\n");
    for (int i = 0; i < 10000; i++)
        text_format(&t, "1,area %d,%d\n", i % 5000, i < 5000 ? 1 : 2);
    assert_int_equal(read_text(text_str(&t).p, &c, state, &e), OK);
    assert_int_equal(c.stratum[0].categories, 5000);
    assert_str(c.stratum[0].category[4999], "area 4999");
    assert_int_equal(c.record[9998].category[0], 4998);
}

static enum status read_linkages(const char *text, struct counts_linkages *out, void **state, struct err *e)
{
    return counts_read_linkages(out, "a.csv", str_of(text), *state, e);
}

static void each_linkage_is_a_table_of_its_own(void **state)
{
    struct counts_linkages all;
    struct err e;

    assert_int_equal(read_linkages("imputation,A,B,sex,count\n1,1,0,w,5\n1,1,1,m,2\n2,1,0,w,4\n2,0,1,m,3\n",
                                   &all, state, &e),
                     OK);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.linkage[0].lists, 2);
    assert_int_equal(all.linkage[0].n, 7);
    assert_int_equal(all.linkage[1].y[2], 3);
    assert_int_equal(all.linkage[1].records, 2);
    assert_int_equal(all.linkage[1].stratum[0].categories, 2);
}

static void a_file_without_the_column_is_one_linkage(void **state)
{
    struct counts_linkages all;
    struct err e;

    assert_int_equal(read_linkages("A,B,count\n1,0,5\n", &all, state, &e), OK);
    assert_int_equal(all.n, 1);
}

static void linkages_out_of_order_are_told(void **state)
{
    struct counts_linkages all;
    struct err e;

    assert_int_equal(read_linkages("imputation,A,count\n1,1,5\n3,1,5\n", &all, state, &e), BAD_INPUT);
    assert_says(e, "a.csv:3:1: imputation: expected the numbers from 1 in order, found 3 after 1");
    assert_int_equal(read_linkages("imputation,A,count\n2,1,5\n", &all, state, &e), BAD_INPUT);
    assert_int_equal(read_linkages("imputation,A,count\nx,1,5\n", &all, state, &e), BAD_INPUT);
    assert_says(e, "a.csv:2:1: imputation: expected a whole number from 1 to 1000");
}

static void several_linkages_are_refused_where_one_is_meant(void **state)
{
    assert_refused("imputation,A,count\n1,1,5\n2,1,5\n", "a.csv:1:1: 2 linkages of the same people", state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_table_is_read_into_histories_by_bit),
        WITH_ARENA(rows_with_the_same_history_add_up),
        WITH_ARENA(columns_of_categories_become_strata),
        WITH_ARENA(the_parts_by_category_add_up_to_the_whole),
        WITH_ARENA(a_list_left_out_takes_those_only_on_it_away),
        WITH_ARENA(semicolons_spaces_and_a_byte_order_mark_are_tolerated),
        WITH_ARENA(a_missing_count_column_is_told),
        WITH_ARENA(a_column_after_count_is_told),
        WITH_ARENA(a_ragged_row_is_told_with_its_line),
        WITH_ARENA(a_negative_count_is_told),
        WITH_ARENA(a_fractional_count_is_told),
        WITH_ARENA(a_count_that_is_too_large_is_told),
        WITH_ARENA(counts_that_add_up_to_too_many_are_told),
        WITH_ARENA(a_list_cell_that_is_not_0_or_1_is_told_where_it_stands),
        WITH_ARENA(what_was_written_in_a_list_is_not_repeated),
        WITH_ARENA(a_history_on_no_list_is_told),
        WITH_ARENA(two_lists_of_one_name_are_told),
        WITH_ARENA(a_column_without_a_name_is_told),
        WITH_ARENA(an_empty_category_is_told),
        WITH_ARENA(a_table_without_rows_is_told),
        WITH_ARENA(a_table_without_lists_is_told),
        WITH_ARENA(latin_1_text_and_nul_bytes_are_told),
        WITH_ARENA(more_than_16_lists_are_told),
        WITH_ARENA(more_than_8_columns_of_categories_are_told),
        WITH_ARENA(a_column_with_too_many_categories_is_told),
        WITH_ARENA(thousands_of_categories_keep_their_order_and_their_rows),
        WITH_ARENA(each_linkage_is_a_table_of_its_own),
        WITH_ARENA(a_file_without_the_column_is_one_linkage),
        WITH_ARENA(linkages_out_of_order_are_told),
        WITH_ARENA(several_linkages_are_refused_where_one_is_meant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
