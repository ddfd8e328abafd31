/* What is not proposed because an area is too small, and that it is rounded by the key it is given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch_city.h"
#include "../unit.h"
#include "mapping/example.h"
#include "release/propose.h"

#include <string.h>

static const struct who who = {.name = "test", .now_at = 1000};

static int city_make_and_open(void **state)
{
    return scratch_city_open(state, &who);
}

/* No rounding shows 20 for the three cells of 2 in the north. */
static const char histories[] = "A,B,area,count\n"
                                "1,0,north,2\n0,1,north,2\n1,1,north,2\n"
                                "1,0,south,60\n0,1,south,50\n1,1,south,30\n";

/* The histories with their names, in the city of `scratch`, with the texts of the example. */
static enum status propose(struct scratch *scratch, const char *counts, const char *names,
                           bool has_example_key, struct release *out, struct err *e)
{
    struct mapping *m = arena_new(scratch->arena, 1, struct mapping);
    struct proposal p = {.histories_name = "h",
                         .histories = str_of(counts),
                         .names_name = "n",
                         .names = str_of(names),
                         .estimate = estimate_options_default(),
                         .has_example_key = has_example_key,
                         .now_at = 2000};

    p.estimate.replicates = 10;
    mapping_example(m);
    return release_propose(scratch->mine, &p, m, scratch->arena, out, e);
}

static void an_area_shown_with_fewer_than_20_people_is_refused_by_name(void **state)
{
    struct release *r = arena_new(((struct scratch *)*state)->arena, 1, struct release);
    struct err e = {0};

    assert_int_equal(propose(*state, histories,
                             "code,sv,en,residents\narea=north,Norr,The north,9000\n"
                             "area=south,Söder,The south,12000\n",
                             false, r, &e),
                     REFUSED);
    assert_says(e, "The north would be shown with fewer than 20 people");
    assert_str(release_small_area(r)->label.sv, "Norr");
}

static void a_category_that_is_no_area_may_be_small(void **state)
{
    struct release *r = arena_new(((struct scratch *)*state)->arena, 1, struct release);
    struct err e = {0};

    assert_int_equal(propose(*state, histories,
                             "code,sv,en,residents\narea=north,Okänt,Not known,\n"
                             "area=south,Söder,The south,12000\n",
                             false, r, &e),
                     OK);
    assert_null(release_small_area(r));
}

static struct str rounded_example(struct scratch *scratch, bool has_example_key)
{
    struct release *r = arena_new(scratch->arena, 1, struct release);
    struct err e = {0};

    assert_int_equal(propose(scratch, example_histories, example_names, has_example_key, r, &e), OK);
    return r->cube_csv;
}

/* Gives the city a key that rounds the example otherwise: of so sparse a table many keys make the same. */
static void use_another_key(const struct scratch *scratch)
{
    static const char key[KEY_BYTES] = "1";

    scratch_write(scratch, "lund/keys/cube.key", (struct str){key, sizeof key});
}

static void the_examples_key_rounds_alike_in_every_city(void **state)
{
    void *other = NULL;

    assert_int_equal(scratch_city_open(&other, &who), 0);
    use_another_key(*state);
    struct str here = rounded_example(*state, true);

    assert_true(str_equal(here, rounded_example(other, true)));
    assert_false(str_equal(here, rounded_example(*state, false)));
    assert_int_equal(scratch_city_close(&other), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_area_shown_with_fewer_than_20_people_is_refused_by_name,
                                        city_make_and_open, scratch_city_close),
        cmocka_unit_test_setup_teardown(the_examples_key_rounds_alike_in_every_city, city_make_and_open,
                                        scratch_city_close),
        cmocka_unit_test_setup_teardown(a_category_that_is_no_area_may_be_small, city_make_and_open,
                                        scratch_city_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
