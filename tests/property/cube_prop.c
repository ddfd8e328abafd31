/* What every additive rounding must hold, on given and on generated tables, for many keys. */
#include "protect/cube.h"

#include "../unit/protect/families.h"
#include "../unit/unit.h"
#include "generated.h"

#include "base/rng.h"
#include "protect/attack.h"
#include "protect/published.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 20000 };

/* Multiples of the base, each less than a base away, empty ones empty; sums exact and within the move. */
static void assert_rounding(const struct table *t, const struct cube *c, const int64_t *exact, uint64_t seed,
                            struct arena *a)
{
    int64_t *inner = arena_new(a, t->shape.inner, int64_t);
    int64_t *sum = arena_new(a, t->shape.published, int64_t);

    for (size_t cell = 0; cell < t->shape.published; cell++) {
        struct cube_cell figure = cube_cell(c, cell);
        size_t i = 0;

        if (c->n[cell] % c->base != 0 || exact[cell] < figure.lo || exact[cell] > figure.hi)
            fail_msg("seed %llu: cell %zu is outside what it shows", (unsigned long long)seed, cell);
        if (!table_is_inner(&t->shape, cell, &i))
            continue;
        inner[i] = c->n[cell];
        if (llabs(inner[i] - t->count[i]) >= c->base || (t->count[i] == 0 && inner[i] != 0))
            fail_msg("seed %llu: inner cell %zu moved too far", (unsigned long long)seed, i);
    }
    table_sum(&t->shape, inner, sum);
    if (memcmp(sum, c->n, t->shape.published * sizeof *sum) != 0)
        fail_msg("seed %llu: the sums do not add up", (unsigned long long)seed);
    if (llabs(c->n[0] - exact[0]) >= c->base)
        fail_msg("seed %llu: the grand total moved by a base", (unsigned long long)seed);
}

static void assert_for_keys(const struct table *t, uint64_t keys, struct arena *a)
{
    int64_t *exact = arena_new(a, t->shape.published, int64_t);

    table_sum(&t->shape, t->count, exact);
    for (uint64_t k = 0; k < keys; k++) {
        unsigned char key[CUBE_KEY_BYTES];
        struct arena *once = arena_open();
        struct cube c;
        struct err e = {OK, ""};

        generated_key(k, key);
        if (cube_make(t, &(struct cube_options){.base = 0}, key, once, &c, &e) != OK)
            fail_msg("key %llu: %s", (unsigned long long)k, e.what);
        assert_rounding(t, &c, exact, k, once);
        arena_close(once);
    }
}

static void e1_is_rounded_rightly_for_200_keys(void **state)
{
    struct table t = families_e1(*state);

    assert_for_keys(&t, 200, *state);
}

static void lines_of_small_counts_are_rounded_rightly_for_200_keys(void **state)
{
    struct table ones = families_line((int64_t[]){1, 1, 1, 1, 1, 1, 1}, 7, *state);
    struct table mixed = families_line((int64_t[]){0, 1, 2, 3, 4, 5, 99}, 7, *state);

    assert_for_keys(&ones, 200, *state);
    assert_for_keys(&mixed, 200, *state);
}

static void family_a_is_rounded_rightly_and_no_sum_moves_by_more_than_10(void **state)
{
    struct table t = families_a(*state);

    assert_for_keys(&t, 200, *state);
}

static void family_b_is_rounded_rightly_and_no_sum_moves_by_more_than_20(void **state)
{
    struct table t = families_b(*state);

    assert_for_keys(&t, 10, *state);
}

static void check_generated(uint64_t seed)
{
    struct arena *a = arena_open();
    struct rng r = rng_open(20260101, seed);
    struct table t = generated_table(&r, MOST_CELLS, a);
    struct cube c = generated_cube(&t, &r, seed, a);
    int64_t *exact = arena_new(a, t.shape.published, int64_t);
    struct attack_report report;
    struct err e = {OK, ""};

    table_sum(&t.shape, t.count, exact);
    assert_rounding(&t, &c, exact, seed, a);
    struct published seen = published_of(&c, a);
    if (attack_published(&seen, &(struct attack_options){.progress = NULL}, a, &report, &e) != OK ||
        report.exposed != 0 || report.programs != 0)
        fail_msg("seed %llu: %zu cells exposed", (unsigned long long)seed, report.exposed);
    arena_close(a);
}

static void generated_tables_are_rounded_rightly_and_survive_the_attack(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 1000; seed++)
        check_generated(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(e1_is_rounded_rightly_for_200_keys),
        WITH_ARENA(lines_of_small_counts_are_rounded_rightly_for_200_keys),
        WITH_ARENA(family_a_is_rounded_rightly_and_no_sum_moves_by_more_than_10),
        WITH_ARENA(family_b_is_rounded_rightly_and_no_sum_moves_by_more_than_20),
        WITH_ARENA(generated_tables_are_rounded_rightly_and_survive_the_attack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
