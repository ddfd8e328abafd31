/* All hierarchical models, against every answer of other programs. */
#include "estimate/bic.h"

#include "reference.h"

#include "base/text.h"

#include <string.h>

static struct bic_list best_of(const char *table, size_t order, size_t most, int threads,
                               struct bic_terms *terms, struct arena *a)
{
    struct counts *counts = reference_counts(table, a);
    struct bic_list list;

    assert_true(bic_terms_of(counts->lists, order, terms));
    bic_best(terms, counts->y, most, threads, NULL, a, &list);
    return list;
}

static size_t rank_of(const struct bic_list *list, const struct bic_terms *terms, struct str model)
{
    struct model wanted;
    size_t i = 0;

    assert_true(model_from_name(model, terms->lists, &wanted));
    for (; i < list->n; i++) {
        struct model m = bic_model_of(terms, list->fit[i].in);
        if (memcmp(&m.terms, &wanted.terms, sizeof m.terms) == 0)
            return i;
    }
    return i;
}

static size_t finite_before(const struct bic_list *list, size_t rank)
{
    size_t n = 0;

    for (size_t i = 0; i < rank; i++)
        n += list->fit[i].dark_figure == DARK_FIGURE_FINITE;
    return n;
}

/* Every row of a file of models, the 20 best in order: people to a part in a million, BIC to a part in ten
 * million where an estimate exists. The other programs stop where their deviance settles, so those of a
 * diverging fit are not compared. */
static void assert_models(const char *file, const char *table, const struct bic_list *list,
                          const struct bic_terms *terms, struct arena *a)
{
    struct reference *r = reference_open(arena_printf(a, "%s_%s.csv", file, table), a);
    size_t compared = 0;
    size_t rows = 0;

    for (; reference_next(r); rows++) {
        size_t i = rank_of(list, terms, reference_str(r, "model"));

        assert_true(i < list->n);
        const struct bic_fit *f = &list->fit[i];
        if (f->dark_figure != DARK_FIGURE_FINITE)
            continue;
        assert_close(f->nhat, reference_f64(r, "abundance"));
        assert_true(relative_error(f->bic, reference_f64(r, "BIC")) < 1e-7);
        if (compared < 20)
            assert_int_equal(finite_before(list, i), compared);
        compared++;
    }
    assert_true(compared > 0 && rows - compared <= 4);
}

static void assert_table(const char *table, size_t order, size_t models, struct arena *a)
{
    struct bic_terms terms;
    struct bic_list list = best_of(table, order, 10000, 2, &terms, a);

    assert_int_equal(list.n, models);
    assert_int_equal(bic_count(&terms), (int64_t)models);
    assert_models("closedpMS", table, &list, &terms, a);
    assert_models("bic_mse2026", table, &list, &terms, a);
}

static void every_model_of_three_and_four_lists_is_that_of_the_peers(void **state)
{
    assert_table("Artificial_3", 2, 8, *state);
    assert_table("UKdat_4", 3, 113, *state);
    assert_table("HIV_Rome", 3, 113, *state);
}

static void every_model_of_five_lists_is_that_of_the_peers(void **state)
{
    assert_table("UKdat_5", 4, 6893, *state);
    assert_table("Ned_5", 4, 6893, *state);
}

/* Rcapture's fits diverge where the class is not finite. */
static void every_class_is_that_of_the_exact_test(void **state)
{
    static const char *const tables[] = {"UKdat_4", "HIV_Rome", "UKdat_5"};

    for (size_t t = 0; t < 3; t++) {
        struct bic_terms terms;
        struct stepwise *s = reference_stepwise(tables[t], *state);
        struct bic_list list = best_of(tables[t], s->table.lists - 1, 10000, 1, &terms, *state);

        for (size_t i = 0; i < list.n; i++) {
            struct model m = bic_model_of(&terms, list.fit[i].in);
            struct exists_face face;

            arena_reset(s->arena);
            exists_find_face(&s->table, &m, DARK_FIGURE_FINITE, s->arena, &face);
            assert_int_equal(face.dark_figure, list.fit[i].dark_figure);
            assert_int_equal(list.fit[i].df, (int64_t)(s->table.cells - 1 - face.cells_off - face.rank));
        }
        stepwise_close(s);
    }
}

