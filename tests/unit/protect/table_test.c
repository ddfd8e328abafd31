/* A table of counts and its shape. */
#include "protect/table.h"

#include "../unit.h"
#include "families.h"

#include <stdio.h>
#include <string.h>

static const struct table_dimension gender = {
    .name = {"gender", 6}, .n = 2, .category = (const struct str[]){{"man", 3}, {"woman", 5}}};
static const struct table_dimension district = {.name = {"district", 8},
                                                .n = 3,
                                                .category =
                                                    (const struct str[]){{"D1", 2}, {"D2", 2}, {"D3", 2}},
                                                .group_name = {"area", 4},
                                                .groups = 2,
                                                .group = (const struct str[]){{"North", 5}, {"South", 5}},
                                                .group_of = (const size_t[]){0, 0, 1}};

static struct table make(void **state)
{
    struct table t;
    struct err e = {OK, ""};

    assert_int_equal(table_make((struct table_dimension[]){district, gender}, 2, *state, &t, &e), OK);
    return t;
}

static int64_t sum_of(const struct table *t, const char *first, const char *second, struct arena *a)
{
    int64_t *sum = arena_new(a, t->shape.published, int64_t);
    size_t cell = 0;

    table_sum(&t->shape, t->count, sum);
    assert_true(table_find(&t->shape, (struct str[]){str_of(first), str_of(second)}, &cell));
    return sum[cell];
}

static void a_shape_counts_its_cells(void **state)
{
    struct table t = make(state);

    assert_int_equal(t.shape.inner, 6);
    assert_int_equal(t.shape.published, 18);
    assert_int_equal(t.shape.covers, 6);
    assert_int_equal(t.shape.parts[0], 6);
}

static void every_sum_is_that_of_its_cells(void **state)
{
    struct table t = make(state);

    for (size_t i = 0; i < 6; i++)
        t.count[i] = (int64_t[]){1, 2, 3, 4, 50, 60}[i];
    assert_int_equal(sum_of(&t, "Total", "Total", *state), 120);
    assert_int_equal(sum_of(&t, "North", "Total", *state), 10);
    assert_int_equal(sum_of(&t, "North", "woman", *state), 6);
    assert_int_equal(sum_of(&t, "Total", "man", *state), 54);
    assert_int_equal(sum_of(&t, "D2", "woman", *state), 4);
}

static void covers_are_the_cells_whose_sums_hold_the_inner_cell(void **state)
{
    struct table t = make(state);

    for (size_t i = 0; i < t.shape.inner; i++) {
        int64_t one[6] = {0};
        int64_t sum[18];
        size_t covers[6];

        one[i] = 1;
        table_sum(&t.shape, one, sum);
        table_covers(&t.shape, i, covers);
        for (size_t c = 0; c < 6; c++)
            sum[covers[c]]--;
        for (size_t cell = 0; cell < 18; cell++)
            assert_int_equal(sum[cell], 0);
    }
}

static void the_last_cover_is_the_cell_itself(void **state)
{
    struct table t = make(state);

    for (size_t i = 0; i < t.shape.inner; i++) {
        size_t covers[6];
        size_t inner = 99;

        table_covers(&t.shape, i, covers);
        assert_true(table_is_inner(&t.shape, covers[5], &inner));
        assert_int_equal(inner, i);
        assert_false(table_is_inner(&t.shape, covers[4], &inner));
    }
}

static void coordinates_and_cells_are_each_others_inverse(void **state)
{
    struct table t = make(state);

    for (size_t cell = 0; cell < t.shape.published; cell++) {
        size_t coordinate[TABLE_MAX_DIMENSIONS];

        table_coordinates(&t.shape, cell, coordinate);
        assert_int_equal(table_cell(&t.shape, coordinate), cell);
    }
}

static void an_unknown_label_is_not_found(void **state)
{
    struct table t = make(state);
    size_t cell = 0;

    assert_false(table_find(&t.shape, (struct str[]){S("D9"), S("Total")}, &cell));
}

static void histories_leave_out_the_cell_on_no_list(void **state)
{
    struct table t;
    struct err e;
    size_t woman = 1;

    assert_int_equal(table_make_histories(
                         &(struct table_histories){2, (struct str[]){S("police"), S("shelter")}, 1, &gender},
                         *state, &t, &e),
                     OK);
    assert_int_equal(t.shape.inner, 8);
    assert_int_equal(t.shape.parts[0], 6);
    assert_true(t.shape.is_structural[table_inner_of_history(&t.shape, 2, 0, &woman)]);
    t.count[table_inner_of_history(&t.shape, 2, 1, &woman)] = 4;
    assert_int_equal(t.count[table_inner(&t.shape, (size_t[]){1, 0, 1})], 4);
}

static enum status try_dimension(struct table_dimension d, void **state, struct err *e)
{
    struct table t;

    return table_make(&d, 1, *state, &t, e);
}

static void a_dimension_cannot_have_the_name_of_a_column_of_figures(void **state)
{
    struct err e;

    assert_int_equal(
        try_dimension((struct table_dimension){.name = S("shown"), .n = 1, .category = &S("a")}, state, &e),
        BAD_INPUT);
    assert_says(e, "rename it");
}

static void two_dimensions_of_one_name_are_refused(void **state)
{
    struct table t;
    struct err e;

    assert_int_equal(table_make((struct table_dimension[]){gender, gender}, 2, *state, &t, &e), BAD_INPUT);
    assert_says(e, "gender");
}

static void a_table_past_the_limit_is_refused_before_it_is_made(void **state)
{
    struct str name[400];
    char text[400][8];
    struct table t;
    struct err e;

    for (size_t i = 0; i < 400; i++)
        name[i] = (struct str){text[i], (size_t)snprintf(text[i], sizeof text[i], "c%zu", i)};
    struct table_dimension x = {.name = S("x"), .n = 400, .category = name};
    struct table_dimension y = {.name = S("y"), .n = 400, .category = name};
    struct table_dimension z = {.name = S("z"), .n = 400, .category = name};
    assert_int_equal(table_make((struct table_dimension[]){x, y, z}, 3, *state, &t, &e), BAD_INPUT);
    assert_says(e, "more than 200000 cells at \"z\"");
}

static void the_number_of_dimensions_is_limited(void **state)
{
    struct table_dimension many[TABLE_MAX_DIMENSIONS + 1] = {{.n = 0}};
    struct table t;
    struct err e;

    assert_int_equal(table_make(many, TABLE_MAX_DIMENSIONS + 1, *state, &t, &e), BAD_INPUT);
    assert_int_equal(table_make(many, 0, *state, &t, &e), BAD_INPUT);
    assert_says(e, "expected 1 to 12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_shape_counts_its_cells),
        WITH_ARENA(every_sum_is_that_of_its_cells),
        WITH_ARENA(covers_are_the_cells_whose_sums_hold_the_inner_cell),
        WITH_ARENA(the_last_cover_is_the_cell_itself),
        WITH_ARENA(coordinates_and_cells_are_each_others_inverse),
        WITH_ARENA(an_unknown_label_is_not_found),
        WITH_ARENA(histories_leave_out_the_cell_on_no_list),
        WITH_ARENA(a_dimension_cannot_have_the_name_of_a_column_of_figures),
        WITH_ARENA(two_dimensions_of_one_name_are_refused),
        WITH_ARENA(a_table_past_the_limit_is_refused_before_it_is_made),
        WITH_ARENA(the_number_of_dimensions_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
