/* What a mapping's figure rests on. */
#include "mapping/evidence.h"

#include "../unit.h"
#include "estimate/method.h"
#include "mapping/example.h"

#include <math.h>
#include <string.h>

/* Three lists and a column: 200 women and 40 men, of whom no man is on two lists. */
static const char by_gender[] = "gender,A,B,C,count\n"
                                "woman,1,0,0,60\nwoman,0,1,0,50\nwoman,0,0,1,40\nwoman,1,1,0,20\n"
                                "woman,1,0,1,15\nwoman,0,1,1,10\nwoman,1,1,1,5\n"
                                "man,1,0,0,20\nman,0,1,0,12\nman,0,0,1,8\n";

static struct estimate_options quick(void)
{
    struct estimate_options options = estimate_options_default();

    options.replicates = 20;
    return options;
}

static struct counts *counts_of(void **state, const char *csv)
{
    struct counts *c = arena_new(*state, 1, struct counts);
    struct err e = {0};

    assert_int_equal(counts_read(c, "h", str_of(csv), *state, &e), OK);
    return c;
}

static const struct estimate *headline_of(void **state, const struct counts *c)
{
    struct estimate *x = arena_new(*state, 1, struct estimate);
    const struct estimate_options options = quick();
    struct err e = {0};

    assert_int_equal(estimate(c, &options, *state, x, &e), OK);
    return x;
}

static const struct mapping_evidence *evidence_of(void **state, const char *csv,
                                                  const struct evidence_wanted *wanted)
{
    struct counts *c = counts_of(state, csv);
    struct mapping_evidence *x = arena_new(*state, 1, struct mapping_evidence);
    const struct estimate_options options = quick();
    struct err e = {0};

    assert_int_equal(mapping_evidence_make(&(struct counts_linkages){1, c}, headline_of(state, c), &options,
                                           wanted, *state, x, &e),
                     OK);
    return x;
}

static size_t place_of(const struct mapping_evidence *x, const char *name)
{
    size_t i = 0;

    while (i < x->methods && strcmp(x->method[i].method->name, name) != 0)
        i++;
    return i;
}

static bool is_tried(const struct mapping_evidence *x, const char *name)
{
    return place_of(x, name) < x->methods;
}

static const struct evidence_method *row_of(const struct mapping_evidence *x, const char *name)
{
    assert_true(is_tried(x, name));
    return &x->method[place_of(x, name)];
}

static void the_example_is_worked_out_by_every_method_but_the_slow_one(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, example_histories, &(struct evidence_wanted){.methods = true});

    for (const char *const *name =
             (const char *const[]){"stepwise", "bic", "graphs", "bayes", "unequal", "chao", NULL};
         *name; name++)
        assert_true(is_tried(x, *name));
    assert_int_equal(x->methods, 6);
    assert_false(is_tried(x, "classes"));
}

static void the_slow_method_is_tried_when_it_is_asked_for(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, by_gender, &(struct evidence_wanted){.methods = true, .slow = true});

    assert_true(is_tried(x, "classes"));
}

static void the_range_is_that_of_all_methods_with_an_answer_but_bounds(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, example_histories, &(struct evidence_wanted){.methods = true});
    double low = INFINITY;
    double high = -INFINITY;

    assert_true(row_of(x, "chao")->is_bound);
    for (size_t i = 0; i < x->methods; i++) {
        if (x->method[i].status == ESTIMATE_REFUSED || x->method[i].is_bound)
            continue;
        low = fmin(low, x->method[i].limit[0]);
        high = fmax(high, x->method[i].limit[1]);
    }
    assert_true(x->range[0] == low && x->range[1] == high);
    assert_true(x->method[x->lowest].limit[0] == low);
    assert_true(x->method[x->highest].limit[1] == high);
}

static void the_row_of_the_mappings_own_method_has_its_limits(void **state)
{
    const struct estimate *headline = headline_of(state, counts_of(state, example_histories));
    const struct mapping_evidence *x =
        evidence_of(state, example_histories, &(struct evidence_wanted){.methods = true});

    const double *limit = headline->status == ESTIMATE_RANGE ? headline->range : headline->ci95;
    assert_true(row_of(x, "stepwise")->limit[0] == limit[0]);
    assert_true(row_of(x, "stepwise")->limit[1] == limit[1]);
}

/* The same table without its first list, asked by itself. */
static void a_list_left_out_gives_what_the_table_without_it_gives(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, example_histories, &(struct evidence_wanted){.changes = true});
    struct counts *c = counts_of(state, example_histories);
    struct counts rest;

    counts_without(&rest, c, 1, *state);
    const struct estimate *without = headline_of(state, &rest);
    assert_true(x->has_diagnostics);
    assert_int_equal(x->lists, 6);
    assert_true(fabs(x->diagnostics.list[0].dropped - without->nhat) < 1e-6 * without->nhat);
}

static void a_category_that_cannot_be_estimated_is_refused_alone(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, by_gender, &(struct evidence_wanted){.changes = true});

    assert_int_equal(x->parts, 1);
    assert_int_equal(x->part[0].n, 2);
    assert_int_equal(x->part[0].refused, 1);
    assert_int_equal(x->part[0].stratum[1].status, ESTIMATE_REFUSED);
    assert_int_equal(x->part[0].stratum[1].n, 40);
}

/* Two lists have one model, and nothing to leave out. */
static void two_lists_have_one_method_and_a_bound(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, "A,B,count\n1,0,60\n0,1,50\n1,1,30\n",
                    &(struct evidence_wanted){.methods = true, .changes = true});

    assert_int_equal(x->methods, 2);
    assert_true(is_tried(x, "chapman"));
    assert_true(is_tried(x, "chao"));
    assert_false(x->has_diagnostics);
}

static void lists_that_share_nobody_have_no_range(void **state)
{
    const struct mapping_evidence *x =
        evidence_of(state, "A,B,C,count\n1,0,0,60\n0,1,0,50\n0,0,1,30\n",
                    &(struct evidence_wanted){.methods = true, .changes = true});

    assert_true(isnan(x->range[0]) && isnan(x->range[1]));
    assert_false(x->has_diagnostics);
}

static void what_is_not_wanted_is_not_looked_into(void **state)
{
    const struct mapping_evidence *x = evidence_of(state, by_gender, &(struct evidence_wanted){0});

    assert_int_equal(x->methods, 0);
    assert_int_equal(x->parts, 0);
    assert_false(x->has_diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_example_is_worked_out_by_every_method_but_the_slow_one),
        WITH_ARENA(the_slow_method_is_tried_when_it_is_asked_for),
        WITH_ARENA(the_range_is_that_of_all_methods_with_an_answer_but_bounds),
        WITH_ARENA(the_row_of_the_mappings_own_method_has_its_limits),
        WITH_ARENA(a_list_left_out_gives_what_the_table_without_it_gives),
        WITH_ARENA(a_category_that_cannot_be_estimated_is_refused_alone),
        WITH_ARENA(two_lists_have_one_method_and_a_bound),
        WITH_ARENA(lists_that_share_nobody_have_no_range),
        WITH_ARENA(what_is_not_wanted_is_not_looked_into),
    };

    return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
