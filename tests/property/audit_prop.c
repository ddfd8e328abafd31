/* A thousand tables by chance before the auditor: cubes and what is cut out of them survive linear programs
 * that are solved to the end, without the proof that a cube is safe; what is protected as somebody would who
 * thinks of no sums does not, so that the auditor is shown to see. */
#include "protect/attack.h"

#include "../unit/unit.h"
#include "generated.h"

#include "protect/bounds.h"
#include "protect/ledger.h"
#include "protect/published.h"

#include <string.h>

enum { TABLES = 1000, MOST_CELLS = 3000, ATTACKED = 6, LINKED = 3 };

/* At most ATTACKED of the `n` cells at `cell`, by chance, moved to its front. */
static size_t choose(struct rng *r, size_t *cell, size_t n)
{
    size_t chosen = n < ATTACKED ? n : ATTACKED;

    for (size_t i = 0; i < chosen; i++) {
        size_t k = i + generated_below(r, n - i);
        size_t kept = cell[i];

        cell[i] = cell[k];
        cell[k] = kept;
    }
    return chosen;
}

static size_t possible_cells(const struct table_shape *shape, size_t *cell)
{
    size_t n = 0;

    for (size_t i = 0; i < shape->published; i++)
        if (shape->parts[i] > 0)
            cell[n++] = i;
    return n;
}

/* Solves both programs for some of the cells of what is known: none may be exposed, and the truth must lie
 * between. `exact` is the truth of every sum, or NULL. */
static void assert_survives(struct attack_knowledge *k, const int64_t *exact, uint64_t seed, struct arena *a)
{
    struct attack_report report;
    struct err e = {OK, ""};

    if (attack_cells(k, &(struct attack_options){.depth = ATTACK_EXACT}, a, &report, &e) != OK)
        fail_msg("seed %llu: %s", (unsigned long long)seed, e.what);
    if (report.exposed != 0 || report.programs != 2 * k->cells)
        fail_msg("seed %llu: %zu of %zu cells exposed", (unsigned long long)seed, report.exposed, k->cells);
    for (size_t i = 0; exact && i < report.cells; i++)
        if (exact[report.bound[i].cell] < report.bound[i].lo ||
            exact[report.bound[i].cell] > report.bound[i].hi)
            fail_msg("seed %llu: the truth of a cell is outside", (unsigned long long)seed);
}

static void attack_cube(uint64_t seed)
{
    struct arena *a = arena_open();
    struct rng r = rng_open(20260102, seed);
    struct table t = generated_table(&r, MOST_CELLS, a);
    struct cube c = generated_cube(&t, &r, seed, a);
    struct published seen = published_of(&c, a);
    int64_t *exact = arena_new(a, t.shape.published, int64_t);
    size_t *cell = arena_new(a, t.shape.published, size_t);
    struct attack_knowledge k = {.sums = sums_of_table(&t.shape, a), .cell = cell};

    table_sum(&t.shape, t.count, exact);
    published_know(&seen, k.sums.lo, k.sums.hi);
    k.cells = choose(&r, cell, possible_cells(&t.shape, cell));
    assert_survives(&k, exact, seed, a);
    arena_close(a);
}

static void a_thousand_cubes_survive_programs_that_are_solved_to_the_end(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < TABLES; seed++)
        attack_cube(seed);
}

/* The shape of the table of some of the dimensions of `whole`, at least one of them; of[d] is which. */
static struct table margin_shape(const struct table_shape *whole, struct rng *r, size_t *of, struct arena *a)
{
    struct table_dimension d[GENERATED_DIMENSIONS];
    struct table t;
    struct err e;
    size_t n = 0;

    while (n == 0)
        for (size_t i = 0; i < whole->dimensions; i++)
            if (generated_below(r, 2)) {
                d[n] = whole->dimension[i];
                of[n++] = i;
            }
    assert_int_equal(table_make(d, n, a, &t, &e), OK);
    return t;
}

/* Cell `cell` of the margin `m` in the table it is a margin of. */
static size_t cell_in_whole(const struct table_shape *whole, const struct table_shape *m, const size_t *of,
                            size_t cell)
{
    size_t at[TABLE_MAX_DIMENSIONS];
    size_t in_whole[TABLE_MAX_DIMENSIONS] = {0};

    table_coordinates(m, cell, at);
    for (size_t d = 0; d < m->dimensions; d++)
        in_whole[of[d]] = at[d];
    return table_cell(whole, in_whole);
}

/* A table of some dimensions of the cube: its figures, with the intervals they have there. */
static struct published margin_of(const struct cube *c, struct rng *r, struct arena *a)
{
    size_t of[GENERATED_DIMENSIONS];
    struct table t = margin_shape(&c->shape, r, of, a);
    size_t n = t.shape.published;
    int64_t *figure = arena_new(a, 3 * n, int64_t);

