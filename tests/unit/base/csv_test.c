/* Reading and writing comma-separated values. */
#include "base/csv.h"

#include "../unit.h"

#include <string.h>

static enum status open_text(struct csv *in, const char *text, void **state, struct err *e)
{
    return csv_open(in, "a.csv", str_of(text), *state, e);
}

/* Reads all rows; the status of the first fault, or OK. */
static enum status read_all(const char *text, void **state, struct err *e)
{
    struct csv in;
    bool has_row = true;

    TRY(open_text(&in, text, state, e));
    while (has_row)
        TRY(csv_next(&in, &has_row, e));
    return OK;
}

static void a_header_and_a_row_are_read(void **state)
{
    struct csv in;
    struct err e;
    bool has_row = false;

    assert_int_equal(open_text(&in, "a,b\n1,2\n", state, &e), OK);
    assert_int_equal(csv_column(&in, "b"), 1);
    assert_int_equal(csv_column(&in, "c"), -1);
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_true(has_row);
    assert_str(in.fields[1], "2");
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_false(has_row);
}

static void a_byte_order_mark_semicolons_and_crlf_are_tolerated(void **state)
{
    struct csv in;
    struct err e;
    bool has_row = false;

    assert_int_equal(open_text(&in,
                               "\xEF\xBB\xBF"
                               "a;b\r\n1,5;2\r\n",
                               state, &e),
                     OK);
    assert_str(in.fields[0], "a");
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_str(in.fields[0], "1,5");
    assert_str(in.fields[1], "2");
}

static void a_quoted_field_may_hold_separators_quotes_and_lines(void **state)
{
    struct csv in;
    struct err e;
    bool has_row = false;

    assert_int_equal(open_text(&in, "a,b\n\"x,\"\"y\"\"\nz\",2\n3,4,5\n", state, &e), OK);
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_str(in.fields[0], "x,\"y\"\nz");
    assert_int_equal(csv_next(&in, &has_row, &e), BAD_INPUT);
    assert_says(e, "a.csv:4:3");
}

static void an_empty_quoted_field_is_empty(void **state)
{
    struct csv in;
    struct err e;
    bool has_row = false;

    assert_int_equal(open_text(&in, "a,b\n\"\",2\n", state, &e), OK);
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_int_equal(in.fields[0].n, 0);
}

static void a_ragged_row_is_told_with_its_line(void **state)
{
    struct err e;

    assert_int_equal(read_all("a,b\n1,2\n1\n", state, &e), BAD_INPUT);
    assert_says(e, "a.csv:3:2: found 1 fields, expected 2");
}

static void an_open_quote_is_told(void **state)
{
    struct err e;

    assert_int_equal(read_all("a,b\n\"1,2\n", state, &e), BAD_INPUT);
    assert_says(e, "a.csv:2:1: a quote is opened and never closed");
}

static void text_after_a_closing_quote_is_told(void **state)
{
    struct err e;

    assert_int_equal(read_all("a,b\n\"1\"x,2\n", state, &e), BAD_INPUT);
    assert_says(e, "a.csv:2:1: text after a closing quote");
}

static void latin1_is_told_with_its_line(void **state)
{
    struct err e;

    assert_int_equal(read_all("a,b\n1,2\n\xE5,2\n", state, &e), BAD_INPUT);
    assert_says(e, "a.csv:3:1: not UTF-8");
}

static void a_nul_byte_is_told(void **state)
{
    struct csv in;
    struct err e;

    assert_int_equal(csv_open(&in, "a.csv", (struct str){"a,b\n1,\0\n", 8}, *state, &e), BAD_INPUT);
    assert_says(e, "a.csv:2:1");
}

static void an_empty_file_has_no_header(void **state)
{
    struct err e;

    assert_int_equal(read_all("", state, &e), BAD_INPUT);
    assert_says(e, "expected a header");
}

static void more_fields_than_the_limit_are_refused(void **state)
{
    struct err e;
    char row[2 * CSV_MAX_FIELDS + 2];

    memset(row, ',', sizeof row);
    row[sizeof row - 1] = '\0';
    assert_int_equal(read_all(row, state, &e), BAD_INPUT);
}

static void what_is_written_is_read_back(void **state)
{
    struct text out = text_open(*state);
    struct csv in;
    struct err e;
    bool has_row = false;

    text_lit(&out, "a,b\n");
    csv_put(&out, S("x,\"y\"\nz"), ',');
    text_lit(&out, ",2\n");
    assert_int_equal(csv_open(&in, "a.csv", text_str(&out), *state, &e), OK);
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_str(in.fields[0], "x,\"y\"\nz");
}

static void a_semicolon_in_a_name_is_not_the_files_separator(void **state)
{
    struct text out = text_open(*state);
    struct csv in;
    struct err e;
    bool has_row = false;

    csv_put(&out, S(";a"), ',');
    text_lit(&out, ",b\n1,2\n");
    assert_int_equal(csv_open(&in, "a.csv", text_str(&out), *state, &e), OK);
    assert_int_equal((int)in.n, 2);
    assert_str(in.fields[0], ";a");
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_str(in.fields[1], "2");
}

static void the_separator_is_looked_for_in_the_first_line_that_is_not_empty(void **state)
{
    struct csv in;
    struct err e;

    assert_int_equal(csv_open(&in, "a.csv", S("\r\n\na;b,c\n1;2\n"), *state, &e), OK);
    assert_int_equal((int)in.n, 2);
}

static void a_text_that_looks_like_a_formula_gets_an_apostrophe(void **state)
{
    struct text out = text_open(*state);

    csv_put(&out, S("=1+1"), ',');
    assert_str(text_str(&out), "'=1+1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_header_and_a_row_are_read),
        WITH_ARENA(a_byte_order_mark_semicolons_and_crlf_are_tolerated),
        WITH_ARENA(a_quoted_field_may_hold_separators_quotes_and_lines),
        WITH_ARENA(an_empty_quoted_field_is_empty),
        WITH_ARENA(a_ragged_row_is_told_with_its_line),
        WITH_ARENA(an_open_quote_is_told),
        WITH_ARENA(text_after_a_closing_quote_is_told),
        WITH_ARENA(latin1_is_told_with_its_line),
        WITH_ARENA(a_nul_byte_is_told),
        WITH_ARENA(an_empty_file_has_no_header),
        WITH_ARENA(more_fields_than_the_limit_are_refused),
        WITH_ARENA(what_is_written_is_read_back),
        WITH_ARENA(a_semicolon_in_a_name_is_not_the_files_separator),
        WITH_ARENA(the_separator_is_looked_for_in_the_first_line_that_is_not_empty),
        WITH_ARENA(a_text_that_looks_like_a_formula_gets_an_apostrophe),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
