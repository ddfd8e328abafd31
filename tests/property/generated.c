/* Tables by chance, for properties that every table must hold. */
#include "generated.h"

#include "../unit/unit.h"

#include <string.h>

static const struct str category[] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}};
static const struct str group[] = {{"G1", 2}, {"G2", 2}};
static const size_t group_of[] = {0, 1, 1, 0};

size_t generated_below(struct rng *r, uint64_t n)
{
    return (size_t)(rng_u64(r) % n);
}

void generated_key(uint64_t number, unsigned char key[CUBE_KEY_BYTES])
{
    memset(key, 0, CUBE_KEY_BYTES);
    memcpy(key, &number, sizeof number);
}

/* Dimensions until the next would make the table too large. */
static size_t choose_dimensions(struct rng *r, size_t most, struct table_dimension *dimension)
{
    static const struct str name[] = {{"u", 1}, {"v", 1}, {"x", 1}, {"y", 1}, {"z", 1}};
    static const struct str above[] = {{"gu", 2}, {"gv", 2}, {"gx", 2}, {"gy", 2}, {"gz", 2}};
    size_t wanted = 1 + generated_below(r, GENERATED_DIMENSIONS);
    size_t cells = 1;
    size_t n = 0;

    while (n < wanted) {
        size_t categories = 1 + generated_below(r, 4);
        bool is_grouped = categories >= 2 && generated_below(r, 2);

        cells *= 1 + categories + (is_grouped ? 2 : 0);
        if (cells > most && n > 0)
            break;
        dimension[n] = (struct table_dimension){.name = name[n], .n = categories, .category = category};
        if (is_grouped)
            dimension[n] =
                (struct table_dimension){name[n], categories, category, above[n], 2, group, group_of};
        n++;
    }
    return n;
}

struct table generated_table(struct rng *r, size_t most, struct arena *a)
{
    struct table_dimension dimension[GENERATED_DIMENSIONS];
    struct table t;
    struct err e;
    size_t n = choose_dimensions(r, most, dimension);

    assert_int_equal(table_make(dimension, n, a, &t, &e), OK);
    bool *is_structural = arena_new(a, t.shape.inner, bool);
    for (size_t i = 0; i < t.shape.inner; i++)
        is_structural[i] = generated_below(r, 8) == 0;
    table_mark_structural(&t, is_structural);
    for (size_t i = 0; i < t.shape.inner; i++)
        if (!is_structural[i])
            t.count[i] = (int64_t)(generated_below(r, 3) == 0   ? 0
                                   : generated_below(r, 5) != 0 ? generated_below(r, 8)
                                                                : generated_below(r, 3000));
    return t;
}

struct cube generated_cube(const struct table *t, struct rng *r, uint64_t seed, struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES];
    struct cube c;
    struct err e = {OK, ""};

    generated_key(rng_u64(r), key);
    if (cube_make(t, &(struct cube_options){.base = generated_below(r, 2) ? 5 : 10}, key, a, &c, &e) != OK)
        fail_msg("seed %llu: %s", (unsigned long long)seed, e.what);
    return c;
}
