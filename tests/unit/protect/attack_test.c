/* The auditor. */
#include "protect/attack.h"

#include "../unit.h"
#include "families.h"

#include "base/csv.h"
#include "base/number.h"
#include "protect/bounds.h"
#include "protect/cube.h"
#include "protect/published.h"

#include <string.h>

/* A suppressed table as its reader sees it, and what the reference file says can be worked out. */
struct suppressed {
    struct table table;
    struct attack_knowledge knowledge;
    size_t n;
    size_t cell[1200];
    int64_t lo[1200], hi[1200];
};

enum told { PLAIN, MARKED };

static int64_t number(struct str s)
{
    int64_t n = 0;

    assert_true(i64_from_str(s, 0, 1000, &n));
    return n;
}

/* Everything is shown but the cells with an interval in the file `name`; MARKED also tells which of those are
 * below 5. */
static struct suppressed suppress(struct table t, const char *name, enum told told, struct arena *a)
{
    struct suppressed s = {.table = t};
    struct sums sums = sums_of_table(&t.shape, a);
    int64_t *lo = sums.lo;
    int64_t *hi = sums.hi;
    struct csv in;
    struct err e;
    bool has_row = true;

    table_sum(&t.shape, t.count, lo);
    memcpy(hi, lo, t.shape.published * sizeof *hi);
    assert_int_equal(csv_open(&in, name, families_read(name, a), a, &e), OK);
    size_t n_column = t.shape.dimensions;
    size_t lo_column = in.n - (told == MARKED ? 2 : 4);
    while (csv_next(&in, &has_row, &e) == OK && has_row) {
        size_t cell = 0;

        if (in.fields[lo_column].n == 0)
            continue;
        assert_true(table_find(&t.shape, in.fields, &cell));
        bool is_small = number(in.fields[n_column]) < 5;
        lo[cell] = told == PLAIN ? 0 : is_small ? 1 : 0;
        hi[cell] = told == PLAIN || !is_small ? BOUNDS_UNLIMITED : 4;
        s.cell[s.n] = cell;
        s.lo[s.n] = number(in.fields[lo_column]);
        s.hi[s.n++] = number(in.fields[lo_column + 1]);
    }
    s.knowledge = (struct attack_knowledge){.sums = sums};
    return s;
}

static struct attack_report attack(const struct suppressed *s, enum attack_depth depth, struct arena *a)
{
    struct attack_knowledge knowledge = s->knowledge;
    struct attack_report r;
    struct err e;

    knowledge.cell = s->cell;
    knowledge.cells = s->n;
    assert_int_equal(attack_cells(&knowledge,
                                  &(struct attack_options){.depth = depth, .guess = s->table.count}, a, &r,
                                  &e),
                     OK);
    return r;
}

static void assert_bounds(const struct suppressed *s, const struct attack_report *r)
{
    for (size_t i = 0; i < s->n; i++) {
        if (r->bound[i].lo != s->lo[i] || r->bound[i].hi != s->hi[i])
            fail_msg("cell %zu: %d to %d, expected %d to %d", s->cell[i], (int)r->bound[i].lo,
                     (int)r->bound[i].hi, (int)s->lo[i], (int)s->hi[i]);
    }
}

static void a_suppressed_table_gives_the_known_intervals(void **state)
{
    struct suppressed s = suppress(families_e1(*state), "e1_audit_expected.csv", PLAIN, *state);
    struct attack_report r = attack(&s, ATTACK_EXACT, *state);

    assert_int_equal(s.n, 10);
    assert_bounds(&s, &r);
    assert_int_equal(r.exact, 0);
}

static void marking_which_hidden_cells_are_small_gives_four_away(void **state)
{
    struct suppressed s = suppress(families_e1(*state), "e1_audit_expected.csv", MARKED, *state);
    struct attack_report r = attack(&s, ATTACK_EXACT, *state);

    assert_bounds(&s, &r);
    assert_int_equal(r.exact, 4);
}

static void family_a_suppressed_gives_none_of_1093_cells_away_exactly(void **state)
{
    struct suppressed s = suppress(families_a(*state), "family_a_suppression.csv", PLAIN, *state);
    struct attack_report r = attack(&s, ATTACK_EXACT, *state);

    assert_int_equal(s.n, 1093);
    assert_bounds(&s, &r);
    assert_int_equal(r.exact, 0);
}

static void family_a_suppressed_gives_303_cells_away_when_the_small_ones_are_marked(void **state)
{
    struct suppressed s = suppress(families_a(*state), "family_a_suppression.csv", MARKED, *state);
    struct attack_report r = attack(&s, ATTACK_EXACT, *state);

    assert_bounds(&s, &r);
    assert_int_equal(r.exact, 303);
}

static void stopping_at_safe_cells_exposes_the_same_cells_with_fewer_programs(void **state)
{
    struct suppressed s = suppress(families_a(*state), "family_a_suppression.csv", PLAIN, *state);
    struct attack_report r = attack(&s, ATTACK_UNTIL_SAFE, *state);

    for (size_t i = 0; i < s.n; i++)
        assert_int_equal(r.bound[i].is_exposed, s.hi[i] - s.lo[i] < ATTACK_LEAST_WIDTH);
    assert_true(r.programs < 2 * s.n);
}

