/* The assignment of two lists against the best there is: every choice tried where there are few, and the
 * linear programme of GLPK where there are more. */
#include "link/assignment.h"
#include "link/partition.h"

#include "../unit/unit.h"

#include "base/rng.h"

#include <glpk.h>
#include <math.h>
#include <string.h>

enum { MOST = 40, FEW = 9, KINDS = 4, CASES = 2000, LARGE_CASES = 60 };

/* weight[i][j] of row i and column j; NaN where there is no edge. */
struct table {
    uint32_t rows, columns;
    double weight[MOST][MOST];
};

static double draw_weight(struct rng *r, int kind, bool is_diagonal)
{
    double u = rng_unit(r);

    switch (kind) {
    case 0:
        return 8.0 * u - 5.0;
    case 1:
        return floor(4.0 * u) - 1.0; /* many that are equally good */
    case 2:
        return is_diagonal ? 25.0 * u - 5.0 : 12.0 * u - 9.0; /* as in lists: one good partner, and others */
    default:
        return 10.0 * u;
    }
}

static struct table *draw_table(struct rng *r, int kind, uint32_t most, double share, struct arena *a)
{
    struct table *t = arena_new(a, 1, struct table);

    t->rows = 1 + (uint32_t)(rng_u64(r) % most);
    t->columns = 1 + (uint32_t)(rng_u64(r) % most);
    for (uint32_t i = 0; i < t->rows; i++)
        for (uint32_t j = 0; j < t->columns; j++)
            t->weight[i][j] = rng_unit(r) < share ? draw_weight(r, kind, i == j) : NAN;
    return t;
}

/* The greatest sum of positive weights: row by row, for each set of columns taken. */
static double best_of_all(const struct table *t, double before)
{
    double most[1 << FEW];
    double sum = 0.0;

    most[0] = 0.0;
    for (uint32_t taken = 1; taken < 1U << t->columns; taken++)
        most[taken] = -INFINITY;
    for (uint32_t i = 0; i < t->rows; i++)
        for (uint32_t taken = (1U << t->columns) - 1; taken > 0; taken--)
            for (uint32_t j = 0; j < t->columns; j++)
                if (taken >> j & 1U && t->weight[i][j] + before > 0.0)
                    most[taken] = fmax(most[taken], most[taken & ~(1U << j)] + t->weight[i][j] + before);
    for (uint32_t taken = 0; taken < 1U << t->columns; taken++)
        sum = fmax(sum, most[taken]);
    return sum;
}

/* The same by linear programming: the matching polytope of a bipartite graph has whole corners. */
static double best_by_glpk(const struct table *t)
{
    glp_prob *p = glp_create_prob();
    glp_smcp quiet;

    glp_set_obj_dir(p, GLP_MAX);
    glp_add_rows(p, (int)(t->rows + t->columns));
    for (int k = 1; k <= (int)(t->rows + t->columns); k++)
        glp_set_row_bnds(p, k, GLP_UP, 0.0, 1.0);
    for (uint32_t i = 0; i < t->rows; i++)
        for (uint32_t j = 0; j < t->columns; j++) {
            int place[] = {0, (int)i + 1, (int)(t->rows + j) + 1};
            double one[] = {0.0, 1.0, 1.0};

            if (isnan(t->weight[i][j]))
                continue;
            int column = glp_add_cols(p, 1);
            glp_set_col_bnds(p, column, GLP_LO, 0.0, 0.0);
            glp_set_obj_coef(p, column, t->weight[i][j]);
            glp_set_mat_col(p, column, 2, place, one);
        }
    glp_init_smcp(&quiet);
    quiet.msg_lev = GLP_MSG_OFF;
    assert_int_equal(glp_simplex(p, &quiet), 0);
    assert_int_equal(glp_get_status(p), GLP_OPT);
    double sum = glp_get_obj_val(p);
    glp_delete_prob(p);
    return sum;
}

/* What assignment_best takes, summed up; fails when it takes a column twice or a pair that is no edge. */
static double sum_of_best(const struct table *t, struct arena *a)
{
    size_t start[MOST + 1] = {0};
    struct assignment_edge *edge = arena_new(a, (size_t)MOST * MOST, struct assignment_edge);
    struct assignment_graph graph = {t->rows, t->columns, start, edge};
    uint32_t column_of[MOST];
    bool is_taken[MOST] = {false};
    double sum = 0.0;

    for (uint32_t i = 0; i < t->rows; i++) {
        start[i + 1] = start[i];
        for (uint32_t j = 0; j < t->columns; j++)
            if (t->weight[i][j] > 0.0)
                edge[start[i + 1]++] = (struct assignment_edge){j, t->weight[i][j]};
    }
    assignment_best(&graph, column_of);
    for (uint32_t i = 0; i < t->rows; i++) {
        if (column_of[i] == ASSIGNMENT_NONE)
            continue;
        assert_true(column_of[i] < t->columns && !is_taken[column_of[i]]);
        assert_true(t->weight[i][column_of[i]] > 0.0);
        is_taken[column_of[i]] = true;
        sum += t->weight[i][column_of[i]];
    }
    return sum;
}

static void no_choice_among_few_is_better(void **state)
{
    for (int c = 0; c < CASES; c++) {
        struct arena *a = arena_open();
        struct rng r = rng_open((uint64_t)c, 1);
        const struct table *t = draw_table(&r, c % KINDS, FEW, c % 3 ? 0.6 : 1.0, a);
        double ours = sum_of_best(t, a);
        double most = best_of_all(t, 0.0);

        if (fabs(ours - most) > 1e-9)
            fail_msg("seed %d: %.12g, and %.12g is possible", c, ours, most);
        arena_close(a);
    }
    (void)state;
}

