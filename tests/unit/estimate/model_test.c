/* Hierarchical models and their names. */
#include "estimate/model.h"

#include "reference.h"

#include "base/rng.h"
#include "base/text.h"

static struct str name_of(const struct model *m, struct arena *a)
{
    struct text t = text_open(a);

    model_put_name(&t, m);
    return text_str(&t);
}

static void independent_lists_are_named_one_by_one(void **state)
{
    struct model m = model_independence(4);

    assert_str(name_of(&m, *state), "[1,2,3,4]");
    assert_int_equal(model_size(&m), 5);
}

static void a_term_brings_its_subsets_with_it(void **state)
{
    struct model m = model_independence(4);

    model_add(&m, 7);
    assert_true(mask_set_has(&m.terms, 3));
    assert_true(mask_set_has(&m.terms, 6));
    assert_str(name_of(&m, *state), "[123,4]");
}

static void pairs_come_in_the_order_12_13_14_23_24_34(void **state)
{
    static const size_t expected[] = {3, 5, 9, 6, 10, 12};

    (void)state;
    assert_int_equal(model_pairs(4), 6);
    for (size_t k = 0; k < 6; k++)
        assert_int_equal(model_pair(4, k), expected[k]);
}

static void every_name_that_others_print_is_read_and_printed_the_same(void **state)
{
    struct reference *r = reference_open("estimability_UKdat_4.csv", *state);

    for (size_t models = 0; reference_next(r); models++) {
        struct model m;

        assert_true(model_from_name(reference_str(r, "model"), 4, &m));
        assert_true(str_equal(name_of(&m, *state), reference_str(r, "model")));
    }
}

static void what_is_not_a_name_of_a_model_is_not_read(void **state)
{
    static const char *const wrong[] = {"", "[]", "12", "[12", "[12,,3]", "[1a]", "[15]", "[,1]"};
    struct model m;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(model_from_name(str_of(wrong[i]), 4, &m));
}

static bool is_within_another(const struct model *m, size_t term)
{
    for (size_t whole = term + 1; whole < 256; whole++)
        if ((term & ~whole) == 0 && mask_set_has(&m->terms, whole))
            return true;
    return false;
}

/* Of eight lists, whose terms fill four words. */
static void a_name_holds_the_terms_that_are_within_no_other(void **state)
{
    struct rng r = rng_open(1, 0);

    for (int turn = 0; turn < 200; turn++) {
        struct model m = model_independence(8);
        struct model read;
        size_t generators = 0;
        size_t named = 1;

        for (int i = 0; i < 1 + turn % 9; i++)
            model_add(&m, (size_t)(256.0 * rng_unit(&r)));
        struct str name = name_of(&m, *state);
        for (size_t term = 1; term < 256; term++)
            generators += mask_set_has(&m.terms, term) && !is_within_another(&m, term);
        for (size_t i = 0; i < name.n; i++)
            named += name.p[i] == ',';
        assert_int_equal(named, generators);
        assert_true(model_from_name(name, 8, &read));
        assert_memory_equal(&m.terms, &read.terms, sizeof m.terms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(independent_lists_are_named_one_by_one),
        WITH_ARENA(a_term_brings_its_subsets_with_it),
        WITH_ARENA(pairs_come_in_the_order_12_13_14_23_24_34),
        WITH_ARENA(every_name_that_others_print_is_read_and_printed_the_same),
        WITH_ARENA(what_is_not_a_name_of_a_model_is_not_read),
        WITH_ARENA(a_name_holds_the_terms_that_are_within_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
