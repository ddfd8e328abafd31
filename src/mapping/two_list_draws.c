/* Tables of two lists that a rounded table may have been rounded from, drawn by rounding. */
#include "mapping/two_list_draws.h"

#include "base/arena.h"
#include "base/rng.h"
#include "estimate/counts_parts.h"
#include "mapping/cube_people.h"
#include "protect/cube.h"
#include "protect/table.h"

#include <assert.h>

/* A sum of rounded cells is moved less than a cell, and about as far whether of two cells or of twenty
 * (docs/decisions/0125-figure-of-the-rounded-table.md). */
enum { MOST_PARTS = 2 };

static struct table empty_table(const struct counts *shown, size_t parts, struct arena *a)
{
    static const struct str code[MOST_PARTS] = {{"1", 1}, {"2", 1}};
    const struct table_dimension column = {.name = S("part"), .n = parts, .category = code};
    const struct str list[] = {S("first"), S("second")};
    struct table t;
    struct err e = {0};

    if (table_make_histories(&(struct table_histories){shown->lists, list, 1, &column}, a, &t, &e) != OK)
        die("a table of two lists cannot be made: %s", e.what);
    return t;
}

/* Remainders into `t`; people[mask] is their sum. */
static void draw_remainders(struct table *t, size_t parts, int64_t base, struct rng *r, int64_t *people)
{
    for (uint32_t mask = 1; mask < 4; mask++) {
        people[mask] = 0;
        for (size_t part = 0; part < parts; part++) {
            int64_t rest = (int64_t)(rng_unit(r) * (double)base);

            t->count[table_inner_of_history(&t->shape, 2, mask, &part)] = rest;
            people[mask] += rest;
        }
    }
}

static void round_by_stream(const struct table *t, int64_t base, struct rng *r, struct arena *a,
                            struct cube *out)
{
    unsigned char key[CUBE_KEY_BYTES] = {0};
    uint64_t number = rng_u64(r);
    struct err e = {0};

    for (size_t i = 0; i < sizeof number; i++)
        key[i] = (unsigned char)(number >> 8 * i);
    if (cube_make(t, &(struct cube_options){.base = base, .id = S("draw")}, key, a, out, &e) != OK)
        die("a table of two lists cannot be rounded: %s", e.what);
}

/* One table, into people[4]; false when it would have fewer than nobody on some lists. */
static bool draw_people(struct table *t, size_t parts, const struct counts *shown, int64_t base,
                        struct rng *r, uint32_t *people)
{
    struct arena *a = arena_open();
    int64_t exact[4];
    struct cube cube;
    bool is_possible = true;

    draw_remainders(t, parts, base, r, exact);
    round_by_stream(t, base, r, a, &cube);
    for (uint32_t mask = 1; mask < 4; mask++) {
        int64_t moved_back = (int64_t)shown->y[mask] + exact[mask] - cube.n[cube_combination(&cube, 2, mask)];

        is_possible = is_possible && moved_back >= 0;
        people[mask] = (uint32_t)moved_back;
    }
    arena_close(a);
    return is_possible;
}

void two_list_draws(const struct counts *shown, const struct cube_rounding *how, struct rng *r, size_t n,
                    struct arena *a, struct counts *out)
{
    size_t parts = how->parts < MOST_PARTS ? 1 : MOST_PARTS;
    struct table t = empty_table(shown, parts, a);
    uint32_t people[4] = {0};

    assert(shown->lists == 2);
    for (size_t k = 0; k < n; k++) {
        while (!draw_people(&t, parts, shown, how->base, r, people))
            ;
        counts_of_people(&out[k], shown, people, a);
    }
}