static void no_choice_of_a_linear_programme_is_better(void **state)
{
    int terminal = glp_term_out(GLP_OFF);

    for (int c = 0; c < LARGE_CASES; c++) {
        struct arena *a = arena_open();
        struct rng r = rng_open((uint64_t)c, 2);
        const struct table *t = draw_table(&r, c % KINDS, MOST, c % 3 ? 0.2 : 0.8, a);
        double ours = sum_of_best(t, a);
        double most = best_by_glpk(t);

        if (fabs(ours - most) > 1e-7)
            fail_msg("seed %d: %.12g, and %.12g is possible", c, ours, most);
        arena_close(a);
    }
    glp_term_out(terminal);
    (void)state;
}

/* Two lists with the table's weights as log ratios. */
static struct partition lists_of(const struct table *t, struct arena *a)
{
    struct partition_edge *edge = arena_new(a, (size_t)MOST * MOST, struct partition_edge);
    double *log_ratio = arena_new(a, (size_t)MOST * MOST, double);
    uint8_t *list = arena_new(a, t->rows + t->columns, uint8_t);
    struct partition x = {.n = t->rows + t->columns, .lists = 2, .list = list, .edge = edge};

    memset(list + t->rows, 1, t->columns);
    for (uint32_t i = 0; i < t->rows; i++)
        for (uint32_t j = 0; j < t->columns; j++) {
            if (isnan(t->weight[i][j]))
                continue;
            log_ratio[x.edges] = t->weight[i][j];
            edge[x.edges] = (struct partition_edge){i, t->rows + j, (uint32_t)x.edges};
            x.edges++;
        }
    x.log_ratio = log_ratio;
    x.absent = -8.0;
    partition_make(&x, a);
    return x;
}

/* What the links of `x` weigh, with `before` for each. */
static double weight_of(const struct partition *x, double before, size_t *links)
{
    double sum = 0.0;

    *links = 0;
    for (size_t e = 0; e < x->edges; e++)
        if (x->part[x->edge[e].u] == x->part[x->edge[e].v]) {
            sum += x->log_ratio[x->edge[e].pattern] + before;
            ++*links;
        }
    return sum;
}

/* With what the histories are worth beforehand, in the mean of both lists, and the cut: of two lists the sum
 * is the best, but for 10^-7 a link. */
static void two_lists_are_linked_as_well_as_can_be(void **state)
{
    for (int c = 0; c < CASES; c++) {
        struct arena *a = arena_open();
        struct rng r = rng_open((uint64_t)c, 3);
        const struct table *t = draw_table(&r, c % KINDS, FEW, c % 3 ? 0.6 : 1.0, a);
        struct partition x = lists_of(t, a);
        double people[4] = {0.0, 1.0 + 8.0 * rng_unit(&r), 1.0 + 8.0 * rng_unit(&r), 8.0 * rng_unit(&r)};
        size_t links = 0;

        x.people = people;
        x.cut = 4.0 * rng_unit(&r) - 2.0;
        double before = 0.5 * log((people[3] + 1.0) / (people[1] * (people[2] + 1.0))) +
                        0.5 * log((people[3] + 1.0) / (people[2] * (people[1] + 1.0))) - x.cut;
        partition_best(&x, 50);
        double ours = weight_of(&x, before, &links);
        double most = best_of_all(t, before);

        if (fabs(ours - most) > 1e-9 + 1e-7 * FEW)
            fail_msg("seed %d: %.12g, and %.12g is possible", c, ours, most);
        arena_close(a);
    }
    (void)state;
}

/* The greatest sum less a price a link is convex in the price, so that the best has fewer links when it
 * rises.
 */
static void of_two_lists_a_higher_cut_never_links_more(void **state)
{
    for (int c = 0; c < CASES / 10; c++) {
        struct arena *a = arena_open();
        struct rng r = rng_open((uint64_t)c, 4);
        const struct table *t = draw_table(&r, c % 2 ? 0 : 2, MOST, 0.5, a);
        size_t before = MOST;

        for (double cut = -5.0; cut <= 10.0; cut += 1.25) {
            struct partition x = lists_of(t, a);
            size_t links = 0;

            x.cut = cut;
            partition_best(&x, 50);
            weight_of(&x, 0.0, &links);
            if (links > before)
                fail_msg("seed %d: %zu links at %g, and %zu below", c, links, cut, before);
            before = links;
        }
        arena_close(a);
    }
    (void)state;
}

/* The surest pair stands in the way of two that are together better. */
static void the_surest_pair_gives_way_to_two_that_are_better_together(void **state)
{
    struct table t = {2, 2, {{10.0, 9.0}, {9.0, NAN}}};
    struct partition x = lists_of(&t, *state);

    partition_best(&x, 50);
    assert_int_equal(x.part[0], x.part[3]);
    assert_int_equal(x.part[1], x.part[2]);
}

static void without_edges_all_stay_alone(void **state)
{
    struct table t = {2, 1, {{NAN}, {-1.0}}};

    assert_true(sum_of_best(&t, *state) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_choice_among_few_is_better),
        cmocka_unit_test(no_choice_of_a_linear_programme_is_better),
        cmocka_unit_test(two_lists_are_linked_as_well_as_can_be),
        cmocka_unit_test(of_two_lists_a_higher_cut_never_links_more),
        WITH_ARENA(the_surest_pair_gives_way_to_two_that_are_better_together),
        WITH_ARENA(without_edges_all_stay_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