/* The cube of e1, as its reader sees it. */
static struct published publish_e1(struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES] = {1};
    struct table t = families_e1(a);
    struct cube *cube = arena_new(a, 1, struct cube);
    struct err e;

    assert_int_equal(cube_make(&t, &(struct cube_options){0}, key, a, cube, &e), OK);
    return published_of(cube, a);
}

static void a_cube_is_proven_safe_without_a_program(void **state)
{
    struct published p = publish_e1(*state);
    struct attack_report r;
    struct err e;

    assert_int_equal(attack_published(&p, &(struct attack_options){0}, *state, &r, &e), OK);
    assert_int_equal(r.cells, 30);
    assert_int_equal(r.exposed, 0);
    assert_int_equal(r.programs, 0);
}

static void the_programs_find_no_cell_of_a_cube_narrower_than_its_interval(void **state)
{
    struct published p = publish_e1(*state);
    struct attack_report r;
    struct err e;

    assert_int_equal(attack_published(&p, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e),
                     OK);
    for (size_t i = 0; i < r.cells; i++) {
        size_t inner = 0;

        if (!table_is_inner(&p.shape, r.bound[i].cell, &inner))
            continue;
        assert_int_equal(r.bound[i].lo, p.lo[r.bound[i].cell]);
        assert_int_equal(r.bound[i].hi, p.hi[r.bound[i].cell]);
    }
}

static void sums_shown_without_an_interval_expose_themselves(void **state)
{
    struct published p = publish_e1(*state);
    struct attack_report r;
    struct err e;

    int64_t *lo = arena_new(*state, p.shape.published, int64_t);
    int64_t *hi = arena_new(*state, p.shape.published, int64_t);
    for (size_t cell = 0; cell < p.shape.published; cell++) {
        lo[cell] = p.shape.parts[cell] > 1 ? p.n[cell] : p.lo[cell];
        hi[cell] = p.shape.parts[cell] > 1 ? p.n[cell] : p.hi[cell];
    }
    p.lo = lo;
    p.hi = hi;
    assert_int_equal(attack_published(&p, &(struct attack_options){0}, *state, &r, &e), OK);
    assert_int_equal(r.exposed, 10);
    assert_int_equal(r.exact, 10);
}

/* A row of counts of which some are hidden, with its total: what is shown and safe is not attacked, what is
 * hidden is, and so is a small figure that somebody shows all the same. */
static void what_is_meant_to_be_known_is_not_attacked(void **state)
{
    static const int64_t count[] = {20, 3, 2, 9};
    struct table t = families_line(count, 4, *state);
    struct attack_report r;
    struct err e;

    for (int shown = 0; shown < 2; shown++) {
        struct published p = published_at_least(&t, *state);
        int64_t *n = arena_new(*state, p.shape.published, int64_t);
        int64_t *lo = arena_new(*state, p.shape.published, int64_t);
        int64_t *hi = arena_new(*state, p.shape.published, int64_t);

        for (size_t i = 0; i < p.shape.published; i++) {
            bool is_hidden = p.lo[i] <= ATTACK_SMALL && !(shown && p.lo[i] == 2);

            n[i] = is_hidden ? PUBLISHED_HIDDEN : p.lo[i];
            lo[i] = is_hidden ? 0 : p.lo[i];
            hi[i] = is_hidden ? BOUNDS_UNLIMITED : p.lo[i];
        }
        p.n = n;
        p.lo = lo;
        p.hi = hi;
        assert_int_equal(
            attack_published(&p, &(struct attack_options){.depth = ATTACK_EXACT}, *state, &r, &e), OK);
        assert_int_equal(r.cells, 2);
        assert_int_equal(r.exact, shown ? 2 : 0); /* 3 is what is left of the total */
        assert_int_equal(r.narrowest, shown ? 0 : 5);
    }
}

static void figures_that_contradict_each_other_are_refused(void **state)
{
    struct published p = publish_e1(*state);
    struct attack_report r;
    struct err e;

    int64_t *lo = arena_new(*state, p.shape.published, int64_t);
    int64_t *hi = arena_new(*state, p.shape.published, int64_t);
    memcpy(lo, p.lo, p.shape.published * sizeof *lo);
    memcpy(hi, p.hi, p.shape.published * sizeof *hi);
    lo[1] = hi[1] = 1000;
    p.lo = lo;
    p.hi = hi;
    assert_int_equal(attack_published(&p, &(struct attack_options){0}, *state, &r, &e), REFUSED);
    assert_says(e, "contradict");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_suppressed_table_gives_the_known_intervals),
        WITH_ARENA(marking_which_hidden_cells_are_small_gives_four_away),
        WITH_ARENA(family_a_suppressed_gives_none_of_1093_cells_away_exactly),
        WITH_ARENA(family_a_suppressed_gives_303_cells_away_when_the_small_ones_are_marked),
        WITH_ARENA(stopping_at_safe_cells_exposes_the_same_cells_with_fewer_programs),
        WITH_ARENA(a_cube_is_proven_safe_without_a_program),
        WITH_ARENA(the_programs_find_no_cell_of_a_cube_narrower_than_its_interval),
        WITH_ARENA(sums_shown_without_an_interval_expose_themselves),
        WITH_ARENA(figures_that_contradict_each_other_are_refused),
        WITH_ARENA(what_is_meant_to_be_known_is_not_attacked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
