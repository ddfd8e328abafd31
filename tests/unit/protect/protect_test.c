/* A table is protected and proven; what its proof refuses is named. The threats: threats_test.c. */
#include "protect/protect.h"

#include "../unit.h"
#include "families.h"

#include <string.h>

static struct protection protect_with(const struct table *t, unsigned char first, struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES] = {first};
    struct protection p;
    struct err e = {OK, ""};

    if (protect(t, &(struct protect_options){.progress = NULL}, key, a, &p, &e) != OK)
        fail_msg("%s", e.what);
    return p;
}

static void the_large_families_are_proven_safe(void **state)
{
    struct table a = families_a(*state);
    struct table b = families_b(*state);

    assert_int_equal(protect_with(&a, 1, *state).proof.exposed, 0);
    assert_int_equal(protect_with(&b, 1, *state).proof.cells, 31200);
}

static void an_exposed_cell_is_named(void **state)
{
    struct table t = families_e1(*state);
    struct attack_bound bound = {.cell = 6, .lo = 1, .hi = 2, .is_exposed = true};
    struct attack_report r = {.cells = 1, .bound = &bound, .exposed = 1};
    struct err e;

    assert_int_equal(protect_check(&r, &t.shape, &e), REFUSED);
    assert_says(e, "A: beg: 1 of 1 figures");
    assert_says(e, "between 1 and 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_large_families_are_proven_safe),
        WITH_ARENA(an_exposed_cell_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