    for (size_t i = 0; i < n; i++) {
        struct cube_cell shown = cube_cell(c, cell_in_whole(&c->shape, &t.shape, of, i));

        figure[i] = shown.n;
        figure[n + i] = shown.lo;
        figure[2 * n + i] = shown.hi;
    }
    return (struct published){t.shape, figure, figure + n, figure + 2 * n};
}

static void attack_margins(uint64_t seed)
{
    struct arena *a = arena_open();
    struct rng r = rng_open(20260103, seed);
    struct table t = generated_table(&r, MOST_CELLS / 10, a);
    struct cube c = generated_cube(&t, &r, seed, a);
    struct ledger_table tables[LINKED] = {{.name = "first"}, {.name = "second"}, {.name = "third"}};
    struct ledger l;
    struct err e = {OK, ""};

    for (size_t i = 0; i < LINKED; i++)
        tables[i].published = margin_of(&c, &r, a);
    if (ledger_join(tables, LINKED, NULL, a, &l, &e) != OK)
        fail_msg("seed %llu: %s", (unsigned long long)seed, e.what);
    struct attack_knowledge k = l.knowledge;
    size_t *cell = arena_new(a, k.cells + 1, size_t);
    memcpy(cell, k.cell, k.cells * sizeof *cell);
    k.cell = cell;
    k.cells = choose(&r, cell, k.cells);
    assert_survives(&k, NULL, seed, a);
    arena_close(a);
}

static void three_linked_tables_of_each_of_a_thousand_cubes_survive_them_together(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < TABLES; seed++)
        attack_margins(seed);
}

/* What somebody would do who thinks of no sums: figures of a table, one by one. */
typedef void naive(struct rng *r, int64_t exact, int64_t *n, int64_t *lo, int64_t *hi);

/* Up or down to a multiple of five by chance, right in the mean. */
static void round_alone(struct rng *r, int64_t exact, int64_t *n, int64_t *lo, int64_t *hi)
{
    *n = exact / 5 * 5 + ((int64_t)generated_below(r, 5) < exact % 5 ? 5 : 0);
    *lo = *n > 4 ? *n - 4 : 0;
    *hi = *n + 4;
}

/* 1 to 4 are hidden, and nothing else. */
static void hide_small(struct rng *r, int64_t exact, int64_t *n, int64_t *lo, int64_t *hi)
{
    bool is_small = exact >= 1 && exact <= ATTACK_SMALL;

    (void)r;
    *n = is_small ? PUBLISHED_HIDDEN : exact;
    *lo = is_small ? 0 : exact;
    *hi = is_small ? BOUNDS_UNLIMITED : exact;
}

static struct published naively(const struct table *t, naive *method, struct rng *r, struct arena *a)
{
    size_t n = t->shape.published;
    int64_t *exact = arena_new(a, 4 * n, int64_t);

    table_sum(&t->shape, t->count, exact);
    for (size_t i = 0; i < n; i++)
        if (t->shape.parts[i] > 0)
            method(r, exact[i], &exact[n + i], &exact[2 * n + i], &exact[3 * n + i]);
    return (struct published){t->shape, exact + n, exact + 2 * n, exact + 3 * n};
}

static bool has_small(const struct table *t)
{
    for (size_t i = 0; i < t->shape.inner; i++)
        if (t->count[i] >= 1 && t->count[i] <= ATTACK_SMALL)
            return true;
    return false;
}

/* Of the tables with a figure from 1 to 4 and more than one dimension, the share in which the auditor finds
 * a figure that can be worked out. */
static double share_seen(naive *method)
{
    double with_small = 0;
    double seen = 0;

    for (uint64_t seed = 0; seed < TABLES; seed++) {
        struct arena *a = arena_open();
        struct rng r = rng_open(20260104, seed);
        struct table t = generated_table(&r, MOST_CELLS / 30, a);
        struct published p = naively(&t, method, &r, a);
        struct attack_report report = {0};
        struct err e = {OK, ""};

        if (has_small(&t) && t.shape.dimensions > 1) {
            if (attack_published(&p, &(struct attack_options){.progress = NULL}, a, &report, &e) != OK)
                fail_msg("seed %llu: %s", (unsigned long long)seed, e.what);
            with_small += 1;
            seen += report.exposed > 0;
        }
        arena_close(a);
    }
    print_message("# seen in %.0f of %.0f\n", seen, with_small);
    return seen / with_small;
}

static void rounding_each_figure_by_itself_is_seen_in_most_tables(void **state)
{
    (void)state;
    assert_true(share_seen(round_alone) > 0.5);
}

static void hiding_small_figures_alone_is_seen_in_most_tables(void **state)
{
    (void)state;
    assert_true(share_seen(hide_small) > 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_cubes_survive_programs_that_are_solved_to_the_end),
        cmocka_unit_test(three_linked_tables_of_each_of_a_thousand_cubes_survive_them_together),
        cmocka_unit_test(rounding_each_figure_by_itself_is_seen_in_most_tables),
        cmocka_unit_test(hiding_small_figures_alone_is_seen_in_most_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
