/* Cell suppression, against the tables of tests/data/disclosure and the auditor. */
#include "protect/suppress.h"

#include "../unit.h"
#include "families.h"

#include "base/csv.h"
#include "protect/attack.h"
#include "protect/bounds.h"

static struct suppression suppress_with(const struct table *t, struct suppress_options options,
                                        struct arena *a)
{
    struct suppression s;
    struct err e;

    assert_int_equal(suppress(t, &options, a, &s, &e), OK);
    return s;
}

static struct suppression suppress_table(const struct table *t, enum suppress_zeros zeros, struct arena *a)
{
    return suppress_with(t, (struct suppress_options){.zeros = zeros}, a);
}

static enum suppress_state state_of(const struct suppression *s, const char *d, const char *f)
{
    size_t cell = 0;

    assert_true(table_find(&s->shape, (struct str[]){str_of(d), str_of(f)}, &cell));
    return s->state[cell];
}

/* Every figure as in the reference file. */
static void without_singles_the_small_table_is_suppressed_as_by_others(void **state)
{
    struct table t = families_e1(*state);
    struct suppression s =
        suppress_with(&t, (struct suppress_options){.singles = SUPPRESS_SINGLES_IGNORED}, *state);
    struct csv in;
    struct err e;
    bool has_row = true;

    assert_int_equal(csv_open(&in, "e1", families_read("e1_gauss_expected.csv", *state), *state, &e), OK);
    while (csv_next(&in, &has_row, &e) == OK && has_row) {
        size_t cell = 0;

        assert_true(table_find(&t.shape, in.fields, &cell));
        assert_int_equal(str_is(in.fields[3], "TRUE"), s.state[cell] == SUPPRESS_PRIMARY);
        assert_int_equal(str_is(in.fields[5], "TRUE"), s.n[cell] == SUPPRESS_HIDDEN);
    }
    assert_int_equal(s.secondary, 3);
}

/* In the table above the one person in B, beg knows that the other hidden cell of row B holds 3. */
static void one_person_in_a_cell_cannot_work_out_the_next(void **state)
{
    struct table t = families_e1(*state);
    struct suppression s = suppress_table(&t, SUPPRESS_ZEROS_SHOWN, *state);

    assert_int_equal(state_of(&s, "B", "beg"), SUPPRESS_PRIMARY);
    assert_int_equal(state_of(&s, "B", "sex"), SUPPRESS_PRIMARY);
    assert_true(state_of(&s, "B", "crime") == SUPPRESS_SECONDARY ||
                state_of(&s, "B", "work") == SUPPRESS_SECONDARY ||
                state_of(&s, "B", "Total") == SUPPRESS_SECONDARY);
}

static void the_figures_below_the_threshold_are_the_primary_ones(void **state)
{
    struct table t = families_a(*state);
    struct suppression s = suppress_table(&t, SUPPRESS_ZEROS_SHOWN, *state);
    struct csv in;
    struct err e;
    bool has_row = true;
    size_t primary = 0;

    assert_int_equal(csv_open(&in, "family A", families_read("family_a_suppression.csv", *state), *state, &e),
                     OK);
    while (csv_next(&in, &has_row, &e) == OK && has_row) {
        size_t cell = 0;

        assert_true(table_find(&t.shape, in.fields, &cell));
        assert_int_equal(str_is(in.fields[4], "1"), s.state[cell] == SUPPRESS_PRIMARY);
        primary += s.state[cell] == SUPPRESS_PRIMARY;
    }
    assert_int_equal(primary, s.primary);
    assert_int_equal(s.not_empty, 1356);
}

/* The R package GaussSuppression hides 257 besides. Which of equal ones are taken is chance. */
static void no_more_are_hidden_than_by_others(void **state)
{
    struct table t = families_a(*state);
    struct suppression s =
        suppress_with(&t, (struct suppress_options){.singles = SUPPRESS_SINGLES_IGNORED}, *state);

    assert_in_range(s.secondary, 1, 257);
}

/* What the auditor finds of the hidden figures. */
static struct attack_report audit(const struct suppression *s, struct arena *a)
{
    struct sums sums = sums_of_table(&s->shape, a);
    size_t *cell = arena_new(a, s->shape.published, size_t);
    struct attack_report report;
    size_t cells = 0;
    struct err e;

    for (size_t i = 0; i < s->shape.published; i++) {
        sums.lo[i] = s->n[i] == SUPPRESS_HIDDEN ? 0 : s->n[i];
        sums.hi[i] = s->n[i] == SUPPRESS_HIDDEN ? BOUNDS_UNLIMITED : s->n[i];
        if (s->n[i] == SUPPRESS_HIDDEN)
            cell[cells++] = i;
    }
    struct attack_knowledge k = {.sums = sums, .cell = cell, .cells = cells};
    assert_int_equal(attack_cells(&k, &(struct attack_options){.depth = ATTACK_UNTIL_SAFE}, a, &report, &e),
                     OK);
    return report;
}

static void no_hidden_figure_can_be_worked_out_exactly(void **state)
{
    struct table t = families_a(*state);
    struct suppression s = suppress_table(&t, SUPPRESS_ZEROS_SHOWN, *state);

    assert_int_equal(audit(&s, *state).exact, 0);
}

static void when_zeros_are_hidden_they_cannot_be_worked_out_either(void **state)
{
    struct table t = families_e1(*state);
    struct suppression s = suppress_table(&t, SUPPRESS_ZEROS_HIDDEN, *state);

    assert_int_equal(state_of(&s, "D", "sex"), SUPPRESS_PRIMARY);
    assert_int_equal(audit(&s, *state).exact, 0);
}

static void a_table_without_small_figures_is_shown_whole(void **state)
{
    struct table t = families_line((int64_t[]){5, 70, 12}, 3, *state);
    struct suppression s = suppress_table(&t, SUPPRESS_ZEROS_SHOWN, *state);

    assert_int_equal(s.primary + s.secondary, 0);
    assert_int_equal(s.n[0], 87);
}

static void two_single_persons_need_a_third_cell_hidden(void **state)
{
    struct table t = families_line((int64_t[]){1, 1, 30}, 3, *state);
    struct suppression s = suppress_table(&t, SUPPRESS_ZEROS_SHOWN, *state);

    assert_int_equal(s.n[0], 32);
    assert_int_equal(s.n[3], SUPPRESS_HIDDEN);
}

static void a_threshold_of_one_hides_nothing_and_is_refused(void **state)
{
    struct table t = families_e1(*state);
    struct suppression s;
    struct err e;

    assert_int_equal(suppress(&t, &(struct suppress_options){.threshold = 1}, *state, &s, &e), USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(without_singles_the_small_table_is_suppressed_as_by_others),
        WITH_ARENA(one_person_in_a_cell_cannot_work_out_the_next),
        WITH_ARENA(the_figures_below_the_threshold_are_the_primary_ones),
        WITH_ARENA(no_more_are_hidden_than_by_others),
        WITH_ARENA(no_hidden_figure_can_be_worked_out_exactly),
        WITH_ARENA(when_zeros_are_hidden_they_cannot_be_worked_out_either),
        WITH_ARENA(a_table_without_small_figures_is_shown_whole),
        WITH_ARENA(two_single_persons_need_a_third_cell_hidden),
        WITH_ARENA(a_threshold_of_one_hides_nothing_and_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