static void assert_prefix(const char *table, size_t order, size_t most, const struct bic_list *whole,
                          struct arena *a)
{
    struct bic_terms terms;
    struct bic_list list = best_of(table, order, most, 2, &terms, a);

    assert_int_equal(list.n, most);
    for (size_t i = 0; i < most; i++) {
        assert_true(list.fit[i].in == whole->fit[i].in);
        assert_memory_equal(&list.fit[i].nhat, &whole->fit[i].nhat, sizeof(double));
        assert_memory_equal(&list.fit[i].bic, &whole->fit[i].bic, sizeof(double));
    }
}

static void a_short_list_is_the_beginning_of_the_whole_on_any_number_of_threads(void **state)
{
    static const char *const tables[] = {"UKdat_5", "Ned_5"};

    for (size_t t = 0; t < 2; t++) {
        struct bic_terms terms;
        struct bic_list whole = best_of(tables[t], 4, 6893, 1, &terms, *state);

        assert_prefix(tables[t], 4, 1, &whole, *state);
        assert_prefix(tables[t], 4, 20, &whole, *state);
        assert_prefix(tables[t], 4, 1000, &whole, *state);
    }
}

static void most_models_are_left_out_unfitted(void **state)
{
    struct bic_terms terms;
    struct bic_list list = best_of("UKdat", 3, 20, 1, &terms, *state);

    assert_int_equal(bic_count(&terms), 3702013);
    assert_true(list.fits > 0 && list.fits < 20000);
}

static void six_lists_of_pairs_have_32768_models(void **state)
{
    struct bic_terms terms;

    (void)state;
    assert_true(bic_terms_of(6, 2, &terms));
    assert_int_equal(bic_count(&terms), 32768);
}

static void models_of_the_order_that_is_asked_for_have_its_terms(void **state)
{
    struct bic_terms terms;
    struct err e;

    (void)state;
    assert_int_equal(bic_terms_for(5, 2, &terms, &e), OK);
    assert_int_equal(terms.n, 10);
    assert_int_equal(bic_terms_for(5, 3, &terms, &e), OK);
    assert_int_equal(terms.n, 20);
    for (size_t order = 5; order < 8; order++) { /* a term of all lists could not be told from the unseen */
        assert_int_equal(bic_terms_for(5, order, &terms, &e), OK);
        assert_int_equal(terms.n, 25);
    }
    assert_int_equal(bic_terms_for(8, 3, &terms, &e), USAGE);
}

/* It says so when it ends by that, and fits no more. */
static void a_search_within_a_number_of_fits_stops_there(void **state)
{
    struct counts *counts = reference_counts("UKdat_5", *state);
    const struct bic_reach few = {.bic = 6.0, .models = 100, .fits = 7};
    const struct bic_reach enough = {.bic = 6.0, .models = 100, .fits = 1000000};
    struct bic_terms terms;
    struct bic_list list;

    assert_true(bic_terms_of(counts->lists, 2, &terms));
    bic_within(&terms, counts->y, &few, 1, *state, &list);
    assert_true(list.was_stopped);
    assert_int_equal(list.fits, 7);
    bic_within(&terms, counts->y, &enough, 1, *state, &list);
    assert_false(list.was_stopped);
    assert_true(list.fits > 7);
}

static void more_terms_than_a_model_can_hold_are_refused(void **state)
{
    struct bic_terms terms;

    (void)state;
    assert_false(bic_terms_of(8, 3, &terms));
    assert_true(bic_terms_of(8, 2, &terms));
    assert_true(bic_terms_of(7, 3, &terms));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_model_of_three_and_four_lists_is_that_of_the_peers),
        WITH_ARENA(every_model_of_five_lists_is_that_of_the_peers),
        WITH_ARENA(every_class_is_that_of_the_exact_test),
        WITH_ARENA(a_short_list_is_the_beginning_of_the_whole_on_any_number_of_threads),
        WITH_ARENA(most_models_are_left_out_unfitted),
        WITH_ARENA(six_lists_of_pairs_have_32768_models),
        WITH_ARENA(more_terms_than_a_model_can_hold_are_refused),
        WITH_ARENA(models_of_the_order_that_is_asked_for_have_its_terms),
        WITH_ARENA(a_search_within_a_number_of_fits_stops_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
